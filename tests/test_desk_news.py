"""News from the shop on the bench: idempotent, in any order, refused by name, and what the customer hears of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from bench import Bench, make_bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import KEY, NOW, STAFF, fresh, make_event, make_house, somebody

from mailbot.desk import tick
from mailbot.model.order import STEPS
from mailbot.store.tables import errands, events, invoices

LIFE = ("order.placed", "payment.declined", "payment.received", "order.delivered")


def _same(bench: Bench, number: str) -> Any:
    """The order apart from what tells the way: its row, its number, its version and who."""
    order = bench.order(number)
    return replace(
        order, id=0, number="", version=0, payment_id="", payment_ids=(), customer=replace(order.customer, email="")
    )


def _life(number: str, email: str) -> list[dict[str, Any]]:
    return [make_event(kind, number, email) for kind in LIFE]


async def test_the_life_of_an_order(bench: Bench) -> None:
    number, who = fresh(), somebody()
    for body in _life(number, who):
        await bench.tell(body)
    assert bench.post.names(who) == ["order/awaiting_payment", "payment/declined", "payment/received", "delivery/keys"]
    assert bench.order(number).state == "paid"
    assert bench.events(number) == ["done"] * 4
    assert [line.partition(":")[0] for line in bench.history(number)] == ["change"] * 4
    delivery = bench.sent(who, "delivery/keys")[0]
    assert KEY in delivery.mail.text
    assert KEY in delivery.mail.html


async def test_the_same_news_again_changes_nothing(bench: Bench) -> None:
    number, who = fresh(), somebody()
    bodies = _life(number, who)
    await bench.tell(*bodies)
    before, letters = bench.order(number), len(bench.sent(who))
    answers = await bench.keep(*bodies)
    await bench.work()
    assert [answer["new"] for answer in answers] == [False] * 4
    assert bench.order(number) == before
    assert len(bench.sent(who)) == letters
    assert len(bench.events(number)) == 4


async def test_the_same_id_with_other_words_is_told_to_the_shop(bench: Bench) -> None:
    number, who = fresh(), somebody()
    first = make_event("order.placed", number, who)
    assert (await bench.keep(first, {**first, "at": "2026-11-16T11:00:00Z"}))[1].get("differs") is True


@pytest.fixture(scope="module")
async def straight(bench: Bench) -> Any:
    """The order when its news comes as it happened."""
    number = fresh()
    await bench.tell(*_life(number, somebody()))
    return _same(bench, number)


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
async def test_any_order_of_arrival_gives_the_same_order(order: tuple[int, ...], straight: Any, bench: Bench) -> None:
    number, who = fresh(), somebody()
    bodies = _life(number, who)
    for place in order:
        await bench.tell(bodies[place])
    assert _same(bench, number) == straight
    assert set(bench.events(number)) == {"done"}
    assert {"payment/received", "delivery/keys"} <= set(bench.post.names(who))


async def test_a_refund_that_is_told_before_its_payment_waits_for_it(bench: Bench) -> None:
    number, who = fresh(), somebody()
    await bench.tell(make_event("payment.refunded", number))
    assert bench.events(number) == ["waiting"]
    await bench.tell(make_event("order.placed", number, who))
    assert bench.events(number) == ["waiting", "done"]
    await bench.tell(make_event("payment.received", number))
    assert bench.events(number) == ["done", "done", "done"]
    assert bench.order(number).state == "refunded"


ILLEGAL = [
    (["order.cancelled"], "payment.received", "pay"),
    (["order.cancelled"], "order.delivered", "deliver"),
    (["order.cancelled"], "payment.declined", "decline"),
    (["order.cancelled"], "payment.refunded", "refund"),
    (["order.cancelled"], "subscription.renewing", "renew"),
    (["payment.received"], "order.cancelled", "cancel"),
    (["payment.received"], "payment.received", "pay"),
    (["payment.received", "payment.refunded"], "payment.refunded", "refund"),  # another one
    (["payment.received", "payment.refunded"], "order.delivered", "deliver"),
    ([], "order.placed", "place"),
]


@pytest.mark.parametrize(("before", "then", "step"), ILLEGAL, ids=[f"{b}-{t}" for b, t, _ in ILLEGAL])
async def test_an_illegal_step_is_refused_by_name_and_seen(
    before: list[str], then: str, step: str, bench: Bench
) -> None:
    number, who = await bench.placed("", *before)
    order, letters = bench.order(number), bench.post.names(who)
    body = make_event(then, number, who)
    if then in ("payment.received", "payment.refunded"):
        body["payment" if then == "payment.received" else "refund"]["id"] = "another one"
    seen = len(bench.sent(STAFF, "staff/case"))
    await bench.tell(body)
    row = bench.rows(events, event_id=body["id"])[0]
    assert row["state"] == "refused"
    assert number in row["because"]
    assert bench.order(number) == order
    assert bench.post.names(who) == letters
    assert len(bench.sent(STAFF, "staff/case")) == seen + 1
    letter = bench.sent(STAFF, "staff/case")[-1]
    assert number in letter.mail.text
    assert then in letter.mail.text.replace("\n", " ")
    assert any("hold" in line and (step in line or "exists" in line) for line in bench.history(number))


async def test_a_second_refusal_of_the_same_order_is_seen_too(bench: Bench) -> None:
    number, _ = await bench.placed("", "order.cancelled")
    seen = len(bench.sent(STAFF))
    await bench.tell(make_event("order.delivered", number))
    await bench.tell(make_event("payment.received", number))
    letters = bench.sent(STAFF)[seen:]
    assert ["order.delivered" in one.mail.text for one in letters] == [True, False]
    assert ["payment.received" in one.mail.text for one in letters] == [False, True]


async def test_a_refusal_keeps_nothing_else_back(bench: Bench) -> None:
    number, who = await bench.placed("", "order.cancelled")
    other, reader = fresh(), somebody()
    await bench.tell(make_event("order.delivered", number), make_event("order.placed", other, reader))
    assert bench.post.names(reader) == ["order/awaiting_payment"]


async def test_late_news_is_done_without_effect(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.received")
    before = bench.order(number)
    late = make_event("payment.received", number)
    late["payment"]["id"] = before.payment_id
    await bench.tell(make_event("payment.declined", number), late)
    assert bench.events(number) == ["done"] * 4
    assert bench.order(number) == before
    assert bench.post.names(who) == ["order/awaiting_payment", "payment/received"]


@pytest.mark.parametrize("changes", [{"amount": 9991}, {"currency": "USD"}, {"amount": 0}])
async def test_another_amount_is_a_persons_matter_and_nobody_is_reminded(
    changes: dict[str, Any], own_bench: Bench
) -> None:
    number, who = await own_bench.placed()
    await own_bench.tell(make_event("payment.received", number, **changes))
    assert own_bench.order(number).state == "pending"
    assert [case["kind"] for case in own_bench.cases()] == ["payment_differs"]
    assert "99.92" in own_bench.sent(STAFF, "staff/case")[-1].mail.text
    from mailbot.desk import tick

    for _ in range(25):
        own_bench.now += timedelta(days=1)
        own_bench.db.call(tick.tick, own_bench.house, own_bench.now)
        await own_bench.work()
    if changes.get("amount", 1):  # money is here: nobody is reminded, and nothing lapses by itself
        assert own_bench.post.names(who) == ["order/awaiting_payment"]
        assert own_bench.order(number).state == "pending"
    else:
        assert own_bench.post.names(who)[1] == "reminder/first"


async def test_a_free_order_owes_nothing(bench: Bench) -> None:
    line = {"sku": "A", "name": "Nimbus Lite", "quantity": 1, "unit_net": 0}
    number, who = await bench.placed(lines=[line], total_net=0, total_tax=0, total=0)
    order = bench.order(number)
    assert (order.state, order.due_at) == ("paid", None)
    assert bench.post.names(who) == ["order/confirmed"]


async def test_a_part_that_was_paid_back_leaves_the_order_paid(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.received")
    await bench.tell(make_event("payment.refunded", number, amount=1000))
    assert (bench.order(number).state, bench.order(number).refund_amount) == ("paid", 1000)
    rest = make_event("payment.refunded", number, amount=8992)
    await bench.tell({**rest, "refund": {**rest["refund"], "id": "the rest"}})
    assert (bench.order(number).state, bench.order(number).refund_amount) == ("refunded", 9992)
    assert bench.post.names(who).count("refund/done") == 2


async def test_the_same_refund_told_by_two_events_counts_once(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.received")
    await bench.tell(make_event("payment.refunded", number, amount=5000))
    before = bench.order(number)
    await bench.tell(make_event("payment.refunded", number, amount=5000))
    assert bench.order(number) == before
    assert (before.state, before.refund_amount) == ("paid", 5000)
    assert bench.post.names(who).count("refund/done") == 1
    assert bench.events(number)[-1] == "done"


async def test_a_refund_in_another_currency_is_a_persons_matter(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.received")
    before = bench.order(number)
    await bench.tell(make_event("payment.refunded", number, amount=1000, currency="USD"))
    assert bench.order(number) == before
    assert "refund/done" not in bench.post.names(who)
    assert "10.00 USD" in bench.cases(order_id=before.id, kind="refund_differs")[0]["reason"]


async def test_long_ids_that_differ_at_their_end_are_two_letters(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.received")
    for end, amount in (("-first", 100), ("-other", 200)):
        refund = {"id": "re" + end, "amount": amount, "currency": "EUR"}
        await bench.tell(make_event("payment.refunded", number) | {"id": "e" * 194 + end, "refund": refund})
    assert bench.post.names(who).count("refund/done") == 2


async def test_news_that_cannot_be_applied_is_given_up_and_seen(own_bench: Bench, monkeypatch: Any) -> None:
    from mailbot.desk import news

    def broken(*args: Any) -> str:
        raise RuntimeError("a wire came loose")

    number, who = fresh(), somebody()
    monkeypatch.setattr(news, "order_placed", type("x", (), {"new_order": staticmethod(broken)}))
    await own_bench.tell(make_event("order.placed", number, who))
    for _ in range(8):
        await own_bench.later(hours=2)
    row = own_bench.rows(events)[0]
    assert (row["state"], row["attempts"]) == ("failed", 6)
    assert "a wire came loose" in row["error"]
    assert "could not be applied" in own_bench.sent(STAFF, "staff/notice")[0].mail.text.replace("\n", " ")


@pytest.fixture
async def stuck(own_bench: Bench, monkeypatch: Any) -> dict[str, Any]:
    """News of a payment that failed six times, by a fault that is mended now."""
    from mailbot.desk import news

    number, who = await own_bench.placed()
    paid = make_event("payment.received", number)
    with monkeypatch.context() as broken:
        broken.setattr(news, "payment", None)
        await own_bench.tell(paid)
        for _ in range(6):
            await own_bench.later(hours=2)
    assert own_bench.events(number) == ["done", "failed"]
    return {"number": number, "who": who, "paid": paid}


async def test_nobody_is_reminded_or_ended_whose_payment_could_not_be_booked(
    own_bench: Bench, stuck: dict[str, Any]
) -> None:
    for _ in range(60):
        own_bench.now += timedelta(days=1)
        own_bench.db.call(tick.tick, own_bench.house, own_bench.now)
        await own_bench.work()
    assert own_bench.order(stuck["number"]).state == "pending"
    assert own_bench.post.names(stuck["who"]) == ["order/awaiting_payment"]
    (notice,) = own_bench.sent(STAFF, "staff/notice")
    assert f"mailbot replay --event {stuck['paid']['id']}" in " ".join(notice.mail.text.split())


async def test_the_same_news_again_revives_what_failed(own_bench: Bench, stuck: dict[str, Any]) -> None:
    other = {**stuck["paid"], "at": "2026-11-16T11:00:00Z"}
    assert await own_bench.keep(other) == [{"event": stuck["paid"]["id"], "new": False, "differs": True}]
    assert own_bench.events(stuck["number"]) == ["done", "failed"]
    assert await own_bench.keep(stuck["paid"]) == [{"event": stuck["paid"]["id"], "new": False, "again": True}]
    await own_bench.work()
    assert own_bench.order(stuck["number"]).state == "paid"
    assert own_bench.post.names(stuck["who"]) == ["order/awaiting_payment", "payment/received"]
    assert await own_bench.keep(stuck["paid"]) == [{"event": stuck["paid"]["id"], "new": False}]


async def test_a_reminder_on_its_way_is_stopped_by_news_of_the_payment(own_bench: Bench, monkeypatch: Any) -> None:
    from mailbot.desk import news

    number, who = await own_bench.placed()
    while not own_bench.db.call(tick.tick, own_bench.house, own_bench.now):
        own_bench.now += timedelta(days=1)
    await own_bench.keep(make_event("payment.received", number))
    monkeypatch.setattr(news, "payment", None)
    await own_bench.work()
    assert own_bench.post.names(who) == ["order/awaiting_payment"]


async def test_a_press_that_is_broken_does_not_stop_a_payment(tmp_path: Path) -> None:
    from mailbot.invoices.pdf import PressFault

    class Broken:
        def render(self, invoice: Any) -> bytes:
            raise PressFault("invoice.typ:3: unknown variable: foo")

    bench = make_bench(tmp_path, press=Broken())
    number, who = await bench.placed("", "payment.received")
    assert (bench.order(number).state, bench.events(number)) == ("paid", ["done", "done"])
    assert bench.post.names(who) == ["order/awaiting_payment", "payment/received"]
    (case,) = bench.cases(order_id=bench.order(number).id)
    assert (case["kind"], "invoice.typ:3" in case["reason"]) == ("invoice_fault", True)
    assert bench.rows(invoices) == []
    bench.house = replace(bench.house, press=make_house().press)
    await bench.placed("", "payment.received")
    assert [row["number"] for row in bench.rows(invoices)] == ["R-2026-00001"]  # no number was lost
    bench.db.close()


async def test_news_whose_order_does_not_come_is_shown_to_staff_once(own_bench: Bench) -> None:
    number = fresh()
    answer = (await own_bench.keep(make_event("payment.received", number)))[0]
    assert answer["waiting"] is True
    await own_bench.work()
    for hours in (20, 5, 5, 48):
        own_bench.now += timedelta(hours=hours)
        own_bench.db.call(tick.tick, own_bench.house, own_bench.now)
        await own_bench.work()
        if hours == 20:
            assert own_bench.sent(STAFF) == []
    notices = own_bench.sent(STAFF)
    assert len(notices) == 1
    assert number in notices[0].mail.text
    await own_bench.tell(make_event("order.placed", number, somebody()))
    assert own_bench.order(number).state == "paid"


async def test_the_payment_letter_replaces_a_confirmation_that_waits(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, hold=timedelta(minutes=2))
    number, who = await bench.placed()
    assert bench.post.names(who) == []
    await bench.later(seconds=90)
    assert bench.post.names(who) == []
    await bench.tell(make_event("payment.received", number))
    await bench.later(minutes=5)
    assert bench.post.names(who) == ["payment/received"]
    assert [row["state"] for row in bench.rows(errands, kind="letter")] == ["superseded", "done"]

    other, reader = await bench.placed()
    await bench.later(seconds=119)
    assert bench.post.names(reader) == []
    await bench.later(seconds=1)
    assert bench.post.names(reader) == ["order/awaiting_payment"]
    bench.db.close()


async def test_a_confirmation_that_waits_does_not_cross_what_happened_meanwhile(tmp_path: Path) -> None:
    """The customer gets one letter that says how to pay, and it is the last one."""
    from mailbot.desk import click

    bench = make_bench(tmp_path, hold=timedelta(minutes=2))
    declined, who = await bench.placed("", "payment.declined", payment_method="card")
    changed, reader = await bench.placed()
    bench.db.call(click.change_method, bench.house, bench.order(changed).id, "check", bench.now)
    part, payer = await bench.placed()
    await bench.tell(make_event("payment.received", part, amount=5000))
    await bench.later(minutes=5)
    assert bench.post.names(who) == ["payment/declined"]
    assert bench.post.names(reader) == ["order/awaiting_payment"]
    assert "Write on it" in bench.sent(reader)[0].mail.text
    assert bench.post.names(payer) == ["order/awaiting_payment"]
    assert "€50.00 of €99.92" in bench.sent(payer)[0].mail.subject
    second = make_event("payment.received", part, amount=100)
    await bench.tell({**second, "payment": {**second["payment"], "id": "second"}})
    await bench.later(minutes=5)
    assert bench.post.names(payer) == ["order/awaiting_payment"]  # nothing waited any more
    bench.db.close()


async def test_the_invoice_is_issued_once_and_numbered_without_gaps(own_bench: Bench) -> None:
    for _ in range(3):
        await own_bench.placed("", "payment.received")
    rows = own_bench.rows(invoices)
    assert [row["number"] for row in rows] == ["R-2026-00001", "R-2026-00002", "R-2026-00003"]
    for row in rows:
        assert row["pdf"][:5] == b"%PDF-"
    number = own_bench.db.see(lambda c: c.exec_driver_sql("SELECT number FROM orders ORDER BY id").scalars().all())[0]
    who = own_bench.order(number).customer.email
    await own_bench.tell(make_event("order.delivered", number))
    await own_bench.write(f"Please send me a copy of my invoice for order {number}.", who)
    assert "invoice_copy/sent" in own_bench.post.names(who)
    attached = [_pdf(own_bench, who, name) for name in ("payment/received", "invoice_copy/sent")]
    assert attached == [rows[0]["pdf"], rows[0]["pdf"]]
    assert len(own_bench.rows(invoices)) == 3


def _pdf(bench: Bench, who: str, name: str) -> bytes:
    import email
    import email.policy

    message = email.message_from_bytes(bench.sent(who, name)[-1].raw, policy=email.policy.default)
    return next(part.get_content() for part in message.walk() if part.get_content_type() == "application/pdf")


async def test_an_order_whose_tax_makes_no_invoice_is_paid_and_a_person_makes_it(bench: Bench) -> None:
    number, who = await bench.placed(total_tax=9000, total=17190)
    await bench.tell(make_event("payment.received", number, amount=17190))
    assert bench.order(number).state == "paid"
    assert "payment/received" in bench.post.names(who)
    assert bench.cases(order_id=bench.order(number).id)[0]["kind"] == "invoice_fault"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = make_bench(tmp_path_factory.mktemp("crowd"), budget=10_000)
    yield bench
    bench.db.close()


KINDS = (*LIFE, "order.cancelled", "payment.refunded", "subscription.renewing")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8), st.data())
async def test_any_news_in_any_order_is_done_waits_or_is_refused(
    crowd: Bench, kinds: list[str], data: st.DataObject
) -> None:
    number, who = fresh(), somebody()
    bodies = [make_event(kind, number, who) for kind in kinds]
    bodies += data.draw(st.lists(st.sampled_from(bodies), max_size=3))  # some of it twice
    await crowd.keep(*data.draw(st.permutations(bodies)))
    await crowd.work()
    states = crowd.events(number)
    assert len(states) == len(kinds)
    assert set(states) <= {"done", "waiting", "refused"}
    if "order.placed" not in kinds:
        assert set(states) == {"waiting"}
        return
    order = crowd.order(number)
    assert order.state in {state for pair in STEPS.items() for state in (pair[0][0], pair[1])}
    asked = sum(1 for state in states if state == "refused")
    assert asked <= len([line for line in crowd.history(number) if line.startswith("hold")])


async def test_contract_samples_are_applied(own_bench: Bench) -> None:
    folder = Path(__file__).parent / "contract" / "events"
    bodies = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    await own_bench.tell(*bodies.values())
    assert own_bench.order("A-7001").state == "refunded"
    states = {row["type"]: row["state"] for row in own_bench.rows(events)}
    assert states == {kind: "done" if "7001" in str(body) else "waiting" for kind, body in bodies.items()}
    assert own_bench.now >= NOW


async def test_a_part_payment_told_twice_counts_once_whatever_came_between(bench: Bench) -> None:
    number, _ = await bench.placed()
    for payment, amount in (("p1", 5000), ("p2", 1000), ("p1", 5000), ("p2", 1000)):
        await bench.tell(make_event("payment.received", number, amount=amount) | {"payment": {
            "id": f"{number}-{payment}", "method": "wire", "amount": amount, "currency": "EUR"}})  # fmt: skip
    assert bench.order(number).paid_amount == 6000
