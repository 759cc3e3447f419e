"""Translates rules to linear-time patterns over the letters of a vocabulary."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from mailbot.reading import vocabulary
from mailbot.reading.cover import Cover
from mailbot.reading.patterns import Node, PatternError, walk
from mailbot.reading.vocabulary import Vocabulary, shared

Groups = Mapping[str, Sequence[Node]]
BUILT_IN = {
    "number": vocabulary.NUMBER,
    "digits": vocabulary.NUMBER + vocabulary.SMALL_NUMBER,
    "email": vocabulary.EMAIL,
    "url": vocabulary.LINK,
    "currency": vocabulary.CURRENCY,
}
"""Groups that need no list of words: what a text really holds."""


class Compiler:
    """Translates parsed patterns of one language to RE2 source over the letters of its vocabulary.

    `groups` maps a name to its parsed entries; a group may use other groups, but not itself. `common` says how often
    each letter stands in ordinary texts.
    """

    def __init__(self, words: Vocabulary, groups: Groups, common: Mapping[str, int]) -> None:
        self._cover, self._groups, self._common = Cover(words.letters), groups, common
        self._done: dict[str, str] = {}
        self._words_of: dict[str, str] = {}  # the letters of a group's single words
        self._classes: dict[str, str] = {}
        self._single: dict[str, list[frozenset[str]]] = {}  # what a word needs
        self._rarest: dict[str, list[frozenset[str]]] = {}
        self._make: dict[str, Callable[[Node], str]] = {
            "word": lambda node: self._word(node.text) + self._between,
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
        little = self._class(self._single_words("little")) if "little" in groups else ""
        self._between = little + "*" if little else ""

    def source(self, tree: Node) -> str:
        """RE2 source; it holds no counted repetition and no look-around."""
        return self._make[tree.what](tree)

    def needs(self, tree: Node) -> list[frozenset[str]]:
        """Sets of letters of which every text that the pattern matches holds at least one each."""
        if tree.what == "word":
            if tree.text not in self._single:
                self._single[tree.text] = [frozenset(map(shared, self._cover.letters_of(tree.text)))]
            return self._single[tree.text]
        if tree.what == "all":
            return [letters for part in tree.parts for letters in self.needs(part)]
        if tree.what == "group" and tree.text in BUILT_IN:
            return [frozenset(BUILT_IN[tree.text])]
        if tree.what == "any":
            return self._needs_of_one(tree.parts)
        if tree.what == "group":
            if tree.text not in self._rarest:
                self._rarest[tree.text] = self._needs_of_one(self._groups[tree.text])
            return self._rarest[tree.text]
        return []

    def ideas(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For every letter the groups, among those named, in which it is a word of its own."""
        found: dict[str, tuple[str, ...]] = {}
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # few sets of groups, many letters
        for name in names:
            for letter in set(self._single_words(name)):
                both = (*found.get(letter, ()), name)
                found[shared(letter)] = alike.setdefault(both, both)
        return found

    def _needs_of_one(self, choices: Sequence[Node]) -> list[frozenset[str]]:
        rarest: list[frozenset[str]] = []
        for choice in choices:
            needs = self.needs(choice)
            rarest.append(needs[0] if len(needs) == 1 else min(needs, key=self._frequency, default=frozenset()))
            if not rarest[-1]:
                return []
        return [frozenset().union(*rarest)]

    def _frequency(self, letters: frozenset[str]) -> int:
        return sum(self._common.get(letter, 0) for letter in letters)

    def _word(self, entry: str) -> str:
        if entry not in self._classes:
            self._classes[entry] = self._class(self._cover.letters_of(entry))
        return self._classes[entry]

    def _group(self, name: str) -> str:
        if name in BUILT_IN:
            return self._class(BUILT_IN[name])
        if name not in self._done:
            phrases = [tree for tree in self._groups[name] if _single(tree) is None]
            choices = [self._class(letters)] if (letters := self._single_words(name)) else []
            choices += [self.source(tree) for tree in phrases]
            self._done[name] = choices[0] if len(choices) == 1 else "(?:" + "|".join(choices) + ")"
        return self._done[name]

    def _not(self, node: Node) -> str:
        letters = BUILT_IN.get(node.text) or self._single_words(node.text)
        return f"[^{vocabulary.BREAKS}{letters}]{self._between}"

    def _single_words(self, name: str) -> str:
        """The letters of all entries of a group, and of groups in it, that are one word."""
        if name in self._words_of:
            return self._words_of[name]
        letters = ""
        for tree in self._groups[name]:
            single = _single(tree)
            if single is not None and single.what == "word":
                letters += self._cover.letters_of(single.text)
            elif single is not None:
                letters += BUILT_IN.get(single.text) or self._single_words(single.text)
        self._words_of[name] = letters
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
    sound: set[str] = set()
    for name in groups:
        if name in BUILT_IN:
            raise PatternError(f"the name {{{name}}} is taken: it stands for what a text really holds")
        _follow(name, groups, (), sound)


def _follow(name: str, groups: Groups, seen: tuple[str, ...], sound: set[str]) -> None:
    if name in seen:
        raise PatternError(f"the group {{{name}}} contains itself")
    if name in sound:
        return
    for tree in groups[name]:
        check_names(tree, groups)
        for node in walk(tree):
            if node.what in ("group", "not") and node.text in groups:
                _follow(node.text, groups, (*seen, name), sound)
    sound.add(name)


def check_names(tree: Node, groups: Groups) -> None:
    """Raises PatternError for a group that nobody wrote."""
    for node in walk(tree):
        if node.what in ("group", "not") and node.text not in groups and node.text not in BUILT_IN:
            raise PatternError(f"there is no group {{{node.text}}} in this language: add it to words.toml")


_LEAST_LITTLE = 2  # two in their order may mean something: "nouveau .. mail"


def little_words(groups: Groups) -> frozenset[str]:
    """The little words of a language."""
    return frozenset(node.text for entry in groups.get("little", ()) if (node := _single(entry)))


def check_weight(tree: Node, little: Set[str]) -> None:
    """Raises PatternError for a pattern of one little word: nearly every text holds it."""
    if little and 0 < _weight(tree, little) < _LEAST_LITTLE:
        raise PatternError(
            "it asks for only little words such as 'the', which nearly every mail holds: add another word"
        )


def _weight(node: Node, little: Set[str]) -> int:
    """How many little words a pattern asks for; any other word weighs enough, also as one of several choices."""
    if node.what == "word":
        return 1 if node.text in little else _LEAST_LITTLE
    if node.what == "all":
        return sum(_weight(part, little) for part in node.parts)
    if node.what == "any":
        return max(_weight(part, little) for part in node.parts)
    if node.what in ("maybe", "gap", "wide_gap"):
        return 0
    return 1 if (node.what, node.text) == ("group", "little") else _LEAST_LITTLE
