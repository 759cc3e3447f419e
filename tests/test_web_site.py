"""The whole site: GET changes nothing anywhere, and its health is that of what runs beside it."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from web_kit import DELIVERED, ITEM, Stand, make_order

from mailbot.store.tables import errands

pytest_plugins = ("web_fixtures",)


def paths(stand: Stand) -> list[str]:
    """Every address of the site, with orders in several states behind them."""
    pending, paid = stand.add(make_order("1")), stand.add(make_order("2", **DELIVERED), ITEM)
    stand.invoice(paid.id)
    case_id = stand.held_refund(paid)
    signed = [
        stand.path(purpose, one.id) for purpose in ("order", "pay", "refund", "cancel") for one in (pending, paid)
    ]
    old = [stand.path(purpose, pending.id, days=-1) for purpose in ("order", "cancel")]
    plain = [
        "/lookup",
        "/link",
        "/link?done=1",
        "/lookup?shop=nimbus&done=1&email=jo@customer.example",
        "/health",
        "/api/docs",
        "/api/events",
    ]
    return [*signed, *old, *plain, signed[1] + "/invoice", stand.path("case", case_id), "/api/openapi.json", "/nothing"]


@pytest.mark.parametrize("query", ["", "?action=approve&method=check&version=1&done=changed&lang=fr"])
def test_get_and_head_change_nothing(stand: Stand, query: str) -> None:
    todo = paths(stand)
    before = stand.dump()
    scanner = {"user-agent": "Mozilla/5.0 (compatible; link scanner)", "accept": "*/*"}
    for path in todo:
        for method in ("GET", "HEAD", "GET"):
            answer = stand.client.request(method, path + ("" if "?" in path else query), headers=scanner)
            assert answer.status_code < 500
    assert stand.dump() == before
    assert stand.woken == []


def test_no_get_even_tries_to_write(stand: Stand) -> None:
    todo, statements = paths(stand), []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement.split()[0].upper())

    engine: Engine = stand.db.engine
    event.listen(engine, "before_cursor_execute", note)
    for path in todo:
        stand.client.get(path)
    assert set(statements) <= {"SELECT", "BEGIN", "ROLLBACK", "PRAGMA"}
    assert "SELECT" in statements


def test_head_is_get_without_a_body(stand: Stand) -> None:
    order = stand.add(make_order())
    for path in ("/lookup", stand.path("order", order.id), "/health"):
        head, get = stand.client.head(path), stand.client.get(path)
        assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])


def test_pages_load_nothing_from_elsewhere(stand: Stand) -> None:
    for path in paths(stand):
        page = stand.client.get(path)
        if not page.headers["content-type"].startswith("text/html"):
            continue
        for wrong in ("<script", "<iframe", "style=", " onclick", 'src="http', 'src="//', "@import"):
            assert wrong not in page.text, (path, wrong)
        assert page.text.count("<h1>") == 1
        assert page.text.count('rel="stylesheet"') == 1


def test_health_counts_letters_that_staff_will_not_get(stand: Stand) -> None:
    staff = stand.house.shops["nimbus"].staff[0].address.lower()
    values = {"kind": "letter", "state": "never", "next_try": stand.now, "created_at": stand.now}
    for once, to in (("a", staff), ("b", staff), ("c", "jo@customer.example")):
        stand.db.call(lambda c, o=once, t=to: c.execute(errands.insert(), {**values, "once": o, "to_address": t}))
    answer = stand.client.get("/health")
    assert (answer.status_code, answer.json()["staff_unreached"]) == (200, 2)
    assert staff not in answer.text


def test_health(stand: Stand) -> None:
    assert stand.client.get("/health").json() == {"ok": True, "unwell": [], "running": ["web"]}
    stand.well |= {"desk": True, "outbox": False}
    answer = stand.client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "unwell": ["outbox"], "running": ["desk", "outbox", "web"]}
