"""What people write is never cut away silently: it stays, or the mail is doubtful and the second version has it."""

import pytest

from mailbot.reading.quotes import Cut, new_text

KEY = "I lost the key."
SHOP = "Example Shop<orders@shop.example>"


def folded(text: str) -> str:
    return " ".join(text.split())


NO_BANNERS = (
    "ATTENTION!!! I have written to you often and nobody answers. Cancel order 10023 now.",
    "WARNING: external drive not found when I start the program.",
    "Caution: outside of the EU your link does not open.", "Achtung: Ich habe oft geschrieben, und nichts geschieht.",
    "Achtung, der Schlüssel funktioniert oft nicht.", "Vorsicht, auf der externen Festplatte läuft es nicht.",
    "Attention, je vous ai souvent écrit et vous ne répondez pas.",
    "Attention : le disque externe n'est pas reconnu par le logiciel.",
    "Attenzione: il programma si blocca spesso.", "Attenzione, il disco esterno non viene trovato.",
    "Atención: el programa falla en un disco externo.", "Atenção: o programa falha num disco externo.",
    "Let op: ik betaal vaak te laat.", "Let op, de externe schijf werkt niet.",
    "You don't often get complaints like mine, I suppose.", "Vous ne recevez pas souvent de clients aussi patients.",
    "Attention: this mail is from my external office, the old address is gone.",
    "[EXTERNAL] Please cancel order 10023.", "Warning: external mail program cannot open the key.",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_BANNERS)
@pytest.mark.parametrize("more", ["", "\n\nStornieren? Nein. Schlüssel schicken."], ids=["alone", "more"])
def test_a_warning_that_a_person_writes_is_text(text: str, more: str) -> None:
    assert new_text(text + more) == Cut(text + more)


BANNERS = (
    "ATTENTION : cet e-mail provient de l'extérieur de l'organisation. Ne cliquez sur aucun lien.",
    "ATTENTION: Ce courriel provient d'un expéditeur externe. N'ouvrez pas les pièces jointes.",
    ("CAUTION: This email originated from outside of the organization. Do not click links or open\n"
     "attachments unless you recognize the sender and know the content is safe."),
    "EXTERNAL SENDER: be careful with links.", "*** External email ***",
    "Warning: This message is from an external sender.",
    "Achtung: Diese E-Mail stammt von einem externen Absender. Öffnen Sie keine Anhänge.",
    "Vorsicht! Externer Absender.", "Achtung: Diese Nachricht wurde von außerhalb der Organisation gesendet.",
    "ATENCIÓN: Este correo se originó fuera de la organización.", "Atención: remitente externo.",
    "ATTENZIONE: Questa e-mail proviene dall'esterno dell'organizzazione.", "Attenzione: mittente esterno",
    "ATENÇÃO: Este e-mail foi enviado de fora da organização.", "LET OP: Deze e-mail komt van buiten de organisatie.",
    "You don't often get email from anna@home.example. Learn why this is important",
    "Some people who received this message don't often get email from anna@home.example. Learn why this is important",
    "Sie erhalten nicht oft eine E-Mail von anna@home.example. Erfahren Sie, warum dies wichtig ist",
    "Vous ne recevez pas souvent de courriers de la part de anna@home.example. Découvrez pourquoi cela est important",
    "No suele recibir correo electrónico de anna@home.example. Por qué es esto importante",
    "Non si ricevono spesso messaggi di posta elettronica da anna@home.example. Scopri perché è importante",
    "Não costuma receber e-mails de anna@home.example. Saiba por que motivo isto é importante",
    "U ontvangt niet vaak e-mail van anna@home.example. Meer informatie over waarom dit belangrijk is",
)  # fmt: skip


@pytest.mark.parametrize("banner", BANNERS)
def test_the_warning_of_a_server_is_cut(banner: str) -> None:
    cut = new_text(f"{banner}\n\n{KEY}\n")
    assert cut.text == KEY
    assert not cut.doubtful


def test_a_warning_is_not_cut_when_nothing_else_is_there() -> None:
    assert new_text(BANNERS[0]) == Cut(BANNERS[0])


