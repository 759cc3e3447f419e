"""Every example of the shipped rules is understood, and what only sounds like a request is not acted on."""

from pathlib import Path

import pytest

from mailbot.model.mail import KINDS
from mailbot.model.shop import LANGUAGES
from mailbot.reading import rulebook
from mailbot.reading.judge import judge
from mailbot.reading.trial import ENOUGH, rulebook_report

BOOK = rulebook.load([Path(__file__).parent.parent / "rules"])
HARMFUL = {"cancel_order", "refund", "withdrawal", "cancel_renewal", "change_email", "privacy_request"}

# Refused, conditional, past, reported, or a question of policy: nothing of it may be done.
NOT_ASKED = {
    "en": [
        "Please do NOT cancel my order.",
        "I never asked you to cancel order 10023.",
        "I cancelled my order yesterday.",
        "If the key doesn't arrive today, I will cancel the order.",
        "What happens if I cancel an order after delivery?",
        "Why did you cancel my order?",
        "My order was cancelled, why?",
        "I don't want a refund, I just want the key.",
        "I got the refund, thanks.",
        "You refunded me last week, everything is fine.",
        "Is there a money back guarantee?",
        "If it does not work I would like a refund.",
        "Do you give refunds?",
        "The refund has arrived.",
        "What is your policy on refunds for downloads?",
        "I do not want to cancel my subscription.",
        "Has my subscription been cancelled?",
        "Please do not delete my account.",
        "How do you protect my personal data?",
        "My email address has not changed.",
        "How long is the withdrawal period?",
    ],
    "de": [
        "Bitte stornieren Sie meine Bestellung NICHT.",
        "Ich möchte die Bestellung nicht stornieren, sondern nur die Adresse ändern.",
        "Ich habe die Bestellung gestern storniert.",
        "Wenn der Schlüssel heute nicht kommt, storniere ich die Bestellung.",
        "Warum haben Sie meine Bestellung storniert?",
        "Meine Bestellung wurde storniert. Warum?",
        "Ich will keine Erstattung, nur den Schlüssel.",
        "Ich habe die Rückerstattung erhalten, danke.",
        "Die Erstattung ist angekommen.",
        "Sie haben mir das Geld schon zurücküberwiesen.",
        "Gibt es eine Geld-zurück-Garantie?",
        "Falls es nicht funktioniert, möchte ich mein Geld zurück.",
        "Wie lange kann ich eine Erstattung verlangen?",
        "Ich möchte mein Abo nicht kündigen.",
        "Mein Abo habe ich bereits gekündigt.",
        "Bitte löschen Sie mein Konto nicht.",
        "Wie schützen Sie meine Daten?",
        "Wie lange habe ich ein Widerrufsrecht?",
    ],
    "fr": [
        "N'annulez surtout pas ma commande.",
        "Je ne veux pas annuler ma commande, seulement changer l'adresse.",
        "J'ai annulé ma commande hier.",
        "Si la clé n'arrive pas aujourd'hui, j'annule la commande.",
        "Pourquoi avez-vous annulé ma commande ?",
        "Ma commande a été annulée, pourquoi ?",
        "Je ne veux pas de remboursement, je veux juste la clé.",
        "J'ai bien reçu le remboursement, merci.",
        "Le remboursement est arrivé.",
        "Vous m'avez déjà remboursé.",
        "Avez-vous une garantie de remboursement ?",
        "Si ça ne marche pas, je voudrais être remboursé.",
        "Combien de temps ai-je pour demander un remboursement ?",
        "Je ne veux pas résilier mon abonnement.",
        "J'ai déjà résilié mon abonnement.",
        "Ne supprimez pas mon compte.",
        "Comment protégez-vous mes données ?",
        "Quel est le délai de rétractation ?",
    ],
    "es": [
        "Por favor, NO cancelen mi pedido.",
        "No quiero cancelar el pedido, solo cambiar la dirección.",
        "Cancelé el pedido ayer.",
        "Si la clave no llega hoy, cancelo el pedido.",
        "¿Por qué han cancelado mi pedido?",
        "Mi pedido ha sido cancelado, ¿por qué?",
        "No quiero un reembolso, solo la clave.",
        "Ya he recibido el reembolso, gracias.",
        "El reembolso ha llegado.",
        "Ya me han reembolsado.",
        "¿Tienen garantía de devolución?",
        "Si no funciona, quiero que me devuelvan el dinero.",
        "¿Cuánto tiempo tengo para pedir un reembolso?",
        "No quiero cancelar mi suscripción.",
        "Ya cancelé mi suscripción.",
        "No eliminen mi cuenta.",
        "¿Cómo protegen mis datos?",
        "¿Cuál es el plazo de desistimiento?",
    ],
    "it": [
        "Per favore NON annullate il mio ordine.",
        "Non voglio annullare l'ordine, solo cambiare l'indirizzo.",
        "Ho annullato l'ordine ieri.",
        "Se la chiave non arriva oggi, annullo l'ordine.",
        "Perché avete annullato il mio ordine?",
        "Il mio ordine è stato annullato, perché?",
        "Non voglio un rimborso, voglio solo la chiave.",
        "Ho ricevuto il rimborso, grazie.",
        "Il rimborso è arrivato.",
        "Mi avete già rimborsato.",
        "Avete una garanzia soddisfatti o rimborsati?",
        "Se non funziona vorrei un rimborso.",
        "Quanto tempo ho per chiedere un rimborso?",
        "Non voglio disdire l'abbonamento.",
        "Ho già disdetto l'abbonamento.",
        "Non cancellate il mio account.",
        "Come proteggete i miei dati?",
        "Qual è il termine per il recesso?",
    ],
    "pt": [
        "Por favor, NÃO cancelem a minha encomenda.",
        "Não quero cancelar a encomenda, só mudar a morada.",
        "Cancelei a encomenda ontem.",
        "Se a chave não chegar hoje, cancelo a encomenda.",
        "Porque cancelaram a minha encomenda?",
        "A minha encomenda foi cancelada, porquê?",
        "Não quero reembolso, só quero a chave.",
        "Já recebi o reembolso, obrigado.",
        "O reembolso chegou.",
        "Já me reembolsaram.",
        "Têm garantia de devolução do dinheiro?",
        "Se não funcionar, quero o meu dinheiro de volta.",
        "Quanto tempo tenho para pedir um reembolso?",
        "Não quero cancelar a minha subscrição.",
        "Já cancelei a minha subscrição.",
        "Não apaguem a minha conta.",
        "Como protegem os meus dados?",
        "Qual é o prazo de livre resolução?",
    ],
    "nl": [
        "Annuleer mijn bestelling alstublieft NIET.",
        "Ik wil de bestelling niet annuleren, alleen het adres wijzigen.",
        "Ik heb de bestelling gisteren geannuleerd.",
        "Als de sleutel vandaag niet komt, annuleer ik de bestelling.",
        "Waarom hebben jullie mijn bestelling geannuleerd?",
        "Mijn bestelling is geannuleerd, waarom?",
        "Ik wil geen terugbetaling, alleen de sleutel.",
        "Ik heb de terugbetaling ontvangen, dank u.",
        "De terugbetaling is binnen.",
        "Jullie hebben mij al terugbetaald.",
        "Hebben jullie een niet-goed-geld-terug-garantie?",
        "Als het niet werkt, wil ik mijn geld terug.",
        "Hoe lang kan ik een terugbetaling aanvragen?",
        "Ik wil mijn abonnement niet opzeggen.",
        "Ik heb mijn abonnement al opgezegd.",
        "Verwijder mijn account niet.",
        "Hoe beschermen jullie mijn gegevens?",
        "Hoe lang is de bedenktijd?",
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_enough_examples_in_every_language(kind: str) -> None:
    counts = {code: len(set(BOOK.kinds[kind].examples.get(code, ()))) for code in LANGUAGES}
    assert all(count >= ENOUGH for count in counts.values()), counts


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in NOT_ASKED.items() for text in texts])
def test_nothing_is_done_that_was_not_asked(code: str, text: str) -> None:
    assert not {finding.kind for finding in judge(text, BOOK.matchers[code], BOOK).findings} & HARMFUL


def test_all_examples_are_understood_and_the_report_says_so() -> None:
    lines, well = rulebook_report(BOOK)
    assert well, lines
    assert "examples are understood in 7 languages" in lines[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_is_and_what_it_is_confused_with(kind: str) -> None:
    assert BOOK.kinds[kind].about
    assert set(BOOK.kinds[kind].confused_with) <= set(KINDS)
    assert kind == "unclear" or BOOK.kinds[kind].confused_with
