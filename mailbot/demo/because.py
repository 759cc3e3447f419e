"""The reasons beside a mail on the demo page: what was understood, the proof, the rule, and what was done."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from mailbot.demo.parts import files
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.demo.wire import Dialogue
from mailbot.explaining import Explainer
from mailbot.store import errands, orders
from mailbot.store.tables import errands as errand_table
from mailbot.store.tables import mails

_DIALOGUES = 6


async def reasons(stage: Stage, post: Post) -> dict[str, Any]:
    """Everything that the installation's database says of this mail or letter."""
    return await stage.app.db.look(_of_mail if post.sent else _of_letter, post)


async def explained(stage: Stage, post: Post) -> str:
    """What `mailbot explain` prints of this mail."""
    explainer = Explainer(stage.settings, stage.app.house, stage.app.db, stage.clock.now)
    return explainer.describe(await explainer.explain_now(eml_name(post), post.raw))


def eml_name(post: Post) -> str:
    return f"mail-{post.number}.eml"


def asked(stage: Stage, post: Post) -> Post | None:
    """The mail that can be explained here: this one, or the one that this letter answers."""
    if post.sent:
        return post
    answered = post.mail.in_reply_to
    return next((one for one in stage.office.posts if one.sent and answered and one.mail.message_id == answered), None)


def on_the_wire(stage: Stage, post: Post) -> list[Dialogue]:
    """How this mail, the one that it answers, and its answers went over the wire: in and out."""
    about = asked(stage, post) or post
    ids = {about.mail.message_id, post.mail.message_id}
    ids |= {one.mail.message_id for one in stage.office.posts if one.mail.in_reply_to == about.mail.message_id}
    return stage.wire.about(ids - {""})[-_DIALOGUES:]


def _of_mail(connection: Connection, post: Post) -> dict[str, Any]:
    """A customer's mail: what was understood and decided, and what left the house for it."""
    query = select(mails).where(mails.c.message_id == post.mail.message_id).order_by(mails.c.id)
    row = connection.execute(query).mappings().first()
    sent = select(errand_table).where(errand_table.c.mail_id == row["id"]).order_by(errand_table.c.id) if row else None
    return {
        "sort": "mail",
        "files": [],
        "row": row,
        "line": None,
        "outcome": (row["outcome"] or {}) if row else {},
        "errands": list(connection.execute(sent).mappings()) if sent is not None else [],
        "history": _history(connection, row["order_id"] if row else None),
    }


def _of_letter(connection: Connection, post: Post) -> dict[str, Any]:
    """A letter of ours: the errand that carried it, and the mail that it answers."""
    letter = errands.by_ref(connection, post.mail.message_id.strip("<").partition(".")[0])
    mail = None
    if letter and letter["mail_id"]:
        mail = connection.execute(select(mails).where(mails.c.id == letter["mail_id"])).mappings().first()
    history = _history(connection, letter["order_id"] if letter else None)
    return {
        "sort": "letter",
        "files": files(post.raw),
        "row": mail,
        "line": _line_about(history, letter["letter"]) if letter else None,
        "outcome": (mail["outcome"] or {}) if mail else {},
        "errands": [letter] if letter else [],
        "history": history,
    }


def _history(connection: Connection, order_id: int | None) -> list[RowMapping]:
    return list(orders.history_of(connection, order_id)[-8:]) if order_id else []


def _line_about(history: Sequence[RowMapping], letter: str) -> RowMapping | None:
    """The line of the order's history in which this letter was decided."""
    return next((line for line in reversed(history) if letter in line["what"]), None)
