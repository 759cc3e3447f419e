"""A bench: the desk and the outbox worked by hand on a database of their own, at any time of day, without servers."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kit import ANN, GATE, NOW, OURS, SHOP, fresh, make_event, make_house, make_raw, serial, somebody
from sqlalchemy import Table, select

from mailbot import carry
from mailbot.desk import worker
from mailbot.house import House
from mailbot.intake.keep import Keeper
from mailbot.intake.received import Received
from mailbot.model.mail import Mail
from mailbot.model.order import Order
from mailbot.outbox.replies import Outcome
from mailbot.proofs import Prover
from mailbot.reading.parse import parse
from mailbot.store import orders
from mailbot.store.database import Database
from mailbot.store.tables import cases, events, history, metadata
from mailbot.web import api


@dataclass(frozen=True)
class Letter:
    """A letter as its addressee got it."""

    to: str
    mail_from: str
    raw: bytes
    mail: Mail

    @property
    def names(self) -> list[str]:
        return self.mail.header("X-Mailbot-Letter").split(", ")

    @property
    def reply_to(self) -> str:
        return self.mail.reply_to[0].email

    def link(self, purpose: str) -> str:
        """The path of the first link of that purpose, or ""."""
        found = re.search(rf"https?://[^/\s]+(/{purpose}/[A-Za-z0-9_-]+)", self.mail.text)
        return found[1] if found else ""


@dataclass
class Box:
    """All letters that were sent, oldest first."""

    letters: list[Letter] = field(default_factory=list)

    def put(self, raw: bytes, mail_from: str, to: str) -> None:
        self.letters.append(Letter(to.lower(), mail_from, raw, parse(raw)))

    def sent(self, to: str = "", name: str = "") -> list[Letter]:
        """Those to that address, and with that letter (`kind/outcome`) in them."""
        return [one for one in self.letters if to in ("", one.to) and (not name or name in one.names)]

    def names(self, to: str) -> list[str]:
        return [name for one in self.sent(to) for name in one.names]


class Postman(Box):
    """Stands in for the relay. `reply(letter)` gives the verdict: done, later, never, uncertain; or raises."""

    reply: Callable[[Letter], str]

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Letter] = []
        self.kind()

    def kind(self) -> None:
        """Takes every letter from now on."""
        self.reply = lambda letter: "done"

    async def send(self, message: bytes, mail_from: str, rcpt_to: Sequence[str]) -> list[Outcome]:
        letter = Letter(rcpt_to[0].lower(), mail_from, message, parse(message))
        self.asked.append(letter)
        verdict = self.reply(letter)
        if verdict == "done":
            self.letters.append(letter)
        code = {"done": 250, "later": 451, "never": 550}.get(verdict, 0)
        return [Outcome(rcpt_to[0], verdict, code, "as told")]  # type: ignore[arg-type]


class Books:
    """Looks into the database of an installation."""

    db: Database

    def order(self, number: str) -> Order:
        found = self.db.see(orders.by_number, "demo", number)
        assert found is not None, f"order {number} is not in the books"
        return found

    def raw(self, row: Any) -> bytes:
        """A kept mail, opened."""
        return self.house.sealer.open(row["sealed"], "mails.sealed")

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        query = select(table).where(*(table.c[name] == value for name, value in where.items())).order_by(table.c.id)
        return self.db.see(lambda connection: [dict(row) for row in connection.execute(query).mappings()])

    def events(self, number: str) -> list[str]:
        """The states of all news about an order, in the order in which it came."""
        return [row["state"] for row in self.rows(events, order_number=number)]

    def cases(self, **where: Any) -> list[dict[str, Any]]:
        return self.rows(cases, **where)

    def history(self, number: str) -> list[str]:
        return [f"{row['what']}: {row['because']}" for row in self.rows(history, order_id=self.order(number).id)]


@dataclass
class Bench(Books):
    """The desk and the outbox on a database of their own, worked by hand: no server, no waiting, any time of day."""

    house: House
    db: Database
    now: datetime = NOW
    post: Postman = field(default_factory=Postman)
    prover: Any = None

    def __post_init__(self) -> None:
        clock = lambda: self.now  # noqa: E731
        self.prover = self.prover or Prover(GATE, ("127.0.0.1",), clock)
        self.keeper = Keeper(
            self.db, self.house.shop_at, clock, self.prover.before_scrubbing, lambda name: None, self.house.sealer
        )

    async def keep(self, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """News comes in and is kept; nobody works on it yet."""
        found = []
        for body in bodies:
            raw = json.dumps(body).encode()
            event, faults = api.check(self.house, SHOP, raw)
            assert event is not None, faults
            found.append(await self.db.run(api.keep, self.house, SHOP, event, raw, self.now))
        return found

    async def tell(self, *bodies: dict[str, Any]) -> None:
        """News comes in and is worked on."""
        await self.keep(*bodies)
        await self.work()

    async def write(self, text: str, sender: str = ANN, to: str = OURS, **headers: str) -> bytes:
        """Somebody writes, is read and answered. Verified unless `verified=""`."""
        raw = make_raw(text, sender, to, **{"verified": "pass", **headers})
        await self.hand_in(raw, sender, to)
        return raw

    async def answer(self, letter: Letter, text: str, sender: str = "", to: str = "", **headers: str) -> bytes:
        """The addressee answers a letter, by its signed reply address."""
        references = {"In_Reply_To": letter.mail.message_id, "References": letter.mail.message_id}
        subject = f"Re: {letter.mail.subject}"
        headers = {"verified": "", **references, "subject": subject, **headers}
        return await self.write(text, sender or letter.to, to or letter.reply_to, **headers)

    async def hand_in(self, raw: bytes, sender: str, to: str, peer: str = "127.0.0.1") -> None:
        await self.keeper.keep(Received(raw, sender, (to,), peer))
        await self.work()

    async def work(self) -> None:
        """Works until nothing is due."""
        for _ in range(200):
            done = await worker.work_once(self.db, self.house, self.prover.of_row, lambda: self.now)
            done += await carry.carry_out(self.db, self.house, self.post, lambda: self.now)  # type: ignore[arg-type]
            if not done:
                return
        raise AssertionError("the work does not end")

    async def later(self, **time: float) -> None:
        """Time passes; what has become due is done."""
        self.now += timedelta(**time)
        await self.work()

    def sent(self, to: str = "", name: str = "") -> list[Letter]:
        return self.post.sent(to, name)

    async def placed(self, email: str = "", *then: str, **changes: Any) -> tuple[str, str]:
        """An order that was placed by somebody new, with what then happened to it. Returns its number and address."""
        number, email = fresh(), email or somebody()
        await self.tell(make_event("order.placed", number, email, **changes))
        for kind in then:
            await self.tell(make_event(kind, number))
        return number, email


def make_bench(folder: Path, **house: Any) -> Bench:
    """A bench with an empty database; `house` changes the house, such as hold=timedelta(minutes=2)."""
    db = Database(f"sqlite:///{folder / f'bench{serial()}.db'}")
    metadata.create_all(db.engine)
    return Bench(replace(make_house(), **{"hold": timedelta(0), **house}), db)
