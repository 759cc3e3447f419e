"""Whole conversations over real SMTP and HTTP: what a customer, the shop and its staff see of an installation."""

import asyncio
import hashlib
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import aiosmtplib
import pytest
from bench import Letter
from kit import KEY, NOW, OURS, STAFF, fresh, make_event, make_raw, somebody
from town import Town, make_town

from mailbot.settings import LetterSettings
from mailbot.store import work
from mailbot.store.tables import errands, events, mails

pytestmark = pytest.mark.xdist_group("town")
GOT_IT = ("payment.received", "order.delivered")


async def _placed(town: Town, *then: str, email: str = "") -> tuple[str, str]:
    number, email = fresh(), email or somebody()
    assert (await town.tell(make_event("order.placed", number, email)))[0] == 202
    for kind in then:
        assert (await town.tell(make_event(kind, number)))[0] == 202
    await town.letter(email, "delivery/keys" if "order.delivered" in then else "order/awaiting_payment")
    return number, email


async def test_one_event_in_and_one_letter_out(town: Town) -> None:
    number, who = fresh(), somebody()
    body = make_event("order.placed", number, who)
    assert await town.tell(body) == (202, {"event": body["id"], "new": True})
    assert await town.tell(body) == (200, {"event": body["id"], "new": False})
    letter = await town.letter(who, "order/awaiting_payment")
    assert number in letter.mail.subject
    for word in ("99.92", "DE02 1203 0000 0000 2020 51", number):
        assert word in letter.mail.text
    await town.calm()
    assert len(town.box.sent(who)) == 1


async def test_i_lost_my_key(town: Town) -> None:
    number, who = await _placed(town, *GOT_IT)
    await town.answer(town.box.sent(who, "delivery/keys")[0], "Hello, I lost my key. Can you help?")
    letter = await town.letter(who, "resend_key/sent")
    assert KEY in letter.mail.text
    assert number in letter.mail.subject
    assert letter.mail.header("Auto-Submitted") == "auto-replied"


async def test_please_cancel(town: Town) -> None:
    number, who = await _placed(town)
    await town.answer(town.box.sent(who)[0], "Please cancel my order.")
    await town.letter(who, "cancel_order/done")
    assert town.order(number).state == "cancelled"


async def test_please_cancel_without_a_proof_and_then_by_the_button(town: Town) -> None:
    number, who = await _placed(town)
    await town.write(f"Please cancel order {number}.", who)
    path = (await town.letter(who, "cancel_order/confirm")).link("cancel")
    for _ in range(2):
        assert (await town.http("GET", path))[0] == 200
    assert town.order(number).state == "pending"  # looking changes nothing
    status, location, _ = await town.http("POST", path, b"x=1")
    assert status == 303
    assert (await town.http("GET", location))[0] == 200
    await town.letter(who, "cancel_order/done")
    assert town.order(number).state == "cancelled"
    assert (await town.http("POST", path, b"x=1"))[0] in (409, 410)
    assert (await town.http("GET", path))[0] in (200, 410)


async def test_i_want_my_money_back(town: Town) -> None:
    number, who = await _placed(town, *GOT_IT)
    await town.answer(town.box.sent(who, "delivery/keys")[0], "I want my money back.")
    path = (await town.letter(who, "refund/confirm")).link("refund")
    assert (await town.http("GET", path))[0] == 200
    assert town.order(number).state == "paid"
    assert (await town.http("POST", path, b"x=1"))[0] == 303
    await town.letter(who, "refund/started")
    staff = await town.letter(STAFF, "staff/refund_to_pay")
    assert number in staff.mail.subject
    await town.tell(make_event("payment.refunded", number))
    await town.letter(who, "refund/done")
    assert town.order(number).state == "refunded"


