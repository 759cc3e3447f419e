"""Whom a bounce could not reach, for how long, and which mail it was."""

import pytest

from mailbot.model.mail import Bounce
from mailbot.reading import bounces
from mailbot.reading.automatic import classify
from mailbot.reading.parse import parse


def delivery_report(
    *recipients: str, returned: str = "Message-ID: <o1@shop.example>\r\nSubject: Your order\r\n"
) -> bytes:
    parts = [
        "Content-Type: text/plain\r\n\r\nSome words for people.",
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        + "\r\n\r\n".join(recipients),
        "Content-Type: text/rfc822-headers\r\n\r\n" + returned,
    ]
    head = (
        "From: MAILER-DAEMON@mx.example.net\r\nTo: orders@shop.example\r\nSubject: Undelivered\r\nReturn-Path: <>\r\n"
    )
    body = "".join(f"--r\r\n{part}\r\n" for part in parts)
    return (
        f"{head}Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n{body}--r--\r\n".encode()
    )


@pytest.mark.parametrize(
    ("fields", "bounce"),
    [
        (
            "Final-Recipient: rfc822; Bo@Example.net\r\nAction: failed\r\nStatus: 5.1.1",
            ("bo@example.net", "5.1.1", True),
        ),
        (
            "Final-Recipient: rfc822;<bo@example.net>\r\nAction: failed\r\nStatus: 4.2.2 (full)",
            ("bo@example.net", "4.2.2", False),
        ),
        (
            "Final-Recipient: rfc822; bo@example.net\r\nAction: delayed\r\nStatus: 4.4.7",
            ("bo@example.net", "4.4.7", False),
        ),
        (
            "Final-Recipient: rfc822; bo@example.net\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.2.2 over quota",
            ("bo@example.net", "5.2.2", True),
        ),
        (
            "Final-Recipient: rfc822; bo@example.net\r\nAction: failed\r\nDiagnostic-Code: smtp; 452 too much mail",
            ("bo@example.net", "", False),
        ),
        (
            "Original-Recipient: rfc822; alias@example.net\r\nFinal-Recipient: rfc822; bo@x.example\r\nStatus: 5.1.1",
            ("alias@example.net", "5.1.1", True),
        ),
        (
            "Final-Recipient: utf-8; jürgen@example.net\r\nAction: failed\r\nStatus: 5.1.1",
            ("jürgen@example.net", "5.1.1", True),
        ),
    ],
)
def test_delivery_reports(fields: str, bounce: tuple[str, str, bool]) -> None:
    kind, found = classify(parse(delivery_report(fields)))
    assert kind == "bounce"
    assert found == (Bounce(*bounce, "<o1@shop.example>"),)


def test_each_recipient_once_and_only_those_not_reached() -> None:
    failed = "Final-Recipient: rfc822; {}@example.net\r\nAction: {}\r\nStatus: 5.1.1"
    found = bounces.read(
        parse(
            delivery_report(
                *(
                    failed.format(*one)
                    for one in (
                        ("a", "failed"),
                        ("b", "delivered"),
                        ("c", "relayed"),
                        ("a", "failed"),
                        ("d", "failed"),
                    )
                )
            )
        )
    )
    assert [one.recipient for one in found] == ["a@example.net", "d@example.net"]


@pytest.mark.parametrize(
    ("headers", "text", "found"),
    [
        (
            "",
            "I could not deliver your message:\n\n<bo@example.net>:\n550 5.1.1 no such user\n",
            [("bo@example.net", "5.1.1", True)],
        ),
        (
            "",
            "Failed:\n  bo@example.net\n    552 mailbox full\n  cy@example.net\n    unknown user\n",
            [("bo@example.net", "", True), ("cy@example.net", "", True)],
        ),
        ("", "bo@example.net: the mailbox is full, will be retried", [("bo@example.net", "", False)]),
        ("", "Das Postfach von bo@example.net ist leider voll.", [("bo@example.net", "", False)]),
        (
            "X-Failed-Recipients: bo@example.net, cy@example.net\n",
            "These failed.",
            [("bo@example.net", "", True), ("cy@example.net", "", True)],
        ),
        (
            "",
            "bo@example.net failed; ask postmaster@example.net\n\n--- Original message ---\nTo: dd@example.net\n",
            [("bo@example.net", "", True)],
        ),
        ("", "It failed for orders@shop.example", []),
        ("", "It failed.", []),
    ],
)
def test_notices_in_plain_words(headers: str, text: str, found: list[tuple[str, str, bool]]) -> None:
    raw = f"From: mailer-daemon@mx.example.net\nTo: orders@shop.example\nSubject: failure notice\n{headers}\n{text}"
    kind, read = classify(parse(raw.encode()))
    assert kind == "bounce"
    assert [(one.recipient, one.status, one.permanent) for one in read] == found


@pytest.mark.parametrize(
    ("rest", "message_id"),
    [
        ("\n\nIt failed\n\nReceived: from x\nMessage-ID: <o1@shop.example>\nSubject: y\n", "<o1@shop.example>"),
        ("\n\nIt failed\n\n> Message-Id: <o1@shop.example>\n", "<o1@shop.example>"),
        ("\nIn-Reply-To: <o1@shop.example>\n\nIt failed", "<o1@shop.example>"),
        ("\nReferences: <o0@shop.example> <o1@shop.example>\n\nIt failed", "<o1@shop.example>"),
        ("\nX-Original-Message-ID: <o1@shop.example>\n\nIt failed", "<o1@shop.example>"),
        ("\n\nIt failed", ""),
    ],
)
def test_the_message_id_of_the_mail_that_failed(rest: str, message_id: str) -> None:
    raw = f"From: mailer-daemon@mx.example.net\nSubject: failure notice\nMessage-ID: <own@mx.example.net>{rest}"
    assert bounces.original_message_id(parse(raw.encode())) == message_id


def test_a_report_of_success_is_no_bounce() -> None:
    mail = parse(delivery_report("Final-Recipient: rfc822; bo@example.net\r\nAction: delivered\r\nStatus: 2.0.0"))
    assert bounces.only_success(mail)
    assert classify(mail) == ("report", ())


def test_a_hostile_report_stays_small() -> None:
    many = [f"Final-Recipient: rfc822; u{n}@example.net\r\nAction: failed" for n in range(20_000)]
    assert len(bounces.read(parse(delivery_report(*many)))) <= 50
