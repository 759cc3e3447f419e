"""`mailbot read` and `mailbot rules`: understanding alone, without a database. Never raises for a mail."""

from collections.abc import Iterable
from typing import Any

from mailbot.model.mail import Address, Mail, Reading, Request
from mailbot.reading import rulebook
from mailbot.reading.parse import parse
from mailbot.reading.read import read
from mailbot.reading.secrets import scrub_mail
from mailbot.reading.trial import explain_text, rulebook_report
from mailbot.shipped import folders


class Reader:
    """Reads mails by the shipped rules, and by those of `own` before them where that folder is given.

    `lazily`: the shipped rules of a language are loaded when it is met: for one mail, not for many.
    """

    def __init__(self, own: str = "", *, lazily: bool = False) -> None:
        self.book = rulebook.load(folders("rules", own), lazily=lazily and not own)

    def read(self, source: str, raw: bytes) -> dict[str, Any]:
        """One mail as `mailbot read --json` prints it (see design: the promises to the outside)."""
        try:
            clean, removed = scrub_mail(raw)
            reading = read(parse(clean), self.book)
        except Exception as error:  # the promise of `read`: a mail that cannot be read is said, and ends nothing
            mail = Mail("", Address("", ""), "", error=f"{type(error).__name__}: {error}"[:300])
            reading, removed = Reading(mail, "", (Request("unclear", 0.0),)), 0
        return _row(source, reading, removed)

    def describe(self, row: dict[str, Any]) -> str:
        """One mail in words."""
        if row["automatic"]:
            asks = f"automatic: {row['automatic']}"
        else:
            asks = "; ".join(_words(request) for request in row["requests"])
        trouble = f" · {row['error']}" if row["error"] else ""
        return f"{row['source']} [{row['language'] or '?'}] {asks}{trouble}"

    def test(self) -> tuple[list[str], bool]:
        """Runs every example of every kind against all kinds: the lines to print, and whether all are right."""
        return rulebook_report(self.book)

    def attempt(self, text: str) -> Iterable[str]:
        """What would be understood of a text, and why."""
        return explain_text(text, self.book)


def _row(source: str, reading: Reading, removed: int) -> dict[str, Any]:
    mail = reading.mail
    return {
        "source": source,
        "automatic": mail.automatic,
        "language": reading.told_language,
        "text": mail.new_text,
        "requests": [request.row for request in reading.requests],
        "secrets_removed": removed,
        "error": mail.error,
    }


def _words(request: dict[str, Any]) -> str:
    orders = f" (order {', '.join(request['orders'])})" if request["orders"] else ""
    because = f" because of {', '.join(request['evidence'][:3])}" if request["evidence"] else ""
    return f"{request['kind']}{orders}{because}"
