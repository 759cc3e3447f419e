"""The payment method that a text names, and the last four digits of a card."""

import pytest

from mailbot.reading.facts import extract

METHODS = [
    ("I paid with my credit card", "card"),
    ("Can I pay by PayPal instead of wire?", "paypal"),
    ("I chose wire transfer, can I pay with PayPal?", "paypal"),
    ("can I pay by wire? my card was declined", "wire"),
    ("we sent a check today", "check"),
    ("Check #2071 mailed today", "check"),
    ("please check my order", ""),
    ("can you check whether it came", ""),
    ("by ACH", "ach"),
    ("a money order", "money_order"),
    ("our purchase order is attached", "purchase_order"),
    ("SEPA direct debit", "other"),
    ("transfer my licence to the new computer", ""),
    ("je préférerais régler par carte plutôt que par chèque", "card"),
    ("le virement est parti", "wire"),
    ("Ma carte bleue a été refusée", "card"),
    ("par prélèvement SEPA", "other"),
    ("Kann ich statt Überweisung auch mit Kreditkarte zahlen?", "card"),
    ("habe gestern überwiesen", "wire"),
    ("per Lastschrift", "other"),
    ("ein Scheck", "check"),
    ("Elegí transferencia pero prefiero pagar con tarjeta", "card"),
    ("con giro postal", "money_order"),
    ("le escribo esta carta", ""),
    ("vorrei pagare con carta anziché con bonifico", "card"),
    ("ho fatto il bonifico", "wire"),
    ("un assegno", "check"),
    ("mandatemi la fattura su carta intestata", ""),
    ("Escolhi transferência, mas queria pagar com cartão", "card"),
    ("fiz o pix", "other"),
    ("Zojuist overgemaakt", "wire"),
    ("liever met iDEAL", "other"),
    ("in plaats van creditcard graag PayPal", "paypal"),
    ("my graphics card is new", ""),
    ("that would be ideal", ""),
    ("Ach so, wired headphones", ""),
    ("it checks for updates", ""),
    ("ma carte graphique", ""),
    ("J'ai payé par CB", "card"),
    ("tarjeta gráfica", ""),
    ("per Vorkasse", "wire"),
    ("hello", ""),
]


@pytest.mark.parametrize(("text", "method"), METHODS)
def test_the_payment_method_is_found(text: str, method: str) -> None:
    assert extract(text).method == method


LAST4 = [
    ("the card ending in 4242", "4242"),
    ("Visa ending 4242.", "4242"),
    ("last four digits: 4242", "4242"),
    ("the last 4 digits are 4242", "4242"),
    ("card **** 4242", "4242"),
    ("Visa ••••4242", "4242"),
    ("card xxxx-xxxx-xxxx-4242", "4242"),
    ("se termine par 4242", "4242"),
    ("les 4 derniers chiffres : 4242", "4242"),
    ("finissant par 4242", "4242"),
    ("endet auf 4242", "4242"),
    ("mit den Endziffern 4242", "4242"),
    ("die letzten vier Ziffern sind 4242", "4242"),
    ("termina en 4242", "4242"),
    ("últimos cuatro dígitos 4242", "4242"),
    ("che finisce con 4242", "4242"),
    ("ultime quattro cifre: 4242", "4242"),
    ("com final 4242", "4242"),
    ("terminado em 4242", "4242"),
    ("eindigend op 4242", "4242"),
    ("laatste vier cijfers zijn 4242", "4242"),
    ("order 4242", ""),
    ("ending in 42421", ""),
    ("the year ended 2024", ""),
    ("…2024", ""),
    ("since 2024", ""),
]


@pytest.mark.parametrize(("text", "digits"), LAST4)
def test_the_last_four_digits_are_found(text: str, digits: str) -> None:
    facts = extract(text)
    assert facts.last4 == digits
    assert not (digits and facts.orders)
