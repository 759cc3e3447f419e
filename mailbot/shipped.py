"""Where the shipped rules and templates are: beside the package in a checkout, inside it when it was installed."""

from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The shipped folder `rules` or `templates`."""
    inside = _PACKAGE / "shipped_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def folders(name: str, own: str = "") -> Sequence[Path]:
    """The folders to look in, the shop's own first; what it lacks comes from the shipped one."""
    return [*([Path(own)] if own else []), folder(name)]
