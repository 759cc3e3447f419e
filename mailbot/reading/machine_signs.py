"""What in a mail shows that a machine wrote it, each sign found once and only when it is asked for."""

import re
from functools import cached_property

from mailbot.model.mail import Mail
from mailbot.reading import machine_patterns as patterns

_HEAD = 2_000  # characters in which a machine says what it is

_DAEMON = re.compile(
    r"\W{0,3}(?:mail(?:er)?[-._ ]?(?:daemon|deamon)|mdaemon|mmdf|mail[-._]?delivery[-._]?(?:sub)?(?:system|service)|"
    r"double-?bounce|non-?delivery|maildelivery)(?:$|[@+\-_=.])"
)
# Firms have such names as well ("Bounce House Rental").
_PERHAPS_DAEMON = re.compile(r"\W{0,3}(?:bounces?|ndr|dsn)(?:$|[@+\-_=.])")
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
_ABSENT_VALUES = {"no", "none", "false", "0", "off", "n"}  # a header that says this says that it is not meant
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)")
_REPLY = re.compile(r"\b(?:re|aw|fwd?|tr|rv|sv|vs|wg|antw|odp|enc|i|r)\s?(?:\[\d+\])?:")


def _personal(folded: str) -> bool:
    """Whether somebody asks for something of his own, or of the shop's."""
    if patterns.WISH.search(folded):
        return True
    if not patterns.MATTER.search(folded):
        return False
    return any(patterns.MATTER.search(part) and patterns.SELF.search(part) for part in _SENTENCE_END.split(folded))


class Signs:
    """The signs of one mail."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.headers = dict(reversed(mail.headers))
        self.reports = frozenset(media_type for media_type, _ in mail.reports)

    def says(self, *names: str) -> bool:
        """Whether one of the headers is there, and does not say "no"."""
        return bool(self.headers.keys() & names) and any(self._means(name) for name in names)

    def _means(self, name: str) -> bool:
        return name in self.headers and self.headers[name].strip().lower() not in _ABSENT_VALUES

    @cached_property
    def subject(self) -> frozenset[str]:
        """What the subject is like: absent (certainly), away (likely), perhaps, bounce, challenge, read."""
        folded = self._folded_subject
        found = patterns.hits(patterns.SUBJECTS, folded) if folded else frozenset()
        if "bounce mark" in found:
            found |= {"bounce"}
        # "Re: Anna is out of the office" is also what people write about Anna: then the text decides.
        if "away mark" in found and (not _REPLY.search(folded) or "absent" in self.sentences):
            found |= {"away"}
        return found

    @cached_property
    def _folded_subject(self) -> str:
        return patterns.fold(self.mail.subject[:300])

    @cached_property
    def complains(self) -> bool:
        """The subject asks, or says that something is missing, as people do."""
        return bool(patterns.BUT.search(self._folded_subject)) or _personal(self._folded_subject)

    @cached_property
    def personal(self) -> bool:
        """The text asks for something that only people ask for."""
        return _personal(self.head)

    @cached_property
    def reply(self) -> bool:
        """An answer to a mail, by its headers."""
        return bool(self.mail.in_reply_to or self.mail.references)

    @cached_property
    def suppresses(self) -> bool:
        """It asks for no automatic answer. Exchange and help desks write that into people's mail as well."""
        said = self.headers.get("x-auto-response-suppress", "").lower()
        return any(word in said for word in ("all", "oof", "autoreply"))

    @cached_property
    def ticket(self) -> bool:
        """A help desk's mail, written by it or by its agents."""
        return bool(patterns.TICKET.search(patterns.fold(self.mail.text[:_HEAD])))

    @cached_property
    def head(self) -> str:
        """The beginning of what the writer wrote, folded, without quotations."""
        text = self.mail.new_text[:_HEAD]
        if not text.strip() and self.ticket:  # all of it stands below the line above which one is to answer
            text = (self.mail.other_text or self.mail.text)[:_HEAD]
        if ">" in text:
            text = "\n".join(line for line in text.split("\n") if not line.startswith((">", " >")))
        return patterns.fold(text)

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Which kinds of sentence it begins with, by the names in `machine_patterns`."""
        return frozenset(name for name, pattern in patterns.SENTENCES.items() if pattern.search(self.head))

    @cached_property
    def null_sender(self) -> bool:
        """The envelope names nobody who could be told (RFC 5321 section 4.5.5)."""
        path = self.headers.get("return-path")
        return path is not None and not path.strip("<> ")

    @cached_property
    def daemon(self) -> bool:
        """Sent by a mail system, by its address or by the envelope's."""
        path = self.headers.get("return-path", "").strip("<> ").lower()
        sent = bool(path) and _DAEMON.match(path)
        return bool(sent or _DAEMON.match(self.mail.sender.email))

    @cached_property
    def perhaps_daemon(self) -> bool:
        """Sent from an address that mail systems like, and firms too."""
        return _PERHAPS_DAEMON.match(self.mail.sender.email) is not None

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
        return bool(patterns.BOUNCE.search(self._page))

    @cached_property
    def names_failure(self) -> bool:
        """It names an address or a code, as mail systems do; people complain of parcels in the same words."""
        return "@" in self._page or _CODE.search(self._page) is not None

    @cached_property
    def _page(self) -> str:
        return patterns.fold(self.mail.text[: 2 * _HEAD])

    @cached_property
    def promised(self) -> bool:
        return bool(patterns.PROMISE.search(self.head))

    @cached_property
    def read(self) -> bool:
        return bool(patterns.READ.search(self.head))

    @cached_property
    def challenged_twice(self) -> bool:
        first = patterns.SENTENCES["challenge"].search(self.head)
        return bool(first and patterns.SENTENCES["challenge"].search(self.head[first.end() :]))
