"""The timetable of an unpaid order: when it is reminded, when it lapses, when its money should be here. Pure.

How the desk uses it. After an order is placed, changes its method, is reminded, paused or looked at again: store
`next_due(…).at` as `due_at` and `expires_at(…)` as `expires_at`. When the clock finds `due_at` in the past: do what
`due_now(…)` says, under the order's lock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from mailbot.model.order import Order
from mailbot.payments.days import TARGET, Place, add_business_days, next_business_day
from mailbot.payments.methods import Method, Methods

Step = Literal["remind", "expire", "look_again"]

_BREATH = 2  # business days: two steps are never closer, however late the first one was
_BELIEVED = timedelta(days=31)  # a customer's "I paid on …" further away than this is not a date to count from


@dataclass(frozen=True, slots=True)
class Due:
    """A step of the clock and its time (UTC). `number` counts reminders from 1; `last` marks the last of them.

    `expire`: the order lapses. `look_again`: a person (or the bank file) sees whether the money came; nothing is
    sent to the customer by itself. It ends a pause, and stands in for `expire` where goods were delivered on account.
    """

    at: datetime
    step: Step
    number: int = 0
    last: bool = False


def next_due(order: Order, methods: Methods, place: Place, now: datetime, since: datetime | None = None) -> Due | None:
    """The next step to come after `now`, at the reminder hour of a business day; None when nothing is to come.

    `since` is where the waiting starts again, if not at `placed_at`: pass `now` when the customer has just chosen
    another method, or after a pause has ended. An overdue step comes on the next business day, and never crowds the
    one before it. Raises UnknownMethod.
    """
    return next(_timetable(order, methods, place, now, since), None)


def expires_at(
    order: Order, methods: Methods, place: Place, now: datetime, since: datetime | None = None
) -> datetime | None:
    """When the order will lapse if nothing happens until then; None: never by itself. Arguments as in next_due."""
    steps = _timetable(order, methods, place, now, since)
    return next((due.at for due in steps if due.step == "expire"), None)


def due_now(order: Order, methods: Methods, place: Place, now: datetime) -> Due | None:
    """What to do with an order whose `due_at` has come; to be asked again under its lock.

    None: nothing, now or later (it was paid, ended, or never lapses): clear `due_at`. `at` later than `now`: not yet
    (it was paused or put off meanwhile): store that as `due_at`. Otherwise do the step; after `look_again` clear
    `paused_until`.
    """
    if not _waits_for_money(order):
        return None
    method = methods[order.payment_method]
    at = order.due_at or now
    if order.paused_until is not None:
        return Due(order.paused_until, "look_again")
    if order.reminders < len(method.reminders):
        number = order.reminders + 1
        at = max(at, order.placed_at + timedelta(hours=method.quiet_hours))
        return Due(at, "remind", number, number == len(method.reminders))
    end = _end(order, method)
    return end and Due(max(at, order.expires_at or at) if end == "expire" else at, end)


def may_remind(order: Order, methods: Methods, now: datetime, ordered: datetime | None = None) -> str | None:
    """Why this order must not be reminded now, in words for the history; None when it may be.

    `ordered` is when the same customer ordered last: who has just ordered again is not asked for the older order.
    To be asked under the order's lock right before a reminder leaves.
    """
    quiet = timedelta(hours=methods[order.payment_method].quiet_hours)
    reasons = (
        (order.state != "pending", f"it is {order.state}"),
        (order.total <= 0, "nothing is to be paid"),
        (order.received >= order.total, "it was paid"),
        (order.received > 0, "it was paid in part"),
        (now < order.placed_at + quiet, f"it was placed less than {quiet // timedelta(hours=1)} hours ago"),
        (ordered is not None and now < ordered + quiet, f"its customer ordered again at {ordered}"),
        (order.paused_until is not None and now < order.paused_until, f"it is paused until {order.paused_until}"),
    )
    return next((words for applies, words in reasons if applies), None)


def expected_by(
    order: Order, methods: Methods, place: Place, now: datetime, sent_on: date | None = None
) -> tuple[date, date]:
    """The first and the last day on which money sent now (or `sent_on`) should be here, as the seller's dates.

    The last is a day on which the bank works and the seller too. Both are today for a method that pays at once.
    """
    method = methods[order.payment_method]
    sent = _believed(sent_on, place.day(now))
    if method.immediate:
        return sent, sent
    fastest, slowest = method.takes[methods.region(order, place.country)]
    calendar = _calendar(order, method, place)
    sent = next_business_day(sent, calendar)  # what is sent on a Sunday leaves on Monday
    latest = next_business_day(add_business_days(sent, slowest, calendar), calendar, place.country)
    return add_business_days(sent, fastest, calendar), latest


def pause(order: Order, methods: Methods, place: Place, now: datetime, sent_on: date | None = None) -> datetime:
    """Until when reminders rest because the customer says that the money is on its way; then somebody looks again.

    The method's patience in business days from the day it was sent, at the reminder hour, and tomorrow at the earliest.
    """
    method = methods[order.payment_method]
    today = place.day(now)
    calendar = _calendar(order, method, place)
    sent = next_business_day(_believed(sent_on, today), calendar)
    patience = method.patience[methods.region(order, place.country)]
    day = max(add_business_days(sent, patience, calendar), today + timedelta(days=1))
    return place.moment(next_business_day(day, calendar, place.country), methods.remind_at)


def _timetable(order: Order, methods: Methods, place: Place, now: datetime, since: datetime | None) -> Iterator[Due]:
    """Every step to come, in order: where the ladder puts it, or later when the one before it was late."""
    if not _waits_for_money(order):
        return
    rungs = _ladder(order, methods, place)
    done = rungs[order.reminders - 1].days if 0 < order.reminders <= len(rungs) else 0
    begin = min(since or order.placed_at, now)
    start, origin = next_business_day(place.day(begin), place.country), done if since else 0
    arrives = expected_by(order, methods, place, begin)[1]
    after, chained = now, order.reminders > 0
    if order.paused_until is not None:
        after, chained = max(now, order.paused_until), True
        yield Due(after, "look_again")
    for rung in rungs:
        if rung.step == "remind" and rung.number <= order.reminders:
            continue
        day = add_business_days(start, rung.days - origin, place.country)
        day = max(day, add_business_days(arrives, 1, place.country))  # the banks' holidays are not always ours
        planned = place.moment(day, methods.remind_at)
        after = _not_crowding(planned, after, rung.days - done if chained else 0, methods, place)
        yield Due(after, rung.step, rung.number, rung.last)
        done, chained = rung.days, True


@dataclass(frozen=True, slots=True)
class _Rung:
    """A step of the ladder, in business days after the order."""

    days: int
    step: Step
    number: int = 0
    last: bool = False


def _ladder(order: Order, methods: Methods, place: Place) -> list[_Rung]:
    """All steps of the order's method; the whole ladder starts later where the money needs longer to arrive."""
    method = methods[order.payment_method]
    patience = method.patience[methods.region(order, place.country)]
    steps = [
        _Rung(days, "remind", number, number == len(method.reminders))
        for number, days in enumerate(method.reminders, start=1)
    ]
    match _end(order, method):
        case "expire":
            steps.append(_Rung(method.expires_after or 0, "expire"))
        case "look_again":
            steps.append(_Rung(max(method.reminders, default=0) + max(patience, 5), "look_again"))
    shift = max(0, patience + 1 - steps[0].days) if steps else 0
    return [replace(step, days=step.days + shift) for step in steps]


