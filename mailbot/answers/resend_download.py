"""resend_download: the download links go to the order's address; a link whose days are over goes to a person."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    links = [item for item in order.items if item.download_url]
    if order.state == "pending" and not links:
        because = f"order {order.number} is not paid yet, so there is nothing to download"
        return say.reply(
            case, because, "rules/resend_download.toml: paid", say.to_order(case, "resend_download/not_yet")
        )
    if order.state in ("refunded", "cancelled", "expired", "refunding"):
        because = f"order {order.number} is {order.state}: whether it may be downloaded is a person's decision"
        return say.to_person(case, because, "rules/resend_download.toml: paid", "case/handed_over")
    if not links:
        because = f"order {order.number} is paid, but no download was delivered for it"
        return say.to_person(case, because, "rules/resend_download.toml: delivered", "case/handed_over")
    live = [item for item in links if _alive(item.delivered_at, item.download_days, case.now)]
    if not live:
        because = f"the download of order {order.number} has expired; the shop renews it"
        return say.to_person(case, because, "rules/resend_download.toml: days", "resend_download/expired")
    because = f"the download links of order {order.number} go to the order's own address"
    return say.reply(case, because, "rules/resend_download.toml: proof", say.to_order(case, "resend_download/sent"))


def _alive(delivered_at: Any, days: int | None, now: Any) -> bool:
    return delivered_at is None or days is None or now <= delivered_at + timedelta(days=days)
