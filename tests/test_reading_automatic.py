"""Machines are told from people: by their headers, by their reports, and by what they say in many languages."""

import pytest

from mailbot.model.mail import Automatic
from mailbot.reading.automatic import classify
from mailbot.reading.parse import parse

PERSON = "Hello, I lost my licence key for order 10023. Could you send it again, please? Thank you, Ann"


def kind(subject: str, text: str, *headers: str, sender: str = "Ann Bell <ann@example.org>") -> Automatic | None:
    lines = [f"From: {sender}", "To: orders@shop.example", f"Subject: {subject}", *headers, "", text]
    return classify(parse("\r\n".join(lines).encode()))[0]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Auto-Submitted: auto-replied", "auto_reply"),
        ("Auto-Submitted: auto-replied (vacation)", "auto_reply"),
        ("Auto-Submitted: AUTO-GENERATED; type=x", "auto_reply"),
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: No (really)", None),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "auto_reply"),
        ("X-Auto-Response-Suppress: All", "auto_reply"),
        ("X-Auto-Response-Suppress: RN, NRN", None),
        ("X-Autoreply: yes", "auto_reply"),
        ("X-Autorespond: hello", "auto_reply"),
        ("Precedence: auto_reply", "auto_reply"),
        ("Precedence: bulk", "list"),
        ("Precedence: list", "list"),
        ("Precedence: first-class", None),
        ("Return-Path: <>", "auto_reply"),
        ("Return-Path: <ann@example.org>", None),
        ("List-Id: News <news.example.org>", "list"),
        ("List-Unsubscribe: <mailto:u@example.org>", "list"),
        ("Mailing-List: list x@example.org", "list"),
        ("X-Failed-Recipients: bo@example.org", "bounce"),
        ("X-Priority: 1", None),
        ("Importance: high", None),
        ("Disposition-Notification-To: ann@example.org", None),
        ("X-Mailer: Auto Mail 3", None),
        ("Reply-To: noreply@example.org", None),
        ("X-Spam-Flag: YES", None),
        ("X-Loop: ann@example.org", None),
    ],
)
def test_headers(header: str, said: Automatic | None) -> None:
    assert kind("My key", PERSON, header) == said


AUTO_REPLIES = [
    ("Automatic reply: Your order 10023", "I am away this week."),
    ("Out of Office: Re: Your order", "Back on Monday."),
    ("Out of office AutoReply: Your order", "Back on Monday."),
    ("AUTO: Bell Ann is out of the office (returning 09/11/2026)", "x"),
    ("Ann Bell is on leave", "I am on annual leave until Friday."),
    ("[Auto-Reply] Your order", "x"),
    ("Abwesenheitsnotiz: Ihre Bestellung 10023", "Ich bin bis Freitag nicht im Haus."),
    ("Automatische Antwort: Ihre Bestellung", "x"),
    ("Abwesend: Ihre Bestellung", "x"),
    ("Ich bin im Urlaub bis 9.11.", "x"),
    ("Eingangsbestätigung Ihrer Anfrage", "x"),
    ("Réponse automatique : Votre commande", "x"),
    ("Absence du bureau", "x"),
    ("Je suis absente jusqu'au 9 novembre", "x"),
    ("Respuesta automática: Su pedido", "x"),
    ("Fuera de la oficina: Su pedido", "x"),
    ("Risposta automatica: Il Suo ordine", "x"),
    ("Fuori ufficio: Il Suo ordine", "x"),
    ("Resposta automática: A sua encomenda", "x"),
    ("Fora do escritório", "x"),
    ("Automatisch antwoord: Uw bestelling", "x"),
    ("Afwezig: Uw bestelling", "x"),
    ("Odpowiedź automatyczna: Zamówienie", "x"),
    ("Автоматический ответ: Заказ", "x"),
    ("Autosvar: Din ordre", "x"),
    ("Automatiskt svar: Din order", "x"),
    ("Automaattinen vastaus: Tilauksesi", "x"),
    ("Automatická odpověď: Objednávka", "x"),
    ("Automatikus válasz: Rendelés", "x"),
    ("Otomatik Yanıt: Siparişiniz", "x"),
    ("Αυτόματη απάντηση: Παραγγελία", "x"),
    ("自動返信: ご注文", "x"),
    ("自动回复：您的订单", "x"),
    ("자동 회신: 주문", "x"),
    ("Re: Your order (out of office)", "I am on holiday."),
    ("Your order", "I am out of the office until Monday. For urgent matters please contact Bo. This is an automatic reply."),
    ("Your order", "I am currently on parental leave. I will answer your message when I return."),
    ("Ihre Bestellung", "Ich bin bis zum 9. November nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Frau Berg."),
    ("Votre commande", "Je suis actuellement absente. En cas d'urgence, contactez mon collègue."),
    ("Su pedido", "Estoy de vacaciones. Responderé a mi regreso; en caso de urgencia llame a la oficina."),
    ("Il Suo ordine", "Sono assente per ferie. Leggerò il messaggio al mio rientro."),
    ("A sua encomenda", "Estou ausente. Em caso de urgência contacte a receção."),
    ("Uw bestelling", "Ik ben momenteel niet op kantoor. Bij dringende zaken kunt u contact opnemen met mijn collega."),
    ("Re: invoice 77", "Thank you for contacting Example Ltd. Your request has been received and will be answered within 2 days."),
    ("[#4711] Invoice", "We have received your message and will get back to you as soon as possible. Ticket number: 4711."),
    ("Rechnung", "Vielen Dank für Ihre Nachricht. Wir melden uns schnellstmöglich. Diese E-Mail wurde automatisch erstellt."),
    ("Facture", "Nous avons bien reçu votre demande et vous répondrons dans les meilleurs délais."),
    ("Nuevo fax", "You have received a new fax from +1 202 555 0100."),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), AUTO_REPLIES)
