"""The payment methods: read from `payment_methods.toml`, key by key from the shop's own file before the shipped one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, TypeAdapter, ValidationError

from mailbot.model.order import Order
from mailbot.model.rulesfile import Fault, RulesFault, RulesFile, merge, parse
from mailbot.model.shop import Shop

FILE = "payment_methods.toml"

How = Literal["link", "transfer", "post", "account"]
Region = Literal["home", "sepa", "europe", "elsewhere"]
REGIONS: tuple[Region, ...] = ("home", "sepa", "europe", "elsewhere")
"""How far money travels, nearest first."""

Days = Annotated[int, Field(strict=True, ge=0, le=250)]
Switch = Annotated[bool, Field(strict=True)]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")


class UnknownMethod(ValueError):
    """An order names a payment method that no rules file describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way to pay. All counts are business days; see the comments of the shipped payment_methods.toml."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: Mapping[str, str]
    how: How
    takes: Mapping[Region, tuple[Days, Days]]
    patience: Mapping[Region, Days]
    immediate: Switch = False
    offered: Switch = True
    currencies: tuple[str, ...] = ()
    bank_days: Switch = False
    reminders: tuple[Days, ...] = ()
    expires_after: Days | None = None  # None: never
    quiet_hours: Annotated[int, Field(strict=True, ge=0, le=240)] = 4

    @property
    def on_a_page(self) -> bool:
        """Whether the shop's own page takes the payment, at once."""
        return self.how == "link" and self.immediate

    def label(self, language: str) -> str:
        """The method's name inside a sentence: "bank transfer"; English where the language is missing."""
        return self.name.get(language) or self.name["en"]


@dataclass(frozen=True, slots=True)
class Methods:
    """All payment methods in the order of the file, the hour of reminders, and the countries of each region."""

    remind_at: time
    all: Mapping[str, Method]
    sepa: frozenset[str] = field(default_factory=frozenset)
    europe: frozenset[str] = field(default_factory=frozenset)  # without those of `sepa`

    def __contains__(self, name: object) -> bool:
        return name in self.all

    def __iter__(self) -> Iterator[Method]:
        return iter(self.all.values())

    def __getitem__(self, name: str) -> Method:
        """Raises UnknownMethod, which says which names are known and where to add one."""
        try:
            return self.all[name]
        except KeyError:
            known = ", ".join(self.all)
            raise UnknownMethod(f"payment method '{name}' is unknown: {FILE} describes {known}") from None

    def label(self, name: str, language: str) -> str:
        """The method's name inside a sentence, "" for one that no file describes (a provider may name any)."""
        return self.all[name].label(language) if name in self.all else ""

    def offered(self, order: Order, shop: Shop) -> tuple[Method, ...]:
        """What the customer of this order may choose from: what fits the currency and what the shop can take here.

        Card and PayPal need the shop's own page (`pay_url`) to lead to.
        """
        missing = {"transfer"} if shop.bank is None else set()
        if not shop.check_address:
            missing.add("post")
        return tuple(
            method
            for method in self
            if method.offered
            and method.how not in missing
            and (shop.pay_url or not method.on_a_page)
            and (not method.currencies or order.currency in method.currencies)
        )

    def region(self, order: Order, seller: str) -> Region:
        """How far the order's money travels to the seller's country; a customer without a country counts as near."""
        payer = order.customer.address.country or seller
        if payer == seller:
            return "home"
        if order.currency == "EUR" and {payer, seller} <= self.sepa:
            return "sepa"
        return "europe" if {payer, seller} <= self.sepa | self.europe else "elsewhere"


def load(folders: Sequence[Path]) -> Methods:
    """The methods of the folders' files, the first folder's keys before the next one's.

    Raises RulesFault with every fault found (file, line, key), FileNotFoundError when no folder has the file.
    """
    paths = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    files = [parse(path, path.read_bytes()) for path in paths]
    if not files:
        raise FileNotFoundError(f"no {FILE} in {', '.join(str(folder) for folder in folders) or 'no folder at all'}")
    merged: dict[str, Any] = {}
    for file in reversed(files):
        merged = merge(merged, file.data)
    return _Reader(files).methods(merged)


