"""Pins every dependency of pyproject.toml with hashes, in files that name no host. Needs `uv` on the PATH."""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMPILE = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
QUIET = ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    dev = [*run, *project["project"]["optional-dependencies"]["postgresql"], *project["dependency-groups"]["dev"]]
    pin(dev, ROOT / "requirements-dev.txt")
    pin(run, ROOT / "requirements.txt", ROOT / "requirements-dev.txt")


def pin(wanted: list[str], target: Path, constraints: Path | None = None) -> None:
    """Writes the pinned versions; with `constraints`, the same versions as there."""
    with tempfile.NamedTemporaryFile("w", suffix=".in") as file:
        file.write("\n".join(wanted) + "\n")
        file.flush()
        limit = ["--constraints", str(constraints)] if constraints else []
        subprocess.run([*COMPILE, *QUIET, *limit, file.name, "-o", str(target)], check=True)
    lines = target.read_text().splitlines()
    if any("://" in line for line in lines):
        sys.exit(f"{target.name} names a host; it must not")


if __name__ == "__main__":
    main()
