"""The desk at work: what fails comes again, is given up at last, and never takes others along."""

from typing import Any

import pytest
from bench import Bench
from kit import STAFF, make_raw, somebody
from sqlalchemy import update

from mailbot.desk import mail as desk_mail
from mailbot.desk import worker
from mailbot.store.tables import errands, mails


class _Breaks(Exception):
    pass


async def _three(bench: Bench) -> list[str]:
    """Three people with an order each, whose mails are kept but not worked on."""
    people = []
    for _ in range(3):
        _, who = await bench.placed()
        people.append(who)
    return people


@pytest.mark.parametrize("where", ["proof", "reading", "deciding"])
async def test_one_mail_in_trouble_does_not_hold_back_the_others(
    where: str, own_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = own_bench
    people = await _three(bench)
    bad = people[1]
    if where == "proof":
        real = bench.prover.of_row

        async def of_row(row: Any, raw: bytes) -> Any:
            if row["mail_from"] == bad:
                raise _Breaks
            return await real(row, raw)

        monkeypatch.setattr(bench.prover, "of_row", of_row)
    elif where == "reading":
        real_read = worker.understand

        def understand(connection: Any, house: Any, shop: Any, raw: bytes, *rest: Any) -> Any:
            if bad.encode() in raw:
                raise _Breaks
            return real_read(connection, house, shop, raw, *rest)

        monkeypatch.setattr(worker, "understand", understand)
    else:
        real_answer = desk_mail.answer_mail

        def answer_mail(connection: Any, house: Any, row: Any, *rest: Any) -> Any:
            if row["mail_from"] == bad:
                real_answer(connection, house, row, *rest)  # everything done, and then it breaks
                raise _Breaks
            return real_answer(connection, house, row, *rest)

        monkeypatch.setattr(worker.mail, "answer_mail", answer_mail)
    for who in people:
        await bench.keeper.keep(_received(make_raw("Where is my order?", who, verified="pass"), who))
    await bench.work()
    states = {row["mail_from"]: row["state"] for row in bench.rows(mails)}
    assert states == {people[0]: "done", bad: "new", people[2]: "done"}
    assert [bench.post.names(who)[1:] for who in people] == [["order_status/status"], [], ["order_status/status"]]
    for _ in range(6):
        await bench.later(hours=2)
    row = bench.rows(mails, mail_from=bad)[0]
    assert (row["state"], row["attempts"]) == ("failed", worker.ATTEMPTS)
    assert "_Breaks" in row["error"]
    assert len(bench.sent(STAFF, "staff/notice")) == 1
    assert bench.post.names(bad) == ["order/awaiting_payment"]
    monkeypatch.undo()
    bench.db.call(lambda c: c.execute(update(mails).where(mails.c.state == "failed").values(state="new", attempts=0)))
    await bench.work()
    assert bench.post.names(bad)[1:] == ["order_status/status"]  # replayed, it is answered once


def _received(raw: bytes, who: str) -> Any:
    from mailbot.intake.received import Received

    return Received(raw, who, ("orders@shop.example",), "127.0.0.1")


async def test_a_mail_that_kills_the_process_is_given_up_at_last(own_bench: Bench) -> None:
    bench = own_bench
    who = somebody()
    await bench.keeper.keep(_received(make_raw("Where is my order?", who), who))
    bench.db.call(lambda c: c.execute(update(mails).values(state="working", attempts=worker.CRASHES)))
    await bench.work()
    assert bench.rows(mails)[0]["state"] == "failed"
    assert len(bench.sent(STAFF, "staff/notice")) == 1


async def test_a_crash_before_the_commit_is_made_up_for(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed()
    await bench.keeper.keep(_received(make_raw("Where is my order?", who, verified="pass"), who))
    bench.db.call(lambda c: c.execute(update(mails).values(state="working", attempts=1)))
    await bench.work()
    assert bench.post.names(who) == ["order/awaiting_payment", "order_status/status"]


async def test_working_on_a_mail_again_after_its_commit_changes_nothing(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed()
    await bench.write("Please cancel my order.", who)
    before = [(row["once"], row["state"]) for row in bench.rows(errands)]
    bench.db.call(lambda c: c.execute(update(mails).values(state="new")))
    await bench.work()
    now = [(row["once"], row["state"]) for row in bench.rows(errands)]
    assert now[: len(before)] == before
    assert bench.post.names(who).count("cancel_order/done") == 1
