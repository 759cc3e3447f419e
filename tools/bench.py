"""`make bench`: how fast the house is, in one run on this machine, beside yardsticks that say how fast the machine is.

Everything runs on loopback against a real `mailbot serve` with SQLite and durable commits; load and sink run here.
Read the figures as ratios: the yardsticks (durable commits one by one, the standard library's mail parser) are
measured in the same run on the same disk and core.
"""

import asyncio
import contextlib
import email
import email.policy
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tools"))

import load  # noqa: E402

TOKEN = "bench-token-0123456789"
_FEW = "--few" in sys.argv


def main() -> None:
    scale = 0.1 if _FEW else 1.0
    commits = yardstick_commits()
    parses = yardstick_parse()
    print(f"yardstick: durable SQLite commits one by one  {commits:8.0f} /s")
    print(f"yardstick: email.policy.default, 4 KB mails   {parses:8.0f} /s")
    run = _uvloop()
    for name, figure, unit, yardstick in run(measure(scale)):
        ratio = f"  = {figure / yardstick[1]:.2f} x {yardstick[0]}" if yardstick else ""
        print(f"{name:46}{figure:9.1f} {unit}{ratio}", flush=True)
    figure = reading(int(6000 * scale))
    print(
        f"{'understood by `mailbot read`, mixed 4 KB mails':46}{figure:9.1f} mails/s  = {figure / parses:.2f} x parse"
    )
    figure = look(int(100_000 * scale))
    print(f"{'a look through 100,000 pending orders':46}{figure:9.2f} ms")


def _uvloop():  # type: ignore[no-untyped-def]
    try:
        import uvloop
    except ImportError:
        return asyncio.run
    return uvloop.run


async def measure(scale: float) -> list[tuple[str, float, str, tuple[str, float] | None]]:
    """Accepting, the whole path, invoices and memory, each against its own fresh installation."""
    found: list[tuple[str, float, str, tuple[str, float] | None]] = []
    for size, count in ((4096, 6000), (51200, 2000)):
        with installation("intake", 1) as (smtp, _, _process):
            mails = [load.lost_key(number, size) for number in range(int(count * scale))]
            begun = time.perf_counter()
            done = await load.send_mails(smtp, mails)
            found.append(
                (f"accepted, {size // 1024} KB, 10 connections", done / (time.perf_counter() - begun), "mails/s", None)
            )
    found += await _whole_path(int(3000 * scale))
    found += await _orders(int(1500 * scale))
    return found


async def _whole_path(count: int) -> list[tuple[str, float, str, tuple[str, float] | None]]:
    """Mails in, understood, the order looked up, answered at a sink. The orders are placed, paid and delivered before."""
    sink = load.Sink()
    await sink.open()
    with installation("intake,desk,outbox,web", sink.port) as (smtp, web, process):
        for news in (load.placed, load.paid, load.delivered):
            await load.post_all(web, [news(number) for number in range(count)], TOKEN)
        await sink.until(count * 2, 600)
        before = await _quiet(sink)
        mails = [load.lost_key(number) for number in range(count)]
        begun = time.perf_counter()
        sending = asyncio.create_task(load.send_mails(smtp, mails))
        good = await sink.until(before + count, 300)
        seconds = time.perf_counter() - begun
        await sending
        memory = _memory(process.pid)
        lost = "" if good else f" (only {sink.total - before} of {count} came)"
    await sink.close()
    return [
        (f"whole path: mail in, answer at the sink{lost}", count / seconds, "mails/s", None),
        ("memory after that (peak of the process)", memory, "MB", None),
    ]


async def _orders(count: int) -> list[tuple[str, float, str, tuple[str, float] | None]]:
    """Orders placed and paid by HTTP, until the payment letter with its invoice is at the sink."""
    sink = load.Sink(keep_headers=True)
    await sink.open()
    with installation("desk,outbox,web", sink.port) as (_, web, _process):
        await load.post_all(web, [load.placed(number) for number in range(count)], TOKEN)
        await sink.until(count, 300)
        before = await _quiet(sink)
        begun = time.perf_counter()
        await load.post_all(web, [load.paid(number) for number in range(count)], TOKEN)
        await sink.until(before + count, 300)
        seconds = time.perf_counter() - begun
    await sink.close()
    return [("orders paid, invoice made and at the sink", count / seconds, "orders/s", None)]


async def _quiet(sink: load.Sink) -> int:
    """Waits until no more letters come; returns how many have."""
    last = -1
    while last != sink.total:
        last = sink.total
        await asyncio.sleep(1.0)
    return last


