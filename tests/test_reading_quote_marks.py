"""Headings over quoted mail, as many programs write them in many languages: all below is history."""

import pytest

from mailbot.reading.quotes import new_text

QUOTE = "> Hello Anna,\n> your order 10023 is ready."
SHOP = "Shop <orders@shop.example>"

ATTRIBUTIONS = (
    f"On Mon, Nov 2, 2026 at 10:00 AM {SHOP} wrote:",
    f"On Nov 2, 2026, at 10:00, {SHOP}\nwrote:",
    f"On Monday, 2 November 2026 at 10:00, {SHOP} wrote",
    "On 11/2/26 10:00 AM, Shop wrote:",
    "At 11/2/2026 10:00 AM, you wrote:",
    f"{SHOP} wrote on Mon, 2 Nov 2026 10:00:",
    f"{SHOP} wrote:",
    f"Quoting {SHOP}:",
    f"2026-11-02 10:00 GMT+01:00 {SHOP}:",
    f"2026/11/2 {SHOP}",
    f"---- On Mon, 02 Nov 2026 10:00:00 +0100 {SHOP} wrote ----",
    "Monday, November 2, 2026, 10:00 AM +0100 from orders@shop.example <orders@shop.example>:",
    f"Le lundi 2 novembre 2026 à 10:00:00 UTC+1,\n{SHOP} a\nécrit :",
    f"Le 2 nov. 2026 à 10 h 00, {SHOP} a écrit :",
    "Am So., 1. Nov. 2026 um 17:22 Uhr schrieb Shop <\norders@shop.example>:",
    f"Am Sonntag, den 1. November\n2026 um 17:22 schrieb {SHOP}:",
    f"{SHOP} hat am 02.11.2026 10:00 CET geschrieben:",
    f"Zitat von {SHOP}:",
    f"El lun., 2 nov. 2026 10:00, {SHOP}\nescribió:",
    "Il giorno lun 2 nov 2026 alle ore 10:00 Shop <\norders@shop.example> ha scritto:",
    f"Em seg., 2 de nov. de 2026 às 10:00, {SHOP}\nescreveu:",
    f"Op ma 2 nov. 2026 om 10:00 schreef {SHOP}:",
    f"Den mån 2 nov. 2026 kl 10:00 skrev {SHOP}:",
    f"pon., 2 lis 2026 o 10:00 {SHOP} napisał(a):",
    f"пн, 2 нояб. 2026 г. в 10:00, {SHOP}:",
    f"2026年11月2日(月) 10:00 {SHOP}:",
    f"út 2. 11. 2026 v 10:00 odesílatel {SHOP} napsal:",
)


@pytest.mark.parametrize("quote", [QUOTE, "Hello Anna,\nyour order 10023 is ready."], ids=["marked", "unmarked"])
@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_attribution(line: str, quote: str) -> None:
    cut = new_text(f"I lost the key.\n\n{line}\n\n{quote}\n")
    assert cut.text == "I lost the key."


HEADERS = (
    "From: {0}\nSent: Monday, 2 November 2026 10:00\nTo: anna@home.example\nSubject: Your order",
    "*From:* {0}\n*Sent:* Monday, 2 November 2026 10:00\n*To:* anna@home.example\n*Subject:* Your order",
    (
        "From: Shop\n<orders@shop.example>\nSent: Monday, 2 November 2026 10:00\nTo: Anna Bell\nSubject: "
        "Your\norder 10023"
    ),
    "Subject: Your order\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nFrom: {0}\nTo: anna@home.example",
    "From: {0} Sent: Monday, 2 November 2026 10:00 To: anna@home.example Subject: Your order",
    (
        "________________________________\nVon: {0}\nGesendet: Montag, 2. November 2026 10:00\nAn: Anna\n"
        "Betreff: Ihre Bestellung"
    ),
    "Gesendet: Montag, 02. November 2026 um 10:00 Uhr\nVon: {0}\nAn: anna@home.example\nBetreff: Ihre Bestellung",
    "-----Ursprüngliche Nachricht-----\nVon: {0}\nAn: Anna\nBetreff: Ihre Bestellung",
    "De : {0}\nEnvoyé : lundi 2 novembre 2026 10:00\nÀ : anna@home.example\nObjet : Votre commande",
    (
        "-------- Message d'origine --------\nDe : {0}\nDate : 02/11/26  10:00  (GMT+01:00)\nÀ : "
        "anna@home.example Objet : Commande"
    ),
    "De: {0}\nEnviado el: lunes, 2 de noviembre de 2026 10:00\nPara: Anna\nCC: Berta\nAsunto: Su pedido",
    "----Messaggio originale----\nDa: {0}\nData: 02/11/2026 10:00\nA: <anna@home.example>\nOgg: Il Suo ordine",
    "De: {0}\nEnviada em: segunda-feira, 2 de novembro de 2026 10:00\nPara: Anna\nAssunto: A sua encomenda",
    "Van: {0}\nVerzonden: maandag 2 november 2026 10:00\nAan: Anna\nOnderwerp: Uw bestelling",
    "-------- Oprindelig besked --------\nFra: {0}\nDato: 02.11.2026  10.00\nTil: anna@home.example\nEmne: Din ordre",
    "Od: {0}\nWysłano: poniedziałek, 2 listopada 2026 10:00\nDo: Anna\nTemat: Zamówienie",
    ">>> {0} 02.11.2026 10:00 >>>",
    "-----Original Message-----",
    "------- Original Message -------\nOn Monday, November 2nd, 2026 at 10:00, {0} wrote:",
    "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
    (
        "Begin forwarded message:\n\nFrom: {0}\nSubject: Your order\nDate: 2 November 2026 at 10:00:00 "
        "CET\nTo: anna@home.example"
    ),
    "From: {0}",
)


@pytest.mark.parametrize("block", HEADERS)
def test_header_block(block: str) -> None:
    cut = new_text(f"I lost the key.\n\n{block.format(SHOP)}\n\nHello Anna,\n\nyour order 10023 is ready.\n")
    assert cut.text == "I lost the key."
