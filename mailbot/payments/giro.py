"""The GiroCode: a transfer as a picture that banking apps read (EPC069-12), and the IBAN as people read it."""

from io import BytesIO

import segno
from stdnum import bic, iban
from stdnum.exceptions import ValidationError

from mailbot.model.money import Money
from mailbot.model.shop import BankAccount

_MOST = 99_999_999_999  # cents: EPC069-12 allows 0.01 to 999999999.99 euro
_MOST_BYTES = 331  # EPC069-12, section 3
_MASK = 3  # weighing all eight takes four times as long, and cameras read this one as well as the best
_WIDTH = 240  # pixels, about: sharp on a phone's screen when a letter shows it 160 wide, and still small to mail


def account_fault(bank: BankAccount) -> str | None:
    """What is wrong with the account's numbers, for `mailbot check`; None when they are sound."""
    try:
        iban.validate(bank.iban)
    except ValidationError as error:
        return f"bank.iban '{bank.iban}' is not an IBAN: {error}"
    if bank.bic and not bic.is_valid(bank.bic):
        return f"bank.bic '{bank.bic}' is not a BIC: 8 or 11 letters and digits"
    return None


def iban_groups(number: str) -> str:
    """The IBAN in groups of four, as it is printed (ISO 13616): `DE02 1203 0000 0000 2020 51`."""
    return iban.format(number)


def giro_code(bank: BankAccount, money: Money, reference: str) -> bytes | None:
    """A PNG of about 240 x 240 pixels with its quiet zone; the same input gives the same bytes.

    None when a GiroCode cannot say it: another currency than euro, an amount outside 0.01 to 999,999,999.99, no
    reference, too many bytes. Raises ValueError when the account's numbers are wrong (see account_fault).
    """
    if fault := account_fault(bank):
        raise ValueError(fault)
    text, holder = _one_line(reference, 140), _one_line(bank.holder, 70)
    if money.currency != "EUR" or not 0 < money.amount <= _MOST or not text or not holder:
        return None
    payload = _payload(bic.compact(bank.bic), holder, iban.compact(bank.iban), money.plain(), text)
    if len(payload) > _MOST_BYTES:
        return None
    code = segno.make_qr(payload, error="m", boost_error=False, mask=_MASK)
    out = BytesIO()
    code.save(out, kind="png", scale=max(1, round(_WIDTH / code.symbol_size()[0])))
    return out.getvalue()


def _payload(swift: str, holder: str, account: str, euros: str, text: str) -> bytes:
    """The lines of EPC069-12 version 2 in UTF-8 (1): purpose and structured reference are empty, the text is last."""
    fields = ("BCD", "002", "1", "SCT", swift, holder, account, f"EUR{euros}", "", "", text)
    return "\n".join(fields).encode()


def _one_line(text: str, most: int) -> str:
    """A line break would begin the code's next field. The limit is in characters, of printable ones."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most].rstrip()
