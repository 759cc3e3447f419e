"""Orders in the books: kept whole, changed one step at a time, found by what people know of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import DELIVERED, NOW, SECRET, make_order
from sqlalchemy.exc import IntegrityError

from mailbot.model.decision import Change, Decision, Errand, Letter, OpenCase, Proof
from mailbot.model.order import Customer, Line, Withdrawal, take
from mailbot.store import orders, pack
from mailbot.store.database import Database
from mailbot.store.seal import Sealer
from mailbot.store.tables import metadata


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = Database(f"sqlite:///{tmp_path_factory.mktemp('orders') / 'a.db'}")
    metadata.create_all(db.engine)
    yield db
    db.close()


def test_an_order_comes_back_as_it_was(db: Database) -> None:
    whole = make_order(
        "1", state="paid", due_at=NOW, withdrawal=Withdrawal(NOW, NOW, None), delivered_at=NOW, renews_on="2027-01-01"
    )
    kept = db.call(orders.add, whole)
    assert db.see(orders.get, kept.id) == kept == replace(whole, id=kept.id)
    assert db.see(orders.by_number, "demo", "1") == kept
    assert db.see(orders.by_number, "another", "1") is None
    assert db.see(orders.get, 999_999) is None


def test_a_number_is_taken_once_in_each_shop(db: Database) -> None:
    db.call(orders.add, make_order("2"))
    db.call(orders.add, make_order("2", shop="another"))
    with pytest.raises(IntegrityError):
        db.call(orders.add, make_order("2"))


def test_who_was_overtaken_does_not_overwrite(db: Database) -> None:
    order = db.call(orders.add, make_order("3"))
    db.call(orders.save, take(order, "decline", card_last4="4242"))
    with pytest.raises(orders.Overtaken, match="order 3"):
        db.call(orders.save, take(order, "cancel"))
    kept = db.see(orders.get, order.id)
    assert kept is not None
    assert (kept.state, kept.card_last4, kept.version) == ("pending", "4242", 2)


def test_what_is_due_comes_earliest_first(db: Database) -> None:
    ids = {
        days: db.call(orders.add, make_order(f"due{days}", due_at=NOW + timedelta(days=days))).id
        for days in (-1, -3, 1)
    }
    db.call(orders.add, make_order("never due"))
    assert list(db.see(orders.due, NOW - timedelta(hours=1), 10)) == [ids[-3], ids[-1]]
    assert list(db.see(orders.due, NOW - timedelta(hours=1), 1)) == [ids[-3]]


def test_orders_of_an_address_newest_first(db: Database) -> None:
    customer = replace(make_order().customer, email="many@customer.example")
    for number in ("m1", "m2", "m3"):
        db.call(orders.add, make_order(number, customer=customer))
    assert [order.number for order in db.see(orders.by_email, "demo", "many@customer.example")] == ["m3", "m2", "m1"]
    assert db.see(orders.by_email, "another", "many@customer.example") == []


def test_deliveries_are_kept_apart_and_come_back_in_order(db: Database) -> None:
    sealer, order = Sealer(SECRET), db.call(orders.add, make_order("4", items=(DELIVERED,)))
    assert db.see(orders.get, order.id).items == ()  # type: ignore[union-attr]
    second = replace(DELIVERED, keys=("SECOND",))
    for items in ((DELIVERED,), (second,)):
        db.call(orders.deliver, sealer, order.id, items, NOW)
    assert db.see(orders.with_items, sealer, order).items == (DELIVERED, second)


@given(st.text(max_size=50), st.text(max_size=50), st.integers(0, 10**13))
def test_packing_keeps_any_text(name: str, product: str, total: int) -> None:
    line = Line("A", product, 1, total, "0", "", "goods")
    order = make_order("5", customer=Customer(name, "a@b.example"), lines=(line,), total=total)
    assert pack.order_from(pack.order_bytes(order)) == order


def test_a_decision_can_be_put_aside_and_taken_up_again() -> None:
    letter = Letter("refund/started", "a@b.example", "once", "fr", 3, {"amount": 1, "x": None}, NOW, "paid", True, True)
    held = Decision(
        "change", "because", "rule", Proof.REPLY_TOKEN, "refund", (Change(3, "pay", {"paid_at": NOW}, (DELIVERED,)),),
        (letter,), (Errand("refund", "once", 3, {"a": [1]}),),
    )  # fmt: skip
    outer = Decision("hold", "b", case=OpenCase("refund", "r", NOW, held, replace(held, letters=()), 3))
    again = pack.decision_from(pack.decision_json(outer))
    assert again.case is not None
    assert again.case.held is not None
    assert again.case.held.letters == (letter,)
    assert again.case.held.changes[0].items == (DELIVERED,)
    assert replace(again, case=None) == replace(outer, case=None)
