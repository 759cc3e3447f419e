"""Reads the source of one letter: the needs in its comment, its head, and the blocks of its Markdown body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["Subject", "Preheader", "heading", "subheading", "paragraph", "item", "button", "component",
               "control", "list", "endlist"]  # fmt: skip

EXPRESSION = re.compile(r"\{\{[^{}]*\}\}|\{\{.*?\}\}")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_NEED = re.compile(r"(order|fact|link):[ \t]+([a-z][a-z0-9_]*)(\?)?[ \t]*(.*)")
_CONTROL = re.compile(r"\{%.*%\}")
_OPENS = re.compile(r"\{%-?\s*(if|for)\b")
_CLOSES = re.compile(r"\{%-?\s*(endif|endfor)\b")
_HEAD = re.compile(r"(Subject|Preheader|Layout):[ \t]*(.*)")
_BUTTON = re.compile(r"\*\*\[(.+)\]\(\{\{(.+)\}\}\)\*\*")
_COMPONENT = re.compile(r"\{\{\s*[a-z_]+\(.*\)\s*\}\}")
_ITEM = re.compile(r"[-*] +")
_INDENT = re.compile(r"\s+")

LAYOUTS = ("letter", "order", "staff", "person")


@dataclass(frozen=True, slots=True, order=True)
class TemplateFault:
    """What is wrong with a template or catalogue, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a letter must be given: is there an order, which facts and links; `?` in the source makes one optional."""

    order: Literal["required", "optional", "none"] = "none"
    facts: dict[str, bool] = field(default_factory=dict)  # name → required
    links: dict[str, bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # name → what the source says about it


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a letter. `text` is what is translated (or Jinja code); `url` where a button leads."""

    role: Role
    text: str
    line: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as read from its file. `language` is "" for the shared English one."""

    name: str
    file: str
    language: str
    code: str
    layout: str
    needs: Needs
    head: tuple[Block, ...]
    body: tuple[Block, ...]
    faults: tuple[TemplateFault, ...]


def read_source(name: str, file: str, language: str, code: str) -> Source:
    """The letter `name` from the text of its file. Never raises: what is wrong stands in `faults`."""
    faults: list[TemplateFault] = []
    needs = _needs(code, file, faults)
    # Comments give way to empty lines, so that every block keeps the line it has in the file.
    lines = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), code).split("\n")
    head, layout, start = _head(lines, file, faults)
    body = tuple(_blocks(lines, start))
    faults += [
        TemplateFault(file, block.line, "put {% … %} on a line of its own, so that words stay whole")
        for block in (*head, *body)
        if block.role not in ("control", "component") and _CONTROL.search(block.text)
    ]
    return Source(name, file, language, code, layout, needs, head, body, tuple(faults))


def _needs(code: str, file: str, faults: list[TemplateFault]) -> Needs:
    needs: dict[str, dict[str, bool]] = {"fact": {}, "link": {}}
    order, notes = "none", {}
    comment = _COMMENT.search(code)
    for number, line in enumerate(comment[0].split("\n") if comment else (), start=1):
        found = _NEED.fullmatch(line.strip())
        if not found:
            continue
        what, name, optional, note = found.groups()
        if what == "order":
            order = name
        elif hasattr(dict, name):
            faults.append(TemplateFault(file, number, f"a {what} cannot be named '{name}': choose another word"))
        else:
            needs[what][name] = not optional
            notes[name] = note
    if order not in ("required", "optional", "none"):
        faults.append(TemplateFault(file, 1, f"'order: {order}' should be required, optional or none"))
        order = "none"
    return Needs(order, needs["fact"], needs["link"], notes)  # type: ignore[arg-type]


def _head(lines: list[str], file: str, faults: list[TemplateFault]) -> tuple[tuple[Block, ...], str, int]:
    """The head's blocks, the layout, and the index of the first line after the head."""
    blocks: list[Block] = []
    layout, index = "letter", 0
    while index < len(lines) and not lines[index].strip():
        index += 1
    for at in range(index, len(lines)):
        line = lines[at].strip()
        found = _HEAD.fullmatch(line)
        if found and found[1] == "Layout":
            layout = found[2].strip()
        elif found:
            blocks.append(Block("Subject" if found[1] == "Subject" else "Preheader", found[2].strip(), at + 1))
        elif _CONTROL.fullmatch(line):
            blocks.append(Block("control", line, at + 1))
        else:
            if line:
                faults.append(
                    TemplateFault(file, at + 1, "expected 'Subject:', 'Preheader:', 'Layout:' or an empty line")
                )
            index = at
            break
    lacking = {"Subject", "Preheader"} - {block.role for block in blocks}
    faults += [TemplateFault(file, index + 1, f"the head lacks '{role}:'") for role in sorted(lacking)]
    if layout not in LAYOUTS:
        faults.append(TemplateFault(file, 1, f"there is no layout '{layout}'; there is {', '.join(LAYOUTS)}"))
    return tuple(blocks), layout, index