def test_auto_replies_without_any_header(subject: str, text: str) -> None:
    assert kind(subject, text) == "auto_reply"


BOUNCES = [
    ("Undeliverable: Your order", "Your message could not be delivered to bo@example.net."),
    ("Returned mail: see transcript", "550 5.1.1 <bo@example.net>... User unknown"),
    ("Mail delivery failed", "bo@example.net: mailbox is full"),
    ("Delivery has failed to these recipients", "The following recipient was not reached: bo@example.net"),
    ("failure notice", "<bo@example.net>: no such user here"),
    ("Delayed mail", "Delivery to bo@example.net has been delayed; delivery will continue to be tried."),
    ("Unzustellbar: Ihre Bestellung", "Die Nachricht konnte nicht zugestellt werden. Empfänger unbekannt: bo@example.net"),
    ("Nicht zustellbar", "Das Postfach des Empfängers ist voll: 552 5.2.2"),
    ("Non remis : Votre commande", "Votre message n'a pas pu être remis à bo@example.net."),
    ("Échec de la remise", "L'adresse du destinataire bo@example.net est introuvable."),
    ("No se puede entregar: Su pedido", "El mensaje no se ha podido entregar a bo@example.net."),
    ("Mancato recapito: ordine", "Non è stato possibile consegnare il messaggio a bo@example.net."),
    ("Não é possível entregar: encomenda", "A mensagem não pôde ser entregue a bo@example.net."),
    ("Onbestelbaar: Uw bestelling", "Het bericht kon niet worden bezorgd bij bo@example.net."),
    ("Nie można dostarczyć wiadomości", "Wiadomości nie udało się dostarczyć do bo@example.net."),
    ("Недоставленное сообщение", "Пользователь bo@example.net не найден."),
    ("配信エラー", "宛先が見つかりませんでした: bo@example.net"),
]


@pytest.mark.parametrize(("subject", "text"), BOUNCES)
def test_bounces_without_any_header(subject: str, text: str) -> None:
    assert kind(subject, text) == "bounce"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "said"),
    [
        ("MAILER-DAEMON@mx.example.net", "hello", "x", "bounce"),
        ("Mail Delivery Subsystem <mailer-daemon@mx.example.net>", "", "", "bounce"),
        ("postmaster@example.net", "Delivery report", "550 5.7.1 rejected", "bounce"),
        ("System Administrator <admin@example.net>", "Your mail", "was not delivered to bo@example.net", "bounce"),
        ("Paul Postmaster <postmaster@example.net>", "Our key", PERSON, None),
        ("admin@example.net", "Our key", PERSON, None),
        ("info@example.net", "Our key", PERSON, None),
        ("root@example.net", "Our key", PERSON, None),
    ],
)
def test_who_sends(sender: str, subject: str, text: str, said: Automatic | None) -> None:
    assert kind(subject, text, sender=sender) == said


def report(report_type: str, part: str) -> str:
    head = f"From: x@example.net\r\nTo: orders@shop.example\r\nSubject: Report\r\n{report_type}\r\n\r\n"
    return head + f"--r\r\nContent-Type: text/plain\r\n\r\nIt is all below.\r\n--r\r\n{part}\r\n--r--\r\n"


