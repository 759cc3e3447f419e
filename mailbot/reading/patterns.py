"""The small language in which rules are written.

    cancel              a word (any case, with or without accents)
    cancel*  *storno    any word with that beginning, any word with that ending
    {order}             one of a group of words (rules/words.toml)      {!order}   one word that is not of the group
    (a|b c)             one or the other                                [a]        perhaps
    ..                  some words, inside one clause                   ...        some words, inside one sentence
    a & b               both, in any order, inside one clause (the weakest bond: it parts the whole pattern)
    ^  $                the beginning and the end of a clause

Little words ("the", "please": the group `little`) may stand between any two words of a pattern without being written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from mailbot.reading.tokens import fold

_PIECE = re.compile(r"\{!?[a-z_]+\}|\.{2,3}|[()|\[\]^$?&]|\*?[^\W_]+\*?|\s+|.", re.DOTALL)
_RUNS = re.compile(r"[^\W\d_]+|\d+")
MAX_LENGTH, MAX_DEPTH, MOST_PARTS = 500, 6, 3


class PatternError(ValueError):
    """A pattern cannot be used; the message says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a parsed pattern: `what` is word, group, not, gap, wide_gap, start, end, all, any or maybe."""

    what: str
    text: str = ""
    parts: tuple["Node", ...] = ()


def parse(text: str) -> Node:
    """A pattern as a tree. Raises PatternError with a sentence for the person who wrote it."""
    if len(text) > MAX_LENGTH:
        raise PatternError(f"it is longer than {MAX_LENGTH} characters: make two patterns of it")
    words = text.replace("'", " ").replace("’", " ").split()
    if words and all(map(str.isalnum, words)):  # most entries are plain words
        return Node("all", parts=tuple(node for word in words for node in _words(word)))
    pieces = [piece for piece in _PIECE.findall(text.replace("'", " ").replace("’", " ")) if not piece.isspace()]
    parts = [_whole(part) for part in _parted(pieces)]
    if len(parts) == 1:
        return parts[0]
    if len(parts) > MOST_PARTS:
        raise PatternError(f"'&' can join {MOST_PARTS} parts at most")
    orders = (_with_gaps(order) for order in permutations(parts))
    return Node("any", parts=tuple(orders))


def _parted(pieces: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for piece in pieces:
        if piece == "&":
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _with_gaps(parts: Sequence[Node]) -> Node:
    between = Node("gap")
    return Node("all", parts=tuple(node for part in parts for node in (between, part))[1:])


def _whole(pieces: list[str]) -> Node:
    reader = _Reader(pieces)
    tree = reader.alternatives(0)
    if reader.left():
        raise PatternError(f"there is a '{reader.left()}' too many")
    _check(tree)
    return tree


class _Reader:
    def __init__(self, pieces: list[str]) -> None:
        self._pieces, self._at = pieces, 0

    def left(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def alternatives(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise PatternError("brackets are nested too deep")
        choices = [self._sequence(depth)]
        while self.left() == "|":
            self._at += 1
            choices.append(self._sequence(depth))
        return choices[0] if len(choices) == 1 else Node("any", parts=tuple(choices))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while (piece := self.left()) and piece not in "|)]":
            self._at += 1
            parts.extend(self._piece(piece, depth))
        if not parts:
            raise PatternError("something is missing: a pattern, or a choice between bars, is empty")
        return Node("all", parts=tuple(parts))

    def _piece(self, piece: str, depth: int) -> Iterator[Node]:
        if piece in "([":
            inner = self.alternatives(depth + 1)
            self._close(")" if piece == "(" else "]")
            yield inner if piece == "(" else Node("maybe", parts=(inner,))
        elif piece[0] == "{" and len(piece) > 1:
            yield Node("not" if piece[1] == "!" else "group", piece.strip("{!}"))
        elif piece in ("..", "..."):
            yield Node("gap" if piece == ".." else "wide_gap")
        elif piece in "^$?":
            yield Node({"^": "start", "$": "end", "?": "question"}[piece])
        elif piece.strip("*").isalnum():
            yield from _words(piece)
        else:
            raise PatternError(
                f"'{piece}' means nothing in a rule. Rules are words, {{groups}}, (a|b), [perhaps], .. and ^ $; "
                "they are not regular expressions, so that no mail can make them slow"
            )

    def _close(self, mark: str) -> None:
        if self.left() != mark:
            raise PatternError(f"a '{mark}' is missing")
        self._at += 1


@lru_cache(4_000)
def _words(piece: str) -> Sequence[Node]:
    """A word; where letters and digits meet ("mp3") it is two, for that is how texts are read too."""
    runs = _RUNS.findall(piece)
    if len(runs) > 1 and "*" in piece:
        apart = " and ".join(f"'{run}'" for run in runs)
        raise PatternError(f"'{piece}' has letters and digits beside its star: write {apart} as two words, without it")
    return [Node("word", _word(run)) for run in runs] if len(runs) > 1 else [Node("word", _word(piece))]


def _word(piece: str) -> str:
    stem = piece.strip("*")
    if piece.startswith("*") and piece.endswith("*"):
        raise PatternError(f"'{piece}' has a star on both sides: one is allowed")
    if "*" in piece and len(stem) < 3:
        raise PatternError(f"'{piece}' would match almost any word: write at least three letters beside the star")
    return fold(piece)


def _check(tree: Node) -> None:
    if not any(node.what in ("word", "group", "not") for node in walk(tree)):
        raise PatternError("it has no word in it and would match everything")
    flat = tree.parts if tree.what == "all" else (tree,)
    for position, node in enumerate(flat):
        if node.what == "start" and position:
            raise PatternError("'^' can only stand at the beginning: after it nothing would ever match")
        if node.what in ("end", "question") and position != len(flat) - 1:
            raise PatternError("'$' and '?' can only stand at the end: what follows would never match")
    if {flat[0].what, flat[-1].what} & {"gap", "wide_gap"}:
        raise PatternError("'..' at the beginning or the end says nothing: leave it out")


def walk(tree: Node) -> list[Node]:
    """The node and all below it, in the order in which they are written."""
    found = [tree]
    for part in tree.parts:
        if part.parts:
            found += walk(part)
        else:
            found.append(part)
    return found


def words_of(tree: Node) -> list[str]:
    return [node.text for node in walk(tree) if node.what == "word"]
