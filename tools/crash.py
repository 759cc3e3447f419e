"""`make crash`: kills the installation with SIGKILL at random moments under load, many times, and compares the books.

Afterwards every mail that was answered 250 and every event that was answered 2xx must have had its effect exactly
once: orders, invoices, history, cases and letters are held against what the world said. A letter may arrive twice only
under one Message-ID and only where its row says so: SMTP cannot tell whether the answer to the final dot was lost.
"""

import argparse
import asyncio
import contextlib
import random
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

TOOLS = Path(__file__).parent
sys.path.insert(0, str(TOOLS))

import load  # noqa: E402
from crash_books import Books, compare, figures, unrest  # noqa: E402
from crash_life import Shop, installed  # noqa: E402
from crash_news import configuration  # noqa: E402
from crash_peers import BEGIN, Peers  # noqa: E402
from crash_stories import STORIES, Street, forgets  # noqa: E402

_DAYS = 10  # that pass in the second part, so that the clock has reminders to send
_LIFE = (0.02, 0.4)  # seconds under load before it is killed, …
_LONG_LIFE = 0.8  # … and at most, where it is killed in the middle of a letter, a mail or a post
_WAITING = 25  # orders that wait for those days at most


@dataclass
class Report:
    """How a run went. `differences` should be empty."""

    seed: int
    kills: int = 0
    stops: int = 0
    seconds: float = 0.0
    again: int = 0
    slowest_stop: float = 0.0
    differences: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class Run:
    """One run: peers and stories on one side, kills on the other."""

    def __init__(self, seed: int, kills: int, stories: int) -> None:
        self.report = Report(seed)
        self.chance = random.Random(seed)
        self._kills, self._stories = kills, stories
        self._open, self._copies, self._trigger = True, 0, asyncio.Event()
        self._wanted: tuple[str, int] = ("", 0)
        self._dead = asyncio.Event()
        self._begun = time.monotonic()

    async def go(self, folder: Path) -> Report:
        smtp, web, sink = _free_port(), _free_port(), load.Sink()
        peers = Peers(smtp, web, random.Random(self.report.seed + 1), self._heard)
        sink.each = peers.arrived
        await sink.open()
        config = folder / "mailbot.toml"
        config.write_text(configuration(str(folder), smtp, web, sink.port))
        async with installed(config, folder / "log") as shop:
            street = Street(peers)
            await self._live(shop, street, folder)
        await sink.close()
        self._judge(street, folder)
        self.report.seconds = time.monotonic() - self._begun
        return self.report

    async def _live(self, shop: Shop, street: Street, folder: Path) -> None:
        """Most of the kills in an ordinary day, the rest when days pass at once; then it comes to rest."""
        later: list[asyncio.Task[None]] = []
        tellers = [asyncio.create_task(self._tell(street, later)) for _ in range(self._stories)]
        try:
            for number in range(self._kills - self._kills // 5):
                await self._one_life(shop, street.peers, 0, number < 3)
                if number % 15 == 14:
                    await self._stopped(shop, street.peers, folder)
            self._open = False
            await self._work(shop, street.peers, 0, tellers)
            street.days_pass.set()
            for _ in range(self._kills // 5):
                await self._one_life(shop, street.peers, _DAYS, False)
            await self._work(shop, street.peers, _DAYS, later, folder)
        finally:
            for task in (*tellers, *later):
                task.cancel()

    async def _tell(self, street: Street, later: list[asyncio.Task[None]]) -> None:
        """One teller: story after story, as long as the shop is open."""
        stories, weights = zip(*STORIES, strict=True)
        while self._open:
            [story] = self.chance.choices(stories, weights)
            telling = asyncio.create_task(story(street, street.number()))
            if story is forgets and len(later) < _WAITING:
                later.append(telling)
            elif story is forgets:
                telling.cancel()
            else:
                await telling

    async def _one_life(self, shop: Shop, peers: Peers, days: int, newborn: bool) -> None:
        """Starts it, lets it work, kills it. Where the database is new, also while the tables are made."""
        await shop.start(days)
        if newborn or self.chance.random() < 0.1:
            await asyncio.sleep(self.chance.uniform(0, 0.4 if newborn else 0.15))
        else:
            await shop.ready()
            peers.up.set()
            await self._moment()
        peers.up.clear()
        self._dead.set()
        await shop.kill()
        self.report.kills += 1
        copies = sum(map(len, peers.letters.values())) - len(peers.letters)
        self.report.again, self._copies = max(self.report.again, copies - self._copies), copies

    async def _stopped(self, shop: Shop, peers: Peers, folder: Path) -> None:
        """A life that ends with SIGTERM under load: the letters that were begun are sent and settled."""
        await shop.start(0)
        await shop.ready()
        peers.up.set()
        await asyncio.sleep(self.chance.uniform(*_LIFE))
        peers.up.clear()
        begun = time.monotonic()
        await shop.stop()
        self.report.slowest_stop = max(self.report.slowest_stop, time.monotonic() - begun)
        self.report.stops += 1
        leases = BEGIN + timedelta(seconds=time.monotonic() - self._begun, minutes=5)  # what a kill left has none now
        query = "SELECT count(*) FROM errands WHERE state = 'working' AND next_try > ?"
        found = sqlite3.connect(folder / "mailbot.db").execute(query, (f"{leases:%Y-%m-%d %H:%M:%S}",))
        if count := found.fetchone()[0]:
            self.report.differences.append(f"SIGTERM left {count} letters half sent")

    async def _moment(self) -> None:
        """The moment of death: some time, or in the middle of the so-many-th letter, mail or post."""
        what = self.chance.choice(["", "", "letter", "letter", "mail", "post"])
        self._wanted = (what, self.chance.randint(1, 12))
        longest = self.chance.uniform(*_LIFE) if not what else _LONG_LIFE
        self._trigger.clear()
        self._dead.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._trigger.wait(), longest)
        self._wanted = ("", 0)

    async def _heard(self, what: str) -> None:
        """A message is handed over and not yet answered: its answer waits until the installation is dead."""
        wanted, left = self._wanted
        if what != wanted:
            return
        self._wanted = (wanted, left - 1)
        if left == 1:
            self._trigger.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._dead.wait(), 1)

    async def _work(
        self, shop: Shop, peers: Peers, days: int, tasks: list[asyncio.Task[None]], folder: Path | None = None
    ) -> None:
        """A life that is not cut short: until all stories are told and, at the end, nothing is left to do."""
        await shop.start(days)
        await shop.ready()
        peers.up.set()
        try:
            async with asyncio.timeout(60):
                await asyncio.gather(*tasks)
                while folder and unrest(sqlite3.connect(folder / "mailbot.db")):
                    await asyncio.sleep(0.1)
        except Exception as error:
            self.report.differences.append(f"a story was not told to its end: {type(error).__name__}: {error}")
        peers.up.clear()
        await shop.stop()

    def _judge(self, street: Street, folder: Path) -> None:
        books = Books(sqlite3.connect(folder / "mailbot.db"), street.told, street.peers.letters)
        self.report.differences += compare(books)
        lines = (folder / "log").read_text(errors="replace").splitlines()
        found = Counter(line for line in lines if line.startswith(("ERROR", "CRITICAL", "Traceback")))
        self.report.differences += [f"the log says {times} times: {line}" for line, times in found.items()]
        self.report.counts = {**figures(books), **dict(sorted(street.peers.counts.items()))}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def run(seed: int, kills: int, stories: int = 24, folder: Path | None = None) -> Report:
    """A whole run in a folder of its own (or in `folder`, which is kept)."""
    with tempfile.TemporaryDirectory(prefix="mailbot-crash-") as own:
        return await Run(seed, kills, stories).go(folder or Path(own))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--stories", type=int, default=24, help="how many are told at the same time")
    parser.add_argument("--folder", type=Path, help="keep the database and the log here")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    if given.folder:
        given.folder.mkdir(parents=True)
    report = asyncio.run(run(given.seed, given.kills, given.stories, given.folder))
    print(f"killed {report.kills} times and stopped {report.stops} times under load, in {report.seconds:.0f} s")
    print(f"{report.slowest_stop:8.1f} seconds for the slowest stop")
    print(f"{report.again:8} letters at most that came again after one kill")
    for name, count in report.counts.items():
        print(f"{count:8} {name}")
    for line in report.differences[:100]:
        print(f"DIFFERENCE {line}")
    print(f"{len(report.differences)} differences" if report.differences else "the books agree")
    return 1 if report.differences else 0


if __name__ == "__main__":
    sys.exit(main())
