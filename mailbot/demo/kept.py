"""What the demo keeps in its folder beside the database: the mailboxes, the clock, and the port of the pages."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_FRESH: dict[str, Any] = {"ahead": 0.0, "web_port": 0, "made": 0, "story": False}


@dataclass(frozen=True)
class Folder:
    """A folder of the demo's own. Only what the demo itself makes there is ever removed."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "demo.db"

    @property
    def config(self) -> Path:
        """The configuration of the sample shop: for `mailbot explain` and the other commands, beside the demo."""
        return self.path / "demo.toml"

    def state(self) -> dict[str, Any]:
        """How the demo stood when it ended; `story` says whether its opening story had been played."""
        try:
            kept = json.loads((self.path / "demo.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return dict(_FRESH)
        return {name: kept.get(name, value) for name, value in _FRESH.items()}

    def save(self, ahead: timedelta, web_port: int, made: int) -> None:
        state = {"ahead": ahead.total_seconds(), "web_port": web_port, "made": made, "story": True}
        fresh = self.path / "demo.json.new"
        fresh.write_text(json.dumps(state), encoding="utf-8")
        fresh.replace(self.path / "demo.json")

    def clear(self) -> None:
        for name in ("demo.db*", "demo.json*", "mailboxes.jsonl"):
            for old in self.path.glob(name):
                old.unlink()

    def add(self, box: str, at: datetime, raw: bytes, sent: bool) -> None:
        """One more mail in a mailbox."""
        line = {"box": box, "at": at.isoformat(), "sent": sent, "raw": base64.b64encode(raw).decode()}
        with (self.path / "mailboxes.jsonl").open("a", encoding="utf-8") as book:
            book.write("\n" + json.dumps(line))  # a line that a crash cut off spoils only itself

    def mails(self) -> Iterator[tuple[str, datetime, bytes, bool]]:
        """The mails of all mailboxes, oldest first; a line that a crash cut off is none."""
        try:
            lines = (self.path / "mailboxes.jsonl").read_text(encoding="utf-8").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                one = json.loads(line)
                yield one["box"], datetime.fromisoformat(one["at"]), base64.b64decode(one["raw"]), one["sent"]
            except (ValueError, KeyError):
                continue
