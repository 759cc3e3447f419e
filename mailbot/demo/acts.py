"""The buttons of the demo page, and what each does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from mailbot.demo import sample
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.demo.trythis import SUGGESTIONS

Form = Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """What a button did, in words, and which mail to show next."""

    said: str
    box: str = ""
    mail: int = 0


async def reply(stage: Stage, form: Form) -> Done:
    """The owner of the mailbox answers the letter."""
    post = stage.office.get(_number(form, "mail"))
    if post is None or not form.get("text", "").strip():
        return Done("write something first", form.get("box", ""), _number(form, "mail"))
    return await _watched(stage, lambda: stage.answer(post, form["text"]))


async def compose(stage: Stage, form: Form) -> Done:
    """Somebody writes to the shop out of the blue."""
    sender, text = form.get("from", "").strip()[:200], form.get("text", "").strip()
    if not text or "@" not in sender or any(char in sender for char in "<>\r\n, "):
        return Done("a mail needs a plain address to come from, and some words")
    shop = stage.app.settings.shop[0].address
    return await _watched(
        stage, lambda: stage.office.write(stage.smtp_port, sender, shop, form.get("subject") or "Question", text)
    )


async def suggest(stage: Stage, form: Form) -> Done:
    """Sends one of the suggestions."""
    number = _number(form, "suggestion")
    if not 0 <= number < len(SUGGESTIONS):
        return Done("there is no such suggestion")
    one = SUGGESTIONS[number]
    letters = [post for post in stage.office.box(one.sender) if one.order and one.order in post.mail.subject]
    answered = next((post for post in reversed(letters) if not post.sent), None)
    shop = stage.app.settings.shop[0].address
    if answered:
        return await _watched(stage, lambda: stage.answer(answered, one.text))
    subject = one.subject or one.label
    return await _watched(stage, lambda: stage.office.write(stage.smtp_port, one.sender, shop, subject, one.text))


async def day(stage: Stage, form: Form) -> Done:
    """Days pass; reminders come, orders lapse."""
    days = min(max(_number(form, "days"), 1), 30)
    lines = await stage.pass_days(days)
    passed = "A day passed" if days == 1 else f"{days} days passed"
    return Done(f"{passed}: {'; '.join(lines)[:240] or 'nothing was due'}.", form.get("box", ""))


async def place(stage: Stage, form: Form) -> Done:
    """A new order is placed, over the shop's API."""
    stage.made += 1
    number, method = str(20000 + stage.made), form.get("method", "wire")
    mark = stage.office.last
    status, answer = await stage.tell(sample.placed(number, "sam", "NIMBUS-5", 1, method, stage.clock.now()))
    post = await stage.office.wait_for(lambda post: number in post.mail.subject, 3, mark)
    if post is None:
        return Done(f"the API answered {status}: {answer}")
    return Done(f"POST /api/events answered {status}; the confirmation is here.", post.box, post.number)


async def pay(stage: Stage, form: Form) -> Done:
    """The newest order of the demo is paid and delivered."""
    if not stage.made:
        return Done("place an order first")
    number, mark = str(20000 + stage.made), stage.office.last
    for step in ("pay", "deliver"):
        body = sample.event(number, step, "sam", "NIMBUS-5", 1, "wire", stage.clock.now())
        await stage.tell(body)
    post = await stage.office.wait_for(lambda post: "delivery/keys" in post.letter, 3, mark)
    return Done("The money arrived and the shop delivered.", post.box if post else "", post.number if post else 0)


async def twice(stage: Stage, form: Form) -> Done:
    """The last mail that a customer sent is delivered again, as a nervous server does."""
    sent = next((post for post in reversed(stage.office.posts) if post.sent), None)
    if sent is None:
        return Done("nobody has written yet")
    mark, shop = stage.office.last, stage.app.settings.shop[0].address
    await stage.office.hand_in(stage.smtp_port, sent.box, shop, sent.raw)
    await stage.settle()
    came = [post for post in stage.office.posts if post.number > mark and not post.sent]
    words = "nothing happened a second time." if not came else f"{len(came)} letters came."
    return Done(f"The same mail was delivered again: {words}", sent.box, sent.number)


