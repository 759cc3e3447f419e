"""Invoice numbers have no gap, whatever fails while they are taken."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from mailbot.store import invoices
from mailbot.store.database import Database
from mailbot.store.tables import metadata


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = Database(f"sqlite:///{tmp_path_factory.mktemp('invoices') / 'a.db'}")
    metadata.create_all(db.engine)
    yield db
    db.close()


def _take(connection: Connection, shop: str, series: str, fail: bool = False) -> int:
    number = invoices.next_number(connection, shop, series)
    if fail:
        raise LookupError("the letter could not be written")
    return number


async def test_a_failed_transaction_leaves_no_gap(db: Database) -> None:
    results = await asyncio.gather(*(db.run(_take, "a", "2026", n % 3 == 0) for n in range(60)), return_exceptions=True)
    taken = [one for one in results if isinstance(one, int)]
    assert taken == list(range(1, 41))


def test_the_first_of_a_series_may_fail_too(db: Database) -> None:
    with pytest.raises(LookupError):
        db.call(_take, "b", "2026", True)
    assert db.call(_take, "b", "2026") == 1


def test_each_shop_and_year_counts_for_itself(db: Database) -> None:
    taken = [(s, y, db.call(_take, s, y)) for s, y in (("c", "2026"), ("c", "2027"), ("d", "2026"), ("c", "2026"))]
    assert [number for _, _, number in taken] == [1, 1, 1, 2]
