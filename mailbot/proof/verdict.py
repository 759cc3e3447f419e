"""What the evidence says about the writer of a mail: the domain in From, and whether it is really theirs."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "fail", "none", "unknown"]
Evidence = Literal["dmarc", "dkim", "spf", "trusted header"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The judgement on one mail's From.

    `pass`: the owner of `domain` (ASCII, lower case, as in From) let this mail be sent. `fail`: the owner says that
    such a mail is not theirs. `none`: nobody vouches. `unknown`: it could not be found out, which proves nothing.
    """

    verdict: Verdict
    domain: str
    by: Evidence
    because: str
    email: str = ""  # the address in From as it was judged; a reader that sees another one must not rely on this
