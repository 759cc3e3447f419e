"""Mail comes in, answers go out: each kind in each state, with the proof that it needs, on the bench."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import Bench, make_bench
from kit import KEY, NOW, OURS, SHOP, STAFF, make_house, make_mail, make_order, make_raw, somebody

from mailbot.desk import mail as desk_mail
from mailbot.model.case import Case
from mailbot.model.decision import Proof
from mailbot.model.mail import Request
from mailbot.reading.proposer import Likeness, Proposer
from mailbot.store.tables import cases, errands, history, mails

PAID = ("payment.received",)
GOT_IT = ("payment.received", "order.delivered")
BACK = (*GOT_IT, "payment.refunded")
ENDED = ("order.cancelled",)

# what happened before, what the customer writes, the letters that answer, the state of the order then
ANSWERS = [
    (GOT_IT, "I lost my licence key, can you send it again?", ["resend_key/sent"], "paid"),
    ((), "I lost my licence key, can you send it again?", ["resend_key/not_yet"], "pending"),
    (PAID, "I lost my licence key, can you send it again?", ["resend_key/no_key"], "paid"),
    (BACK, "I lost my licence key, can you send it again?", ["case/handed_over"], "refunded"),
    (GOT_IT, "The download link does not work any more, please send a new one.", ["resend_download/sent"], "paid"),
    ((), "Where is my download link?", ["resend_download/not_yet"], "pending"),
    ((), "Please cancel my order.", ["cancel_order/done"], "cancelled"),
    (ENDED, "Please cancel my order.", ["cancel_order/already"], "cancelled"),
    (GOT_IT, "Please cancel my order.", ["refund/confirm"], "paid"),
    (GOT_IT, "I want my money back.", ["refund/confirm"], "paid"),
    ((), "I want my money back.", ["refund/not_paid"], "pending"),
    (BACK, "I want my money back.", ["refund/already"], "refunded"),
    (GOT_IT, "Please send me the invoice again.", ["invoice_copy/sent"], "paid"),
    ((), "Please send me the invoice.", ["invoice_copy/not_yet"], "pending"),
    ((), "I would like to pay by PayPal instead.", ["change_payment/link"], "pending"),
    (GOT_IT, "I would like to pay by PayPal instead.", ["change_payment/already_paid"], "paid"),
    (("payment.declined",), "My card was declined, what can I do?", ["card_declined/help"], "pending"),
    ((), "Where is my order?", ["order_status/status"], "pending"),
    (GOT_IT, "What is the status of my order?", ["order_status/status"], "paid"),
    ((), "I sent the bank transfer this morning.", ["payment_sent/thanks"], "pending"),
    (PAID, "I sent the bank transfer this morning.", ["payment_sent/already_received"], "paid"),
    (GOT_IT, "Can I please talk to a human being?", ["human/opened"], "paid"),
    (GOT_IT, "Thank you very much!", [], "paid"),
]


@pytest.mark.parametrize(("before", "text", "letters", "state"), ANSWERS, ids=[f"{a[2]}-{a[3]}" for a in ANSWERS])
async def test_a_customer_asks_and_is_answered(
    before: tuple[str, ...], text: str, letters: list[str], state: str, bench: Bench
) -> None:
    number, who = await bench.placed("", *before)
    known = len(bench.sent(who))
    await bench.write(text, who)
    assert [name for letter in bench.sent(who)[known:] for name in letter.names] == letters
    assert bench.order(number).state == state
    row = bench.rows(mails, mail_from=who)[0]
    assert (row["state"], row["order_id"]) == ("done", bench.order(number).id)
    decision = row["outcome"]["decisions"][0]
    assert decision["because"]
    assert decision["rule"]
    assert row["outcome"]["proof"] == "verified_sender"
    for letter in bench.sent(who):
        assert "/case/" not in letter.mail.text + letter.mail.html


async def test_who_writes_french_is_answered_in_french_and_staff_in_theirs(bench: Bench) -> None:
    who = somebody()
    await bench.placed(who, customer={"email": who, "language": "fr", "name": "Léa"})
    await bench.write("Bonjour, je voudrais annuler ma commande, merci.", who)
    news, answer = bench.sent(who)
    assert answer.names == ["cancel_order/done"]
    for letter in (news, answer):
        assert "commande" in letter.mail.subject.lower(), letter.mail.subject
    await bench.write("Je veux parler à un conseiller humain.", who)
    assert "Please decide" in bench.sent(STAFF, "staff/case")[-1].mail.subject


async def test_keys_go_to_the_address_of_the_order_and_nowhere_else(bench: Bench) -> None:
    number, who = await bench.placed("", *GOT_IT)
    stranger = somebody()
    await bench.write(f"I lost the licence key of order {number}.", stranger)
    assert bench.post.names(who)[-1] == "resend_key/sent"
    assert KEY in bench.sent(who)[-1].mail.text
    assert bench.post.names(stranger) == ["proof/asked"]
    answer = bench.sent(stranger)[0]
    for hidden in (KEY, number, who, "Ann", "Nimbus Pro"):
        assert hidden not in answer.mail.text + answer.mail.html + answer.mail.subject
    everywhere = [letter for letter in bench.sent() if KEY.encode() in letter.raw or KEY in letter.mail.text]
    assert {letter.to for letter in everywhere if number in letter.mail.text} == {who}


async def test_a_reply_to_elsewhere_does_not_lead_the_keys_away(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    thief = somebody()
    await bench.write("I lost my licence key.", who, Reply_To=thief, verified="")
    assert bench.sent(thief) == []
    assert bench.post.names(who)[-1] == "resend_key/sent"


ASKS = [
    "I lost the licence key of order {}.",
    "The download link of order {} does not work any more.",
    "Please send me the invoice of order {} again.",
    "I want my money back for order {}.",
    "Please cancel order {}.",
    "Where is my order {}?",
    "I would like to pay order {} by PayPal instead.",
    "I sent the bank transfer for order {} this morning.",
    "My card was declined for order {}, what can I do?",
    "Can I talk to a human about order {}?",
    "Order {}?",
]


@pytest.fixture(scope="module")
async def foreign(bench: Bench) -> list[str]:
    """The number of an order that does not exist, and those of orders in every state."""
    states: tuple[tuple[str, ...], ...] = ((), PAID, GOT_IT, BACK, ENDED)
    return ["N49998", *[(await bench.placed("", *before))[0] for before in states]]


@pytest.mark.parametrize("asker", ["a stranger", "a customer with another order"])
@pytest.mark.parametrize("text", ASKS)
async def test_a_stranger_learns_nothing(text: str, asker: str, foreign: list[str], bench: Bench) -> None:
    """The answer is the same, to the letter, whether there is such an order or not, and whatever its state."""
    told = []
    for number in foreign:
        who = somebody()
        if asker != "a stranger":
            await bench.placed(who)
        known = len(bench.sent(who))
        await bench.write(text.format(number), who)
        letters = bench.sent(who)[known:]
        own = {order["number"]: "OWN" for order in _own(bench, who)}
        told.append([(one.names, _plain(one, number, who, own)) for one in letters])
        assert letters or "Order" in text
    assert all(one == told[0] for one in told[1:]), [[names for names, _ in one] for one in told]


def _own(bench: Bench, who: str) -> list[dict[str, Any]]:
    from mailbot.store import orders

    return [{"number": order.number} for order in bench.db.see(orders.by_email, "demo", who)]


def _plain(letter: Any, number: str, who: str, own: dict[str, str]) -> str:
    text = f"{letter.mail.subject}\n{letter.mail.text}".replace(who, "WHO")
    assert number not in text
    for mine in own:
        text = text.replace(mine, "OWN")
    import re

    return re.sub(r"https://\S+", "LINK", text)


async def test_an_order_that_is_named_wrongly_is_not_replaced_by_the_only_one(bench: Bench) -> None:
    number, who = await bench.placed()
    foreign, _ = await bench.placed()
    for named in (foreign, "N49999"):
        await bench.write(f"Please cancel order {named}.", who)
        assert bench.order(number).state == "pending"
        assert bench.order(foreign).state == "pending"


async def test_a_cancel_that_is_not_proven_gets_a_button(bench: Bench) -> None:
    number, who = await bench.placed()
    await bench.write("Please cancel my order.", who, verified="")
    assert bench.post.names(who)[-1] == "cancel_order/confirm"
    assert bench.sent(who)[-1].link("cancel")
    assert bench.order(number).state == "pending"


async def test_a_reply_to_our_letter_is_proof_enough(bench: Bench) -> None:
    number, who = await bench.placed()
    await bench.answer(bench.sent(who)[0], "Please cancel my order.")
    assert bench.order(number).state == "cancelled"
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["proof"] == "reply_token"


async def test_the_token_of_another_is_no_proof(bench: Bench) -> None:
    number, who = await bench.placed()
    thief = somebody()
    await bench.answer(bench.sent(who)[0], "Please cancel my order.", sender=thief)
    assert bench.order(number).state == "pending"
    assert bench.rows(mails, mail_from=thief)[0]["outcome"]["proof"] == "none"


async def test_a_sender_whom_the_domain_disowns_is_neither_obeyed_nor_answered(bench: Bench) -> None:
    number, who = await bench.placed()
    known = len(bench.sent(who))
    await bench.write("Please cancel my order.", who, verified="fail")
    assert bench.order(number).state == "pending"
    assert len(bench.sent(who)) == known
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["decisions"][0]["action"] == "quarantine"
    assert bench.cases(customer=who)[0]["kind"] == "quarantine"


async def test_who_cannot_be_answered_is_seen_by_a_person(bench: Bench) -> None:
    _, who = await bench.placed(f"noreply@{somebody().replace('@', '.')}")
    known = bench.post.names(who)
    for _ in range(2):
        await bench.write("Please cancel my order.", who)
    assert bench.post.names(who) == known
    (case,) = bench.cases(customer=who)
    assert case["kind"] == "no_reply"
    assert len([one for one in bench.sent(STAFF, "staff/case") if who in one.mail.text]) == 1


async def test_a_header_of_our_mail_server_is_not_believed_from_elsewhere(bench: Bench) -> None:
    from mailbot.proof.verdict import Sender

    number, who = await bench.placed()
    asked: list[bytes] = []

    class Nobody:
        async def txt(self, name: str) -> Any:
            asked.append(name.encode())
            raise LookupError

        def __getattr__(self, name: str) -> Any:
            return self.txt

    from mailbot.proofs import Prover

    strict = Prover("mx.shop.example", ("10.0.0.9",), lambda: bench.now, Nobody())  # type: ignore[arg-type]
    raw = make_raw("Please cancel my order.", who, verified="pass")
    found = await strict.prove(raw, "127.0.0.1", who, bench.now)
    assert isinstance(found, Sender)
    assert found.verdict != "pass"
    assert number


# --- which order


async def test_the_reply_token_finds_the_order(bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    await bench.placed(who, *GOT_IT)
    await bench.answer(bench.sent(who, "delivery/keys")[0], "I lost the key.")
    row = bench.rows(mails, mail_from=who)[0]
    assert row["outcome"]["found_by"] == "reply token"
    assert row["order_id"] == bench.order(first).id


async def test_a_known_message_id_finds_the_order(bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    await bench.placed(who, *GOT_IT)
    letter = bench.sent(who, "delivery/keys")[0]
    references = f"<other@x.example> {letter.mail.message_id}"
    await bench.write("I lost the key.", who, References=references)
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["found_by"] == "thread"
    assert bench.rows(mails, mail_from=who)[0]["order_id"] == bench.order(first).id


async def test_a_stranger_in_the_thread_is_a_stranger(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    thief = somebody()
    letter = bench.sent(who, "delivery/keys")[0]
    await bench.write("I want my money back.", thief, References=letter.mail.message_id)
    assert bench.post.names(thief) == ["proof/asked"]


@pytest.mark.parametrize("where", ["subject", "text"])
async def test_a_number_and_the_sender_find_the_order(where: str, bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    await bench.placed(who, *GOT_IT)
    if where == "subject":
        await bench.write("I lost the key.", who, subject=f"Order {first}")
    else:
        await bench.write(f"I lost the key of order {first}.", who)
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["found_by"] == "number and sender"
    assert first in bench.sent(who)[-1].mail.subject


async def test_the_only_open_order_is_meant(bench: Bench) -> None:
    await bench.placed(who := somebody(), *ENDED)
    number, _ = await bench.placed(who, *GOT_IT)
    await bench.write("I lost my licence key.", who)
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["found_by"] == "only open order"
    assert number in bench.sent(who)[-1].mail.subject


async def test_two_candidates_lead_to_a_question_and_its_answer_is_enough(bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    second, _ = await bench.placed(who, *GOT_IT)
    await bench.write("I want my money back.", who)
    question = bench.sent(who)[-1]
    assert question.names == ["which_order/ask"]
    assert first in question.mail.text
    assert second in question.mail.text
    await bench.answer(question, second)
    letter = bench.sent(who)[-1]
    assert letter.names == ["refund/confirm"]
    assert second in letter.mail.subject
    assert bench.rows(mails, mail_from=who)[1]["outcome"]["requests"][0]["kind"] == "refund"


async def test_two_orders_that_are_named_are_two_answers_in_one_letter(bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    second, _ = await bench.placed(who, *GOT_IT)
    known = len(bench.sent(who))
    await bench.write(f"I lost the licence keys of orders {first} and {second}.", who)
    (letter,) = bench.sent(who)[known:]
    assert letter.names == ["resend_key/sent", "resend_key/sent"]
    assert first in letter.mail.text
    assert second in letter.mail.text


async def test_two_requests_are_one_letter_with_two_answers(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    known = len(bench.sent(who))
    await bench.write("I lost my licence key. Also, please send me the invoice again.", who)
    (letter,) = bench.sent(who)[known:]
    assert letter.names == ["resend_key/sent", "invoice_copy/sent"]
    assert KEY in letter.mail.text
    assert letter.mail.attachments


def test_what_cannot_both_be_done_is_left_to_a_person(bench: Bench) -> None:
    def case(kind: str) -> Case:
        return Case(SHOP, make_mail(), Request(kind, 0.9), NOW, "mail:1", order=make_order(), proof=Proof.REPLY_TOKEN)

    decisions = desk_mail.decide_all(bench.house, [case("cancel_order"), case("payment_sent"), case("order_status")])
    assert [decision.action for decision in decisions] == ["hold", "hold", "reply"]
    assert [change for decision in decisions for change in decision.changes] == []
    assert [letter.name for decision in decisions for letter in decision.letters] == [
        "case/handed_over", "order_status/status",
    ]  # fmt: skip
    assert len([decision for decision in decisions if decision.case]) == 1


# --- refunds


async def test_a_refund_starts_by_the_button_and_ends_with_the_money(bench: Bench) -> None:
    from mailbot.desk import click

    number, who = await bench.placed("", *GOT_IT)
    order = bench.order(number)
    await bench.write("I want my money back.", who)
    assert bench.order(number).state == "paid"
    assert bench.sent(who)[-1].link("refund")
    clicked = bench.db.call(click.start_refund, bench.house, order.id, bench.now)
    assert (clicked.done, clicked.why) == (True, "refunding")
    again = bench.db.call(click.start_refund, bench.house, order.id, bench.now)
    assert (again.done, again.why) == (False, "not_refunding")
    await bench.work()
    assert bench.post.names(who)[-1] == "refund/started"
    assert "99.92" in bench.sent(STAFF, "staff/refund_to_pay")[-1].mail.text
    assert [row["state"] for row in bench.rows(errands, kind="refund", order_id=order.id)] == ["open"]
    from kit import make_event

    await bench.tell(make_event("payment.refunded", number))
    assert bench.order(number).state == "refunded"
    assert bench.post.names(who)[-1] == "refund/done"
    assert [row["state"] for row in bench.rows(errands, kind="refund", order_id=order.id)] == ["closed"]


@pytest.mark.parametrize(("days", "letter"), [(29, "refund/confirm"), (31, "refund/outside_window")])
async def test_the_window_of_the_policy(days: int, letter: str, own_bench: Bench) -> None:
    _, who = await own_bench.placed("", *GOT_IT)
    own_bench.now += timedelta(days=days)
    await own_bench.write("I want my money back.", who)
    assert own_bench.post.names(who)[-1] == letter


BIG = {"lines": [{"sku": "S", "name": "Studio Suite", "quantity": 1, "unit_net": 42000, "tax_rate": "22"}],
       "total_net": 42000, "total_tax": 9240, "total": 51240}  # fmt: skip


async def _held(bench: Bench) -> tuple[str, str, dict[str, Any]]:
    from kit import make_event

    number, who = await bench.placed(**BIG)
    await bench.tell(make_event("payment.received", number, amount=51240))
    await bench.write("I want my money back.", who)
    assert bench.post.names(who)[-1] == "refund/held"
    assert bench.order(number).state == "paid"
    return number, who, bench.cases(customer=who)[0]


async def test_above_the_limit_a_person_decides_and_yes_does_exactly_what_was_held(bench: Bench) -> None:
    from mailbot.desk import click

    number, who, case = await _held(bench)
    letter = bench.sent(STAFF, "staff/case")[-1]
    for word in (number, "512.40", who, "I want my money back", "limit"):
        assert word in letter.mail.text, word
    assert "which pays €512.40 back to the customer" in letter.mail.text.replace("\n", " ")
    assert letter.link("case")
    version = bench.order(number).version
    done = bench.db.call(click.approve, bench.house, case["id"], bench.now, version)
    assert (done.done, done.why) == (True, "approved")
    await bench.work()
    assert bench.order(number).state == "refunding"
    assert bench.post.names(who)[-1] == "refund/started"
    assert bench.sent(STAFF)[-1].names == ["staff/refund_to_pay"]
    again = bench.db.call(click.approve, bench.house, case["id"], bench.now, version)
    assert (again.done, again.why) == (False, "case_closed")
    assert bench.rows(history, order_id=bench.order(number).id)[-1]["proof"] == "staff"


async def test_no_tells_the_customer_and_changes_nothing(bench: Bench) -> None:
    from mailbot.desk import click

    number, who, case = await _held(bench)
    before = bench.order(number)
    assert bench.db.call(click.decline, bench.house, case["id"], bench.now, before.version).done
    await bench.work()
    assert bench.order(number) == before
    assert bench.post.names(who)[-1] == "refund/declined"
    assert bench.rows(cases, id=case["id"])[0]["state"] == "declined"


async def test_a_yes_to_what_has_changed_meanwhile_is_refused(bench: Bench) -> None:
    from kit import make_event

    from mailbot.desk import click

    number, _, case = await _held(bench)
    seen = bench.order(number).version
    await bench.tell(make_event("payment.refunded", number, amount=51240))
    for version in (seen, None, bench.order(number).version):
        done = bench.db.call(click.approve, bench.house, case["id"], bench.now, version)
        assert (done.done, done.why) == (False, "order_changed")
    assert bench.order(number).state == "refunded"


async def test_a_part_of_the_money_is_a_persons_decision(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    await bench.write("I would like a refund of 20 euro for one of the licences.", who)
    assert bench.post.names(who)[-1] == "refund/held"
    case = bench.cases(customer=who)[0]
    assert case["held"] is None  # a yes would have paid the whole back
    assert "20.00 EUR" in case["reason"]
    assert "waits for your yes" not in bench.sent(STAFF, "staff/case")[-1].mail.text


async def test_a_refund_that_was_started_can_be_called_off_and_asked_for_again(bench: Bench) -> None:
    from mailbot.desk import click

    number, who = await bench.placed("", *GOT_IT)
    order = bench.order(number)
    assert bench.db.call(click.start_refund, bench.house, order.id, bench.now).done
    await bench.work()
    await bench.write("I want a refund, or rather not: can I keep it?", who)
    assert bench.post.names(who)[-1] == "refund/already"
    case = bench.cases(customer=who, state="open")[-1]
    done = bench.db.call(click.approve, bench.house, case["id"], bench.now, bench.order(number).version)
    await bench.work()
    assert (done.why, bench.order(number).state) == ("approved", "paid")
    assert bench.post.names(who)[-1] == "refund/kept"
    assert [row["state"] for row in bench.rows(errands, kind="refund", order_id=order.id)] == ["closed"]
    assert "please do not pay it back" in bench.sent(STAFF, "staff/notice")[-1].mail.text.replace("\n", " ")

    assert bench.db.call(click.start_refund, bench.house, order.id, bench.now).done
    await bench.work()
    assert bench.post.names(who)[-1] == "refund/started"
    assert [row["state"] for row in bench.rows(errands, kind="refund", order_id=order.id)] == ["closed", "open"]


# --- people


async def test_a_person_asked_for_is_a_person_reached(bench: Bench) -> None:
    from mailbot.desk import click

    _, who = await bench.placed("", *GOT_IT)
    await bench.write("I want to speak to a real person, please.", who)
    assert bench.post.names(who)[-1] == "human/opened"
    case = bench.cases(customer=who)[0]
    assert case["promised_by"] > bench.now
    assert case["promised_by"].weekday() < 5
    assert "real person" in bench.sent(STAFF, "staff/case")[-1].mail.text
    assert bench.db.call(click.answer, bench.house, case["id"], "Dear Ann,\n\nof course.\n\nAnna", bench.now).done
    await bench.work()
    answer = bench.sent(who)[-1]
    assert answer.names == ["case/answer"]
    assert "of course." in answer.mail.text
    assert answer.mail.in_reply_to
    assert not bench.db.call(click.answer, bench.house, case["id"], "Again", bench.now).done


async def test_whatever_is_written_to_an_open_case_reaches_staff(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    for text in ("I want a human.", "A human please! My number is 555-0199.", "Purple monkey dishwasher.",
                 "The window shows error 0x80070057."):  # fmt: skip
        await bench.write(text, who)
        assert text[:20] in bench.sent(STAFF, "staff/case")[-1].mail.text, text


@pytest.mark.parametrize("known", [True, False])
async def test_what_is_not_understood_goes_to_a_person(known: bool, bench: Bench) -> None:
    who = (await bench.placed())[1] if known else somebody()
    before = len(bench.sent(who))
    await bench.write("Purple monkey dishwasher.", who, verified="")
    assert [letter.names for letter in bench.sent(who)[before:]] == ([["unclear/passed_on"]] if known else [])
    assert bench.cases(customer=who)[0]["kind"] == "unclear"


# --- lookups


async def test_the_number_that_is_named_goes_before_the_letter_that_is_answered(bench: Bench) -> None:
    first, who = await bench.placed()
    letter = bench.sent(who)[-1]
    second, _ = await bench.placed(who)
    await bench.answer(letter, f"Please cancel order {second}.")
    assert [bench.order(number).state for number in (first, second)] == ["pending", "cancelled"]


async def test_another_ones_letter_proves_nothing_for_the_order_that_is_named(bench: Bench) -> None:
    _, ann = await bench.placed()
    number, bob = await bench.placed()
    await bench.answer(bench.sent(ann)[-1], f"Please cancel order {number}.", sender=bob)  # says From: bob
    assert bench.order(number).state == "pending"
    assert bench.rows(mails, mail_from=bob)[-1]["outcome"]["proof"] == "none"


@pytest.mark.parametrize("named", ["help@shop.example", "Orders@Shop.example", "orders+rx@shop.example", STAFF])
async def test_our_own_addresses_are_not_the_ones_asked_about(named: str, bench: Bench) -> None:
    number, who = await bench.placed()
    await bench.write(f"{named} told me to ask you: please send me a list of all my orders.", who)
    letter = bench.sent(who)[-1]
    assert letter.names == ["purchase_lookup/list"]
    assert number in letter.mail.text
    assert "purchase_lookup/list" not in bench.post.names(STAFF)


async def test_who_mentions_another_address_gets_their_own_list_too(bench: Bench) -> None:
    number, who = await bench.placed()
    other_number, other = await bench.placed()
    await bench.write(f"Please send me a list of all my orders. I may have used {other} for them.", who)
    letter = bench.sent(who)[-1]
    assert letter.names == ["purchase_lookup/list", "purchase_lookup/asked"]
    assert number in letter.mail.text
    assert other_number not in letter.mail.text
    assert bench.sent(other)[-1].names == ["purchase_lookup/list"]
    assert number not in bench.sent(other)[-1].mail.text


async def test_a_lookup_goes_to_the_address_asked_about(bench: Bench) -> None:
    number, who = await bench.placed("", *GOT_IT)
    stranger, nobody = somebody(), somebody()
    await bench.write(f"What did I buy from you? My address was {who}.", stranger)
    await bench.write(f"What did I buy from you? My address was {nobody}.", stranger)
    assert bench.post.names(who)[-1] == "purchase_lookup/list"
    assert number in bench.sent(who)[-1].mail.text
    assert bench.sent(nobody) == []
    first, second = bench.sent(stranger)
    assert first.names == second.names == ["purchase_lookup/asked"]
    assert first.mail.text == second.mail.text
    assert number not in first.mail.text


# --- mail that is not answered

AUTOMATIC = [
    ("auto-reply", {"Auto_Submitted": "auto-replied"}),
    ("out of office", {"subject": "Out of Office: Re: your order", "X_Auto_Response_Suppress": "All",
                       "Auto_Submitted": "auto-replied"}),
    ("list", {"List_Id": "<news.example>", "Precedence": "list"}),
    ("bulk", {"Precedence": "bulk", "List_Unsubscribe": "<mailto:x@y.example>"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "headers"), AUTOMATIC, ids=[row[0] for row in AUTOMATIC])
async def test_automatic_mail_is_never_answered(what: str, headers: dict[str, str], bench: Bench) -> None:
    number, who = await bench.placed()
    known = len(bench.sent())
    await bench.write("Please cancel my order, I want a refund and a human.", who, **headers)
    assert len(bench.sent()) == known
    assert bench.order(number).state == "pending"
    assert bench.rows(mails, mail_from=who)[0]["outcome"]["decisions"][0]["action"] == "ignore"


@pytest.mark.parametrize("sender", [OURS, "orders+r2345@shop.example"])
async def test_our_own_mail_is_never_answered(sender: str, bench: Bench) -> None:
    known = len(bench.sent(sender))
    await bench.write("I want my money back.", sender)
    assert len(bench.sent(sender)) == known


async def test_our_own_letter_that_comes_back_is_never_answered(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    known = len(bench.sent())
    letter = bench.sent(who)[0]
    await bench.hand_in(letter.raw, letter.mail_from, OURS)
    await bench.hand_in(letter.raw.replace(b"orders@shop", b"other@shop"), who, OURS)
    assert len(bench.sent()) == known


async def test_the_null_sender_is_never_answered(bench: Bench) -> None:
    known = len(bench.sent())
    raw = b"From: <>\r\nTo: orders@shop.example\r\nSubject: x\r\n\r\nI want a refund.\r\n"
    await bench.hand_in(raw, "", OURS)
    assert len(bench.sent()) == known


def _bounce(letter: Any, status: str = "5.1.1") -> bytes:
    action = "failed" if status.startswith("5") else "delayed"
    return (
        f"From: MAILER-DAEMON@mx.customer.example\r\nTo: {letter.mail_from}\r\nSubject: Undelivered Mail\r\n"
        "MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI want a refund.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customer.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.to}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.mail.message_id}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(("status", "state", "notices"), [("5.1.1", "never", 1), ("4.2.2", "done", 0)])
async def test_a_bounce_marks_its_letter(status: str, state: str, notices: int, bench: Bench) -> None:
    number, who = await bench.placed()
    letter = bench.sent(who)[0]
    before = len(bench.sent(STAFF)), len(bench.sent())
    await bench.hand_in(_bounce(letter, status), "", letter.mail_from)
    row = bench.rows(errands, to_address=who)[0]
    assert row["state"] == state
    assert len(bench.sent(STAFF)) - before[0] == len(bench.sent()) - before[1] == notices
    if notices:
        assert number in bench.sent(STAFF)[-1].mail.text
        assert status in bench.sent(STAFF)[-1].mail.text


async def test_a_customer_whose_letters_bounce_twice_is_told_of_once(bench: Bench) -> None:
    _, who = await bench.placed()
    letter = bench.sent(who)[0]
    known = len(bench.sent(STAFF))
    await bench.hand_in(_bounce(letter), "", letter.mail_from)
    await bench.hand_in(_bounce(letter).replace(b"mx.customer", b"mx2.customer"), "", letter.mail_from)
    assert len(bench.sent(STAFF)) == known + 1


async def test_a_colleague_is_not_treated_as_a_customer(own_bench: Bench) -> None:
    bench = own_bench
    number, _ = await bench.placed()
    known = len(bench.sent())
    await bench.write(f"Please cancel order {number}.", STAFF)
    assert [(letter.to, letter.names) for letter in bench.sent()[known:]] == [(STAFF, ["staff/notice"])]
    assert bench.order(number).state == "pending"


async def test_a_robot_at_the_address_of_a_colleague_does_not_talk_for_ever(own_bench: Bench) -> None:
    for n in range(14):
        await own_bench.write(f"Ticket {n} was opened for you.", STAFF)
    assert len(own_bench.sent(STAFF)) == 10


# --- once, and not too often


async def test_a_mail_twice_is_one_mail(bench: Bench) -> None:
    _, who = await bench.placed("", *GOT_IT)
    raw = make_raw("I lost my licence key.", who, verified="pass")
    for copy in (raw, raw, b"Received: from a by b; Mon, 16 Nov 2026 10:31:00 +0000\r\n" + raw,
                 b"Received: from a\r\n\tby c\r\nDelivered-To: x@y.example\r\n" + raw):  # fmt: skip
        await bench.hand_in(copy, who, OURS)
    assert len(bench.rows(mails, mail_from=who)) == 1
    assert bench.post.names(who).count("resend_key/sent") == 1


@pytest.mark.parametrize("path", ["mail", "mail from many", "news"])
async def test_nobody_gets_more_than_ten_letters_in_three_hours(path: str, own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed("", *GOT_IT)
    for n in range(15):
        bench.now += timedelta(minutes=3)
        if path == "news":
            await bench.placed(who)
        else:
            sender = who if path == "mail" else somebody()
            await bench.write(f"I lost the licence key of order {number}, mail {n} of many.", sender)
    assert len(bench.sent(who)) == 10
    if path == "mail":
        assert [case["kind"] for case in bench.cases(customer=who)] == ["too_many"]
        assert len(bench.sent(STAFF, "staff/case")) == 1
    await bench.later(hours=4)
    await bench.write(f"I lost the licence key of order {number} again.", who)
    assert len(bench.sent(who)) > 10


async def test_a_loop_with_another_robot_ends(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed("", *GOT_IT)
    for _ in range(14):
        await bench.answer(bench.sent(who)[-1], "I lost my licence key.")
    assert len(bench.sent(who)) == 10


async def test_the_answer_to_a_question_does_everything_that_was_asked(bench: Bench) -> None:
    first, who = await bench.placed("", *GOT_IT)
    await bench.placed(who, *GOT_IT)
    await bench.write("I lost my licence key. Please send the invoice again, too.", who)
    question = bench.sent(who)[-1]
    assert question.names == ["which_order/ask"]
    await bench.answer(question, f"It is {first}")
    assert bench.sent(who)[-1].names == ["resend_key/sent", "invoice_copy/sent"]
    assert first in bench.sent(who)[-1].mail.text


class Guesses(Proposer):
    """Finds any text like the examples of one kind, as long as it is longer than an answer."""

    def __init__(self, kind: str, answer: str) -> None:
        self._kind, self._answer = kind, answer

    def liken(self, language: str, tokens: Sequence[str], ideas: object = ()) -> Likeness | None:
        kind = self._kind if len(tokens) > 10 else self._answer
        return Likeness({kind: 0.97, "unclear": 0.03}, 20, lambda kind: ("these", "words"))


@pytest.mark.parametrize("answer", ["unclear", "order_status"], ids=lambda kind: f"the answer looks like {kind}")
async def test_a_guess_stays_one_when_the_order_is_settled_by_a_question(answer: str, tmp_path: Path) -> None:
    book = make_house().book
    bench = make_bench(tmp_path, book=replace(book, proposer=Guesses("cancel_order", answer)))
    first, who = await bench.placed("")
    await bench.placed(who)
    await bench.write("Something with the blue thing there, you know what.", who)
    question = bench.sent(who)[-1]
    assert question.names == ["which_order/ask"]
    await bench.answer(question, f"It is the one with {first}")
    assert bench.sent(who)[-1].names == ["cancel_order/confirm"]
    assert bench.order(first).state == "pending"
    bench.db.close()
