"""Every answer carries the headers; a fault of ours shows no trace; forms of other sites are refused."""

import logging

import pytest
from web_kit import Stand, make_order

from mailbot.desk import view

pytest_plugins = ("web_fixtures",)

WANTED = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}


@pytest.mark.parametrize("path", ["/lookup", "/nothing", "/health", "/api/docs", "/api/openapi.json", "/order/x", ""])
def test_every_answer_carries_the_headers(stand: Stand, path: str) -> None:
    path = path or stand.path("order", stand.add(make_order()).id)
    for method in ("GET", "HEAD", "POST"):
        answer = stand.client.request(method, path)
        for name, value in WANTED.items():
            assert answer.headers.get_list(name) == [value], (method, name)
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers


def test_the_style_sheet_may_be_kept(stand: Stand) -> None:
    page = stand.client.get("/lookup").text
    href = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = stand.client.get(href)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]


def test_a_fault_of_ours_shows_and_logs_no_secret(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "licence key N5-" + "SECRET"

    def broken(*_: object) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr(view, "order_view", broken)
    path = stand.path("order", 1)
    with caplog.at_level(logging.DEBUG):
        answer = stand.client.get(path)
        posted = stand.client.post("/api/events/", content="x")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert answer.headers["content-security-policy"] == WANTED["content-security-policy"]
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("mailbot"))
    assert "RuntimeError" in logged
    assert "GET /order" in logged
    for text in (answer.text, logged):
        assert "N5-SECRET" not in text
        assert path.rpartition("/")[2] not in text
    assert "Traceback" not in answer.text
    assert posted.status_code < 500


def test_a_form_from_another_site_is_refused(stand: Stand) -> None:
    order = stand.add(make_order())
    path = stand.path("cancel", order.id)
    foreign = stand.client.post(path, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert "<h1>" in foreign.text
    assert stand.order(order.id).state == "pending"
    assert stand.client.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 200
    assert stand.client.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 303
