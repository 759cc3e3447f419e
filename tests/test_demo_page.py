"""The demo page over a real small shop: a letter is read, answered, explained; trouble on request does no harm."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from mailbot.demo import sample
from mailbot.demo.page import build_page
from mailbot.demo.stage import Stage, stage

SAM = "sam@customer.example"


@pytest.fixture(scope="module")
async def town() -> AsyncIterator[tuple[Stage, httpx2.AsyncClient]]:
    async with stage() as on_stage:
        now = on_stage.clock.now()
        await on_stage.tell(sample.placed("10001", "sam", "NIMBUS-5", 1, "card", now))
        for step in ("pay", "deliver"):
            await on_stage.tell(sample.event("10001", step, "sam", "NIMBUS-5", 1, "card", now))
        assert await on_stage.settle()
        transport = httpx2.ASGITransport(app=build_page(on_stage))
        async with httpx2.AsyncClient(transport=transport, base_url="http://demo", follow_redirects=True) as client:
            yield on_stage, client


async def test_a_click_sends_a_mail_and_shows_the_answer_with_its_reasons(
    town: tuple[Stage, httpx2.AsyncClient],
) -> None:
    on_stage, client = town
    page = await client.post("/do", data={"act": "suggest", "suggestion": "0"})
    assert page.status_code == 200
    assert "resend_key/sent" in page.text
    assert "reply_token" in page.text
    assert "the keys of order 10001 go to the order&#39;s own address" in page.text
    letter = on_stage.office.box(SAM)[-1]
    html = await client.get(f"/letter/{letter.number}")
    assert sample.licence_key("10001", 0) in html.text
    assert "sandbox" in html.headers["content-security-policy"]


async def test_the_same_mail_twice_and_an_absence_note_change_nothing(town: tuple[Stage, httpx2.AsyncClient]) -> None:
    _, client = town
    await client.post("/do", data={"act": "compose", "from": SAM, "subject": "x", "text": "Thank you!"})
    assert "nothing happened a second time" in (await client.post("/do", data={"act": "twice"})).text
    assert "nobody was answered" in (await client.post("/do", data={"act": "away"})).text


@pytest.mark.parametrize("path", ["/?box=&mail=x&view=y", "/?box=%3Cscript%3E&said=%3Cscript%3E", "/letter/99999"])
async def test_odd_addresses_do_no_harm(path: str, town: tuple[Stage, httpx2.AsyncClient]) -> None:
    answer = await town[1].get(path)
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.text


async def test_other_sites_cannot_press_the_buttons(town: tuple[Stage, httpx2.AsyncClient]) -> None:
    answer = await town[1].post("/do", data={"act": "day"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