class _Reader:
    """Turns the merged tables into Methods, and collects the faults on the way instead of stopping at the first."""

    def __init__(self, files: Sequence[RulesFile]) -> None:
        self.files = files
        self.faults: list[Fault] = []

    def methods(self, data: dict[str, Any]) -> Methods:
        for key in data.keys() - {"remind_at", "method", "regions"}:
            self.fault(key, "is unknown; a method is a table [method.<name>]")
        regions = self.table(data, "regions")
        for key in regions.keys() - {"sepa", "europe"}:
            self.fault(f"regions.{key}", "is unknown; the regions are sepa and europe")
        sepa, europe = self.countries(regions, "sepa"), self.countries(regions, "europe")
        found = [self.method(name, raw) for name, raw in self.table(data, "method").items()]
        remind_at = self.hour(data.get("remind_at", "09:00"))
        if self.faults:
            raise RulesFault(*self.faults)
        return Methods(remind_at, {method.id: method for method in found if method}, sepa, europe)

    def fault(self, key: str, text: str) -> None:
        """Notes a fault at the first file that has the key."""
        file = max(self.files, key=lambda file: (key in file.lines, bool(file.line(key))))
        self.faults.append(Fault(file.path, file.line(key), key, text))

    def table(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, "must be a table")
            return {}
        return value

    def countries(self, regions: dict[str, Any], key: str) -> frozenset[str]:
        value = regions.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) and _COUNTRY.fullmatch(item) for item in value):
            return frozenset(value)
        self.fault(f"regions.{key}", 'must be a list of countries such as "DE"')
        return frozenset()

    def hour(self, value: object) -> time:
        try:
            return value if isinstance(value, time) else time.fromisoformat(str(value))
        except ValueError:
            self.fault("remind_at", 'must be an hour of the day such as "09:00"')
            return time(9)

    def method(self, name: str, raw: object) -> Method | None:
        key = f"method.{name}"
        if not isinstance(raw, dict) or not _NAME.fullmatch(name):
            self.fault(key, "must be a table; its name small letters, digits and _, at most 40")
            return None
        try:
            method = TypeAdapter(Method).validate_python({"id": name, **_prepare(raw)})
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self.fault(f"{key}.{'.'.join(str(part) for part in one['loc'])}", one["msg"])
            self.check(key, _sound_part(raw, {str(one["loc"][0]) for one in error.errors()}))
            return None
        self.check(key, method)
        return method

    def check(self, key: str, method: Method | None) -> None:
        for sub, text, wrong in _CHECKS:
            if method and wrong(method):
                self.fault(f"{key}.{sub}", text)


def _prepare(raw: dict[str, Any]) -> dict[str, Any]:
    """The short forms written out: one value for every region, patience from the slowest way, "never" as None."""
    out = dict(raw)
    if "takes" in out:
        out["takes"] = _for_regions(out["takes"])
        slowest = {region: pair[-1] for region, pair in out["takes"].items() if isinstance(pair, list) and pair}
        out["patience"] = _for_regions(out.get("patience", slowest))
    if out.get("expires_after") == "never":
        out["expires_after"] = None
    return out


def _sound_part(raw: dict[str, Any], wrong: set[str]) -> Method | None:
    """The method without the keys that are wrong in themselves, so that the others are looked at as well."""
    plain: dict[str, Any] = {"id": "x", "name": {"en": "x"}, "how": "link", "takes": [0, 0]}
    rest = {name: value for name, value in raw.items() if name not in wrong}
    try:
        return TypeAdapter(Method).validate_python(_prepare({**plain, **rest}))
    except ValidationError:
        return None


def _for_regions(value: Any) -> dict[str, Any]:
    """A region that was left out takes the value of the next farther one, the farthest that of the nearer one."""
    if not isinstance(value, dict):
        return dict.fromkeys(REGIONS, value)
    out = dict(value)
    known = [value[region] for region in REGIONS if region in value][-1:]
    for region in reversed(REGIONS):
        known = [out.setdefault(region, one) for one in known]
    return out


_CHECKS: tuple[tuple[str, str, Callable[[Method], bool]], ...] = (
    ("name", 'needs "en", which every other language falls back on', lambda m: not m.name.get("en")),
    ("takes", "the fastest must not be slower than the slowest", lambda m: any(a > b for a, b in m.takes.values())),
    ("reminders", "must rise, from 1 on", lambda m: list(m.reminders) != sorted({*m.reminders} - {0})),
    ("expires_after", "must be later than the last reminder", lambda m: not _ends_late(m)),
)


def _ends_late(method: Method) -> bool:
    return method.expires_after is None or method.expires_after > max(method.reminders, default=0)