async def refuse(stage: Stage, form: Form) -> Done:
    """The next letter is refused for now; it comes a little later by itself."""
    stage.office.refuse_next = 1
    return Done("The customer's mail server refuses the next letter once (451). It comes a little later by itself.")


async def out_of_office(stage: Stage, form: Form) -> Done:
    """A customer's mail program answers by itself; the clerk must not."""
    box = "sam@customer.example"
    post = next((post for post in reversed(stage.office.box(box)) if not post.sent), None)
    if post is None:
        return Done("Sam has no letter to answer")
    raw = (
        f"From: {box}\r\nTo: {post.reply_to}\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n"
        f"Message-ID: <away-{stage.office.last}@customer.example>\r\nIn-Reply-To: {post.mail.message_id}\r\n\r\n"
        "I am away until Monday and want a refund of my holiday.\r\n"
    )
    mark = stage.office.last
    sent = await stage.office.hand_in(stage.smtp_port, box, post.reply_to, raw.encode())
    await stage.settle()
    words = "nobody was answered, as it should be." if stage.office.last == mark + 1 else "something was answered."
    return Done(f"An out-of-office reply came in: {words}", box, sent.number)


async def forged(stage: Stage, form: Form) -> Done:
    """Somebody writes in Emma's name; her domain's verdict says so. Kept for a person, neither obeyed nor answered."""
    victim, shop = "emma@customer.example", stage.app.settings.shop[0].address
    raw = (
        "Authentication-Results: mx.shop.example; dmarc=fail header.from=customer.example\r\n"
        f"From: Emma Jones <{victim}>\r\nTo: {shop}\r\nSubject: Order 10006\r\n"
        f"Message-ID: <forged-{stage.office.last}@elsewhere.example>\r\n\r\nPlease refund order 10006.\r\n"
    )
    sent = await stage.office.hand_in(stage.smtp_port, victim, shop, raw.encode())
    await stage.settle()
    return Done("A forged mail came in: it is kept for a person, and nobody was answered.", victim, sent.number)


async def bounced(stage: Stage, form: Form) -> Done:
    """The newest letter to Noah comes back: his address does not exist. It is marked, and staff are told."""
    box = "noah@customer.example"
    post = next((post for post in reversed(stage.office.box(box)) if not post.sent), None)
    if post is None:
        return Done("Noah has no letter that could come back")
    back = post.mail.header("return-path").strip("<>") or stage.bounce_address(post)
    raw = (
        "From: MAILER-DAEMON@mx.customer.example\r\nTo: " + back + "\r\nSubject: Undelivered mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe address does not exist.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customer.example\r\n\r\n"
        f"Final-Recipient: rfc822; {box}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    mark = stage.office.last
    await stage.office.hand_in(stage.smtp_port, box, back, raw.encode())
    told = await stage.office.wait_for(lambda post: "staff/notice" in post.letter, 3, mark)
    said = "A letter came back as undeliverable: staff are told."
    return Done(said, told.box, told.number) if told else Done(said, box)


ACTS: dict[str, Callable[[Stage, Form], Awaitable[Done]]] = {
    "reply": reply,
    "compose": compose,
    "suggest": suggest,
    "day": day,
    "place": place,
    "pay": pay,
    "twice": twice,
    "refuse": refuse,
    "away": out_of_office,
    "forged": forged,
    "bounced": bounced,
}


async def _watched(stage: Stage, write: Callable[[], Awaitable[Post]]) -> Done:
    """Sends a mail and waits a moment for the answer, so that the page that comes next shows it."""
    mark = stage.office.last
    sent = await write()
    post = await stage.office.wait_for(lambda post: post.box == sent.box, 2.0, mark)
    if post:
        return Done("Answered.", post.box, post.number)
    await stage.settle(1)
    return Done("Read, and left without an answer: see the reason on the right.", sent.box, sent.number)


def _number(form: Form, name: str) -> int:
    value = form.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else 0
