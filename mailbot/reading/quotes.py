"""Finds what the writer of a mail wrote now, without history, forwarded mail, signatures and footers.

HTML containers come first, then marks in the text, then a comparison with the letter that is answered. A cut that may
be wrong is reported as doubtful, together with the second version, so that both can be read.
"""

import re
from dataclasses import dataclass

from mailbot.reading import (
    banners,
    quote_headings,
    quote_marks,
    quotes_html,
    quotes_sent,
    signature_phrases,
    signatures,
)
from mailbot.reading import html as pages

MOST = 400_000  # characters of a text that are looked at
_INVISIBLE: dict[int, str | None] = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200e\u200f\u2060\u00ad\r"))
_INVISIBLE |= {0xA0: " ", 0x202F: " "}
_LINK_ALONE = re.compile(r"<(?:https?://|#)[^<>\s]{1,480}>|\[(?:cid|image):[^\[\]]{0,480}\]")
_NEEDS_CLEANING = re.compile("[\ufeff\u200b\u200c\u200e\u200f\u2060\u00ad\u00a0\u202f\r]")


@dataclass(frozen=True, slots=True)
class Cut:
    """The new text of a mail. When `doubtful`, `other` is a second version: read both, act only where they agree."""

    text: str
    other: str = ""
    doubtful: bool = False


@dataclass(slots=True)
class _Lines:
    """The lines of a mail on their way through the three steps."""

    shown: list[str]  # as they stood, without trailing spaces
    lines: list[str]  # stripped
    marks: quote_marks.Marks
    kept: list[bool]
    unsure: set[int]  # cut on weak evidence


def new_text(text: str, *, html: str = "", sent: str = "") -> Cut:
    """The text the writer wrote now.

    `text` is the plain text of the mail (or of its HTML, when it has no text part), `html` its HTML part, `sent` the
    text of the letter that it answers, where that is known. Never raises; linear in the length of the input.
    """
    whole = text if text.strip() or not html else pages.to_text(html)
    if not html or not quotes_html.has_marks(html):
        return _cut(whole, sent)
    outside, dropped = _outside_containers(html)
    cut = _cut(outside, sent)
    if _says_something(cut.text):
        return _with_answers(cut, whole, sent) if sent else cut
    marked = _cut(whole, sent)
    if not dropped or (sent and not marked.doubtful):
        return marked
    return Cut(cut.text, marked.text if _says_something(marked.text) else marked.other, doubtful=True)


def _outside_containers(html: str) -> tuple[str, int]:
    """The text of the HTML without the containers of history, and how many there were.

    Signatures stay when nothing else is left: some programs let people write inside them.
    """
    text, dropped = "", 0
    for signatures_too in (True, False):
        tree = pages.to_tree(html)
        if tree is None:
            break
        containers = quotes_html.Containers(signatures=signatures_too)
        text, dropped = pages.tree_to_text(tree, drop=containers), containers.dropped
        if _says_something(text):
            break
    return text, dropped


def _with_answers(cut: Cut, whole: str, sent: str) -> Cut:
    """Adds what was typed between the lines of our letter inside a container that was cut."""
    read = _read(whole)
    answers = quotes_sent.compare(read.lines, read.marks, sent)
    missing = [read.lines[at] for at in sorted(answers) if read.lines[at] not in cut.text]
    return Cut("\n".join([cut.text, "", *missing]), cut.other, cut.doubtful) if missing else cut


def _cut(text: str, sent: str) -> Cut:
    read = _read(text)
    if sent:
        quotes_sent.compare(read.lines, read.marks, sent)
        read.kept = [not old for old in read.marks.history]
    _drop_signatures(read)
    new = _join(read, read.kept)
    if not _says_something(new):
        other = _unquoted(read, sent)
        return Cut(new, other, doubtful=True) if other.strip() not in ("", new.strip()) else Cut(new)
    if unsure := (read.unsure | read.marks.unsure):
        other = _join(read, [kept or at in unsure for at, kept in enumerate(read.kept)])
        if other != new:
            return Cut(new, other, doubtful=True)
    return Cut(new)


def _read(text: str) -> _Lines:
    text = text[:MOST]
    if _may_need_cleaning(text) and _NEEDS_CLEANING.search(text):
        text = text.translate(_INVISIBLE)
    shown = quote_headings.unflatten(text).split("\n")
    lines = [line.strip() for line in shown]
    top, unsure = banners.find_banner(lines)
    marks = quote_marks.find_history([""] * top + lines[top:])
    marks.history[:top] = [True] * top
    marks.unsure |= unsure
    marks.headings.update(set(range(top)) - unsure)
    return _Lines(shown, lines, marks, [not old for old in marks.history], set())


def _may_need_cleaning(text: str) -> bool:
    """A quick look: all that is cleaned away is a carriage return, or neither ASCII nor printable."""
    return "\r" in text or not (text.isascii() or text.replace("\n", "").isprintable())


def _drop_signatures(read: _Lines) -> None:
    """Looks for signatures in each run of lines between quotations."""
    at, told = 0, False
    while (at := _find(read.kept, True, at)) < len(read.lines):
        end = _find(read.kept, False, at)
        if any(read.lines[at:end]):
            signed = signatures.strip_signature(read.lines[at:end], told=told)
            told = told or any(keep and line for keep, line in zip(signed.kept, read.lines[at:end], strict=True))
            read.kept[at:end] = signed.kept
            read.unsure.update(at + line for line in signed.unsure)
        at = end


def _find(kept: list[bool], value: bool, at: int) -> int:
    try:
        return kept.index(value, at)
    except ValueError:
        return len(kept)


def _join(read: _Lines, kept: list[bool]) -> str:
    """The kept lines, no more than one blank line in a row, no rule and no bare link of a footer at the end."""
    found: list[str] = []
    for line, stripped, keep in zip(read.shown, read.lines, kept, strict=True):
        if keep and (stripped or (found and found[-1])):
            found.append(line.rstrip())
        elif not keep and found and found[-1]:
            found.append("")
    while found and (not found[-1].strip("-–—―_=*~#> \t") or _LINK_ALONE.fullmatch(found[-1].strip()[:500])):
        found.pop()
    return "\n".join(found).strip("\n")


def _says_something(text: str) -> bool:
    """Whether more than a greeting is left."""
    line, _, more = text.strip().partition("\n")
    if more.strip():
        return True
    if not any(char.isalnum() or ord(char) > 0x2000 for char in line):
        return False
    words = line.lower().strip(" ,.!:").split()
    if " ".join(words[:2]) in signature_phrases.DAYTIMES:
        return len(words) > 4
    return len(words) > 3 or words[0].strip(",.!") not in signature_phrases.GREETINGS if words else True


def _unquoted(read: _Lines, sent: str) -> str:
    """Everything but the headings of quotations, for a mail in which nothing new was found."""
    letter = quotes_sent.Letter(sent) if sent else None
    found: list[str] = []
    for at, line in enumerate(read.lines):
        said = line.lstrip("> ")
        if at in read.marks.headings or (letter and said and letter.holds(quotes_sent.bare(said))):
            continue
        if said or (found and found[-1]):
            found.append(said)
    return "\n".join(found).strip()
