"""POST /api/events: kept before it is answered, once for each id, and refused with the path of every fault."""

import copy
import json
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from web_kit import NIMBUS, NOW, TOKEN, Stand, make_house

from mailbot.desk.news import take_event
from mailbot.model.event import EVENT
from mailbot.store.tables import events
from mailbot.web.api import check
from mailbot.web.openapi import EXAMPLES

pytest_plugins = ("web_fixtures",)

BEARER = {"authorization": f"Bearer {TOKEN}"}


def make_event(kind: str = "order.placed", **changes: Any) -> dict[str, Any]:
    """A sound event; `changes` by path, with `__` for the dot: order__lines__0__unit_net=1."""
    event = copy.deepcopy(EXAMPLES[kind]) | {"shop": "nimbus"}
    for path, value in changes.items():
        *way, last = path.split("__")
        place: Any = event
        for step in way:
            place = place[int(step)] if step.isdecimal() else place[step]
        if value is None:
            del place[last]
        else:
            place[int(last) if last.isdecimal() else last] = value
    return event


def post(stand: Stand, event: Any, **headers: str) -> Any:
    body = event if isinstance(event, bytes) else json.dumps(event)
    return stand.client.post("/api/events", content=body, headers={**BEARER, **headers})


def rows(stand: Stand) -> list[Any]:
    return stand.db.see(lambda connection: connection.execute(select(events)).all())


def test_an_event_is_kept_whole_and_sealed_before_it_is_answered(stand: Stand) -> None:
    event = make_event(order__gift=True, extra={"deep": [1]})
    answer = post(stand, event)
    assert (answer.status_code, answer.json()) == (202, {"event": "evt_1", "new": True})
    row = rows(stand)[0]
    assert (row.shop, row.event_id, row.type, row.order_number) == ("nimbus", "evt_1", "order.placed", "2001")
    assert (row.state, row.next_try, row.received_at) == ("new", NOW, NOW)
    assert json.loads(stand.house.sealer.open(row.sealed, "events.sealed")) == event
    assert b"2001" not in row.sealed
    assert stand.woken == ["desk"]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_example_is_taken(stand: Stand, kind: str) -> None:
    assert post(stand, make_event(kind)).status_code == 202


def test_the_same_id_again_has_no_further_effect(stand: Stand) -> None:
    event = make_event()
    post(stand, event)
    again = post(stand, json.dumps(event, indent=3).encode())
    other = post(stand, make_event(order__customer__name="Somebody Else"))
    assert (again.status_code, again.json()) == (200, {"event": "evt_1", "new": False})
    assert (other.status_code, other.json()) == (200, {"event": "evt_1", "new": False, "differs": True})
    assert len(rows(stand)) == 1
    assert stand.woken == ["desk"]


def test_one_id_in_two_shops_is_two_events(mall: Stand) -> None:
    post(mall, make_event("order.cancelled"))
    bearer = {"authorization": "Bearer shop-token-of-the-second"}
    answer = post(mall, make_event("order.cancelled", shop="atelier"), **bearer)
    assert answer.json()["new"] is True


def test_news_of_an_unknown_order_waits(stand: Stand) -> None:
    paid = make_event("payment.received")
    assert post(stand, paid).json() == {"event": "evt_2", "new": True, "waiting": True}


def test_news_of_an_order_that_is_about_to_be_applied_does_not_wait(stand: Stand) -> None:
    post(stand, make_event())
    assert "waiting" not in post(stand, make_event("payment.received")).json()


