"""The SMTP and LMTP servers, spoken to over real sockets by a peer that may be anything but polite."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from certificates import self_signed

from mailbot.intake.connection import Connection
from mailbot.intake.received import Received
from mailbot.intake.smtp import Server, serve_smtp

SHOP = "orders@shop.example"


class Peer:
    """A client that says exactly what it is told to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def hear(self) -> str:
        lines = []
        while line := await asyncio.wait_for(self.reader.readline(), 5):
            lines.append(line.decode().rstrip("\r\n"))
            if line[3:4] != b"-":
                break
        return "\n".join(lines)

    async def say(self, line: str | bytes) -> str:
        self.writer.write((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.hear()

    async def envelope(self, sender: str = "anna@home.example", *to: str) -> None:
        assert (await self.say(f"MAIL FROM:<{sender}>")).startswith("250")
        for name in to or (SHOP,):
            assert (await self.say(f"RCPT TO:<{name}>")).startswith("250")

    async def data(self, content: bytes) -> str:
        assert (await self.say("DATA")).startswith("354")
        self.writer.write(content)
        return await self.hear()


class House:
    """A server and what it kept."""

    def __init__(self) -> None:
        self.kept: list[Received] = []
        self.server: Server

    async def keep(self, mail: Received) -> None:
        self.kept.append(mail)

    async def visit(self, greet: str = "EHLO mail.home.example") -> Peer:
        peer = Peer(*await asyncio.open_connection("127.0.0.1", self.server.port))
        assert (await peer.hear()).startswith("220 mx.shop.example")
        if greet:
            assert (await peer.say(greet)).startswith("250")
        return peer


def at_home(visit: Callable[[House], Awaitable[None]], **options: Any) -> House:
    """Run one visit to a fresh server; whatever happens it is closed again."""
    house = House()

    async def run() -> None:
        given = {"keep": house.keep, "accepts": lambda name: name == SHOP or name.startswith("orders+"), **options}
        house.server = await serve_smtp(listen="127.0.0.1:0", hostname="mx.shop.example", **given)
        try:
            await asyncio.wait_for(visit(house), 20)
        finally:
            await house.server.close(grace=1)

    asyncio.run(run())
    return house


def test_a_mail_arrives_as_it_was_sent() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope("Anna@Home.example", SHOP, "orders+r1@shop.example", SHOP)
        content = b"Subject: x\r\n\r\n..leading\r\n....\r\nbare\nline\rends\x00\xff\r\n"
        assert (await peer.data(content + b".\r\n")).startswith("250 2.")
        assert (await peer.say("QUIT")).startswith("221")

    mail = at_home(visit).kept[0]
    assert mail == Received(
        raw=b"Subject: x\r\n\r\n.leading\r\n...\r\nbare\nline\rends\x00\xff\r\n",
        mail_from="Anna@Home.example",
        rcpt_to=(SHOP, "orders+r1@shop.example"),
        peer="127.0.0.1",
        helo="mail.home.example",
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n.\r\n", b"a\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"..x\r\n..\r\n.\r\n", b".x\r\n.\r\n"),
        (b".x\r\n.\r\n", b"x\r\n"),
        (b"a\n.\nb\r\n.\r\n", b"a\n.\nb\r\n"),
        (b"a\r.\rb\r\n.\r\n", b"a\r.\rb\r\n"),
        (b"a\n.\r\nb\r\n.\r\n", b"a\n.\r\nb\r\n"),
        (b"a\r.\r\nb\r\n.\r\n", b"a\r.\r\nb\r\n"),
        (b"a\r\n.\nb\r\n.\r\n", b"a\r\n\nb\r\n"),
        (b"a\r\n.\rb\r\n.\r\n", b"a\r\n\rb\r\n"),
        (b"x" * 200_000 + b"\r\n.\r\n", b"x" * 200_000 + b"\r\n"),
        ((b"x" * 65_531 + b"\r\n") * 3 + b".\r\n", (b"x" * 65_531 + b"\r\n") * 3),
    ],
)
def test_only_a_lone_dot_between_crlf_ends_a_mail(sent: bytes, kept: bytes) -> None:
    """Smuggling (a second mail behind a bare LF or CR) must stay content; long lines are accepted."""

    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        assert (await peer.data(sent)).startswith("250 2.")
        assert (await peer.say("NOOP")).startswith("250")

    assert [mail.raw for mail in at_home(visit).kept] == [kept]


