"""What stands under a message is cut; what only looks like a signature, a footer or a quotation is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.quotes import Cut, new_text


def folded(text: str) -> str:
    return " ".join(text.split())


FOOTERS = (
    "Sent from my iPhone", "Sent from my Galaxy S24 Ultra", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from Outlook for Mac", "Sent from Mail for Windows 10", "Sent from Yahoo Mail on Android",
    "Yahoo Mail: Search, Organize, Conquer", "Sent with [Proton Mail](https://proton.me/) secure email.",
    "Envoyé de mon iPhone", "Envoyé depuis mon mobile", "Télécharger Outlook pour Android",
    "Envoyé à partir de Courrier pour Windows", "Provenance : Courrier pour Windows 10",
    "Envoyé depuis l'application Mail Orange", "Von meinem iPad gesendet", "Gesendet mit der GMX iPhone App",
    "Gesendet mit der WEB.DE Mail App", "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Gesendet von Outlook für Android<https://x.example>",
    "Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.",
    "Holen Sie sich Outlook für iOS", "Enviado desde mi iPad", "Enviado desde Yahoo Mail para iPhone",
    "Obtener Outlook para Android", "Inviato da iPad", "Inviato da Posta per Windows",
    "Inviato da smartphone Samsung Galaxy.", "Scarica Outlook per Android", "Enviado do meu iPad",
    "Enviado a partir do Outlook para Android", "Obter o Outlook para Android",
    "Verzonden vanaf mijn Samsung-apparaat", "Verstuurd vanaf mijn iPad", "Verzonden met de KPN Mail-app",
    "Outlook voor Android downloaden", "Skickat från min iPhone",
)  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS)
def test_phone_footer(footer: str) -> None:
    assert new_text(f"I lost the key.\n\n{footer}\n") == Cut("I lost the key.")


CLOSINGS = (
    "Best regards,\nAnna Bell", "Kind Regards\n\nAnna Bell\nBell & Sons Ltd\nT +44 113 496 0000", "Cheers\nAnna",
    "BR\nAnna", "Best,\nA.", "Yours sincerely, Anna Bell", "MfG Anna", "Mit freundlichem Gruß\n\ni. A. Anna Vogt",
    "LG\nAnna", "Viele Grüße aus Kiel,\nAnna", "MIT FREUNDLICHEN GRÜSSEN\nANNA VOGT",
    "Mit freundlichen Gruessen\nAnna", "Cordialement\nAnna Morel", "Bien à vous,\n\nAnna Morel\nGérante",
    "Bonne journée !\nAnna", "Un saludo,\nAna", "Atentamente\nAna Ruiz", "Cordiali saluti\nAnna Riva",
    "Distinti saluti.\n\nAnna", "Cumprimentos,\nAna", "Atenciosamente,\nAna Sousa",
    "Met vriendelijke groet,\n\nAnna de Wit", "Groetjes Anna", "mvg,\nAnna", "-- \nAnna Bell\nwww.bell.example",
    "--\nAnna", "________\nAnna Bell\nTel. 0711 000000",
)  # fmt: skip


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("below", ["", "\n\nOn 11/2/26 10:00 AM, Shop wrote:\n> Hello Anna,"], ids=["end", "quote"])
def test_closing(closing: str, below: str) -> None:
    assert new_text(f"I lost the key.\n\n{closing}{below}\n") == Cut("I lost the key.")


KEPT = (
    "Thanks,\nAnna", "Please write to my new address:\nanna@new.example",
    "My trip:\nFrom: Rome\nTo: Paris\nDate: 3 November\nThe licence was for that trip.",
    "Sent from my desk, it is easier than the phone.", "Sent from my old bank account",
    "Gesendet von meinem Konto am Montag", "Am 3.11.2026 schrieb ich Ihnen schon:\nkeine Antwort",
    "Le 3 novembre 2026, vous m'avez écrit :\nvotre clé arrive", "On 3 November 2026 I wrote:\nplease cancel",
    "Order:\n-----\nkey lost\n-----\nplease help", "- Original key: lost\n- New key: please",
    "Best price I ever saw, still I want all of it refunded", "Regards the invoice: it has the wrong name",
    "I took the wrong one by mistake, please delete the order and this e-mail address.",
    "Please treat this message as confidential and delete my data.", "Achtung: ich habe eine neue Adresse",
    "Caution, I am angry", "One question -- is this the newest version?",
    "Subject: refund\nFrom: Anna <anna@home.example>\nI want all of it refunded.", "Forwarded by mistake, sorry.",
    "Please do not disclose my address in answer to this message, that is all I ask of you.",
    "From: your shop I got this.\nIt did not help me in the least, you see.\nTo: me\nSubject: none",

    "--- a line that starts with dashes\nand text", "5 > 3, I know\nand 2 < 3",
)  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_a_mark_is_kept(text: str) -> None:
    assert new_text(f"Hello,\n\n{text}\n") == Cut(f"Hello,\n\n{text}")


def test_order_number_under_the_name_is_kept() -> None:
    assert (
        folded(new_text("I lost the key.\n\nRegards\nAnna Bell\nOrder no. 10023").text)
        == "I lost the key. Order no. 10023"
    )


def test_postscript_is_kept() -> None:
    assert folded(new_text("I lost the key.\n\nRegards\nAnna\n\nPS. The invoice too, please.").text).endswith(
        "The invoice too, please."
    )


def test_text_under_a_phone_footer_is_doubtful() -> None:
    cut = new_text("See below.\n\nSent from my iPhone\n\nI forgot: please cancel the other order too.")
    assert cut.doubtful
    assert "cancel" in cut.other
    assert "cancel" not in cut.text


def test_name_without_a_formula_stays() -> None:
    assert new_text("I lost the key.\n\nAnna Bell").text == "I lost the key.\n\nAnna Bell"


def test_sentences_under_the_name_stay() -> None:
    text = "I lost the key.\n\nRegards\nAnna\n\nand please also send me the invoice for it"
    assert new_text(text).text.endswith("the invoice for it")


def test_two_formulas_in_two_languages() -> None:
    assert new_text("I lost the key.\n\nBest regards / Mit freundlichen Grüßen\nAnna Vogt") == Cut("I lost the key.")


NOTICES = (

    (
        "This e-mail is confidential and intended solely for the addressee. If you are not the intended "
        "recipient, delete it."
    ),
    (
        "Der Inhalt dieser E-Mail ist vertraulich und nur für den Adressaten bestimmt. Unbefugte Weitergabe "
        "ist untersagt."
    ),
    "Ce courriel est confidentiel. Si vous n'êtes pas le destinataire, toute diffusion est interdite.",
    "Este correo es confidencial y su divulgación está prohibida. Si no es el destinatario, elimínelo.",
    "Le informazioni contenute in questo messaggio sono riservate al destinatario; ne è vietata la diffusione.",
    "Esta mensagem é confidencial. Se não é o destinatário, a sua divulgação é proibida.",
    "De inhoud van dit bericht is vertrouwelijk. Bent u niet de geadresseerde, dan is verspreiding niet toegestaan.",
    "Please consider the environment before printing this e-mail.",
    "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.", "Virus-free. www.avg.example",
    "Confidentiality notice",
)  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES)
def test_notice(notice: str) -> None:
    assert new_text(f"I lost the key.\n\n{notice}\n") == Cut("I lost the key.")


BANNERS = (
    "CAUTION: This email originated from outside your organization.",
    "[EXTERNAL EMAIL] Do not click links from outside.", "Achtung: externe E-Mail!",
    "Vous n'obtenez pas souvent d'e-mail à partir de anna@home.example. Pourquoi c'est important",
    "Let op: deze mail komt van buiten (extern).",
)  # fmt: skip


@pytest.mark.parametrize("banner", BANNERS)
def test_banner(banner: str) -> None:
    assert new_text(f"{banner}\n\nI lost the key.\n") == Cut("I lost the key.")


PIECES = [
    "\x1c", "\x0b", "*", "-- ", "__", ">", ",", ":", "\n", "\n\n", " ", "\u200b", "Best regards", "LG", "PS", "P.S.:",
    "Anna", "On Monday Ann wrote", "Le lundi", "From: a@example.com", "Sent from my iPhone", "wrote:", "a", "|", "/",
]  # fmt: skip


def test_a_closing_between_control_characters_is_no_fault() -> None:
    assert new_text("Where is my key?\n*\x1c*\nAnna").text.startswith("Where is my key?")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_is_too_odd_to_cut(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert len(new_text(text).text) <= len(text)
