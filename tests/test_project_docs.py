"""What the project says of itself is true: commands run, links resolve, files open with their job, pins have hashes."""

import ast
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from kit import ROOT, checked, make_raw

from mailbot.cli import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "docker").rglob("*.md")),
         *sorted((ROOT / "rules").rglob("*.md"))]  # fmt: skip
SHELL = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [
    line.partition("#")[0].strip()
    for block in SHELL
    for line in re.sub(r"'\{[^']*\}'", "DATA", block.replace("\\\n", " ")).splitlines()
]
INLINE = re.findall(r"`(mailbot [^`]+)`", README.replace("\n  ", " ").replace("\n", " "))
CALLS = sorted({line for line in (*LINES, *INLINE) if line.startswith("mailbot ")})
QUICK = (
    "check",
    "read",
    "explain",
    "rules try",
    "tick",
)  # run here; the others need a server or have tests of their own
LONG = {
    "mailbot/app.py": "one place where everything is built and joined; half of it is how things end",
    "mailbot/store/migrations/versions/": "a migration is written once, in one piece, and not changed any more",
    "tests/": "tables of cases, not code to be understood",
    "tools/crash": "the stories that a crash interrupts, told in one piece",
    "tools/bench.py": "one measurement after another",
}
"""Files or folders that may be longer than 250 lines, and why."""


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the README speaks of."""
    shutil.copy(ROOT / "docs" / "mailbot.toml", tmp_path)
    (tmp_path / "mail.eml").write_bytes(make_raw("I lost my licence key"))
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["db", "upgrade"]).exit_code == 0  # as `mailbot serve` does, some lines above
    return tmp_path


def _words(call: str) -> list[str]:
    return [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', call)][1:]


def test_the_readme_has_commands() -> None:
    assert {"mailbot check", "mailbot serve", "mailbot read mail.eml", "mailbot explain mail.eml"} <= set(CALLS)
    assert [line for line in LINES if line.startswith("make ")][:2] == ["make demo", "make test"]


@pytest.mark.parametrize("call", CALLS)
def test_every_command_parses(call: str, newcomer: Path) -> None:
    words, command = _words(call), cli
    while isinstance(command, click.Group) and words:
        command = command.commands[words.pop(0)]
    with command.make_context("mailbot", words):
        pass


@pytest.mark.parametrize("call", [call for call in CALLS if " ".join(_words(call)).startswith(QUICK)])
def test_what_needs_no_server_runs(call: str, newcomer: Path) -> None:
    done = CliRunner().invoke(cli, _words(call))
    assert done.exit_code == 0, done.output
    assert done.output.strip()


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_every_make_target_exists(line: str) -> None:
    assert re.search(rf"^{line.split()[1]}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("cp ")])
def test_what_is_copied_exists(line: str) -> None:
    assert (ROOT / line.split()[1]).is_file()


def test_every_other_line_is_known_to_this_test() -> None:
    assert [line for line in LINES if line and not line.startswith(("make ", "mailbot ", "cp ", "curl "))] == [
        "pip install ."
    ]


def test_the_event_of_the_curl_example_is_taken_by_the_sample_shop() -> None:
    (block,) = [block for block in SHELL if "curl" in block]
    body = re.search(r"-d '(\{.*?\})'", block, re.DOTALL)
    token = re.search(r"Authorization: Bearer ([\w-]+)", block)
    shop = tomllib.loads((ROOT / "docs" / "mailbot.toml").read_text(encoding="utf-8"))["shop"][0]
    assert body
    assert token
    event = checked(json.loads(body[1]))
    assert (event.shop, token[1]) == (shop["id"], shop["token"])


def test_the_readme_is_short() -> None:
    assert len(README.split()) <= 900
    assert len(README.partition("```sh")[0].split()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_every_named_file_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    named = re.findall(r"`((?:mailbot|rules|templates|docs|docker|tests|tools)/[\w./-]+|[\w-]+\.md)`", text)
    missing = [link for link in links if link and not (page.parent / link).exists()]
    missing += [name for name in named if not (ROOT / name).exists() and not (page.parent / name).exists()]
    assert missing == []


def test_make_help_tells_of_every_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert targets == set(re.findall(r"^  make ([a-z-]+) +\S", done.stdout, re.MULTILINE))
    assert targets == set(re.findall(r"^\.PHONY: ([a-z-]+)$", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_hashes_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [pin for pin in re.split(r"\n(?=\S)", text) if pin.strip() and not pin.startswith("#")]
    assert len(pins) > 30
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, wanted in (
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-dev.txt", project["dependency-groups"]["dev"]),
    ):
        pinned = set(re.findall(r"^([\w.-]+)(?:\[\w+\])?==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        names = {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-") for one in wanted}
        assert names <= pinned


def _files(*suffixes: str) -> list[Path]:
    """The project's own files: what git would keep."""
    ours = ("mailbot", "rules", "templates", "tests", "tools", "docs", "docker", ".ci")
    found = [path for folder in ours for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    found += [path for path in ROOT.iterdir() if path.name not in ("mailbot.toml", ".git")]
    return [path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes)]


def test_no_file_names_a_registry_or_this_machine() -> None:
    hosts = ("pypi." + "org", "python" + "hosted", "npm" + "js.", "crates" + ".io", "proxy.golang" + ".org")
    places = tuple({f"{ROOT}/", f"{Path.home()}/", "/wo" + "rk/"} - {"//"})
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in _files()
        for text in [path.read_bytes().decode("utf-8", "ignore")]
        for word in (*hosts, *places)
        if word in text
    ]
    assert found == []


PYTHON = sorted(_files(".py"))


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_python_file_opens_with_its_job_in_a_sentence(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(said.partition("\n\n")[0].split())
    assert first.endswith((".", "?", "!", ":")), said
    assert len(first.split()) >= 3


def test_no_file_is_too_long() -> None:
    long = {str(path.relative_to(ROOT)): _length(path) for path in PYTHON if _length(path) > 250}
    assert {name: lines for name, lines in long.items() if not name.startswith(tuple(LONG))} == {}


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
