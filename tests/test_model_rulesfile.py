"""Rules files: the line of a key, faults of the file itself, and laying one file over another."""

from pathlib import Path

import pytest

from mailbot.model.rulesfile import Fault, RulesFault, merge, parse

PATH = Path("rules/x.toml")


def test_lines_of_keys() -> None:
    file = parse(PATH, b'a = 1\n\n[t]\nb = 2\nc = [\n  "x",\n]\n[t.u]\nd.e = 3\n[[list]]\nf = 1\n')
    assert [file.line(key) for key in ("a", "t", "t.b", "t.c", "t.u.d.e", "list.f")] == [1, 3, 4, 5, 9, 11]
    assert file.line("t.b.deeper.still") == 4
    assert file.line("t.unknown") == 3
    assert file.line("nowhere") == 0


@pytest.mark.parametrize(
    ("content", "line", "says"), [(b"a = 1\nb = \n", 2, "not TOML"), (b"a = '\xff'", 0, "not UTF-8 (byte 5)")]
)
def test_a_file_that_cannot_be_read(content: bytes, line: int, says: str) -> None:
    with pytest.raises(RulesFault) as error:
        parse(PATH, content)
    assert error.value.faults[0].line == line
    assert says in str(error.value)


def test_a_fault_reads_as_one_line() -> None:
    assert str(Fault(PATH, 3, "a.b", "is wrong")) == "rules/x.toml:3: a.b: is wrong"
    assert str(Fault(PATH, 0, "", "is wrong")) == "rules/x.toml:0: is wrong"


def test_merge_goes_key_by_key_and_changes_neither() -> None:
    old = {"a": {"x": 1, "y": [1, 2]}, "b": 1}
    new = {"a": {"y": [3]}, "b": {"z": 1}, "c": 2}
    assert merge(old, new) == {"a": {"x": 1, "y": [3]}, "b": {"z": 1}, "c": 2}
    assert old == {"a": {"x": 1, "y": [1, 2]}, "b": 1}
    assert new == {"a": {"y": [3]}, "b": {"z": 1}, "c": 2}
