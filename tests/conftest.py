"""Fixtures that are costly to build and cheap to share: the house, a bench for each module, a town for each module."""

from collections.abc import AsyncIterator, Iterator

import hypothesis
import pytest
from bench import Bench, make_bench
from kit import make_house
from town import Town, make_town

from mailbot.house import House

hypothesis.settings.register_profile("mailbot", deadline=None, derandomize=True, print_blob=False)
hypothesis.settings.load_profile("mailbot")


@pytest.fixture(scope="session")
def house() -> House:
    """The shipped rules and letters, and one shop."""
    return make_house()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Desk and outbox on an empty database; tests of one module share it, with order numbers of their own."""
    bench = make_bench(tmp_path_factory.mktemp("bench"))
    yield bench
    bench.db.close()


@pytest.fixture
def own_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench for one test, which moves the time or looks at everything."""
    bench = make_bench(tmp_path_factory.mktemp("bench"))
    yield bench
    bench.db.close()


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A whole installation with real servers on loopback."""
    async with make_town(tmp_path_factory.mktemp("town")) as town:
        yield town
