"""unclear: what was not understood goes to a person; nothing is done meanwhile."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    because = case.mail.error or "what the mail asks for was not understood"
    return say.to_person(case, because, "rules/gates.toml: unclear", "unclear/passed_on")
