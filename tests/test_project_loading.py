"""What `mailbot serve` loads: nothing large that most installations never ask for."""

import subprocess
import sys

_SEE = "import sys; {}; print(*sys.modules)"


def loaded_by(code: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", _SEE.format(code)], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_serving_waits_with_what_is_seldom_needed() -> None:
    loaded = loaded_by("import mailbot.serving")
    assert "mailbot.web.site" in loaded
    assert not loaded & {"fastapi", "dns", "alembic", "sqlalchemy.dialects.postgresql"}


def test_one_country_loads_its_own_calendar_only() -> None:
    loaded = loaded_by("from mailbot.payments.days import add_business_days as d, date; d(date(2026, 4, 2), 3, 'DE')")
    assert {name for name in loaded if name.startswith("holidays.countries.")} == {"holidays.countries.germany"}


def test_every_country_has_a_calendar_that_can_be_loaded_by_itself() -> None:
    """Some are built upon another country's, which the library's own package would have loaded before."""
    code = "import holidays, mailbot.payments.days as d; [d.is_business_day(d.date(2026, 5, 5), c) for c in {}]"
    loaded = loaded_by(code.format("holidays.registry.EntityLoader.get_country_codes(include_aliases=False)"))
    assert len([name for name in loaded if name.startswith("holidays.countries.")]) > 200
