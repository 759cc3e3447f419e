"""Tries the rules: every example of every kind against all kinds, and any text with the reasons of its reading."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model.mail import KINDS
from mailbot.model.shop import LANGUAGES
from mailbot.reading import language
from mailbot.reading.judge import Verdict, judge
from mailbot.reading.read import understand, weighed_by
from mailbot.reading.rulebook import Rulebook

ENOUGH = 8  # natural examples of each kind in each language


@dataclass(frozen=True, slots=True)
class Confusion:
    """An example that was not understood as it should be."""

    kind: str
    language: str
    text: str
    said: tuple[str, ...]
    why: str


def rulebook_report(book: Rulebook) -> tuple[list[str], bool]:
    """What `mailbot rules test` prints: confusions, kinds with too few examples, the sum; and whether all is well."""
    wrong = list(confusions(book))
    lines = [f"{c.language} {c.kind}: understood as {', '.join(c.said)}: {c.text}\n    {c.why}" for c in wrong]
    few = [
        f"{code} {name}: {len(kind.examples.get(code, ()))} examples, {ENOUGH} are wanted"
        for name, kind in book.kinds.items() for code in LANGUAGES
        if len(kind.examples.get(code, ())) < ENOUGH
    ]  # fmt: skip
    total = sum(len(texts) for kind in book.kinds.values() for texts in kind.examples.values())
    lines += [*few, f"{total - len(wrong)} of {total} examples are understood in {len(LANGUAGES)} languages"]
    return lines, not wrong and not few


def confusions(book: Rulebook) -> Iterator[Confusion]:
    """Every example that is not understood as its kind alone, and every counter-example that is."""
    for name in KINDS:
        kind = book.kinds[name]
        for code in LANGUAGES:
            for text in kind.examples.get(code, ()):
                verdict = judge(text, book.matchers[code], book)
                said = tuple(finding.kind for finding in verdict.findings) or ("unclear",)
                if said != (name,):
                    yield Confusion(name, code, text, said, "; ".join(_reasons(verdict)))
            for text in kind.not_examples.get(code, ()):
                verdict = judge(text, book.matchers[code], book)
                if any(finding.kind == name for finding in verdict.findings):
                    yield Confusion(f"not {name}", code, text, (name,), "; ".join(_reasons(verdict)))


def explain_text(text: str, book: Rulebook) -> list[str]:
    """What `mailbot rules try` prints: the language, each request with its evidence, what was taken back and why."""
    spoken = language.detect(text)
    found = understand(text, spoken, book)
    lines = [f"language: {found.language or spoken or 'unknown'}"]
    weighed = weighed_by(book, found)
    if weighed.proposal:
        lines.append(f"{weighed.proposal.kind}, a guess: {weighed.proposal.why}")
    elif not weighed.findings:
        lines.append("; ".join(("unclear: nothing was found that is surely asked for", *weighed.doubts)))
    lines += [f"{finding.kind} ({finding.confidence:.2f})" for finding in weighed.findings]
    return lines + [f"    {reason}" for reason in (_reasons(found.verdict) if found.verdict else ())]


def _reasons(verdict: Verdict) -> Iterator[str]:
    text = verdict.text
    for finding in verdict.findings:
        for hit in finding.hits:
            yield f'{finding.kind}: "{text.words(hit)}" by {hit.rule.place}  {hit.rule.pattern}'
    for hit, why in verdict.taken_back:
        yield f'not {hit.rule.kind}: "{text.words(hit)}" by {hit.rule.place}, taken back: {why}'