def test_content_may_be_cut_into_pieces_anywhere() -> None:
    content = b"..a\r\n.b\r\r\n\n.\r\nc\r\n"

    async def visit(house: House) -> None:
        peer = await house.visit()
        for cut in range(1, len(content) + 2):
            await peer.envelope()
            assert (await peer.say("DATA")).startswith("354")
            whole = content + b".\r\nRSET\r\n"
            peer.writer.write(whole[:cut])
            await asyncio.sleep(0.002)
            peer.writer.write(whole[cut:])
            assert (await peer.hear()).startswith("250 2.6.0")
            assert (await peer.hear()).startswith("250")

    kept = {mail.raw for mail in at_home(visit).kept}
    assert kept == {b".a\r\nb\r\r\n\n.\r\nc\r\n"}


def test_pipelined_commands_are_answered_in_order() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        one = f"MAIL FROM:<>\r\nRCPT TO:<{SHOP}>\r\nRCPT TO:<x@y.z>\r\nDATA\r\nhi\r\n.\r\n"
        peer.writer.write((one * 3 + "QUIT\r\n").encode())
        codes = [(await peer.hear())[:3] for _ in range(16)]
        assert codes == ["250", "250", "550", "354", "250"] * 3 + ["221"]

    assert [mail.mail_from for mail in at_home(visit).kept] == ["", "", ""]


def test_it_offers_what_is_true_and_no_login() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit("")
        offers = (await peer.say("EHLO x.example")).split("\n")
        assert offers == [
            "250-mx.shop.example", "250-SIZE 1000", "250-8BITMIME", "250-SMTPUTF8", "250-PIPELINING",
            "250 ENHANCEDSTATUSCODES",
        ]  # fmt: skip
        assert (await peer.say("AUTH LOGIN")).startswith("502")
        assert (await peer.say("STARTTLS")).startswith("503")
        assert (await peer.say("MAIL FROM:<jürgen@müller.example> BODY=8BITMIME SMTPUTF8 SIZE=10")).startswith("250")

    at_home(visit, max_size=1000)


def test_strangers_are_refused_and_nothing_is_relayed() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        assert (await peer.say(f"RCPT TO:<{SHOP}>")).startswith("503 5.5.1")
        await peer.say("MAIL FROM:<a@b.example>")
        for name in ("someone@else.example", "shop.example", "", "@x:someone@else.example"):
            assert (await peer.say(f"RCPT TO:<{name}>"))[0] == "5"
        assert (await peer.say("DATA")).startswith("503 5.5.1")
        assert await peer.say("VRFY root@shop.example") == await peer.say(f"VRFY {SHOP}")

    assert at_home(visit).kept == []


def test_a_failure_to_keep_is_told_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(mail: Received) -> None:
        raise RuntimeError(f"password is hunter2, body was {mail.raw!r}")

    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        reply = await peer.data(b"secret\r\n.\r\n")
        assert reply.startswith("451 4.3.0")
        assert "hunter2" not in reply
        assert (await peer.say("NOOP")).startswith("250")

    at_home(visit, keep=fail)
    assert "RuntimeError" in caplog.text
    assert "hunter2" not in caplog.text
    assert "secret" not in caplog.text


def test_a_failure_to_decide_who_lives_here_is_temporary() -> None:
    def lost(name: str) -> bool:
        raise OSError("database gone, password hunter2")

    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.say("MAIL FROM:<a@b.example>")
        reply = await peer.say(f"RCPT TO:<{SHOP}>")
        assert reply.startswith("451 4.3.0")
        assert "hunter2" not in reply

    at_home(visit, accepts=lost)


