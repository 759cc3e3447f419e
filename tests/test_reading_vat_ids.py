"""VAT ids in a text, with right check digits and with wrong ones."""

import pytest

from mailbot.reading.facts import extract

VAT_IDS = [
    ("en", "our VAT id is DE136695976.", "DE136695976"),
    ("de", "USt-IdNr. DE 136 695 976 bitte", "DE136695976"),
    ("en", "GR094259216", "EL094259216"),
    ("en", "EL 094259216", "EL094259216"),
    ("de", "ATU13585627", "ATU13585627"),
    ("fr", "FR 40 303 265 045 merci", "FR40303265045"),
    ("nl", "NL004495445B01", "NL004495445B01"),
    ("en", "IE6433435F", "IE6433435F"),
    ("en", "GB 980 7806 84 thanks", "GB980780684"),
    ("de", "CHE-107.787.577 MWST", "CHE107787577"),
    ("en", "NO 995525828 MVA", "NO995525828MVA"),
    ("it", "partita IVA 00743110157", "IT00743110157"),
    ("pt", "o NIF é 501964843", "PT501964843"),
    ("es", "NIF: B58378431", "ESB58378431"),
    ("en", "DE136695977", ""),
    ("en", "EU372022452", ""),
    ("en", "IM3720000224", ""),
    ("es", "el pedido de 136695976", ""),
    ("en", "no 995525828", ""),
    ("it", "partita IVA 00743110158", ""),
]


@pytest.mark.parametrize(("language", "text", "found"), VAT_IDS)
def test_vat_ids_are_checked(language: str, text: str, found: str) -> None:
    facts = extract(text, language=language)
    assert facts.vat_ids == tuple(found.split())
    assert not (found and facts.orders)
