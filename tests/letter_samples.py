"""Every letter in every turn it can take, as the letter tests render it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from letter_facts import (
    ANSWER,
    CARD,
    CASE,
    CONSENTED,
    ITEM,
    LINKS,
    NOW,
    PAID,
    PROMISE,
    REFUND,
    ROWS,
    SHOP,
    STATES,
    TEMPLATES,
    TWO_PRODUCTS,
    UNPAID,
    WIRE,
    make_order,
)

from mailbot.model.order import Item, Order
from mailbot.outbox.letters import Letters
from mailbot.outbox.render import Part, Rendered, render


def _part(name: str, order: Order | None = None, facts: Mapping[str, Any] | None = None) -> Part:
    return Part(name, order, facts or {})


def _wire(name: str, **changes: Any) -> Part:
    return _part(name, make_order(**changes), WIRE)


SAMPLES: dict[str, Part] = {
    "order/awaiting_payment": _wire("order/awaiting_payment"),
    "order/awaiting_payment check": _part("order/awaiting_payment", make_order(payment_method="check"), UNPAID),
    "order/awaiting_payment money_order": _part("order/awaiting_payment", make_order(payment_method="money_order")),
    "order/awaiting_payment card": _part("order/awaiting_payment", make_order(payment_method="card"), UNPAID),
    "order/awaiting_payment card in the shop": _part(
        "order/awaiting_payment", make_order(payment_method="card"), UNPAID
    ),
    "order/awaiting_payment paypal": _part("order/awaiting_payment", make_order(payment_method="paypal")),
    "order/awaiting_payment ach": _part("order/awaiting_payment", make_order(payment_method="ach"), UNPAID),
    "order/awaiting_payment purchase_order": _part(
        "order/awaiting_payment", make_order(payment_method="purchase_order"), UNPAID
    ),
    "order/awaiting_payment wire without dates": _part("order/awaiting_payment", make_order()),
    "order/awaiting_payment part": _wire("order/awaiting_payment", paid_amount=5000),
    "order/awaiting_payment part card": _part(
        "order/awaiting_payment", make_order(payment_method="card", paid_amount=5000)
    ),
    "order/awaiting_payment too much": _part("order/awaiting_payment", STATES["too much"], UNPAID),
    "order/confirmed": _part("order/confirmed", make_order(total_net=0, total_tax=0, total=0)),
    "order/cancelled": _part("order/cancelled", STATES["cancelled"], {"by": "shop", "reason": "by the shop"}),
    "order/cancelled customer": _part("order/cancelled", STATES["cancelled"], {"by": "customer"}),
    "order/cancelled part": _part("order/cancelled", STATES["cancelled with a part"], {"by": "shop"}),
    "order/expired": _part("order/expired", STATES["expired"]),
    "payment/received": _part("payment/received", STATES["paid"], {"invoice_number": "R-2026-000815"}),
    "payment/received delivered": _part("payment/received", CARD),
    "payment/received person": _part("payment/received", STATES["paid"], {"delivery": "person"}),
    "payment/declined": _part(
        "payment/declined", make_order(payment_method="card"), {**UNPAID, "card_last4": "4242", "method": "card"}
    ),
    "payment/declined paypal": _part("payment/declined", make_order(payment_method="paypal"), {"method": "paypal"}),
    "payment/declined in the shop": _part(
        "payment/declined", make_order(payment_method="card"), {**UNPAID, "method": "card"}
    ),
    "payment/declined in the shop, no end": _part("payment/declined", make_order(payment_method="card")),
    "delivery/keys": _part("delivery/keys", CONSENTED, {"invoice_number": "R-2026-000815"}),
    "delivery/keys card": _part("delivery/keys", CARD, {"skus": ["PHOTO-PRO"], "statement": "DEMO*10023"}),
    "delivery/keys two products": _part("delivery/keys", TWO_PRODUCTS),
    "delivery/keys download": _part("delivery/keys", replace(PAID, items=(replace(ITEM, keys=()),))),
    "delivery/keys service": _part("delivery/keys", replace(PAID, items=(Item("PHOTO-PRO"),))),
    "reminder/first": _wire("reminder/first"),
    "reminder/first card": _part("reminder/first", make_order(payment_method="card")),
    "reminder/second": _wire("reminder/second"),
    "reminder/second card": _part("reminder/second", make_order(payment_method="card")),
    "reminder/last": _wire("reminder/last"),
    "reminder/last without a date": _part("reminder/last", make_order()),
    "cancel_order/done": _part("cancel_order/done", STATES["cancelled"]),
    "cancel_order/done part": _part("cancel_order/done", STATES["cancelled with a part"]),
    "cancel_order/already part": _part("cancel_order/already", STATES["cancelled with a part"]),
    "cancel_order/already": _part("cancel_order/already", STATES["cancelled"]),
    "cancel_order/already expired": _part("cancel_order/already", STATES["expired"]),
    "cancel_order/confirm": _part("cancel_order/confirm", make_order(), WIRE),
    "cancel_order/too_late": _part("cancel_order/too_late", PAID),
    "refund/confirm": _part("refund/confirm", CARD),
    "refund/started": _part("refund/started", replace(CARD, state="refunding"), REFUND),
    "refund/done": _part("refund/done", STATES["refunded"], {**REFUND, "at": "2026-11-25T09:00:00Z"}),
    "refund/done partial": _part(
        "refund/done", PAID, {"amount": 1000, "currency": "EUR", "partial": True, "credit_note": "C-2026-000002"}
    ),
    "refund/done cancelled": _part(
        "refund/done", replace(STATES["cancelled with a part"], refund_amount=5000), {"amount": 5000, "currency": "EUR"}
    ),
    "refund/outside_window": _part("refund/outside_window", PAID, {"window_days": 30}),
    "refund/outside_window without a date": _part(
        "refund/outside_window", replace(PAID, paid_at=None), {"window_days": 30}
    ),
    "refund/already": _part("refund/already", STATES["refunding"]),
    "refund/kept": _part("refund/kept", PAID),
    "refund/already part": _part("refund/already", STATES["cancelled with a part"]),
    "refund/already refunded": _part("refund/already", STATES["refunded"]),
    "refund/declined": _part("refund/declined", PAID),
    "refund/declined reason": _part("refund/declined", PAID, {"reason": "The key has been used on five machines."}),
    "refund/held": _part("refund/held", PAID, PROMISE),
    "refund/held stranger": _part("refund/held"),
    "refund/not_paid": _part("refund/not_paid", make_order()),
    "refund/not_paid expired": _part("refund/not_paid", STATES["expired"]),
    "resend_key/sent": _part("resend_key/sent", PAID),
    "resend_key/sent several": _part("resend_key/sent", TWO_PRODUCTS),
    "resend_key/not_yet": _wire("resend_key/not_yet"),
    "resend_key/not_yet card": _part("resend_key/not_yet", make_order(payment_method="card")),
    "resend_key/no_key": _part("resend_key/no_key", PAID, PROMISE),
    "resend_key/no_key stranger": _part("resend_key/no_key"),
    "resend_download/sent": _part("resend_download/sent", PAID),
    "resend_download/sent several": _part("resend_download/sent", TWO_PRODUCTS),
    "resend_download/not_yet": _wire("resend_download/not_yet"),
    "resend_download/expired": _part("resend_download/expired", PAID, PROMISE),
    "resend_download/expired stranger": _part("resend_download/expired"),
    "resend_download/expired renewed": _part("resend_download/expired", PAID),
    "invoice_copy/sent": _part("invoice_copy/sent", PAID, {"invoice_number": "R-2026-000815"}),
    "invoice_copy/sent without number": _part("invoice_copy/sent", PAID),
    "invoice_copy/not_yet": _wire("invoice_copy/not_yet"),
    "change_payment/link": _wire("change_payment/link"),
    "change_payment/link part": _part("change_payment/link", STATES["part"], UNPAID),
    "change_payment/already_paid": _part("change_payment/already_paid", CARD),
    "card_declined/help": _part("card_declined/help", make_order(payment_method="card"), UNPAID),
    "card_declined/help in the shop": _part("card_declined/help", make_order(payment_method="card"), UNPAID),
    **{
        f"order_status/status {state}": _part("order_status/status", order, UNPAID if order.state == "pending" else {})
        for state, order in STATES.items()
    },
    "payment_sent/thanks": _part("payment_sent/thanks", make_order(), {**WIRE, "paused_until": "2026-11-26T08:00:00Z"}),
    "payment_sent/thanks without dates": _part("payment_sent/thanks", make_order()),
    "payment_sent/already_received": _part("payment_sent/already_received", PAID),
    "purchase_lookup/list": _part("purchase_lookup/list", None, {"orders": ROWS}),
    "purchase_lookup/list one": _part("purchase_lookup/list", None, {"orders": ROWS[:1]}),
    "purchase_lookup/none": _part("purchase_lookup/none"),
    "purchase_lookup/asked": _part("purchase_lookup/asked"),
    "human/opened": _part("human/opened", PAID, PROMISE),
    "human/opened stranger": _part("human/opened"),
    "unclear/passed_on": _part("unclear/passed_on", PAID, PROMISE),
    "unclear/passed_on stranger": _part("unclear/passed_on"),
    "which_order/ask": _part("which_order/ask", None, {"orders": ROWS, "kind": "resend_key"}),
    "proof/asked": _part("proof/asked"),
    "subscription/renewing": _part(
        "subscription/renewing", CARD, {"renews_on": "2026-12-21", "amount": 3900, "currency": "EUR"}
    ),
    "case/handed_over": _part("case/handed_over", PAID, PROMISE),
    "case/handed_over stranger": _part("case/handed_over"),
    "case/answer": _part("case/answer", PAID, {"text": ANSWER, "name": "Anna"}),
    "case/answer stranger": _part("case/answer", None, {"text": ANSWER}),
    "staff/case": _part("staff/case", PAID, CASE),
    "staff/case part": _part("staff/case", STATES["part"], {**CASE, "steps": ["cancel"], "amount": 5000}),
    "staff/case keep": _part("staff/case", STATES["refunding"], {**CASE, "steps": ["keep_payment"], "amount": 0}),
    "staff/case plain": _part("staff/case", PAID, {**CASE, "held": False, "steps": None, "amount": None}),
    "staff/case stranger": _part(
        "staff/case", None, {**CASE, "held": False, "steps": None, "amount": None, "promised_by": None}
    ),
    "staff/refund_to_pay": _part(
        "staff/refund_to_pay", replace(CARD, state="refunding"), {**REFUND, "because": "confirmed on the page"}
    ),
    "staff/refund_to_pay part": _part(
        "staff/refund_to_pay", STATES["cancelled with a part"], {"amount": 5000, "currency": "EUR", "because": "cancel"}
    ),
    "staff/notice": _part("staff/notice", PAID, {"what": "a letter could not be delivered", "because": "550 unknown"}),
    "staff/notice no order": _part(
        "staff/notice", None, {"what": "news evt_0042 could not be applied", "because": "the order is cancelled"}
    ),
}  # fmt: skip
"""Label → part. The label starts with the letter's name; what follows tells its turns apart."""

STRANGERS = {"purchase_lookup/none", "purchase_lookup/asked", "proof/asked"}

_LETTERS: list[Letters] = []


def all_letters() -> Letters:
    """The shipped letters, loaded once for all tests."""
    if not _LETTERS:
        _LETTERS.append(Letters.load([TEMPLATES]))
    return _LETTERS[0]


def rendered(label: str, language: str = "en") -> Rendered:
    """The sample letter of that label. Those "in the shop" are of a shop without a page for card payments."""
    shop = replace(SHOP, pay_url="") if "in the shop" in label else SHOP
    return render(all_letters(), [SAMPLES[label]], shop=shop, language=language, links=LINKS, now=NOW)
