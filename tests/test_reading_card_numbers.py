"""Card numbers are found; the many other long numbers of a shop's mail are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading import card_numbers

# Numbers that the card networks publish for tests.
TEST_NUMBERS = (
    "4111111111111111",
    "4012888888881881",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "3530111333300000",
    "6240008631401148",
    "6362970000457013",
)
NEED_A_WORD = ("4222222222222", "30569309025904", "38520000023237", "36227206271667", "6759649826438453")


def last4(text: str) -> list[str]:
    return [one.last4 for one in card_numbers.find(text)]


@pytest.mark.parametrize("number", TEST_NUMBERS[:10])
def test_numbers_of_the_networks_are_found_without_any_word(number: str) -> None:
    assert last4(f"here it is: {number}.") == [number[-4:]]
    assert not last4(f"here it is: {number[:-1]}{(int(number[-1]) + 1) % 10}.")


@pytest.mark.parametrize("number", [*NEED_A_WORD, TEST_NUMBERS[10]])
def test_lengths_that_others_share_need_a_word(number: str) -> None:
    assert not last4(f"here it is: {number}.")
    for word in ("my card", "Kreditkarte", "carte bancaire", "tarjeta", "carta di credito", "cartão", "kaart", "cc"):
        assert last4(f"{word} {number}") == [number[-4:]]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "41111111 11111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111 1111\n1111 1111",
        "x 12 4111 1111 1111 1111 04/27",
        "(4111111111111111)",
        "my card for order 10023 is 4111111111111111",
        "order 10023, visa4111111111111111",
        "４１１１ １１１１ １１１１ １１１１",
        "card# 4111111111111111",
        "account of my card: 4111111111111111",
        "The card I used for the order is 4111 1111 1111 1111",
        "Die Karte für die Bestellung ist 4111 1111 1111 1111",
        "Meine Visa zur Rechnung lautet: 4111 1111 1111 1111",
        "La carte utilisée pour la commande est 4111 1111 1111 1111",
        "La tarjeta del pedido es 4111 1111 1111 1111",
        "La carta usata per l'ordine è 4111 1111 1111 1111",
        "O cartão da encomenda é 4111 1111 1111 1111",
        "De kaart voor de bestelling is 4111 1111 1111 1111",
        "credit card (for this invoice) 4111-1111-1111-1111",
        "Credit card number for my account: 4111 1111 1111 1111",
        "Kartennummer für mein Konto: 4111111111111111",
        "Visa #4111111111111111",
        "Visa no. #4111111111111111",
        "card id 4111111111111111",
        "my account was charged: 4111 1111 1111 1111",
        "Bitte buchen Sie die Rechnung von 4111 1111 1111 1111 ab",
        "Bezahlt habe ich die Rechnung mit 4111 1111 1111 1111",
        "J'ai réglé la facture avec 4111 1111 1111 1111",
        "Ho pagato la fattura con 4111 1111 1111 1111",
        "Pagué el pedido con 4111 1111 1111 1111",
        "paguei a encomenda com 4111 1111 1111 1111",
        "ik heb de bestelling met 4111 1111 1111 1111 betaald",
        "Card holder: Ann\nAccount: 4111 1111 1111 1111\nExp: 12/27",
        "Zahlungsmittel: Visa, Konto: 4111 1111 1111 1111",
        "Kartennr.4111 1111 1111 1111",
        "https://shop.example/pay?card=4111111111111111",
        "> My card: 4111 1111\n> 1111 1111",
        ">> > 4111 1111 1111\n>> > 1111",
        "Card: 4111 1111\n          1111 1111",
        "4111\u200b1111\u200b1111\u200b1111",
        "41\u200b11\ufeff1111\u20601111\u00ad1111",
        "4111*1111*1111*1111",
        "4111 | 1111 | 1111 | 1111",
        "4111, 1111, 1111, 1111",
        "4111   -   1111   -   1111   -   1111",
        "4111111111111111Exp 12/27",
        "4111111111111111exp12/27",
        "4111 1111 1111 1111CVV 123",
        "4111111111111111EUR",
        "4111 1111 1111 1111 04/27 3D secure",
    ],
)
def test_ways_of_writing(text: str) -> None:
    assert last4(text) == ["1111"]


def test_a_number_that_needs_a_word_has_it_in_the_sentence() -> None:
    assert last4("La carte de la commande est 6759649826438453") == ["8453"]
    assert last4("Paid by card, article 10, EAN 6759649826438453") == []
    assert last4("Voici ma commande : la carte est 6759649826438453") == ["8453"]


@pytest.mark.parametrize(
    "text",
    [
        "order 4111111111111111",
        "Bestellnummer: 4111111111111111",
        "commande n° 4111 1111 1111 1111",
        "pedido 4111111111111111",
        "ordine 4111111111111111",
        "encomenda 4111111111111111",
        "bestelling 4111111111111111",
        "order no. 371449635398431",
        "my key is 4111-1111-1111-1111",
        "Lizenzschlüssel 4111-1111-1111-1111",
        "tracking 4111111111111111",
        "transaction id 4111111111111111",
        "IBAN DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "FR14 2004 1010 0505 0001 3M02 606",
        "+49 4111 1111 1111 1111",
        "tel. 4111 1111 1111 1111",
        "IMEI 490154203237518",
        "SIRET 732 829 320 00074",
        "20261102100000 1234",
        "302-1234567-1234567",
        "GPA.4111-1111-1111-11111",
        "ABC4111111111111111",
        "41111111111111112222333",
        "https://shop.example/o/4111111111111111",
        "4111 1111 1111 1112",
        "1.4111111111111111",
        "0000 0000 0000 0000",
        "4111111111111111a",
        "12 digits: 411111111111",
        "Bestelnummer: 4111111111111111",
        "Ordernummer 4111111111111111",
        "Rechnungsnr. 4111111111111111",
        "Mandatsreferenz 4111111111111111",
        "Pedido nº 4111111111111111",
        "commande portant le numéro 4111111111111111",
        "bestelling met nummer 4111111111111111",
        "bestelnr. 4111111111111111",
        "My order number is 4111 1111 1111 1111",
        "I paid by card. Order no. 4111 1111 1111 1111",
        "I paid by Visa, order number: 4111111111111111",
        "Card: Visa\nOrder number: 4111111111111111",
        "Zahlung: Kreditkarte\nBestellnummer: 4111111111111111",
        "Bestellung mit der Nummer 4111111111111111",
        "Kundennummer lautet 4111 1111 1111 1111",
        "My licence key for the photo program is 4111-1111-1111-1111",
        "Der Lizenzschlüssel für mein Programm lautet 4111-1111-1111-1111",
        "gift card key 4111-1111-1111-1111",
        "FR76 4111 1111 1111 1111 1X22 123",
        "#4111111111111111",
        "Art.  Pcs  Price\n41,  11,  11,  11,  11,  11,  11,  11",
        "4111111111111111f00d",
    ],
)
def test_what_is_no_card_number(text: str) -> None:
    assert not card_numbers.find(text)


def test_two_cards_in_one_text() -> None:
    assert last4("4111 1111 1111 1111 5555 5555 5555 4444 and 378282246310005") == ["1111", "4444", "0005"]


@given(st.text(alphabet="0123456789 -.\ncard", max_size=200))
def test_spans_are_in_order_and_hold_the_digits(text: str) -> None:
    end = 0
    for one in card_numbers.find(text):
        assert end <= one.start < one.end
        digits = "".join(character for character in text[one.start : one.end] if character.isdigit())
        assert 12 <= len(digits) <= 19
        assert card_numbers.luhn(digits)
        end = one.end
