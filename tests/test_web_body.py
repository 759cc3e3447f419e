"""Forms are read within limits, and nothing in them can do more than be text."""

import pytest
from web_kit import Stand, make_order

from mailbot.web.body import FORM_LIMIT

pytest_plugins = ("web_fixtures",)

FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_form_that_is_too_large_is_refused(stand: Stand) -> None:
    order = stand.add(make_order())
    before = stand.dump()
    answer = stand.client.post(stand.path("cancel", order.id), content=b"a=" + b"x" * FORM_LIMIT, headers=FORM)
    assert answer.status_code == 413
    assert "<h1>" in answer.text
    assert stand.dump() == before


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join(b"a%d=1" % number for number in range(200))])
def test_a_body_that_is_no_form_of_ours_is_refused(stand: Stand, body: bytes) -> None:
    order = stand.add(make_order())
    answer = stand.client.post(stand.path("cancel", order.id), content=body, headers=FORM)
    assert answer.status_code == 400
    assert stand.order(order.id).state == "pending"


def test_the_first_of_two_fields_counts(stand: Stand) -> None:
    order = stand.add(make_order())
    stand.client.post(stand.path("pay", order.id), content=b"method=check&method=card", headers=FORM)
    assert stand.order(order.id).payment_method == "check"
