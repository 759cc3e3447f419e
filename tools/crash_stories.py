"""What the shop and its customers do while the installation is killed, and what has to be in the books afterwards.

Every story is one order. A customer who answers a letter has got it before; news that may cross is sent in any order.
What a story should have done is a list of history lines, from which steps and letters follow: `change: pay,
payment/received` is one step of the order and one letter to its customer.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crash_news import DOMAIN, STAFF, address, event
from crash_peers import Peers

PLACED = "change: order/awaiting_payment"
PAID = "change: pay, payment/received"
DELIVERED = "change: deliver, delivery/keys"


@dataclass
class Told:
    """What was said to the installation and accepted, and what should have come of it."""

    states: dict[str, str] = field(default_factory=dict)  # order number → state
    history: Counter[tuple[str, str]] = field(default_factory=Counter)  # (order number or actor, what)
    events: dict[str, str] = field(default_factory=dict)  # event id → state of its row
    mails: dict[str, str] = field(default_factory=dict)  # Message-ID → kind
    cases: Counter[tuple[str, str]] = field(default_factory=Counter)  # (order number, kind)
    to_staff: Counter[str] = field(default_factory=Counter)  # letters to staff, by name
    refunds: set[str] = field(default_factory=set)

    def letters(self) -> Counter[tuple[str, str]]:
        """Every letter that should exist, by address and name."""
        found: Counter[tuple[str, str]] = Counter({(STAFF, name): times for name, times in self.to_staff.items()})
        for (number, what), times in self.history.items():
            for name in _words(what):
                if "/" in name:
                    found[address(number), name] += times
        return found

    def versions(self) -> dict[str, int]:
        """The version that every order should have: one, and one more for each step."""
        found = dict.fromkeys(self.states, 1)
        for (number, what), times in self.history.items():
            steps = [word for word in _words(what) if "/" not in word]
            if number in found and what.startswith("change"):
                found[number] += len(steps) * times
        return found


@dataclass
class Street:
    """All stories share this: the peers, the books, and the moment at which days pass."""

    peers: Peers
    told: Told = field(default_factory=Told)
    days_pass: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: int = 10_000

    def number(self) -> str:
        self.numbers += 1
        return str(self.numbers)

    async def news(self, number: str, *kinds: str, ends: str = "done") -> None:
        """These events in any order, some at the same time."""
        shuffled = self.peers.chance.sample(kinds, len(kinds))
        for kind in shuffled:
            self.told.events[f"{kind}-{number}"] = ends
        await asyncio.gather(*(self._event(number, kind, place * 0.004) for place, kind in enumerate(shuffled)))

    async def _event(self, number: str, kind: str, wait: float) -> None:
        await asyncio.sleep(wait)
        await self.peers.post("/api/events", event(number, kind), kind="events", welcome=(200, 202))

    async def letter(self, number: str, name: str, nth: int = 1) -> tuple[str, str, str]:
        """The Reply-To, Message-ID and text of a letter that the customer has got."""
        found = await self.peers.letter(address(number), name, nth)
        text = found.get_body(("plain",))
        return str(found["Reply-To"]), str(found["Message-ID"]), text.get_content() if text else ""

    async def write(
        self, number: str, kind: str, text: str, *, to: str = "orders@shop.example", after: str = ""
    ) -> None:
        """The customer writes, to the shop or in answer to a letter."""
        message_id = f"<{len(self.told.mails)}.{number}.{kind}@{DOMAIN}>"
        self.told.mails[message_id] = kind
        answers = f"In-Reply-To: {after}\r\nReferences: {after}\r\n" if after else ""
        mail = (
            f"Authentication-Results: mx.shop.example; dmarc=pass header.from={DOMAIN}\r\n"
            f"From: Customer <{address(number)}>\r\nTo: <{to}>\r\nSubject: A question\r\n{answers}"
            f"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: {message_id}\r\n"
            f'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\nHello,\r\n\r\n{text}\r\n'
        )
        await self.peers.mail(address(number), to, mail.encode())

    async def click(self, text: str, page: str, form: str, *welcome: int) -> None:
        """The customer follows the link in a letter and presses the button."""
        link = re.search(rf"http://[^/\s]+(/{page}/[\w-]+)", text)
        assert link, f"no link to {page} in the letter"
        await self.peers.post(link[1], form.encode(), kind="clicks", welcome=welcome)

    def book(self, number: str, state: str, *lines: str) -> None:
        """What must have come of the story."""
        self.told.states[number] = state
        self.told.history.update((number, line) for line in lines)


async def lost_key(street: Street, number: str) -> None:
    """Bought, paid and delivered in any order; the key is lost, and so is the invoice."""
    await street.news(number, "placed", "paid", "delivered")
    await street.letter(number, "delivery/keys")
    await street.letter(number, "payment/received")
    await asyncio.gather(
        street.write(number, "resend_key", "I lost my licence key. Could you send it again?"),
        street.write(number, "invoice_copy", "Please send me a copy of the invoice."),
    )
    lines = (PLACED, PAID, DELIVERED, "reply: resend_key/sent", "reply: invoice_copy/sent")
    street.book(number, "paid", *lines)


async def cancels(street: Street, number: str) -> None:
    """An unpaid order is cancelled by answering; the money that comes all the same is a person's matter."""
    await street.news(number, "placed")
    to, after, _ = await street.letter(number, "order/awaiting_payment")
    await street.write(number, "cancel_order", "Please cancel my order.", to=to, after=after)
    await street.letter(number, "cancel_order/done")
    await street.news(number, "paid", ends="refused")
    street.told.cases[number, "illegal_step"] += 1
    street.told.to_staff["staff/case"] += 1
    street.book(number, "cancelled", PLACED, "change: cancel, cancel_order/done", "hold: hold")


