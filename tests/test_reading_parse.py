"""Raw bytes to `Mail`: the shapes that mail really has, and those that are made to hurt."""

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model.mail import Address, Mail
from mailbot.reading.parse import parse

HEAD = b"From: Ann Bell <ann@example.org>\r\nTo: orders@shop.example\r\nSubject: Hello\r\n"


def mail(headers: bytes = b"", body: bytes = b"Where is my key?\r\n") -> bytes:
    return HEAD + headers + b"\r\n" + body


def multipart(kind: bytes, *parts: bytes, boundary: bytes = b"b1") -> bytes:
    lines = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return mail(
        b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n', lines + b"--" + boundary + b"--\r\n"
    )


PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\nthe plain words"
PAGE = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>the <b>marked</b> words</p>"


def test_an_ordinary_mail() -> None:
    raw = mail(
        b"Date: Mon, 02 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a1@example.org>\r\nIn-Reply-To: <b2@shop.example>\r\n"
        b"References: <b1@shop.example>\r\n <b2@shop.example>\r\nCc: Bo <bo@example.org>\r\n"
        b"Reply-To: ann2@example.org\r\n"
    )
    read = parse(raw)
    assert read.sender == Address("Ann Bell", "ann@example.org")
    assert (read.subject, read.text, read.new_text) == ("Hello", "Where is my key?\n", "Where is my key?\n")
    assert (read.message_id, read.in_reply_to) == ("<a1@example.org>", "<b2@shop.example>")
    assert read.references == ("<b1@shop.example>", "<b2@shop.example>")
    assert read.date == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert [one.email for one in (*read.to, *read.cc, *read.reply_to)] == [
        "orders@shop.example",
        "bo@example.org",
        "ann2@example.org",
    ]
    assert read.header("Message-ID") == "<a1@example.org>"
    assert read.error is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (multipart(b"alternative", PLAIN, PAGE), "the plain words"),
        (multipart(b"alternative", PAGE, PLAIN), "the plain words"),
        (multipart(b"alternative", b"Content-Type: text/plain\r\n\r\n \r\n", PAGE), "the marked words"),
        (multipart(b"alternative", b"\r\nPlease see the HTML", PAGE + b"<p></p>" * 9), "the marked words"),
        (multipart(b"mixed", PLAIN, b"Content-Type: image/png; name=a.png\r\n\r\nxx"), "the plain words"),
        (multipart(b"mixed", PLAIN, b"Content-Type: text/plain\r\n\r\nand more"), "the plain words\nand more"),
        (multipart(b"mixed", PLAIN, b"Content-Type: text/plain; name=notes.txt\r\n\r\nnot this"), "the plain words"),
        (multipart(b"mixed", PLAIN, b"Content-Type: text/html\r\n\r\n<p>the plain words</p>"), "the plain words"),
        (multipart(b"related", PAGE, b"Content-Type: image/gif\r\n\r\nGIF"), "the marked words"),
        (mail(b"Content-Type: text/html\r\n", b"no tags\r\nat all"), "no tags\nat all"),
        (mail(b"", b"<html><body>typed <i>as</i> plain</body></html>"), "typed as plain"),
        (mail(b"Content-Type: text/enriched\r\n", b"<bold>Where</bold> is it?"), "Where is it?"),
        (
            mail(b"Content-Type: text/plain; format=flowed\r\n", b"one \r\nline\r\n> two \r\n> lines\r\n"),
            "one line\n> two lines",
        ),
        (mail(b"", b"before\r\nbegin 644 a.bin\r\n#0V%T\r\n`\r\nend\r\nafter"), "before\nafter"),
        (mail(b"", b"before\r\n=ybegin line=128 size=3 name=a.bin\r\nxyz\r\n=yend size=3\r\nafter"), "before\nafter"),
        (mail(b"Content-Type: multipart/mixed\r\n", b"no boundary\r\n"), "no boundary"),
        (
            mail(
                b"Content-Type: multipart/mixed; boundary=x\r\n",
                b"--y\r\nContent-Type: text/plain\r\n\r\nguessed\r\n--y--",
            ),
            "guessed",
        ),
        (mail(b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n\r\nnever closed"), "never closed"),
        (b"From ann@example.org Mon Nov  2 10:00:00 2026\r\n" + mail(), "Where is my key?"),
        (b"\r\n\r\n" + mail(), "Where is my key?"),
        (b"I have no headers.\nNone at all.\n", "I have no headers.\nNone at all."),
        (mail().replace(b"\r\n", b"\n"), "Where is my key?"),
        (mail().replace(b"\r\n", b"\r"), "Where is my key?"),
        (mail(b"", b"nul\x00 and \x08 bell"), "nul and  bell"),
    ],
)
def test_the_readable_text(raw: bytes, text: str) -> None:
    assert parse(raw).text.strip() == text


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\r\n", "grün".encode("latin-1"), "grün"),
        (b"Content-Type: text/plain; charset=iso-8859-1\r\n", "grün".encode(), "grün"),
        (b"Content-Type: text/plain; charset=utf-8\r\n", "grün und süß".encode("latin-1"), "grün und süß"),
        (b"Content-Type: text/plain; charset=x-made-up\r\n", "grün €".encode("cp1252"), "grün €"),
        (b"Content-Type: text/plain; charset=gb2312\r\n", "订单".encode("gb18030"), "订单"),
        (b"Content-Type: text/plain; charset=utf-16\r\n", "key".encode("utf-16"), "key"),
        (
            b"Content-Transfer-Encoding: base64\r\n",
            base64.b64encode(b"a whole line of text") + b"=",
            "a whole line of text",
        ),
        (b"Content-Transfer-Encoding: base64\r\n", b"YSB3aG9sZSBs*aW5l!IG9mIHRleH", "a whole line of tex"),
        (b"Content-Transfer-Encoding: Quoted-Printable\r\n", b"caf=E9 =\r\nnoir =ZZ", "café noir =ZZ"),
        (b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 x\r\n#0V%T\r\n`\r\nend\r\n", "Cat"),
    ],
)
def test_charsets_and_transfer_encodings(headers: bytes, body: bytes, text: str) -> None:
    assert parse(mail(headers, body)).text.strip() == text


