"""`mailbot demo --script`: one conversation for each kind of request, played over real SMTP and HTTP, and printed."""

import re
import textwrap
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from mailbot.demo import sample
from mailbot.demo.http import get, press
from mailbot.demo.post_office import Post
from mailbot.demo.sample import STAFF
from mailbot.demo.stage import Stage


class StoryFault(Exception):
    """A step of the demo did not happen as it should."""


@dataclass(frozen=True)
class Scene:
    """One conversation: who writes what, answering which letter, and which letters must come of it.

    `expect` maps an address to the letter that it must get. `quiet` says that nothing may come at all.
    """

    title: str
    sender: str
    text: str
    expect: dict[str, str]
    order: str = ""  # answers the newest letter about this order; "" writes out of the blue
    subject: str = ""
    shows: str = ""  # must stand in the letter to the sender
    then: str = ""  # the name of what happens afterwards (see _AFTER)
    quiet: bool = False


SCENES = (
    Scene("A lost key", "sam@customer.example", "Hi, I lost my licence key. Can you send it again?",
          {"sam@customer.example": "resend_key/sent"}, "10001", shows="-"),
    Scene("A stranger asks for the same key", "mallory@stranger.example", "I lost my licence key for order 10001, please resend it.",
          {"sam@customer.example": "resend_key/sent", "mallory@stranger.example": "proof/asked"}, subject="Order 10001"),
    Scene("A dead download link, in French", "luc@client.example", "Bonjour, je n'arrive plus à télécharger Photo Pro, le lien ne marche plus.",
          {"luc@client.example": "resend_download/not_yet"}, "10002"),
    Scene("The download again", "sam@customer.example", "The download link does not work any more, please send me a new one.",
          {"sam@customer.example": "resend_download/sent"}, "10001", shows="https://files.shop.example/nimbus-5.zip"),
    Scene("The invoice, please", "sam@customer.example", "Could you send me the invoice again? My accountant needs it.",
          {"sam@customer.example": "invoice_copy/sent"}, "10001"),
    Scene("Where is my order?", "luc@client.example", "Bonjour, où en est ma commande ?",
          {"luc@client.example": "order_status/status"}, "10002"),
    Scene("The transfer went out", "luc@client.example", "J'ai fait le virement ce matin.",
          {"luc@client.example": "payment_sent/thanks"}, "10002"),
    Scene("Pay another way", "noah@customer.example", "I would rather pay by card than by check. How can I change the payment method?",
          {"noah@customer.example": "change_payment/link"}, "10007", then="pay by PayPal"),
    Scene("A declined card", "jonas@kunde.example", "My card was declined, what can I do?",
          {"jonas@kunde.example": "card_declined/help"}, "10004"),
    Scene("Cancel an unpaid order", "noah@customer.example", "Please cancel my order, I don't need it any more.",
          {"noah@customer.example": "cancel_order/done"}, "10008"),
    Scene("My money back", "sam@customer.example", "I want a refund, the software is not what I expected.",
          {"sam@customer.example": "refund/confirm"}, "10001", then="press the refund button"),
    Scene("A refund above the limit", "emma@customer.example", "Please refund order 10005, I bought the wrong edition.",
          {"emma@customer.example": "refund/held", STAFF: "staff/case"}, "10005", then="staff approve"),
    Scene("Which of two orders?", "emma@customer.example", "I lost my key, please send it again.",
          {"emma@customer.example": "which_order/ask"}, then="name the order"),
    Scene("What did I buy?", "maria@cliente.example", "Could you send me a list of all my purchases with you?",
          {"maria@cliente.example": "purchase_lookup/list"}),
    Scene("A person, please", "maria@cliente.example", "I want to talk to a human being, please.",
          {"maria@cliente.example": "human/opened", STAFF: "staff/case"}, "10003"),
    Scene("Something unclear", "maria@cliente.example", "You know what I mean, the thing with the aunt and the blue hat.",
          {"maria@cliente.example": "unclear/passed_on", STAFF: "staff/case"}, "10003"),
    Scene("Thank you", "sam@customer.example", "Thank you very much!", {}, "10001", quiet=True),
)  # fmt: skip


async def play(stage: Stage, scenes: tuple[Scene, ...] = SCENES) -> AsyncIterator[str]:
    """Plays the scenes in order, yielding what is to be printed. Raises StoryFault at the first that goes wrong."""
    yield f"The sample shop has {len(stage.office.posts)} letters out already. Its customers write:"
    for number, scene in enumerate(scenes, 1):
        yield f"\n{number}. {scene.title}"
        mark = stage.office.last
        yield _said(await _write(stage, scene))
        for line in await _answers(stage, scene, mark):
            yield line
        if scene.then:
            async for line in _AFTER[scene.then](stage, scene):
                yield line


async def _write(stage: Stage, scene: Scene) -> Post:
    if scene.order:
        letters = [
            post for post in stage.office.box(scene.sender) if not post.sent and scene.order in post.mail.subject
        ]
        if not letters:
            raise StoryFault(f"{scene.title}: {scene.sender} has no letter about order {scene.order} to answer")
        return await stage.answer(letters[-1], scene.text)
    return await stage.office.write(
        stage.smtp_port, scene.sender, stage.settings.shop[0].address, scene.subject or "Question", scene.text
    )


