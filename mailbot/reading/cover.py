"""Which letters an entry of the rules stands for, those of longer entries that it covers among them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence


class Cover:
    """What the entries of a vocabulary stand for. Only translating rules needs it, so it does not outlive that."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = letters
        self._forward = sorted(e for e in letters if e[0] != "*")
        self._backward = sorted(e[::-1] for e in letters if e[-1] != "*")
        self._covered: dict[str, str] = {}

    def letters_of(self, entry: str) -> str:
        """All letters that an entry of the rules stands for: its own, and those of longer entries that it covers."""
        if "*" not in entry:
            return self._letters[entry]
        if entry not in self._covered:
            self._covered[entry] = self._letters[entry] + "".join(self._letters[e] for e in self._below(entry))
        return self._covered[entry]

    def _below(self, entry: str) -> list[str]:
        """The other entries that begin, or end, like this one."""
        if entry.endswith("*"):
            return [e for e in _beginning(self._forward, entry[:-1]) if e != entry]
        return [e[::-1] for e in _beginning(self._backward, entry[:0:-1]) if e[::-1] != entry]


def _beginning(ordered: Sequence[str], stem: str) -> Sequence[str]:
    """Those of sorted words that begin with the stem."""
    return ordered[bisect_left(ordered, stem) : bisect_left(ordered, stem + "\U0010ffff")]
