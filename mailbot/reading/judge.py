"""Tells what is asked from what is only mentioned: refused, conditional, past, a question of policy, or elsewhere.

Every hit of a rule is a candidate. A frame (rules/frames.toml) or an `unless` of the kind takes it back; of two kinds
that share words the one that `wins_over` the other stays; `hints` count only where nothing surer was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mailbot.reading.matcher import Hit, Matcher, Text
from mailbot.reading.rulebook import Kind, Rulebook
from mailbot.reading.vocabulary import NUMBER

NEAR = 4  # words that may stand between "do not" and what is not to be done
WORDS_LEFT = 12  # words beside a "thank you" that still make it nothing but a thank you
REPORT = "done"  # the one frame that leaves nothing to answer: "you refunded me, thanks"
SURE, TWICE, HINTED = 0.9, 0.97, 0.6
_OWN = (("unless", "sentence"), ("never_with", "mail"))  # what a kind itself takes back, and how near it stands


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing asked for: the kind, how sure, and its hits in the order of the text."""

    kind: str
    confidence: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a text, and what was taken back, each with the reason.

    `yielded` was found too, but yielded to another finding: most likely only its reason, or said on the way to it.
    """

    text: Text
    findings: tuple[Finding, ...]
    taken_back: tuple[tuple[Hit, str], ...]
    yielded: tuple[Finding, ...] = ()


def judge(text: str, matcher: Matcher, book: Rulebook) -> Verdict:
    """What a text asks for in the language of the matcher. Pure; linear in the text."""
    seen = matcher.look(text)
    candidates = matcher.requests(seen)
    alone = [hit for hit in candidates if book.kinds[hit.rule.kind].alone]
    meant, back = _meant([hit for hit in candidates if not book.kinds[hit.rule.kind].alone], seen, matcher, book)
    if not meant and alone and not any(reason in book.frames and reason != REPORT for _, reason in back):
        meant, more = _meant(alone, seen, matcher, book)
        back += more
    sure = [hit for hit in meant if hit.rule.role == "says"]
    findings = _findings(_strongest(sure or meant, seen, book))
    kept = {finding.kind for finding in findings}
    yielded = [hit for hit in sure if hit.rule.kind not in kept and not book.kinds[hit.rule.kind].alone]
    return Verdict(seen, tuple(findings), tuple(back), tuple(_findings(yielded)))


def _meant(
    candidates: Sequence[Hit], text: Text, matcher: Matcher, book: Rulebook
) -> tuple[list[Hit], list[tuple[Hit, str]]]:
    """The candidates that are really asked for, and the others with what took them back."""
    frames = _by_role(matcher.circumstances(text, candidates) if candidates else ())
    if not frames:
        return list(candidates), []
    reasons = [(hit, _taken_back(hit, text, frames, book)) for hit in candidates]
    return [hit for hit, reason in reasons if not reason], [(hit, reason) for hit, reason in reasons if reason]


def _by_role(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.rule.role, []).append(hit)
    return found


def _taken_back(hit: Hit, text: Text, frames: dict[str, list[Hit]], book: Rulebook) -> str:
    """The frame that says that this is not asked for; "" where none does."""
    kind = hit.rule.kind
    for name, frame in book.frames.items():
        if name in frames and kind in frame.kinds and any(_governs(at, hit, frame.scope, text) for at in frames[name]):
            return name
    for role, scope in _OWN:
        if role in frames and any(at.rule.kind == kind and _governs(at, hit, scope, text) for at in frames[role]):
            return role
    return ""


def _governs(at: Hit, hit: Hit, scope: str, text: Text) -> bool:
    if scope == "mail":
        return True
    if scope == "sentence":
        first, last = text.sentence(hit)
        return first <= max(at.start, at.end - 1) < last or first <= at.start < last
    first, last = text.clause(hit)
    if scope == "clause":
        return first <= at.end - 1 and at.start <= last
    start = text.after_asking(hit)
    latest = start if start > hit.start else start - 1
    return first - 1 <= at.start <= latest and start - NEAR <= at.end <= hit.end + 1


def _strongest(hits: Sequence[Hit], text: Text, book: Rulebook) -> list[Hit]:
    """Without what loses to another kind on the same words, is only the reason of another, or a thank-you beside it."""
    kinds = {hit.rule.kind: book.kinds[hit.rule.kind] for hit in hits}
    kept = list(hits)
    if len(kinds) > 1:
        kept = [hit for hit in hits if not any(_loses(hit, other, kinds, text) for other in hits)]
    asked = {hit.rule.kind for hit in kept}
    if text.letters.count(NUMBER) < 2:  # with two numbers in it the mail may ask for one thing each
        kept = [hit for hit in kept if not kinds[hit.rule.kind].reason_for & asked]
    return kept if not any(kinds[hit.rule.kind].alone for hit in kept) or _little_else(kept, text) else []


def _loses(hit: Hit, other: Hit, kinds: Mapping[str, Kind], text: Text) -> bool:
    loser, winner = kinds[hit.rule.kind], kinds[other.rule.kind]
    if loser is winner or winner.alone:
        return False
    if other.start < hit.end and hit.start < other.end:
        return loser.name in winner.wins_over or bool(loser.gives_way and winner.gives_way != loser.gives_way)
    return (
        loser.gives_way == "sentence" and winner.gives_way != "sentence" and text.sentence(hit) == text.sentence(other)
    )


def _little_else(hits: Sequence[Hit], text: Text) -> bool:
    covered = {position for hit in hits for position in range(hit.start, hit.end)}
    left = sum(1 for i, letter in enumerate(text.letters) if letter > "\u10ff" and i not in covered)
    return left <= WORDS_LEFT and "?" not in text.tokens


def _findings(hits: Sequence[Hit]) -> list[Finding]:
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        by_kind.setdefault(hit.rule.kind, []).append(hit)
    return [Finding(kind, _confidence(theirs), tuple(theirs)) for kind, theirs in by_kind.items()]


def _confidence(hits: Sequence[Hit]) -> float:
    if all(hit.rule.role == "hints" for hit in hits):
        return HINTED
    return TWICE if len({hit.rule.pattern for hit in hits}) > 1 else SURE
