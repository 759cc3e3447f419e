"""What in a mail shows that a machine wrote it, each sign found once and only when it is asked for."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

import re2

from mailbot.model.mail import Mail
from mailbot.reading import bounce_sentences, machine_sentences, machine_subjects

_HEAD = 2_000  # characters in which a machine says what it is
_PLAIN = str.maketrans("’‘´`łđøı", "''''ldoi")  # what does not come apart into a letter and its accent
# A dot inside an address or after a number ends no sentence. No counts here: they blow automata up.
_SAME_SENTENCE = r"(?:[^.!?]|[.]\S|\d[.])*"
_NOTHING_MORE = r"\s*(?:[:(\[\-–—|/]|$)"

_DAEMON = re.compile(
    r"\W{0,3}(?:mail(?:er)?[-._ ]?(?:daemon|deamon)|mdaemon|mmdf|mail[-._]?delivery[-._]?(?:sub)?(?:system|service)|"
    r"double-?bounce|bounces?|ndr|dsn|non-?delivery|maildelivery)(?:$|[@+\-_=.])"
)
_POSTMASTER = re.compile(r"\W{0,3}(?:post-?master|mail-?adm|hostmaster|mailmaster)")
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[- ]?(?:delivery|daemon)|delivery (?:sub)?system|mail system|mail administrator|postmaster|"
    r"system ?administrat|administrat(?:or|eur|ore)\b|administrador|mailer|antivirus|gateway|automated response"
)
_ROBOT = re.compile(
    r"(?:smtp|mta|imss|mail|mx\d{0,3}|mailgate|mail-?gateway|admin(?:istrator)?|system|root|notification|notifier|"
    r"(?:no|do-?not)[-_]?reply|auto-?(?:reply|responder|response|notify)|robot|bot)[@.\-_+]"
)
_ROBOT_INSIDE = re.compile(r"gateway|antivirus|_smtp_|-robot@")
_CODE = re.compile(r"\b[45]\d\d[ -]|\b[45]\.\d\.\d|\brfc ?\d|\bsmtp\b|\bmailbox\b.{1,40}\bquota")
_REPLY = re.compile(r"\b(?:re|aw|fwd?|tr|rv|sv|vs|wg|antw|odp|enc|i|r)\s?(?:\[\d+\])?:")


def fold(text: str) -> str:
    """Lower case, no accents, one line."""
    text = " ".join(text.split()).lower()
    return text if text.isascii() else _without_accents(text)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(character for character in apart if not unicodedata.combining(character))


def _options() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = 16 << 20
    return options


def _pattern(alternatives: Iterable[str]) -> str:
    return _without_accents("|".join(alternatives)).replace("$$", _NOTHING_MORE).replace("~", _SAME_SENTENCE)


def _set(tables: dict[str, tuple[str, ...]], *, start: str = "") -> tuple["re2.Set", tuple[str, ...]]:
    """One automaton for several tables of patterns: it says which of them have a match."""
    found = re2.Set.SearchSet(_options())
    for name, alternatives in tables.items():
        found.Add(f"{'' if name.endswith('mark') else start}(?:{_pattern(alternatives)})")
    found.Compile()
    return found, tuple(tables)


_SUBJECTS = _set(
    {
        "absent": machine_subjects.ABSENT_SUBJECTS,
        "absent mark": machine_subjects.ABSENT_MARKS,
        "bounce": machine_subjects.BOUNCE_SUBJECTS,
        "bounce mark": machine_subjects.BOUNCE_MARKS,
        "challenge": machine_subjects.CHALLENGE_SUBJECTS,
        "read": machine_subjects.READ_SUBJECTS,
    },
    start=r"^\W*(?:\[[^\]]*\]\W*)?",
)
_SENTENCES = _set(
    {
        "automated": machine_sentences.AUTOMATED_SENTENCES,
        "notice": machine_sentences.NOTICE_SENTENCES,
        "received": machine_sentences.RECEIVED_SENTENCES,
        "absent": machine_sentences.ABSENT_SENTENCES,
        "challenge": machine_sentences.CHALLENGE_SENTENCES,
    }
)
_PROMISE = re2.compile(_pattern(machine_sentences.PROMISE_SENTENCES), _options())
_READ = re2.compile(_pattern(machine_sentences.READ_SENTENCES), _options())
_CHALLENGE = re2.compile(_pattern(machine_sentences.CHALLENGE_SENTENCES), _options())
_BOUNCE = re2.compile(_pattern(bounce_sentences.BOUNCE_SENTENCES), _options())


def _hits(table: tuple["re2.Set", tuple[str, ...]], text: str) -> frozenset[str]:
    patterns, names = table
    return frozenset(names[place] for place in patterns.Match(text.encode("utf-8", "replace")) or ())


class Signs:
    """The signs of one mail."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.headers = dict(reversed(mail.headers))
        self.reports = frozenset(media_type for media_type, _ in mail.reports)

    def says(self, *names: str) -> bool:
        """Whether one of the headers is there."""
        return not self.headers.keys().isdisjoint(names)

    @cached_property
    def subject(self) -> frozenset[str]:
        """What the subject is like: absent, bounce, challenge, read."""
        folded = fold(self.mail.subject[:300])
        hits = _hits(_SUBJECTS, folded) if folded else frozenset()
        if "bounce mark" in hits:
            hits |= {"bounce"}
        # "Re: Anna is out of the office" is also what people write about Anna: then the text decides.
        if "absent mark" in hits and (not _REPLY.search(folded) or "absent" in self.sentences):
            hits |= {"absent"}
        return hits

    @cached_property
    def head(self) -> str:
        """The beginning of what the writer wrote, folded, without quotations."""
        text = self.mail.new_text[:_HEAD]
        if ">" in text:
            text = "\n".join(line for line in text.split("\n") if not line.startswith((">", " >")))
        return fold(text)

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Which kinds of sentence it begins with: automated, notice, received, absent, challenge."""
        return _hits(_SENTENCES, self.head)

    @cached_property
    def null_sender(self) -> bool:
        """The envelope names nobody who could be told (RFC 5321 section 4.5.5)."""
        path = self.headers.get("return-path")
        return path is not None and not path.strip("<> ")

    @cached_property
    def daemon(self) -> bool:
        """Sent by a mail system, by its address or by the envelope's."""
        path = self.headers.get("return-path", "").strip("<> ").lower()
        sent = bool(path) and not path.startswith("bounce") and _DAEMON.match(path)
        return bool(sent or _DAEMON.match(self.mail.sender.email))

    @cached_property
    def official(self) -> bool:
        """An address or a name that people do not have, although a person may write from it."""
        email, name = self.mail.sender.email, self.mail.sender.name.lower()
        return bool(
            _POSTMASTER.match(email) or _ROBOT.match(email) or _ROBOT_INSIDE.search(email) or _DAEMON_NAME.search(name)
        )

    @cached_property
    def bounced(self) -> bool:
        """The text says that something was not delivered."""
        return bool(_BOUNCE.search(self._page))

    @cached_property
    def names_failure(self) -> bool:
        """It names an address or a code, as mail systems do; people complain of parcels in the same words."""
        return "@" in self._page or _CODE.search(self._page) is not None

    @cached_property
    def _page(self) -> str:
        return fold(self.mail.text[: 2 * _HEAD])

    @cached_property
    def promised(self) -> bool:
        return bool(_PROMISE.search(self.head))

    @cached_property
    def read(self) -> bool:
        return bool(_READ.search(self.head))

    @cached_property
    def challenged_twice(self) -> bool:
        first = _CHALLENGE.search(self.head)
        return bool(first and _CHALLENGE.search(self.head[first.end() :]))
