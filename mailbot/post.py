"""Letters are written and queued: rendered once, sealed, and put under a once key, all in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from sqlalchemy import Connection

from mailbot.house import House
from mailbot.issue import invoice_for
from mailbot.links import letter_ref, message_id
from mailbot.model.decision import Letter
from mailbot.model.mail import Mail
from mailbot.model.money import Money
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.outbox.compose import compose, mailbox
from mailbot.outbox.render import Part, render
from mailbot.payments.giro import giro_code, iban_groups
from mailbot.payments.schedule import expected_by
from mailbot.store import errands, orders

_LINKS_LIVE = {"order": 365, "pay": 180, "refund": 14, "cancel": 14, "case": 60}  # days


@dataclass(frozen=True)
class Posting:
    """What the letters belong to: the mail they answer, the case they speak of."""

    shop: Shop
    now: datetime
    mail: Mail | None = None
    mail_id: int | None = None
    case_id: int | None = None
    known: Mapping[int, Order] = field(default_factory=dict)  # orders as they are now, with what was delivered
    by_person: bool = False  # a colleague decided it or wrote it


def post(connection: Connection, house: House, posting: Posting, letters: Sequence[Letter]) -> str:
    """Queues one mail made of these letters, which all go to one address. Returns its state, "" when it was there."""
    first = letters[0]
    if errands.exists(connection, first.once):
        return ""
    if first.replaces and first.order_id:
        replaced = errands.supersede(connection, first.order_id, first.replaces, posting.now)
        if first.only_replacing and not replaced:
            return ""
    ref = letter_ref(first.once)
    state, wait, why = _budget(connection, house, posting, first)
    values: dict[str, Any] = {
        "once": first.once,
        "kind": "letter",
        "shop": posting.shop.id,
        "order_id": first.order_id,
        "case_id": posting.case_id,
        "mail_id": posting.mail_id,
        "state": state,
        "error": why,
        "next_try": max(first.not_before or posting.now, posting.now + wait),
        "created_at": posting.now,
        "ref": ref,
        "letter": ",".join(letter.name for letter in letters)[:400],
        "to_address": first.to,
        "mail_from": house.links.bounce_address(posting.shop.address, ref),
        "only_while": first.only_while,
        "answers": not first.unasked,
        "facts": {"kind": first.facts.get("kind")} if first.name == "which_order/ask" else None,
    }
    known = {letter.order_id: _order(connection, house, posting, letter.order_id) for letter in letters}
    if first.name.startswith("reminder/") and (order := known[first.order_id]):
        values["only_version"] = order.version
    subject, message = _write(connection, house, posting, letters, known, ref)
    values["subject"] = subject[:400]
    values["sealed"] = house.sealer.seal(message, "errands.sealed") if state == "ready" else None
    errands.add(connection, **values)
    return state


def _budget(connection: Connection, house: House, posting: Posting, letter: Letter) -> tuple[str, timedelta, str]:
    """No correspondent gets more than so many automatic letters in a time: an answer to a mail too many is not sent.

    News and what follows a click wait; what a person decided or wrote goes at once.
    """
    if posting.by_person or house.is_staff(posting.shop, letter.to):
        return "ready", timedelta(0), ""
    before = errands.nth_latest(connection, letter.to, house.budget, posting.now)
    wait = before + house.budget_window - posting.now if before else timedelta(0)
    if wait <= timedelta(0):
        return "ready", timedelta(0), ""
    if letter.unasked or posting.mail is None:
        return "ready", wait, "waits: this address has had its share of letters for now"
    return "never", timedelta(0), f"not sent: more than {house.budget} letters to this address in {house.budget_window}"


def _order(connection: Connection, house: House, posting: Posting, order_id: int | None) -> Order | None:
    if order_id is not None and order_id in posting.known:
        return posting.known[order_id]
    order = orders.get(connection, order_id) if order_id else None
    return orders.with_items(connection, house.sealer, order) if order else None


def _write(
    connection: Connection,
    house: House,
    posting: Posting,
    letters: Sequence[Letter],
    known: Mapping[int | None, Order | None],
    ref: str,
) -> tuple[str, bytes]:
    """The subject and the whole message, ready for the wire."""
    shop = posting.shop
    parts, files = [], []
    for letter in letters:
        order = known[letter.order_id]
        facts = dict(letter.facts)
        if letter.attach_invoice and order:
            invoice = invoice_for(connection, house, shop, order, posting.now)
            facts["invoice_number"] = invoice.number if invoice else None
            files += [(invoice.file_name, "application/pdf", invoice.pdf)] if invoice else []
        facts = {**_money_facts(house, shop, order, posting.now), **facts}
        parts.append(Part(letter.name, order, facts, _links(house, posting, order)))
    language = house.language_for(shop, letters[0].language)
    links = _links(house, posting, known[letters[0].order_id])
    rendered = render(house.letters, parts, shop=shop, language=language, links=links, now=posting.now)
    headers = _headers(house, posting, letters, ref, rendered.subject)
    return rendered.subject, compose(rendered, headers=headers, attachments=files)


def _money_facts(house: House, shop: Shop, order: Order | None, now: datetime) -> dict[str, Any]:
    """How to pay an order that waits for its money, when that should be here, and until when the order is kept."""
    if order is None or order.state != "pending" or order.payment_method not in house.methods:
        return {}
    expected = expected_by(order, house.methods, house.place(shop), now)
    facts: dict[str, Any] = {
        "expected_from": expected[0].isoformat(),
        "expected_by": expected[1].isoformat(),
        "expires_at": order.expires_at.isoformat() if order.expires_at else None,
        "how": house.methods[order.payment_method].how,
    }
    if facts["how"] == "transfer" and shop.bank:
        facts["iban"] = iban_groups(shop.bank.iban)
        facts["giro_png"] = giro_code(shop.bank, Money(order.open, order.currency), order.number)
    return facts


def _links(house: House, posting: Posting, order: Order | None) -> dict[str, str]:
    """Every link a letter may show. Page links go to the order's address or to staff alone: so do such letters."""
    found = {"lookup": house.links.url.rstrip("/") + "/lookup", "terms": posting.shop.terms_url}
    if posting.case_id:
        found["case"] = _page(house, "case", posting.case_id, posting.now)
    if order:
        for purpose in ("order", "pay", "refund", "cancel"):
            found[purpose] = _page(house, purpose, order.id, posting.now)
    return found


def _page(house: House, purpose: str, subject: int, now: datetime) -> str:
    return house.links.page(purpose, subject, now + timedelta(days=_LINKS_LIVE[purpose]))


def _headers(house: House, posting: Posting, letters: Sequence[Letter], ref: str, subject: str) -> dict[str, str]:
    shop, first, mail = posting.shop, letters[0], posting.mail
    headers = {
        "From": mailbox(shop.name, shop.address),
        "To": first.to,
        "Reply-To": house.links.reply_address(shop.address, ref),
        "Subject": subject,
        "Date": format_datetime(posting.now.replace(microsecond=0)),
        "Message-ID": message_id(ref, shop.domain),
        "Auto-Submitted": "auto-generated" if first.unasked else "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "X-Mailbot-Letter": ", ".join(letter.name for letter in letters),
    }
    if mail and mail.message_id and not first.unasked:
        headers["In-Reply-To"] = mail.message_id
        headers["References"] = " ".join([*mail.references[-10:], mail.message_id])
    return headers
