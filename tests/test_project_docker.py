"""The containers' files name what exists, agree with each other, and carry no secret."""

import re
from pathlib import Path

import pytest
from kit import ROOT

from mailbot.settings import Smtp, _known

DOCKER = ROOT / "docker"
POSTFIX = DOCKER / "postfix"
DOCKERFILE = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (DOCKER / "compose.yaml").read_text(encoding="utf-8")
MAIN = dict(re.findall(r"^(\w+) = ?(.*)$", (POSTFIX / "main.cf").read_text(encoding="utf-8"), re.MULTILINE))


def _table(name: str) -> dict[str, str]:
    lines = (POSTFIX / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split(None, 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("folder", [DOCKER, POSTFIX])
def test_what_is_copied_exists(folder: Path) -> None:
    context = ROOT if folder == DOCKER else folder
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (folder / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert copies
    assert [name for line in copies for name in line.split() if not (context / name).exists()] == []


def test_what_is_copied_is_let_into_the_build() -> None:
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert "*" in ignored
    assert copied == allowed


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "compose.yaml"])
def test_every_variable_is_a_setting(text: str) -> None:
    names = set(re.findall(r"\bMAILBOT_([A-Z_]+)", text))
    assert len(names) >= 3
    assert [name for name in names if not _known(name.lower().split("__"))] == []


def test_mailbot_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    assert re.search(r"^USER [1-9]\d+$", DOCKERFILE, re.MULTILINE)
    assert "/health" in DOCKERFILE
    assert "VOLUME /var/lib/mailbot" in DOCKERFILE
    assert "sqlite:////var/lib/mailbot/" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE


def test_no_secret_is_in_a_layer() -> None:
    assert not re.search(r"(?i)(secret|password|token)\S*=\S*\w", DOCKERFILE)
    assert "MAILBOT_SECRET: ${MAILBOT_SECRET:?" in COMPOSE


def test_postfix_delivers_where_mailbot_listens() -> None:
    transports = _table("transport")
    assert set(transports) == set(_table("shops"))
    assert set(transports.values()) == {"lmtp:inet:mailbot:2424"}
    assert "MAILBOT_SMTP__LISTEN: 0.0.0.0:2424" in COMPOSE
    assert "MAILBOT_SMTP__PROTOCOL: lmtp" in COMPOSE
    assert MAIN["recipient_delimiter"] == "+"


def test_the_sample_shop_is_the_one_that_postfix_delivers_to() -> None:
    address = re.search(
        r'^address = "(.+)"', (ROOT / "docs" / "mailbot.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert address
    assert address[1] in _table("shops")


def test_only_mailbot_sends_through_postfix() -> None:
    addresses = re.findall(r"ipv4_address: (\S+)", COMPOSE)
    assert MAIN["mynetworks"] == f"127.0.0.0/8, {addresses[0]}/32"
    assert MAIN["smtpd_relay_restrictions"].endswith(", reject")
    assert f'relays = ["{addresses[1]}"]' in (DOCKER / "README.md").read_text(encoding="utf-8")


def test_what_postfix_takes_is_not_too_large_for_mailbot() -> None:
    assert int(MAIN["message_size_limit"]) < Smtp().max_size
    assert 1 < int(MAIN["lmtp_destination_recipient_limit"]) <= 100


def test_forged_verdicts_are_removed() -> None:
    patterns = _table("header_checks")
    assert patterns["/^Authentication-Results:/"].strip() == "IGNORE"
    assert MAIN["header_checks"].startswith("regexp:")


def test_the_image_copies_every_file_that_postfix_names() -> None:
    copied = re.search(r"^COPY (.+) /etc/postfix/$", (POSTFIX / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert copied
    named = {Path(path).name for value in MAIN.values() for path in re.findall(r":(/etc/postfix/\w+)", value)}
    assert named <= set(copied[1].split())


def test_the_guide_fits_on_a_screen() -> None:
    assert len((DOCKER / "README.md").read_text(encoding="utf-8").splitlines()) <= 55
