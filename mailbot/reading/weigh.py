"""Weighs what the rules found against what the text is like: which findings stand, and what is proposed beside them.

A rule is evidence, a likeness is none, and a rule that the shop wrote itself is never weighed at all. A likeness may

- propose a kind where the rules found nothing, the surer the more that kind does (FLOORS);
- tell, of several findings, one that the text is quite unlike: "I paid on Monday, where is my key?"; of several weak
  ones the likeliest; and one that yielded to another, but is asked for besides;
- throw doubt on what the rules found, where it speaks for something else, eight to one. What moves money or data is
  then left to a person; what only tells somebody something may be proposed instead.

What is proposed is a guess: its request says so (Request.guess), and nothing is changed on its word alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.reading.judge import HINTED, Finding, Verdict
from mailbot.reading.proposer import Likeness, Proposer

MOVES = {"cancel_order", "refund", "withdrawal", "cancel_renewal", "change_email", "privacy_request"}
"""What these kinds do is not undone by saying sorry."""
SENDS = {"resend_key", "resend_download", "invoice_copy", "invoice_correction", "change_payment", "purchase_lookup"}
FLOOR, FLOOR_SENDS, FLOOR_MOVES = 0.2, 0.7, 0.9  # from here a kind is proposed where no rule says anything, …
FLOOR_DOUBT = 0.5  # … and from here where something was taken back
FEW = 5  # words, subject and all: fewer name a thing, and say nothing of what to do with it
NEVER = 2.0  # no likelihood reaches it
UNLIKE, LIKE = 0.01, 0.3  # a finding below the first goes, where another is above the second
LEAST_MOVES = 0.1  # below this a finding goes that moves money or data, …
LEAST_HINTED = 0.1  # … and a weak one that does anything; of several findings each needs its share of it
ALONE = {"thanks"}  # found only where hardly anything else is said: the rules have weighed it already
BESIDES = 0.45  # what yielded to another finding stands beside it from this on
HINT = 0.5  # of the likeliest weak finding: what is less likely goes
AGAINST = 8.0  # times as likely another kind has to be to throw doubt on what a rule found


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind that no rule found, how likely it is (0 to 1), and why, for the `because`."""

    kind: str
    likelihood: float
    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """The findings that stand; else what is proposed; else `doubts`: why nothing is left of what was found."""

    findings: tuple[Finding, ...]
    proposal: Proposal | None = None
    doubts: tuple[str, ...] = ()


def weigh(verdict: Verdict, language: str, ideas: Sequence[str], proposer: Proposer | None) -> Weighed:
    """What stands of a verdict. Pure; without a proposer all of it does."""
    like = proposer.liken(language, verdict.text.tokens, ideas) if proposer else None
    if not like:
        return Weighed(verdict.findings)
    if verdict.findings:
        return _weighed(verdict, like)
    back = {hit.rule.kind for hit, _ in verdict.taken_back}
    kind = like.best
    if kind in back or like.kinds[kind] < _floor(kind, doubtful=bool(back)):
        return Weighed(())
    if kind in SENDS | MOVES and like.words < FEW:
        return Weighed(())
    return Weighed((), _proposal(like, "no rule, but"))


def _floor(kind: str, *, doubtful: bool) -> float:
    """How likely a kind has to be to be proposed; `doubtful`: where rules spoke against it, or for something else."""
    if kind == "unclear" or (doubtful and kind in MOVES):
        return NEVER
    floor = FLOOR_MOVES if kind in MOVES else FLOOR_SENDS if kind in SENDS else FLOOR
    return max(floor, FLOOR_DOUBT) if doubtful else floor


def _weighed(verdict: Verdict, like: Likeness) -> Weighed:
    findings, known = verdict.findings, like.kinds
    if any(hit.rule.own or hit.rule.kind in ALONE for finding in findings for hit in finding.hits):
        return Weighed(findings)
    most = max(known.get(finding.kind, 1.0) for finding in findings)
    best = like.best
    if best != "unclear" and known[best] >= max(LIKE, AGAINST * most):  # to be like nothing known says nothing
        doubt = f"rules say {', '.join(finding.kind for finding in findings)}, but"
        proposal = _proposal(like, doubt)
        if known[best] >= (FLOOR_SENDS if best in SENDS else NEVER if best in MOVES else LIKE):
            return Weighed((), proposal)
        if best in MOVES or any(finding.kind in MOVES for finding in findings):
            return Weighed((), None, (proposal.why,))
    kept = [finding for finding in findings if known.get(finding.kind, 1.0) >= _least(finding, findings, most)]
    kept += [finding for finding in verdict.yielded if known.get(finding.kind, 0.0) >= BESIDES]
    why = "; ".join(f"rules say {finding.kind}, but its examples are not like this" for finding in findings)
    return Weighed(tuple(kept), None, () if kept else (why,))


def _least(finding: Finding, findings: Sequence[Finding], most: float) -> float:
    """How likely a finding has to be to stand."""
    least = UNLIKE if most >= LIKE else 0.0
    share = 1 / len(findings)
    if all(one.confidence <= HINTED for one in findings):
        least = max(least, HINT * most)
        if finding.kind in SENDS | MOVES:
            least = max(least, LEAST_HINTED * share)
    return max(least, LEAST_MOVES * share) if finding.kind in MOVES else least


def _proposal(like: Likeness, beginning: str) -> Proposal:
    kind = like.best
    likelihood = like.kinds[kind]
    words = ", ".join(like.telling(kind))
    return Proposal(kind, likelihood, f"{beginning} like the examples of {kind} ({likelihood:.2f}): {words}")
