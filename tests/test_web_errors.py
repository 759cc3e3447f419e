"""A used, old, forged or lost link leads to one page, and every error to one that says what to do next."""

import re

import pytest
from web_kit import Stand, make_order

pytest_plugins = ("web_fixtures",)


def same(page: str) -> str:
    """The page without the one thing that is its reader's own: the link that led to it."""
    return re.sub(r'(name="token" value=|<a href=)"[^"]*"( hreflang)?', "", page)


PURPOSES = ("order", "pay", "refund", "cancel", "case")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_old_and_forged_links(stand: Stand, purpose: str, method: str) -> None:
    if (purpose, method) == ("order", "POST"):
        return
    order = stand.add(make_order())
    good = stand.path(purpose, order.id)
    other = stand.path("refund" if purpose != "refund" else "pay", order.id).rpartition("/")[2]
    paths = (
        stand.path(purpose, order.id, days=-1),
        stand.path(purpose, 999, days=30 if method == "GET" else -1),
        good[:-1],
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        f"/{purpose}/{other}",
        f"/{purpose}/x",
        f"/{purpose}/{'x' * 5000}",
        f"/{purpose}/%00",
        f"/{purpose}/%F0%9F%98%80",
    )
    before = stand.dump()
    pages = set()
    for path in paths:
        answer = stand.client.request(method, path)
        assert answer.status_code == 404, path
        pages.add(same(answer.text))
        assert answer.text.count("<button") == 1
        assert 'href="/lookup"' in answer.text
        assert "mailto:orders@nimbus" in answer.text
        assert "2001" not in answer.text
    assert len(pages) == 1
    assert stand.dump() == before


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/", 404), ("POST", "/nothing", 404), ("PUT", "/lookup", 405),
     ("DELETE", "/lookup", 405), ("GET", "/static/site.css", 404), ("GET", "/static/..%2fsite.py", 404),
     ("POST", "/health", 405), ("GET", "//evil.example/%2e%2e", 404)],
)  # fmt: skip
def test_nothing_there(stand: Stand, method: str, path: str, status: int) -> None:
    answer = stand.client.request(method, path)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "evil.example" not in answer.text


def test_programs_are_told_in_json(stand: Stand) -> None:
    assert stand.client.get("/api/nothing").json() == {"error": "there is nothing at this address"}


def test_the_language_is_the_browsers(stand: Stand) -> None:
    page = stand.client.get("/nothing", headers={"accept-language": "fr"}).text
    assert "Il n’y a rien ici" in page
    assert '<html lang="fr">' in page


def test_with_two_shops_no_wrong_one_is_named(mall: Stand) -> None:
    page = mall.client.get("/nothing").text
    assert "mailto:" not in page
    assert 'href="/lookup"' in page
