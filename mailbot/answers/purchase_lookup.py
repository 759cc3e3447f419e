"""purchase_lookup: the list of purchases goes to the address asked about; the asker is told nothing."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers.which_order import order_row
from mailbot.model.case import Case
from mailbot.model.decision import Decision, Letter
from mailbot.model.order import Order


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    letters = lookup_letters(case.asked_about, case.purchases, case.once, case.language, case.sender)
    if case.own_purchases and case.asked_about != case.sender:  # who mentions another address may mean their own
        letters = (_list(case.sender, case.own_purchases, f"{case.once}/list/own", case.language), *letters)
    because = "a list of purchases is only ever mailed to the address that it is about"
    return Decision(
        "reply", because, "rules/purchase_lookup.toml: proof", case.proof, "purchase_lookup", letters=letters
    )


def lookup_letters(
    about: str, purchases: tuple[Order, ...], once: str, language: str, asker: str = ""
) -> tuple[Letter, ...]:
    """The letters of a lookup, by mail or from the page (then there is no asker).

    An address without purchases hears so only when it asked itself; a stranger hears the same sentence in any case.
    """
    letters = []
    if purchases:
        letters.append(_list(about, purchases, f"{once}/list", language))
    elif about == asker:
        letters.append(Letter("purchase_lookup/none", about, f"{once}/none", language))
    if asker and about != asker:
        letters.append(Letter("purchase_lookup/asked", asker, f"{once}/asked", language))
    return tuple(letters)


def _list(to: str, purchases: tuple[Order, ...], once: str, language: str) -> Letter:
    rows = [order_row(order) for order in purchases[:50]]
    return Letter("purchase_lookup/list", to, once, purchases[0].customer.language or language, facts={"orders": rows})
