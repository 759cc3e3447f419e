"""human: a person asked for is a person reached, and the customer hears by when."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    return say.to_person(case, "the customer asks for a person", "rules/human.toml", "human/opened")
