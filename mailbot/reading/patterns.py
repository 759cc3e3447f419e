"""The small language in which rules are written, and its translation to linear-time patterns over letters.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from mailbot.reading import vocabulary
from mailbot.reading.vocabulary import Vocabulary, fold

_PIECE = re.compile(r"\{!?[a-z_]+\}|\.{2,3}|[()|\[\]^$?&]|\*?[^\W_]+\*?|\s+|.", re.DOTALL)
_BUILT_IN = {
    "number": vocabulary.NUMBER,
    "digits": vocabulary.NUMBER + vocabulary.SMALL_NUMBER,
    "email": vocabulary.EMAIL,
    "url": vocabulary.LINK,
    "currency": vocabulary.CURRENCY,
}
MAX_LENGTH, MAX_DEPTH, MOST_PARTS = 500, 6, 3


class PatternError(ValueError):
    """A pattern cannot be used; the message says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a parsed pattern: `what` is word, group, not, gap, wide_gap, start, end, all, any or maybe."""

    what: str
    text: str = ""
    parts: tuple["Node", ...] = ()


Groups = Mapping[str, Sequence[Node]]


def parse(text: str) -> Node:
    """A pattern as a tree. Raises PatternError with a sentence for the person who wrote it."""
    if len(text) > MAX_LENGTH:
        raise PatternError(f"it is longer than {MAX_LENGTH} characters: make two patterns of it")
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
        elif piece[0] == "{":
            yield Node("not" if piece[1] == "!" else "group", piece.strip("{!}"))
        elif piece in ("..", "..."):
            yield Node("gap" if piece == ".." else "wide_gap")
        elif piece in "^$?":
            yield Node({"^": "start", "$": "end", "?": "question"}[piece])
        elif piece.strip("*").isalnum():
            yield Node("word", _word(piece))
        else:
            raise PatternError(
                f"'{piece}' means nothing in a rule. Rules are words, {{groups}}, (a|b), [perhaps], .. and ^ $; "
                "they are not regular expressions, so that no mail can make them slow"
            )

    def _close(self, mark: str) -> None:
        if self.left() != mark:
            raise PatternError(f"a '{mark}' is missing")
        self._at += 1


def _word(piece: str) -> str:
    stem = piece.strip("*")
    if piece.startswith("*") and piece.endswith("*"):
        raise PatternError(f"'{piece}' has a star on both sides: one is allowed")
    if "*" in piece and len(stem) < 3:
        raise PatternError(f"'{piece}' would match almost any word: write at least three letters beside the star")
    return fold(piece)


def _check(tree: Node) -> None:
    nodes = list(walk(tree))
    if not any(node.what in ("word", "group", "not") for node in nodes):
        raise PatternError("it has no word in it and would match everything")
    flat = tree.parts if tree.what == "all" else (tree,)
    for position, node in enumerate(flat):
        if node.what == "start" and position:
            raise PatternError("'^' can only stand at the beginning: after it nothing would ever match")
        if node.what in ("end", "question") and position != len(flat) - 1:
            raise PatternError("'$' and '?' can only stand at the end: what follows would never match")
    if {flat[0].what, flat[-1].what} & {"gap", "wide_gap"}:
        raise PatternError("'..' at the beginning or the end says nothing: leave it out")


def walk(tree: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield tree
    for part in tree.parts:
        yield from walk(part)


def words_of(tree: Node) -> Iterator[str]:
    return (node.text for node in walk(tree) if node.what == "word")


class Compiler:
    """Translates parsed patterns of one language to RE2 source over the letters of its vocabulary.

    `groups` maps a name to its parsed entries; a group may use other groups, but not itself.
    """

    def __init__(self, words: Vocabulary, groups: Groups) -> None:
        self._words, self._groups = words, groups
        self._done: dict[str, str] = {}
        little = self._class(self._single_words("little")) if "little" in groups else ""
        self._between = little + "*" if little else ""

    def source(self, tree: Node) -> str:
        """RE2 source; it holds no counted repetition and no look-around."""
        make: dict[str, Callable[[Node], str]] = {
            "word": lambda node: self._class(self._words.letters_of(node.text)) + self._between,
            "group": lambda node: self._group(node.text) + self._between,
            "not": self._not,
            "gap": lambda _: vocabulary.ANY_WORD + "*?",
            "wide_gap": lambda _: vocabulary.ANYTHING + "*?",
            "start": lambda _: f"[{vocabulary.BREAKS}]{self._between}",
            "end": lambda _: f"[{vocabulary.BREAKS}]",
            "question": lambda _: vocabulary.QUESTION,
            "all": lambda node: "".join(map(self.source, node.parts)),
            "any": lambda node: "(?:" + "|".join(map(self.source, node.parts)) + ")",
            "maybe": lambda node: f"(?:{self.source(node.parts[0])})?",
        }
        return make[tree.what](tree)

    def needs(self, tree: Node) -> list[frozenset[str]]:
        """Sets of letters of which every text that the pattern matches holds at least one each."""
        if tree.what == "word":
            return [frozenset(self._words.letters_of(tree.text))]
        if tree.what == "all":
            return [letters for part in tree.parts for letters in self.needs(part)]
        if tree.what == "group" and tree.text in _BUILT_IN:
            return [frozenset(_BUILT_IN[tree.text])]
        if tree.what in ("any", "group"):
            choices = tree.parts if tree.what == "any" else self._groups[tree.text]
            rarest = [min(self.needs(choice), key=len, default=frozenset()) for choice in choices]
            return [frozenset().union(*rarest)] if all(rarest) else []
        return []

    def _group(self, name: str) -> str:
        if name in _BUILT_IN:
            return self._class(_BUILT_IN[name])
        if name not in self._done:
            phrases = [tree for tree in self._groups[name] if _single(tree) is None]
            choices = [self._class(letters)] if (letters := self._single_words(name)) else []
            choices += [self.source(tree) for tree in phrases]
            self._done[name] = choices[0] if len(choices) == 1 else "(?:" + "|".join(choices) + ")"
        return self._done[name]

    def _not(self, node: Node) -> str:
        letters = _BUILT_IN.get(node.text) or self._single_words(node.text)
        return f"[^{vocabulary.BREAKS}{letters}]{self._between}"

    def _single_words(self, name: str) -> str:
        """The letters of all entries of a group, and of groups in it, that are one word."""
        letters = ""
        for tree in self._groups[name]:
            single = _single(tree)
            if single is not None and single.what == "word":
                letters += self._words.letters_of(single.text)
            elif single is not None:
                letters += _BUILT_IN.get(single.text) or self._single_words(single.text)
        return letters

    @staticmethod
    def _class(letters: str) -> str:
        if len(letters) == 1:
            return letters
        codes = sorted(set(map(ord, letters)))
        starts = [code for code in codes if code - 1 not in codes]
        ends = [code for code in codes if code + 1 not in codes]
        return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)) + "]"


def _single(tree: Node) -> Node | None:
    """The one word that the pattern is, or the group of single words; None for a phrase."""
    if tree.what == "all" and len(tree.parts) == 1 and tree.parts[0].what == "word":
        return tree.parts[0]
    return None


def check_groups(groups: Groups) -> None:
    """Raises PatternError where a group is unknown, goes round in a circle, or has the name of one that is built in."""
    for name in groups:
        if name in _BUILT_IN:
            raise PatternError(f"the name {{{name}}} is taken: it stands for what a text really holds")
        _follow(name, groups, ())


def _follow(name: str, groups: Groups, seen: tuple[str, ...]) -> None:
    if name in seen:
        raise PatternError(f"the group {{{name}}} contains itself")
    for tree in groups[name]:
        check_names(tree, groups)
        for node in walk(tree):
            if node.what in ("group", "not") and node.text in groups:
                _follow(node.text, groups, (*seen, name))


def check_names(tree: Node, groups: Groups) -> None:
    """Raises PatternError for a group that nobody wrote."""
    for node in walk(tree):
        if node.what in ("group", "not") and node.text not in groups and node.text not in _BUILT_IN:
            raise PatternError(f"there is no group {{{node.text}}} in this language: add it to words.toml")