@contextlib.contextmanager
def installation(roles: str, relay: int) -> Iterator[tuple[int, int, "subprocess.Popen[bytes]"]]:
    """A real `mailbot serve` in a process of its own; gives its SMTP and HTTP ports."""
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        smtp, web = free_port(), free_port()
        path = Path(folder, "mailbot.toml")
        path.write_text(configuration(folder, smtp, web, relay))
        process = subprocess.Popen(
            [sys.executable, "-m", "mailbot", "serve", "--config", str(path), "--only", roles],
            cwd=ROOT, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            for port in [smtp] * ("intake" in roles) + [web] * ("web" in roles):
                wait_for_port(port, process)
            yield smtp, web, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def configuration(folder: str, smtp: int, web: int, relay: int, budget: int = 10_000) -> str:
    return f"""
secret = "0123456789abcdef0123456789abcdef"
database = "sqlite:///{folder}/mailbot.db"
[smtp]
listen = "127.0.0.1:{smtp}"
[relay]
host = "127.0.0.1"
port = {relay}
[letters]
hold_confirmation = "0s"
budget = {budget}
[web]
listen = "127.0.0.1:{web}"
url = "http://127.0.0.1:{web}"
[trust]
authserv_id = "mx.shop.example"
relays = ["127.0.0.1"]
[[shop]]
id = "demo"
name = "Demo Software"
address = "orders@shop.example"
token = "{TOKEN}"
seller = {{ name = "Demo Software GmbH", street = "Hauptstr. 1", postcode = "10115", city = "Berlin", country = "DE", vat_id = "DE136695976" }}
bank = {{ holder = "Demo Software GmbH", iban = "DE02120300000000202051", bic = "BYLADEM1001" }}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.02)
    sys.exit("the installation did not start")


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def reading(count: int) -> float:
    """`mailbot read` over a mixed mailbox, start-up apart: understanding alone, on one core."""
    from mailbot.reader import Reader

    texts = ["I want a refund for order 10023", "wo bleibt mein Lizenzschlüssel?", "merci beaucoup", "Please cancel my order",
             "Je n'ai pas reçu ma facture", "the download link is dead", "ich habe gestern überwiesen", "random words"]  # fmt: skip
    mails = []
    for number in range(count):
        text = texts[number % len(texts)] + "\r\n\r\n"
        mails.append(load.lost_key(number).replace(b"I lost my licence key. Could you send it again?", text.encode()))
    reader = Reader()
    for mail in mails[:100]:
        reader.read("warm-up", mail)
    begun = time.perf_counter()
    for mail in mails:
        reader.read("bench", mail)
    return count / (time.perf_counter() - begun)


def look(count: int) -> float:
    """Milliseconds for the clock's look at so many pending orders of which none is due."""
    from datetime import UTC, datetime, timedelta

    from sqlalchemy import insert

    from mailbot.desk import tick
    from mailbot.store import schema
    from mailbot.store.database import Database
    from mailbot.store.tables import orders

    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        db, now = Database(f"sqlite:///{folder}/look.db"), datetime.now(UTC)
        schema.upgrade(db.engine)
        row = {"shop": "demo", "state": "pending", "version": 1, "data": b"{}" * 400, "due_at": now + timedelta(days=1)}
        for start in range(0, count, 10_000):
            rows = [
                {**row, "number": str(n), "email": f"c{n}@x.example"} for n in range(start, min(start + 10_000, count))
            ]
            db.call(lambda connection, rows=rows: connection.execute(insert(orders), rows))
        db.see(tick.look, None, now)
        begun = time.perf_counter()
        found = db.see(tick.look, None, now)
        milliseconds = (time.perf_counter() - begun) * 1000
        assert not found
        db.close()
        return milliseconds


def yardstick_commits(count: int = 300) -> float:
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        base = sqlite3.connect(f"{folder}/yard.db", isolation_level=None)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE t (a BLOB)")
        begun = time.perf_counter()
        for _ in range(count):
            base.execute("INSERT INTO t VALUES (?)", (os.urandom(4096),))
        seconds = time.perf_counter() - begun
        base.close()
        return count / seconds


def yardstick_parse(count: int = 500) -> float:
    mail = load.lost_key(1)
    begun = time.perf_counter()
    for _ in range(count):
        email.message_from_bytes(mail, policy=email.policy.default).get_body().get_content()  # type: ignore[union-attr]
    return count / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
