"""Loads the rules: what each kind of request sounds like in each language, checked so that a fault names its line.

A rules folder holds `<kind>.toml` for the kinds, `words.toml` with groups of words, and `frames.toml` with the ways of
saying that something is not asked for. Folders of the shop stand before the shipped one: their lists are added to
the shipped lists (`only = true` in a language replaces them), and their other keys replace the shipped keys.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from mailbot.model.mail import KINDS
from mailbot.model.shop import LANGUAGES
from mailbot.reading import fact_words, proposer
from mailbot.reading.assemble import assemble
from mailbot.reading.compiler import check_groups, check_names, check_weight, little_words
from mailbot.reading.facts import FactFinder
from mailbot.reading.matcher import Matcher, Rule
from mailbot.reading.patterns import Node, PatternError
from mailbot.reading.proposer import Proposer
from mailbot.reading.rule_files import RulesError, Source, read_source

__all__ = ["Frame", "Kind", "Rulebook", "RulesError", "load"]

KIND_KEYS = {"about", "confused_with", "wins_over", "gives_way", "reason_for", "alone", "policy"}
LANGUAGE_KEYS = {"says", "hints", "unless", "never_with", "examples", "not_examples", "only"}
PATTERN_KEYS = ("says", "hints", "unless", "never_with")
FRAME_KEYS = {"about", "kinds", "scope"}
OTHER_FILES = {"words", "frames", "payment_methods", "gates"}  # that may lie in a rules folder and are no kinds
SCOPES = ("before", "clause", "sentence", "mail")


@dataclass(frozen=True, slots=True)
class Kind:
    """What one rules file says of its kind. `examples` and `not_examples` are texts by language."""

    name: str
    about: str = ""
    confused_with: tuple[str, ...] = ()
    wins_over: frozenset[str] = frozenset()
    gives_way: str = ""  # to any other kind that shares "words" or a "sentence" with it
    reason_for: frozenset[str] = frozenset()  # where one of these is asked for, this is only the reason
    alone: bool = False  # counts only where nothing else of weight is said
    policy: Mapping[str, Any] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """A way of saying that a request is not meant: which kinds it takes back, and how near it must stand."""

    name: str
    about: str
    kinds: frozenset[str]
    scope: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, ready to read with. `matchers` holds one for each language; `facts` finds what a mail names.

    `proposer` is None where none was learned.
    """

    kinds: Mapping[str, Kind]
    frames: Mapping[str, Frame]
    matchers: Mapping[str, Matcher]
    facts: FactFinder
    proposer: Proposer | None = None

    def policy(self, kind: str) -> Mapping[str, Any]:
        """The `[policy]` table of rules/<kind>.toml; empty where there is none."""
        known = self.kinds.get(kind)
        return known.policy if known else {}


def load(folders: Sequence[Path], *, lazily: bool = False) -> Rulebook:
    """Reads the rules of all folders, the shop's own first and the shipped ones last. Raises RulesError, RulesFault.

    `lazily`: the patterns of a language are translated when its first mail comes; for rules known to be sound. The same
    files give the same rulebook, which nobody can change.
    """
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    seen = tuple((path, status.st_mtime_ns, status.st_size) for path in files for status in [path.stat()])
    return _load(tuple(folders), lazily, seen)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Building makes hundreds of thousands of objects that stay: looking for garbage among them takes a quarter."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@lru_cache(4)
@_no_garbage()
def _load(folders: tuple[Path, ...], lazily: bool, _seen: object) -> Rulebook:
    files = _Files(folders)
    kinds = {name: files.kind(name) for name in KINDS}
    frames = files.frames()
    matchers: Mapping[str, Matcher] = _Matchers(files)
    if not lazily:
        matchers = dict(matchers)
    return Rulebook(kinds, frames, matchers, FactFinder(fact_words.load(folders)), proposer.load(folders))


class _Matchers(Mapping[str, Matcher]):
    """The matcher of each language, made when it is first asked for."""

    def __init__(self, files: "_Files") -> None:
        self._files = files
        self._made: dict[str, Matcher] = {}

    def __getitem__(self, language: str) -> Matcher:
        if language not in LANGUAGES:
            raise KeyError(language)
        if language not in self._made:
            with _no_garbage():
                self._made[language] = self._files.matcher(language)
        return self._made[language]

    def __contains__(self, language: object) -> bool:
        return language in LANGUAGES

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


