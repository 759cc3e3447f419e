"""What can be typed: exit codes, words, and that a dry run changes nothing."""

import hashlib
import json
import socket
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import Bench
from kit import KEY, NOW, SHOP, fresh, make_event, make_house, make_raw, make_settings

from mailbot import app, checking, cli, explaining, reader, serving
from mailbot.reading import rulebook
from mailbot.store.database import Database
from mailbot.store.tables import events, mails, metadata

SAMPLE = Path(__file__).parent / "contract" / "mailbot.toml"


@pytest.fixture(autouse=True)
def _one_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house takes seconds to build; these tests share one."""
    house = make_house()
    for module in (serving, explaining, app):
        monkeypatch.setattr(module, "build_house", lambda settings: house)
    monkeypatch.setattr(rulebook, "load", lambda folders, **_: house.book)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    text = SAMPLE.read_text(encoding="utf-8").replace("sqlite:///mailbot.db", f"sqlite:///{tmp_path / 'mailbot.db'}")
    path = tmp_path / "mailbot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _type(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, str, str]:
    """Exit code, output, complaints."""
    monkeypatch.setattr(sys, "argv", ["mailbot", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def mailbot(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    yield lambda *words: _type(capsys, monkeypatch, *words)


@pytest.fixture
async def shop(tmp_path: Path) -> Bench:
    """A database like that of the configuration, with three orders in it; closed again, to be used by the commands."""
    db = Database(f"sqlite:///{tmp_path / 'mailbot.db'}")
    from mailbot.store import schema

    schema.upgrade(db.engine)
    bench = Bench(make_house(), db)
    for kinds in ((), ("payment.received", "order.delivered"), ("order.cancelled",)):
        await bench.placed("ann@customer.example", *kinds)
    db.close()
    return bench


def _dump(path: Path) -> str:
    db = Database(f"sqlite:///{path}")
    try:
        tables = db.see(lambda c: [list(map(repr, c.execute(table.select()))) for table in metadata.sorted_tables])
    finally:
        db.close()
    return hashlib.sha256(json.dumps(tables).encode()).hexdigest()


def test_help_is_a_table_of_contents(mailbot: Any) -> None:
    code, out, _ = mailbot("--help")
    assert code == 0
    listed = [line.split()[0] for line in out.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed[:6] == ["demo", "serve", "check", "tick", "read", "explain"]
    assert mailbot()[1] == out
    assert mailbot("--version")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("read",),
        ("read", "/no/such/mail.eml"),
        ("tick", "--at", "Friday"),
        ("tick", "--at", "2026-11-27T09:00:00"),
        ("serve", "--only", "kitchen"),
        ("serve", "--config", "/no/such/mailbot.toml"),
        ("tick", "--config", "/no/such/mailbot.toml"),
        ("explain", "--config", "/no/such/mailbot.toml", __file__),
        ("replay", "one"),
        ("serve", "--colour", "blue"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_a_line(words: tuple[str, ...], mailbot: Any, config: Path) -> None:
    extra = ("--config", config) if words[0] in ("tick", "serve") and "--config" not in words else ()
    code, out, err = mailbot(*words, *extra)
    assert code == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


def test_check_says_that_all_is_well(mailbot: Any, config: Path) -> None:
    assert mailbot("check", "--config", config)[:2] == (0, "configuration, rules and letters are in order\n")


@pytest.fixture
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks everything but the letters, of which there are many."""
    monkeypatch.setattr(checking, "_templates", lambda settings: [])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('secret = "0123456789abcdef0123456789abcdef"', 'secret = "x"', "mailbot.toml:2: secret"),
        ("port = 1025", 'port = "x"', "mailbot.toml:17: relay.port"),
        ("# rules =", "rules = 'nowhere' #", "nowhere"),
        ('id = "demo"', 'id = "demo"\ninvoice_number = "fixed"', "invoice number"),
        ('bic = "BYLADEM1001"', 'bic = "x"', "bank"),
    ],
)
def test_check_names_the_fault_and_ends_with_1(
    old: str, new: str, says: str, mailbot: Any, config: Path, no_letters: None
) -> None:
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new), encoding="utf-8")
    code, out, _ = mailbot("check", "--config", config)
    assert code == 1
    assert says in out, out
    assert out.splitlines()[-1].endswith(("faults", "fault"))


RULES = [
    ("gates.toml", "promise_hours = 'soon'", "gates.toml", "promise_hours"),
    ("gates.toml", "promise = 1", "gates.toml", "promise"),
    ("gates.toml", "promise_hours = ", "gates.toml", "TOML"),
    ("payment_methods.toml", "[method.wire]\nreminders = [9, 3]", "payment_methods.toml:2", "reminders"),
    ("payment_methods.toml", "[method.wire]\ncolour = 1", "payment_methods.toml:2", "colour"),
]


