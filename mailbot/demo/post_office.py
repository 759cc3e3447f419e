"""The mailboxes of the demo's customers and staff: a real SMTP server on loopback that keeps in memory what it gets."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

import aiosmtplib

from mailbot.demo.doing import TroubleOnRequest
from mailbot.intake.received import Received
from mailbot.intake.smtp import Server, serve_smtp
from mailbot.model.mail import Mail
from mailbot.reading.parse import parse


@dataclass(frozen=True)
class Post:
    """One mail in a mailbox: a letter that came in, or what its owner wrote (`sent`)."""

    number: int
    box: str
    at: datetime
    raw: bytes
    mail: Mail
    sent: bool = False

    @property
    def letter(self) -> str:
        """Which letter of ours it is, `<kind>/<outcome>`."""
        return self.mail.header("X-Mailbot-Letter")

    @property
    def html(self) -> str:
        return self.mail.html

    @property
    def reply_to(self) -> str:
        return self.mail.reply_to[0].email if self.mail.reply_to else self.mail.sender.email


@dataclass
class PostOffice:
    """All mailboxes, oldest mail first. `now` is the demo's clock."""

    now: Callable[[], datetime]
    note: Callable[[Post], None] = lambda post: None  # hears of every mail, to keep it
    posts: list[Post] = field(default_factory=list)
    server: Server | None = None
    refuse_next: int = 0  # how many mails to refuse for now (451): trouble on request
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> int:
        """Starts to listen; returns the port."""
        self.server = await serve_smtp(
            listen="127.0.0.1:0", accepts=lambda address: True, keep=self._keep, hostname="mailboxes.example"
        )
        return self.server.port

    async def close(self) -> None:
        if self.server:
            await self.server.close(grace=1)

    async def write(
        self, port: int, sender: str, to: str, subject: str, text: str, answers: Post | None = None
    ) -> Post:
        """A person writes a mail, or answers one, by real SMTP. The copy stands in the sender's box."""
        return await self.hand_in(port, sender, to, self.draft(sender, to, subject, text, answers).as_bytes())

    def draft(self, sender: str, to: str, subject: str, text: str, answers: Post | None = None) -> EmailMessage:
        """The mail that a person writes, with what it answers quoted below."""
        message = EmailMessage()
        message["From"] = sender
        message["To"] = to
        message["Subject"] = " ".join(subject.split())[:200]
        message["Date"] = format_datetime(self.now())
        message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">") or "customer.example")
        if answers:
            message["In-Reply-To"] = answers.mail.message_id
            message["References"] = " ".join([*answers.mail.references, answers.mail.message_id])
            text = f"{text}\n\n{_quoted(answers)}"
        message.set_content(text)
        return message

    async def hand_in(self, port: int, sender: str, to: str, raw: bytes) -> Post:
        """Hands a mail to the shop's SMTP server, and keeps a copy in the sender's box."""
        address = parseaddr(sender)[1]
        await aiosmtplib.send(raw, sender=address, recipients=[to], hostname="127.0.0.1", port=port, start_tls=False)
        return self.put(address, self.now(), raw, sent=True)

    def box(self, address: str) -> list[Post]:
        return [post for post in self.posts if post.box == address]

    def get(self, number: int) -> Post | None:
        return next((post for post in self.posts if post.number == number), None)

    async def wait_for(self, found: Callable[[Post], bool], seconds: float = 5.0, after: int = 0) -> Post | None:
        """The first letter newer than `after` for which `found` is true; None when none comes in time."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            for post in self.posts:
                if post.number > after and not post.sent and found(post):
                    return post
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), left)
            except TimeoutError:
                return None

    @property
    def last(self) -> int:
        return self.posts[-1].number if self.posts else 0

    async def _keep(self, received: Received) -> None:
        if self.refuse_next:
            self.refuse_next -= 1
            raise TroubleOnRequest("not now")
        for address in received.rcpt_to:
            self.put(address, self.now(), received.raw)

    def put(self, address: str, at: datetime, raw: bytes, sent: bool = False) -> Post:
        """Puts a mail into a box."""
        post = Post(next(self._numbers), address.lower(), at, raw, parse(raw), sent)
        self.posts.append(post)
        self.note(post)
        self._came.set()
        return post


def _quoted(post: Post) -> str:
    """The answered letter below the answer, as mail programs quote it."""
    when = post.mail.date.strftime("%a, %d %b %Y at %H:%M") if post.mail.date else "earlier"
    lines = [f"On {when}, {post.mail.sender.name or post.mail.sender.email} wrote:", ""]
    return "\n".join([*lines, *(f"> {line}".rstrip() for line in post.mail.text.splitlines())])
