"""Reads JSON from strangers: total on every input, and each fault names its path.

RFC 8259 leaves open what duplicate names, huge numbers and lone surrogates mean; here they are faults, because two
readers that understand the same news differently are how money gets lost.
"""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

DEPTH = 32  # levels; the deepest event has 5
_DIGITS = 20
_NAME = 200  # characters; the longest name of an event has 16


class BadJson(ValueError):
    """The text is no JSON that we take. `path` is where ("" for the whole), the message says what it should be."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in the body. Raises BadJson."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson(f"should be UTF-8; byte {error.start} is not") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_small_int,
            parse_float=_small_float,
        )
    except json.JSONDecodeError as error:
        raise BadJson(f"should be JSON; line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise BadJson(f"is nested more than {DEPTH} levels deep") from None
    if not isinstance(value, dict):
        raise BadJson("should be a JSON object")
    for path, message in _faults(value):
        raise BadJson(message, path)
    return value


def join(path: str, name: object) -> str:
    """The path of a member: `order.lines.0.unit_net`."""
    return f"{path}.{name}" if path else str(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise BadJson(f"has the name {json.dumps(twice[:60])} twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not JSON")


def _small_int(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise BadJson(f"has a number of {len(digits)} digits")
    return int(digits)


def _small_float(digits: str) -> float:
    if len(digits) > 60 or abs(float(digits)) > 1e20:
        raise BadJson("has a number that is too large or too long")
    return float(digits)


def _faults(value: Any) -> Iterator[tuple[str, str]]:
    """Walks the value without recursion: one iterator for each level, and a path made only for what is wrong.

    So that memory is that of the value itself: a long name above many members must not be written out for each.
    """
    levels: list[Iterator[tuple[object, Any]]] = [iter([("", value)])]
    names: list[object] = [""]
    while levels:
        step = next(levels[-1], None)
        if step is None:
            levels.pop()
            names.pop()
            continue
        names[-1], here = step
        if fault := _fault(here, len(levels)):
            yield ".".join(map(str, names[1:])), fault
        elif isinstance(here, dict | list):
            levels.append(iter(here.items() if isinstance(here, dict) else enumerate(here)))
            names.append("")


def _fault(here: Any, depth: int) -> str:
    """What is wrong with one value, apart from what lies inside it; "" when nothing is."""
    if depth > DEPTH:
        return f"is nested more than {DEPTH} levels deep"
    if isinstance(here, dict):
        if any(len(name) > _NAME for name in here):
            return f"has a name of more than {_NAME} characters"
        return "" if all(map(_sound, here)) else "has a name with half a character (a lone surrogate)"
    return "holds half a character (a lone surrogate)" if isinstance(here, str) and not _sound(here) else ""


def _sound(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