def test_yes_is_said_only_after_keeping_and_a_slow_keeper_is_a_no() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        assert (await peer.data(b"x\r\n.\r\n")).startswith("451 4.3.0")

    async def slow(mail: Received) -> None:
        await asyncio.sleep(0.5)

    at_home(visit, keep=slow, keep_seconds=0.05)


def test_keeping_is_not_cut_short_by_the_time_for_silence() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        assert (await peer.data(b"x\r\n.\r\n")).startswith("250 2.")

    async def slow(mail: Received) -> None:
        await asyncio.sleep(0.3)

    at_home(visit, keep=slow, idle_seconds=0.1)


def test_a_peer_that_hangs_up_does_not_stop_the_keeping() -> None:
    done = []

    async def slow(mail: Received) -> None:
        await asyncio.sleep(0.1)
        done.append(mail.raw)

    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        await peer.say("DATA")
        peer.writer.write(b"x\r\n.\r\n")
        await asyncio.sleep(0.03)
        peer.writer.transport.abort()

    at_home(visit, keep=slow)
    assert done == [b"x\r\n"]


def test_close_lets_a_running_mail_end_and_sends_the_idle_away() -> None:
    async def visit(house: House) -> None:
        idle, busy = await house.visit(), await house.visit()
        await busy.envelope()
        assert (await busy.say("DATA")).startswith("354")
        closing = asyncio.create_task(house.server.close(grace=5))
        assert (await idle.hear()).startswith("421 4.3.2")
        busy.writer.write(b"x\r\n.\r\n")
        assert (await busy.hear()).startswith("250 2.")
        assert (await busy.hear()).startswith("421 4.3.2")
        await closing
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", house.server.port)

    assert len(at_home(visit).kept) == 1


def test_too_big_is_refused_when_declared_and_when_counted() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        assert (await peer.say("MAIL FROM:<a@b.example> SIZE=1001")).startswith("552 5.3.4")
        for size, code in ((1000, "250"), (1001, "552"), (9000, "552")):
            await peer.envelope()
            assert (await peer.data(b"x" * (size - 2) + b"\r\n.\r\n")).startswith(code)
        assert house.server.door.in_flight == 0

    assert [len(mail.raw) for mail in at_home(visit, max_size=1000).kept] == [1000]


def test_an_endless_mail_is_cut_off_without_being_held() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        await peer.say("DATA")
        held = []

        async def pour() -> None:
            while True:
                peer.writer.write(b"x" * 65_536)
                await peer.writer.drain()
                held.append(house.server.door.in_flight)

        with pytest.raises(ConnectionError):  # a peer that does not listen may miss the 552
            await pour()
        assert max(held) <= 100_000
        assert house.server.door.in_flight == 0

    at_home(visit, max_size=100_000)


def test_all_mails_together_have_a_limit() -> None:
    async def visit(house: House) -> None:
        first, second = await house.visit(), await house.visit()
        for peer in (first, second):
            await peer.envelope()
            await peer.say("DATA")
        first.writer.write(b"x" * 150_000)
        await asyncio.sleep(0.05)
        second.writer.write(b"y" * 150_000 + b"\r\n.\r\n")
        assert (await second.hear()).startswith("452 4.3.1")
        first.writer.write(b"\r\n.\r\n")
        assert (await first.hear()).startswith("250 2.")

    at_home(visit, max_in_flight=250_000)


def test_recipients_have_a_limit_and_so_has_guessing() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.say("MAIL FROM:<a@b.example>")
        codes = [(await peer.say(f"RCPT TO:<orders+{n}@shop.example>"))[:9] for n in range(12)]
        assert codes == ["250 2.1.5"] * 10 + ["452 4.5.3"] * 2
        assert (await peer.data(b"x\r\n.\r\n")).startswith("250 2.")
        await peer.say("MAIL FROM:<a@b.example>")
        replies = [await peer.say(f"RCPT TO:<guess{n}@shop.example>") for n in range(6)]
        assert [reply[:3] for reply in replies] == ["550"] * 5 + ["421"]

    house = at_home(visit, max_recipients=10, max_refusals=5)
    assert len(house.kept[0].rcpt_to) == 10