def test_html_is_handed_on_beside_the_text() -> None:
    read = parse(multipart(b"alternative", PLAIN, PAGE))
    assert read.html == "<p>the <b>marked</b> words</p>"
    assert read.content_type == "multipart/alternative"


def test_attachments_are_listed_with_their_names() -> None:
    name = b"name*0*=utf-8''rech;\r\n name*1=nung.pdf"
    pdf = (
        b"Content-Type: application/pdf; "
        + name.replace(b";", b"", 0)
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"QUJD" * 100
    )
    forwarded = b"Content-Type: message/rfc822\r\n\r\nSubject: old\r\nMessage-ID: <o@x.example>\r\n\r\nold text"
    read = parse(multipart(b"mixed", PLAIN, pdf, forwarded))
    assert [(one.name, one.media_type) for one in read.attachments] == [
        ("rechnung.pdf", "application/pdf"),
        ("", "message/rfc822"),
    ]
    assert 250 < read.attachments[0].size <= 400
    assert read.text == "the plain words"
    assert read.reports[0][0] == "message/rfc822"
    assert "<o@x.example>" in read.reports[0][1]


@pytest.mark.parametrize(
    ("headers", "email"),
    [
        (b"From: ann@example.org\r\nSender: bo@example.org\r\n", "ann@example.org"),
        (b"From: [??]\r\nFrom: ann@example.org\r\n", "ann@example.org"),
        (b"From: <>\r\nSender: bo@example.org\r\n", "bo@example.org"),
        (b"Reply-To: <cy@example.org>\r\nReturn-Path: <dd@example.org>\r\n", "cy@example.org"),
        (b"From: MAILER-DAEMON (Mail)\r\nReturn-Path: <>\r\n", "mailer-daemon"),
        (b"Subject: nobody\r\n", ""),
    ],
)
def test_the_sender_is_from_and_only_without_it_another(headers: bytes, email: str) -> None:
    assert parse(headers + b"\r\nhi").sender.email == email


