"""The files of words: a shop adds to them, and a wrong one is named with file, line and key."""

from datetime import date
from pathlib import Path

import pytest

from mailbot.model.rulesfile import RulesFault
from mailbot.reader import Reader
from mailbot.reading import rulebook
from mailbot.reading.fact_words import load
from mailbot.reading.facts import FactFinder

SUNDAY = date(2026, 11, 22)

RULES = Path(__file__).parents[1] / "rules"


def test_a_shops_own_words_are_added(tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "facts.toml").write_text(
        '[orders]\nwords = ["tilaus"]\n[methods]\ncard = ["kortti"]\n', "utf-8"
    )
    finder = FactFinder(load([tmp_path, RULES]))
    facts = finder.extract("tilaus 7788, kortti; order 9911")
    assert facts.orders == ("7788", "9911")
    assert facts.method == "card"


def test_they_count_when_a_mail_is_read(tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "facts.toml").write_text('[orders]\nwords = ["parcel"]\n', "utf-8")
    mail = b"From: a@example.com\r\nSubject: Hello\r\n\r\nWhere is my parcel 7788?\r\n"
    reader = Reader(lazily=True)
    for folders, orders in (([RULES], []), ([tmp_path, RULES], ["7788"])):
        reader.book = rulebook.load(folders, lazily=True)
        assert reader.read("x", mail)["requests"][0]["orders"] == orders


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("facts.toml", "[orders\n", ":1: is not TOML"),
        ("facts.toml", 'orders = "x"\n', ":1: orders: should be a table"),
        ("facts.toml", "\n[orders]\nwords = [1]\n", ":3: orders.words: should be a list of words"),
        ("facts.toml", '[orders]\nwords = "order"\n', ":2: orders.words: should be a list of words"),
        ("facts.toml", '[orders]\nwrods = ["order"]\n', ":2: orders.wrods: is unknown"),
        ("facts.toml", "[order]\n", ":1: order: is unknown"),
        ("dates.toml", '[fi]\nmonths = [["tammikuu"]]\n', ":2: fi.months: should be 12 lists"),
        ("dates.toml", '[fi]\norder = "ymd"\n', ":2: fi.order: should be"),
        ("dates.toml", '[fi]\nnumbers = { yksi = "1" }\n', ":2: fi.numbers: should be numbers"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / name).write_text(content, "utf-8")
    with pytest.raises(RulesFault) as error:
        load([tmp_path, RULES])
    assert f"{name}{message}" in str(error.value)


def test_a_language_may_be_added_with_little(tmp_path: Path) -> None:
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "dates.toml").write_text('[fi]\nyesterday = ["eilen"]\n', "utf-8")
    finder = FactFinder(load([tmp_path, RULES]))
    assert finder.extract("maksoin eilen", language="fi", today=SUNDAY).dates == (date(2026, 11, 21),)


def test_missing_words_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no reading/facts\.toml in "):
        load([tmp_path])
