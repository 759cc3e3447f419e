#!/usr/bin/env python3
"""Mutates mails and gives them to a reader: no exception may come out, and none may take long.

    tools/fuzz_read.py [--count N] [--seed N] [--function module:name] [FOLDER_OR_FILE ...]

Seeds are the files given, or below the folders given; without any, mails made here. It prints the slowest mutations
and each kind of exception, saves those mails, and exits 1 when there was an exception or a mail over the limit.
"""

import argparse
import collections
import importlib
import pathlib
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence

Read = Callable[[bytes], object]
MOST = 256 << 10  # bytes of a seed: longer ones are cut, so that many mutations fit in a run

HEAD = b"From: Ann <ann@example.com>\r\nTo: o@shop.example\r\nSubject: %s\r\nMessage-ID: <1@example.com>\r\n%s\r\n\r\n"
NASTY = (
    b"\x00", b"\r", b"\n\n", b"\r\n\r\n", b"=?utf-8?b?", b"?=", b"=?x?q?=?=", b"--", b"(" * 50, b'"', b"<", b">",
    b";" * 20, b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: text/html; charset=utf-16\r\n", b"begin 644 x\r\n",
    b"=ybegin line=1 name=x\r\n", b"From ", b"<div>" * 60, b"<blockquote>" * 40, b"&#x0;", b"&#1114112;", b"<!--",
    b"<a " + b"b=c " * 40, b"On Mon, Ann wrote:\n> ", b"4111 1111 1111 1111", b"Message-ID: <@>\r\n", b"\xff\xfe",
    b"charset=unknown-8bit", b"filename*0*=utf-8''%ff%", b"Group: a@b, c@d;", b"Final-Recipient: rfc822; a@b.c\r\n\r\n",
    b"\x1b$B", b"+AAAA-", b"=\r\n", b"=C3", b"\xc3", b"password: ", b"\xf0\x9f\x98\x80" * 9, b"\xe2\x80\xae",
    b"a@" * 40, b" " * 300, b"\t" * 30, b"9" * 400,
    b"cvv 123", b"-----Original Message-----\n", b"begin:vcalendar\r\n", b"%s%n{0}",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    module, _, name = options.function.partition(":")
    read: Read = getattr(importlib.import_module(module), name)
    report = run(read, load(options.paths) or made(), options.count, options.seed, options.limit)
    return report


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=20_000, help="how many mutated mails")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers: the same seed, the same mails")
    parser.add_argument("--limit", type=float, default=1.0, help="seconds that no mail may take")
    parser.add_argument("--function", default="mailbot.reading.parse:parse", help="module:name, called with the bytes")
    return parser.parse_args(argv)


def load(paths: Sequence[pathlib.Path]) -> list[bytes]:
    """The files, and all files below the folders."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [file.read_bytes()[:MOST] for file in files if file.is_file()]


def made() -> list[bytes]:
    """A mail of each shape."""
    html = b"<html><body><p>Hi &amp; <b>bye</b></p><blockquote>old<br>text</blockquote></body></html>"
    plain = b"Hello,\r\n\r\nwhere is my order 10023?\r\n\r\nAnn\r\n"
    two = (
        b"--x y\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHi=20=\r\nthere\r\n"
        b"--x y\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+aGk8L2I+\r\n--x y--\r\n"
    )
    bounce = (
        b"--r\r\n\r\nIt failed.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\n"
        b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <o@x>\r\n\r\n--r--\r\n"
    )
    report = b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\nReturn-Path: <>"
    return [
        HEAD % (b"Hello", b"Content-Type: text/plain; charset=utf-8") + plain,
        HEAD % (b"=?utf-8?q?Caf=C3=A9?=", b"Content-Type: text/html; charset=iso-8859-1") + html,
        HEAD % (b"Two", b'Content-Type: multipart/alternative; boundary="x y"') + two,
        HEAD % (b"Returned mail", report) + bounce,
    ]


def mutations(seeds: Sequence[bytes], count: int, chance: random.Random) -> Iterator[bytes]:
    for _ in range(count):
        mail = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            mutate(mail, seeds, chance)
        yield bytes(mail)


def mutate(mail: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    """One change: bytes flipped, cut, doubled, moved in from another mail, or something nasty put in."""
    place = chance.randrange(len(mail) + 1)
    length = min(chance.choice((1, 2, 4, 16, 64, 256, 1024)), len(mail) - place)
    kind = chance.randrange(8)
    if kind == 0:
        mail[place : place + length] = chance.randbytes(length)
    elif kind == 1:
        del mail[place : place + length]
    elif kind == 2:
        mail[place:place] = mail[place : place + length] * chance.choice((1, 2, 20, 200 if length < 64 else 2))
    elif kind == 3:
        other = chance.choice(seeds)
        start = chance.randrange(len(other) + 1)
        mail[place:place] = other[start : start + chance.choice((16, 256, 4096))]
    elif kind == 4:
        del mail[place:]
    else:
        mail[place:place] = chance.choice(NASTY) * chance.choice((1, 1, 1, 3, 30))


def run(read: Read, seeds: Sequence[bytes], count: int, seed: int, limit: float) -> int:
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fuzz-read-"))
    failures: collections.Counter[str] = collections.Counter()
    slowest: list[tuple[float, int, int]] = []
    started = time.perf_counter()
    for number, mail in enumerate(mutations(seeds, count, random.Random(seed))):
        before = time.perf_counter()
        try:
            read(mail)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {last.filename}:{last.lineno} ({last.name})"
            if not failures[where]:
                (folder / f"exception-{number}.eml").write_bytes(mail)
            failures[where] += 1
        took = time.perf_counter() - before
        if len(slowest) < 5 or took > slowest[-1][0]:
            slowest = sorted([*slowest, (took, len(mail), number)], reverse=True)[:5]
            (folder / f"slow-{number}.eml").write_bytes(mail)
    seconds = time.perf_counter() - started
    print(f"{count} mails from {len(seeds)} seeds in {seconds:.0f} s, {count / seconds:.0f} a second: {folder}")
    for took, size, number in slowest:
        print(f"slow: {took * 1000:.1f} ms for {size} bytes, slow-{number}.eml")
    for where, times in failures.most_common():
        print(f"exception, {times} times: {where}")
    return int(bool(failures) or (bool(slowest) and slowest[0][0] > limit))


if __name__ == "__main__":
    sys.exit(main())
