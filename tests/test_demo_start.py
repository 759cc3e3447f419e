"""How the demo starts and ends: its address first, at once; on loopback only; clean, or as it was kept."""

import os
import signal
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from mailbot.app import build_house
from mailbot.demo import sample
from mailbot.demo.curtain import Curtain
from mailbot.demo.installation import as_toml, make_settings
from mailbot.demo.kept import Folder
from mailbot.demo.show import refusal
from mailbot.demo.stage import stage
from mailbot.settings import load

ROOT = Path(__file__).parent.parent


def test_the_address_comes_first_and_answers_and_ctrl_c_ends_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mailbot", "demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout
        said = next(line for line in process.stdout if line.strip())
        assert said.startswith("  The demo is at http://127.0.0.1:")
        with urllib.request.urlopen(said.split()[-1], timeout=20) as page:
            assert page.status == 200
            assert b"opening" in page.read()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(30) == 0
    assert "nothing is left behind" in rest


async def test_a_curtain_until_the_shop_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.demo.curtain._PATIENCE", 0.0)
    curtain = Curtain()
    transport = httpx2.ASGITransport(app=curtain)
    async with httpx2.AsyncClient(transport=transport, base_url="http://demo") as client:
        before = await client.get("/")
        assert (before.status_code, before.headers["refresh"]) == (200, "1")
        curtain.rise(PlainTextResponse("open"))
        assert (await client.get("/")).text == "open"


async def test_what_is_kept_is_there_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = cache(lambda url: build_house(make_settings(tmp_path / "demo.db", 25, int(url.rpartition(":")[2]))))
    monkeypatch.setattr("mailbot.app.build_house", lambda settings: house(settings.web.url))  # it takes its time
    async with stage(tmp_path) as first:
        await first.tell(sample.placed("10001", "sam", "NIMBUS-5", 1, "wire", first.clock.now()))
        await first.settle()
        first.clock.ahead = timedelta(days=3)
        first.save()
        letters = [(post.box, post.raw, post.at) for post in first.office.posts]
    async with stage(tmp_path) as second:
        assert [(post.box, post.raw, post.at) for post in second.office.posts] == letters
        assert len(letters) == 1
        assert (second.has_story, second.clock.ahead) == (True, timedelta(days=3))
        assert second.url == first.url
        coming = await second.coming()
        assert coming
        assert "order 10001" in coming.what


async def test_without_a_finished_story_a_start_is_clean(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.add("x@y.example", datetime(2026, 11, 28, tzinfo=UTC), b"From: x\r\n\r\nhi", False)
    assert len(list(folder.mails())) == 1
    (tmp_path / "mine.txt").write_text("mine")
    folder.clear()
    assert list(folder.mails()) == []
    assert (tmp_path / "mine.txt").exists()


def test_the_configuration_is_written_as_it_is(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "demo.db", 2525, 8080)
    (tmp_path / "demo.toml").write_text(as_toml(settings), encoding="utf-8")
    assert load(tmp_path / "demo.toml", {}) == settings
    assert settings.relay.host == "127.0.0.1"
    assert settings.smtp.listen.startswith("127.0.0.1:")
    assert settings.web.listen.startswith("127.0.0.1:")


@pytest.mark.parametrize(
    ("host", "refused"),
    [("", False), ("localhost", False), ("127.0.0.1", False), ("[::1]", False), ("smtp.shop.example", True),
     ("192.0.2.7", True)],
)  # fmt: skip
def test_no_start_where_a_real_mail_server_is_set(host: str, refused: bool) -> None:
    assert bool(refusal({"MAILBOT_RELAY__HOST": host} if host else {})) == refused
