"""The buttons of the demo page, and what each does."""

import time
from collections.abc import Awaitable, Callable

from mailbot.demo import sample, troubles
from mailbot.demo.doing import Done, Form
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.demo.trythis import SUGGESTIONS


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
    shop = stage.settings.shop[0].address
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
    shop = stage.settings.shop[0].address
    if answered:
        return await _watched(stage, lambda: stage.answer(answered, one.text))
    subject = one.subject or one.label
    return await _watched(stage, lambda: stage.office.write(stage.smtp_port, one.sender, shop, subject, one.text))


async def day(stage: Stage, form: Form) -> Done:
    """Days pass; reminders come, orders lapse."""
    days, mark = min(max(_number(form, "days"), 1), 30), stage.office.last
    lines = await stage.pass_days(days)
    passed = "A day passed" if days == 1 else f"{days} days passed"
    return _happened(stage, form, passed, lines, mark)


async def due(stage: Stage, form: Form) -> Done:
    """The clock goes on to the next thing that falls due, and that happens."""
    one, mark = await stage.coming(), stage.office.last
    if one is None:
        return Done("Nothing is going to fall due: no order waits for its money.", form.get("box", ""))
    lines = await stage.pass_until(one.at)
    return _happened(stage, form, f"It is {one.at:%a %-d %B %Y, %H:%M} UTC", lines, mark)


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


ACTS: dict[str, Callable[[Stage, Form], Awaitable[Done]]] = {
    "reply": reply,
    "compose": compose,
    "suggest": suggest,
    "day": day,
    "place": place,
    "pay": pay,
    "due": due,
    "twice": troubles.twice,
    "refuse": troubles.refuse,
    "away": troubles.out_of_office,
    "forged": troubles.forged,
    "bounced": troubles.bounced,
    "crash": troubles.crash,
}


async def _watched(stage: Stage, write: Callable[[], Awaitable[Post]]) -> Done:
    """Sends a mail and waits a moment for the answer, so that the page that comes next shows it."""
    mark, begun = stage.office.last, time.monotonic()
    sent = await write()
    await stage.settle(2.0)
    post = next((post for post in stage.office.box(sent.box) if post.number > mark and not post.sent), None)
    if post:
        return Done(f"Answered after {time.monotonic() - begun:.2f} seconds.", post.box, post.number)
    return Done("Read, and left without an answer: see the reason on the right.", sent.box, sent.number)


def _happened(stage: Stage, form: Form, when: str, lines: list[str], mark: int) -> Done:
    """Time has passed: what the clock did, and the first letter that came of it."""
    said = f"{when}: {'; '.join(lines)[:240] or 'nothing else happened'}."
    came = next((post for post in stage.office.posts if post.number > mark and not post.sent), None)
    return Done(said, came.box, came.number) if came else Done(said, form.get("box", ""))


def _number(form: Form, name: str) -> int:
    value = form.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else 0
