"""hand_over: kinds that a person decides. The customer hears that the request is here, and by when it is answered."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    kind = case.request.kind
    return say.to_person(case, f"{kind} is decided by a person", f"rules/{kind}.toml: answer", "case/handed_over")
