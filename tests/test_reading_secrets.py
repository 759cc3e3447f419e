"""Secrets are taken out of texts and of raw mails, wherever and however they stand in them; nothing else is touched."""

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading.parse import parse
from mailbot.reading.secrets import scrub, scrub_mail

CARD, CUT = "4111 1111 1111 1111", "[card ending 1111]"
HEAD = (
    b"From: Ann <ann@example.org>\r\nTo: orders@shop.example\r\nSubject: Hi\r\n"
    b"Message-ID: <20261102100000.4111111111111111@example.org>\r\n"
)


@pytest.mark.parametrize(
    ("text", "left", "count"),
    [
        (f"card {CARD} please", f"card {CUT} please", 1),
        (f"{CARD} 04/27 123", f"{CUT} 04/27 [removed]", 2),
        (f"{CARD}, exp. 04/2027, CVV: 123", f"{CUT}, exp. 04/2027, CVV: [removed]", 2),
        ("CVC 999", "CVC [removed]", 1),
        ("Prüfziffer: 1234", "Prüfziffer: [removed]", 1),
        ("cryptogramme visuel : 123", "cryptogramme visuel : [removed]", 1),
        ("código de seguridad 123", "código de seguridad [removed]", 1),
        ("my password is hunter2", "my password is [removed]", 1),
        ("Password: swordfish\nThanks", "Password: [removed]\nThanks", 1),
        ("Mein Passwort lautet Geheim!23.", "Mein Passwort lautet [removed]", 1),
        ("Kennwort = abc123", "Kennwort = [removed]", 1),
        ("mon mot de passe est Soleil33", "mon mot de passe est [removed]", 1),
        ("mi contraseña es gato99", "mi contraseña es [removed]", 1),
        ("la mia password è gatto99", "la mia password è [removed]", 1),
        ("a minha senha é gato99", "a minha senha é [removed]", 1),
        ("mijn wachtwoord is kat99", "mijn wachtwoord is [removed]", 1),
        ("my password is 'open sesame'", "my password is '[removed]'", 1),
        ('Passwort "Blue Moon 7"', 'Passwort "[removed]"', 1),
        ("mon mot de passe est « Lune Bleue 7 »", "mon mot de passe est « [removed] »", 1),
        ("my password is wrong", "my password is wrong", 0),
        ("Passwort: bitte zurücksetzen", "Passwort: bitte zurücksetzen", 0),
        ("mon mot de passe est incorrect", "mon mot de passe est incorrect", 0),
        ("I forgot my password. Order 10023", "I forgot my password. Order 10023", 0),
        ("the password is not accepted", "the password is not accepted", 0),
        ("key ABCD-1234-EFGH-5678, order 123456789", "key ABCD-1234-EFGH-5678, order 123456789", 0),
        (
            "IBAN DE89 3704 0044 0532 0130 00, tel +49 171 1234567",
            "IBAN DE89 3704 0044 0532 0130 00, tel +49 171 1234567",
            0,
        ),
        ("", "", 0),
    ],
)
def test_scrub(text: str, left: str, count: int) -> None:
    assert scrub(text) == (left, count)
    assert scrub(left) == (left, 0)


def part(headers: bytes, body: bytes) -> bytes:
    return HEAD + headers + b"\r\n" + body


