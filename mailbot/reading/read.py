"""Reads a mail: what its writer asks for, each thing with its evidence and its orders, in the order it was asked."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mailbot.model.mail import Facts, Mail, Reading, Request
from mailbot.model.shop import LANGUAGES
from mailbot.reading import automatic, language, quotes
from mailbot.reading.judge import HINTED, Finding, Verdict, judge
from mailbot.reading.matcher import Hit, Text
from mailbot.reading.proposer import MOST_TOKENS
from mailbot.reading.rulebook import Rulebook
from mailbot.reading.tokens import fold
from mailbot.reading.weigh import MOVES, Weighed, weigh

SHORT = 12  # words: where the language of so short a text cannot be told, all are tried
FEW = 4  # words: the same where it was only taken over from the letter that is answered
MOST_EVIDENCE = 4
_ANSWER = re.compile(
    r"\s*(re|aw|sv|vs|antw|antwort|rv|rif|res|r|fw|fwd|wg|tr|enc|i|doorst|ref)\s{0,3}(\[\d{1,4}\])?\s{0,3}:", re.I
)
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text asks for, in the language it was read in; `book_language` is "" where none was found fitting."""

    language: str
    verdict: Verdict | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.verdict.findings if self.verdict else ()

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(finding.kind for finding in self.findings)


def read(
    mail: Mail,
    book: Rulebook,
    *,
    hint_language: str = "",
    sent: str = "",
    known_orders: Sequence[str] = (),
    products: Sequence[str] = (),
    today: date | None = None,
    own: Collection[str] = (),
) -> Reading:
    """What a parsed mail asks for. Pure; never raises on any mail that `parse` returns.

    `hint_language` is that of the letter it answers, `sent` the text of that letter; `known_orders` are some of the
    shop's order numbers, `products` the names on the customer's orders; `today` is the mail's date unless given;
    `own` are the shop's addresses, whose list headers say nothing of the writer.
    A machine's mail has no requests; a person's has at least one, `unclear` if nothing else.
    """
    mail = _with_new_text(mail, sent)
    kind, bounce = (mail.automatic, mail.bounce) if mail.automatic else automatic.classify(mail, own)
    if (kind, bounce) != (mail.automatic, mail.bounce):
        mail = replace(mail, automatic=kind, bounce=bounce)
    spoken = language.detect(mail.new_text, hint=hint_language)
    if kind:
        return Reading(mail, spoken)
    found = _understand(mail, mail.new_text, spoken, hint_language, book, sent)
    day = today or (mail.date.date() if mail.date else None)
    named = book.facts.extract(
        mail.new_text, subject=_subject(mail, sent), language=found.language, today=day,
        known_orders=known_orders, products=products,
    )  # fmt: skip
    return Reading(mail, found.language, _requests(mail, found, named, hint_language, book, sent), named)


def _with_new_text(mail: Mail, sent: str) -> Mail:
    if mail.new_text and mail.new_text != mail.text:
        return mail
    cut = quotes.new_text(mail.text, html=mail.html, sent=sent)
    return replace(mail, new_text=cut.text, other_text=cut.other if cut.doubtful else "")


def _requests(
    mail: Mail, found: Understanding, named: Facts, hint: str, book: Rulebook, sent: str
) -> tuple[Request, ...]:
    if mail.other_text:
        other = _understand(mail, mail.other_text, found.language, hint, book, sent)
        if other.kinds != found.kinds:
            why = "the mail can be cut in two ways, which say different things"
            return (Request("unclear", 0.0, (why,), named.orders),)
    weighed = weighed_by(book, found)
    if weighed.proposal:
        like = weighed.proposal
        return (Request(like.kind, like.likelihood * HINTED, (like.why,), named.orders, guess=True),)
    if not found.verdict or not weighed.findings:
        return (Request("unclear", 0.0, weighed.doubts or _why_unclear(found), named.orders),)
    text = found.verdict.text
    places = _places(text, named.orders)
    return tuple(
        Request(f.kind, f.confidence, evidence(text, f.hits), _orders_of(f, text, places, named.orders))
        for f in sorted(weighed.findings, key=lambda finding: finding.hits[0].start)
    )


