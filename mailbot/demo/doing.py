"""What a button of the demo page is given, and what it says when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass


class TroubleOnRequest(ConnectionError):
    """What a button asked for: no fault, and nothing to report in the terminal."""


Form = Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """What a button did, in words, and which mail to show next."""

    said: str
    box: str = ""
    mail: int = 0