def test_ten_thousand_recipients_are_answered_one_by_one() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.say("MAIL FROM:<a@b.example>")

        async def pour() -> None:
            for n in range(10_000):
                peer.writer.write(b"RCPT TO:<orders+%d@shop.example>\r\n" % n)
                await peer.writer.drain()

        pouring = asyncio.create_task(pour())
        codes = [(await peer.hear())[:3] for _ in range(10_000)]
        await pouring
        assert codes == ["250"] * 100 + ["452"] * 9_900

    at_home(visit)


def test_connections_have_a_limit() -> None:
    async def visit(house: House) -> None:
        guests = [await house.visit() for _ in range(3)]
        late = Peer(*await asyncio.open_connection("127.0.0.1", house.server.port))
        assert (await late.hear()).startswith("421 4.3.2")
        assert await late.hear() == ""
        await guests[0].say("QUIT")
        await asyncio.sleep(0.02)
        await house.visit()

    at_home(visit, max_connections=3)
    at_home(visit, max_per_peer=3)


def test_silence_and_dripping_end_a_connection() -> None:
    async def visit(house: House) -> None:
        silent, dripping, busy = await house.visit(), await house.visit(), await house.visit()
        await dripping.envelope()
        await dripping.say("DATA")
        await busy.envelope()
        await busy.say("DATA")
        for n in range(30):
            await asyncio.sleep(0.02)
            if not dripping.writer.is_closing():
                dripping.writer.write(b"x")
            if n < 15:
                busy.writer.write(b"y" * 1000)
            if n == 15:  # longer than the time for silence, and no fault of its own
                busy.writer.write(b"\r\n.\r\n")
                assert (await busy.hear()).startswith("250 2.")
        assert (await silent.hear()).startswith("421 4.4.2")
        assert dripping.writer.is_closing() or dripping.reader.at_eof() or (await dripping.hear())[:3] == "421"
        assert not house.server.door.guests

    assert len(at_home(visit, idle_seconds=0.2, data_seconds=0.5).kept) == 1


@pytest.mark.parametrize(
    "line",
    [b"", b"\xff\xfe", b"GET / HTTP/1.1", b"MAIL FROM:(((((((", b"MAIL FROM:<" + b"(" * 1000 + b"@x>", b"MAIL",
     b"MAIL FROM:<a@b.c> SIZE=x", b"MAIL FROM:<a@b.c> RET=FULL", b"MAIL FROM:<\xff@b.c>", b"MAIL FROM:<a\x00@b.c>",
     b"EHLO", b"EHLO \x01", b"x" * 100_000, b"NOOP\r.", b"RCPT TO:<a@b.c> NOTIFY=NEVER", b"HELP me"],
)  # fmt: skip
def test_odd_lines_get_an_answer_and_the_talk_goes_on(line: bytes) -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        assert (await peer.say(line))[:1] in ("2", "5")
        await peer.envelope()
        assert (await peer.data(b"x\r\n.\r\n")).startswith("250 2.")

    assert len(at_home(visit).kept) == 1


def test_too_many_commands_and_nonsense_end_a_connection() -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        replies = [await peer.say("NOOP") for _ in range(101)]
        assert replies[99].startswith("250")
        assert replies[100].startswith("421")
        peer = await house.visit()
        assert [(await peer.say(f"X{n}"))[:3] for n in range(5)] == ["500"] * 4 + ["502"]
        assert await peer.hear() == ""

    at_home(visit)


