"""What the relay's replies mean: a table of real ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.outbox.replies import TABLE, Stage, Verdict, classify, explain

REPLIES: list[tuple[Stage, int, str, Verdict]] = [
    ("rcpt", 250, "2.1.5 Ok", "done"),
    ("rcpt", 251, "will forward", "done"),
    ("final", 250, "2.0.0 queued", "done"),
    ("connect", 554, "5.7.1 No SMTP service here", "later"),
    ("connect", 421, "4.3.2 Too many connections", "later"),
    ("login", 535, "5.7.8 Authentication credentials invalid", "later"),
    ("login", 454, "4.7.0 Temporary authentication failure", "later"),
    ("mail", 530, "5.7.0 Authentication required", "later"),
    ("mail", 553, "5.7.1 Sender address rejected: not owned by user", "later"),
    ("mail", 552, "5.3.4 Message size exceeds fixed limit", "never"),
    ("mail", 451, "4.3.0 try again", "later"),
    ("rcpt", 421, "4.7.0 closing", "later"),
    ("rcpt", 432, "4.3.2 Concurrent connections limit exceeded", "later"),
    ("final", 432, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "later"),
    ("rcpt", 450, "4.2.0 Greylisted", "later"),
    ("rcpt", 452, "4.5.3 Too many recipients", "later"),
    ("rcpt", 552, "Too many recipients", "later"),
    ("rcpt", 550, "5.1.1 User unknown", "never"),
    ("rcpt", 550, "User unknown", "never"),
    ("rcpt", 550, "5.4.1 Recipient address rejected: Access denied", "never"),
    ("rcpt", 554, "5.7.1 <x@y.z>: Relay access denied", "later"),
    ("rcpt", 550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "later"),
    ("rcpt", 552, "5.2.2 Mailbox full", "later"),
    ("final", 552, "5.2.2 The recipient's inbox is out of storage space", "later"),
    ("final", 552, "5.2.3 Message exceeds local size limit", "never"),
    ("final", 550, "5.4.5 Daily user sending limit exceeded", "later"),
    ("final", 550, "5.7.232 Your message can't be sent because your tenant exceeded its limit", "later"),
    ("final", 554, "Daily sending quota exceeded, try tomorrow", "later"),
    ("data", 554, "5.3.4 Message too large", "never"),
    ("data", 550, "5.7.708 Service unavailable. Access denied, traffic not accepted from this IP", "later"),
    ("rcpt", 550, "5.1.8 Access denied, bad outbound sender", "later"),
    ("final", 554, "5.7.1 Message rejected as spam", "never"),
    ("final", 554, "rejected; it mentions 5.2.2 in the middle", "never"),
    ("data", 554, "5.5.1 No valid recipients", "never"),
    ("final", 354, "go ahead", "uncertain"),
    ("final", -1, "garbage", "uncertain"),
    ("rcpt", -1, "garbage", "later"),
    ("rcpt", 354, "what?", "later"),
    ("final", 999, "?", "uncertain"),
    ("rcpt", 999, "?", "later"),
]


@pytest.mark.parametrize(("stage", "code", "text", "verdict"), REPLIES)
def test_a_reply_has_its_verdict(stage: Stage, code: int, text: str, verdict: Verdict) -> None:
    assert classify(code, text, stage) == verdict


def test_every_row_of_the_table_is_reached() -> None:
    """A row that no reply reaches is shadowed by one above it, or has no example."""
    met = {explain(code, text, stage) for stage, code, text, _ in REPLIES}
    assert [row.because for row in TABLE if row not in met] == []


@given(st.integers(), st.text(), st.sampled_from(["connect", "login", "mail", "rcpt", "data", "final"]))
def test_only_success_is_success_and_only_the_end_is_uncertain(code: int, text: str, stage: Stage) -> None:
    verdict = classify(code, text, stage)
    assert (verdict == "done") == str(code).startswith("2")
    assert verdict != "uncertain" or stage == "final"
