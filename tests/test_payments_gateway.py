"""The door for payment providers: a refund errand's facts are a Refund, and by hand is always possible."""

from datetime import UTC, datetime

from mailbot.answers.refund import start
from mailbot.model.order import Customer, Line, Order
from mailbot.payments.gateway import ByHand, Gateway, Refund

PAID = Order(
    id=7,
    shop="demo",
    number="10023",
    state="paid",
    placed_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    currency="EUR",
    payment_method="wire",
    customer=Customer("Maria Rossi", "maria@customer.example"),
    lines=(Line("PHOTO", "Photo Pro 8", 1, 8190, "22", "IVA"),),
    total_net=8190,
    total_tax=1802,
    total=9992,
    paid_at=datetime(2026, 11, 4, 8, 0, tzinfo=UTC),
    paid_amount=9992,
    paid_with="wire",
    payment_id="pay_1",
)


def test_the_errand_is_what_a_provider_takes() -> None:
    errand = start(PAID, "mail:1", "en", "within the window", "rules/refund.toml: limit").errands[0]
    refund = Refund(once=errand.once, **errand.facts)
    assert (refund.amount, refund.currency, refund.payment_id, refund.method) == (9992, "EUR", "pay_1", "wire")


def test_a_payment_is_refunded_once_whoever_asks() -> None:
    first = start(PAID, "mail:1", "en", "asked by mail", "").errands[0]
    second = start(PAID, "order:7", "en", "pressed the button", "").errands[0]
    assert first.once == second.once


async def test_by_hand_leaves_it_to_staff() -> None:
    gateway: Gateway = ByHand()
    errand = start(PAID, "mail:1", "en", "asked", "").errands[0]
    outcome = await gateway.refund(Refund(once=errand.once, **errand.facts))
    assert outcome.fate == "by_hand"
