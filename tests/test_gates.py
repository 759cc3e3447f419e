"""rules/gates.toml: the shop's own numbers before the shipped ones, and faults in words."""

from pathlib import Path

import pytest

from mailbot.gates import GatesFault, load_gates


def _folder(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).mkdir()
    (tmp_path / name / "gates.toml").write_text(text, encoding="utf-8")
    return tmp_path / name


def test_the_shops_own_file_comes_first(tmp_path: Path) -> None:
    own, shipped = _folder(tmp_path, "own", "promise_hours = 8"), _folder(tmp_path, "shipped", "promise_hours = 24")
    assert load_gates([own, shipped])["promise_hours"] == 8
    assert load_gates([shipped])["promise_hours"] == 24
    assert load_gates([tmp_path])["promise_hours"] == 24


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("promise_hours = 0", "promise_hours"),
        ("promise_hours = true", "promise_hours"),
        ("promise_hours = 1.5", "promise_hours"),
        ("promise_hours = 'x'", "promise_hours"),
        ("hours = 1", "hours"),
        ("promise_hours =", "TOML"),
    ],
)
def test_faults_name_file_and_key(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(GatesFault, match=rf"gates\.toml.*{says}"):
        load_gates([_folder(tmp_path, "own", text)])
