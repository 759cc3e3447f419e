"""A mail came: what is asked is decided and done, in one transaction, and the mail is closed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from mailbot import answers
from mailbot.act import act
from mailbot.desk.gather import gather
from mailbot.desk.understand import Understood, outcome
from mailbot.house import House
from mailbot.mailing import Occasion, staff_unreached, tell_staff
from mailbot.model.case import Case
from mailbot.model.decision import Decision
from mailbot.proof.verdict import Sender
from mailbot.store import mails, orders, work
from mailbot.store.tables import errands as errands_table
from mailbot.store.tables import mails as mails_table


def answer_mail(
    connection: Connection, house: House, row: RowMapping, understood: Understood, sender: Sender, now: datetime
) -> list[Decision]:
    """Gathers, decides and acts on one kept mail, and settles its row. Returns the decisions."""
    cases = gather(connection, house, understood, sender, row["id"], now)
    decisions = decide_all(house, cases)
    occasion = Occasion(
        understood.shop,
        f"customer:{understood.mail.sender.email}",
        now,
        understood.mail,
        row["id"],
        language=cases[0].language,
        known={case.order.id: case.order for case in cases if case.order},
    )
    opened = act(connection, house, occasion, decisions)
    if understood.letter and understood.mail.automatic == "bounce" and understood.letter_by == "bounce address":
        _bounced(connection, house, occasion, understood)
    known = next((case.order for case in cases if case.order and case.found_by != "number"), None)
    work.settle(
        connection,
        mails_table,
        row["id"],
        state="done",
        error="",
        order_id=known.id if known else None,
        case_id=opened[0] if opened else None,
        message_id=understood.mail.message_id[:400],
        outcome=mails.seal_text(house.sealer, outcome(understood, **explanation(cases, decisions, sender))),
    )
    return decisions


def decide_all(house: House, cases: Sequence[Case]) -> list[Decision]:
    """A decision for each request. Beside a real request, thanks and what was not understood fall silent."""
    decisions = [answers.decide(case, _policy(house, case.request.kind)) for case in cases]
    return _one_person(_without_contradiction(cases, decisions))


def _without_contradiction(cases: Sequence[Case], decisions: Sequence[Decision]) -> list[Decision]:
    """Two changes of one order in one mail ("cancel it; I have paid") are a person's: neither is done."""
    changed = Counter(change.order_id for decision in decisions for change in decision.changes)
    return [
        answers.contradicted(case) if any(changed[change.order_id] > 1 for change in decision.changes) else decision
        for case, decision in zip(cases, decisions, strict=True)
    ]


def explanation(cases: Sequence[Case], decisions: Sequence[Decision], sender: Sender) -> dict[str, Any]:
    """Proof and decisions as plain values: what `mailbot explain` prints and the desk shows."""
    first = cases[0]
    return {
        "proof": first.proof.word,
        "sender": {"verdict": sender.verdict, "because": sender.because},
        "order": first.order.number if first.order else None,
        "found_by": first.found_by,
        "decisions": [decision_row(decision, numbers_of(cases)) for decision in decisions],
    }


def numbers_of(cases: Sequence[Case]) -> dict[int, str]:
    """The numbers of the orders that the cases speak of, by row."""
    known = [order for case in cases for order in (case.order, *case.candidates) if order]
    return {order.id: order.number for order in known}


def decision_row(decision: Decision, numbers: Mapping[int, str]) -> dict[str, Any]:
    """A decision as `mailbot explain` prints it; `numbers` as of `numbers_of`."""
    return {
        "kind": decision.kind,
        "action": decision.action,
        "because": decision.because,
        "rule": decision.rule,
        "proof": decision.proof.word,
        "changes": [{"order": numbers.get(change.order_id), "step": change.step} for change in decision.changes],
        "letters": [{"kind": letter.name, "to": letter.to, "once": letter.once} for letter in decision.letters],
        "errands": [{"kind": errand.kind, "once": errand.once} for errand in decision.errands],
        "case": decision.case.kind if decision.case else None,
    }


def give_up(connection: Connection, house: House, row: RowMapping, error: str, now: datetime) -> None:
    """The last attempt failed: the mail stays, is marked, and staff hear of it."""
    work.settle(connection, mails_table, row["id"], state="failed", error=error[:1000])
    shop = house.shops[row["shop"]]
    tell_staff(
        connection,
        house,
        Occasion(shop, "mailbot", now),
        "staff/notice",
        f"mail:{row['id']}/failed",
        None,
        what=f"mail {row['id']} could not be worked on",
        because=error[:500],
    )


def _policy(house: House, kind: str) -> dict[str, Any]:
    policy = dict(house.book.policy(kind))
    if kind == "cancel_order":
        policy["refund"] = dict(house.book.policy("refund"))
    return policy


_PROMISES = ("case/", "human/", "unclear/", "resend_key/no_key", "resend_download/expired")


def _one_person(decisions: list[Decision]) -> list[Decision]:
    """One mail opens one case at most, unless something is held: a person reads the whole mail anyway."""
    opened, result, told = False, [], set()
    for decision in decisions:
        plain = decision.case is not None and decision.case.held is None
        letters = tuple(
            letter for letter in decision.letters if (letter.name, letter.to) not in told or letter.order_id
        )
        told |= {(letter.name, letter.to) for letter in letters}
        result.append(_without_case(decision) if plain and opened else _with_letters(decision, letters))
        opened = opened or (plain and any(letter.name.startswith(_PROMISES) for letter in letters))
    return result


def _without_case(decision: Decision) -> Decision:
    return replace(decision, case=None, letters=(), because=decision.because + "; the same person reads it")


def _with_letters(decision: Decision, letters: tuple[Any, ...]) -> Decision:
    return replace(decision, letters=letters)


def _bounced(connection: Connection, house: House, occasion: Occasion, understood: Understood) -> None:
    """A letter of ours could not be delivered: it is marked, and when that is for good, staff are told."""
    letter = understood.letter
    assert letter is not None
    report = understood.mail.bounce[0] if understood.mail.bounce else None
    what = f"{report.status or 'no status'} for {report.recipient}" if report else "a bounce without details"
    if report is not None and not report.permanent:
        return
    work.settle(connection, errands_table, letter["id"], state="never", error=f"bounced: {what}"[:1000])
    because = f"letter {letter['letter']} to {letter['to_address']} came back: {what}"
    orders.remember(
        connection,
        at=occasion.now,
        shop=occasion.shop.id,
        order_id=letter["order_id"],
        mail_id=occasion.mail_id,
        actor="mailbot",
        what="bounce",
        because=because,
    )
    if house.is_staff(occasion.shop, letter["to_address"]):
        staff_unreached(connection, house, occasion, letter["to_address"], letter["id"], because)
    else:
        tell_staff(
            connection,
            house,
            occasion,
            "staff/notice",
            f"bounce:{letter['ref']}",
            None,
            order_id=letter["order_id"],
            what="a letter could not be delivered",
            because=because,
        )
