"""Joins the words, the patterns and the index of one language into its matcher."""

from collections import Counter
from collections.abc import Mapping, Sequence

from mailbot.reading.compiler import Compiler
from mailbot.reading.matcher import Matcher, Rule
from mailbot.reading.patterns import Node, words_of
from mailbot.reading.rule_files import RulesError
from mailbot.reading.tokens import tokens
from mailbot.reading.vocabulary import Vocabulary

NEVER_MISTYPED = {"little", "breaks", "ordinary", "know", "not", "elsewhere", "dont", "cant"}
NO_IDEAS = {"little", "breaks", "ordinary"}  # groups that say nothing of what a text is about


def assemble(
    language: str,
    groups: Mapping[str, Sequence[Node]],
    rules: Sequence[tuple[Rule, Node]],
    examples: Sequence[str],
    scopes: Mapping[str, tuple[bool, frozenset[str]]],
) -> Matcher:
    """The matcher of a language. `groups` and `rules` are parsed; `examples` tell which words are common; `scopes` as
    in Matcher. Raises RulesError for a pattern that would match any text.
    """
    little = list(groups.get("little", ()))  # first, so that their letters are neighbours: they are in every pattern
    every = little + [tree for trees in groups.values() for tree in trees] + [tree for _, tree in rules]
    words = Vocabulary(
        (word for tree in every for word in words_of(tree)),
        break_words=_group_words(groups, "breaks"),
        forgiven=_group_words(groups, *(name for name in groups if name not in NEVER_MISTYPED)),
        exact_only=_group_words(groups, "ordinary"),
    )
    common = Counter(letter for text in examples for letter in words.encode(tokens(text)).decode())
    words.rest()
    compiler = Compiler(words, groups, common)
    ready = []
    for rule, tree in rules:
        needs = compiler.needs(tree)
        if not needs:
            raise RulesError(f"{rule.place}: '{rule.pattern}': it needs no word at all and would match any text")
        ready.append((rule, compiler.source(tree), needs))
    ideas = compiler.ideas(name for name in groups if name not in NO_IDEAS)
    return Matcher(language, words, ready, common, scopes, ideas)


def _group_words(groups: Mapping[str, Sequence[Node]], *names: str) -> list[str]:
    return [word for name in names for tree in groups.get(name, ()) for word in words_of(tree)]
