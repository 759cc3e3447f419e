"""The clock looks: who is reminded, when, and who never is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bench import Bench
from kit import NOW, STAFF, fresh, make_event
from sqlalchemy import update

from mailbot.clock import TIMETABLE, Clock
from mailbot.desk import tick
from mailbot.store.tables import errands
from mailbot.store.tables import orders as orders_table


async def _days(bench: Bench, days: int) -> list[str]:
    """Days pass, one after the other; the clock ticks at ten on each."""
    lines = []
    for _ in range(days):
        bench.now += timedelta(days=1)
        lines += bench.db.call(tick.tick, bench.house, bench.now)
        await bench.work()
    return lines


@pytest.mark.parametrize("method", ["wire", "check", "ach"])
async def test_the_ladder_of_reminders_ends_with_the_end(method: str, own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed(payment_method=method)
    lines = await _days(bench, 60)
    names = bench.post.names(who)
    reminders = [name for name in names if name.startswith("reminder/")]
    assert reminders == ["reminder/first", "reminder/second", "reminder/last"]
    assert names == ["order/awaiting_payment", *reminders, "order/expired"]
    assert bench.order(number).state == "expired"
    assert bench.order(number).due_at is None
    assert [number in line for line in lines] == [True] * 4
    expiry = next(row for row in bench.rows(errands, letter="order/expired"))
    told = [row["created_at"] for row in bench.rows(errands, to_address=who) if row["letter"].startswith("reminder/")]
    for at in [*told, expiry["created_at"]]:
        assert at.weekday() < 5
    days = [(later - sooner).days for sooner, later in zip(told, [*told[1:], expiry["created_at"]], strict=True)]
    assert min(days) >= 2
    await bench.tell(make_event("payment.received", number))  # money that comes late is welcome
    assert bench.order(number).state == "paid"


NEVER: list[tuple[str, list[str], dict[str, Any]]] = [
    ("paid", ["payment.received"], {}),
    ("cancelled", ["order.cancelled"], {}),
    ("refunded", ["payment.received", "payment.refunded"], {}),
    ("paid card", ["payment.received"], {"payment_method": "card"}),
    ("free", [], {"lines": [{"sku": "A", "name": "A", "quantity": 1, "unit_net": 0}], "total_net": 0, "total_tax": 0,
                  "total": 0}),
    ("card, which is never reminded", [], {"payment_method": "card"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "news", "changes"), NEVER, ids=[row[0] for row in NEVER])
async def test_who_owes_nothing_is_never_reminded(
    what: str, news: list[str], changes: dict[str, Any], own_bench: Bench
) -> None:
    _, who = await own_bench.placed("", *news, **changes)
    await _days(own_bench, 30)
    assert not [name for name in own_bench.post.names(who) if name.startswith("reminder/")]


async def test_who_has_just_ordered_is_not_reminded(own_bench: Bench) -> None:
    """News that comes late: the order is old for the ladder, but it is looked at again under its lock."""
    bench = own_bench
    number, who = await bench.placed()
    row = bench.order(number)
    bench.db.call(lambda c: c.execute(update(orders_table).values(due_at=bench.now)))
    from dataclasses import replace

    from mailbot.store import pack

    data = pack.order_bytes(replace(row, due_at=bench.now))
    bench.db.call(lambda c: c.execute(update(orders_table).values(data=data)))
    assert bench.db.call(tick.tick, bench.house, bench.now) == []
    due = bench.order(number).due_at
    assert due is not None
    assert due > bench.now


async def test_who_has_just_ordered_again_is_not_reminded_of_the_older_order(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    due = bench.order(number).due_at
    assert due is not None
    bench.now = due + timedelta(minutes=5)
    await bench.placed(who, placed_at=(bench.now - timedelta(hours=1)).isoformat(), payment_method="card")
    assert bench.db.call(tick.tick, bench.house, bench.now) == []
    later = bench.order(number).due_at
    assert later is not None
    assert later > bench.now
    bench.now = later
    assert len(bench.db.call(tick.tick, bench.house, bench.now)) == 1


async def test_i_have_paid_pauses_the_reminders_and_then_a_person_looks(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    await bench.write("I sent the transfer this morning.", who)
    paused = bench.order(number).paused_until
    assert paused is not None
    await _days(bench, (paused - bench.now).days)
    assert bench.post.names(who) == ["order/awaiting_payment", "payment_sent/thanks"]
    await _days(bench, 2)
    assert bench.post.names(who) == ["order/awaiting_payment", "payment_sent/thanks"]
    assert [case["kind"] for case in bench.cases()] == ["payment_missing"]
    assert number in bench.sent(STAFF, "staff/case")[-1].mail.text


async def test_a_payment_between_the_clock_and_the_post_stops_the_reminder(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    while not bench.db.call(tick.tick, bench.house, bench.now):
        bench.now += timedelta(days=1)
    await bench.keep(make_event("payment.received", number))
    await bench.work()  # the news is worked on before the letters leave
    assert bench.post.names(who) == ["order/awaiting_payment", "payment/received"]
    assert bench.rows(errands, letter="reminder/first")[0]["state"] == "superseded"


async def test_a_payment_between_the_end_and_the_post_stops_the_letter_of_the_end(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed(payment_method="card")
    bench.post.reply = lambda letter: "later"
    while bench.order(number).state == "pending":
        await _days(bench, 1)
    await bench.tell(make_event("payment.received", number))
    bench.post.kind()
    await bench.later(days=1)
    assert bench.order(number).state == "paid"
    assert bench.rows(errands, letter="order/expired")[0]["state"] == "superseded"
    assert "order/expired" not in bench.post.names(who)


async def test_a_word_of_the_customer_stops_a_reminder_that_waits_to_leave(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    bench.post.reply = lambda letter: "later" if letter.names[0].startswith("reminder/") else "done"
    while not bench.rows(errands, letter="reminder/first"):
        await _days(bench, 1)
    assert bench.rows(errands, letter="reminder/first")[0]["state"] == "ready"
    await bench.write("I sent the transfer yesterday.", who)
    bench.post.kind()
    await bench.later(days=1)
    assert "reminder/first" not in bench.post.names(who)
    assert bench.order(number).state == "pending"


async def test_an_order_that_cannot_be_worked_on_does_not_stop_the_clock(own_bench: Bench) -> None:
    bench = own_bench
    bad, _ = await bench.placed()
    good, who = await bench.placed()
    from dataclasses import replace

    from mailbot.store import pack

    broken = replace(bench.order(bad), payment_method="barter")  # the rules once had it
    bench.db.call(
        lambda c: c.execute(
            update(orders_table).where(orders_table.c.number == bad).values(data=pack.order_bytes(broken))
        )
    )
    clock = Clock(bench.db, bench.house, lambda: bench.now, lambda name: None)
    lines: list[str] = []
    for _ in range(15):
        bench.now += timedelta(days=1)
        lines += await clock.remind()
        await bench.work()
    assert "reminder/first" in bench.post.names(who)
    assert any(good in line for line in lines)
    notices = [letter for letter in bench.sent(STAFF) if bad in letter.mail.text]
    assert len(notices) == 1
    assert "barter" in notices[0].mail.text
    other, reader = await bench.placed()
    for _ in range(15):  # and the command line does the same
        bench.now += timedelta(days=1)
        bench.db.call(tick.tick, bench.house, bench.now)
        await bench.work()
    assert "reminder/first" in bench.post.names(reader)
    assert len([letter for letter in bench.sent(STAFF) if bad in letter.mail.text]) == 1


async def test_a_lost_week_sends_one_reminder_and_not_three(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed()
    bench.now += timedelta(days=60)
    bench.db.call(tick.tick, bench.house, bench.now)
    await bench.work()
    assert bench.post.names(who) == ["order/awaiting_payment", "reminder/first"]
    assert bench.db.call(tick.tick, bench.house, bench.now) == []


async def test_a_tick_that_fails_shows_and_ends_nothing(own_bench: Bench) -> None:
    clock = Clock(own_bench.db, own_bench.house, lambda: own_bench.now, lambda name: None)
    clock.start()

    async def broken() -> None:
        raise OSError("the disk is full")

    assert clock.well
    await clock._run("reminders", broken)
    assert not clock.well
    await clock._run("reminders", clock.remind)
    assert clock.well
    await clock.stop()


async def test_two_clocks_send_one_reminder(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed()
    clocks = [Clock(bench.db, bench.house, lambda: bench.now, lambda name: None) for _ in range(2)]
    import asyncio

    for _ in range(14):
        bench.now += timedelta(days=1)
        await asyncio.gather(*(clock.remind() for clock in clocks))
        await bench.work()
    assert bench.post.names(who).count("reminder/first") == 1


async def test_the_clock_ticks_by_a_table_and_wakes_the_outbox(own_bench: Bench) -> None:
    woken: list[str] = []
    clock = Clock(own_bench.db, own_bench.house, lambda: own_bench.now, woken.append)
    assert [name for name, _ in TIMETABLE] == [job.name for job in clock._scheduler.get_jobs()]
    assert await clock.remind() == []
    assert woken == []
    await own_bench.keep(make_event("payment.received", fresh()))
    await own_bench.work()
    own_bench.now += timedelta(days=2)
    assert len(await clock.tell()) == 1
    assert woken == ["outbox"]
    clock.start()
    await clock.stop()
    assert isinstance(NOW, datetime)
