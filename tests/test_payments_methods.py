"""Reading payment_methods.toml: what the shipped file says, what a shop may change, and how faults are named."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from mailbot.model.order import Customer, Order, PostalAddress
from mailbot.model.rulesfile import RulesFault
from mailbot.model.shop import LANGUAGES, BankAccount, Seller, Shop
from mailbot.payments.methods import FILE, REGIONS, Methods, UnknownMethod, load

SHIPPED = Path(__file__).parent.parent / "rules"


def make_order(country: str = "DE", currency: str = "EUR", method: str = "wire") -> Order:
    customer = Customer("Maria Rossi", "maria@customer.example", address=PostalAddress(country=country))
    return Order(
        id=1, shop="demo", number="10023", state="pending", placed_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        currency=currency, payment_method=method, customer=customer, lines=(), total_net=100, total_tax=0, total=100,
    )  # fmt: skip


def make_shop(bank: BankAccount | None = None, check_address: str = "", pay_url: str = "https://b.example") -> Shop:
    seller = Seller(name="Demo", country="DE")
    return Shop(
        id="demo",
        name="Demo",
        address="a@b.example",
        token="t",
        seller=seller,
        bank=bank,
        check_address=check_address,
        pay_url=pay_url,
    )


def shop_file(folder: Path, text: str) -> Methods:
    (folder / FILE).write_text(text, encoding="utf-8")
    return load([folder, SHIPPED])


def test_the_shipped_file_has_the_methods_of_the_contract() -> None:
    methods = load([SHIPPED])
    assert list(methods.all) == ["card", "paypal", "wire", "ach", "check", "money_order", "purchase_order"]
    assert methods.remind_at == time(9)
    wire = methods["wire"]
    assert wire.reminders == (5, 10, 13)
    assert wire.expires_after == 15
    assert wire.takes["sepa"] == (0, 2)
    assert wire.takes["elsewhere"] == (5, 10)
    assert methods["ach"].takes["home"] == (1, 3)
    assert methods["purchase_order"].expires_after is None
    assert [method.id for method in methods if method.immediate] == ["card", "paypal"]


def test_a_wrong_key_hides_no_other_fault_of_its_method(tmp_path: Path) -> None:
    text = "[method.wire]\nhow = 'fax'\nreminders = [9, 3]\ncolour = 1\n[regions]\nmoon = ['XX']\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RulesFault) as error:
        load([tmp_path, SHIPPED])
    assert {(fault.line, fault.key) for fault in error.value.faults} == {
        (2, "method.wire.how"), (3, "method.wire.reminders"), (4, "method.wire.colour"), (6, "regions.moon"),
    }  # fmt: skip


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_method_has_a_name_in_every_language(language: str) -> None:
    assert all(method.label(language) for method in load([SHIPPED]))


def test_nobody_is_reminded_while_the_money_may_be_under_way() -> None:
    for method in load([SHIPPED]):
        for region in REGIONS:
            assert method.takes[region][1] <= method.patience[region], (method.id, region)


def test_a_shop_changes_single_keys_and_adds_methods(tmp_path: Path) -> None:
    methods = shop_file(
        tmp_path,
        """
        remind_at = "10:30"
        [method.wire]
        reminders = [7]
        name.fr = "virement SEPA"
        [method.bank_giro]
        name = { en = "bank giro" }
        how = "transfer"
        takes = { sepa = [1, 3], elsewhere = [4, 8] }
        """,
    )
    assert methods.remind_at == time(10, 30)
    assert methods["wire"].reminders == (7,)
    assert methods["wire"].expires_after == 15
    assert methods["wire"].label("fr") == "virement SEPA"
    assert methods["wire"].label("de") == "Überweisung"
    added = methods["bank_giro"]
    assert [added.takes[region] for region in REGIONS] == [(1, 3), (1, 3), (4, 8), (4, 8)]
    assert added.patience["sepa"] == 3
    assert added.expires_after is None


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("[method.wire]\nremindrs = [5]\n", 2, "method.wire.remindrs", "Unexpected"),
        ("[method.wire]\nreminders = [5, 5]\n", 2, "method.wire.reminders", "must rise"),
        ("[method.wire]\nreminders = [10, 5]\n", 2, "method.wire.reminders", "must rise"),
        ("[method.wire]\nreminders = [0]\n", 2, "method.wire.reminders", "must rise"),
        ("# a\n[method.wire]\nexpires_after = 13\n", 3, "method.wire.expires_after", "later than the last"),
        ("[method.wire]\nexpires_after = true\n", 2, "method.wire.expires_after", "integer"),
        ("[method.wire]\nexpires_after = 999\n", 2, "method.wire.expires_after", "250"),
        ("[method.wire]\ntakes = [4, 2]\n", 2, "method.wire.takes", "fastest"),
        ("[method.wire]\ntakes = 3\n", 2, "method.wire.takes.home", "tuple"),
        ("[method.wire]\ntakes = { mars = [1, 2] }\n", 2, "method.wire.takes.mars.[key]", "home"),
        ("[method.wire]\nhow = 'fax'\n", 2, "method.wire.how", "link"),
        ("[method.new]\nhow = 'link'\ntakes = [0, 0]\n", 1, "method.new.name", "required"),
        ("[method.new]\nname = {fr = 'x'}\nhow = 'link'\ntakes = [0, 0]\n", 2, "method.new.name", '"en"'),
        ("[method.New]\n", 1, "method.New", "small letters"),
        ("[wire]\nreminders = [1]\n", 1, "wire", "[method.<name>]"),
        ("remind_at = 'noon'\n", 1, "remind_at", "09:00"),
        ("[regions]\nsepa = ['Germany']\n", 2, "regions.sepa", '"DE"'),
        ("method = 3\n", 1, "method", "table"),
        ("a = \n", 1, "", "TOML"),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path: Path, text: str, line: int, key: str, says: str) -> None:
    with pytest.raises(RulesFault) as error:
        shop_file(tmp_path, text)
    fault = error.value.faults[0]
    assert (fault.file, fault.line, fault.key) == (tmp_path / FILE, line, key)
    assert says in fault.text
    assert str(fault).startswith(f"{tmp_path / FILE}:{line}: ")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RulesFault) as error:
        shop_file(tmp_path, "[method.wire]\nhow = 'fax'\n[method.check]\nhow = 'fax'\n")
    assert [fault.line for fault in error.value.faults] == [2, 4]


def test_no_file_anywhere(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=FILE):
        load([tmp_path])


@pytest.mark.parametrize(
    ("payer", "seller", "currency", "region"),
    [
        ("IT", "DE", "EUR", "sepa"),
        ("DE", "DE", "EUR", "home"),
        ("", "DE", "EUR", "home"),
        ("GB", "DE", "EUR", "sepa"),
        ("US", "US", "USD", "home"),
        ("", "US", "USD", "home"),
        ("PL", "DE", "PLN", "europe"),
        ("TR", "DE", "EUR", "europe"),
        ("US", "DE", "EUR", "elsewhere"),
        ("DE", "US", "USD", "elsewhere"),
    ],
)
def test_how_far_the_money_travels(payer: str, seller: str, currency: str, region: str) -> None:
    assert load([SHIPPED]).region(make_order(payer, currency), seller) == region


def test_only_what_the_shop_can_take_is_offered() -> None:
    methods = load([SHIPPED])
    bank = BankAccount(holder="Demo", iban="DE02120300000000202051")

    def offered(shop: Shop, currency: str = "EUR") -> list[str]:
        return [method.id for method in methods.offered(make_order(currency=currency), shop)]

    assert offered(make_shop()) == ["card", "paypal"]
    assert offered(make_shop(pay_url="")) == []
    assert offered(make_shop(bank, pay_url=""), "USD") == ["wire", "ach"]
    assert offered(make_shop(bank)) == ["card", "paypal", "wire"]
    assert offered(make_shop(bank, "Hauptstr. 1"), "USD") == ["card", "paypal", "wire", "ach", "check", "money_order"]


def test_an_unknown_method_says_what_is_known() -> None:
    methods = load([SHIPPED])
    assert "fax" not in methods
    assert (methods.label("fax", "en"), methods.label("wire", "fr")) == ("", "virement bancaire")
    with pytest.raises(UnknownMethod, match=r"'fax' is unknown.*card, paypal, wire"):
        methods["fax"]
