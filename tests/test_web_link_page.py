"""A new link for an old one: mailed to where the old one went, and the page says the same to everybody."""

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from web_kit import NIMBUS, PAID, Stand, make_order

from mailbot.desk import click
from mailbot.reading.parse import parse
from mailbot.store.tables import errands, hits
from mailbot.web import lookup_page

pytest_plugins = ("web_fixtures",)

JO, KIM = "jo@customer.example", NIMBUS.staff[0].address


def letters(stand: Stand) -> list[Any]:
    return stand.db.see(lambda connection: list(connection.execute(select(errands)).mappings()))


def names(stand: Stand) -> list[tuple[str, str]]:
    return [(row["letter"], row["to_address"]) for row in letters(stand)]


def token(stand: Stand, purpose: str, subject: int, days: float = -1) -> str:
    return stand.path(purpose, subject, days).rpartition("/")[2]


def ask(stand: Stand, link: str) -> Any:
    return stand.client.post("/link", data={"token": link})


@pytest.mark.parametrize(
    ("purpose", "state"), [("order", PAID), ("pay", {}), ("refund", PAID), ("cancel", {"state": "expired"})]
)
def test_an_old_link_brings_a_new_one_that_works(purpose: str, state: dict[str, Any], stand: Stand) -> None:
    order = stand.add(make_order(**state))
    page = stand.client.get(stand.path(purpose, order.id, days=-400)).text
    old = re.search(r'name="token" value="([\w-]+)"', page)
    assert old
    assert not letters(stand)  # looking sends nothing
    answer = ask(stand, old[1])
    assert (answer.status_code, answer.headers["location"]) == (303, "/link?done=1")
    (letter,) = letters(stand)
    assert (letter["letter"], letter["to_address"]) == ("order_status/status", JO)
    text = parse(stand.house.sealer.open(letter["sealed"], "errands.sealed")).text
    fresh = re.search(r"https://shop\.example(/(?:order|pay)/[\w-]+)", text)
    assert fresh
    assert stand.client.get(fresh[1]).status_code == 200
    assert stand.woken == ["outbox"]


def test_the_answer_is_the_same_whatever_happens(stand: Stand) -> None:
    order = stand.add(make_order())
    good = token(stand, "order", order.id)
    asked = [good, good, token(stand, "order", 999), token(stand, "case", 999), good[:-1], "x", "", "x" * 300, "é<\0"]
    answers = [ask(stand, link) for link in asked]
    assert len({(answer.status_code, answer.content, tuple(answer.headers.items())) for answer in answers}) == 1
    assert names(stand) == [("order_status/status", JO)]
    page = stand.client.get("/link?done=1").text
    assert "orders@nimbus.example" in page
    assert "customer.example" not in page
    assert 'href="/lookup"' in page


def test_the_answer_takes_the_same_time(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(lookup_page, "FLOOR", 0.2)
    monkeypatch.setattr("mailbot.web.link_page.asyncio.sleep", sleep)
    ask(stand, "x")
    ask(stand, token(stand, "order", stand.add(make_order()).id))
    assert waited == [0.2, 0.2]


def test_one_order_gets_one_link_in_an_hour_whichever_of_its_links_it_was(stand: Stand) -> None:
    order = stand.add(make_order())
    for purpose in ("order", "pay", "cancel"):
        ask(stand, token(stand, purpose, order.id))
    assert len(letters(stand)) == 1
    stand.now = stand.now.replace(hour=stand.now.hour + 2)
    ask(stand, token(stand, "pay", order.id))
    assert len(letters(stand)) == 2


def test_a_peer_that_asks_too_often_is_told_the_same_and_gets_nothing(stand: Stand) -> None:
    for _ in range(10):
        ask(stand, "x")
    answer = ask(stand, token(stand, "order", stand.add(make_order()).id))
    assert answer.headers["location"] == "/link?done=1"
    assert not letters(stand)
    assert len(stand.db.see(lambda connection: list(connection.execute(select(hits))))) == 11


def test_a_case_goes_to_the_staff_and_only_while_it_is_open(stand: Stand) -> None:
    first, second = (stand.add(make_order(number, **PAID)) for number in ("2001", "2002"))
    case, closed = stand.held_refund(first), stand.held_refund(second)
    stand.db.call(click.close, stand.house, closed, stand.now)
    ask(stand, token(stand, "case", case))
    ask(stand, token(stand, "case", closed))
    assert names(stand) == [("staff/case", KIM)]
    text = parse(stand.house.sealer.open(letters(stand)[0]["sealed"], "errands.sealed")).text
    fresh = re.search(r"https://shop\.example(/case/[\w-]+)", text)
    assert fresh
    assert stand.client.get(fresh[1]).status_code == 200


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl"])
def test_every_language_has_the_page_and_keeps_it(language: str, stand: Stand) -> None:
    page = stand.client.get("/pay/x", headers={"accept-language": language}).text
    assert f'<html lang="{language}">' in page
    for words in ("This link does not", "Links of ours", "Send me a new link", "It goes to", "Get a mail"):
        assert words not in page
    chosen = stand.client.get(f"/pay/x?lang={language}").text
    action = re.search(r'action="([^"]+)"', chosen)
    assert action
    answer = stand.client.post(action[1].replace("&amp;", "&"), data={"token": "x"})
    assert f"lang={language}" in answer.headers["location"]
    done = stand.client.get(answer.headers["location"]).text
    assert f'<html lang="{language}">' in done
    assert "If this was a link of ours" not in done


def test_with_two_shops_the_page_names_none_and_the_letter_comes_from_the_right_one(mall: Stand) -> None:
    order = mall.add(replace(make_order(), shop="atelier"))
    page = mall.client.get(mall.path("order", order.id, days=-1)).text
    assert "Atelier" not in page
    assert "Nimbus" not in page
    ask(mall, token(mall, "order", order.id))
    assert [(row["shop"], row["to_address"]) for row in letters(mall)] == [("atelier", JO)]
