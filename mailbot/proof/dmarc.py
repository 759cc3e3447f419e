"""DMARC as the DMARCbis drafts have it: policy records, the walk up the DNS tree, and which domains belong together."""

from dataclasses import dataclass
from typing import Literal

from mailbot.proof.dkim import Answers, kin
from mailbot.proof.signature import Bad, parse_tags

MAX_LABELS = 8


@dataclass(frozen=True, slots=True)
class Record:
    """What a DMARC record says, as far as it matters here. Raised nowhere: an odd tag has its default."""

    psd: Literal["y", "n", "u"] = "u"
    strict_dkim: bool = False
    strict_spf: bool = False


class Silent(Exception):
    """DNS did not answer; nothing can be concluded."""


def walk(domain: str) -> list[str]:
    """The domains asked, from this one to the top: at most eight, the middle of a very long name is left out."""
    labels = domain.split(".")
    rest = labels[1:] if len(labels) < MAX_LABELS else labels[1 - MAX_LABELS :]
    return [domain, *(".".join(rest[place:]) for place in range(len(rest)))]


def names(domain: str) -> list[str]:
    """The TXT names that the walk of a domain needs."""
    return [f"_dmarc.{step}" for step in walk(domain)]


def record_at(domain: str, answers: Answers) -> Record | None:
    """The only DMARC record at a domain; with two there is none. Raises Silent."""
    texts = answers.get(f"_dmarc.{domain}")
    if texts is None:
        raise Silent(domain)
    found = [tags for text in texts if (tags := _tags(text)) is not None]
    if len(found) != 1:
        return None
    tags = found[0]
    psd = tags.get("psd", "u").lower()
    return Record(
        psd="y" if psd == "y" else "n" if psd == "n" else "u",
        strict_dkim=tags.get("adkim", "r").lower() == "s",
        strict_spf=tags.get("aspf", "r").lower() == "s",
    )


def _tags(text: str) -> dict[str, str] | None:
    try:
        tags = parse_tags(text)
    except Bad:
        return None
    return tags if next(iter(tags.items()), None) == ("v", "DMARC1") else None


def organisation(domain: str, answers: Answers) -> str:
    """The organisational domain of a domain: itself, when no record says otherwise. Raises Silent."""
    steps = walk(domain)
    best = domain
    for place, step in enumerate(steps):
        record = record_at(step, answers)
        if record is None:
            continue
        if record.psd == "n":
            return step
        if record.psd == "y" and place > 0:
            return _below(domain, step)
        best = step
    return best


def _below(domain: str, suffix: str) -> str:
    """The part of `domain` that is one label longer than `suffix`."""
    return ".".join(domain.split(".")[-(suffix.count(".") + 2) :])


def policy(domain: str, answers: Answers) -> Record | None:
    """The record that rules mail from this domain: its own, else that of its organisation. Raises Silent."""
    return record_at(domain, answers) or record_at(organisation(domain, answers), answers) or _above(domain, answers)


def _above(domain: str, answers: Answers) -> Record | None:
    """The record of the public suffix over an organisation without one."""
    found = [record for step in walk(domain) if (record := record_at(step, answers)) and record.psd == "y"]
    return found[0] if found else None


def aligned(one: str, other: str, strict: bool, answers: Answers) -> bool:
    """Whether a domain that passed a check may speak for `other`. Raises Silent."""
    if one == other:
        return True
    if strict or not kin(one, other):
        return False
    return organisation(one, answers) == organisation(other, answers)
