"""Mails from files: single, in folders, and in mbox files as real programs write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.boxes import mails_in

FROM = b"From a@b.example Mon Nov 16 10:30:00 2026\n"


def _mbox(folder: Path, content: bytes, name: str = "a.mbox") -> list[bytes]:
    (folder / name).write_bytes(content)
    return [raw for _, raw in mails_in(folder / name)]


@pytest.mark.parametrize(
    ("content", "mails"),
    [
        (b"", []),
        (FROM + b"Subject: 1\n\nx\n", [b"Subject: 1\n\nx\n"]),
        (FROM + b"A: 1\n\nx\n\n" + FROM + b"A: 2\n\ny\n", [b"A: 1\n\nx\n\n", b"A: 2\n\ny\n"]),
        (FROM + b"A: 1\n\n>From me\n>>From you\n", [b"A: 1\n\nFrom me\n>From you\n"]),
        (FROM + b"A: 1\n\nx\nFrom here on it is text.\n", [b"A: 1\n\nx\nFrom here on it is text.\n"]),
        (FROM[:-1] + b"\r\nA: 1\r\n\r\nx\r\n\r\n" + FROM + b"B: 2\n\n", [b"A: 1\r\n\r\nx\r\n\r\n", b"B: 2\n\n"]),
        (b"\n" + FROM + b"A: 1\n\nx\n", [b"A: 1\n\nx\n"]),
        (b"A: 1\n\nno separator at all\n", [b"A: 1\n\nno separator at all\n"]),
        (FROM + b"A: 1\n\nno end", [b"A: 1\n\nno end"]),
    ],
)  # fmt: skip
def test_an_mbox_is_split(content: bytes, mails: list[bytes], tmp_path: Path) -> None:
    assert _mbox(tmp_path, content) == mails


@given(st.lists(st.text("abc F>rom\n", max_size=40), min_size=1, max_size=6))
def test_what_is_put_in_comes_out(bodies: list[str]) -> None:
    import re
    import tempfile

    mails = [f"A: 1\n\n{body}\n".encode() for body in bodies]
    quoted = [re.sub(rb"(?m)^(>*From )", rb">\1", mail) for mail in mails]
    with tempfile.TemporaryDirectory() as folder:
        assert _mbox(Path(folder), b"\n".join(FROM + mail for mail in quoted)) == [
            mail + b"\n" if number < len(mails) else mail for number, mail in enumerate(mails, 1)
        ]


def test_folders_are_read_in_order_with_their_sources(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("2.eml", "1.eml", "b/3.eml", ".hidden"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "box.mbox").write_bytes(FROM + b"A: 1\n\n" + FROM + b"A: 2\n\n")
    found = [(source.removeprefix(f"{tmp_path}/"), raw) for source, raw in mails_in(tmp_path)]
    assert [source for source, _ in found] == ["1.eml", "2.eml", "b/3.eml", "box.mbox#1", "box.mbox#2"]


def test_an_endless_mail_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.boxes._MOST", 1000)
    mails = _mbox(tmp_path, FROM + b"A: 1\n\n" + b"x" * 99 + (b"\n" + b"y" * 99) * 100 + b"\n\n" + FROM + b"B: 2\n\n")
    assert [len(mail) <= 1100 for mail in mails] == [True, True]
    assert mails[1] == b"B: 2\n\n"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        list(mails_in(tmp_path / "none.eml"))