def test_lmtp_answers_once_for_each_recipient(tmp_path: Path) -> None:
    kept: list[Received] = []

    async def keep(mail: Received) -> None:
        if b"fail" in mail.raw:
            raise OSError
        kept.append(mail)

    async def run() -> None:
        path = str(tmp_path / "lmtp.sock")
        server = await serve_smtp(
            listen=f"unix:{path}", protocol="lmtp", accepts=lambda name: name != "x@y.z", keep=keep,
            hostname="mx.shop.example", max_size=1000,
        )  # fmt: skip
        assert server.port == 0
        peer = Peer(*await asyncio.open_unix_connection(path))
        await peer.hear()
        assert (await peer.say("EHLO me")).startswith("500")
        assert "PIPELINING" in await peer.say("LHLO me")
        for content, codes in ((b"a", "250"), (b"fail", "451"), (b"x" * 2000, "552"), (b"b", "250")):
            await peer.envelope("", "a@shop.example", "b@shop.example", "a@shop.example")
            assert (await peer.say("RCPT TO:<x@y.z>")).startswith("550")
            assert (await peer.data(content + b"\r\n.\r\n")).startswith(codes)
            assert [(await peer.hear())[:3] for _ in range(2)] == [codes] * 2
            assert (await peer.say("NOOP")).startswith("250")
        await server.close(grace=1)

    asyncio.run(run())
    assert not (tmp_path / "lmtp.sock").exists()
    assert [(mail.raw, mail.mail_from, mail.rcpt_to, mail.peer) for mail in kept] == [
        (b"a\r\n", "", ("a@shop.example", "b@shop.example"), ""),
        (b"b\r\n", "", ("a@shop.example", "b@shop.example"), ""),
    ]


@pytest.mark.parametrize("engine", ["asyncio", "uvloop"])
def test_starttls(engine: str, tmp_path: Path) -> None:
    tls, trusting = self_signed(tmp_path, "mx.shop.example")

    def talk(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as plain:
            lines = plain.makefile("rb")
            assert lines.readline().startswith(b"220")
            plain.sendall(b"EHLO me\r\n")
            assert b"250-STARTTLS\r\n" in [lines.readline() for _ in range(7)]
            plain.sendall(b"STARTTLS\r\nMAIL FROM:<injected@b.example>\r\n")
            assert lines.readline().startswith(b"220")
            with trusting.wrap_socket(plain, server_hostname="mx.shop.example") as secret:
                lines = secret.makefile("rb")
                secret.sendall(b"MAIL FROM:<a@b.example>\r\nEHLO me\r\n")
                assert lines.readline().startswith(b"503")  # all that was said in clear is forgotten
                offers = [lines.readline() for _ in range(6)]
                assert b"250-STARTTLS\r\n" not in offers
                assert not any(b"AUTH" in line for line in offers)
                secret.sendall(b"STARTTLS\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<orders@shop.example>\r\nDATA\r\n")
                assert [lines.readline()[:3] for _ in range(4)] == [b"503", b"250", b"250", b"354"]
                secret.sendall(b"x" * 300_000 + b"\r\n.\r\n")
                assert lines.readline().startswith(b"250 2.6.0")

    kept: list[Received] = []

    async def keep(mail: Received) -> None:
        kept.append(mail)

    async def run() -> None:
        server = await serve_smtp(
            listen="127.0.0.1:0", accepts=lambda name: True, keep=keep, hostname="mx.shop.example", tls=tls
        )
        await asyncio.to_thread(talk, server.port)
        await server.close(grace=1)

    if engine == "uvloop":
        pytest.importorskip("uvloop").run(run())
    else:
        asyncio.run(run())
    assert [(len(mail.raw), mail.mail_from, mail.peer) for mail in kept] == [(300_002, "a@b.example", "127.0.0.1")]


def test_the_library_does_not_log_addresses(caplog: pytest.LogCaptureFixture) -> None:
    async def visit(house: House) -> None:
        peer = await house.visit()
        await peer.envelope()
        await peer.data(b"very private\r\n.\r\n")

    with caplog.at_level(logging.DEBUG):
        at_home(visit)
    assert "anna@home" not in caplog.text
    assert "private" not in caplog.text


def test_the_class_stands_on_the_library_as_we_know_it() -> None:
    """Private names of aiosmtpd that we override: a release that drops one must fail here, not in the mail."""
    for name in ("_handle_client", "_reset_timeout", "_timeout_cb", "_getaddr", "_set_post_data_state"):
        assert callable(getattr(SMTP, name)), name
    assert isinstance(asyncio.StreamReader(loop=asyncio.new_event_loop())._buffer, bytearray)  # type: ignore[attr-defined]
    assert Connection.command_size_limits["ANY"] == 2048
    assert len(Connection.command_size_limits) == 0
