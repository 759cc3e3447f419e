"""kill -9 at any moment loses nothing and does nothing twice: `make crash` in small; CI kills fifty times besides."""

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = Path(__file__).parent.parent / "tools" / "crash.py"
KILLS = 15


@pytest.mark.xdist_group("crash")
@pytest.mark.timeout(240)
def test_kills_under_load_lose_nothing_and_do_nothing_twice() -> None:
    seed = random.SystemRandom().randrange(10**6)
    command = [sys.executable, str(CRASH), "--kills", str(KILLS), "--seed", str(seed), "--stories", "10"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=220)
    said = run.stdout + run.stderr
    assert run.returncode == 0, said
    assert f"killed {KILLS} times" in said
    figures = {name: int(count) for count, name in re.findall(r"(?m)^ +(\d+) (.+)$", said)}
    assert min(figures[name] for name in ("orders", "mails", "events")) >= 1, said