SPOKEN = f"My card is {CARD}, é"
UTF8 = b"Content-Type: text/plain; charset=utf-8\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b_4111111111111111\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        part(UTF8, SPOKEN.encode()),
        part(b"Content-Type: text/plain; charset=iso-8859-1\r\n", SPOKEN.encode("latin-1")),
        part(b"", SPOKEN.encode("latin-1") + b"\xff\xfe\x81"),
        part(UTF8 + b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(SPOKEN.encode())),
        part(
            b"Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n",
            base64.encodebytes(SPOKEN.encode("utf-16")),
        ),
        part(
            UTF8 + b"Content-Transfer-Encoding: quoted-printable\r\n",
            b"My card is 4111 1111=\r\n 1111 11=\r\n11, =C3=A9",
        ),
        part(
            UTF8 + b"Content-Transfer-Encoding: quoted-printable\r\n",
            b"My card is 4111=C2=A01111=201111=201111, =C3=A9",
        ),
        part(
            UTF8 + b"Content-Transfer-Encoding: quoted-printable\r\n", b"4=31=31=31=31=31=31=31=31=31=31=31=31=31=31=31"
        ),
        part(b"Content-Type: text/html\r\n", b"<p>card <b>4111</b> 11<i>11</i>&nbsp;1111&#32;1&#49;11</p>"),
        part(b"Content-Type: text/html\r\n", b'<input value="4111111111111111">'),
        part(
            b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n",
            base64.encodebytes(b"<td>4111</td><td>11111111</td><td>1111</td>"),
        ),
        part(
            b"Content-Type: text/html\r\n",
            b"<table>\n  <tr>\n    <td>4111</td>\n    <td>1111</td>\n    <td>1111</td>\n    <td>1111</td></tr></table>",
        ),
        part(UTF8, b"> My card: 4111 1111\r\n> 1111 1111"),
        part(UTF8, "4111\u200b1111\u200b1111\u200b1111".encode()),
        part(b"X-Form-Card: 4111 1111 1111 1111\r\n", b"hi"),
        part(b"X-Note: my credit card is\r\n 4111111111111111\r\n", b"hi"),
        HEAD.replace(b"Hi", b"=?utf-8?q?K=C3=A4rte_4111_1111_?=\r\n =?utf-8?q?1111_1111?=") + b"\r\nhi",
        HEAD.replace(b"Hi", b"=?utf-8?b?S8OkcnRlIDQxMTEgMTExMSA=?= =?utf-8?q?1111_1111?=") + b"\r\nhi",
        part(MIXED, b"preamble 4111111111111111\r\n--b_4111111111111111\r\n\r\nhi\r\n--b_4111111111111111--\r\n"),
        part(
            MIXED,
            b"--b_4111111111111111\r\n\r\n"
            + SPOKEN.encode()
            + b"\r\n--b_4111111111111111\r\nContent-Type: text/csv\r\n\r\n4111111111111111",
        ),
        part(
            MIXED,
            b"--b_4111111111111111\r\nContent-Type: message/rfc822\r\n\r\n"
            b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(SPOKEN.encode()),
        ),
        part(b"X-Subject: my card 4111 1111 1111 1111\r\n", b"hi"),
        part(b"Comments: 4111\r\n 1111 1111 1111\r\n", b"hi"),
        HEAD.replace(b"Hi", b"=?utf-8?q?4111_1111_1111_1111?=") + b"\r\nhi",
        HEAD.replace(b"Hi", b"=?utf-8?b?" + base64.b64encode(SPOKEN.encode()) + b"?=") + b"\r\nhi",
        HEAD.replace(b"From: Ann", b'From: "card 4111111111111111"') + b"\r\nhi",
        HEAD.replace(b"From: Ann", b"From: =?utf-8?q?card_4111_1111_1111_1111?=") + b"\r\nhi",
        part(
            MIXED,
            b'--b_4111111111111111\r\nContent-Type: image/png; name="card 4111111111111111.png"\r\n\r\nx\r\n',
        ),
        part(
            MIXED,
            b"--b_4111111111111111\r\nContent-Disposition: attachment;\r\n"
            b" filename*=utf-8''4111%201111%201111%201111.png\r\n\r\nx\r\n",
        ),
    ],
)
def test_cards_are_gone_from_every_part_name_and_header(raw: bytes) -> None:
    new, count = scrub_mail(raw)
    read, before = parse(new), parse(raw)
    seen = "\n".join(
        [
            read.text,
            read.html,
            read.subject,
            read.sender.name,
            *(one.name for one in read.attachments),
            *(text for _, text in read.reports),
            *(value for name, value in read.headers if name not in ("message-id", "content-type")),
        ]
    )
    assert count >= 1
    assert "".join(seen.split()).count("41111111") == 0
    assert "card ending 1111" in seen or b"card ending 1111" in new or b"base64" in raw
    assert len(read.attachments) == len(before.attachments)
    assert read.message_id == before.message_id
    assert read.sender.email == "ann@example.org"
    assert scrub_mail(new)[1] == 0


@pytest.mark.parametrize(
    "headers",
    [
        b'Content-Type: application/octet-stream; name="cards.txt"\r\n',
        b'Content-Type: application/octet-stream; name="cards.CSV"\r\nContent-Transfer-Encoding: base64\r\n',
        b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="a.eml"\r\n',
        b'Content-Type: application/octet-stream; name="form.html"\r\n',
        b"Content-Type: application/octet-stream\r\n",
        b'Content-Type: application/vnd.ms-excel; name="cards.csv"\r\nContent-Transfer-Encoding: base64\r\n',
        b"Content-Type: image/svg+xml\r\n",
        b"Content-Type: application/vnd.shop+json\r\nContent-Transfer-Encoding: quoted-printable\r\n",
    ],
)
def test_attachments_of_text_are_text_whatever_their_type_says(headers: bytes) -> None:
    body = b"From: x@y.example\r\nSubject: card\r\n\r\n<text>card 4111 1111 1111 1111</text>\r\nPasswort: xyz789\r\n"
    body = base64.encodebytes(body) if b"base64" in headers else body
    raw = part(MIXED, b"--b_4111111111111111\r\n" + headers + b"\r\n" + body + b"\r\n--b_4111111111111111--\r\n")
    new, count = scrub_mail(raw)
    assert count == 2
    assert b"1111 1111" not in new
    assert scrub_mail(new)[1] == 0


