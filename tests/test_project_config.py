"""docs/mailbot.toml names every setting there is and none that is not, shows the defaults, and can be used as it is."""

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT
from pydantic import BaseModel

from mailbot import checking
from mailbot.model.shop import Shop
from mailbot.settings import Settings, load

SAMPLE = ROOT / "docs" / "mailbot.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")
WHOLE = re.sub(r"^#(?=\S)", "", TEXT, flags=re.MULTILINE)  # "# " explains, "#" alone is a setting that may be left out


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Mapping[str, Any]]:
    """The sample with everything uncommented: as settings, and as TOML."""
    path = tmp_path_factory.mktemp("config") / "mailbot.toml"
    path.write_text(WHOLE, encoding="utf-8")
    return load(path, {}), tomllib.loads(WHOLE)


def test_the_sample_loads_as_it_is() -> None:
    assert load(SAMPLE, {}).shop[0].id == "demo"


def test_mailbot_check_finds_the_sample_in_order() -> None:
    assert checking.faults(SAMPLE) == []


def test_every_setting_is_named(whole: tuple[Settings, Mapping[str, Any]]) -> None:
    settings, values = whole
    assert _missing(settings, values) == []  # the other way round, a setting that is not known would not have loaded


def _missing(part: Any, values: Mapping[str, Any], where: str = "") -> list[str]:
    """The paths of settings that the sample does not name."""
    if isinstance(part, BaseModel):
        names = list(type(part).model_fields)
    else:
        names = [field.name for field in dataclasses.fields(part)]
    found = [where + name for name in names if name not in values]
    for name in set(names) - {path.removeprefix(where) for path in found}:
        inner, below = getattr(part, name), values[name]
        inner, below = (
            (inner[0], below[0]) if isinstance(below, list) and isinstance(below[0], dict) else (inner, below)
        )
        if isinstance(below, dict):
            found += _missing(inner, below, f"{where}{name}.")
    return found


def test_a_commented_setting_shows_its_default(whole: tuple[Settings, Mapping[str, Any]]) -> None:
    """Or an example, where the default is empty."""
    shown, plain = whole[0], load(SAMPLE, {})
    for section in ("smtp", "relay", "letters", "web", "trust"):
        for name in type(getattr(shown, section)).model_fields:
            default = getattr(getattr(plain, section), name)
            assert not default or getattr(getattr(shown, section), name) == default, f"[{section}] {name}"
    assert shown.database == plain.database
    for field in dataclasses.fields(Shop):
        default = getattr(plain.shop[0], field.name)
        if not default or isinstance(default, tuple) or dataclasses.is_dataclass(default):
            continue
        assert getattr(shown.shop[0], field.name) == default, field.name


def test_every_setting_is_explained() -> None:
    """A comment stands above it, or above the settings that it stands among."""
    lines = TEXT.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#?\w+ = ", line) and lines[number - 1] in ("",):
            pytest.fail(f"docs/mailbot.toml:{number + 1}: {line}: no comment above it")


def test_a_slip_of_the_pen_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mailbot.toml"
    path.write_text(TEXT.replace("#hold_confirmation", "hold_confirmatoin"), encoding="utf-8")
    line = next(n for n, text in enumerate(TEXT.splitlines(), 1) if "#hold_confirmation" in text)
    assert checking.faults(path)[0].startswith(f"{path}:{line}: letters.hold_confirmatoin:")
