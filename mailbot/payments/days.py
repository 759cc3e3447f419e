"""Business days: which days count where, and how to step over the others."""

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from zoneinfo import ZoneInfo

import holidays


def _bare(name: str) -> None:
    """Puts an empty package where `holidays` looks for its calendars, so that each is imported when it is asked for.

    Its own package imports the calendars of all 250 countries as soon as one of them is needed: 9 MB for one's own.
    """
    spec = find_spec(name)
    if spec and name not in sys.modules:
        sys.modules[name] = module_from_spec(spec)


_bare("holidays.countries")
_bare("holidays.financial")

TARGET = "TARGET"
"""The calendar of euro payments: closed on weekends and the six TARGET holidays (ECB), wherever the account is."""

_MAX_STEPS = 1000  # no window of any method is longer: a wrong number must not walk for ever


@dataclass(frozen=True, slots=True)
class Place:
    """Where the seller works: the country whose holidays are kept (ISO 3166-1 alpha-2) and the IANA time zone."""

    country: str
    timezone: str

    def day(self, moment: datetime) -> date:
        """The calendar day at the seller's when it is `moment` (aware)."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def moment(self, day: date, hour: time) -> datetime:
        """That hour of that day at the seller's, in UTC."""
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)


def is_business_day(day: date, calendar: str) -> bool:
    """Whether people (or, for TARGET, euro banks) work on that day. `calendar` is a country or TARGET."""
    return day not in _days_off(calendar, day.year)


def next_business_day(day: date, *calendars: str) -> date:
    """The day itself, or the first after it that is a business day in every one of the calendars."""
    for _ in range(_MAX_STEPS):
        if all(is_business_day(day, calendar) for calendar in calendars):
            return day
        day += timedelta(days=1)
    raise ValueError(f"no common business day of {', '.join(calendars)} before {day}")


def add_business_days(day: date, n: int, calendar: str) -> date:
    """The n-th business day after `day`; n = 0 is the day itself or the first business day after it.

    From a Saturday, one business day later is the Monday. Raises ValueError when n is negative or above 1000.
    """
    if not 0 <= n <= _MAX_STEPS:
        raise ValueError(f"business days to add must be 0 to {_MAX_STEPS}, not {n}")
    if n == 0:
        return next_business_day(day, calendar)
    for _ in range(n):
        day = next_business_day(day + timedelta(days=1), calendar)
    return day


@lru_cache(maxsize=512)
def _days_off(calendar: str, year: int) -> frozenset[date]:
    """Weekends and holidays of one year; a country that nobody has described keeps Saturdays and Sundays only.

    Built once and frozen, because the calendars of `holidays` grow while they are asked and threads share them.
    """
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    try:
        known = holidays.financial_holidays("XECB") if calendar == TARGET else holidays.country_holidays(calendar)
    except NotImplementedError:
        return frozenset(day for day in days if day.weekday() >= 5)
    return frozenset(day for day in days if day.year == year and not known.is_working_day(day))
