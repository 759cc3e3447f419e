"""Fixtures of the tests of the demo: one small shop on its stage, and the page in front of it."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from mailbot.demo import sample
from mailbot.demo.page import build_page
from mailbot.demo.stage import Stage, stage

Show = tuple[Stage, httpx2.AsyncClient]


@pytest.fixture(scope="session")
async def show() -> AsyncIterator[Show]:
    """Sam and Emma have their keys, Noah has not paid yet."""
    async with stage() as on_stage:
        now = on_stage.clock.now()
        for number, who in (("10001", "sam"), ("10006", "emma")):
            await on_stage.tell(sample.placed(number, who, "NIMBUS-5", 1, "card", now))
            for step in ("pay", "deliver"):
                await on_stage.tell(sample.event(number, step, who, "NIMBUS-5", 1, "card", now))
        await on_stage.tell(sample.placed("10008", "noah", "CLOUD-1Y", 1, "ach", now))
        assert await on_stage.settle()
        transport = httpx2.ASGITransport(app=build_page(on_stage))
        async with httpx2.AsyncClient(transport=transport, base_url="http://demo", follow_redirects=True) as client:
            yield on_stage, client