class _Files:
    """The rules files of all folders, parsed and merged: {file name: [(path, data), …]}, the shipped ones first."""

    def __init__(self, folders: Sequence[Path]) -> None:
        names = [*(f"{kind}.toml" for kind in KINDS), "words.toml", "frames.toml"]
        self._files = {
            name: [read_source(p, own=f != folders[-1]) for f in reversed(folders) if (p := f / name).is_file()]
            for name in names
        }
        for path in (path for folder in folders[:-1] for path in sorted(folder.glob("*.toml"))):
            if path.stem not in KINDS and path.stem not in OTHER_FILES:
                raise RulesError(f"{path}:0: '{path.stem}' is no kind of request; there are: {', '.join(KINDS)}")
        if not self._files["words.toml"]:
            raise RulesError(f"{', '.join(map(str, folders))}: no words.toml there: is this a rules folder?")

    def kind(self, name: str) -> Kind:
        merged: dict[str, Any] = {"policy": {}}
        texts: dict[str, dict[str, tuple[str, ...]]] = {"examples": {}, "not_examples": {}}
        for source in self._files[f"{name}.toml"]:
            source.allow(KIND_KEYS | set(LANGUAGES))
            policy = {**merged["policy"], **source.table("policy")}
            merged |= {key: source.data[key] for key in KIND_KEYS if key in source.data} | {"policy": policy}
            for language in source.languages():
                for key, found in texts.items():
                    found[language] = (*found.get(language, ()), *source.list(language, key))
            source.known_kinds("confused_with", "wins_over", "reason_for")
        return Kind(
            name, str(merged.get("about", "")), tuple(merged.get("confused_with", ())),
            frozenset(merged.get("wins_over", ())), str(merged.get("gives_way", "")),
            frozenset(merged.get("reason_for", ())), bool(merged.get("alone")), merged["policy"], **texts,
        )  # fmt: skip

    def frames(self) -> dict[str, Frame]:
        found: dict[str, Frame] = {}
        for source in self._files["frames.toml"]:
            for name, table in source.tables():
                source.allow(FRAME_KEYS | set(LANGUAGES), name)
                before = found.get(name)
                kinds = frozenset(table.get("kinds", before.kinds if before else KINDS))
                scope = table.get("scope", before.scope if before else "sentence")
                if scope not in SCOPES or not kinds <= set(KINDS):
                    raise source.error(
                        f"[{name}]", "the scope must be one of " + ", ".join(SCOPES) + ", and kinds must exist"
                    )
                found[name] = Frame(name, str(table.get("about", before.about if before else "")), kinds, scope)
        return found

    def matcher(self, language: str) -> Matcher:
        trees: dict[str, list[Node]] = {}
        for source in self._files["words.toml"]:
            source.allow(set(LANGUAGES))
            for name in source.table(language):
                trees.setdefault(name, []).extend(source.tree(text) for text in source.list(language, name))
        source = self._files["words.toml"][0]
        try:
            check_groups(trees)
        except PatternError as error:
            raise source.error(language, str(error)) from None
        rules = [*self._kind_rules(language, trees), *self._frame_rules(language, trees)]
        texts = [text for kind in KINDS for s in self._files[f"{kind}.toml"] for text in s.list(language, "examples")]
        scopes = {name: (frame.scope == "mail", frame.kinds) for name, frame in self.frames().items()}
        own = frozenset[str]()
        return assemble(language, trees, rules, texts, {"unless": (False, own), "never_with": (True, own), **scopes})

    def _kind_rules(self, language: str, groups: Mapping[str, Sequence[Node]]) -> Iterator[tuple[Rule, Node]]:
        for kind in KINDS:
            sources = self._files[f"{kind}.toml"]
            last_only = max((i for i, s in enumerate(sources) if s.table(language).get("only")), default=0)
            for source in sources[last_only:]:
                source.allow(LANGUAGE_KEYS, language)
                for role in PATTERN_KEYS:
                    yield from _rules(source, source.list(language, role), kind, role, groups)

    def _frame_rules(self, language: str, groups: Mapping[str, Sequence[Node]]) -> Iterator[tuple[Rule, Node]]:
        for source in self._files["frames.toml"]:
            for name, _ in source.tables():
                yield from _rules(source, source.list(name, language), "", name, groups)


def _rules(
    source: "Source", texts: Sequence[str], kind: str, role: str, groups: Mapping[str, Sequence[Node]]
) -> Iterator[tuple[Rule, Node]]:
    little = little_words(groups)
    for text in texts:
        tree = source.tree(text)
        try:
            check_names(tree, groups)
            if role in ("says", "hints"):
                check_weight(tree, little)
        except PatternError as error:
            raise source.error(text, f"'{text}': {error}") from None
        yield Rule(kind, role, text, source.place(text), source.own), tree