async def test_above_the_limit_staff_decide_on_a_page(town: Town) -> None:
    number, who = fresh(), somebody()
    line = {"sku": "S", "name": "Studio Suite", "quantity": 1, "unit_net": 42000, "tax_rate": "22"}
    await town.tell(make_event("order.placed", number, who, lines=[line], total_net=42000, total_tax=9240, total=51240))
    await town.tell(make_event("payment.received", number, amount=51240))
    paid = await town.letter(who, "payment/received")
    await town.answer(paid, "I want my money back, it does not run on my machine.")
    await town.letter(who, "refund/held")
    await town.until(lambda: any(number in letter.mail.subject for letter in town.box.sent(STAFF, "staff/case")))
    letter = next(one for one in town.box.sent(STAFF, "staff/case") if number in one.mail.subject)
    path = letter.link("case")
    status, _, page = await town.http("GET", path)
    assert status == 200
    assert "does not run on my machine" in page
    stale = urlencode({"action": "approve", "version": "1"}).encode()
    assert (await town.http("POST", path, stale))[0] == 409
    assert town.order(number).state == "paid"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    good = urlencode({"action": "approve", "version": version[1]}).encode()
    assert (await town.http("POST", path, good))[0] == 303
    await town.letter(who, "refund/started")
    assert (await town.http("POST", path, good))[0] == 409
    assert town.order(number).state == "refunding"


async def test_paying_another_way(town: Town) -> None:
    number, who = await _placed(town)
    path = town.box.sent(who)[0].link("pay")
    status, _, page = await town.http("GET", path)
    assert status == 200
    assert 'value="check"' in page
    assert (await town.http("POST", path, b"method=barter"))[0] == 422
    assert (await town.http("POST", path, b"method=check"))[0] == 303
    await town.until(lambda: len(town.box.sent(who)) == 2)
    assert "Ahornweg 4" in town.box.sent(who)[-1].mail.text
    assert town.order(number).payment_method == "check"


async def test_the_lookup_page_says_nothing(town: Town) -> None:
    number, who = await _placed(town)
    pages = []
    for address in (who, somebody()):
        status, location, page = await town.http("POST", "/lookup", urlencode({"email": address}).encode())
        pages.append((status, (await town.http("GET", location))[2] if location else page))
    assert pages[0][0] == pages[1][0]
    assert pages[0][1].replace(who, "") == pages[1][1].replace(who, "")
    letter = await town.letter(who, "purchase_lookup/list")
    assert number in letter.mail.text
    await town.calm()
    assert [name for name in town.box.names(who) if name.startswith("purchase_lookup")] == ["purchase_lookup/list"]


async def test_which_order_and_the_number_alone(town: Town) -> None:
    first, who = await _placed(town, *GOT_IT)
    second, _ = await _placed(town, *GOT_IT, email=who)
    await town.write("I want my money back!", who, verified="pass")
    question = await town.letter(who, "which_order/ask")
    assert first in question.mail.text
    await town.answer(question, second)
    letter = await town.letter(who, "refund/confirm")
    assert second in letter.mail.subject


async def test_a_mail_twice_is_answered_once(town: Town) -> None:
    _, who = await _placed(town, *GOT_IT)
    raw = make_raw("I lost my licence key.", who, verified="pass")
    for copy in (raw, raw, b"Received: from a by b; Mon, 16 Nov 2026 10:31:00 +0000\r\n" + raw):
        await town.hand_in(copy, who, OURS)
    await town.letter(who, "resend_key/sent")
    await town.calm()
    assert town.box.names(who).count("resend_key/sent") == 1
    assert len(town.rows(mails, mail_from=who)) == 1


async def test_nothing_is_relayed_for_strangers(town: Town) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        await town.hand_in(make_raw("Buy!"), "spam@elsewhere.example", "somebody@elsewhere.example")
    assert refused.value.recipients[0].code == 550


