"""The grade of proof for each combination of evidence; what is not clearly proven is nothing."""

import itertools

import pytest

from mailbot.model.decision import Proof
from mailbot.proof.grade import grade, same
from mailbot.proof.verdict import Sender, Verdict

ANNA = "anna@home.example"
EVE = "eve@home.example"


def sender(verdict: Verdict, email: str = ANNA) -> Sender:
    return Sender(verdict, email.rpartition("@")[2], "dmarc", "because of the test", email)


@pytest.mark.parametrize(
    ("verdict", "from_email", "order", "token", "staff", "proof"),
    [
        ("pass", ANNA, ANNA, None, False, Proof.VERIFIED_SENDER),
        ("pass", "ANNA@Home.Example", ANNA, None, False, Proof.VERIFIED_SENDER),
        ("pass", ANNA, EVE, None, False, Proof.NONE),
        ("pass", ANNA, None, None, False, Proof.NONE),
        ("none", ANNA, ANNA, None, False, Proof.NONE),
        ("unknown", ANNA, ANNA, None, False, Proof.NONE),
        ("fail", ANNA, ANNA, None, False, Proof.NONE),
        ("unknown", ANNA, ANNA, ANNA, False, Proof.REPLY_TOKEN),
        ("none", ANNA, ANNA, ANNA, False, Proof.REPLY_TOKEN),
        ("pass", ANNA, ANNA, ANNA, False, Proof.REPLY_TOKEN),
        ("unknown", ANNA, None, ANNA, False, Proof.REPLY_TOKEN),
        ("fail", ANNA, ANNA, ANNA, False, Proof.NONE),
        ("unknown", EVE, ANNA, ANNA, False, Proof.NONE),
        ("pass", ANNA, EVE, ANNA, False, Proof.NONE),
        ("pass", ANNA, ANNA, EVE, False, Proof.VERIFIED_SENDER),
        ("pass", ANNA, ANNA, None, True, Proof.STAFF),
        ("pass", ANNA, None, None, True, Proof.STAFF),
        ("none", ANNA, ANNA, None, True, Proof.NONE),
        ("unknown", ANNA, ANNA, ANNA, True, Proof.REPLY_TOKEN),
        ("fail", ANNA, ANNA, ANNA, True, Proof.NONE),
    ],
)
def test_the_grade(
    verdict: Verdict, from_email: str, order: str | None, token: str | None, staff: bool, proof: Proof
) -> None:
    found = grade(sender=sender(verdict), from_email=from_email, order_email=order, token_addressee=token, staff=staff)
    assert found == proof


def test_a_verdict_about_another_address_proves_nothing() -> None:
    """Two readers of one From that disagree, even only before the @, prove nothing."""
    for order, staff in ((ANNA, False), (ANNA, True), (None, True)):
        found = grade(sender=sender("pass", EVE), from_email=ANNA, order_email=order, token_addressee=None, staff=staff)
        assert found == Proof.NONE
    other = Sender("pass", "evil.example", "dkim", "x")
    assert grade(sender=other, from_email=ANNA, order_email=ANNA, token_addressee=None, staff=True) == Proof.NONE


def test_without_a_proof_of_from_nothing_above_a_token_is_reached() -> None:
    verdicts: list[Verdict] = ["fail", "none", "unknown"]
    for verdict, order, token, staff in itertools.product(
        verdicts, (ANNA, EVE, None), (ANNA, EVE, None), (True, False)
    ):
        found = grade(sender=sender(verdict), from_email=ANNA, order_email=order, token_addressee=token, staff=staff)
        assert found in (Proof.NONE, Proof.REPLY_TOKEN)
        assert found == Proof.NONE or token == ANNA


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (ANNA, ANNA, True),
        ("Anna@home.example", "aNNA@HOME.example", True),
        ("a@müller.example", "a@xn--mller-kva.example", True),
        ("a.b@home.example", "ab@home.example", False),
        ("a+b@home.example", "a@home.example", False),
        ("", "", False),
        ("anna", "anna", False),
        ("@home.example", "@home.example", False),
        ("a@", "a@", False),
    ],
)
def test_the_same_mailbox(one: str, other: str, is_same: bool) -> None:
    assert same(one, other) is is_same
