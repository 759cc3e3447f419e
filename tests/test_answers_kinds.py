"""A kind is a rules file, a module and a template folder; a decision always says why, by what rule, and to whom."""

import importlib
import pkgutil
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import DELIVERED, NOW, OURS, ROOT, SHOP, STAFF, make_house, make_mail, make_order

from mailbot import answers
from mailbot.answers import refund
from mailbot.answers.gates import GATES, pass_gates
from mailbot.model.case import Case, Outlook
from mailbot.model.decision import Proof
from mailbot.model.mail import KINDS, Amount, Facts, Request
from mailbot.store import pack

HELPERS = {"gates", "policies", "say", "which_order", "hand_over"}
SILENT = {"thanks"}
OTHER_FOLDERS = {"case", "proof", "which_order", "staff", "order", "payment", "delivery", "reminder", "subscription"}
STRANGER = "stranger@elsewhere.example"


def make_case(kind: str = "refund", **changes: Any) -> Case:
    case = Case(
        SHOP, make_mail(), Request(kind, 0.9), NOW, "mail:1", order=make_order(), found_by="only open order",
        proof=Proof.VERIFIED_SENDER, sender_verdict="pass",
        outlook=Outlook((NOW.date(), NOW.date()), NOW + timedelta(days=9), NOW + timedelta(days=1)),
    )  # fmt: skip
    return replace(case, **changes)


def test_rules_modules_and_letters_are_in_step() -> None:
    modules = {info.name for info in pkgutil.iter_modules(answers.__path__)} - HELPERS
    assert modules == set(answers.DECIDERS)
    assert modules <= set(KINDS)
    rules = {path.stem for path in (ROOT / "rules").glob("*.toml")}
    assert set(KINDS) <= rules
    folders = {path.name for path in (ROOT / "templates" / "letters").iterdir() if path.is_dir()}
    assert modules - SILENT <= folders
    assert folders - OTHER_FOLDERS <= modules | set(KINDS)
    for name in modules:
        assert callable(importlib.import_module(f"mailbot.answers.{name}").decide)


STATES = st.sampled_from(["pending", "paid", "refunding", "refunded", "cancelled", "expired"])


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    order = make_order(state=draw(STATES), items=draw(st.sampled_from([(), (DELIVERED,)])))
    ours = draw(st.booleans())
    return make_case(
        draw(st.sampled_from(KINDS)),
        order=draw(st.sampled_from([order, None])),
        candidates=draw(st.sampled_from([(), (order, replace(order, id=2, number="50001"))])),
        mail=make_mail(sender=order.customer.email if ours else STRANGER),
        found_by="only open order" if ours else "number",
        proof=draw(st.sampled_from(list(Proof)[:5])) if ours else Proof.NONE,
        has_invoice=draw(st.booleans()),
        facts=Facts(amounts=draw(st.sampled_from([(), (Amount(100, "EUR"),)]))),
        asked_about=order.customer.email,
        purchases=draw(st.sampled_from([(), (order,)])),
        recent_letters=draw(st.sampled_from([0, 10])),
    )  # fmt: skip


@given(_cases())
def test_every_decision_names_its_reason_and_keeps_the_promises(case: Case) -> None:
    if case.order is None:
        case = replace(case, found_by="")
    house = make_house()
    policy = {**house.book.policy(case.request.kind), "refund": house.book.policy("refund")}
    decision = answers.decide(case, policy)
    assert decision.because
    assert decision.rule
    assert pack.decision_from(pack.decision_json(decision)).because == decision.because
    names = {one.name for one in decision.letters}
    for name in names:
        assert (ROOT / "templates" / "letters" / f"{name}.md").is_file(), name
    assert len({letter.once for letter in decision.letters}) == len(decision.letters)
    allowed = {case.sender, case.asked_about} | ({case.order.customer.email} if case.order else set())
    assert {letter.to for letter in decision.letters} <= allowed
    if case.sender == STRANGER:
        assert decision.changes == ()
        for letter in decision.letters:
            assert letter.order_id is None or letter.to != STRANGER
    for change in decision.changes:
        assert case.order is not None
        assert case.order.allows(change.step)
        assert case.proof >= Proof.VERIFIED_SENDER or change.step == "pause"


BLOCKED = [
    ("our_own", {"from_us": True}, "ignore"),
    ("automatic", {"mail": make_mail(automatic="bounce")}, "ignore"),
    ("no_sender", {"mail": make_mail(sender="")}, "ignore"),
    ("forged", {"sender_verdict": "fail", "proof": Proof.NONE}, "quarantine"),
    ("from_staff", {"from_staff": True, "mail": make_mail(sender=STAFF)}, "ignore"),
    ("no_reply", {"mail": make_mail(sender="noreply@customer.example")}, "hold"),
    ("no_reply", {"mail": make_mail(sender="MAILER-DAEMON@customer.example")}, "ignore"),
    ("budget", {"recent_letters": 10}, "hold"),
]


@pytest.mark.parametrize(("gate", "changes", "action"), BLOCKED, ids=[f"{row[0]}-{row[2]}" for row in BLOCKED])
def test_each_gate_stops_what_it_is_for(gate: str, changes: dict[str, Any], action: str) -> None:
    decision = pass_gates(make_case(**changes))
    assert decision is not None
    assert decision.action == action
    assert gate in decision.rule
    assert decision.changes == ()
    assert all(letter.to == STAFF for letter in decision.letters)


