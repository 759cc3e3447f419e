"""The composition root: what runs together, what a start takes up, and how trouble shows."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from bench import Box
from kit import fresh, make_event, make_house, make_settings, somebody
from town import Clock, Town, make_town

from mailbot import app, opening
from mailbot.store.tables import errands

pytestmark = pytest.mark.xdist_group("town")


def test_only_one_process_is_alone_on_its_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with opening.alone_on(url) as first, opening.alone_on(url) as second:
        assert (first, second) == (True, False)
    with opening.alone_on(url) as again:
        assert again
    with opening.alone_on("postgresql://host/name") as never:
        assert not never


async def test_bells_wake_at_once_and_the_poll_is_the_net() -> None:
    bells = app.Bells()
    bells.ring("desk")
    await asyncio.wait_for(bells.wait("desk", 60), 1)
    loop = asyncio.get_running_loop()
    before = loop.time()
    await bells.wait("desk", 0.01)
    assert loop.time() - before < 5


async def test_a_role_alone_does_only_its_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = make_house()
    monkeypatch.setattr(app, "build_house", lambda settings: house)
    async with app.running(make_settings(tmp_path), ("web",)) as running:
        assert running.web_port
        assert running.smtp_port == 0
    async with app.running(make_settings(tmp_path), ("intake",)) as running:
        assert running.smtp_port
        assert running.web_port == 0


async def test_health_tells_of_every_role_that_runs(tmp_path: Path) -> None:
    async with make_town(tmp_path) as town:
        assert sorted(app._health(town.running)) == sorted(app.ROLES)
        await town.until(lambda: all(app._health(town.running).values()))
        town.running.clock._failed.add("reminders")
        assert not app._health(town.running)["clock"]
        town.running.clock._failed.clear()


async def test_trouble_shows_and_is_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_POLL", 0.05)
    real, broken = app.worker.work_once, [True]

    async def work_once(*args: Any) -> int:
        if broken[0]:
            raise OSError("the disk is full")
        return await real(*args)

    monkeypatch.setattr(app.worker, "work_once", work_once)
    async with make_town(tmp_path) as town:
        number, who = fresh(), somebody()
        assert (await town.tell(make_event("order.placed", number, who)))[0] == 202
        await town.until(lambda: town.running.troubles.get("desk", False))
        assert (await town.http("GET", "/health"))[0] == 503
        broken[0] = False
        await town.letter(who, "order/awaiting_payment")
        await town.until(lambda: not town.running.troubles["desk"])
        assert (await town.http("GET", "/health"))[0] == 200


async def test_events_are_kept_even_when_nobody_works_on_them(tmp_path: Path) -> None:
    number, who = fresh(), somebody()
    house = make_house()
    settings = make_settings(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "build_house", lambda settings: house)
        async with app.running(settings, ("web",), Clock()) as running:
            town = Town(running, Box(), Clock())
            assert (await town.tell(make_event("order.placed", number, who)))[0] == 202
            assert town.events(number) == ["new"]
    async with make_town(tmp_path) as town:
        await town.letter(who, "order/awaiting_payment")
        assert [row["state"] for row in town.rows(errands, to_address=who)] in (["done"], ["working"])
