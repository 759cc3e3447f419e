"""How an error is told in a log: its kind and where it came from, never its words, which may quote a mail or a key."""

import traceback
from pathlib import Path


def told(error: BaseException) -> str:
    """`ValueError at desk.py:12 < worker.py:90`, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return f"{type(error).__name__} at " + " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
