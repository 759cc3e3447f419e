"""Finds the days that a text names ("le 3 novembre", "last Tuesday"), as seen from the day it was written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from mailbot.reading.folding import Page, fold
from mailbot.reading.phrases import NEVER, Match, Pattern, any_of, compiled, phrase
from mailbot.reading.searching import holds

MOST = 20
AHEAD = 31
"""Days: a day named without its year is taken as coming when it is at most so far ahead, else as the last such day."""

Found = tuple[int, int, date]
Tables = Mapping[str, Mapping[str, Any]]

_ISO = rb"\b((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})([-/.])([0-9]{1,2})\b"
_DIGITS = rb"\b([0-9]{1,2})([-/.]) ?([0-9]{1,2})[-/.] ?((?:19|20)?[0-9]{2})\b"
_SHORT = rb"([0-9]{1,2})(?:\.([0-9]{1,2})\.?|/([0-9]{1,2}))"


_holds_digit = holds(compiled(rb"[0-9]"))
# Versions, network addresses and telephone numbers have the same signs between their numbers.
_IN_A_ROW = compiled(rb"^[-/.][0-9]")
_NO_DATE = compiled(
    rb"(?:[0-9][-/.]|\b(?:version|vers|ver|v|macos|ios|windows|android|firmware|update|release|build|tel[a-z]*|fax)[\s.:]{0,2})$"
)
_FIXED = {"today": 0, "yesterday": -1, "two_days_ago": -2, "tomorrow": 1}


class Dates:
    """Finds days by the words of dates.toml, `tables`: {language: {key: words}}."""

    def __init__(self, tables: Tables) -> None:
        self._month_first = {name for name, table in tables.items() if table.get("order") == "mdy"}
        self._tables = tables
        self._readers: dict[str, _Reader] = {}

    def find(self, page: Page, language: str, today: date | None) -> list[Found]:
        """(start, end, day) of each in its order, at most MOST. Without `today` only dates with a year are found."""
        reader = self._reader(language if language in self._tables else "")
        found = sorted(reader.find(page, today, language in self._month_first), key=lambda f: (f[0], -f[1]))
        apart: list[Found] = []
        for start, end, day in found:
            if not apart or start >= apart[-1][1]:
                apart.append((start, end, day))
        return apart[:MOST]

    def _reader(self, language: str) -> "_Reader":
        """Made on first use: most shops get mail in two or three languages."""
        if language not in self._readers:
            self._readers[language] = _Reader(self._tables, language)
        return self._readers[language]


class _Reader:
    """The patterns for mails in one language: its own words, and those of the others that mean nothing else in it."""

    def __init__(self, tables: Tables, language: str) -> None:
        self._tables, self._language = tables, language
        self._months = self._numbered("months", 12)
        self._weekdays = self._numbered("weekdays", 7)
        self._day_numbers = {
            fold(word): n
            for name, table in tables.items()
            for word, n in table.get("numbers", {}).items()
            if not self._doubtful(name, word)
        }
        self._number = compiled(rb"[0-9]{1,3}|" + any_of(word.decode("latin-1") for word in self._day_numbers))
        self.digits = compiled(rb"(?:" + _ISO + rb"|" + _DIGITS + rb")")
        self.short = compiled(
            rb"(?:"
            + any_of(self._all("before_a_date"))
            + rb") {1,2}"
            + _SHORT
            + rb"(?:[^0-9a-z./-]|[ ]|[.,](?:[^0-9]|$)|$)"
        )
        self.named = self._named()
        self.relative = self._relative()
        self.weekday = self._weekday()
        # One look that tells whether the two patterns before need to look at all.
        self.holds_words = holds(compiled(_any_folded(self._weekdays) + rb"|" + self._relative_words()))
        self.coming = compiled(self._any("coming") + rb"[ '](?:le |the |den |dem |o |a |il |el |dia )?$")
        self.wish = compiled(self._any("wishes") + rb" $")
        self.starts_coming = compiled(rb"^" + self._any("coming"))

    def find(self, page: Page, today: date | None, month_first: bool) -> Iterator[Found]:
        """Every day found, in the order of the patterns; they may overlap."""
        if _holds_digit(page.folded):
            yield from _each(self.digits, page, lambda m: _from_digits(page, m, today, month_first))
            yield from _each(self.named, page, lambda m: self._from_name(page, m, today))
            if today is not None:
                yield from _each(self.short, page, lambda m: self._from_short(page, m, today, month_first))
        if today is not None and self.holds_words(page.folded):
            yield from _each(self.relative, page, lambda m: self._from_relative(m, today))
            yield from _each(self.weekday, page, lambda m: self._from_weekday(page, m, today))

    def _doubtful(self, language: str, word: str) -> bool:
        return language != self._language and word in self._tables[language].get("unsure", ())

    def _all(self, key: str) -> list[str]:
        """The words for the key ("today", "months.0") of all languages, without those that mean another thing here."""
        key, _, row = key.partition(".")
        lists = ((name, table.get(key, ())) for name, table in self._tables.items())
        return [
            word for name, words in lists for word in (words[int(row)] if row and words else words)
            if not self._doubtful(name, word)
        ]  # fmt: skip

    def _any(self, key: str) -> bytes:
        return any_of(self._all(key))

    def _numbered(self, key: str, rows: int) -> dict[bytes, int]:
        """{folded word: its row} for the twelve months, the seven days."""
        return {b" ".join(fold(word).split()): n for n in range(rows) for word in self._all(f"{key}.{n}")}

    def _named(self) -> Pattern:
        """3 November 2026 · 3rd of Nov · le 1er novembre · 3 de noviembre de 2026 · November 3rd, 2026."""
        months = rb"(" + _any_folded(self._months) + rb")\.?"
        year = rb"(?:,? ?(?:de |del |of |')?((?:19|20)[0-9]{2})\b)?"
        ordinal = rb"(?:" + any_of(self._all("ordinals")).replace(rb"\b", b"") + rb"|\.|\xb0)?"
        day_first = rb"\b([0-9]{1,2})" + ordinal + rb"[ -]?(?:of |de |di )?" + months + year
        return compiled(day_first + rb"|" + months + rb" (?:the )?([0-9]{1,2})" + ordinal + rb"(?:\b|[ ,])" + year)

    def _relative(self) -> Pattern:
        fixed = rb"|".join(rb"(" + self._any(key) + rb")" for key in _FIXED)
        return compiled(rb"(?:" + fixed + rb")|" + self._ago("days_ago") + rb"|" + self._ago("weeks_ago"))

    def _relative_words(self) -> bytes:
        ago = [p.replace("{n}", " ").split()[-1] for key in ("days_ago", "weeks_ago") for p in self._all(key)]
        return rb"|".join([*(self._any(key) for key in _FIXED), any_of(ago)])

    def _ago(self, key: str) -> bytes:
        """`{n} days ago` in all languages, with its number in digits or in words."""
        number = rb"(?:[0-9]{1,3}|" + _any_folded(self._day_numbers) + rb")"
        ago = [phrase(words.replace("{n}", "xnx")).replace(b"xnx", number) for words in self._all(key)]
        return rb"(" + (rb"|".join(ago) or NEVER) + rb")"

    def _weekday(self) -> Pattern:
        days = rb"(" + _any_folded(self._weekdays) + rb")"
        week = rb"(?:,? (" + self._any("last_week") + rb"))?"
        return compiled(
            rb"(?:(" + self._any("coming") + rb")[ '](?:le |the |den |dem |o |a |il |el |next )?)?"
            rb"(?:("
            + self._any("last_week")
            + rb") (?:on |am |op )?)?"
            + days
            + week
            + rb"(?: ("
            + self._any("next")
            + rb"))?"
        )

    def _is_coming(self, page: Page, match: Match) -> bool:
        """ "By", "until", "from … on": the day before which this stands is not past."""
        start = match.start()
        return bool(
            self.coming.search(page.folded[max(0, start - 24) : start]) or self.starts_coming.search(match.group())
        )

    def _from_name(self, page: Page, match: Match, today: date | None) -> date | None:
        day, month_name, year = match.groups()[:3] if match.group(1) else [match.group(n) for n in (5, 4, 6)]
        month = self._months[b" ".join(month_name.split())] + 1
        if year is not None:
            return _real(int(year), month, int(day))
        ahead = 366 if self._is_coming(page, match) else AHEAD
        return _nearest(month, int(day), today, ahead) if today else None

    def _from_short(self, page: Page, match: Match, today: date, month_first: bool) -> date | None:
        day, month = int(match.group(1)), int(match.group(2) or match.group(3))
        if month_first and match.group(3):
            day, month = month, day
        ahead = 366 if self._is_coming(page, match) else AHEAD
        return _nearest(month, day, today, ahead) or _nearest(day, month, today, ahead)

    def _from_weekday(self, page: Page, match: Match, today: date) -> date | None:
        if self.wish.search(page.folded[max(0, match.start() - 16) : match.start()]):
            return None  # "einen schönen Sonntag noch"
        coming, week_before, name, week_behind, following = match.groups()
        weekday = self._weekdays[b" ".join(name.split())]
        if week_before or week_behind:
            return today - timedelta(today.weekday() + 7 - weekday)
        if coming or following or self._is_coming(page, match):
            return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
        return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)

    def _from_relative(self, match: Match, today: date) -> date | None:
        *fixed, days_ago, weeks_ago = match.groups()
        for group, days in zip(fixed, _FIXED.values(), strict=True):
            if group is not None:
                return today + timedelta(days)
        # The last number in it: "il y a huit jours" has an English "a" before its number.
        number = [found.group() for found in self._number.finditer(days_ago or weeks_ago)][-1]
        count = int(number) if number.isdigit() else self._day_numbers[b" ".join(number.split())]
        days = count * (7 if days_ago is None else 1)
        return today - timedelta(days) if 0 < days <= 366 else None


def _any_folded(words: Iterable[bytes]) -> bytes:
    return any_of(word.decode("latin-1") for word in words)


def _each(pattern: Pattern, page: Page, day_of: Callable[[Match], date | None]) -> Iterator[Found]:
    """The days of the pattern's matches, looking at no more than a bounded number of them."""
    for count, match in enumerate(pattern.finditer(page.folded)):
        if count >= 4 * MOST:
            return
        if (day := day_of(match)) is not None:
            yield match.start(), match.end(), day