def test_a_date_that_cannot_be_is_replaced_by_the_arrival() -> None:
    arrived = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
    assert parse(mail(b"Date: Mon, 02 Nov 2099 10:00:00 +0000\r\n"), received_at=arrived).date == arrived
    assert parse(mail(b"Date: yesterday\r\n"), received_at=arrived).date == arrived
    assert parse(mail(b"Received: by x; Sun, 01 Nov 2026 10:00:00 +0000\r\n")).date == datetime(
        2026, 11, 1, 10, tzinfo=UTC
    )
    assert parse(mail()).date is None


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"   \n"])
def test_no_mail_at_all_is_an_error(raw: bytes) -> None:
    assert parse(raw).error


def nested(levels: int) -> bytes:
    return HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(levels)
    )


HOSTILE = {
    "100,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nhi\r\n" * 100_000,
    "1500 multiparts in each other": nested(1500),
    "20,000 encoded words": b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n\r\nhi",
    "words that never end": b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nhi",
    "endless headers": b"X-A: b\r\n" * 300_000,
    "one endless header": b"X-A: " + b"b" * 5_000_000,
    "10,000 recipients": b"To: " + b",\r\n ".join(b"u%d@example.org" % n for n in range(10_000)) + b"\r\n\r\nhi",
    "comments in comments": b"From: " + b"(" * 100_000 + b"\r\n\r\nhi",
    "quotes and backslashes": b"From: " + b'"\\' * 100_000 + b"\r\n\r\nhi",
    "many parameters": HEAD + b"Content-Type: text/plain; " + b'a="' * 100_000 + b"\r\n\r\nhi",
    "many attributes": mail(
        b"Content-Type: text/html\r\n", b"<a " + b" ".join(b"b%d=c" % n for n in range(60_000)) + b">x"
    ),
    "angles in attributes": mail(
        b"Content-Type: text/html\r\n", b"<a " + b" ".join(b'b%d=">"' % n for n in range(40_000)) + b">x"
    ),
    "deep HTML": mail(b"Content-Type: text/html\r\n", b"<div>" * 100_000 + b"hi"),
    "wide HTML": mail(b"Content-Type: text/html\r\n", b"<p>a" * 100_000),
    "soft line breaks": mail(b"Content-Type: text/plain; format=flowed\r\n", b"a \r\n" * 60_000),
    "a boundary on one line": mail(b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x" * 1_000_000),
    "20 MB in one line": mail(b"", b"a" * 20_000_000),
    "strange identifiers": b"Message-ID: <@>\r\nReferences: " + b"<" * 100_000 + b"\r\n\r\nhi",
    "NULs": b"\0" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_no_time(name: str) -> None:
    started = time.process_time()
    read = parse(HOSTILE[name])
    assert time.process_time() - started < 1.0
    assert_sound(read)


def assert_sound(read: Mail) -> None:
    values = [value for _, value in read.headers]
    for line in (*values, read.subject, read.sender.name, read.sender.email, read.message_id):
        assert not any(character in line for character in "\r\n\0")
    "".join([*values, read.text, read.html]).encode()  # no lone surrogates
    assert "\r" not in read.text
    assert len(read.text) <= 256 << 10
    assert len(read.to) <= 200


PIECES = st.sampled_from(
    b"""From: a@b.example\r\n|Subject: =?utf-8?q?|?=|\r\n|\n|\r|\r\n\r\n|--x|--x--|\x00|\xe9|<p>|</p|&#|"|(|=3D|\x1b$B
    |Date: |<@>|a:b;| |~{|Content-Type: multipart/mixed; boundary=x\r\n|Content-Type: text/html; charset=utf-16\r\n
    |begin 644 x\n|From |\t|Content-Transfer-Encoding: base64\r\n|Mon, 31 Feb 0000 99:99:99 +9999
    |Content-Type: message/delivery-status\r\n|=?iso-2022-jp?b?GyRC?=|name*0*=x'y'%|charset=hz""".split(b"|")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=40).map(b"".join))
def test_total_on_every_input(raw: bytes) -> None:
    assert_sound(parse(raw))
