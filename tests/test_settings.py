"""The configuration: what is taken, and how every fault is named with file, key and line."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import ROOT

from mailbot.settings import SettingsError, load

SAMPLE = ROOT / "tests" / "contract" / "mailbot.toml"
GOOD = SAMPLE.read_text(encoding="utf-8")


def _load(tmp_path: Path, text: str, environment: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    path = tmp_path / "mailbot.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environment or {})


def _faults(tmp_path: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as error:
        _load(tmp_path, text, environment)
    return error.value.faults


def _line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_sample_of_the_contract_is_taken_as_it_is() -> None:
    settings = load(SAMPLE, {})
    shop = settings.shop[0]
    assert (shop.id, shop.domain, shop.seller.country, shop.staff[0].name) == ("demo", "shop.example", "DE", "Anna")
    assert settings.letters.hold_confirmation == timedelta(minutes=2)
    assert settings.letters.budget == 10
    assert settings.letters.budget_window == timedelta(hours=3)
    assert settings.relay.port == 1025


@pytest.mark.parametrize(
    ("text", "time"),
    [("0s", timedelta(0)), ("30s", timedelta(seconds=30)), ("3 h", timedelta(hours=3)), ("14d", timedelta(days=14))],
)
def test_durations(text: str, time: timedelta, tmp_path: Path) -> None:
    found = _load(tmp_path, GOOD.replace('hold_confirmation = "2m"', f'hold_confirmation = "{text}"'))
    assert found.letters.hold_confirmation == time


def _with(old: str, new: str) -> str:
    assert old in GOOD, old
    return GOOD.replace(old, new, 1)


# what is changed, into what; then the key that must be named, and a word of what it should be
FAULTY = [
    ('secret = "0123456789abcdef0123456789abcdef"', 'secret = "short"', "secret", "32"),
    ('secret = "0123456789abcdef0123456789abcdef"', "colour = 1", "secret", "missing"),
    ('database = "sqlite:///mailbot.db"', 'database = "mysql://x"', "", "sqlite:///file"),
    ("port = 1025", "port = 0", "relay.port", "1"),
    ("port = 1025", 'port = "a lot"', "relay.port", "integer"),
    ("port = 1025", "prot = 1025", "relay.prot", "not a setting"),
    ('listen = "127.0.0.1:2525"', 'listen = "everywhere"', "smtp.listen", "host:port"),
    ('listen = "127.0.0.1:8080"', 'listen = "8080"', "web.listen", "host:port"),
    ('url = "http://127.0.0.1:8080"', 'url = "shop.example"', "web.url", "http"),
    ('hold_confirmation = "2m"', 'hold_confirmation = "soon"', "letters.hold_confirmation", "2m"),
    ('hold_confirmation = "2m"', "hold_confirmation = 120", "letters.hold_confirmation", "2m"),
    ('protocol = "smtp"', 'protocol = "uucp"', "smtp.protocol", "lmtp"),
    ("max_size = 26214400", "max_size = 10", "smtp.max_size", "1024"),
    ('tls = "none"', 'tls = "maybe"', "relay.tls", "starttls"),
    ("[smtp]", "[smpt]", "smpt", "not a setting"),
    ('token = "shop-token-of-the-sample"', 'token = "x"', "shop.0.token", "16"),
    ('address = "orders@shop.example"', 'address = "orders"', "shop.0.address", "mail address"),
    ('address = "orders@shop.example"', 'address = "orders+a@shop.example"', "shop.0.address", "plus"),
    ('country = "DE"', 'country = "Germany"', "shop.0.seller.country", "capital"),
    ('iban = "DE02120300000000202051"', 'iban = "DE02120300000000202052"', "shop.0.bank.iban", "IBAN"),
    ('languages = ["en", "fr", "de"]', 'languages = ["en", "xx"]', "shop.0.languages", "xx"),
    ('languages = ["en", "fr", "de"]', 'languages = ["fr"]', "shop.0.language", "shop's languages"),
    ('id = "demo"', 'id = "The Demo"', "shop.0.id", "small letters"),
    ('name = "Nimbus Software"', 'nmae = "Nimbus Software"', "shop.0.nmae", "not a setting"),
    ('name = "Nimbus Software"', "", "shop.0.name", "missing"),
    ('id = "demo"', 'id = "demo"\ntimezone = "Mars/Olympus"', "shop.0.timezone", "Berlin"),
    ('terms_url = "https://shop.example/terms"', 'terms_url = "notaurl"', "shop.0.terms_url", "web address"),
    ('support_address = "help@shop.example"', 'support_address = "nomail"', "shop.0.support_address", "mail address"),
    ('country = "DE"', 'country = "XX"', "shop.0.seller.country", "ISO 3166"),
    ('relays = ["127.0.0.1"]', 'relays = ["127.0.0.1/8x"]', "trust.relays.0", "address"),
    ('relays = ["127.0.0.1"]', 'relays = ["10.0.0.0/8"]', "trust.relays.0", "no network"),
    ('address = "anna@shop.example"', 'address = "anna"', "shop.0.staff.0.address", "mail address"),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), FAULTY, ids=[f"{n}-{f[1][:30]}" for n, f in enumerate(FAULTY)])
def test_a_fault_is_named_with_file_key_and_line(old: str, new: str, key: str, says: str, tmp_path: Path) -> None:
    text = _with(old, new)
    faults = _faults(tmp_path, text)
    found = [fault for fault in faults if re.search(says, fault) and f": {key}" in fault]
    assert found, faults
    match = re.match(rf"{re.escape(str(tmp_path))}/mailbot\.toml:(\d+): ", found[0])
    assert match, found
    if re.search(rf"^{re.escape(key.removesuffix('.0').rpartition('.')[2])}\b", new):
        assert int(match[1]) == _line_of(text, new.partition("\n")[0])
    else:
        assert 1 <= int(match[1]) <= len(text.splitlines())


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = _with("port = 1025", "port = 0").replace('hold_confirmation = "2m"', 'hold_confirmation = "soon"')
    assert len(_faults(tmp_path, text)) == 2


def test_every_fault_of_a_shop_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    text = _with('id = "demo"', 'id = "The Demo"').replace("help@shop.example", "nomail").replace('"DE"', '"XX"')
    text = text + '\n[[shop.staff]]\nname = "Ben"\naddress = "ben"\n'
    found = [re.findall(r":(\d+): (\S+):", fault)[0] for fault in _faults(tmp_path, text)]
    lines = [_line_of(text, part) for part in ('id = "The', 'address = "ben"', "support_address", 'country = "XX"')]
    assert found == [
        (str(lines[0]), "shop.0.id"),
        (str(lines[1]), "shop.0.staff.1.address"),
        (str(lines[2]), "shop.0.support_address"),
        (str(lines[3]), "shop.0.seller.country"),
    ]


def test_a_fault_in_a_variable_names_the_variable(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD, {"MAILBOT_RELAY__PORT": "abc"})[0].startswith("MAILBOT_RELAY__PORT: ")


def test_a_fault_in_the_second_shop_has_its_line(tmp_path: Path) -> None:
    second = GOOD[GOOD.index("[[shop]]") : GOOD.index("[[shop.staff]]")]
    second = (
        second.replace('id = "demo"', 'id = "two"').replace("orders@", "two@").replace("-of-the-sample", "-two-two")
    )
    text = GOOD + "\n" + second.replace('language = "en"', "language = 7")
    assert [re.findall(r":(\d+): (\S+):", fault)[0] for fault in _faults(tmp_path, text)] == [
        (str(_line_of(text, "language = 7")), "shop.1.language")
    ]


@pytest.mark.parametrize("what", ["id", "address", "token"])
def test_two_shops_do_not_share(what: str, tmp_path: Path) -> None:
    second = GOOD[GOOD.index("[[shop]]") : GOOD.index("[[shop.staff]]")]
    for key, old, new in (
        ("id", '"demo"', '"two"'), ("address", '"orders@', '"two@'), ("token", "-of-the-sample", "-two-two"),
    ):  # fmt: skip
        second = second if key == what else second.replace(old, new)
    assert f"the same {what}" in _faults(tmp_path, GOOD + "\n" + second)[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("secret = ", "not valid TOML"),
        ("secret = 1\nsecret = 2", "not valid TOML"),
        ("", "secret"),
        ("a = 1", "secret"),
    ],
)
def test_a_file_that_is_no_configuration(text: str, says: str, tmp_path: Path) -> None:
    assert any(says in fault for fault in _faults(tmp_path, text))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.toml", tmp_path, tmp_path / "bytes.toml"):
        with pytest.raises(SettingsError, match=re.escape(str(path)) + ".*--config"):
            load(path, {})


def test_variables_override_the_file(tmp_path: Path) -> None:
    environment = {
        "MAILBOT_RELAY__PASSWORD": "pass",
        "MAILBOT_RELAY__PORT": "587",
        "MAILBOT_SECRET": "s" * 40,
        "MAILBOT_LETTERS__HOLD_CONFIRMATION": "5m",
        "MAILBOT_IMAP__HOST": "imap.shop.example",
        "MAILBOT_IMAP__USERNAME": "u",
        "MAILBOT_IMAP__PASSWORD": "p",
        "HOME": "/",
    }
    settings = _load(tmp_path, GOOD, environment)
    assert (settings.relay.password, settings.relay.port, settings.secret) == ("pass", 587, "s" * 40)
    assert settings.letters.hold_confirmation == timedelta(minutes=5)
    assert settings.imap is not None
    assert settings.imap.host == "imap.shop.example"


@pytest.mark.parametrize(
    "name", ["MAILBOT_RELAI__PASSWORD", "MAILBOT_RELAY__PASWORD", "MAILBOT_SHOP", "MAILBOT_", "MAILBOT_SECRET__X"]
)
def test_a_variable_that_names_no_setting_is_a_fault(name: str, tmp_path: Path) -> None:
    assert name in _faults(tmp_path, GOOD, {name: "x"})[0]


def test_a_variable_for_a_section_that_is_none_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    text = GOOD.replace("[smtp]", "[smpt]").replace("secret", 'smtp = "x"\nsecret', 1)
    assert any("smtp" in fault for fault in _faults(tmp_path, text, {"MAILBOT_SMTP__LISTEN": "127.0.0.1:1"}))


@given(st.text("[]=\"'shop.relay \n{}#,1", max_size=60))
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError) as error:
            load(path, {})
        assert all(str(path) in fault for fault in error.value.faults)
