"""Order numbers: found by the words and signs around them, in seven languages, and by the shop's own shape."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.facts import extract

SUNDAY = date(2026, 11, 22)

ORDERS = [
    ("#10023", "10023"),
    ("please cancel order 10023, thanks", "10023"),
    ("Order no.: 10023", "10023"),
    ("order number is #10023.", "10023"),
    ("Order-ID 8877", "8877"),
    ("order #12", "12"),
    ("my order from Monday (10023) never came", "10023"),
    ("10023 is my order number", "10023"),
    ("10023 (order number)", "10023"),
    ("orders 10022, 10023 and 10024", "10022 10023 10024"),
    ("order #10552 twice by mistake, 10551 is the one to keep", "10552 10551"),
    ("ORDER 10023", "10023"),
    ("Order: A-10023-X", "A-10023-X"),
    ("order XX-0000", "XX-0000"),
    ("order r-2026-0815", "R-2026-0815"),
    ("it is about R-2026-0815", "R-2026-0815"),
    ("order 10023.Thanks", "10023"),
    ("order number:\n10023", "10023"),
    ("payment reference 10960", "10960"),
    ("Order Confirmation 778812 - where is it?", "778812"),
    ("your product (order ref: SW-009812)", "SW-009812"),
    ("ORDER NO 000123", "000123"),
    ("order id 3310", "3310"),
    ("invoice INV-2026-0042 for order SO-2026-0042", "SO-2026-0042"),
    ("The transaction ID is 8XK29931LL440123 and the order is 20231", "20231"),
    ("My phone is 555-123-4567, order 20231", "20231"),
    ("Order 10023 EUR 49.90", "10023"),
    ("10023", "10023"),
    ("annuler ma commande n° 10442 d'hier", "10442"),
    ("commande numéro 10442", "10442"),
    ("Commande N°10442", "10442"),
    ("la commande portant le numéro 10442", "10442"),
    ("facture n°F2026-118 de la commande n°55120", "55120"),
    ("commande passée le 2 novembre à 14h30, réf. 55120", "55120"),
    ("les commandes 10442 et 10443", "10442 10443"),
    ("Bestellung Nr. 10788", "10788"),
    ("Bestellnr.:10788", "10788"),
    ("Meine Bestellnummer lautet 10788", "10788"),
    ("Bestell-Nr. 10788", "10788"),
    ("Auftrag 55012", "55012"),
    ("Rechnungsnr. 2026-4455, Kundennr. 88213, Bestellnr. 100455", "100455"),
    ("Bestellung 100455/100456", "100455 100456"),
    ("am Donnerstag überwiesen (Auftragsnr. AB-4711)", "AB-4711"),
    ("Bestellung 2026/0913", "2026/0913"),
    ("die Bestellung mit der Nummer 10788", "10788"),
    ("Verwendungszweck: 10788", "10788"),
    ("el pedido 10631", "10631"),
    ("pedido nº 10631", "10631"),
    ("mi número de pedido es el 10631", "10631"),
    ("Lo hice en 2024, creo que con el número 40077", "40077"),
    ("Nº de pedido: 44871", "44871"),
    ("el #MX-20044", "MX-20044"),
    ("Del pedido 10702 sí; el 10703 anúlenlo", "10702 10703"),
    ("los pedidos 10631 y 10632", "10631 10632"),
    ("l'ordine n. 10518", "10518"),
    ("ordine IT/2026/331", "IT/2026/331"),
    ("il numero d'ordine è 10518", "10518"),
    ("gli ordini 10518 e 10519", "10518 10519"),
    ("a encomenda PT-30412", "PT-30412"),
    ("pedido 98-4471", "98-4471"),
    ("o número do pedido é 10873", "10873"),
    ("bestelling 10934", "10934"),
    ("bestelnummer 10934", "10934"),
    ("order met nummer 10934", "10934"),
    ("bestellingen 10934 en 10935", "10934 10935"),
    ("bestelling #NL55120 van vrijdag", "NL55120"),
    ("Bestelling 10966 mag weg. Bij 10965 wil ik", "10966 10965"),
    ("onder vermelding van 10960", "10960"),
]


@pytest.mark.parametrize(("text", "numbers"), ORDERS)
def test_an_order_number_is_found(text: str, numbers: str) -> None:
    assert extract(text, today=SUNDAY).orders == tuple(numbers.split())


NO_ORDERS = [
    "order 3 licences",
    "we want to order 250 licences",
    "my order of 03/11/2026",
    "my order from 2024",
    "order 2024",
    "the order of 49.90 €",
    "order EUR 129",
    "invoice R-2026-0815",
    "invoice no. 20114",
    "Rechnung Nr. 20114",
    "facture n° 20114",
    "factuurnummer 20114",
    "customer number 55555",
    "Kundennummer 55555",
    "the bill #00417 again",
    "account no 00921",
    "call me about the order: +49 171 2345678",
    "about my order, tel. 030 1234567",
    "commande annulée, tél. 06 12 34 56 78",
    "order payment to DE02 1203 0000 0000 2020 51",
    "order paid with the card ending in 4242",
    "order: 4111111111111111",
    "my order, card 4111 1111 1111 1111",
    "purchase order 4500012345",
    "error 1603 after the order",
    "error 0x80070005",
    "Windows 11 and version 12.1.3",
    "key ABCDE-12345-FGHIJ-67890",
    "numéro de série 12345678",
    "Meine Bestellung\nJana Muster\n24103 Kiel",
    "my order\n10115 Berlin",
    "order at 10:30",
    "20 % off my order",
    "see https://shop.example/order/10023",
    "order form mailed to a10023@mail.example",
    "order VAT DE136695976",
    "",
    "order to 12 Main Street, Springfield, IL 62704",
    "customer id 99120 wants to order",
    "version 10.4.22 of my order",
    "commande\n12 rue de la Paix\n75002 Paris",
    "commande urgente, Tél : 01.44.55.66.77",
    "Bestellung, Postfach 12345",
]


@pytest.mark.parametrize("text", NO_ORDERS)
def test_another_number_is_no_order(text: str) -> None:
    assert extract(text, today=SUNDAY).orders == ()


KNOWN = [
    ("10023", "please cancel 10024 now", "10024"),
    ("10023", "paid 10024 and 2026", "10024"),
    ("10023", "order 100234", "100234"),
    ("10023", "100234 came", ""),
    ("10023", "Jana Muster\n24103 Kiel", ""),
    ("10023", "call 10024", ""),
    ("10023", "invoice 10024", ""),
    ("10023", "EUR 10024", ""),
    ("1001", "it is 1002", "1002"),
    ("1001", "since 2024", ""),
    ("1001", "order 2024", "2024"),
    ("R-2026-0815", "r-2026-0816 please", "R-2026-0816"),
    ("R-2026-0815", "it is 10023", ""),
    ("R-2026-0815", "R-2026-0815", "R-2026-0815"),
    ("R-2026-0815", "my R2026-0815", "R-2026-0815"),
    ("R-2026-0815", "my r 2026 0815", "R-2026-0815"),
    ("X7K2P9", "about q4m8z1", "Q4M8Z1"),
    ("wc-ab12", "my WC-AB12", "wc-ab12"),
    ("2026-11-03", "order 2026-11-03", "2026-11-03"),
    ("77120-B", "77121-c is a double", "77121-C"),
    ("12.345.678", "my 12.345.679", "12.345.679"),
    ("#1001", "#1002", "1002"),
]


@pytest.mark.parametrize(("known", "text", "numbers"), KNOWN)
def test_the_shops_own_shape_is_found_without_a_word(known: str, text: str, numbers: str) -> None:
    assert extract(text, today=SUNDAY, known_orders=[known]).orders == tuple(numbers.split())


def test_a_shape_may_be_written_down() -> None:
    assert extract("is KX-77 on its way", number_shapes=["KX-##"]).orders == ("KX-77",)
    assert extract("is KX-77 on its way").orders == ()


def test_a_number_in_the_subject_counts() -> None:
    assert extract("where is it?", subject="Re: Order 10023").orders == ("10023",)
    assert extract("where is it?", subject="Order 10023", known_orders=["10001"]).orders == ("10023",)


_ASKED = st.sampled_from(
    [
        "order {}",
        "ma commande n° {} svp",
        "Bestellung Nr. {}",
        "el pedido {}",
        "ordine n. {}",
        "a encomenda {}",
        "bestelling {}",
    ]
)
_ANOTHER = ("TEL", "FAX", "GSM", "KVK", "HRB", "CPF", "CNPJ", "IBAN", "CELL")  # behind these no order is meant
_NUMBER = (
    st.from_regex(r"[0-9]{5,12}", fullmatch=True)
    | st.from_regex(r"[A-Z]{1,4}-[0-9]{3,7}", fullmatch=True)
    | st.from_regex(r"[A-Z]{1,3}[-/]20[0-9]{2}[-/][0-9]{3,5}", fullmatch=True)
).filter(lambda number: not number.startswith(_ANOTHER))


@given(_ASKED, _NUMBER)
def test_any_number_behind_the_word_for_order_is_found(sentence: str, number: str) -> None:
    assert extract(sentence.format(number), today=SUNDAY).orders == (number,)


@given(st.integers(1_000_000, 9_999_998), st.sampled_from(["{}", "W-{}", "{}-X", "SO/{}"]))
def test_any_neighbour_of_a_known_number_is_found_by_itself(number: int, form: str) -> None:
    known, other = form.format(number), form.format(number + 1)
    assert extract(f"hello, {other} is late", today=SUNDAY, known_orders=[known]).orders == (other,)


@given(
    st.dates(date(1990, 1, 1), date(2039, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y"]),
)
def test_no_date_is_an_order(day: date, form: str) -> None:
    assert extract(f"Meine Bestellung vom {day.strftime(form)}", language="de", today=SUNDAY).orders == ()


@given(
    st.integers(100, 99_999_999),
    st.sampled_from(["order of {} €", "order EUR {}", "order: {} dollars", "order at ${}"]),
)
def test_no_amount_is_an_order(amount: int, sentence: str) -> None:
    assert extract(sentence.format(amount), today=SUNDAY).orders == ()
