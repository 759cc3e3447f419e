"""What letters tell customers to write is understood: every quoted word, in every language, alone and with a number."""

from functools import cache
from pathlib import Path

import pytest
from letter_samples import SAMPLES, rendered

from mailbot.reading import rulebook
from mailbot.reading.read import understand

BOOK = rulebook.load([Path(__file__).parent.parent / "rules"])
KINDS = ("human", "resend_key", "resend_download", "invoice_copy", "cancel_order", "refund", "cancel_renewal",
         "change_payment", "payment_sent", "payment_sent", "order_status", "purchase_lookup")  # fmt: skip
WORDS = {
    "en": "human|lost key|lost download|invoice|cancel|refund|stop the renewal|change payment method|I paid on Tuesday|"
    "I have paid|status|list of my purchases",
    "fr": "humain|clé perdue|téléchargement perdu|facture|annuler|remboursement|arrêter le renouvellement|"
    "changer de paiement|j’ai payé mardi|j’ai payé|état de la commande|liste de mes achats",
    "de": "Mensch|Schlüssel verloren|Download verloren|Rechnung senden|stornieren|Erstattung|Verlängerung stoppen|"
    "Zahlungsart ändern|Ich habe am Dienstag bezahlt|Ich habe bezahlt|Status|Liste meiner Käufe",
    "es": "humano|clave perdida|descarga perdida|factura|cancelar|reembolso|detener la renovación|"
    "cambiar la forma de pago|pagué el martes|he pagado|estado del pedido|lista de mis compras",
    "it": "umano|chiave persa|download perso|copia fattura|annullare|rimborso|fermare il rinnovo|"
    "cambiare metodo di pagamento|ho pagato martedì|ho pagato|stato dell’ordine|lista dei miei acquisti",
    "pt": "humano|chave perdida|download perdido|cópia da fatura|cancelar|reembolso|parar a renovação|"
    "mudar a forma de pagamento|paguei na terça-feira|já paguei|estado da encomenda|lista das minhas compras",
    "nl": "mens|sleutel kwijt|download kwijt|kopie factuur|annuleren|terugbetaling|verlenging stoppen|"
    "betaalwijze wijzigen|ik heb dinsdag betaald|ik heb betaald|status|lijst van mijn aankopen",
}
CASES = [
    (language, word, kind)
    for language, words in WORDS.items()
    for word, kind in zip(words.split("|"), KINDS, strict=True)
]


@pytest.mark.parametrize(("language", "word", "kind"), CASES)
def test_the_word_is_understood(language: str, word: str, kind: str) -> None:
    numbered = [] if kind == "human" else [f"{word} 10023"]
    for text in (word, f"{word}\n", *numbered):
        found = [finding.kind for finding in understand(text, language, BOOK).findings]
        assert found == [kind], text


@pytest.mark.parametrize(("language", "word", "kind"), CASES)
def test_the_letters_do_say_the_word(language: str, word: str, kind: str) -> None:
    assert word in everything_said(language), f"no letter tells anybody to write '{word}'"


@cache
def everything_said(language: str) -> str:
    return " ".join(" ".join(rendered(label, language).text for label in SAMPLES).split())