def weighed_by(book: Rulebook, found: Understanding) -> Weighed:
    """What stands of an understanding, and what is proposed in its place, by the likeness of the text to examples."""
    if not found.verdict:
        return Weighed(())
    if not found.language or not book.proposer or len(found.verdict.text.tokens) > MOST_TOKENS:
        return Weighed(found.findings)
    ideas = book.matchers[found.language].ideas(found.verdict.text)
    return weigh(found.verdict, found.language, ideas, book.proposer)


def _subject(mail: Mail, sent: str) -> str:
    """The subject, where its writer wrote it: not that of an answer, which is ours."""
    answers = mail.in_reply_to or mail.references or _ANSWER.match(mail.subject) or (sent and mail.subject in sent)
    return "" if answers else mail.subject


def _understand(mail: Mail, new: str, spoken: str, hint: str, book: Rulebook, sent: str) -> Understanding:
    subject = _subject(mail, sent)
    return understand(f"{subject}\n\n{new}" if subject else new, spoken, book, hint=hint)


def understand(text: str, spoken: str, book: Rulebook, *, hint: str = "") -> Understanding:
    """What a text asks for, in the language it is in; a few words are looked up in the other languages as well."""
    if spoken in book.matchers:
        verdict = judge(text, book.matchers[spoken], book)
        if verdict.findings or verdict.taken_back or _long(text, SHORT):
            return Understanding(spoken, verdict)
        if spoken == hint and not _long(text, FEW):  # a word or two say little of their language
            return _in_any_language(text, spoken, hint, book)
        other = _agreed(text, [code for code in language.candidates(text) if code != spoken], book)
        return other if other and not other.kinds & MOVES else Understanding(spoken, verdict)
    if spoken or _long(text, SHORT):
        return Understanding(spoken, None)
    return _in_any_language(text, spoken, hint, book)


def _long(text: str, words: int) -> bool:
    return len(text.split(None, words)) > words


def _in_any_language(text: str, spoken: str, hint: str, book: Rulebook) -> Understanding:
    """The reading of a few words, where the languages that find something in them agree what it is."""
    if not _PIECE.search(text):
        return Understanding(spoken or hint, None)
    order = dict.fromkeys(code for code in (spoken, hint, *LANGUAGES) if code in book.matchers)
    best = _agreed(text, list(order), book, spoken)
    return replace(best, language=best.language or hint) if best else Understanding(spoken or hint, None)


def _agreed(text: str, codes: Sequence[str], book: Rulebook, spoken: str = "") -> Understanding | None:
    """What all of these languages that find something agree on, in the likeliest; "" where two are as likely."""
    found = [Understanding(code, judge(text, book.matchers[code], book)) for code in codes]
    telling = [one for one in found if one.findings]
    if not telling or any(one.kinds != telling[0].kinds for one in telling):
        return None
    likely = spoken or language.likelier(text, [one.language for one in telling])
    best = next((one for one in telling if one.language == likely), telling[0])
    return replace(best, language=likely)


def evidence(text: Text, hits: Iterable[Hit]) -> tuple[str, ...]:
    """The words that matched, each with the file and line of its rule."""
    told = dict.fromkeys(f"{text.words(hit)} [{hit.rule.place}]" for hit in hits)
    return tuple(told)[:MOST_EVIDENCE]


def _why_unclear(found: Understanding) -> tuple[str, ...]:
    if not found.verdict:
        return (f"language: {found.language or 'unknown'}",)
    told = dict.fromkeys(
        f"{found.verdict.text.words(hit)} [{hit.rule.place}] but: {why}" for hit, why in found.verdict.taken_back
    )
    return tuple(told)[:MOST_EVIDENCE]


def _places(text: Text, orders: Sequence[str]) -> list[tuple[int, str]]:
    """Where each order number stands among the tokens of the text."""
    found = []
    for order in orders:
        last = (_PIECE.findall(fold(order)) or [""])[-1]
        found += [(position, order) for position, token in enumerate(text.tokens) if token == last]
    return sorted(found)


def _orders_of(
    finding: Finding, text: Text, places: Sequence[tuple[int, str]], every: Sequence[str]
) -> tuple[str, ...]:
    """The orders named in the sentences of a request, else those named last before it, else all of the mail."""
    spans = {text.sentence(hit) for hit in finding.hits}
    near = [order for position, order in places if any(start <= position < end for start, end in spans)]
    if not near:
        first = min(start for start, _ in spans)
        before = [position for position, _ in places if position < first]
        near = [order for position, order in places if before and position == before[-1]]
    return tuple(dict.fromkeys(near)) or tuple(every)
