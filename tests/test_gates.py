"""rules/gates.toml: the shop's own numbers before the shipped ones, and faults in words."""

from pathlib import Path

import pytest

from mailbot.gates import load_gates, policy_faults
from mailbot.model.rulesfile import RulesFault
from mailbot.reading import rulebook
from mailbot.shipped import folders


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
    with pytest.raises(RulesFault, match=rf"gates\.toml:[01]: .*{says}"):
        load_gates([_folder(tmp_path, "own", text)])


def test_every_fault_of_the_file_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(RulesFault) as error:
        load_gates([_folder(tmp_path, "own", "# ours\nhours = 1\npromise_hours = 0\n")])
    assert [(fault.line, fault.key) for fault in error.value.faults] == [(2, "hours"), (3, "promise_hours")]


def test_a_fault_of_a_policy_has_the_file_and_line_that_set_it(tmp_path: Path) -> None:
    own = tmp_path / "refund.toml"
    own.write_text("[policy]\nwindow_days = 'x'\nlimits = 3\n", encoding="utf-8")
    rules = [tmp_path, *folders("rules")]
    found = policy_faults(rulebook.load(rules, lazily=True), rules)
    assert [(fault.file, fault.line, fault.key) for fault in found] == [
        (own, 2, "policy.window_days"),
        (own, 3, "policy.limits"),
    ]
