"""Money: an integer of minor units and its currency."""

from dataclasses import dataclass

# ISO 4217 exponents that are not 2. Everything else has two decimals.
_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
    "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents): `Money(9992, "EUR")` is 99.92 euro."""

    amount: int
    currency: str

    def plain(self) -> str:
        """The amount with a decimal point and no grouping, for bank forms and logs: `99.92`."""
        digits = exponent(self.currency)
        sign = "-" if self.amount < 0 else ""
        if not digits:
            return f"{sign}{abs(self.amount)}"
        whole, rest = divmod(abs(self.amount), 10**digits)
        return f"{sign}{whole}.{rest:0{digits}d}"

    def __str__(self) -> str:
        return f"{self.plain()} {self.currency}"
