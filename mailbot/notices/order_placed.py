"""An order was placed: it is kept, and its customer hears how to pay."""

from datetime import datetime, timedelta

from mailbot.model.decision import Decision, Letter
from mailbot.model.event import EventOrder, OrderPlaced
from mailbot.model.order import Customer, Line, Order, PostalAddress, Withdrawal


def new_order(event: OrderPlaced) -> Order:
    """The order that the news tells of; free orders owe nothing and count as paid."""
    told = event.order
    return Order(
        id=0,
        shop=event.shop,
        number=told.number,
        state="pending" if told.total else "paid",
        placed_at=told.placed_at,
        currency=told.currency,
        payment_method=told.payment_method,
        customer=_customer(told),
        lines=tuple(
            Line(
                line.sku,
                line.name,
                line.quantity,
                line.unit_net,
                line.tax_rate,
                line.tax_name,
                line.kind,
                line.publisher.name,
                line.publisher.support,
            )
            for line in told.lines
        ),
        total_net=told.total_net,
        total_tax=told.total_tax,
        total=told.total,
        withdrawal=Withdrawal(told.withdrawal.informed_at, told.withdrawal.consent_at, told.withdrawal.acknowledged_at),
        paid_at=None if told.total else told.placed_at,
    )


def decide(order: Order, language: str, now: datetime, hold: timedelta, once: str) -> Decision:
    """The confirmation, which waits a little: when the payment comes first, the payment letter replaces it."""
    name = "order/awaiting_payment" if order.total else "order/confirmed"
    letter = Letter(
        name,
        order.customer.email,
        f"{once}/{name}",
        language,
        order.id,
        not_before=now + hold if order.total and hold else None,
        only_while="pending" if order.total else "",
        unasked=True,
    )
    return Decision("change", "the shop says that the order was placed", "event: order.placed", letters=(letter,))


def _customer(told: EventOrder) -> Customer:
    person, home = told.customer, told.customer.address
    return Customer(
        name=person.name,
        email=person.email,
        language=person.language[:2],
        address=PostalAddress(home.street, home.postcode, home.city, home.country, home.region),
        vat_id=person.vat_id,
        business=person.business,
    )
