"""The timetable of unpaid orders: ladders, pauses, late clocks, and who must never be reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model.order import Customer, Order, PostalAddress, take
from mailbot.payments.days import Place, is_business_day
from mailbot.payments.methods import UnknownMethod, load
from mailbot.payments.schedule import Due, due_now, expected_by, expires_at, may_remind, next_due, pause

METHODS = load([Path(__file__).parent.parent / "rules"])
BERLIN = Place("DE", "Europe/Berlin")
PLACED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)  # a Monday


def make_order(country: str = "IT", **changes: Any) -> Order:
    customer = Customer("Maria Rossi", "maria@customer.example", address=PostalAddress(country=country))
    order = Order(
        id=1, shop="demo", number="10023", state="pending", placed_at=PLACED, currency="EUR", payment_method="wire",
        customer=customer, lines=(), total_net=8190, total_tax=1802, total=9992,
    )  # fmt: skip
    return replace(order, **changes)


def morning(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def live_through(order: Order, start: datetime, late: timedelta = timedelta()) -> list[tuple[datetime, Due]]:
    """What a clock does with an order that nobody pays: each step at its time, or so much later."""
    done = []
    now = start
    while due := next_due(order, METHODS, BERLIN, now):
        order = replace(order, due_at=due.at, expires_at=expires_at(order, METHODS, BERLIN, now))
        now = due.at + late
        step = due_now(order, METHODS, BERLIN, now)
        assert step is not None
        assert step.at <= now
        assert (step.step, step.number, step.last) == (due.step, due.number, due.last)
        done.append((now, step))
        if step.step != "remind" or len(done) > 20:
            break
        order = take(order, "remind", reminders=order.reminders + 1)
    return done


def test_a_wire_order_is_reminded_three_times_and_lapses() -> None:
    assert [(at, due.step, due.number, due.last) for at, due in live_through(make_order(), PLACED)] == [
        (morning(11, 9), "remind", 1, False),
        (morning(11, 16), "remind", 2, False),
        (morning(11, 19), "remind", 3, True),
        (morning(11, 23), "expire", 0, False),
    ]


def test_where_money_takes_longer_the_ladder_starts_later() -> None:
    near = next_due(make_order(), METHODS, BERLIN, PLACED)
    far = next_due(make_order("US"), METHODS, BERLIN, PLACED)
    assert near == Due(morning(11, 9), "remind", 1, False)
    assert far == Due(morning(11, 17), "remind", 1, False)  # not before ten days of patience are over
    assert expires_at(make_order("US"), METHODS, BERLIN, PLACED) == morning(12, 1)


def test_holidays_of_the_seller_count() -> None:
    placed = datetime(2026, 12, 21, 10, tzinfo=UTC)
    due = next_due(make_order(placed_at=placed), METHODS, BERLIN, placed)
    assert due is not None
    assert due.at == morning(12, 29)  # 25 is a holiday, 26 and 27 a weekend
    british = next_due(make_order(placed_at=placed), METHODS, Place("GB", "Europe/London"), placed)
    assert british is not None
    assert british.at == datetime(2026, 12, 30, 9, tzinfo=UTC)  # Boxing Day moves to Monday 28


def test_an_unpaid_card_order_gets_no_reminder_and_lapses() -> None:
    assert [due.step for _, due in live_through(make_order(payment_method="card"), PLACED)] == ["expire"]


def test_a_debt_for_delivered_goods_never_lapses() -> None:
    delivered = make_order(delivered_at=PLACED)
    assert [due.step for _, due in live_through(delivered, PLACED)] == ["remind", "remind", "remind", "look_again"]
    assert expires_at(delivered, METHODS, BERLIN, PLACED) is None
    account = make_order(payment_method="purchase_order")
    assert [due.step for _, due in live_through(account, PLACED)][-1] == "look_again"


@pytest.mark.parametrize(
    "changes", [{"state": "paid"}, {"state": "cancelled"}, {"state": "expired"}, {"total": 0}, {"paid_amount": 1}]
)
def test_nothing_is_due_for_who_paid_or_owes_nothing(changes: dict[str, Any]) -> None:
    order = make_order(due_at=PLACED, **changes)
    later = PLACED + timedelta(days=60)
    assert next_due(order, METHODS, BERLIN, later) is None
    assert due_now(order, METHODS, BERLIN, later) is None
    assert expires_at(order, METHODS, BERLIN, later) is None


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(UnknownMethod, match="fax"):
        next_due(make_order(payment_method="fax"), METHODS, BERLIN, PLACED)


def test_an_order_that_arrives_late_is_reminded_on_the_next_business_day() -> None:
    saturday = datetime(2026, 11, 28, 15, tzinfo=UTC)
    assert next_due(make_order(), METHODS, BERLIN, saturday) == Due(morning(11, 30), "remind", 1, False)


def test_a_clock_that_was_away_does_not_crowd_its_letters() -> None:
    done = live_through(make_order(), PLACED, late=timedelta(days=9))
    days = [at.date() for at, _ in done]
    assert [due.step for _, due in done] == ["remind", "remind", "remind", "expire"]
    assert all((after - before).days >= 2 for before, after in pairwise(days))


def test_another_method_starts_the_waiting_again() -> None:
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    changed = make_order(payment_method="check", country="DE", reminders=0)
    fresh = next_due(changed, METHODS, BERLIN, now, since=now)
    assert fresh == Due(morning(12, 7), "remind", 1, False)
    kept = next_due(make_order(reminders=1), METHODS, BERLIN, now, since=now)
    assert kept == Due(morning(11, 27), "remind", 2, False)


def test_i_have_paid_rests_the_reminders_and_then_somebody_looks() -> None:
    now = datetime(2026, 11, 5, 16, tzinfo=UTC)  # a Thursday
    until = pause(make_order(), METHODS, BERLIN, now)
    assert until == morning(11, 11)
    paused = make_order(paused_until=until)
    assert next_due(paused, METHODS, BERLIN, now) == Due(until, "look_again")
    paused = replace(paused, due_at=until)
    early = due_now(paused, METHODS, BERLIN, until - timedelta(hours=1))
    assert early == Due(until, "look_again")  # its time says: not yet
    looked = replace(paused, paused_until=None)
    assert next_due(looked, METHODS, BERLIN, until, since=until) == Due(morning(11, 18), "remind", 1, False)
    assert expires_at(paused, METHODS, BERLIN, now) == expires_at(looked, METHODS, BERLIN, until, since=until)


@pytest.mark.parametrize(
    ("sent_on", "until"),
    [
        (date(2026, 11, 3), morning(11, 9)),  # "I paid on Tuesday"
        (date(2026, 11, 7), morning(11, 13)),  # "I shall pay on Saturday": the bank begins on Monday
        (date(2026, 10, 20), morning(11, 6)),  # long ago: look tomorrow
        (date(2019, 1, 1), morning(11, 11)),  # nonsense: counted from today
        (date(9999, 12, 31), morning(11, 11)),
    ],
)
def test_the_pause_counts_from_the_day_that_was_named(sent_on: date, until: datetime) -> None:
    assert pause(make_order(), METHODS, BERLIN, datetime(2026, 11, 5, 16, tzinfo=UTC), sent_on) == until


@pytest.mark.parametrize(
    ("changes", "now", "reason"),
    [
        ({}, PLACED + timedelta(days=8), None),
        ({"state": "paid"}, PLACED + timedelta(days=8), "it is paid"),
        ({"state": "cancelled"}, PLACED + timedelta(days=8), "it is cancelled"),
        ({"total": 0}, PLACED + timedelta(days=8), "nothing is to be paid"),
        ({"paid_amount": 9992}, PLACED + timedelta(days=8), "it was paid"),
        ({"paid_amount": 5000}, PLACED + timedelta(days=8), "it was paid in part"),
        ({}, PLACED + timedelta(hours=3), "it was placed less than 4 hours ago"),
        ({}, PLACED + timedelta(hours=4), None),
        ({"paused_until": morning(11, 20)}, morning(11, 19), "it is paused until 2026-11-20"),
        ({"paused_until": morning(11, 20)}, morning(11, 20), None),
    ],
)
def test_who_may_be_reminded(changes: dict[str, Any], now: datetime, reason: str | None) -> None:
    said = may_remind(make_order(**changes), METHODS, now)
    assert (said is None) if reason is None else (said is not None and said.startswith(reason))


@pytest.mark.parametrize(
    ("country", "method", "now", "first", "last"),
    [
        ("IT", "wire", PLACED, date(2026, 11, 2), date(2026, 11, 4)),
        ("US", "wire", PLACED, date(2026, 11, 9), date(2026, 11, 16)),
        ("IT", "wire", datetime(2026, 11, 7, 9, tzinfo=UTC), date(2026, 11, 9), date(2026, 11, 11)),  # a Saturday
        ("IT", "wire", datetime(2026, 4, 2, 9, tzinfo=UTC), date(2026, 4, 2), date(2026, 4, 8)),  # over Easter
        ("IT", "wire", datetime(2025, 10, 1, 9, tzinfo=UTC), date(2025, 10, 1), date(2025, 10, 6)),  # Unity Day
        ("IT", "ach", PLACED, date(2026, 11, 3), date(2026, 11, 5)),
        ("DE", "check", PLACED, date(2026, 11, 9), date(2026, 11, 16)),
        ("IT", "card", datetime(2026, 11, 7, 9, tzinfo=UTC), date(2026, 11, 7), date(2026, 11, 7)),
    ],
)
def test_when_the_money_should_be_here(country: str, method: str, now: datetime, first: date, last: date) -> None:
    assert expected_by(make_order(country, payment_method=method), METHODS, BERLIN, now) == (first, last)


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(list(METHODS.all)),
    st.sampled_from(["DE", "GB", "US", "JP", ""]),
    st.sampled_from([BERLIN, Place("US", "America/Los_Angeles"), Place("AU", "Australia/Sydney")]),
    st.timedeltas(timedelta(0), timedelta(days=40)),
    st.integers(0, 3),
)
def test_laws_of_the_timetable(
    placed: datetime, method: str, country: str, place: Place, age: timedelta, reminders: int
) -> None:
    order = make_order(country, placed_at=placed, payment_method=method, reminders=reminders)
    now = placed + age
    due = next_due(order, METHODS, place, now)
    assert due is not None
    assert due.at >= now
    local = due.at.astimezone(ZoneInfo(place.timezone))
    assert (local.hour, local.minute) == (9, 0)
    assert is_business_day(local.date(), place.country)
    if due.step == "remind":
        assert may_remind(order, METHODS, due.at) is None
        money_by = expected_by(order, METHODS, place, placed)[1]
        assert local.date() > money_by
    ends = expires_at(order, METHODS, place, now)
    assert ends is None or ends >= due.at


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC)), st.integers(0, 20))
def test_every_life_ends(placed: datetime, late: int) -> None:
    done = live_through(make_order(placed_at=placed), placed, timedelta(days=late))
    assert [due.step for _, due in done] == ["remind", "remind", "remind", "expire"]
    assert [due.number for _, due in done] == [1, 2, 3, 0]


def test_an_order_from_the_future_is_counted_from_today() -> None:
    order = make_order(placed_at=datetime(9999, 12, 31, tzinfo=UTC))
    due = next_due(order, METHODS, BERLIN, PLACED)
    assert due is not None
    assert due.at == morning(11, 9)
