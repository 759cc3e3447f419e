"""The numbers in rules/gates.toml, checked."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

_DEFAULTS = {"promise_hours": 24}


class GatesFault(Exception):
    """rules/gates.toml, or a policy, cannot be used; the message names file and key."""


def load_gates(folders: Sequence[Path]) -> dict[str, int]:
    """The numbers of the gates, the shop's own file first. Raises GatesFault."""
    found = dict(_DEFAULTS)
    for folder in reversed(folders):
        path = folder / "gates.toml"
        if not path.is_file():
            continue
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise GatesFault(f"{path}: is not valid TOML: {error}") from None
        for key, value in values.items():
            if key not in _DEFAULTS:
                raise GatesFault(f"{path}: {key}: is not a setting of the gates; known: {', '.join(_DEFAULTS)}")
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
                raise GatesFault(f"{path}: {key}: should be a whole number from 1 to 1000, not {value!r}")
            found[key] = value
    return found
