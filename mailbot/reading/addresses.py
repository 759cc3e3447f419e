"""Address headers become addresses (RFC 5322 section 3.4), from what mailers really write."""

import re
from dataclasses import dataclass, field

from mailbot.model.mail import Address
from mailbot.reading import headers
from mailbot.reading.limits import Limits

# The two shapes that nearly all mail has: `Name <a@b.c>` or `"Name" <a@b.c>`, and `a@b.c`.
_NAMED = re.compile(r'^\s*(?:"([^"\\<>]*)"|([^"\\<>(),:;@]*))\s*<\s*([^<>()",:;\s@]+@[^<>()",:;\s@]+)\s*>\s*$')
_BARE = re.compile(r'^\s*([^<>()",:;\s@]+@[^<>()",:;\s@]+)\s*$')
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[^"\\(),:;<>]+|.', re.S)


def parse(value: str, hint: str, limits: Limits) -> tuple[Address, ...]:
    """The addresses of a header's raw value, groups opened, encoded names decoded, empty ones left out.

    What is no address is kept as it stands instead of being repaired into one: nobody's identity is guessed.
    """
    if found := _BARE.match(value):
        return (_address("", found[1], hint, limits),)
    if found := _NAMED.match(value):
        return (_address(found[1] or found[2] or "", found[3], hint, limits),)
    out = []
    for box in _mailboxes(value, limits.addresses):
        name, email, comment = box.parts()
        if email:
            out.append(_address(name or comment, email, hint, limits))
        elif name:
            out.append(_without_brackets(box, comment, hint, limits))
    return tuple(out)


def _address(name: str, email: str, hint: str, limits: Limits) -> Address:
    name = headers.readable(name.strip(), hint, limits).strip().strip("'\"").strip()
    email = headers.readable(email.strip(), hint, limits).strip().lower()
    return Address(name[:300], email[:320])


def _without_brackets(box: "_Box", comment: str, hint: str, limits: Limits) -> Address:
    """`a@b.c (Name)` is an address with its name in a comment; anything else is kept whole, as both."""
    text = "".join(box.plain).strip()
    if "<" in text:
        return _address("".join(box.name), "", hint, limits)
    if " " not in text and '"' not in text and "=?" not in text and ">" not in text:
        return _address(comment, text, hint, limits)
    whole = headers.readable(text, hint, limits)
    return Address(whole.replace('"', "")[:300], whole.lower()[:320] if "@" in whole else "")


@dataclass(slots=True)
class _Box:
    """One mailbox as far as it was read."""

    name: list[str] = field(default_factory=list)
    email: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)  # all that stood outside of comments, as written

    def parts(self) -> tuple[str, str, str]:
        """Name, address, comment."""
        address = "".join(self.email).strip()
        if address.startswith("@") and ":" in address:  # a source route: <@relay:a@b.c>
            address = address.rpartition(":")[2]
        return "".join(self.name).strip(), address, "".join(self.comment).strip()


def _mailboxes(value: str, most: int) -> list[_Box]:
    """Cuts a list of addresses into mailboxes; one pass over its marks, no recursion."""
    boxes = [_Box()]
    depth, angle = 0, False
    for mark in _TOKEN.findall(value):
        box = boxes[-1]
        if mark == "(" or (mark == ")" and depth):
            depth += 1 if mark == "(" else -1
        elif depth:
            box.comment.append(mark)
        elif mark == ":" and not angle and not box.email:
            boxes[-1] = _Box()  # that was a group's name
        elif mark in (",", ";") and not (angle and not box.email):
            if len(boxes) == most:
                break
            boxes.append(_Box())
            angle = False
        else:
            box.plain.append(mark)
            if mark in "<>":
                angle = mark == "<"
            else:
                (box.email if angle else box.name).append(_unquote(mark) if not angle else mark)
    return boxes


def _unquote(token: str) -> str:
    if len(token) > 1 and token.startswith('"'):
        return token[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return token
