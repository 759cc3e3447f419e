"""The lookup answers the same to everybody, mails only to the address asked about, and not too often."""

import time
from typing import Any

import pytest
from sqlalchemy import Connection, select
from web_kit import ATELIER, Stand, make_order

from mailbot.store.tables import errands
from mailbot.web import lookup_page

pytest_plugins = ("web_fixtures",)


def sent(stand: Stand) -> list[tuple[str, str]]:
    def read(connection: Connection) -> list[Any]:
        return [tuple(row) for row in connection.execute(select(errands.c.letter, errands.c.to_address))]

    return stand.db.see(read)


def ask(stand: Stand, email: str, **more: str) -> Any:
    return stand.client.post("/lookup", data={"email": email, **more})


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(stand: Stand) -> None:
    stand.add(make_order())
    known, unknown = ask(stand, "Jo@Customer.example "), ask(stand, "nobody@customer.example")
    assert (known.status_code, known.headers["location"]) == (303, "/lookup?shop=nimbus&done=1")
    assert (known.status_code, known.content, known.headers) == (unknown.status_code, unknown.content, unknown.headers)
    page = stand.client.get(known.headers["location"]).text
    assert "orders@nimbus.example" in page
    assert "customer.example" not in page
    assert sent(stand) == [("purchase_lookup/list", "jo@customer.example")]
    assert stand.woken == ["outbox", "outbox"]


def test_the_answer_takes_the_same_time(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup_page, "FLOOR", 0.2)
    start = time.perf_counter()
    ask(stand, "nobody@customer.example")
    assert time.perf_counter() - start >= 0.2


def test_one_address_gets_one_list_in_an_hour_and_nobody_hears_of_it(stand: Stand) -> None:
    stand.add(make_order())
    answers = [ask(stand, "jo@customer.example") for _ in range(3)]
    assert len({(answer.status_code, answer.headers["location"]) for answer in answers}) == 1
    assert len(sent(stand)) == 1


def test_too_often_from_one_place(stand: Stand) -> None:
    answers = [ask(stand, f"a{number}@customer.example") for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "3600"
    assert "try again in an hour" in answers[-1].text
    assert "mailto:orders@nimbus.example" in answers[-1].text


@pytest.mark.parametrize(
    "typed", ["", "nobody", "a@b", "a b@c.example", "a@b.example\nBcc: c@d.example", "x" * 300 + "@c.example",
              "<script>@c.example", "a@c.example, b@c.example", "a@.", "a@" + "c" * 400 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_said_and_kept(stand: Stand, typed: str) -> None:
    before = stand.dump()
    answer = ask(stand, typed)
    assert answer.status_code == 422
    assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Error: " in answer.text
    assert "<script" not in answer.text
    assert stand.dump() == before


def test_what_was_typed_is_kept(stand: Stand) -> None:
    assert 'value="jo@customer&#34;"' in ask(stand, 'jo@customer"').text


def test_the_shop_is_the_one_asked_for(mall: Stand) -> None:
    mall.add(make_order(shop="atelier"))
    bare = mall.client.get("/lookup").text
    assert "<select" in bare
    assert "L’Atelier" in bare
    assert "Nimbus Software" in bare
    assert ask(mall, "jo@customer.example").status_code == 422
    assert ask(mall, "jo@customer.example", shop="nimbus").headers["location"] == "/lookup?shop=nimbus&done=1"
    assert sent(mall) == []
    ask(mall, "jo@customer.example", shop="atelier")
    assert sent(mall) == [("purchase_lookup/list", "jo@customer.example")]
    page = mall.client.get("/lookup?shop=atelier")
    assert "<select" not in page.text
    assert '<html lang="fr">' in page.text
    assert ATELIER.address in page.text


@pytest.mark.parametrize(("header", "lang"), [("fr-FR,fr;q=0.9,en;q=0.8", "fr"), ("ja, de;q=0.1", "de"), ("ja", "en")])
def test_the_language_is_the_browsers(stand: Stand, header: str, lang: str) -> None:
    page = stand.client.get("/lookup", headers={"accept-language": header})
    assert f'<html lang="{lang}">' in page.text
