"""Machines are told from people: by their headers, by their reports, and by what they say in many languages."""

import pytest
from machine_mail import AUTO_REPLIES, BOUNCES, PEOPLE

from mailbot.model.mail import Automatic
from mailbot.reading.automatic import classify
from mailbot.reading.parse import parse

PERSON = "Hello, I lost my licence key for order 10023. Could you send it again, please? Thank you, Ann"


def kind(subject: str, text: str, *headers: str, sender: str = "Ann Bell <ann@example.org>") -> Automatic | None:
    lines = [f"From: {sender}", "To: orders@shop.example", f"Subject: {subject}", *headers, "", text]
    return classify(parse("\r\n".join(lines).encode()))[0]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Auto-Submitted: auto-replied", "auto_reply"),
        ("Auto-Submitted: auto-replied (vacation)", "auto_reply"),
        ("Auto-Submitted: AUTO-GENERATED; type=x", "auto_reply"),
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: No (really)", None),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "auto_reply"),
        ("X-Auto-Response-Suppress: All", "auto_reply"),
        ("X-Auto-Response-Suppress: RN, NRN", None),
        ("X-Autoreply: yes", "auto_reply"),
        ("X-Autorespond: hello", "auto_reply"),
        ("Precedence: auto_reply", "auto_reply"),
        ("Precedence: bulk", "list"),
        ("Precedence: list", "list"),
        ("Precedence: first-class", None),
        ("Return-Path: <>", "auto_reply"),
        ("Return-Path: <ann@example.org>", None),
        ("List-Id: News <news.example.org>", "list"),
        ("List-Unsubscribe: <mailto:u@example.org>", "list"),
        ("Mailing-List: list x@example.org", "list"),
        ("X-Failed-Recipients: bo@example.org", "bounce"),
        ("X-Priority: 1", None),
        ("Importance: high", None),
        ("Disposition-Notification-To: ann@example.org", None),
        ("X-Mailer: Auto Mail 3", None),
        ("Reply-To: noreply@example.org", None),
        ("X-Spam-Flag: YES", None),
        ("X-Loop: ann@example.org", None),
    ],
)
def test_headers(header: str, said: Automatic | None) -> None:
    assert kind("My key", PERSON, header) == said


@pytest.mark.parametrize(("subject", "text"), AUTO_REPLIES)
def test_auto_replies_without_any_header(subject: str, text: str) -> None:
    assert kind(subject, text) == "auto_reply"


@pytest.mark.parametrize(("subject", "text"), BOUNCES)
def test_bounces_without_any_header(subject: str, text: str) -> None:
    assert kind(subject, text) == "bounce"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "said"),
    [
        ("MAILER-DAEMON@mx.example.net", "hello", "x", "bounce"),
        ("Mail Delivery Subsystem <mailer-daemon@mx.example.net>", "", "", "bounce"),
        ("postmaster@example.net", "Delivery report", "550 5.7.1 rejected", "bounce"),
        ("System Administrator <admin@example.net>", "Your mail", "was not delivered to bo@example.net", "bounce"),
        ("Paul Postmaster <postmaster@example.net>", "Our key", PERSON, None),
        ("admin@example.net", "Our key", PERSON, None),
        ("info@example.net", "Our key", PERSON, None),
        ("root@example.net", "Our key", PERSON, None),
    ],
)
def test_who_sends(sender: str, subject: str, text: str, said: Automatic | None) -> None:
    assert kind(subject, text, sender=sender) == said


def report(report_type: str, part: str) -> str:
    head = f"From: x@example.net\r\nTo: orders@shop.example\r\nSubject: Report\r\n{report_type}\r\n\r\n"
    return head + f"--r\r\nContent-Type: text/plain\r\n\r\nIt is all below.\r\n--r\r\n{part}\r\n--r--\r\n"


REPORT = "Content-Type: multipart/report; boundary=r; report-type="


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            report(REPORT + "delivery-status", "Content-Type: message/delivery-status\r\n\r\n\r\nAction: failed\r\n"),
            "bounce",
        ),
        (
            report(
                REPORT + "delivery-status",
                "Content-Type: message/delivery-status\r\n\r\nA: b\r\n\r\nAction: delivered\r\n",
            ),
            "report",
        ),
        (
            report(REPORT + "disposition-notification", "Content-Type: message/disposition-notification\r\n\r\n"),
            "report",
        ),
        (
            report(REPORT + "feedback-report", "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"),
            "report",
        ),
        (report(REPORT + "tlsrpt", "Content-Type: application/tlsrpt+gzip\r\n\r\nx"), "report"),
        (
            report(
                "Content-Type: multipart/mixed; boundary=r",
                "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
            ),
            "bounce",
        ),
        (
            report(
                "Content-Type: multipart/mixed; boundary=r",
                'Content-Type: application/gzip; name="a.example!shop.example!1761955200!1762041599.xml.gz"\r\n\r\nx',
            ),
            "report",
        ),
        (
            report("Content-Type: multipart/mixed; boundary=r", "Content-Type: application/pdf; name=x.pdf\r\n\r\nx"),
            None,
        ),
    ],
)
def test_reports(raw: str, said: Automatic | None) -> None:
    assert classify(parse(raw.encode()))[0] == said


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("Report domain: shop.example Submitter: a.example Report-ID: 7", "", "report"),
        ("Gelesen: Ihre Bestellung", "Ihre Nachricht an Bo wurde am Montag gelesen.", "report"),
        ("Lu : Votre commande", "Votre message a été lu le 2 novembre.", "report"),
        ("Read: Your order", "Your message was read on Monday.", "report"),
        ("Read: this please", "I want my money back", None),
    ],
)
def test_receipts(subject: str, text: str, said: Automatic | None) -> None:
    assert kind(subject, text) == said


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Please confirm your message",
            "My mailbox is protected by a spam filter. Click https://f.example/1 to verify that you are a person.",
        ),
        (
            "Your mail requires verification",
            "To have your address added to the list of allowed senders, visit https://f.example/1",
        ),
        ("Re: Your order", "This is an automated message. Please prove that you are human: https://f.example/1"),
    ],
)
def test_challenges(subject: str, text: str) -> None:
    assert kind(subject, text) == "challenge"


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_people_are_never_taken_for_machines(subject: str, text: str) -> None:
    assert kind(subject, text) is None


def test_quoted_machine_text_does_not_count() -> None:
    quoted = "> This is an automated message, please do not reply to this e-mail.\r\n> Ticket number: 1"
    text = f"Please resend my key.\r\n\r\n{quoted}"
    assert kind("Re: Your order", text) is None


def test_a_list_of_our_own_says_nothing_of_the_writer() -> None:
    raw = f"From: ann@example.org\r\nSubject: key\r\nList-Id: <orders.shop.example>\r\nPrecedence: list\r\n\r\n{PERSON}"
    mail = parse(raw.encode())
    assert classify(mail)[0] == "list"
    assert classify(mail, own={"orders@shop.example"})[0] is None