def test_a_form_with_a_password_in_cells() -> None:
    html = b"Content-Type: text/html\r\n"
    for body in (
        b"<tr><td>Password</td><td>xyz789</td></tr>",
        b"<tr>\n<td><b>Password:</b></td>\n   <td>swordfish</td>\n</tr>",
        b"<div>Passwort:</div><div>xyz789</div>",
        b"<p>Password:<br>swordfish</p>",
        b"<p>Passwort</p><p>xyz789</p>",
        b"<tr><th>CVV</th>\n    <td>123</td></tr>",
    ):
        new, count = scrub_mail(part(html, body))
        assert count == 1, body
        assert b"[removed]<" in new


@pytest.mark.parametrize(
    "raw",
    [
        part(b"X-Form-Password: hunter2\r\n", b"hi"),
        part(b"X-Form-Cvv: 123\r\n", b"hi"),
    ],
)
def test_forms_that_put_their_fields_into_headers(raw: bytes) -> None:
    new, count = scrub_mail(raw)
    assert count == 1
    assert b"[removed]" in new


@pytest.mark.parametrize(
    "raw",
    [
        HEAD.replace(b"Hi", b"Client =?ISO-2022-JP?B?Pw==?= Attachment Name") + b"\r\nhi",
        part(b"", b'-MM,0.%B]/:75=/?E=3:TW"T)(PW("YY5J1T\'@`?\\`JVM$"<97KG1'),
        part(b"X-Queue-Id: 4111111111111111\r\nX-MC-Unique: 4111-1111-1111-1111\r\n", b"hello"),
        part(
            MIXED,
            b'--b_4111111111111111\r\nContent-Type: application/octet-stream; name="a.txt"\r\n\r\n\x00\x01\x02\x03\x00'
            b"4111111111111111\x00\x05\r\n--b_4111111111111111--",
        ),
        part(
            MIXED,
            b"--b_4111111111111111\r\nContent-Type: application/zip\r\n\r\n 4111111111111111 x"
            b"\r\n--b_4111111111111111--",
        ),
        part(UTF8, "Order 123456789, key ABCD-1234, tel +49 171 1234567, é".encode()),
        part(b"DKIM-Signature: v=1; b=411111111111 1111\r\nReceived: from [4111.1111.1111.1111]\r\n", b"hello"),
        part(UTF8 + b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(b"Nothing to hide here.")),
        part(
            MIXED,
            b"--b_4111111111111111\r\nContent-Type: application/pdf\r\n\r\n4111111111111111\r\n--b_4111111111111111--",
        ),
        part(b"", b"I forgot my password. order 4111111111111111"),
        b"",
        b"\r\n\r\n",
    ],
)
def test_a_mail_without_secrets_is_the_identical_object(raw: bytes) -> None:
    new, count = scrub_mail(raw)
    assert new is raw
    assert count == 0


def test_the_rest_of_a_changed_mail_keeps_every_byte() -> None:
    before = part(
        MIXED,
        b"--b_4111111111111111\r\nContent-Type: text/plain\r\n\r\n\tcard 4111111111111111 \r\n--b_4111111111111111\r\n"
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b_4111111111111111--\r\n",
    )
    assert scrub_mail(before)[0] == before.replace(b"card 4111111111111111 ", b"card [card ending 1111] ")


@pytest.mark.parametrize(
    "raw",
    [
        part(b"", b"4 1 1 1 " * 200_000),
        part(b"Content-Type: text/html\r\n", b"<b>4</b>111" * 60_000),
        part(b"", b"password is " * 60_000),
        part(MIXED, b"--b_4111111111111111\r\n\r\nhi\r\n" * 50_000),
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + SPOKEN.encode(),
    ],
)
def test_hostile_mail_costs_little(raw: bytes) -> None:
    started = time.process_time()
    scrub_mail(raw)
    assert time.process_time() - started < 1.0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=10),
            st.sampled_from(
                [
                    HEAD,
                    b"\r\n",
                    b"\r\n\r\n",
                    b"4111111111111111",
                    b"Subject: =?utf-8?q?4111_",
                    b"?=",
                    UTF8,
                    MIXED,
                    b"--b_4111111111111111\r\n",
                    b"password: x1",
                    b"Content-Transfer-Encoding: base64\r\n",
                    b"Content-Type: text/html\r\n",
                    b"<b>4111</b>",
                    b"&#49;",
                    b"name*=utf-8''%34",
                    b"cvv 123",
                ]
            ),
        ),
        max_size=20,
    ).map(b"".join)
)
def test_total_on_every_input(raw: bytes) -> None:
    new, count = scrub_mail(raw)
    assert (count == 0) == (new is raw)
