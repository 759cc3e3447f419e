"""What every desk has at hand: the shops, the rules, the letters, the keys to the seal. Built once, by `app`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from mailbot.invoices.pdf import Press
from mailbot.links import Links
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.outbox.formats import zone_of
from mailbot.outbox.letters import Letters
from mailbot.payments.days import Place
from mailbot.payments.methods import Methods
from mailbot.reading.rulebook import Rulebook
from mailbot.store.seal import Sealer


@dataclass(frozen=True)
class House:
    """The parts of one installation. `templates` are the folders of templates, the shop's own first."""

    shops: Mapping[str, Shop]
    links: Links
    sealer: Sealer
    letters: Letters
    book: Rulebook
    methods: Methods
    press: Press
    templates: tuple[Path, ...]
    gates: Mapping[str, int] = field(default_factory=dict)
    hold: timedelta = timedelta(minutes=2)
    budget: int = 10
    budget_window: timedelta = timedelta(hours=3)

    def shop_at(self, address: str) -> Shop | None:
        """The shop that a recipient address belongs to: its own address, or that with anything after a plus sign."""
        local, _, domain = address.lower().rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return next((shop for shop in self.shops.values() if shop.address.lower() == plain), None)

    def language_for(self, shop: Shop, *wishes: str) -> str:
        """The first wish that the shop speaks, else the shop's own language."""
        return next((wish for wish in wishes if wish in shop.languages), shop.language)

    def language_of(self, shop: Shop, order: Order) -> str:
        return self.language_for(shop, order.customer.language)

    def method_label(self, method: str, language: str) -> str:
        """The name of a payment method inside a sentence; that of one which the rules do not know is its own word."""
        return self.methods[method].label(language) if method in self.methods else method.replace("_", " ")

    def is_staff(self, shop: Shop, address: str) -> bool:
        return any(address == colleague.address.lower() for colleague in shop.staff)

    def place(self, shop: Shop) -> Place:
        """Where the seller works: whose holidays and which hours count."""
        return Place(shop.seller.country, zone_name(shop))


def zone_name(shop: Shop) -> str:
    """The IANA time zone of a shop: its own, or that of the seller's country."""
    return zone_of(shop).key
