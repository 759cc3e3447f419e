"""What a reply of the relay means for one recipient: done, later, never or uncertain. One table, first match wins."""

import re
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["done", "later", "never", "uncertain"]

Stage = Literal["connect", "login", "mail", "rcpt", "data", "final"]
"""How far we were: connected and greeted, logged in, MAIL, RCPT, DATA before its 354, after the final dot."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient. `code` is the SMTP code, 0 when there was no reply; `text` is for staff."""

    recipient: str
    verdict: Verdict
    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. An empty field matches everything; `codes` are prefixes, `status` are RFC 3463 codes."""

    verdict: Verdict
    because: str
    stages: tuple[Stage, ...] = ()
    codes: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


TABLE = (
    Row("done", "accepted", codes=("2",)),
    Row("later", "the relay itself does not serve us", stages=("connect",)),
    Row("later", "the login was refused: check user name and password", stages=("login",), codes=("5",)),
    Row("later", "the relay cannot check the login now", stages=("login",)),
    Row("later", "the relay wants a login", codes=("530", "534", "535", "538")),
    Row("later", "the relay is closing or slowing down", codes=("421", "432")),  # 432: Microsoft, too many connections
    Row("uncertain", "the answer to the mail made no sense", stages=("final",), codes=("0", "1", "3", "-")),
    Row("later", "temporary", codes=("0", "1", "3", "4", "-")),
    Row("later", "the mailbox is full", codes=("5",), status=("5.2.2",)),
    Row("later", "our sending limit is used up", codes=("5",), status=("5.4.5", "5.7.232", "5.7.233")),
    Row("later", "our account is blocked", codes=("5",), status=("5.1.8", "5.7.501", "5.7.502", "5.7.503", "5.7.708")),
    Row("later", "our sending limit is used up", codes=("5",), words=("sending limit", "sending quota", "rate limit")),
    Row("later", "the relay does not relay for us", codes=("55",), words=("relaying denied", "relay access denied",
        "unable to relay", "relay not permitted", "relaying not allowed")),
    Row("later", "too many recipients at once", stages=("rcpt",), codes=("552",)),  # RFC 5321 4.5.3.1.10
    Row("never", "the letter is too big", codes=("552",)),
    Row("never", "the letter is too big", codes=("5",), status=("5.3.4", "5.2.3")),
    Row("later", "the relay refuses our sender address", stages=("mail",), codes=("5",)),
    Row("never", "refused for good", codes=("5",)),
)  # fmt: skip
"""Refusals that speak of us (login, limits, sender) come later, because the shop can put them right and then the
letter still goes; refusals that speak of the recipient or the letter are for good. Codes: RFC 5321, RFC 3463."""

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\d)")


def classify(code: int, text: str, stage: Stage) -> Verdict:
    """The verdict on one reply; see `explain` for its reason. Total: unknown codes are temporary."""
    return explain(code, text, stage).verdict


def explain(code: int, text: str, stage: Stage) -> Row:
    """The row of the table that decides. A reply's status code counts only where RFC 3463 puts it: in front."""
    match = _STATUS.match(text.lstrip())
    status, number, words = (match[0] if match else ""), str(code), text[:1000].lower()
    for row in TABLE:
        if (
            (not row.stages or stage in row.stages)
            and (not row.codes or number.startswith(row.codes))
            and (not row.status or status in row.status)
            and (not row.words or any(word in words for word in row.words))
        ):
            return row
    return Row("uncertain" if stage == "final" else "later", "an unheard-of code")