def test_what_was_kept_can_be_applied(stand: Stand) -> None:
    post(stand, make_event())
    assert stand.db.call(take_event, stand.house, rows(stand)[0]._mapping, NOW) == "done"
    assert "waiting" not in post(stand, make_event("payment.received")).json()


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"},
                {"authorization": "Bearer"}, {"authorization": f"Bearer {TOKEN}x"}, {"authorization": TOKEN}],
)  # fmt: skip
def test_a_wrong_token_is_refused(stand: Stand, headers: dict[str, str]) -> None:
    answer = stand.client.post("/api/events", content=json.dumps(make_event()), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert not rows(stand)


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no type": ({"type": None}, "type"),
    "unknown type": ({"type": "order.eaten"}, "type"),
    "no id": ({"id": None}, "id"),
    "blank id": ({"id": " \x00 "}, "id"),
    "long id": ({"id": "x" * 201}, "id"),
    "another shop": ({"shop": "atelier"}, "shop"),
    "wrong type deep inside": ({"order__lines__0__unit_net": "41.92"}, "order.lines.0.unit_net"),
    "a bool is no amount": ({"order__total_net": True}, "order.total_net"),
    "a float is no amount": ({"order__total": 49.88}, "order.total"),
    "negative": ({"order__total_tax": -1}, "order.total_tax"),
    "sum": ({"order__total": 1}, "order"),
    "no lines": ({"order__lines": []}, "order.lines"),
    "currency": ({"order__currency": "eur"}, "order.currency"),
    "method": ({"order__payment_method": "barter"}, "order.payment_method"),
    "address": ({"order__customer__email": "nobody"}, "order.customer.email"),
    "line break in address": ({"order__customer__email": "a@b.example\r\nBcc: c@d.example"}, "order.customer.email"),
    "time without zone": ({"at": "2026-11-02T09:30:00"}, "at"),
    "time as number": ({"order__placed_at": 1762075800}, "order.placed_at"),
    "time before time": ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
    "end of time": ({"order__placed_at": "9999-12-31T23:59:59-14:00"}, "order.placed_at"),
    "nested time": ({"order__withdrawal__consent_at": "1066-10-14T09:00:00Z"}, "order.withdrawal.consent_at"),
    "huge quantity": ({"order__lines__0__quantity": 10**15}, "order.lines.0.quantity"),
    "tax rate": ({"order__lines__0__tax_rate": "NaN"}, "order.lines.0.tax_rate"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_path(stand: Stand, name: str) -> None:
    changes, path = FAULTS[name]
    answer = post(stand, make_event(**changes))
    assert answer.status_code == 422, answer.text
    faults = answer.json()["faults"]
    assert [fault["path"] for fault in faults] == [path], faults
    assert faults[0]["message"]
    assert not rows(stand)
    assert not stand.woken


def test_all_faults_are_named_at_once(stand: Stand) -> None:
    answer = post(stand, make_event(id=None, order__currency="x", order__lines__0__sku=""))
    assert {fault["path"] for fault in answer.json()["faults"]} == {"id", "order.currency", "order.lines.0.sku"}


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b"null", b'{"a":' * 50_000, b"\xff", b'{"id": "\\ud800"}'])
def test_a_body_that_is_no_object_is_refused(stand: Stand, body: bytes) -> None:
    answer = post(stand, body)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["path"] in ("", "id")


def test_a_body_above_one_mebibyte_is_refused_while_it_is_read(stand: Stand) -> None:
    at_once = post(stand, b" " * (1024 * 1024 + 1))
    told = 0

    def drip() -> Any:
        nonlocal told
        for _ in range(3000):
            told += 1024
            yield b" " * 1024

    dripped = stand.client.post("/api/events", content=drip(), headers=BEARER)
    assert at_once.status_code == dripped.status_code == 413
    assert "error" in at_once.json()
    assert not rows(stand)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_post_is_taken(stand: Stand, method: str) -> None:
    answer = stand.client.request(method, "/api/events", headers=BEARER)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_the_api_describes_itself(stand: Stand) -> None:
    document = stand.client.get("/api/openapi.json").json()
    operation = document["paths"]["/api/events"]["post"]
    assert set(operation["responses"]) >= {"200", "202", "401", "405", "413", "422"}
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    assert set(examples) == set(document["components"]["schemas"]["Event"]["discriminator"]["mapping"])
    page = stand.client.get("/api/docs")
    assert page.status_code == 200
    assert all(name in page.text for name in examples)
    assert "order.lines[].unit_net" in page.text
    assert "<script" not in page.text
    assert 'src="http' not in page.text


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["x" * 30_000, "\0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def paths_in(value: Any, path: str = "") -> list[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [f"{path}__{name}".removeprefix("__") for name, _ in members]
    return found + [deeper for name, inner in members for deeper in paths_in(inner, f"{path}__{name}")]


@given(st.sampled_from(sorted(EXAMPLES)), st.data())
def test_any_event_is_sound_or_has_faults_with_paths(kind: str, data: st.DataObject) -> None:
    """One thing in a sound event is replaced by anything: what is then taken can be read back by the desk."""
    path = data.draw(st.sampled_from([path.removeprefix("__") for path in paths_in(make_event(kind))]))
    body = json.dumps(make_event(kind, **{path: data.draw(JUNK)})).encode()
    event, faults = check(make_house(NIMBUS), NIMBUS, body)
    if event is None:
        assert faults
        assert all(set(fault) == {"path", "message"} for fault in faults)
    else:
        assert EVENT.validate_json(body) == event
        assert event.at.astimezone(UTC).year >= 1990
