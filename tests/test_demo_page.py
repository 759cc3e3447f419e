"""The demo page over a real small shop: a letter is read, answered, explained; time moves, and it all stays here."""

import asyncio
import re
from html import unescape
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from mailbot.cli import cli
from mailbot.demo import sample
from mailbot.demo.stage import Stage

SAM = "sam@customer.example"

pytest_plugins = ("demo_fixtures",)
pytestmark = pytest.mark.xdist_group("demo")
Show = tuple[Stage, httpx2.AsyncClient]


async def test_a_click_sends_a_mail_and_shows_the_answer_with_its_reasons(show: Show) -> None:
    on_stage, client = show
    page = await client.post("/do", data={"act": "suggest", "suggestion": "0"})
    assert page.status_code == 200
    assert "Answered after " in page.text
    for reason in ("resend_key/sent", "reply_token", "the keys of order 10001 go to the order&#39;s own address"):
        assert reason in page.text
    assert re.search(r"once: <code>mail:\d+/resend_key/sent/", page.text)
    letter = on_stage.office.box(SAM)[-1]
    html = await client.get(f"/letter/{letter.number}")
    assert sample.licence_key("10001", 0) in html.text
    assert "sandbox" in html.headers["content-security-policy"]


async def test_what_went_over_the_wire_in_and_out_and_no_secret_of_it(show: Show) -> None:
    on_stage, client = show
    page = await client.post("/do", data={"act": "suggest", "suggestion": "0"})
    lines = unescape(re.sub(r"<[^>]+>", "", " ".join(re.findall(r'<pre class="wire".*?</pre>', page.text, re.DOTALL))))
    assert "customer → shop" in page.text
    assert "shop → customer" in page.text
    for line in (f"MAIL FROM:<{SAM}>", "RCPT TO:<orders+r…@shop.example>", "MAIL FROM:<orders+b…@shop.example>",
                 f"RCPT TO:<{SAM}>", "354 ", "the mail itself: ", "250 2.6.0"):  # fmt: skip
        assert line in lines
    assert sample.licence_key("10001", 0) not in lines
    assert not re.search(r"\+[rb][a-z2-7]{12}", lines)


async def test_explain_says_exactly_what_the_command_says(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_stage, client = show
    await client.post("/do", data={"act": "suggest", "suggestion": "0"})
    mail = next(post for post in reversed(on_stage.office.box(SAM)) if post.sent)
    page = await client.get("/", params={"box": SAM, "mail": str(mail.number), "explain": "1"})
    said = re.search(r'<pre class="told"[^>]*>(.*?)</pre>', page.text, re.DOTALL)
    assert said
    download = await client.get(f"/mail/{mail.number}")
    name = f"mail-{mail.number}.eml"
    assert name in download.headers["content-disposition"]
    (tmp_path / name).write_bytes(download.content)
    monkeypatch.chdir(tmp_path)
    told = await asyncio.to_thread(CliRunner().invoke, cli, ["explain", "--config", str(on_stage.folder.config), name])
    assert told.output.rstrip("\n") == unescape(said[1])
    assert "resend_key/sent to sam@customer.example" in told.output


@pytest.mark.parametrize("view", ["html", "w320", "w600", "dark", "plain", "text", "headers", "source"])
async def test_every_view_of_a_letter(view: str, show: Show) -> None:
    on_stage, client = show
    letter = next(post for post in on_stage.office.box(SAM) if not post.sent)
    page = await client.get("/", params={"box": SAM, "mail": str(letter.number), "view": view})
    assert page.status_code == 200
    assert ("<iframe sandbox=" in page.text) == (view in ("html", "w320", "w600", "dark", "plain"))
    assert ("X-Mailbot-Letter: " in page.text) == (view in ("headers", "source"))
    assert "<script" not in page.text


async def test_letters_without_styles_have_none(show: Show) -> None:
    on_stage, client = show
    number = next(post for post in on_stage.office.box(SAM) if not post.sent).number
    assert "<style" in (await client.get(f"/letter/{number}")).text
    assert "<style" not in (await client.get(f"/letter/{number}?plain=1")).text


async def test_time_goes_on_to_what_falls_due_next(show: Show) -> None:
    on_stage, client = show
    placed = await client.post("/do", data={"act": "place", "method": "wire"})
    assert "the confirmation is here" in placed.text
    coming = await on_stage.coming()
    assert coming
    assert re.fullmatch(r"(last )?reminder for order \d+", coming.what)
    assert f"next due: {coming.what} on {coming.at:%a %-d %b}" in placed.text
    page = await client.post("/do", data={"act": "due", "box": SAM})
    assert "letter <code>reminder/" in page.text
    assert f"{coming.at:%a %-d %b %Y, %H:%M} UTC" in page.text
    later = await on_stage.coming()
    assert later
    assert later.at > coming.at


async def test_a_day_passes(show: Show) -> None:
    on_stage, client = show
    before = on_stage.clock.now()
    assert "A day passed" in (await client.post("/do", data={"act": "day"})).text
    assert 86_400 <= (on_stage.clock.now() - before).total_seconds() < 86_500


@pytest.mark.parametrize("path", ["/?box=&mail=x&view=y", "/?box=%3Cscript%3E&said=%3Cscript%3E", "/letter/99999",
                                  "/mail/99999", "/?explain=1&box=nobody", "/?mail=1&explain=1"])  # fmt: skip
async def test_odd_addresses_do_no_harm(path: str, show: Show) -> None:
    answer = await show[1].get(path)
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.text


async def test_other_sites_cannot_press_the_buttons(show: Show) -> None:
    answer = await show[1].post("/do", data={"act": "day"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
