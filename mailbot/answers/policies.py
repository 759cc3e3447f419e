"""What may stand in the [policy] of a rules file: a slip of the pen must not silently become the default."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_PROOFS = ("verified_sender", "reply_token")


def _days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3650


def _limits(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        len(name) == 3 and name.isupper() and isinstance(amount, int) and amount >= 0 for name, amount in value.items()
    )


KNOWN: dict[str, dict[str, tuple[Callable[[Any], bool], str]]] = {
    "refund": {
        "window_days": (_days, "a whole number of days"),
        "limit": (_limits, "amounts in minor units by currency, such as { EUR = 20000 }"),
    },
    "cancel_order": {"proof": (lambda value: value in _PROOFS, " or ".join(_PROOFS))},
}
"""For each kind its keys, what is right for each, and what to say when it is not."""


def faults(kind: str, policy: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with one kind's policy: (key, what it should be). Nothing when all is in order."""
    known = KNOWN.get(kind, {})
    for key, value in policy.items():
        if key not in known:
            yield key, f"is not a setting; known here: {', '.join(known) or 'none'}"
        elif not known[key][0](value):
            yield key, f"should be {known[key][1]}, not {value!r}"
