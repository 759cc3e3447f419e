"""The shop dies on request: right after a commit, before anybody could hear of it.

For the database this is what a crash is: what was committed is there, and whoever would have told of it is gone. The
connections are cut, the workers thrown away, and the same shop opens again on the same file.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiosmtplib
from sqlalchemy import Connection, func, select

from mailbot.demo.doing import TroubleOnRequest
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.desk.mail import answer_mail
from mailbot.store import mails
from mailbot.store.tables import mails as table

_SECONDS = 10.0


@dataclass(frozen=True)
class Survived:
    """What there is after two crashes: the mail, the letters that came of it, and how often it is in the database."""

    sent: Post
    letters: list[Post]
    rows: int
    refused: bool  # whether the sender's server got no answer the first time


async def crash_twice(stage: Stage, box: str, to: str, subject: str, text: str) -> Survived:
    """A mail is sent, and the shop dies twice over it.

    First when the mail is kept and before its 250: the sender's server has to send it again. Then when the answer is
    decided and written, and before the outbox is woken.
    """
    mark = stage.office.last
    raw = stage.office.draft(box, to, subject, text).as_bytes()
    refused = await _dies_before_yes(stage, box, to, raw)
    await stage.restart()  # its workers have not begun when this returns: they begin at our next wait
    struck = _strike_after(stage, answer_mail, asyncio.CancelledError)
    await asyncio.wait_for(struck.wait(), _SECONDS)
    await stage.restart()
    sent = await stage.office.hand_in(stage.smtp_port, box, to, raw)
    await stage.settle()
    letters = [post for post in stage.office.posts if post.number > mark and not post.sent]
    return Survived(sent, letters, await stage.app.db.look(_rows, sent.mail.message_id), refused)


async def _dies_before_yes(stage: Stage, box: str, to: str, raw: bytes) -> bool:
    _strike_after(stage, mails.keep, TroubleOnRequest)
    try:
        await stage.office.hand_in(stage.smtp_port, box, to, raw)
    except (aiosmtplib.SMTPException, OSError):
        return True
    return False


def _strike_after(stage: Stage, work: Callable[..., Any], end: type[BaseException]) -> asyncio.Event:
    """The next commit of this work is the last thing that the shop does. `end` is how its task ends then."""
    app, struck = stage.app, asyncio.Event()
    run = app.db.run

    async def last(function: Callable[..., Any], *args: Any) -> Any:
        result = await run(function, *args)
        if function is work:
            stage.door.cut()
            for worker in app.workers:
                worker.cancel()
            struck.set()
            raise end
        return result

    app.db.run = last  # type: ignore[method-assign]
    return struck


def _rows(connection: Connection, message_id: str) -> int:
    return int(connection.scalar(select(func.count()).select_from(table).where(table.c.message_id == message_id)) or 0)
