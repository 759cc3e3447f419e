"""`mailbot explain`: the whole decision about a mail against the database, without acting."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

from sqlalchemy import Connection

from mailbot.app import build_house, utc_now
from mailbot.desk.gather import gather
from mailbot.desk.mail import decide_all, explanation, numbers_of
from mailbot.desk.understand import Understood, outcome, understand
from mailbot.house import House
from mailbot.model.decision import Decision
from mailbot.opening import existing_database
from mailbot.proof.verdict import Sender
from mailbot.proofs import Prover
from mailbot.reading.parse import parse
from mailbot.reading.secrets import scrub_mail
from mailbot.settings import Settings
from mailbot.store.database import Database

_RANK = ("change", "hold", "quarantine", "reply", "ignore")


class Explainer:
    """Explains mails by an installation's database and rules. A context manager: it closes the database.

    `house` and `db` are those of an installation that runs in this process, which has its own time. Without them,
    raises SettingsError when there is no database: it must not be made by looking.
    """

    def __init__(
        self,
        settings: Settings,
        house: House | None = None,
        db: Database | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._db = db or existing_database(settings)
        self.house = house or build_house(settings)
        self._now = now
        self._prover = Prover(settings.trust.authserv_id, settings.trust.relays, now)
        self._peer = settings.trust.relays[0] if settings.trust.relays else "127.0.0.1"

    def __enter__(self) -> "Explainer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def explain(self, source: str, raw: bytes) -> dict[str, Any]:
        """What `read` says, and beside it the proof and the decision."""
        return asyncio.run(self.explain_now(source, raw))

    async def explain_now(self, source: str, raw: bytes) -> dict[str, Any]:
        """`explain` for a caller that has a loop."""
        clean, removed = scrub_mail(raw)
        sender = await self._prover.prove(raw, self._peer, "", self._now())
        return {"source": source, "secrets_removed": removed, **await self._db.look(self._look, clean, sender)}

    def describe(self, row: dict[str, Any]) -> str:
        """One mail's decision in words."""
        lines = [f"{row['source']}: {row['decision']['action']}, because {row['decision']['because']}"]
        lines += [f"  proof: {row['proof']}, order: {row['order'] or 'none'} ({row['found_by'] or 'not found'})"]
        for one in row["decisions"]:
            lines.append(f"  {one['kind']}: {one['action']}, because {one['because']} ({one['rule']})")
            lines += [f"    change: {change['step']}" for change in one["changes"]]
            lines += [f"    letter: {letter['kind']} to {letter['to']}" for letter in one["letters"]]
        return "\n".join(lines)

    def _look(self, connection: Connection, raw: bytes, sender: Sender) -> dict[str, Any]:
        now = self._now()
        understood = self._understand(connection, raw)
        cases = gather(connection, self.house, understood, sender, 0, now)
        decisions = decide_all(self.house, cases)
        told = explanation(cases, decisions, sender)
        return {
            **outcome(understood, **told),
            "error": understood.mail.error,
            "decision": _whole(decisions, numbers_of(cases)),
        }

    def _understand(self, connection: Connection, raw: bytes) -> Understood:
        mail = parse(raw)
        to = [box.email for box in (*mail.to, *mail.cc)]
        shop = next((shop for address in to if (shop := self.house.shop_at(address))), None)
        shop = shop or next(iter(self.house.shops.values()))
        return understand(connection, self.house, shop, raw, to, mail.date or self._now())


def _whole(decisions: list[Decision], numbers: Mapping[int, str]) -> dict[str, Any]:
    """All decisions as one: the weightiest action, all changes and letters."""
    changes = [change for decision in decisions for change in decision.changes]
    first = min(decisions, key=lambda decision: _RANK.index(decision.action))
    return {
        "action": first.action,
        "because": "; ".join(dict.fromkeys(decision.because for decision in decisions)),
        "changes": [{"order": numbers.get(change.order_id), "step": change.step} for change in changes],
        "letters": [{"kind": one.name, "to": one.to} for decision in decisions for one in decision.letters],
    }
