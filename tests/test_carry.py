"""Letters leave the house: once, again when they must, never in silence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import Bench, Letter, make_bench
from kit import KEY, NOW, SHOP, STAFF, fresh, make_event, somebody
from sqlalchemy import update
from test_desk_mail import _bounce

from mailbot import carry
from mailbot.links import letter_ref
from mailbot.model.shop import Colleague
from mailbot.outbox.waits import WAITS
from mailbot.store import work
from mailbot.store.database import Database
from mailbot.store.errands import never_to
from mailbot.store.seal import Sealer
from mailbot.store.tables import errands, history


def _letters(bench: Bench, who: str) -> list[dict[str, Any]]:
    return bench.rows(errands, kind="letter", to_address=who)


def _only(who: str, verdict: str):  # type: ignore[no-untyped-def]
    return lambda letter: verdict if letter.to == who else "done"


async def _carry(bench: Bench) -> int:
    return await carry.carry_out(bench.db, bench.house, bench.post, lambda: bench.now)  # type: ignore[arg-type]


async def test_a_letter_that_is_accepted_is_done(bench: Bench) -> None:
    _, who = await bench.placed()
    row = _letters(bench, who)[0]
    assert (row["state"], row["reply"], row["error"], row["attempts"]) == ("done", "250 as told", "", 1)
    assert row["settled_at"] == bench.now
    letter = bench.sent(who)[0]
    assert letter.mail.message_id == f"<{row['ref']}.mailbot@shop.example>"
    assert letter.mail_from == row["mail_from"]


async def test_the_headers_of_the_contract(bench: Bench) -> None:
    _, who = await bench.placed()
    asked = await bench.write("Where is my order?", who)
    news, answer = bench.sent(who)
    links = bench.house.links
    for letter, auto in ((news, "auto-generated"), (answer, "auto-replied")):
        mail = letter.mail
        assert mail.header("Auto-Submitted") == auto
        assert mail.header("X-Auto-Response-Suppress") == "All"
        assert mail.header("Date")
        assert mail.header("X-Mailbot-Letter").count("/") == 1
        assert mail.text
        assert mail.html
        ref = mail.message_id.strip("<>").partition(".")[0]
        assert links.read_address(letter.reply_to) == ("reply", ref)
        assert links.read_address(letter.mail_from) == ("bounce", ref)
        assert letter.reply_to.endswith("@shop.example")
    message_id = asked.decode().partition("Message-ID: ")[2].split("\r\n")[0]
    assert answer.mail.in_reply_to == message_id
    assert message_id in answer.mail.references
    assert news.mail.in_reply_to == ""


async def test_a_temporary_refusal_waits_by_the_table_and_the_letter_stays_the_same(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()
    bench.post.reply = _only(who, "later")
    await bench.tell(make_event("order.placed", fresh(), who))
    for attempt in range(1, 6):
        row = _letters(bench, who)[0]
        assert (row["state"], row["attempts"]) == ("ready", attempt)
        assert timedelta(0) < row["next_try"] - bench.now <= WAITS[attempt - 1] + timedelta(seconds=5)
        bench.now = row["next_try"] - timedelta(seconds=1)
        await bench.work()
        assert len(bench.post.asked) == attempt
        bench.now += timedelta(seconds=1)
        await bench.work()
    bench.post.kind()
    bench.now = _letters(bench, who)[0]["next_try"]
    await bench.work()
    assert len(bench.sent(who)) == 1
    assert len({(letter.raw, letter.mail_from) for letter in bench.post.asked}) == 1


async def test_after_the_last_wait_it_is_never_and_staff_know(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()
    bench.post.reply = _only(who, "later")
    number = fresh()
    await bench.tell(make_event("order.placed", number, who))
    for _ in range(len(WAITS) + 1):
        await bench.later(days=1)
    assert _letters(bench, who)[0]["state"] == "never"
    assert len(bench.sent(STAFF, "staff/notice")) == 1


async def test_a_refusal_for_good_is_never_and_seen_by_staff(bench: Bench) -> None:
    number, who = fresh(), somebody()
    bench.post.reply = _only(who, "never")
    await bench.tell(make_event("order.placed", number, who))
    row = _letters(bench, who)[0]
    assert (row["state"], row["error"]) == ("never", "550 as told")
    assert len([letter for letter in bench.post.asked if letter.to == who]) == 1
    notice = bench.sent(STAFF, "staff/notice")[-1]
    assert number in notice.mail.text
    assert who in notice.mail.text
    assert any("never sent" in line for line in bench.history(number))
    bench.post.kind()


async def test_a_letter_to_staff_that_is_refused_makes_no_circle(bench: Bench) -> None:
    bench.post.reply = lambda letter: "never"
    await bench.tell(make_event("order.placed", fresh(), somebody()))
    assert _letters(bench, STAFF)[-1]["state"] == "never"
    before = len(_letters(bench, STAFF))
    await bench.work()
    assert len(_letters(bench, STAFF)) == before
    bench.post.kind()


@pytest.fixture
def two_colleagues(tmp_path: Path) -> Iterator[Bench]:
    shop = replace(SHOP, staff=(*SHOP.staff, Colleague(address="Ben@shop.example")))
    bench = make_bench(tmp_path, shops={"demo": shop})
    yield bench
    bench.db.close()


@pytest.mark.parametrize("by", ["refusal", "bounce"])
async def test_a_colleague_who_cannot_be_reached_is_told_to_the_others(
    by: str, two_colleagues: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench = two_colleagues
    bench.post.reply = _only(STAFF, "never" if by == "refusal" else "done")
    _, who = await bench.placed()
    await bench.write("I want to speak to a human, please: my secret word is hippopotamus.", who)
    if by == "bounce":
        await bench.hand_in(_bounce(bench.sent(STAFF)[-1]), "", bench.sent(STAFF)[-1].mail_from)
    (notice,) = bench.sent("ben@shop.example", "staff/notice")
    assert STAFF in notice.mail.text
    assert any(record.levelname == "ERROR" and "colleague" in record.message for record in caplog.records)
    assert "hippopotamus" not in caplog.text
    assert bench.db.see(never_to, [STAFF], bench.now - timedelta(days=1)) == 1


async def test_two_colleagues_who_are_refused_make_no_circle(two_colleagues: Bench) -> None:
    two_colleagues.post.reply = lambda letter: "never" if letter.to.endswith("shop.example") else "done"
    _, who = await two_colleagues.placed()
    await two_colleagues.write("I want to speak to a human, please.", who)
    names = [row["letter"] for row in two_colleagues.rows(errands, state="never")]
    assert sorted(names) == ["staff/case", "staff/case", "staff/notice", "staff/notice"]


async def test_a_crash_between_sending_and_settling_sends_the_same_letter_again_and_says_so(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()

    class Killed(BaseException):
        pass

    def die(letter: Letter) -> str:
        bench.post.letters.append(letter)
        raise Killed("after the final dot")

    bench.post.reply = die
    await bench.keep(make_event("order.placed", fresh(), who))
    with pytest.raises(Killed):
        await bench.work()
    bench.post.kind()
    await bench.work()
    assert _letters(bench, who)[0]["state"] == "working"  # the lease still holds
    bench.db.call(work.release, errands, bench.now)
    await bench.work()
    first, again = bench.sent(who)
    assert first.raw == again.raw
    row = _letters(bench, who)[0]
    assert (row["state"], row["error"]) == ("done", carry.TWICE)
    assert bench.sent(who)[0].mail.message_id == bench.sent(who)[1].mail.message_id


async def test_without_a_restart_the_lease_runs_out_by_itself(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()
    await bench.keep(make_event("order.placed", fresh(), who))
    await bench.work()
    bench.db.call(lambda c: c.execute(update(errands).values(state="working", next_try=bench.now + work.LEASE)))
    await bench.later(minutes=9)
    assert len(bench.sent(who)) == 1
    await bench.later(minutes=2)
    assert len(bench.sent(who)) == 2


async def test_an_uncertain_end_is_tried_again_and_marked(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()
    bench.post.reply = _only(who, "uncertain")
    await bench.tell(make_event("order.placed", fresh(), who))
    assert _letters(bench, who)[0]["error"] == carry.TWICE
    bench.post.kind()
    await bench.later(minutes=1)
    row = _letters(bench, who)[0]
    assert (row["state"], row["error"]) == ("done", carry.TWICE)


@pytest.mark.parametrize("trouble", ["seal", "send"])
async def test_one_letter_in_trouble_does_not_hold_back_or_repeat_the_others(trouble: str, own_bench: Bench) -> None:
    bench = own_bench
    people = [somebody() for _ in range(5)]
    await bench.keep(*(make_event("order.placed", fresh(), who) for who in people))
    bench.post.reply = lambda letter: "later"
    await bench.work()
    bench.post.kind()
    bad = people[2]
    if trouble == "seal":
        sealed = Sealer("another secret of thirty-two characters").seal(b"x", "errands.sealed")
        bench.db.call(lambda c: c.execute(update(errands).where(errands.c.to_address == bad).values(sealed=sealed)))
    else:

        def break_one(letter: Letter) -> str:
            if letter.to == bad:
                raise RuntimeError("the wire came loose")
            return "done"

        bench.post.reply = break_one
    for _ in range(3):
        await bench.later(minutes=30)
    assert sorted(letter.to for letter in bench.sent() if letter.to != STAFF) == sorted(set(people) - {bad})
    row = _letters(bench, bad)[0]
    assert row["state"] in ("ready", "never")
    assert row["error"]


async def test_the_relay_is_away_for_an_hour(own_bench: Bench) -> None:
    bench = own_bench
    bench.post.reply = lambda letter: "later"
    people = [somebody() for _ in range(12)]
    for who in people:
        await bench.tell(make_event("order.placed", fresh(), who))
    number = fresh()
    await bench.tell(make_event("order.placed", number, people[0]), make_event("payment.received", number))
    for _ in range(12):
        await bench.later(minutes=5)
    assert bench.sent() == []
    bench.post.kind()
    for _ in range(24):  # chance says how long each waits, up to hours
        if len(bench.sent()) < len(people) + 1:
            await bench.later(minutes=60)
    assert sorted(letter.to for letter in bench.sent()) == sorted([*people, people[0]])
    assert "order/awaiting_payment" in bench.post.names(people[0])
    row = bench.rows(errands, order_id=bench.order(number).id, letter="order/awaiting_payment")[0]
    assert row["state"] == "superseded"  # the payment overtook the confirmation


async def test_news_beyond_the_budget_waits_and_then_comes_ten_at_a_time(own_bench: Bench) -> None:
    bench, who = own_bench, somebody()
    times = []
    for _ in range(27):
        await bench.tell(make_event("order.placed", fresh(), who))
    assert len(bench.sent(who)) == 10
    for _ in range(10 * 12):
        before = len(bench.sent(who))
        await bench.later(minutes=5)
        times += [bench.now] * (len(bench.sent(who)) - before)
    assert len(bench.sent(who)) == 27
    times = [NOW] * 10 + times
    for at in times:
        assert sum(1 for other in times if at <= other < at + timedelta(hours=3)) <= 10


async def test_letters_to_staff_have_no_budget(own_bench: Bench) -> None:
    for _ in range(12):
        await own_bench.tell(make_event("order.placed", fresh(), STAFF))
    assert len(own_bench.sent(STAFF)) == 12


async def test_no_key_stands_in_the_file_in_clear(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed("", "payment.received", "order.delivered")
    await bench.write("I lost my licence key, please send it again.", who)
    assert all(KEY in letter.mail.text for letter in bench.sent(who) if "key" in letter.names[0])
    await bench.write(f"My card is 4111 1111 1111 1111, cvv 123. Refund {number}!", who)
    await bench.answer(bench.sent(who, "delivery/keys")[0], "My card 5555-5555-5555-4444 was charged, I want a refund.")
    bench.db.call(lambda c: None)
    path = str(bench.db.engine.url.database)
    for name in (path, f"{path}-wal"):
        with open(name, "rb") as file:
            content = file.read()
        for secret in (KEY, "4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444", "files.shop.example"):
            assert secret.encode() not in content, secret
    assert letter_ref("a") != letter_ref("b")
    assert bench.rows(history)


async def test_nothing_to_do_costs_nothing(bench: Bench) -> None:
    assert await _carry(bench) == 0
    assert isinstance(bench.db, Database)
