"""Trouble on request: whatever goes wrong between the servers, nothing is lost and nothing is done twice."""

import httpx2
import pytest
from sqlalchemy import Connection, select

from mailbot.carry import TWICE
from mailbot.demo import sample
from mailbot.demo.acts import ACTS
from mailbot.demo.crash import crash_twice
from mailbot.demo.stage import Stage
from mailbot.store.tables import errands

pytest_plugins = ("demo_fixtures",)
pytestmark = pytest.mark.xdist_group("demo")
Show = tuple[Stage, httpx2.AsyncClient]

SAM, SHOP = "sam@customer.example", "orders@shop.example"


@pytest.fixture
def shop(show: Show) -> Stage:
    return show[0]


async def test_a_crash_after_a_commit_loses_nothing_and_does_nothing_twice(shop: Stage) -> None:
    before = shop.app
    end = await crash_twice(shop, SAM, SHOP, "Order 10001", "I lost my licence key for order 10001.")
    assert end.refused  # the first crash: no 250 was said
    assert shop.app is not before
    assert shop.app.db is not before.db
    assert all(worker.cancelled() for worker in before.workers)
    assert end.rows == 1
    assert [(post.box, post.letter) for post in end.letters] == [(SAM, "resend_key/sent")]
    (letter,) = await shop.app.db.look(_errands, end.letters[0].mail.message_id[1:17])
    assert (letter["state"], letter["attempts"], letter["error"]) == ("done", 1, "")
    assert TWICE not in letter["error"]
    first, second = shop.wire.about([end.sent.mail.message_id])
    assert "no answer" in first.lines[-1][1]
    assert ("S", "250 2.6.0 Kept") in second.lines


async def test_a_letter_that_is_refused_for_now_comes_by_itself(shop: Stage) -> None:
    done = await ACTS["refuse"](shop, {})
    assert "the letter came, once" in done.said
    letter = shop.office.get(done.mail)
    assert letter
    refused, taken = shop.wire.about([letter.mail.message_id])
    assert [text[:3] for who, text in refused.lines if who == "S"][-1] == "451"
    assert "250 2.6.0" in [text for who, text in taken.lines if who == "S"][-1]


async def test_the_same_mail_twice_and_an_absence_note_change_nothing(shop: Stage) -> None:
    await ACTS["compose"](shop, {"from": SAM, "subject": "x", "text": "Thank you!"})
    assert "nothing happened a second time" in (await ACTS["twice"](shop, {})).said
    assert "nobody was answered" in (await ACTS["away"](shop, {})).said


async def test_a_spoofed_sender_is_not_obeyed_and_a_bounce_is_told(shop: Stage) -> None:
    mark = shop.office.last
    await ACTS["forged"](shop, {})
    assert [post.box for post in shop.office.posts if post.number > mark and not post.sent] in ([], [sample.STAFF])
    done = await ACTS["bounced"](shop, {})
    assert (done.box, "staff are told" in done.said) == (sample.STAFF, True)


def _errands(connection: Connection, ref: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(errands).where(errands.c.ref == ref)).mappings()]
