"""thanks: closes in silence."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    return say.ignore(case, "a thank-you asks for no answer", "rules/thanks.toml")
