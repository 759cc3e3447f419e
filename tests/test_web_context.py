"""Languages are chosen by whoever reads; links never outlive the link that led to them."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.requests import Request
from web_kit import NIMBUS as SHOP
from web_kit import NOW, Stand, make_house, make_order

from mailbot.web.context import accepted, read_token

pytest_plugins = ("web_fixtures",)


def asking(header: str) -> Request:
    return Request({"type": "http", "headers": [(b"accept-language", header.encode())], "path": "/", "method": "GET"})


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", ()),
        ("fr", ("fr",)),
        ("en;q=0.5, fr-CA, de;q=0.9", ("fr", "de", "en")),
        ("fr;q=0, en", ("en",)),
        ("*;q=0.1, es", ("es",)),
        ("x" * 5000 + ",fr", ()),
        ("fr;q=abc, de;q=2, it;q=1", ("it",)),
    ],
)
def test_accept_language(header: str, wanted: tuple[str, ...]) -> None:
    assert accepted(asking(header)) == wanted


def test_a_token_says_what_it_is_for_and_until_when() -> None:
    until = datetime(2027, 3, 1, 12, 30, tzinfo=UTC)
    token = make_house(SHOP).links.token("pay", 2**40, until)
    assert read_token(token) == (2**40, until)


def test_a_link_found_on_a_page_ends_with_the_link_that_led_there(stand: Stand) -> None:
    order = stand.add(make_order())
    page = stand.client.get(stand.path("order", order.id, days=2)).text
    token = page.split('href="/pay/')[1].split('"')[0]
    assert read_token(token)[1] == NOW + timedelta(days=2)
    assert read_token(page.split('href="/cancel/')[1].split('"')[0])[1] == NOW + timedelta(days=2)


@pytest.mark.parametrize(("query", "lang"), [("", "en"), ("?lang=fr", "fr"), ("?lang=xx", "en"), ("?lang=nl", "nl")])
def test_the_language_is_that_of_the_customer_or_chosen(stand: Stand, query: str, lang: str) -> None:
    order = stand.add(make_order())
    page = stand.client.get(stand.path("order", order.id) + query)
    assert f'<html lang="{lang}">' in page.text
    assert page.headers["content-language"] == lang
    assert (f"?lang={lang}" in page.text.split('href="/pay/')[1].split('"')[0]) is (query[-2:] == lang)


def test_every_language_is_offered_in_its_own_words(stand: Stand) -> None:
    page = stand.client.get("/lookup").text
    for name in ("Français", "Deutsch", "Español", "Italiano", "Português", "Nederlands"):
        assert f">{name}</a>" in page