def test_what_stands_right_under_a_warning_stays_or_is_doubtful() -> None:
    assert new_text("CAUTION: External email.\nPlease cancel order 10023.\n\nAnna").text.startswith("Please cancel")
    cut = new_text("CAUTION: External email. Please cancel order 10023.\n\nThe key is lost.")
    assert "cancel" in cut.text or (cut.doubtful and "cancel" in cut.other)


NO_NOTICES = (
    ("This message was sent to me by mistake. I am not the recipient of this order and never authorised it, please "
     "delete my address."),
    ("Diese E-Mail habe ich irrtümlich erhalten. Ich bin nicht der Empfänger dieser Bestellung, löschen Sie meine "
     "Adresse, die Weitergabe war nicht gestattet."),
    ("J'ai reçu ce message par erreur. Je ne suis pas le destinataire de cette commande, je n'ai pas autorisé cela, "
     "supprimez mon adresse."),
    ("He recibido este mensaje por error. No soy el destinatario de este pedido y no autorizo el uso, eliminen mi "
     "dirección, está prohibido."),
    ("Ho ricevuto questo messaggio per errore. Non sono il destinatario di questo ordine, non autorizzo niente, "
     "vi prego di cancellare il mio indirizzo."),
    ("Recebi esta mensagem por engano. Não sou o destinatário desta encomenda, que não foi autorizada, apaguem o meu "
     "endereço."),
    ("Ik heb dit bericht per vergissing ontvangen. Ik ben niet de ontvanger van deze bestelling, verwijder mijn adres, "
     "het is verboden."),
)  # fmt: skip
LEGAL = (
    "This e-mail is confidential and intended solely for the addressee. If you are not the intended recipient, any "
    "disclosure is prohibited and you must delete it."
)


@pytest.mark.parametrize("text", NO_NOTICES)
def test_a_stranger_who_got_our_mail_is_heard(text: str) -> None:
    assert new_text(text) == Cut(text)
    assert new_text(f"Hello,\n\n{text}") == Cut(f"Hello,\n\n{text}")


def test_a_notice_above_the_message_hides_nothing() -> None:
    cut = new_text(f"{LEGAL}\n\nPlease cancel order 10023.")
    assert "Please cancel order 10023." in cut.text


def test_what_is_typed_under_a_notice_is_doubtful() -> None:
    cut = new_text(f"{KEY}\n\n{LEGAL}\n\nI forgot: please cancel the other order too.")
    assert (cut.text, cut.doubtful) == (KEY, True)
    assert "cancel the other order" in cut.other


def test_a_notice_in_two_languages_is_sure() -> None:
    german = "Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt. Jede Weitergabe ist untersagt."
    assert new_text(f"{KEY}\n\n{LEGAL}\n\n{german}") == Cut(KEY)


@pytest.mark.parametrize(
    "line",
    [
        "Before printing I need the invoice corrected.", "Avant d'imprimer, je voudrais corriger la facture.",
        "Prima di stampare vorrei la fattura.", "Antes de imprimir necesito la factura.",
    ],
)  # fmt: skip
def test_who_speaks_of_printing_is_heard(line: str) -> None:
    assert new_text(f"Hello,\n\n{line}\n\nAnna") == Cut(f"Hello,\n\n{line}\n\nAnna")


BOILERPLATE = (
    "We process personal data as explained in our privacy notice. You have the right to delete your data.",
    "Informationen zum Datenschutz finden Sie auf unserer Webseite.", "Wir verarbeiten Ihre Daten gemäß DSGVO.",
    "Vos données personnelles sont traitées conformément au RGPD. Vous pouvez demander leur suppression.",
    "En cumplimiento del RGPD sus datos personales son tratados por Ruiz SL. Puede ejercer su derecho de supresión.",
    "Se avete ricevuto questo messaggio per errore vi preghiamo di cancellarlo.",
    "Esta mensagem é confidencial. Se a recebeu por engano, agradecemos que nos informe e a elimine.",
    "Wij verwerken uw persoonsgegevens volgens onze privacyverklaring. U kunt om verwijdering vragen.",
)  # fmt: skip


@pytest.mark.parametrize("text", BOILERPLATE)
def test_what_a_firm_says_of_data_under_its_name_is_cut(text: str) -> None:
    assert new_text(f"{KEY}\n\nRegards\nAnna Bell\n\n{text}\n") == Cut(KEY)