def _end(order: Order, method: Method) -> Literal["expire", "look_again"] | None:
    """What follows the last reminder. A debt for goods already delivered does not lapse by silence."""
    if method.expires_after is not None and order.delivered_at is None:
        return "expire"
    return "look_again" if method.reminders or order.delivered_at else None


def _not_crowding(planned: datetime, after: datetime, gap: int, methods: Methods, place: Place) -> datetime:
    """The planned time; when it would come too soon after the step before (or is past), that step plus the gap."""
    day = place.day(after)
    soonest = place.moment(add_business_days(day, min(gap, _BREATH), place.country), methods.remind_at)
    if planned >= max(soonest, after):
        return planned
    at = place.moment(add_business_days(day, gap, place.country), methods.remind_at)
    return at if at >= after else place.moment(add_business_days(day, 1, place.country), methods.remind_at)


def _waits_for_money(order: Order) -> bool:
    """Part of the money is a matter for a person, not for the clock."""
    return order.state == "pending" and order.total > 0 and order.received <= 0


def _calendar(order: Order, method: Method, place: Place) -> str:
    return TARGET if method.bank_days and order.currency == "EUR" else place.country


def _believed(sent_on: date | None, today: date) -> date:
    return sent_on if sent_on and abs(sent_on - today) <= _BELIEVED else today
