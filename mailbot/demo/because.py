"""The reasons beside a mail on the demo page: what was understood, the proof, the rule, and what was done."""

from typing import Any

from sqlalchemy import Connection, select

from mailbot.demo.parts import files
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.store import errands, orders
from mailbot.store.tables import mails


async def reasons(stage: Stage, post: Post) -> dict[str, Any]:
    """Everything that the installation's database says of this mail or letter."""
    return await stage.app.db.look(_of_mail if post.sent else _of_letter, post)


def _of_mail(connection: Connection, post: Post) -> dict[str, Any]:
    """A customer's mail: what was understood and decided."""
    query = select(mails).where(mails.c.message_id == post.mail.message_id).order_by(mails.c.id)
    row = connection.execute(query).mappings().first()
    return {
        "sort": "mail",
        "files": [],
        "row": row,
        "outcome": (row["outcome"] or {}) if row else {},
        "history": orders.history_of(connection, row["order_id"])[-8:] if row and row["order_id"] else [],
    }


def _of_letter(connection: Connection, post: Post) -> dict[str, Any]:
    """A letter of ours: the errand that carried it, and the mail that it answers."""
    letter = errands.by_ref(connection, post.mail.message_id.strip("<").partition(".")[0])
    mail = None
    if letter and letter["mail_id"]:
        mail = connection.execute(select(mails).where(mails.c.id == letter["mail_id"])).mappings().first()
    return {
        "sort": "letter",
        "letter": letter,
        "files": files(post.raw),
        "outcome": (mail["outcome"] or {}) if mail else {},
        "history": orders.history_of(connection, letter["order_id"])[-8:] if letter and letter["order_id"] else [],
    }
