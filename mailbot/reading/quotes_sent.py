"""Compares a reply with the letter it answers: our own lines are history, and what stands between them is an answer."""

import re
from itertools import pairwise

from mailbot.reading.quote_marks import Marks, find_history

MOST_LINES = 5000
MOST_SENT = 20_000  # characters of our letter that are looked at
_NOT_WORDS = re.compile(r"https?://[^\s<>]{1,2000}|\[[^\[\]]{0,300}\]")
_WORDS = re.compile(r"\w+")
_ENOUGH = 4  # words: a shorter line is ours only among other lines of ours


class Letter:
    """The text of a letter we sent, ready for comparison."""

    def __init__(self, sent: str) -> None:
        self.text = f" {bare(sent[:MOST_SENT])} "
        self.words = frozenset(self.text.split())

    def holds(self, words: str) -> bool:
        """Whether these words stand in the letter, in this order, however it was wrapped."""
        return f" {words} " in self.text

    def resembles(self, words: str) -> bool:
        """Whether a line is made of the letter's words: a table row or a button that was laid out differently."""
        each = words.split()
        known = sum(word in self.words for word in each)
        return known == len(each) if len(each) < 4 else known * 4 >= len(each) * 3


def compare(lines: list[str], marks: Marks, sent: str) -> set[int]:
    """Marks as history the lines of `sent` in a reply; returns the lines that are answers in an unmarked quotation."""
    letter = Letter(sent)
    plain = [bare(line) if line and line[0] != ">" else "" for line in lines[:MOST_LINES]]
    ours = [bool(words) and letter.holds(words) for words in plain]
    certain = [at for at, words in enumerate(plain) if ours[at] and words.count(" ") >= _ENOUGH - 1]
    if not certain or (len(certain) == 1 and plain[certain[0]].count(" ") < 2 * _ENOUGH - 1):
        return set()
    first, last = _spread(plain, ours, certain[0], -1), _spread(plain, ours, certain[-1], 1)
    answers = _answers(plain, ours, letter, marks, certain)
    if not any(line and not old for line, old in zip(lines[:first], marks.history, strict=False)):
        answers |= _below(lines, marks, last)
    for at in range(first, last + 1):
        marks.history[at] = marks.history[at] or ours[at] or not plain[at]
        marks.unsure.discard(at)
    for at in answers:
        marks.history[at] = False
    return answers


def _spread(plain: list[str], ours: list[bool], edge: int, step: int) -> int:
    """Takes in the short lines of ours at an edge (greeting, name)."""
    at = edge
    while 0 <= at < len(plain) and (ours[at] or not plain[at]):
        edge = at if ours[at] else edge
        at += step
    return edge


def _answers(plain: list[str], ours: list[bool], letter: Letter, marks: Marks, certain: list[int]) -> set[int]:
    """Lines between certain lines of ours that are not ours.

    Where two lines follow each other in the letter, all between them was typed in; elsewhere a line must differ from
    the letter enough, and most of the region must be ours.
    """
    region = [at for at in range(certain[0], certain[-1] + 1) if plain[at]]
    mostly = sum(ours[at] for at in region) * 2 >= len(region)
    found: set[int] = set()
    for before, after in pairwise(certain):
        between = [at for at in range(before + 1, after) if plain[at] and at not in marks.headings]
        if between and letter.holds(f"{plain[before]} {plain[after]}"):
            found.update(between)
        elif mostly:
            cut = (at for at in between if marks.history[at] and not ours[at])
            found.update(at for at in cut if not letter.resembles(plain[at]))
    return found


def _below(lines: list[str], marks: Marks, last: int) -> set[int]:
    """What stands under our letter, down to the next older mail: the answer of somebody who writes at the bottom."""
    if last + 1 >= len(lines) or not marks.history[last]:
        return set()
    older = find_history(lines[last + 1 :])
    return {last + 1 + at for at, old in enumerate(older.history) if not old and lines[last + 1 + at]}


def bare(text: str) -> str:
    """The words of a text in lower case, without links and pictures: programs lay those out in their own ways."""
    if "://" in text or "[" in text:
        text = _NOT_WORDS.sub(" ", text)
    return " ".join(_WORDS.findall(text.lower()))