def _awkward() -> list[tuple[str, str]]:
    return [
        ("HTML", '<script>alert(1)</script><b>"&amp;'),
        ("Markdown", "# [Win](http://evil.example) **now** | `x` ![](http://evil.example/p.png)"),
        ("Jinja", "{{ 7 * 7 }}{% for x in y %}{# #}"),
        ("a URL", "https://evil.example/?a=1&b=2"),
        ("10,000 characters", "Ä" * 10_000),
        ("right to left", "\u202egnp.exe مرحبا"),
        ("typst", '#image("x") $ x $ @a <b> \\ /* // */'),
        ("mail", "x\r\nBcc: all@evil.example\r\n\r\nhello"),
    ]


@pytest.mark.parametrize(("what", "name"), _awkward(), ids=[what for what, _ in _awkward()])
async def test_an_awkward_name_goes_the_whole_way(what: str, name: str, town: Town) -> None:
    number, who = fresh(), somebody()
    line = {"sku": "NIM-5", "name": name, "quantity": 1, "unit_net": 8190, "tax_rate": "22", "tax_name": name[:50]}
    customer = {"name": name, "email": who, "address": {"street": name, "city": name, "country": "SI"}}
    await town.tell(make_event("order.placed", number, who, lines=[line], customer=customer))
    for kind in GOT_IT:
        await town.tell(make_event(kind, number))
    await town.letter(who, "delivery/keys")
    await town.answer(town.box.sent(who, "delivery/keys")[0], "Please send me the invoice again. I want my money back.")
    await town.letter(who, "invoice_copy/sent")
    assert town.events(number) == ["done"] * 3
    for letter in town.box.sent(who):
        _harmless(letter)
    for purpose in ("order", "refund"):
        found = [letter.link(purpose) for letter in town.box.sent(who) if letter.link(purpose)]
        status, _, page = await town.http("GET", found[0])
        assert status == 200
        assert "<script>alert" not in page


def _harmless(letter: Letter) -> None:
    html = letter.mail.html
    assert "<script" not in html
    assert 'href="http://evil' not in html
    assert 'href="https://evil' not in html
    assert 'src="http' not in html
    assert "49" not in re.findall(r"Jinja|\{\{", html)
    assert not letter.mail.header("Bcc")
    assert len(letter.mail.subject) < 200


async def test_an_awkward_order_number_goes_the_whole_way(town: Town) -> None:
    for number in ('<b>"1</b>', "{{7*7}}", "https://evil.example/1", "é" * 190, "../../etc/passwd", "a b/c?d#e"):
        who = somebody()
        await town.tell(make_event("order.placed", number, who))
        await town.tell(make_event("payment.received", number))
        letter = await town.letter(who, "payment/received")
        _harmless(letter)
        path = letter.link("order")
        assert not path or (await town.http("GET", path))[0] == 200


async def test_no_secret_stands_in_the_files(town: Town) -> None:
    number, who = await _placed(town, *GOT_IT)
    delivery = town.box.sent(who, "delivery/keys")[0]
    await town.answer(delivery, "I lost my key! My card is 4111 1111 1111 1111 and my password: hunter2secret.")
    await town.letter(who, "resend_key/sent")
    await town.calm()
    path = Path(str(town.db.engine.url.database))
    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for secret in ("4111 1111 1111 1111", "4111111111111111", "hunter2secret"):
        assert secret.encode() not in content, secret
    sealed = [row["sealed"] for row in town.rows(errands, to_address=who)] + [
        row["sealed"] for row in town.rows(events, order_number=number)
    ]
    assert all(KEY.encode() not in (one or b"") for one in sealed)
    row = town.rows(mails, mail_from=who)[0]
    assert row["secrets_removed"] == 2


