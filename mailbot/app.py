"""The composition root: the only place where the parts of an installation are built and joined."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import uvicorn

from mailbot import carry
from mailbot.clock import Clock
from mailbot.desk import worker
from mailbot.gates import load_gates, policy_faults
from mailbot.house import House
from mailbot.intake.keep import Keeper
from mailbot.intake.smtp import Server, serve_smtp
from mailbot.invoices.pdf import Press
from mailbot.links import Links
from mailbot.model.rulesfile import RulesFault
from mailbot.opening import alone_on, end_leases, open_database
from mailbot.outbox.letters import Letters
from mailbot.outbox.send import Relay
from mailbot.payments import methods
from mailbot.proofs import Prover
from mailbot.reading import rulebook
from mailbot.settings import Settings
from mailbot.shipped import folders
from mailbot.store.database import Database
from mailbot.store.seal import Sealer
from mailbot.trouble import told
from mailbot.web.server import listen
from mailbot.web.site import build

log = logging.getLogger("mailbot")

ROLES = ("intake", "desk", "outbox", "clock", "web")
_POLL = 5.0  # seconds: the safety net under the wake-up calls
_GRACE = 8.0  # seconds that what has begun may take to end; the rest is taken up again after the next start


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_house(settings: Settings) -> House:
    """The rules, letters and keys of an installation. Raises the faults of its rules and templates, all at once."""
    rules, templates = folders("rules", settings.rules), folders("templates", settings.templates)
    book = rulebook.load(rules, lazily=not settings.rules)  # the shipped ones are known to be sound
    if wrong := policy_faults(book, rules):
        raise RulesFault(*wrong)
    languages = sorted({language for shop in settings.shop for language in shop.languages} | {"en"})
    return House(
        shops={shop.id: shop for shop in settings.shop},
        links=Links(settings.secret, settings.web.url),
        sealer=Sealer(settings.secret),
        letters=Letters.load(templates, languages),
        book=book,
        methods=methods.load(rules),
        press=Press([folder / "invoice" for folder in templates]),
        templates=tuple(templates),
        gates=load_gates(rules),
        hold=settings.letters.hold_confirmation,
        budget=settings.letters.budget,
        budget_window=settings.letters.budget_window,
    )


@dataclass
class Bells:
    """Wakes the workers of this process: a new row rings, and a slow poll is the safety net."""

    bells: Mapping[str, asyncio.Event] = field(
        default_factory=lambda: {"desk": asyncio.Event(), "outbox": asyncio.Event()}
    )

    def ring(self, name: str) -> None:
        self.bells[name].set()

    async def wait(self, name: str, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.bells[name].wait()
        self.bells[name].clear()


@dataclass
class Running:
    """A running installation: where it listens, and how to wait for its end."""

    settings: Settings
    house: House
    db: Database
    bells: Bells
    clock: Clock
    smtp_port: int = 0
    web_port: int = 0
    troubles: dict[str, bool] = field(default_factory=dict)  # role → whether its last work failed
    parts: dict[str, Callable[[], bool]] = field(default_factory=dict)  # role → whether it runs
    workers: list[asyncio.Task[None]] = field(default_factory=list)  # the desk and the outbox
    closing: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def running(
    settings: Settings, roles: Sequence[str] = ROLES, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[Running]:
    """Starts the roles, hands over the running installation, and ends it in order: nothing accepted is lost."""
    house, db = await asyncio.to_thread(lambda: (build_house(settings), open_database(settings)))
    bells = Bells()
    app = Running(settings, house, db, bells, Clock(db, house, now, bells.ring))
    relay = _relay(settings)
    prover = Prover(settings.trust.authserv_id, settings.trust.relays, now)
    serving: list[asyncio.Task[None]] = []
    smtp: Server | None = None
    pages: uvicorn.Server | None = None
    with alone_on(settings.database) as alone:
        if alone:
            await db.run(end_leases, now())
        if "intake" in roles:
            smtp = await _listen(settings, db, house, now, prover, bells)
            app.smtp_port = smtp.port
            app.parts["intake"] = lambda server=smtp: server.serving  # type: ignore[misc]
        if "web" in roles:
            site = build(db, house, now=now, wake=bells.ring, healthy=lambda: _health(app))
            pages, app.web_port = listen(site, settings.web.listen)
            serving.append(asyncio.create_task(pages.serve(), name="web"))
        if "desk" in roles:
            app.workers.append(asyncio.create_task(_desk(app, prover, now), name="desk"))
        if "outbox" in roles:
            app.workers.append(asyncio.create_task(_outbox(app, relay, now), name="outbox"))
        if "clock" in roles:
            app.clock.start()
            app.parts["clock"] = lambda: app.clock.well
        app.parts |= {task.get_name(): partial(_goes_on, task) for task in (*serving, *app.workers)}
        try:
            yield app
        finally:
            if pages:
                pages.should_exit = True
            if smtp:
                await smtp.close()
            if "clock" in roles:
                await app.clock.stop()
            await _end(app, [*serving, *app.workers])
            await relay.close()
            db.close()


async def _listen(
    settings: Settings, db: Database, house: House, now: Callable[[], datetime], prover: Prover, bells: Bells
) -> Server:
    keeper = Keeper(db, house.shop_at, now, prover.before_scrubbing, bells.ring, house.sealer)
    return await serve_smtp(
        listen=settings.smtp.listen,
        protocol=settings.smtp.protocol,
        accepts=keeper.accepts,
        keep=keeper.keep,
        max_size=settings.smtp.max_size,
        hostname=settings.smtp.hostname or settings.shop[0].domain,
    )


async def _desk(app: Running, prover: Prover, now: Callable[[], datetime]) -> None:
    async def work() -> int:
        done = await worker.work_once(app.db, app.house, prover.of_row, now)
        if done:
            app.bells.ring("outbox")
        return done

    await _repeat(app, "desk", work)


async def _outbox(app: Running, relay: Relay, now: Callable[[], datetime]) -> None:
    await _repeat(app, "outbox", lambda: carry.carry_out(app.db, app.house, relay, now))


async def _repeat(app: Running, name: str, work: Callable[[], Awaitable[int]]) -> None:
    """Works while there is work, then sleeps until it is woken. Trouble (a full disk, a lost database) is no end."""
    while not app.closing.is_set():
        try:
            done = await work()
            app.troubles[name] = False
        except Exception as error:
            log.error("%s: %s; trying again in %s s", name, told(error), _POLL)
            app.troubles[name] = True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_POLL):
                    await app.closing.wait()
            continue
        if not done and not app.closing.is_set():
            await app.bells.wait(name, _POLL)


def _goes_on(task: "asyncio.Task[None]") -> bool:
    return not task.done()


def _health(app: Running) -> dict[str, bool]:
    """Each role of this process, and whether it is well: it runs, and its last work did not fail."""
    return {role: runs() and not app.troubles.get(role, False) for role, runs in app.parts.items()}


async def _end(app: Running, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Nothing new is begun. A letter on the wire gets its answer, or it would have to be sent again after the start."""
    app.closing.set()
    for name in app.bells.bells:
        app.bells.ring(name)
    late = (await asyncio.wait(tasks, timeout=_GRACE))[1] if tasks else ()
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _relay(settings: Settings) -> Relay:
    relay = settings.relay
    return Relay(
        relay.host,
        relay.port,
        tls=relay.tls,
        username=relay.username,
        password=relay.password,
        hostname=settings.smtp.hostname or settings.shop[0].domain,
        connections=relay.connections,
    )
