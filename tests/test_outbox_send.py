"""Letters on their way out: a relay that does exactly what a test tells it, and one that is real."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from certificates import self_signed
from hypothesis import given
from hypothesis import strategies as st

from mailbot.intake.received import Received
from mailbot.intake.smtp import serve_smtp
from mailbot.outbox.line import stuffed
from mailbot.outbox.replies import Outcome
from mailbot.outbox.send import Relay

DROP = "drop"
LETTER = b"Subject: x\r\n\r\nhello\r\n"


class Sink:
    """A relay whose reply to each command is scripted; unscripted commands succeed. `heard` is all it was told."""

    def __init__(
        self, script: dict[str, str | list[str]], offers: str = "250-x\r\n250-SIZE 99999999\r\n250 8BITMIME"
    ) -> None:
        self.script = {key: list(value) if isinstance(value, list) else value for key, value in script.items()}
        self.offers = offers
        self.heard: list[str] = []
        self.connections = 0
        self.open = 0

    def reply(self, key: str, usual: str) -> str:
        found = self.script.get(key, usual)
        return (found.pop(0) if found else usual) if isinstance(found, list) else found

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            writer.write(self.reply("connect", "220 sink").encode() + b"\r\n")
            while line := (await reader.readline()).decode().strip():
                self.heard.append(line)
                usual = {"EHLO": self.offers, "DATA": "354 go", "QUIT": "221 bye"}.get(line[:4], "250 2.0.0 ok")
                key = line if line.startswith("RCPT") and line in self.script else line[:4]
                answer = self.reply(key, usual)
                if answer == DROP:
                    return
                writer.write(answer.encode() + b"\r\n")
                if line == "DATA" and answer.startswith("354"):
                    content = await reader.readuntil(b"\r\n.\r\n")
                    self.heard.append(f"<{len(content)} bytes>")
                    answer = self.reply("final", "250 2.0.0 queued")
                    if answer == DROP:
                        return
                    writer.write(answer.encode() + b"\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= 1
            writer.close()


def with_sink(sink: Sink, work: Callable[[Relay], Awaitable[Any]], **options: Any) -> Any:
    async def run() -> Any:
        server = await asyncio.start_server(sink.talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        relay = Relay("127.0.0.1", port, **{"tls": "none", "connect_seconds": 1, "command_seconds": 0.3, **options})
        try:
            return await asyncio.wait_for(work(relay), 10)
        finally:
            await relay.close()
            server.close()

    return asyncio.run(run())


def send(
    script: dict[str, str | list[str]], *to: str, letters: int = 1, **options: Any
) -> tuple[Sink, list[list[Outcome]]]:
    """Send some letters one after the other to a scripted relay."""
    sink = Sink(script, **({"offers": options.pop("offers")} if "offers" in options else {}))

    async def work(relay: Relay) -> list[list[Outcome]]:
        return [await relay.send(LETTER, "shop@x.example", to or ("a@b.example",)) for _ in range(letters)]

    return sink, with_sink(sink, work, **options)


def verdicts(outcomes: list[list[Outcome]]) -> list[list[tuple[str, int]]]:
    return [[(outcome.verdict, outcome.code) for outcome in letter] for letter in outcomes]


def test_letters_share_a_connection() -> None:
    sink, outcomes = send({}, letters=5)
    assert verdicts(outcomes) == [[("done", 250)]] * 5
    assert sink.connections == 1
    assert sink.heard[:4] == ["EHLO localhost", "MAIL FROM:<shop@x.example> SIZE=21", "RCPT TO:<a@b.example>", "DATA"]


def test_each_recipient_has_an_outcome_in_the_order_asked() -> None:
    script: dict[str, str | list[str]] = {
        "RCPT TO:<b@b.example>": "550 5.1.1 unknown",
        "RCPT TO:<c@b.example>": "450 4.2.0 later",
    }
    to = ["c@b.example", "not an address", "a@b.example", "b@b.example", "d@b.example"]
    sink, [letter] = send(script, *to)
    assert [outcome.recipient for outcome in letter] == to
    assert [outcome.verdict for outcome in letter] == ["later", "never", "done", "never", "done"]
    assert "not an address" not in " ".join(sink.heard)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ({"connect": "421 4.3.2 busy"}, ("later", 421)),
        ({"connect": "554 5.7.1 go away"}, ("later", 554)),
        ({"connect": "gibberish"}, ("later", 0)),
        ({"EHLO": "550 5.5.0 bad name", "HELO": "550 5.5.0 bad name"}, ("later", 550)),
        ({"EHLO": DROP}, ("later", 0)),
        ({"MAIL": "550 5.7.1 bad sender"}, ("later", 550)),
        ({"MAIL": DROP}, ("later", 0)),
        ({"RCPT": DROP}, ("later", 0)),
        ({"RCPT": "550 5.1.1 unknown"}, ("never", 550)),
        ({"RCPT": "451 4.7.1 greylisted"}, ("later", 451)),
        ({"RCPT": "nonsense"}, ("later", 0)),
        ({"DATA": "451 4.3.0 no"}, ("later", 451)),
        ({"DATA": "554 5.6.0 no"}, ("never", 554)),
        ({"DATA": DROP}, ("later", 0)),
        ({"final": "554 5.7.1 spam"}, ("never", 554)),
        ({"final": "421 4.3.0 closing"}, ("later", 421)),
        ({"final": "432 4.3.2 slow down"}, ("later", 432)),
        ({"final": DROP}, ("uncertain", 0)),
        ({"final": "nonsense"}, ("uncertain", 0)),
    ],
)
def test_a_failure_at_each_step(script: dict[str, str | list[str]], expected: tuple[str, int]) -> None:
    _, outcomes = send(script, letters=1)
    assert verdicts(outcomes) == [[expected]]


def test_refused_recipients_do_not_lose_the_connection() -> None:
    sink, outcomes = send({"RCPT": ["550 5.1.1 no", "250 ok"], "final": ["554 5.7.1 spam"]}, letters=3)
    assert verdicts(outcomes) == [[("never", 550)], [("never", 554)], [("done", 250)]]
    assert sink.connections == 1
    assert sink.heard.count("RSET") == 1


def test_a_connection_lost_while_idle_is_replaced_without_a_word() -> None:
    sink, outcomes = send({"MAIL": ["250 ok", DROP, "250 ok", "421 4.7.0 enough of you", "250 ok"]}, letters=3)
    assert verdicts(outcomes) == [[("done", 250)]] * 3
    assert sink.connections == 3


def test_a_lost_letter_after_its_final_dot_is_not_sent_again() -> None:
    sink, outcomes = send({"final": ["250 ok", DROP]}, "a@b.example", "c@b.example", letters=3)
    assert verdicts(outcomes) == [[("done", 250)] * 2, [("uncertain", 0)] * 2, [("done", 250)] * 2]
    assert len([line for line in sink.heard if line.startswith("<")]) == 3


def test_silence_after_the_final_dot_is_uncertain_and_before_it_is_later() -> None:
    class Silent(Sink):
        def reply(self, key: str, usual: str) -> str:
            answer = super().reply(key, usual)
            return "250-" + "never ends" if answer == "silence" else answer

    for key, verdict in (("RCPT", "later"), ("final", "uncertain")):
        sink = Silent({key: "silence"})
        outcomes = with_sink(sink, lambda relay: relay.send(LETTER, "", ["a@b.example"]), final_seconds=0.2)
        assert [outcome.verdict for outcome in outcomes] == [verdict]


def test_a_connection_serves_so_many_letters_and_no_longer_than_it_is_needed() -> None:
    async def work(relay: Relay) -> list[int]:
        for _ in range(5):
            await relay.send(LETTER, "", ["a@b.example"])
        before = sink.open
        await asyncio.sleep(0.3)
        return [before, sink.open]

    sink = Sink({})
    assert with_sink(sink, work, letters_per_connection=2, idle_seconds=0.1) == [1, 0]
    assert sink.connections == 3
    assert "MAIL FROM:<> SIZE=21" in sink.heard


def test_many_letters_at_once_share_a_few_connections() -> None:
    async def work(relay: Relay) -> list[list[Outcome]]:
        return await asyncio.gather(*(relay.send(LETTER, "", [f"a{n}@b.example"]) for n in range(50)))

    sink = Sink({})
    outcomes = with_sink(sink, work, connections=3)
    assert verdicts(outcomes) == [[("done", 250)]] * 50
    assert sink.connections <= 3


def test_a_relay_that_is_away_fails_quickly_and_is_left_in_peace() -> None:
    async def run() -> None:
        server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        relay = Relay("127.0.0.1", port, tls="none")
        outcomes = [await relay.send(LETTER, "", ["a@b.example"]) for _ in range(100)]
        assert {(o.verdict, o.code) for [o] in outcomes} == {("later", 0)}

    asyncio.run(asyncio.wait_for(run(), 2))


def test_a_wrong_password_is_told_clearly_and_not_tried_again_at_once() -> None:
    sink = Sink({"AUTH": "535 5.7.8 bad credentials"}, offers="250-x\r\n250 AUTH PLAIN")

    async def work(relay: Relay) -> list[Outcome]:
        await relay.send(LETTER, "", ["a@b.example"])
        return await relay.send(LETTER, "", ["a@b.example"])

    [outcome] = with_sink(sink, work, username="shop", password="hunter2")
    assert (outcome.verdict, outcome.code) == ("later", 535)
    assert "check user name and password" in outcome.text
    assert len([line for line in sink.heard if line.startswith("AUTH")]) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_relay_without_tls_gets_nothing_when_tls_is_asked_for(tls: str) -> None:
    sink, outcomes = send({}, tls=tls, username="shop", password="hunter2")
    assert outcomes[0][0].verdict == "later"
    assert not any(line.startswith(("AUTH", "MAIL")) for line in sink.heard)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_tls_is_used_and_a_stranger_is_not_trusted(tls: Literal["starttls", "tls"], tmp_path: Path) -> None:
    server_side, trusting = self_signed(tmp_path, "localhost")
    kept: list[Received] = []

    async def keep(mail: Received) -> None:
        kept.append(mail)

    async def run() -> list[Outcome]:
        sink = Sink({})
        implicit = await asyncio.start_server(sink.talk, "127.0.0.1", 0, ssl=server_side)
        offering = await serve_smtp(
            listen="127.0.0.1:0", accepts=lambda name: True, keep=keep, hostname="mx.example", tls=server_side
        )
        port = offering.port if tls == "starttls" else implicit.sockets[0].getsockname()[1]
        outcomes = []
        for context in (trusting, None):
            relay = Relay("localhost", port, tls=tls, context=context)
            outcomes += await relay.send(LETTER, "", ["a@b.example"])
            outcomes += await relay.send(LETTER, "", ["a@b.example"])
            await relay.close()
        await offering.close(grace=1)
        implicit.close()
        return outcomes

    outcomes = asyncio.run(run())
    assert [outcome.verdict for outcome in outcomes] == ["done", "done", "later", "later"]
    assert "certificate" in outcomes[2].text
    assert len(kept) == (2 if tls == "starttls" else 0)


def test_the_log_knows_the_relay_and_no_customer(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send({"AUTH": "535 5.7.8 no"}, offers="250-x\r\n250 AUTH PLAIN", username="shop", password="hunter2")
        send({"RCPT": "550 5.1.1 <a@b.example> unknown"})
    assert "away" in caplog.text
    assert "hunter2" not in caplog.text
    assert "a@b.example" not in caplog.text


def test_addresses_beyond_ascii_need_a_relay_that_takes_them() -> None:
    sink, [letter] = send({}, "jürgen@müller.example", "a@müller.example")
    assert [outcome.verdict for outcome in letter] == ["never", "done"]
    sink, [letter] = send({}, "jürgen@müller.example", offers="250-x\r\n250 SMTPUTF8")
    assert [outcome.verdict for outcome in letter] == ["done"]
    assert sink.heard[1:3] == ["MAIL FROM:<shop@x.example> SMTPUTF8", "RCPT TO:<jürgen@xn--mller-kva.example>"]


def test_a_bad_sender_is_refused_before_the_wire() -> None:
    async def work(relay: Relay) -> list[Outcome]:
        return await relay.send(LETTER, "a\r\nb@c.example", ["a@b.example"])

    sink = Sink({})
    assert [outcome.verdict for outcome in with_sink(sink, work)] == ["never"]
    assert sink.connections == 0


@given(st.text(alphabet="\r\n.x", max_size=40).map(str.encode))
def test_stuffing_is_undone_by_a_reader_of_lines(message: bytes) -> None:
    wire = stuffed(message)
    lines = wire.split(b"\r\n")
    assert lines[-2:] == [b".", b""]
    assert b"." not in lines[:-2]
    content = b"\n".join(line.removeprefix(b".") for line in lines[:-2])
    assert content + b"\n" == message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"") + (
        b"" if message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").endswith(b"\n") else b"\n"
    )


def test_what_is_sent_arrives_byte_for_byte_at_a_real_server() -> None:
    kept: list[Received] = []

    async def keep(mail: Received) -> None:
        kept.append(mail)

    letters = [b".\r\n", b"..a\r\n.\r\nb\r\n", b"x" * 100_000 + b"\r\n", "grüße\r\n".encode()]

    async def run() -> None:
        server = await serve_smtp(listen="127.0.0.1:0", accepts=lambda name: True, keep=keep, hostname="mx.example")
        relay = Relay("127.0.0.1", server.port, tls="none")
        for letter in letters:
            [outcome] = await relay.send(letter, "", ["a@b.example"])
            assert outcome.verdict == "done"
        await relay.close()
        await server.close(grace=1)

    asyncio.run(run())
    assert [mail.raw for mail in kept] == letters