@pytest.mark.parametrize(
    "text",
    [
        "Please delete all personal data.", "Bitte alle personenbezogenen Daten gemäß DSGVO löschen.",
        "Supprimez les données personnelles conformément au RGPD.", "Borren los datos personales según el RGPD.",
        "Cancellate i dati personali ai sensi del GDPR, per favore.", "Apaguem os dados pessoais, por favor.",
        "Verwijder de persoonsgegevens volgens de AVG.",
    ],
)  # fmt: skip
def test_who_asks_for_deletion_under_the_name_is_heard(text: str) -> None:
    cut = new_text(f"{KEY}\n\nRegards\nAnna Bell\n\n{text}\n")
    assert text in cut.text or (cut.doubtful and text in cut.other)


UNDER_A_NAME = (
    ("Viele Grüße\nAnna Kunde", "Bitte stornieren Sie die Bestellung."),
    ("LG Anna", "Bitte Rechnung an Firma schicken"), ("LG Anna", "Bitte schicken Sie mir den Schlüssel per Mail."),
    ("MfG\nAnna Kunde", "Meine Rechnung fehlt auch."), ("Gruß Anna", "Die Bestellung bitte stornieren"),
    ("Bonne journée", "Annulez svp"), ("Cordialement\nAnna", "Annulez la commande."),
    ("Cordialement\nAnna", "Ma facture est fausse."), ("Regards\nAnna", "Please Cancel Order"),
    ("Best regards\nAnna Bell", "Cancel it please"), ("Thanks\nKind regards\nAnna", "My email is wrong too."),
    ("Saludos\nAna", "Cancele el pedido, por favor."), ("Un saludo\nAna", "Quiero la factura."),
    ("Cordiali saluti\nAnna", "Annullate l'ordine per favore."), ("Saluti\nAnna", "Vorrei la fattura."),
    ("Cumprimentos\nAna", "Cancelem a encomenda por favor."), ("Abraço\nAna", "Quero a fatura."),
    ("Groeten\nAnna", "Annuleer de bestelling graag."), ("Mvg\nAnna", "Ik wil de factuur."),
)  # fmt: skip


@pytest.mark.parametrize(("closing", "said"), UNDER_A_NAME)
def test_a_sentence_under_the_name_stays(closing: str, said: str) -> None:
    assert folded(new_text(f"Hello,\n\nthe key is lost.\n\n{closing}\n\n{said}\n").text).endswith(said)


@pytest.mark.parametrize(("closing", "said"), UNDER_A_NAME)
def test_a_sentence_right_under_the_name_is_not_lost(closing: str, said: str) -> None:
    cut = new_text(f"Hello,\n\nthe key is lost.\n\n{closing}\n{said}\n")
    assert said in cut.text or (cut.doubtful and said in cut.other)


@pytest.mark.parametrize(
    "said",
    ["Stornierung", "Rechnung fehlt noch", "Storno Bestellung", "manque la facture", "Bitte anrufen: 0431 123456"],
)
def test_what_is_no_name_under_a_name_is_doubtful(said: str) -> None:
    cut = new_text(f"Hello,\n\nthe key is lost.\n\nRegards\nAnna Bell\n\n{said}\n")
    assert said in cut.text or (cut.doubtful and said in cut.other)


CARDS = (
    "Regards\nanna bell",
    "Kind regards\nAnna Bell\nHead of Sales and Marketing\nBell & Sons Ltd\n12 Mill Lane\nYork YO1 7AA",
    ("Mit freundlichen Grüßen\nAnna Vogt\nGeschäftsführerin der Vogt GmbH\nAm Markt 3\n24103 Kiel\nTel. 0431 123456\n"
     "Amtsgericht Kiel HRB 1234"), "Cordialement,\nAnna Morel\nGérante\n12 rue de la Paix\n75002 Paris",
    "Saludos\nAna Ruiz\nDirectora de Ventas\nCalle de la Luna 3\n28004 Madrid",
    "Distinti saluti\nAnna Riva\nVia dei Mille 3\n20100 Milano",
    "Cumprimentos\nAna Sousa\nRua das Flores 3\n4050 Porto",
    "Met vriendelijke groet\nAnna de Wit\nKerkstraat 3\n1017 GA Amsterdam",
)  # fmt: skip


