"""The numbers in rules/gates.toml and the policies of all kinds, checked: every fault with its file, line and key."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mailbot.answers import policies
from mailbot.model.mail import KINDS
from mailbot.model.rulesfile import Fault, RulesFault, RulesFile, parse
from mailbot.reading.rulebook import Rulebook

FILE = "gates.toml"
_DEFAULTS = {"promise_hours": 24}


def load_gates(folders: Sequence[Path]) -> dict[str, int]:
    """The numbers of the gates, the shop's own file first. Raises RulesFault with every fault."""
    files = [parse(path, path.read_bytes()) for folder in reversed(folders) if (path := folder / FILE).is_file()]
    if wrong := [fault for file in files for fault in _gate_faults(file)]:
        raise RulesFault(*wrong)
    return {**_DEFAULTS, **{key: value for file in files for key, value in file.data.items()}}


def _gate_faults(file: RulesFile) -> Iterator[Fault]:
    for key, value in file.data.items():
        if key not in _DEFAULTS:
            message = f"is not a setting of the gates; known: {', '.join(_DEFAULTS)}"
            yield Fault(file.path, file.line(key), key, message)
        elif not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1000:
            yield Fault(file.path, file.line(key), key, f"should be a whole number from 1 to 1000, not {value!r}")


def policy_faults(book: Rulebook, folders: Sequence[Path]) -> list[Fault]:
    """What is wrong with the policies of all kinds, each at the first file that sets the key."""
    return [
        _at(folders, kind, f"policy.{key}", message)
        for kind in KINDS
        for key, message in policies.faults(kind, book.policy(kind))
    ]


def _at(folders: Sequence[Path], kind: str, key: str, message: str) -> Fault:
    paths = [path for folder in folders if (path := folder / f"{kind}.toml").is_file()]
    files = [parse(path, path.read_bytes()) for path in paths]
    file = next((file for file in files if key.removeprefix("policy.") in file.data.get("policy", ())), files[0])
    return Fault(file.path, file.line(key), key, message)
