"""Nouns to JSON and back, for the columns that hold a whole order, delivery or decision."""

from pydantic import TypeAdapter

from mailbot.model.decision import Decision
from mailbot.model.order import Item, Order

_order = TypeAdapter(Order)
_items = TypeAdapter(tuple[Item, ...])
_decision = TypeAdapter(Decision)


def order_bytes(order: Order) -> bytes:
    """The order without its deliveries, which are kept apart and encrypted."""
    return _order.dump_json(order, exclude={"items"})


def order_from(data: bytes) -> Order:
    return _order.validate_json(data)


def items_bytes(items: tuple[Item, ...]) -> bytes:
    return _items.dump_json(items)


def items_from(data: bytes) -> tuple[Item, ...]:
    return _items.validate_json(data)


def decision_json(decision: Decision) -> object:
    """Plain JSON values, ready for a JSON column."""
    return _decision.dump_python(decision, mode="json")


def decision_from(value: object) -> Decision:
    return _decision.validate_python(value)