@pytest.mark.parametrize(("name", "text", "where", "says"), RULES, ids=[f"{r[0]}-{r[3]}" for r in RULES])
def test_check_names_faults_of_rules(
    name: str, text: str, where: str, says: str, mailbot: Any, config: Path, tmp_path: Path, no_letters: None
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / name).write_text(text, encoding="utf-8")
    config.write_text(f'rules = "{tmp_path / "rules"}"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    code, out, _ = mailbot("check", "--config", config)
    assert code == 1
    assert where in out
    assert says in out


@pytest.mark.parametrize(
    ("body", "says"),
    [("Subject: x\n\n# x\n\n{{ order.nmuber }}\n", "nmuber"), ("Subject: x\n\n{% if %}\n", "done.md")],
)
def test_check_names_faults_of_letters(body: str, says: str, mailbot: Any, config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "letters" / "cancel_order"
    folder.mkdir(parents=True)
    (folder / "done.md").write_text("{#\nx\norder: required\n#}\n" + body, encoding="utf-8")
    config.write_text(
        f'templates = "{tmp_path / "templates"}"\n' + config.read_text(encoding="utf-8"), encoding="utf-8"
    )
    code, out, err = mailbot("check", "--config", config)
    assert "Traceback" not in err
    assert code == 1
    assert "done.md" in out
    assert says in out


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(mailbot: Any, config: Path, shop: Bench) -> None:
    path = config.parent / "mailbot.db"
    before = _dump(path)
    at = (NOW + timedelta(days=60)).isoformat().replace("+00:00", "Z")
    code, said, _ = mailbot("tick", "--config", config, "--at", at, "--dry-run")
    assert code == 0
    assert "reminder/first" in said
    assert _dump(path) == before
    assert mailbot("tick", "--config", config, "--at", at) == (0, said, "")
    assert _dump(path) != before
    assert mailbot("tick", "--config", config, "--at", at) == (0, "nothing is due\n", "")


def test_a_tick_at_another_time(mailbot: Any, config: Path, shop: Bench) -> None:
    early = (NOW + timedelta(hours=1)).isoformat()
    assert mailbot("tick", "--config", config, "--at", early)[1] == "nothing is due\n"


def test_orders_and_their_history(mailbot: Any, config: Path, shop: Bench) -> None:
    code, out, _ = mailbot("orders", "--config", config)
    assert code == 0
    lines = out.splitlines()
    assert [line.split()[2] for line in lines] == ["cancelled", "paid", "pending"]
    number = lines[1].split()[1]
    _, told, _ = mailbot("orders", "--config", config, number)
    assert "because" in told
    assert "pay" in told
    assert mailbot("orders", "--config", config, "none")[:2] == (1, "order none is not known\n")
    assert KEY not in out + told


def _mail(tmp_path: Path, text: str, name: str = "a.eml", **headers: str) -> Path:
    path = tmp_path / name
    path.write_bytes(make_raw(text, **headers))
    return path


def test_explain_says_what_would_be_done_and_does_nothing(
    mailbot: Any, config: Path, shop: Bench, tmp_path: Path
) -> None:
    db = config.parent / "mailbot.db"
    before = _dump(db)
    number = mailbot("orders", "--config", config)[1].splitlines()[2].split()[1]
    path = _mail(tmp_path, f"Please cancel order {number}.", verified="pass")
    code, out, _ = mailbot("explain", "--config", config, "--json", path)
    assert code == 0
    (line,) = out.splitlines()
    told = json.loads(line)
    assert told["source"] == str(path)
    assert told["proof"] == "verified_sender"
    assert told["decision"]["action"] == "change"
    assert told["decision"]["because"]
    assert told["decision"]["changes"] == told["decisions"][0]["changes"] == [{"order": number, "step": "cancel"}]
    assert told["decision"]["letters"] == [{"kind": "cancel_order/done", "to": "ann@customer.example"}]
    for name in ("automatic", "language", "text", "requests", "secrets_removed", "error"):
        assert name in told
    assert _dump(db) == before
    words = mailbot("explain", "--config", config, path)[1]
    assert "change: cancel" in words


def test_looking_makes_no_database(mailbot: Any, config: Path, tmp_path: Path) -> None:
    mail = _mail(tmp_path, "Where is my order?")
    for words in (("explain", mail), ("tick", "--dry-run")):
        code, out, err = mailbot(words[0], "--config", config, *words[1:])
        assert (code, out) == (2, "")
        assert str(tmp_path / "mailbot.db") in err
        assert not (tmp_path / "mailbot.db").exists()
    db = Database(f"sqlite:///{tmp_path / 'mailbot.db'}")
    db.call(lambda c: c.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    db.close()
    for words in (("explain", mail), ("tick", "--dry-run")):
        code, out, err = mailbot(words[0], "--config", config, *words[1:])
        assert (code, out) == (2, "")
        assert "db upgrade" in err


def test_bytes_at_random_are_in_no_language(mailbot: Any, config: Path, shop: Bench, tmp_path: Path) -> None:
    raw = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(100))
    (tmp_path / "odd.eml").write_bytes(raw)
    assert json.loads(mailbot("read", "--json", tmp_path / "odd.eml")[1])["language"] == ""
    assert json.loads(mailbot("explain", "--config", config, "--json", tmp_path / "odd.eml")[1])["language"] == ""


@pytest.mark.parametrize("raw", [b"", b"\0" * 50, b"From: \xff\xfe\r\n\r\n\xff", b"Subject: x"], ids=repr)
def test_explain_takes_any_mail(raw: bytes, mailbot: Any, config: Path, shop: Bench, tmp_path: Path) -> None:
    (tmp_path / "odd.eml").write_bytes(raw)
    code, out, _ = mailbot("explain", "--config", config, "--json", tmp_path / "odd.eml")
    assert code == 0
    assert json.loads(out)["decision"]["action"] in ("ignore", "hold", "reply", "quarantine")


def test_read_prints_one_object_a_line_in_order(mailbot: Any, tmp_path: Path) -> None:
    box = b"".join(
        b"From a@b.example Mon Nov 16 10:30:00 2026\n" + make_raw(text).replace(b"\r\n", b"\n") + b"\n"
        for text in ("I lost my licence key.", "My card is 4111 1111 1111 1111. I want my money back.")
    )
    (tmp_path / "box.mbox").write_bytes(box)
    single = _mail(tmp_path, "Où est ma commande ?")
    code, out, _ = mailbot("read", "--json", single, tmp_path / "box.mbox")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["source"].rpartition("/")[2] for row in rows] == ["a.eml", "box.mbox#1", "box.mbox#2"]
    assert [row["requests"][0]["kind"] for row in rows] == ["order_status", "resend_key", "refund"]
    assert [row["secrets_removed"] for row in rows] == [0, 0, 1]
    assert rows[0]["language"] == "fr"
    assert set(rows[0]) == {
        "source", "automatic", "language", "text", "requests", "secrets_removed", "error",
    }  # fmt: skip
    assert set(rows[0]["requests"][0]) == {"kind", "confidence", "orders", "evidence"}
    assert "4111" not in out.replace("ending 1111", "")
    assert "refund" in mailbot("read", tmp_path / "box.mbox")[1]


def test_read_never_crashes(mailbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(reader, "parse", broken)
    code, out, _ = mailbot("read", "--json", _mail(tmp_path, "Hello"))
    row = json.loads(out)
    assert code == 0
    assert row["requests"][0]["kind"] == "unclear"
    assert "on purpose" in row["error"]


def test_rules_are_tried_and_tested(mailbot: Any) -> None:
    code, out, _ = mailbot("rules", "try", "I want my money back")
    assert code == 0
    assert "refund" in out


def test_replay_puts_failed_mails_back(mailbot: Any, config: Path, shop: Bench) -> None:
    db = Database(f"sqlite:///{config.parent / 'mailbot.db'}")
    values = {"rcpt_to": [], "sealed": b"", "received_at": NOW, "next_try": NOW, "attempts": 6, "shop": "demo"}
    for key, state in (("a", "failed"), ("b", "done")):
        db.call(lambda c, k=key, s=state: c.execute(mails.insert(), {**values, "key": k, "state": s}))
    db.close()
    code, out, _ = mailbot("replay", "--config", config, 1, 2, 3)
    assert code == 1  # not all of them could be
    assert ["will be worked on" in out, "is done, not failed" in out, "no such mail" in out] == [True] * 3


def test_replay_puts_failed_news_back(mailbot: Any, config: Path, shop: Bench) -> None:
    db = Database(f"sqlite:///{config.parent / 'mailbot.db'}")
    values = {"sealed": b"", "at": NOW, "received_at": NOW, "next_try": NOW, "attempts": 6, "shop": "demo"}
    for name, state in (("evt_a", "failed"), ("evt_b", "done")):
        db.call(lambda c, n=name, s=state: c.execute(events.insert(), {**values, "event_id": n, "state": s}))
    db.close()
    code, out, _ = mailbot("replay", "--config", config, "--event", "evt_a", "evt_b", "evt_c")
    assert code == 1  # not all of them could be
    assert out.splitlines() == [
        "news evt_a of shop 'demo': will be worked on again by the running service",
        "news evt_b of shop 'demo': is done, not failed; left as it is",
        "news evt_c: there is no such news",
    ]
    assert mailbot("replay", "--config", config, "--event", "evt_a")[1].endswith("is new, not failed; left as it is\n")


def test_db_upgrade(mailbot: Any, config: Path) -> None:
    from mailbot.store.schema import HEAD

    assert mailbot("db", "upgrade", "--config", config)[1] == f"the database is at revision {HEAD}\n"


def test_a_port_that_is_taken_is_said_in_a_line(mailbot: Any, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = config.read_text(encoding="utf-8").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
        config.write_text(text.replace("127.0.0.1:2525", "127.0.0.1:0"), encoding="utf-8")
        code, out, err = mailbot("serve", "--config", config)
    assert code == 1
    assert "cannot start" in err
    assert "Traceback" not in err


def test_the_environment_overrides_the_file(mailbot: Any, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILBOT_RELAI__PORT", "1")
    code, out, _ = mailbot("check", "--config", config)
    assert code == 1
    assert "MAILBOT_RELAI__PORT" in out


def test_fixtures_are_what_they_seem() -> None:
    assert SHOP.id == "demo"
    assert make_settings(Path("x")).shop == (SHOP,)
    assert make_event("order.placed", fresh())["order"]["total"] == 9992