async def test_no_licence_key_stands_in_the_files(town: Town) -> None:
    key = "QUOTED-KEY-OF-A-REPLY"
    number, who = fresh(), somebody()
    await town.tell(make_event("order.placed", number, who))
    await town.tell(make_event("payment.received", number))
    await town.tell(make_event("order.delivered", number, items=[{"sku": "NIM-5", "keys": [key]}]))
    await town.answer(await town.letter(who, "delivery/keys"), "Please send me the invoice again.")
    await town.letter(who, "invoice_copy/sent")
    await town.calm()
    path = Path(str(town.db.engine.url.database))
    assert key.encode() not in b"".join(file.read_bytes() for file in path.parent.iterdir())


async def test_the_invoice_is_kept_as_it_was_sent(town: Town) -> None:
    number, who = await _placed(town, *GOT_IT)
    from mailbot.store.tables import invoices

    row = town.rows(invoices, order_id=town.order(number).id)[0]
    assert hashlib.sha256(row["pdf"]).hexdigest() == row["sha256"]
    path = town.box.sent(who, "payment/received")[0].link("order")
    reader, writer = await asyncio.open_connection("127.0.0.1", town.running.web_port)
    writer.write(f"GET {path}/invoice HTTP/1.1\r\nHost: mail.shop.example\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.partition(b"\r\n\r\n")[2] == row["pdf"]


@pytest.fixture(scope="module")
async def slow_town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town in which confirmations wait two minutes."""
    letters = LetterSettings(hold_confirmation=timedelta(minutes=2))
    async with make_town(tmp_path_factory.mktemp("slow"), letters=letters) as town:
        yield town


async def test_reminders_come_in_their_time_and_the_order_lapses(slow_town: Town) -> None:
    town = slow_town
    number, who = fresh(), somebody()
    other, payer = fresh(), somebody()
    await town.tell(make_event("order.placed", number, who))
    await town.tell(make_event("order.placed", other, payer))
    await town.calm()
    assert town.box.sent(who) == []
    await town.tell(make_event("payment.received", other))
    await town.letter(payer, "payment/received")
    lines = await town.days(40)
    assert town.box.names(who) == [
        "order/awaiting_payment", "reminder/first", "reminder/second", "reminder/last", "order/expired",
    ]  # fmt: skip
    assert town.box.names(payer) == ["payment/received"]
    assert len(lines) == 4


async def test_a_restart_takes_up_what_was_left(tmp_path: Path) -> None:
    number, who = fresh(), somebody()
    async with make_town(tmp_path) as town:
        await town.tell(make_event("order.placed", number, who))
        await town.letter(who, "order/awaiting_payment")
        await town.calm()
    # What a killed process leaves: news and a mail in its hands, and a letter that may have left.
    with sqlite3.connect(tmp_path / "mailbot.db") as db:
        later = (NOW + work.LEASE).replace(tzinfo=None).isoformat(" ")
        db.execute("UPDATE errands SET state = 'working', next_try = ?, attempts = 1", (later,))
    async with make_town(tmp_path) as town:
        letter = await town.letter(who, "order/awaiting_payment")
        await town.calm()
        assert len(town.box.sent(who)) == 1
        assert town.rows(errands)[0]["error"].startswith("may arrive twice")
        assert letter.mail.message_id.startswith(f"<{town.rows(errands)[0]['ref']}")
        assert (await town.http("GET", "/health"))[0] == 200


async def test_a_relay_that_is_away_delays_and_loses_nothing(tmp_path: Path) -> None:
    from mailbot.settings import Relay

    number, who = fresh(), somebody()
    async with make_town(tmp_path, relay=Relay(host="127.0.0.1", port=1)) as town:
        status, _ = await town.tell(make_event("order.placed", number, who))
        assert status == 202
        await town.until(lambda: any(row["attempts"] for row in town.rows(errands)))
        await town.until(lambda: all(row["state"] == "ready" for row in town.rows(errands)))
    async with make_town(tmp_path) as town:
        town.clock.ahead = timedelta(hours=1)
        town.running.bells.ring("outbox")
        await town.letter(who, "order/awaiting_payment")
        await town.calm()
        assert len(town.box.sent(who)) == 1
