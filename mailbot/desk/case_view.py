"""What the case page shows: why a person is asked, what was written, the order's facts, and what a yes would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping

from mailbot.answers.refund import limit
from mailbot.house import House
from mailbot.model.decision import Decision
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.outbox.letters import LetterError
from mailbot.outbox.render import Part, render
from mailbot.payments.methods import Method
from mailbot.store import cases, errands, mails, orders, pack

_LATEST = 30


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `bound` is what it was compared with; `asks`: because of this a person decides."""

    name: Literal["proof", "state", "amount", "age", "refunded", "orders"]
    found: Any
    bound: Any = None
    asks: bool = False


@dataclass(frozen=True)
class Written:
    """What the customer wrote, as it was understood when it came. `evidence` are the words that were recognised."""

    sender: str
    subject: str
    text: str
    language: str
    at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line of history: what was done by whom and because of what, or a letter and how it went."""

    at: datetime
    kind: Literal["done", "letter"]
    actor: str
    what: str
    because: str
    rule: str = ""


@dataclass(frozen=True)
class Preview:
    """A letter that a decision sends, as its reader will see it; `text` is "" where it cannot be shown beforehand."""

    to: str
    subject: str
    text: str = ""


@dataclass(frozen=True)
class CaseView:
    """A case as staff see it. `held` and `declined` are what a yes and a no would do."""

    case: RowMapping
    shop: Shop
    order: Order | None
    method: Method | None  # by which the order was or is to be paid
    written: Written | None
    held: Decision | None
    declined: Decision | None
    yes: tuple[Preview, ...]
    no: tuple[Preview, ...]
    rule: str
    checks: tuple[Check, ...]
    lines: tuple[Line, ...]  # newest first

    @property
    def open(self) -> bool:
        return bool(self.case["state"] == "open")

    @property
    def steps(self) -> tuple[str, ...]:
        """The order steps that a yes takes."""
        return tuple(change.step for change in self.held.changes) if self.held else ()

    @property
    def pays_back(self) -> int:
        """What a yes pays back, in minor units of the order's currency."""
        return sum(errand.facts["amount"] for errand in self.held.errands) if self.held else 0


def case_view(connection: Connection, house: House, case_id: int, now: datetime) -> CaseView | None:
    """The case with everything needed to decide it; None when there is none."""
    case = cases.get(connection, case_id)
    if case is None or case["shop"] not in house.shops:
        return None
    order = orders.get(connection, case["order_id"]) if case["order_id"] else None
    mail = mails.get(connection, case["mail_id"]) if case["mail_id"] else None
    outcome: Mapping[str, Any] = (mail["outcome"] if mail else None) or {}
    held = pack.decision_from(case["held"]) if case["held"] else None
    declined = pack.decision_from(case["declined"]) if case["declined"] else None
    return CaseView(
        case=case,
        shop=house.shops[case["shop"]],
        order=order,
        method=house.methods.all.get(order.paid_with or order.payment_method) if order else None,
        written=_written(house, mail, outcome) if mail else None,
        held=held,
        declined=declined,
        yes=_previews(house, case, order, held, now),
        no=_previews(house, case, order, declined, now),
        rule=held.rule if held else _rule(case, outcome),
        checks=tuple(_checks(connection, house, case, order, outcome, held, now)),
        lines=_lines(connection, case),
    )


def _written(house: House, mail: RowMapping, outcome: Mapping[str, Any]) -> Written:
    said = [words for request in outcome.get("requests", ()) for words in request.get("evidence", ())]
    return Written(
        sender=outcome.get("from", "") or mail["mail_from"],
        subject=outcome.get("subject", ""),
        text=mails.text_of(house.sealer, outcome),
        language=outcome.get("language", ""),
        at=mail["received_at"],
        evidence=tuple(dict.fromkeys(words.rpartition(" [")[0] or words for words in said))[:12],
    )


def _previews(
    house: House, case: RowMapping, order: Order | None, decision: Decision | None, now: datetime
) -> tuple[Preview, ...]:
    """The letters of a decision, their links without tokens: only their reader may follow those."""
    shop = house.shops[case["shop"]]
    links = {name: f"{house.links.url.rstrip('/')}/{name}/…" for name in ("order", "pay", "refund", "cancel", "case")}
    links |= {"lookup": house.links.url.rstrip("/") + "/lookup", "terms": shop.terms_url}
    found = []
    for letter in decision.letters if decision and case["state"] == "open" else ():
        language = house.language_for(shop, letter.language)
        part = Part(letter.name, order if letter.order_id else None, letter.facts)
        try:
            shown = render(house.letters, [part], shop=shop, language=language, links=links, now=now)
        except LetterError:  # it needs what is only known when it is sent
            found.append(Preview(letter.to, letter.name))
        else:
            found.append(Preview(letter.to, shown.subject, shown.text))
    return tuple(found)


def _rule(case: RowMapping, outcome: Mapping[str, Any]) -> str:
    """The rule of the decision that opened this case."""
    told = [one for one in outcome.get("decisions", ()) if one.get("case") == case["kind"]]
    return str(told[0].get("rule", "")) if told else ""


def _checks(
    connection: Connection, house: House, case: RowMapping, order: Order | None, outcome: Mapping[str, Any],
    held: Decision | None, now: datetime,
) -> list[Check]:  # fmt: skip
    found = [Check("proof", outcome["proof"])] if "proof" in outcome else []
    if order is None:
        return found
    found.append(Check("state", order.state))
    if held and any(change.step == "request_refund" for change in held.changes):
        policy = house.book.policy("refund")
        most, window = limit(policy, order.currency), int(policy.get("window_days", 30))
        amount = sum(errand.facts["amount"] for errand in held.errands)
        found.append(Check("amount", amount, most, amount > most))
        if order.paid_at:
            found.append(Check("age", order.paid_at, window, now > order.paid_at + timedelta(days=window)))
    if order.refund_amount:
        found.append(Check("refunded", order.refund_amount))
    found.append(Check("orders", len(orders.by_email(connection, case["shop"], order.customer.email))))
    return found


def _lines(connection: Connection, case: RowMapping) -> tuple[Line, ...]:
    """The history of the case and of its order, and the letters that were written."""
    rows = {row["id"]: row for row in cases.history_of(connection, case["id"])}
    letters: list[RowMapping] = []
    if case["order_id"]:
        rows |= {row["id"]: row for row in orders.history_of(connection, case["order_id"])}
        letters = [row for row in errands.of_order(connection, case["order_id"]) if row["kind"] == "letter"]
    lines = [
        Line(row["at"], "done", row["actor"], row["what"], row["because"], row["rule"]) for row in rows.values()
    ] + [
        Line(row["created_at"], "letter", row["to_address"], row["subject"] or row["letter"], row["state"])
        for row in letters
        if not row["letter"].startswith("staff/")
    ]
    return tuple(reversed(sorted(lines, key=lambda line: line.at)[-_LATEST:]))