def _blocks(lines: list[str], start: int) -> Iterator[Block]:
    """The blocks of the body. Lines without an empty line between them belong together, control lines apart."""
    chunk: list[tuple[int, str]] = []
    for index in range(start, len(lines) + 1):
        line = lines[index].strip() if index < len(lines) else ""
        if line:
            chunk.append((index + 1, line))
        elif chunk:
            yield from _chunk(chunk)
            chunk = []


def _chunk(chunk: list[tuple[int, str]]) -> Iterator[Block]:
    first = next((at for at, (_, line) in enumerate(chunk) if _ITEM.match(line)), None)
    if first is not None:
        while first and _CONTROL.fullmatch(chunk[first - 1][1]):
            first -= 1
        yield from _chunk(chunk[:first])
        yield from _list(chunk[first:])
        return
    pending: list[tuple[int, str]] = []
    for number, line in chunk:
        if _CONTROL.fullmatch(line) or line.startswith("#"):
            yield from _paragraph(pending)
            pending = []
            yield _heading(number, line) if line.startswith("#") else Block("control", line, number)
        else:
            pending.append((number, line))
    yield from _paragraph(pending)


def _list(chunk: list[tuple[int, str]]) -> Iterator[Block]:
    """A list. Control lines around it stay outside, those between items (a loop, an optional item) inside."""
    before, after = 0, len(chunk)
    if sum(map(_weight, chunk)) != 0:
        while before < after and _CONTROL.fullmatch(chunk[before][1]):
            before += 1
        while after > before and _CONTROL.fullmatch(chunk[after - 1][1]):
            after -= 1
    yield from (Block("control", line, number) for number, line in chunk[:before])
    yield Block("list", "", chunk[before][0])
    item: list[tuple[int, str]] = []
    for number, line in chunk[before:after]:
        if (control := _CONTROL.fullmatch(line)) or _ITEM.match(line):
            yield from _item(item)
            item = [] if control else [(number, line)]
            if control:
                yield Block("control", line, number)
        else:
            item.append((number, line))
    yield from _item(item)
    yield Block("endlist", "", chunk[after - 1][0])
    yield from (Block("control", line, number) for number, line in chunk[after:])


def _weight(row: tuple[int, str]) -> int:
    return len(_OPENS.findall(row[1])) - len(_CLOSES.findall(row[1]))


def _item(rows: list[tuple[int, str]]) -> Iterator[Block]:
    if rows:
        yield Block("item", _ITEM.sub("", _joined(rows), count=1), rows[0][0])


def _heading(number: int, line: str) -> Block:
    text = line.lstrip("#")
    return Block("heading" if len(line) - len(text) == 1 else "subheading", text.strip(), number)


def _paragraph(rows: list[tuple[int, str]]) -> Iterator[Block]:
    if not rows:
        return
    text, line = _joined(rows), rows[0][0]
    if button := _BUTTON.fullmatch(text):
        yield Block("button", button[1], line, button[2].strip())
    elif _COMPONENT.fullmatch(text) and len(EXPRESSION.findall(text)) == 1:
        yield Block("component", text[2:-2].strip(), line)
    else:
        yield Block("paragraph", text, line)


def _joined(rows: list[tuple[int, str]]) -> str:
    return _INDENT.sub(" ", " ".join(line for _, line in rows))