REPORT = "Content-Type: multipart/report; boundary=r; report-type="


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (report(REPORT + "delivery-status", "Content-Type: message/delivery-status\r\n\r\n\r\nAction: failed\r\n"), "bounce"),
        (report(REPORT + "delivery-status", "Content-Type: message/delivery-status\r\n\r\nA: b\r\n\r\nAction: delivered\r\n"), "report"),
        (report(REPORT + "disposition-notification", "Content-Type: message/disposition-notification\r\n\r\n"), "report"),
        (report(REPORT + "feedback-report", "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"), "report"),
        (report(REPORT + "tlsrpt", "Content-Type: application/tlsrpt+gzip\r\n\r\nx"), "report"),
        (report("Content-Type: multipart/mixed; boundary=r", "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"), "bounce"),
        (report("Content-Type: multipart/mixed; boundary=r",
                'Content-Type: application/gzip; name="a.example!shop.example!1761955200!1762041599.xml.gz"\r\n\r\nx'), "report"),
        (report("Content-Type: multipart/mixed; boundary=r", "Content-Type: application/pdf; name=x.pdf\r\n\r\nx"), None),
    ],
)  # fmt: skip
def test_reports(raw: str, said: Automatic | None) -> None:
    assert classify(parse(raw.encode()))[0] == said


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("Report domain: shop.example Submitter: a.example Report-ID: 7", "", "report"),
        ("Gelesen: Ihre Bestellung", "Ihre Nachricht an Bo wurde am Montag gelesen.", "report"),
        ("Lu : Votre commande", "Votre message a été lu le 2 novembre.", "report"),
        ("Read: Your order", "Your message was read on Monday.", "report"),
        ("Read: this please", "I want my money back", None),
    ],
)
def test_receipts(subject: str, text: str, said: Automatic | None) -> None:
    assert kind(subject, text) == said


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Please confirm your message", "My mailbox is protected by a spam filter using challenge. "
         "Click https://f.example/1 to verify that you are a person and your mail will be delivered."),
        ("Your mail requires verification", "To have your address added to the list of allowed senders, visit https://f.example/1"),
        ("Re: Your order", "This is an automated message. Please prove that you are human: https://f.example/1"),
    ],
)  # fmt: skip
def test_challenges(subject: str, text: str) -> None:
    assert kind(subject, text) == "challenge"


PEOPLE = [
    ("Re: Automatic reply: Your order", "You wrote that you are away. When can I have my key?"),
    ("AW: Abwesenheitsnotiz", "Danke. Bitte stornieren Sie meine Bestellung."),
    ("Fwd: Undelivered Mail Returned to Sender", "I got this when I wrote to your support. What now?"),
    ("Undelivered order", "My parcel was not delivered, where is it?"),
    ("Delivery failed", "The courier could not find my address. Please send the CD again."),
    ("Non livré", "Bonjour, mon colis n'est toujours pas arrivé. Merci de me rembourser."),
    ("Lieferung fehlgeschlagen", "Guten Tag, mein Paket ist nicht angekommen."),
    ("Absence de facture", "Bonjour, je n'ai pas reçu ma facture. Pouvez-vous me l'envoyer ?"),
    ("Urlaub und Lizenz", "Ich bin ab morgen im Urlaub und brauche den Schlüssel heute noch!"),
    ("Ausencia de clave", "No he recibido la clave de mi pedido."),
    ("My key", "I am on vacation until Monday and cannot open the program on my laptop. Can you send the key here?"),
    ("Cancel", "I will be out of the office next week, so please cancel my order today."),
    ("My ticket", "I have received your message but the link does not work. Ticket number 4711."),
    ("Question", "Thank you for your message. As soon as possible I need an invoice with my VAT number. Can you help?"),
    ("Automatic renewal", "Please switch off the automatic renewal of my subscription."),
    ("Automatische Verlängerung", "Bitte beenden Sie die automatische Verlängerung."),
    ("Confirmation", "Please confirm that my refund is on its way."),
    ("Account protected?", "My account is protected by a password that I forgot. Can I click somewhere to verify who I am?"),
    ("Mailbox full", "My mailbox was full last week, so your letter did not reach me. Please send it again."),
    ("Vacation planner 3", "Where is my licence for Vacation Planner?"),
    ("Read: the manual", "I did and it still does not start."),
    ("", "hi"),
]


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_people_are_never_taken_for_machines(subject: str, text: str) -> None:
    assert kind(subject, text) is None


def test_quoted_machine_text_does_not_count() -> None:
    text = "Please resend my key.\r\n\r\n> This is an automated message, please do not reply to this e-mail.\r\n> Ticket number: 1"
    assert kind("Re: Your order", text) is None


def test_a_list_of_our_own_says_nothing_of_the_writer() -> None:
    raw = f"From: ann@example.org\r\nSubject: key\r\nList-Id: <orders.shop.example>\r\nPrecedence: list\r\n\r\n{PERSON}"
    mail = parse(raw.encode())
    assert classify(mail)[0] == "list"
    assert classify(mail, own={"orders@shop.example"})[0] is None