@pytest.mark.parametrize("card", CARDS)
def test_a_visiting_card_is_cut_for_sure(card: str) -> None:
    assert new_text(f"{KEY}\n\n{card}\n") == Cut(KEY)


FORMS = (
    ("Widerruf\n\nAn: Example Shop\nVon: Anna Kunde\nDatum: 03.11.2026\nBetreff: Widerruf Bestellung 10023\n\n"
     "Doch nicht widerrufen, ich will nur die Rechnung."),
    ("Voici mes coordonnées :\nDe : Anna Kunde\nDate : 3 novembre 2026\nObjet : remboursement\n\n"
     "Je demande le remboursement."),
    "Hello\n\nFrom: Anna Bell\nDate: 3 November 2026\nSubject: withdrawal\n\nI withdraw from the contract.",
    "Hola\n\nDe: Ana Ruiz\nPara: Tienda\nFecha: 3/11/2026\nAsunto: factura\n\nQuiero la factura.",
    "Goedendag\n\nVan: Anna de Wit\nAan: de winkel\nOnderwerp: factuur\n\nIk wil de factuur.",
    "Buongiorno\n\nDa: Anna Riva\nE-mail: anna@home.example\nData: 3/11/2026\nOggetto: fattura\n\nVorrei la fattura.",
    "De : Anna Kunde\nDate : lundi\nObjet : facture\n\nJe veux la facture.",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_the_head_of_ones_own_form_hides_nothing(text: str) -> None:
    cut = new_text(text)
    last = text.rpartition("\n")[2]
    assert last in cut.text or (cut.doubtful and last in cut.other)


@pytest.mark.parametrize("at", [0, 1, 6])
def test_a_form_that_no_program_writes_stays_whole(at: int) -> None:
    assert new_text(FORMS[at]) == Cut(FORMS[at])


def test_a_block_with_a_clock_time_is_quoted() -> None:
    block = "Von: Example Shop\nGesendet: Montag, 2. November 2026 10:00\nAn: Anna\nBetreff: Bestellung\n\nGuten Tag"
    assert new_text(f"{KEY}\n\n{block}") == Cut(KEY)


NO_FOOTERS = (
    "Sent by mail two weeks ago", "Sent by mail", "Yahoo Mail does not show me the attachment.",
    "Yahoo mail ne montre pas la facture", "Diese Mail wurde schon dreimal geschickt",
    "Diese E-Mail wurde mir nie beantwortet", "Diese Nachricht wurde per Mail und Post verschickt",
    "Envoyé par mail la semaine dernière", "Envoyé par courrier", "Enviado por correo la semana pasada",
    "Enviado por correo", "Inviato tramite posta", "Inviato da Roma tre settimane fa", "Enviado por mail há dias",
    "Verzonden door mij per mail", "Verzonden met de post vorige week",
    "Sent from the phone of a friend yesterday night",
    "Von meinem Handy aus geht der Link nicht", "Sent from Berlin to your office by phone order",
)  # fmt: skip


@pytest.mark.parametrize("line", NO_FOOTERS)
def test_a_sentence_is_no_footer(line: str) -> None:
    text = f"I paid by check.\n\n{line}\n\nPlease confirm it to me."
    assert new_text(text) == Cut(text)


def test_a_message_under_a_footer_alone_is_the_message() -> None:
    assert new_text("Sent from my iPhone\n\nPlease cancel order 10023.") == Cut("Please cancel order 10023.")


@pytest.mark.parametrize("under", ["Sent from my iPhone\n", "Regards\nAnna Bell", "Regards\nAnna Bell\n"])
@pytest.mark.parametrize("said", ["Order no. 10023", "10023", "#10023"])
def test_an_order_number_under_a_footer_or_a_name_is_kept(under: str, said: str) -> None:
    assert folded(new_text(f"{KEY}\n\n{under}\n{said}").text) == f"{KEY} {said}"


def test_who_speaks_of_a_mailing_list_is_doubtful() -> None:
    cut = new_text(f"{KEY}\n\n-----\nPlease take me off the mailing list and cancel order 10023.")
    assert "cancel" in cut.text or (cut.doubtful and "cancel" in cut.other)


MORE_FOOTERS = (
    "Von Yahoo Mail auf Android gesendet", "Von Yahoo Mail für iPhone gesendet",
    "Sent from my Verizon, Samsung Galaxy smartphone", "Sent via the Samsung Galaxy S24, an AT&T 5G smartphone",
    "Obtenez BlueMail pour Android", "Obtener BlueMail para Android", "Baixe o Outlook para Android",
    "Tim Mail inviata da iPhone", "Mit freundlichen Grüßen von meinem iPad", "Inviato da Libero Mail",
    "Envoyé depuis SFR Mail", "Sent from AOL Mail", "Gesendet mit Telekom Mail", "Sent from Mail.ru app for Android",
    "Yahoo Mail : Recherchez, organisez, maîtrisez vos e-mails", "Sent from my Moto G",
)  # fmt: skip


@pytest.mark.parametrize("footer", MORE_FOOTERS)
def test_footers_of_more_programs(footer: str) -> None:
    assert new_text(f"{KEY}\n\n{footer}\n") == Cut(KEY)


MORE_CLOSINGS = (
    "Danke und viele Grüße", "Vielen Dank im Voraus und freundliche Grüße", "Danke schon mal, LG Anna",
    "Herzlichen Dank & beste Grüße", "Thanks and best regards", "Many thanks, kind regards",
    "Thank you and have a nice day",
    "Thanks in advance and regards", "Merci et bonne journée", "Merci d'avance, cordialement",
    "Merci beaucoup et bien à vous", "Muchas gracias y un saludo", "Gracias de antemano. Saludos",
    "Grazie e cordiali saluti", "Grazie mille e buona giornata", "Obrigado e cumprimentos",
    "Muito obrigada, com os melhores cumprimentos", "Bedankt en vriendelijke groet", "Alvast bedankt, groetjes",
    "Je vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.",
    "Veuillez agréer l'expression de mes sentiments les meilleurs.",
    "Ringraziando anticipatamente, porgo cordiali saluti.", "In attesa di un vostro riscontro, distinti saluti",
    "Sin otro particular, reciba un cordial saludo.", "Aguardo resposta, com os melhores cumprimentos",
    "Viele Grüße von Anna",
)  # fmt: skip


@pytest.mark.parametrize("closing", MORE_CLOSINGS)
def test_thanks_and_a_closing_in_one_line(closing: str) -> None:
    assert new_text(f"{KEY}\n\n{closing}\nAnna Bell\n") == Cut(KEY)


@pytest.mark.parametrize(
    "line",
    [
        "Thanks and regards to the team, the key works.", "Danke und bitte stornieren.",
        "Merci et annulez la commande.",
        "Gracias y cancelen el pedido.", "Grazie e annullate.", "Obrigado e cancelem.", "Bedankt en annuleer hem.",
        "In attesa di un vostro riscontro, annullo l'ordine.", "Dans l'attente du remboursement.",
    ],
)  # fmt: skip
def test_thanks_and_a_wish_is_text(line: str) -> None:
    assert new_text(f"Hello,\n\n{line}\n\nAnna") == Cut(f"Hello,\n\n{line}\n\nAnna")


def test_a_closing_that_asks_is_doubtful() -> None:
    asking = "Dans l'attente de mon remboursement, je vous prie d'agréer mes salutations distinguées."
    cut = new_text(f"{KEY}\n\n{asking}\nAnna")
    assert cut.doubtful
    assert "remboursement" in cut.other


YAHOO = (
    f"Am Mo., Nov. 2, 2026 at 10:00 schrieb {SHOP}:", f"On Mon, Nov 2, 2026 at 10:00 AM, {SHOP} wrote:",
    f"Le lun., nov. 2, 2026 à 10:00, {SHOP} a écrit :", f"El lun., nov. 2, 2026 a la(s) 10:00, {SHOP} escribió:",
    f"Il lun, 2 nov 2026 alle 10:00, {SHOP} ha scritto:", f"Em seg., 2 de nov. de 2026 às 10:00, {SHOP} escreveu:",
    f"Op ma, nov. 2 2026 om 10:00 schreef {SHOP}:",
)  # fmt: skip


@pytest.mark.parametrize("heading", YAHOO)
def test_history_that_starts_on_the_heading_is_cut(heading: str) -> None:
    cut = new_text(f"{KEY}\n\n{heading}   Guten Tag Anna,\nIhre Bestellung 10023 ist da.\n\nSie können stornieren.")
    assert cut == Cut(KEY)