def _from_digits(page: Page, match: Match, today: date | None, month_first: bool) -> date | None:
    if _IN_A_ROW.search(page.folded[match.end() : match.end() + 2]) or _NO_DATE.search(
        page.folded[max(0, match.start() - 20) : match.start()]
    ):
        return None
    year, first_mark, month, second_mark, day, one, mark, two, short_year = match.groups()
    if year is not None:
        return _real(int(year), int(month), int(day)) if first_mark == second_mark else None
    full = int(short_year) + (2000 if len(short_year) == 2 else 0)
    month_first = month_first and mark != b"."
    readings = [_real(full, int(one), int(two)), _real(full, int(two), int(one))]
    first, second = readings if month_first else reversed(readings)
    if first and second and today and first > today + timedelta(AHEAD) >= second:
        return second  # 03/12/2026, written in November: nobody speaks of a day that far ahead
    return first or second


def _nearest(month: int, day: int, today: date, ahead: int) -> date | None:
    """The day of that name: the next one if it is at most `ahead` days away, else the last one."""
    years = (1, 0, -1, -2, -3, -4) if ahead == AHEAD else (0, 1, 2, 3, 4)
    days = [d for n in years if (d := _real(today.year + n, month, day)) is not None]
    if ahead != AHEAD:
        return next((d for d in days if d >= today), None)
    return next((d for d in days if d <= today + timedelta(ahead)), None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