async def has_paid(street: Street, number: str) -> None:
    """ "I have paid", and then the money comes."""
    await street.news(number, "placed")
    to, after, _ = await street.letter(number, "order/awaiting_payment")
    await street.write(number, "payment_sent", "I transferred the money this morning.", to=to, after=after)
    await street.letter(number, "payment_sent/thanks")
    await street.news(number, "paid")
    street.book(number, "paid", PLACED, "change: pause, payment_sent/thanks", PAID)


async def wants_refund(street: Street, number: str) -> None:
    """Money back: asked for by mail, started by the button, closed by the shop's news."""
    await street.news(number, "placed", "paid", "delivered")
    await street.letter(number, "delivery/keys")
    to, after, _ = await street.letter(number, "payment/received")
    await street.write(number, "refund", "I want my money back, please.", to=to, after=after)
    text = (await street.letter(number, "refund/confirm"))[2]
    await asyncio.gather(*(street.click(text, "refund", "", 303, 409, 410) for _ in range(2)))
    await street.letter(number, "refund/started")
    await street.news(number, "refunded")
    street.told.refunds.add(number)
    street.told.to_staff["staff/refund_to_pay"] += 1
    started = "change: request_refund, refund/started"
    lines = (PLACED, PAID, DELIVERED, "reply: refund/confirm", started, "change: refund, refund/done")
    street.book(number, "refunded", *lines)


async def pays_otherwise(street: Street, number: str) -> None:
    """Another way to pay is chosen on the page; a thank-you is closed in silence."""
    await street.news(number, "placed")
    text = (await street.letter(number, "order/awaiting_payment"))[2]
    await street.click(text, "pay", "method=check", 303)
    await street.letter(number, "order/awaiting_payment", 2)
    await street.write(number, "thanks", "Thank you very much!")
    street.told.history[f"customer:{address(number)}", "ignore: ignore"] += 1
    street.book(number, "pending", PLACED, "change: change_method, order/awaiting_payment")


async def wants_person(street: Street, number: str) -> None:
    """Two mails at the same time that ask for a person open one case; staff hear of both."""
    await street.news(number, "placed")
    await street.letter(number, "order/awaiting_payment")
    words = "I want to talk to a person, please."
    await asyncio.gather(*(street.write(number, "human", words) for _ in range(2)))
    await street.letter(number, "human/opened", 2)
    await street.news(number, "paid")
    street.told.cases[number, "human"] += 1
    street.told.to_staff["staff/case"] += 2
    street.book(number, "paid", PLACED, *["hold: human/opened"] * 2, PAID)


async def never_placed(street: Street, number: str) -> None:
    """News of an order that never comes waits, and staff hear of it once."""
    await street.news(number, "paid", ends="waiting")
    street.told.to_staff["staff/notice"] += 1


async def forgets(street: Street, number: str) -> None:
    """Nobody pays for days: one reminder, and then the money comes."""
    await street.news(number, "placed")
    await street.letter(number, "order/awaiting_payment")
    await street.days_pass.wait()
    await street.letter(number, "reminder/first")
    await street.news(number, "paid")
    street.book(number, "paid", PLACED, "change: remind, reminder/first", PAID)


STORIES: tuple[tuple[Callable[[Street, str], Awaitable[None]], int], ...] = (
    (lost_key, 6),
    (cancels, 4),
    (has_paid, 4),
    (wants_refund, 4),
    (pays_otherwise, 3),
    (wants_person, 2),
    (never_placed, 1),
    (forgets, 2),
)
"""Each story and how often it is told."""


def _words(what: str) -> list[str]:
    """The steps and letters in a line of history; what only names its action has neither."""
    action, _, rest = what.partition(": ")
    return [word for word in rest.split(", ") if word != action]
