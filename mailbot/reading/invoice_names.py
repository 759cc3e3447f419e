"""Finds the new name that a writer wants on an invoice: "please put the invoice on Müller GmbH"."""

from collections.abc import Iterator, Mapping, Sequence

from mailbot.reading.folding import Page, fold
from mailbot.reading.phrases import any_of, compiled
from mailbot.reading.searching import holds

LONGEST = 80
"""Characters of a name."""
_MOST = 60
_MOST_WORDS = 10
_SUBJECT = 250
"""Characters before a name in which the invoice must be spoken of."""
_TITLES = frozenset(b"st ste dr mr mrs ms prof ing dott sig sra hr fr mag avv co".split())
_DOTTED = frozenset(b"inc ltd corp co lda".split())


class InvoiceNames:
    """Finds new names by the table [invoice_name] of facts.toml."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._about = compiled(any_of(words["about"]))
        self._holds_about = holds(self._about)
        skip = any_of(words["skip"])
        behind = rb"[\s:\"']{0,3}(?:" + skip + rb"[\s:\"']{0,3}){0,3}"
        self._cue = compiled(rb"(?:" + any_of(words["words"]) + rb"|(" + any_of(words["with_verb"]) + rb"))" + behind)
        self._verb = compiled(rb"^[^.!?\n]{0,60}?" + any_of(words["verbs"]))
        self._should = compiled(any_of(words["should"]) + rb"[^.!?\n]{0,60}$")
        self._stop = compiled(rb"^[\s\"']*" + any_of(words["stop"]))
        first = rb"(?:^|\n)[\s>*\x2d]{0,6}(?:" + any_of(words["before_lines"]) + rb" ){0,3}"
        self._lines = compiled(first + any_of(words["lines"]) + rb" ?[:=][ \"']{0,3}")
        self._joining = {fold(word) for word in words["joining"]}
        self._own = {fold(word) for word in words["own"]}
        self._forms = {fold(form).strip(b".") for form in words["legal_forms"]}

    def find(self, page: Page) -> str:
        """The name as written, or "". Where several are named, one that "should be" goes before one that "is"."""
        if name := self._in_a_line(page):
            return name
        if not self._holds_about(page.folded):
            return ""
        names = list(self._candidates(page))
        wanted = [name for name, should in names if should]
        return (wanted or [name for name, _ in names] or [""])[-1]

    def _in_a_line(self, page: Page) -> str:
        """The last name that stands in a line of a form: whoever fills in such a line means it."""
        names = [
            self._name(page, match.end())
            for _, match in zip(range(_MOST), self._lines.finditer(page.folded), strict=False)
        ]
        return next((name for name in reversed(names) if name), "")

    def _candidates(self, page: Page) -> Iterator[tuple[str, bool]]:
        for count, match in enumerate(self._cue.finditer(page.folded)):
            if count >= _MOST:
                return
            name = self._name(page, _start(page, match.end()))
            if name and match.group(1) and not self._verb.search(page.folded[match.end() + len(name) :][:100]):
                continue
            before = page.folded[max(0, match.start() - _SUBJECT) : match.end()]
            if name and self._about.search(before):
                yield name, self._should.search(page.folded[max(0, match.start() - 90) : match.start()]) is not None

    def _name(self, page: Page, start: int) -> str:
        """The words from here on that belong to one name: capitals, joining words, legal forms."""
        end = position = start
        for _ in range(_MOST_WORDS):
            if position > start and self._stop.search(page.folded[position : position + 24]):
                break
            word_end = _word_end(page.folded, position)
            word = page.text[position:word_end]
            if not word or not self._belongs(word, first=position == start):
                break
            bare = word.rstrip(".,;:!?\"')")
            if fold(bare) not in self._joining or bare[:1].isupper():
                end = position + len(bare) + self._dot(word, bare)
            if self._is_last(page, word, bare, word_end):
                break
            position = word_end + 1
        return page.text[start:end].strip(" \"'“”„«»")[:LONGEST]

    def _belongs(self, word: str, *, first: bool) -> bool:
        letters = word.lstrip("\"'“„«(")
        if first and fold(letters.rstrip(".,;:!?")) in self._own:
            return False
        joined = not first and (fold(letters) in self._joining or fold(letters).strip(b".,;)") in self._forms)
        return letters[:1].isupper() or letters[:1].isdigit() or joined or letters[:1] in ("&", "+")

    def _is_last(self, page: Page, word: str, bare: str, word_end: int) -> bool:
        if page.folded[word_end : word_end + 1] != b" ":
            return True
        if word == bare:
            return False
        if word.endswith(","):  # "Construções Almada, Lda."
            following = page.folded[word_end + 1 : _word_end(page.folded, word_end + 1)]
            return following.strip(b".,") not in self._forms
        if not word.endswith("."):
            return True
        if len(bare) == 1 or fold(bare) in _TITLES:
            return False
        following = page.folded[word_end + 1 : _word_end(page.folded, word_end + 1)]
        return fold(bare) not in self._forms or following.strip(b".,") not in self._forms | self._joining

    def _dot(self, word: str, bare: str) -> int:
        """1 where the dot behind a word is part of it, as in "S.r.l." and "Inc."."""
        form = fold(bare)
        dotted = form in _DOTTED or (b"." in form and form in self._forms)
        return int(word[len(bare) :].startswith(".") and dotted)


def _start(page: Page, start: int) -> int:
    """One word back where that is a small one with a capital, so a part of the name: "De Vries", "La Poste"."""
    word = page.folded.rfind(b" ", 0, max(0, start - 1)) + 1
    small = page.text[word:start].rstrip()
    return word if 2 <= len(small) <= 3 and small.istitle() and small.isalpha() else start


def _word_end(folded: bytes, start: int) -> int:
    end = start
    while end < min(len(folded), start + LONGEST) and folded[end] not in b" \n":
        end += 1
    return end
