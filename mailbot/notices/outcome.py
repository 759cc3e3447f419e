"""How news ends when it is not simply done: it waits for its order, is refused by name, or comes too late to matter."""

from dataclasses import dataclass

from mailbot.model.decision import Decision
from mailbot.model.order import Order


@dataclass(frozen=True, slots=True)
class Waits:
    """The news is right, but something else has to come first."""

    because: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The news asks for a step that is not legal in the order's state; staff see it."""

    step: str
    because: str


@dataclass(frozen=True, slots=True)
class Late:
    """The news is overtaken by newer news and changes nothing."""

    because: str


Outcome = Decision | Waits | Refused | Late


def refused(order: Order, step: str) -> Refused:
    return Refused(step, f"the step '{step}' is not legal for order {order.number}, which is {order.state}")
