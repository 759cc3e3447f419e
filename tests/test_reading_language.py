"""The language of short, careless texts: with and without accents, in capitals, with typos, after a letter of ours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.language import OURS, detect

TEXTS: dict[str, str] = {
    "en": """
    lost my key | key lost | where is my download | refund please | please cancel my order | invoice please
    I paid twice | the link does not work | THE LINK IS BROKEN | i cant open the file | Thanks a million!
    can i get a discount | wrong edition | hi, still waiting for the serial | my card got refused again
    i dont want it anymore | is there a student price? | please stop the renewal | what is this charge
    new email address: anna@new.example | did you get my transfer? | I never received anything
    could u resend the licence | who can I talk to | delete my account please | wrong company name
    change the payment method | it doesnt instal on my laptop
    """,
    "fr": """
    cle perdue | clé perdue | facture svp | merci | Merci beaucoup | où est ma commande | OU EST MA COMMANDE
    je veux etre rembourse | annulez ma commande | le lien ne marche pas | lien mort | j'ai payé deux fois
    jai paye 2 fois | la clé ne fonctionne pas | bonjour, toujours rien reçu | ma carte a été refusée
    pas de renouvellement svp | c'est quoi ce débit | prix étudiant ? | le virement est parti ce matin
    je me suis trompée de version | mauvais nom sur la facture | nouvelle adresse mail | parler à quelqu'un
    supprimez mes données | impossible d'installer le logiciel | aidez moi | je n'en veux plus
    renvoyez moi le code
    """,
    "de": """
    schlüssel verloren | schluessel weg | rechnung bitte | Danke! | wo ist meine bestellung
    WO BLEIBT MEIN DOWNLOAD | ich möchte mein geld zurück | bitte stornieren | link geht nicht
    doppelt bezahlt | code falsch | noch nichts bekommen | karte abgelehnt | abo kündigen
    was ist das für eine abbuchung | studentenrabatt? | überweisung ist raus | falsche version gekauft
    firmenname stimmt nicht | neue mailadresse | will mit einem menschen sprechen | daten löschen
    lässt sich nicht installieren | brauche hilfe | nochmal schicken | hab den schlüsel verlegt | widerruf
    guten tag, wo bleibt er
    """,
    "es": """
    clave perdida | he perdido la clave | factura por favor | gracias | Muchas gracias | dónde está mi pedido
    DONDE ESTA MI PEDIDO | quiero mi dinero | cancelen el pedido | el enlace no funciona | pagué dos veces
    pague 2 veces | no me llega nada | tarjeta rechazada | no renovar | qué es este cargo
    precio para estudiantes? | ya hice la transferencia | me equivoqué de versión
    el nombre de la factura está mal | nuevo correo | quiero hablar con alguien | borren mis datos
    no se instala | necesito ayuda | mándenlo otra vez | ya no lo quiero | hola, sigo esperando
    """,
    "it": """
    chiave persa | ho perso la chiave | dove è la mia chiave | fattura per favore | grazie | Grazie mille
    DOVE E IL MIO ORDINE | voglio il rimborso | annullate l'ordine | il link non funziona | ho pagato due volte
    non mi arriva niente | carta rifiutata | niente rinnovo | cos'è questo addebito | sconto studenti?
    bonifico fatto | ho sbagliato versione | il nome in fattura è sbagliato | nuovo indirizzo mail
    vorrei parlare con qualcuno | cancellate i miei dati | non si installa | ho bisogno di aiuto
    rimandatemelo | non lo voglio più | ciao, sto aspettando | serve partita iva
    """,
    "pt": """
    chave perdida | perdi a chave | fatura por favor | obrigado | Muito obrigada | onde está a minha encomenda
    ONDE ESTA O MEU PEDIDO | quero o meu dinheiro | cancelem a encomenda | o link não funciona
    paguei duas vezes | nao recebi nada | cartão recusado | não renovar | que cobrança é esta
    desconto para estudantes? | já fiz a transferência | enganei-me na versão | o nome na fatura está errado
    novo endereço de e-mail | quero falar com alguém | apaguem os meus dados | não instala | preciso de ajuda
    enviem outra vez | já não quero | olá, continuo à espera | cadê minha nota fiscal
    """,
    "nl": """
    sleutel kwijt | sleutel verloren | factuur graag | bedankt | Dank u wel | waar blijft mijn bestelling
    WAAR IS MIJN DOWNLOAD | ik wil mijn geld terug | bestelling annuleren | link werkt niet | dubbel betaald
    twee keer betaald | niets ontvangen | kaart geweigerd | niet verlengen | wat is deze afschrijving
    studentenkorting? | geld is overgemaakt | verkeerde versie gekocht | naam op factuur klopt niet
    nieuw mailadres | ik wil iemand spreken | verwijder mijn gegevens | kan het niet installeren | hulp nodig
    stuur het nog een keer | hoeft niet meer | hallo, ik wacht nog steeds
    """,
}
CASES = [
    (code, text.strip())
    for code, texts in TEXTS.items()
    for line in texts.strip().split("\n")
    for text in line.split("|")
]

OTHERS = {
    "pl": ("Dzień dobry, zgubiłem klucz do programu", "Proszę o fakturę za zamówienie"),
    "sv": ("Hej, jag har tappat bort min nyckel och behöver en ny", "Var är min beställning?"),
    "da": ("Hej, jeg har mistet min nøgle og vil gerne have en ny", "Hvor er min ordre? Jeg har ikke fået noget"),
    "no": ("Hei, jeg har mistet nøkkelen og vil gjerne ha en ny, takk", "Hvor er pengene mine? Jeg vil ha dem nå"),
    "fi": ("Hei, avain on kadonnut, voitteko lähettää uuden, kiitos", "Missä minun tilaus on"),
    "cs": ("Dobrý den, ztratil jsem licenční klíč, prosím o nový", "Kde je moje objednávka? Prosím o fakturu"),
    "ro": ("Bună ziua, am pierdut cheia și aș dori una nouă", "Vă rog să anulați comanda mea"),
    "tr": (
        "Merhaba, lisans anahtarını kaybettim, yardım eder misiniz lütfen",
        "Siparişim nerede? Param iade edilsin lütfen",
    ),
    "hu": ("Jó napot kívánok, elvesztettem a kulcsot, kérem küldjék el újra", "Kérem a számlát, köszönöm"),
    "ca": ("Bon dia, he perdut la clau i en voldria una altra, gràcies", "Vull anul·lar la comanda si us plau"),
    "ru": ("Здравствуйте, я потерял ключ", "верните деньги"),
    "uk": ("Добрий день, я загубив ключ, надішліть його ще раз",),
    "el": ("Καλημέρα, έχασα το κλειδί μου",),
    "ja": ("ライセンスキーを紛失しました", "注文をキャンセルしてください"),
    "zh": ("我的订单在哪里", "请退款"),
    "ko": ("주문을 취소해 주세요",),
    "ar": ("أين طلبي من فضلك",),
    "he": ("איפה ההזמנה שלי",),
    "th": ("คำสั่งซื้อของฉันอยู่ที่ไหน",),
    "hi": ("मेरा ऑर्डर कहाँ है",),
}


@pytest.mark.parametrize(("code", "text"), CASES, ids=[text for _, text in CASES])
def test_short_text(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("code", OURS)
def test_enough_texts(code: str) -> None:
    assert len([1 for found, _ in CASES if found == code]) >= 25


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in OTHERS.items() for text in texts])
def test_other_language(code: str, text: str) -> None:
    assert detect(text) == code
    assert detect(text, hint="de") == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "OK!",
        "10023",
        "👍",
        "10023 / AB-1234",
        "anna@home.example",
        "https://shop.example/d/7f3a",
        "PayPal",
        "Anna Vogt",
    ],
)
@pytest.mark.parametrize("hint", ["", "fr", "nl"])
def test_what_says_nothing_keeps_the_hint(text: str, hint: str) -> None:
    assert detect(text, hint=hint) == hint


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("merci", "en", "en"),
        ("danke", "en", "en"),
        ("gracias", "pt", "pt"),
        ("obrigado", "es", "es"),
        ("thanks", "de", "de"),
        ("no", "es", "es"),
        ("no", "it", "it"),
        ("no", "en", "en"),
        ("si", "es", "es"),
        ("download link", "de", "de"),
        ("super, danke", "en", "en"),
        ("ok merci", "de", "de"),
        ("PayPal refund", "de", "de"),
        ("nein", "en", "en"),
        ("de acuerdo", "fr", "fr"),
        ("cancel", "en", "en"),
        ("mi pedido", "es", "es"),
        ("mi pedido", "en", "en"),
        ("Nordlicht Photo 6", "it", "it"),
        ("Photo 6 update", "fr", "fr"),
        ("ich brauche Hilfe", "en", "de"),
        ("bitte um Rechnung für order 10023", "en", "de"),
    ],
)
def test_hint(text: str, hint: str, code: str) -> None:
    assert detect(text, hint=hint) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Bonjour, my english is bad. J'ai perdu ma clé et je voudrais la recevoir à nouveau."),
        ("de", "Hello, ich habe den download link verloren. Please bitte nochmal schicken, danke."),
        ("en", "Hola! I only know that word. Could you please send me the invoice for my last order?"),
        ("nl", "Hi, ik kan het product niet downloaden, er staat 'link expired'. Kunt u een nieuwe link sturen?"),
        ("it", "Buongiorno, il software mi dice 'invalid license key'. Potete aiutarmi?"),
    ],
)
def test_mixed_text_is_in_the_language_of_most_of_it(code: str, text: str) -> None:
    assert detect(text) == code


def test_nonsense_is_none_of_ours() -> None:
    assert detect("Blorf zant quimble drosk venth aplo mirk tonsel bruv gart plim zoster wend krat flon") == "xx"


def test_long_text_costs_no_more_than_a_page() -> None:
    started = time.process_time()
    detect("où est ma commande ? " * 100_000)
    detect("a" * 2_000_000)
    assert time.process_time() - started < 0.1


@given(st.text(max_size=200), st.sampled_from(("", *OURS)))
def test_any_text_has_an_answer(text: str, hint: str) -> None:
    found = detect(text, hint=hint)
    assert found == hint or len(found) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ola, perdín a chave da licenza que merquei, poden enviarma outra vez? Moitas grazas", "gl"),
        ("Ek het my lisensiesleutel verloor, kan julle dit asseblief weer vir my stuur? Baie dankie", "af"),
        ("Moien, ech hunn mäin Schlëssel verluer, kënnt dir en nach eng Kéier schécken? Villmools merci", "lb"),
        ("Hola, he perdido la clave de la licencia que compré, ¿pueden enviármela otra vez? Muchas gracias", "es"),
        ("Ik heb mijn licentiesleutel verloren, kunnen jullie die alsjeblieft opnieuw sturen? Dank je wel", "nl"),
        ("Olá, perdi a chave da licença que comprei, podem enviar-ma outra vez? Muito obrigado", "pt"),
    ],
)
def test_neighbours_of_our_languages_are_told_apart(text: str, code: str) -> None:
    assert detect(text) == code