@pytest.mark.parametrize(
    ("local", "action"),
    [
        *((name, "hold") for name in ("noreply", "no-reply", "No_Reply", "do-not-reply", "donotreply", "postmaster",
                                      "noreply+1234", "no-reply-orders")),
        *((name, "ignore") for name in ("mailer-daemon", "bounce", "bounces", "bounces+ann=a.example", "bounce-7")),
        *((name, None) for name in ("ann", "noreplyfan", "ann.noreply", "bouncer", "postmasters", "no")),
    ],
)  # fmt: skip
def test_addresses_at_which_nobody_reads_are_never_answered(local: str, action: str | None) -> None:
    decision = pass_gates(make_case(mail=make_mail(sender=f"{local}@customer.example")))
    assert (decision.action if decision else None) == action
    assert decision is None or decision.letters == ()


def test_the_gates_are_tried_in_the_order_that_the_rules_file_shows() -> None:
    text = (ROOT / "rules" / "gates.toml").read_text(encoding="utf-8")
    shown = [line.split()[1] for line in text.splitlines() if line.startswith("#   ") and line[4:5].isalpha()]
    assert shown == [gate.__name__.removeprefix("_") for gate in GATES]
    everything = make_case(
        from_us=True, from_staff=True, sender_verdict="fail", recent_letters=99, proof=Proof.NONE,
        mail=make_mail(sender=OURS, automatic="list"),
    )  # fmt: skip
    stopped = pass_gates(everything)
    assert stopped is not None
    assert "our_own" in stopped.rule
    assert pass_gates(make_case()) is None


POLICY = {"window_days": 30, "limit": {"EUR": 9992, "USD": 5000}}
PAID = make_order(state="paid")
REFUNDS = [
    ("within the window and the limit", PAID, {}, "reply", "refund/confirm"),
    ("on the last day", replace(PAID, paid_at=NOW - timedelta(days=30)), {}, "reply", "refund/confirm"),
    ("a minute late", replace(PAID, paid_at=NOW - timedelta(days=30, minutes=1)), {}, "reply", "refund/outside_window"),
    ("one cent above the limit", replace(PAID, total=9993, paid_amount=9993), {}, "hold", "refund/held"),
    ("more came than it costs", replace(PAID, total=5000), {}, "hold", "refund/held"),
    ("a currency without a limit", replace(PAID, currency="CHF"), {}, "hold", "refund/held"),
    ("a part", PAID, {"facts": Facts(amounts=(Amount(2000, "EUR"),))}, "hold", "refund/held"),
    ("the whole amount named", PAID, {"facts": Facts(amounts=(Amount(9992, ""),))}, "reply", "refund/confirm"),
    ("another currency named", PAID, {"facts": Facts(amounts=(Amount(2000, "JPY"),))}, "reply", "refund/confirm"),
    ("not paid", make_order(), {}, "reply", "refund/not_paid"),
    ("free", replace(PAID, total=0), {}, "reply", "refund/not_paid"),
    ("under way", make_order(state="refunding"), {}, "hold", "refund/already"),
    ("done", make_order(state="refunded"), {}, "reply", "refund/already"),
]


@pytest.mark.parametrize(("what", "order", "changes", "action", "letter"), REFUNDS, ids=[row[0] for row in REFUNDS])
def test_the_refund_policy(what: str, order: Any, changes: dict[str, Any], action: str, letter: str) -> None:
    decision = refund.decide(make_case(order=order, **changes), POLICY)
    assert (decision.action, [one.name for one in decision.letters]) == (action, [letter])
    assert decision.changes == ()
    assert decision.errands == ()
    if what == "a part":
        assert decision.case is not None
        assert (decision.case.held, decision.case.declined) == (None, None)  # a yes would pay the whole back
    elif what == "under way":
        assert decision.case is not None
        assert decision.case.held is not None
        assert [change.step for change in decision.case.held.changes] == ["keep_payment"]
    elif action == "hold":
        assert decision.case is not None
        assert decision.case.held is not None
        assert decision.case.declined is not None
        assert [change.step for change in decision.case.held.changes] == ["request_refund"]
        assert decision.case.declined.changes == ()


@given(_cases())
def test_a_guess_changes_nothing_and_silences_nobody(case: Case) -> None:
    case = replace(case, request=replace(case.request, guess=True))
    decision = answers.decide(case, {"proof": "verified_sender", "window_days": 30, "limit": {"EUR": 20000}})
    assert not decision.changes
    if pass_gates(case) is None:
        assert decision.action in ("reply", "hold")


def test_an_order_is_not_cancelled_by_a_guess_but_by_its_button() -> None:
    case = make_case("cancel_order", order=make_order(state="pending"))
    sure, guess = (
        answers.decide(replace(case, request=replace(case.request, guess=guess)), {"proof": "verified_sender"})
        for guess in (False, True)
    )
    assert [change.step for change in sure.changes] == ["cancel"]
    assert not guess.changes
    assert [letter.name for letter in guess.letters] == ["cancel_order/confirm"]
