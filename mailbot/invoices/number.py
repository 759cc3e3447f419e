"""The invoice number: its series (a shop has one for each year) and how the n-th of a series is written. Pure.

Who takes n without gaps is the store, in the transaction that issues (Directive 2006/112/EC, Art. 226(2)).
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

PATTERN = "R-{year}-{n:05}"
"""The shipped pattern. `{year}` has four digits, `{n}` counts from 1 in its series; `{n:05}` is filled with zeros."""

_FIELD = re.compile(r"\{(year|n)(?::0([1-9]))?\}")
_PLAIN = re.compile(r"[A-Za-z0-9./\-]{0,30}")


def series_of(issued_at: datetime, timezone: str) -> str:
    """The shop's series that an invoice issued then belongs to: the seller's year, `2026`. `issued_at` is aware."""
    return str(issued_at.astimezone(ZoneInfo(timezone)).year)


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a shop's pattern, for `mailbot check`; None when every number it makes is unique."""
    fields = [match[1] for match in _FIELD.finditer(pattern)]
    if sorted(fields) != ["n", "year"]:
        return f"invoice number '{pattern}' needs {{year}} and {{n}} once each, such as '{PATTERN}'"
    if not _PLAIN.fullmatch(_FIELD.sub("", pattern)):
        return (
            f"invoice number '{pattern}' may hold only letters, digits, '.', '/' and '-' beside its fields, at most 30"
        )
    if re.search(r"\}\{|\}[0-9]|[0-9]\{", pattern):
        return f"invoice number '{pattern}' needs something other than a digit beside {{year}} and {{n}}"
    return None


def format_number(series: str, n: int, pattern: str = PATTERN) -> str:
    """The n-th number (from 1) of a series: `R-2026-00001`. Raises ValueError on a wrong pattern."""
    if fault := pattern_fault(pattern):
        raise ValueError(fault)
    if n < 1:
        raise ValueError(f"invoice numbers count from 1, not {n}")
    fields = {"year": series, "n": str(n)}
    return _FIELD.sub(lambda match: fields[match[1]].zfill(int(match[2] or 0)), pattern)
