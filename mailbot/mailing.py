"""The letters of a decision are sent: answers to one address as one mail, news alone, and staff are told."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from mailbot.house import House
from mailbot.model.decision import Letter
from mailbot.model.mail import Mail
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.post import Posting, post

log = logging.getLogger("mailbot")


@dataclass(frozen=True)
class Occasion:
    """What the decisions are about: who made it happen (`actor`), and the mail or case they belong to."""

    shop: Shop
    actor: str
    now: datetime
    mail: Mail | None = None
    mail_id: int | None = None
    case_id: int | None = None
    language: str = ""
    known: Mapping[int, Order] = field(default_factory=dict)  # orders that were read in this transaction


def send(
    connection: Connection, house: House, occasion: Occasion, letters: Sequence[Letter], case_id: int | None = None
) -> None:
    """Queues letters: answers to one address become one mail, news stays by itself."""
    answers: dict[str, list[Letter]] = {}
    for letter in letters:
        if letter.unasked or letter.name.startswith("staff/"):
            _post(connection, house, occasion, [letter], case_id)
        else:
            answers.setdefault(letter.to, []).append(letter)
    for joined in answers.values():
        _post(connection, house, occasion, joined, case_id)


def tell_staff(
    connection: Connection, house: House, occasion: Occasion, name: str, once: str, case_id: int | None, **facts: Any
) -> None:
    """A letter to every colleague of the shop."""
    order_id = facts.pop("order_id", None)
    for colleague in occasion.shop.staff:
        letter = Letter(
            name,
            colleague.address.lower(),
            f"{once}/{name}/{colleague.address.lower()}"[:255],
            occasion.shop.language,
            order_id,
            {"staff_name": colleague.name, **facts},
            unasked=True,
        )
        _post(connection, house, occasion, [letter], case_id)


def staff_unreached(
    connection: Connection, house: House, occasion: Occasion, address: str, errand_id: int, because: str
) -> None:
    """A letter to a colleague will never arrive: it is logged, without its words, and the other colleagues are told.

    Once a day for each address: two addresses that are both refused must not tell of each other for ever.
    """
    log.error("letter %s to a colleague of shop '%s' will never arrive", errand_id, occasion.shop.id)
    others = tuple(one for one in occasion.shop.staff if one.address.lower() != address)
    tell_staff(
        connection,
        house,
        replace(occasion, shop=replace(occasion.shop, staff=others)),
        "staff/notice",
        f"staff:{address}/never:{occasion.now:%Y-%m-%d}"[:180],
        None,
        what="a colleague cannot be reached",
        because=because,
    )


def _post(connection: Connection, house: House, occasion: Occasion, letters: list[Letter], case_id: int | None) -> None:
    posting = Posting(
        occasion.shop, occasion.now, occasion.mail, occasion.mail_id, case_id or occasion.case_id, occasion.known,
        by_person=occasion.actor == "staff",
    )  # fmt: skip
    if post(connection, house, posting, letters) == "never":
        _tell_dropped(connection, house, occasion, letters[0], case_id)


def _tell_dropped(
    connection: Connection, house: House, occasion: Occasion, letter: Letter, case_id: int | None
) -> None:
    """An answer that the budget stopped is seen by staff, once a day for each address."""
    because = f"{letter.name} to {letter.to}: this address has had {house.budget} letters in {house.budget_window}"
    once = f"budget:{occasion.shop.id}:{letter.to}:{occasion.now:%Y-%m-%d}"[:180]
    tell_staff(
        connection, house, occasion, "staff/notice", once, case_id, what="an answer was not sent", because=because
    )