async def _answers(stage: Stage, scene: Scene, mark: int) -> list[str]:
    lines = []
    for address, name in scene.expect.items():
        post = await stage.office.wait_for(_is_letter(address, name), after=mark)
        if post is None:
            came = [
                f"{post.letter} to {post.box}" for post in stage.office.posts if post.number > mark and not post.sent
            ]
            raise StoryFault(f"{scene.title}: no {name} came to {address}; what came: {', '.join(came) or 'nothing'}")
        if scene.shows and address == scene.sender and scene.shows not in post.mail.text:
            raise StoryFault(f"{scene.title}: '{scene.shows}' is not in the letter {name}")
        lines.append(_got(post))
    if scene.quiet:
        await stage.settle()
        if stage.office.last > mark + 1:
            raise StoryFault(f"{scene.title}: silence was due, but {stage.office.posts[-1].letter} came")
        lines.append("   (silence: a thank-you asks for no answer)")
    return lines


async def _press_refund(stage: Stage, scene: Scene) -> AsyncIterator[str]:
    link = _link(stage, scene.sender, "/refund/")
    mark = stage.office.last
    status, _ = await get(link)
    _check(
        status == 200 and not await stage.office.wait_for(lambda post: True, 0.2, mark),
        "looking at the page does nothing",
    )
    status, _ = await press(link)
    _check(status == 200, f"the refund button answers {status}")
    yield "   [the customer opens the page and presses its button]"
    yield _got(await _came(stage, scene.sender, "refund/started", mark))
    yield _got(await _came(stage, STAFF, "staff/refund_to_pay", mark))
    mark = stage.office.last
    who, sku, quantity, method = sample.money_of(scene.order)
    await stage.tell(sample.event(scene.order, "refund", who, sku, quantity, method, stage.clock.now()))
    yield "   [Anna pays it back; the shop says so]"
    yield _got(await _came(stage, scene.sender, "refund/done", mark))


async def _approve(stage: Stage, scene: Scene) -> AsyncIterator[str]:
    link, mark = _link(stage, STAFF, "/case/"), stage.office.last
    status, page = await get(link)
    version = re.search(r'name="version" value="(\d+)"', page)
    _check(status == 200 and version is not None, "the case page shows the decision")
    status, _ = await press(link, action="approve", version=version[1] if version else "")
    _check(status == 200, f"the approve button answers {status}")
    yield "   [Anna opens the case and approves]"
    yield _got(await _came(stage, scene.sender, "refund/started", mark))


async def _pay_by_paypal(stage: Stage, scene: Scene) -> AsyncIterator[str]:
    link, mark = _link(stage, scene.sender, "/pay/"), stage.office.last
    status, _ = await press(link, method="paypal")
    _check(status == 200, f"the payment page answers {status}")
    yield "   [the customer chooses PayPal on the page]"
    yield _got(await _came(stage, scene.sender, "order/awaiting_payment", mark))


async def _name_order(stage: Stage, scene: Scene) -> AsyncIterator[str]:
    question = await _came(stage, scene.sender, "which_order/ask", 0)
    mark = stage.office.last
    yield _said(await stage.answer(question, "10006"))
    yield _got(await _came(stage, scene.sender, "resend_key/sent", mark))


_AFTER: dict[str, Callable[[Stage, Scene], AsyncIterator[str]]] = {
    "press the refund button": _press_refund,
    "staff approve": _approve,
    "pay by PayPal": _pay_by_paypal,
    "name the order": _name_order,
}


def _is_letter(address: str, name: str) -> Callable[[Post], bool]:
    return lambda post: post.box == address and name in post.letter


async def _came(stage: Stage, address: str, name: str, mark: int) -> Post:
    post = await stage.office.wait_for(_is_letter(address, name), after=mark)
    if post is None:
        raise StoryFault(f"no {name} came to {address}")
    return post


def _link(stage: Stage, address: str, path: str) -> str:
    """The newest link of that kind in a mailbox."""
    for post in reversed(stage.office.box(address)):
        found = re.search(re.escape(stage.url + path) + r"[\w-]+", post.mail.text)
        if found and not post.sent:
            return found[0]
    raise StoryFault(f"no link {path} in the mailbox of {address}")


def _check(good: bool, what: str) -> None:
    if not good:
        raise StoryFault(what)


def _said(post: Post) -> str:
    text = post.mail.text.split("\n\nOn ")[0].strip()
    return f"   {post.box} writes: “{_short(text)}”"


def _got(post: Post) -> str:
    body = [line.strip() for line in post.mail.text.splitlines() if line.strip()]
    return f"   → {post.box} gets {post.letter}\n     {post.mail.subject}\n{_indent(' '.join(body[1:4]))}"


def _indent(text: str) -> str:
    return textwrap.fill(_short(text, 220), 96, initial_indent="     ", subsequent_indent="     ")


def _short(text: str, most: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
