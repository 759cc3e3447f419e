"""Transfer encodings are undone as far as broken mail allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading import transfer


@pytest.mark.parametrize(
    ("data", "encoding", "plain"),
    [
        (b"a=\r\nb=20c=C3=A9=Z", "quoted-printable", b"ab c\xc3\xa9=Z"),
        (b"YWJj\r\nZGVm", "base64", b"abcdef"),
        (b"YWJ", "base64", b"ab"),
        (b"YWJjZ", "base64", b"abc"),
        (b"*YW!Jj", "base64", b"abc"),
        (b"YWI=\nnot base64 any more", "base64", b"ab"),
        (b"begin 644 x\n#0V%T\n`\nend\n", "x-uuencode", b"Cat"),
        (b"as it is", "8bit", b"as it is"),
        (b"as it is", "x-unknown", b"as it is"),
    ],
)
def test_decode(data: bytes, encoding: str, plain: bytes) -> None:
    assert transfer.decode(data, encoding) == plain


@pytest.mark.parametrize(
    ("text", "rest", "names"),
    [
        ("hi\nbegin 644 a b.bin\n#0V%T\n`\nend\nbye", "hi\nbye", ["a b.bin"]),
        ("=ybegin line=1 size=2 name=x.bin\nxx\n=yend size=2\nbye", "bye", ["x.bin"]),
        ("begin 644 a\n#0V%T\n`\nend\nand\nbegin 644 b\n#0V%T\n`\nend\n", "and\n", ["a", "b"]),
        ("I begin 644 days later\nand end", "I begin 644 days later\nand end", []),
        ("begin 644 a\nno uuencode and no closing line", "begin 644 a\nno uuencode and no closing line", []),
    ],
)
def test_files_in_the_text(text: str, rest: str, names: list[str]) -> None:
    left, files = transfer.take_out_files(text)
    assert left == rest
    assert [name for name, _ in files] == names


@given(st.binary(max_size=80), st.sampled_from(["base64", "quoted-printable", "x-uue", "7bit"]))
def test_total_on_every_input(data: bytes, encoding: str) -> None:
    assert isinstance(transfer.decode(data, encoding), bytes)
