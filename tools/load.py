"""A load of mails and news on loopback, and a sink that counts letters: used by bench.py and crash.py."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

FILLER = "The quick brown fox jumps over the lazy dog and thinks about the weather of last week.\r\n"


def lost_key(number: int, size: int = 4096, domain: str = "customer.example") -> bytes:
    """A customer's mail that asks for a lost key; `number` makes the sender and the Message-ID."""
    head = (
        f"From: Customer {number} <c{number}@{domain}>\r\nTo: orders@shop.example\r\nSubject: Licence key\r\n"
        f"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{number}.{size}@{domain}>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n'
        "Hello,\r\n\r\nI lost my licence key. Could you send it again?\r\n\r\nThank you\r\n"
    )
    quoted = "\r\nOn Mon, 2 Nov 2026 at 09:00, Shop <orders@shop.example> wrote:\r\n"
    lines = max(0, (size - len(head) - len(quoted)) // (len(FILLER) + 2))
    return (head + quoted + ("> " + FILLER) * lines).encode()


async def send_mails(port: int, mails: Sequence[bytes], connections: int = 10) -> int:
    """Sends the mails over so many SMTP connections. Returns how many were answered with 250."""
    queue = list(mails)
    counts = await asyncio.gather(*(_sender(port, queue) for _ in range(connections)))
    return sum(counts)


async def _sender(port: int, queue: list[bytes]) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _expect(reader, b"220")
    await _say(reader, writer, b"EHLO load.example\r\n", b"250")
    done = 0
    while queue:
        mail = queue.pop()
        sender = mail[mail.index(b"<") + 1 : mail.index(b">")]
        await _say(reader, writer, b"MAIL FROM:<" + sender + b">\r\n", b"250")
        await _say(reader, writer, b"RCPT TO:<orders@shop.example>\r\n", b"250")
        await _say(reader, writer, b"DATA\r\n", b"354")
        await _say(reader, writer, mail + b"\r\n.\r\n", b"250")
        done += 1
    writer.write(b"QUIT\r\n")
    writer.close()
    return done


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: bytes, code: bytes) -> None:
    writer.write(line)
    await _expect(reader, code)


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while True:
        line = await reader.readline()
        if not line.startswith(code):
            raise ConnectionError(f"expected {code!r}, got {line[:200]!r}")
        if line[3:4] != b"-":
            return


async def post_all(port: int, bodies: Sequence[bytes], token: str, connections: int = 8) -> int:
    """POSTs events over kept connections. Returns how many were answered with 200 or 202."""
    queue = list(reversed(bodies))
    return sum(await asyncio.gather(*(_poster(port, queue, token) for _ in range(connections))))


async def _poster(port: int, queue: list[bytes], token: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while queue:
        body = queue.pop()
        head = f"POST /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        status = await reader.readline()
        length = 0
        while (line := await reader.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        await reader.readexactly(length)
        if status[9:12] not in (b"200", b"202"):
            raise ConnectionError(f"the API answered {status!r}")
        done += 1
    writer.close()
    return done


def placed(number: int, domain: str = "customer.example", method: str = "wire") -> bytes:
    """The news that customer `number` placed order `number`."""
    return json.dumps(
        {
            "id": f"p{number}", "type": "order.placed", "at": "2026-11-02T09:30:00Z", "shop": "demo",
            "order": {
                "number": str(number), "placed_at": "2026-11-02T09:30:00Z", "currency": "EUR", "payment_method": method,
                "customer": {"name": f"Customer {number}", "email": f"c{number}@{domain}", "language": "en",
                             "address": {"street": "1 Road", "postcode": "1", "city": "Milano", "country": "IT"}},
                "lines": [{"sku": "P", "name": "Photo Pro 8", "quantity": 1, "unit_net": 8190, "tax_rate": "22",
                           "tax_name": "IVA", "kind": "download"}],
                "total_net": 8190, "total_tax": 1802, "total": 9992,
            },
        }
    ).encode()  # fmt: skip


def paid(number: int) -> bytes:
    """The news that order `number` was paid."""
    return json.dumps(
        {"id": f"y{number}", "type": "payment.received", "at": "2026-11-04T08:00:00Z", "shop": "demo",
         "order_number": str(number), "payment": {"id": f"pay_{number}", "method": "wire", "amount": 9992, "currency": "EUR"}}
    ).encode()  # fmt: skip


def delivered(number: int) -> bytes:
    """The news that order `number` was delivered."""
    return json.dumps(
        {"id": f"d{number}", "type": "order.delivered", "at": "2026-11-04T08:01:00Z", "shop": "demo",
         "order_number": str(number), "items": [{"sku": "P", "keys": [f"KEY-{number:06}-ABCD"],
                                                "download_url": "https://files.shop.example/p.zip", "download_days": 3650}]}
    ).encode()  # fmt: skip


@dataclass
class Sink:
    """An SMTP server that takes everything and counts it by letter and by Message-ID."""

    port: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    ids: Counter[str] = field(default_factory=Counter)
    keep_headers: bool = False
    each: Callable[[bytes], Awaitable[None]] | None = None
    """Awaited with every letter after it is counted and before its final dot is answered."""
    headers: list[dict[str, str]] = field(default_factory=list)
    total: int = 0
    _server: asyncio.Server | None = None
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=100, limit=2**20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server:
            self._server.close()

    async def until(self, total: int, seconds: float) -> bool:
        """Waits until so many letters have come."""
        deadline = asyncio.get_running_loop().time() + seconds
        while self.total < total:
            self._more.clear()
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(self._more.wait(), min(left, 0.5))
            except TimeoutError:
                continue
        return True

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    writer.write(b"250-sink\r\n250-8BITMIME\r\n250 SIZE 100000000\r\n")
                elif verb == b"DATA":
                    writer.write(b"354 go\r\n")
                    data = await reader.readuntil(b"\r\n.\r\n")
                    self._count(data)
                    if self.each:
                        await self.each(data)
                    writer.write(b"250 ok\r\n")
                elif verb == b"QUIT":
                    writer.write(b"221 bye\r\n")
                    return
                else:
                    writer.write(b"250 ok\r\n")
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    def _count(self, data: bytes) -> None:
        self.total += 1
        if self.keep_headers:
            headers = BytesHeaderParser().parsebytes(data)
            self.letters[str(headers["X-Mailbot-Letter"])] += 1
            self.ids[str(headers["Message-ID"])] += 1
            self.headers.append({name: str(value) for name, value in headers.items()})
        self._more.set()
