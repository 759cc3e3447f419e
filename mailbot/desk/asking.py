"""Somebody, who may be anybody, asks a page for mail: the list of purchases, or a new link for an old one.

What is asked for goes to the address that it is about, and nowhere else; whoever asks learns nothing, not even that
there was something to send. So that nobody's mailbox is filled, an address and a peer can ask only so often.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Network, ip_address

from sqlalchemy import Connection, delete, func, insert, select

from mailbot.act import act
from mailbot.answers.purchase_lookup import lookup_letters
from mailbot.house import House
from mailbot.mailing import Occasion, send, tell_staff
from mailbot.model.decision import Decision, Letter, Proof
from mailbot.model.shop import Shop
from mailbot.store import cases, orders
from mailbot.store.tables import hits

_PEER = 10  # times that one peer may ask in an hour


def lookup(
    connection: Connection, house: House, shop: Shop, email: str, peer: str, language: str, now: datetime
) -> bool:
    """Mails an address the list of its purchases; says nothing to whoever asks. False: asked too often from here.

    The same address gets one list in an hour; one peer may ask ten times in an hour, whichever of its IPv6 addresses
    it uses.
    """
    hour = now - timedelta(hours=1)
    if _hit(connection, f"peer:{_line_of(peer)}", hour, now) > _PEER:
        return False
    if _hit(connection, f"lookup:{shop.id}:{email}", hour, now) > 1:
        return True
    purchases = tuple(orders.by_email(connection, shop.id, email))
    once = f"lookup:{shop.id}:{sha256(email.encode()).hexdigest()[:16]}:{now:%Y%m%d%H%M}"
    letters = lookup_letters(email, purchases, once, language)
    send(connection, house, Occasion(shop, "page", now), letters)
    return True


def fresh_link(connection: Connection, house: House, link: tuple[str, int] | None, peer: str, now: datetime) -> None:
    """Mails a new link to where the old one went: an order's to the order's address, a case's to the shop's staff.

    `link` is what the old one was made for; None when it was never ours, and then nothing is sent. The same goes for
    the second time in an hour for the same order or case, and for a peer that asks too often.
    """
    hour = now - timedelta(hours=1)
    if _hit(connection, f"peer:{_line_of(peer)}", hour, now) > _PEER or link is None:
        return
    about = "case" if link[0] == "case" else "order"
    if _hit(connection, f"link:{about}:{link[1]}", hour, now) > 1:
        return
    (_case_again if about == "case" else _order_again)(connection, house, link[1], now)


def _order_again(connection: Connection, house: House, order_id: int, now: datetime) -> None:
    """The letter that says how the order stands; its button opens the page from which all others are reached."""
    order = orders.get(connection, order_id)
    shop = house.shops.get(order.shop) if order else None
    if order is None or shop is None:
        return
    once = f"order:{order.id}/link:{now:%Y%m%d%H%M}"
    letter = Letter("order_status/status", order.customer.email, once, house.language_of(shop, order), order.id)
    because = "a new link was asked for on the page of an old one; it goes to the order's own address"
    rule, proof = "rules/order_status.toml: proof", Proof.TO_ORDER_ADDRESS
    decision = Decision("reply", because, rule, proof, "order_status", letters=(letter,))
    act(connection, house, Occasion(shop, "page", now, language=letter.language), [decision])


def _case_again(connection: Connection, house: House, case_id: int, now: datetime) -> None:
    """The letter that told staff of the case, if it is still open."""
    case = cases.get(connection, case_id)
    shop = house.shops.get(case["shop"]) if case else None
    if case is None or shop is None or case["state"] != "open":
        return
    tell_staff(
        connection, house, Occasion(shop, "page", now), "staff/case", f"case:{case_id}/link:{now:%Y%m%d%H%M}", case_id,
        order_id=case["order_id"], kind=case["kind"], reason=case["reason"], customer=case["customer"],
        promised_by=case["promised_by"].isoformat() if case["promised_by"] else None, held=bool(case["held"]),
    )  # fmt: skip


def _line_of(peer: str) -> str:
    """Whose line an address belongs to: IPv6 is given out by /64 at least (RFC 6177), so anybody has 2^64 of them."""
    try:
        address = ip_address(peer)
    except ValueError:
        return peer
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address) >> 64 << 64, 64)))


def _hit(connection: Connection, key: str, since: datetime, now: datetime) -> int:
    """Counts this one and those since then; older ones are forgotten."""
    name = sha256(key.encode()).hexdigest()
    connection.execute(delete(hits).where(hits.c.key == name, hits.c.at < since))
    connection.execute(insert(hits), {"key": name, "at": now})
    return int(connection.scalar(select(func.count()).select_from(hits).where(hits.c.key == name)) or 0)
