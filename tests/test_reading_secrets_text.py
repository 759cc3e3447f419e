"""Codes and passwords are found as people write them in seven languages; what is said about them stays."""

import pytest

from mailbot.reading.secrets import scrub


@pytest.mark.parametrize(
    "text",
    [
        "CVV code: 123",
        "CVC-code: 123",
        "CVV number 123",
        "cvv of my card: 123",
        "CVV (back): 123",
        "CVV (on the back of the card): 123",
        "the cvv on my card is 123",
        "CVC meiner Karte: 123",
        "CVC-Nummer lautet 123",
        "Prüfziffer auf der Rückseite: 123",
        "Kartenprüfnummer der Kreditkarte: 123",
        "code CVV de ma carte : 123",
        "cryptogramme au dos de la carte : 123",
        "CVV de mi tarjeta: 123",
        "código CVV: 123",
        "CVV della mia carta: 123",
        "CVV do meu cartão: 123",
        "CVC van mijn kaart: 123",
        "CVC-code achterop de kaart: 123",
        "CVV:\n123",
        "> CVV:\n> 123",
        "CVV: 1 2 3",
        "4111 1111 1111 1111\n12/27\n123",
        "4111 1111 1111 1111\n12/27\n123\nAnn",
        "4111 1111 1111 1111\nexp 12/2027\n123\n",
        "4111 1111 1111 1111, Max Mustermann, 12/27, 123",
        "4111 1111 1111 1111\n123",
        "4111111111111111Exp 12/27 123",
    ],
)
def test_codes_go(text: str) -> None:
    left, count = scrub(text)
    assert count >= 1
    assert "123" not in left.replace("1 2 3", "123")
    assert scrub(left) == (left, 0)


@pytest.mark.parametrize(
    "text",
    [
        "CVV is not accepted for order 1234",
        "You never asked for the CVV. Order 1234",
        "The cvv of my card did not work, order 1234",
        "Do you need my CVV?\n2026-11-02 Tom wrote",
        "CVV code please, 12 licences",
        "Kartenprüfnummer falsch, Bestellung 1234",
        "[card ending 1111]\n123 Main Street",
    ],
)
def test_what_is_said_about_codes_stays(text: str) -> None:
    assert scrub(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Password:\nxyz789",
        "> Password:\n> xyz789",
        "Password\txyz789",
        "pass: xyz789",
        "Pass = xyz789",
        "user/pass: xyz789",
        "password xyz789",
        "login anna password xyz789",
        "Passwort xyz789 funktioniert nicht",
        'Passwort "xyz789"',
        "Passwort „xyz789“",
        'my password is "xyz789 and more"',
        """Passwort: „Anna's Mond xyz789“""",
        "Password:\u00a0xyz789",
        "password - xyz789",
        "password – xyz789",
        "Passwort -> xyz789",
        "Passwort => xyz789",
        "Passwort → xyz789",
        "my password (xyz789)",
        "my password for the shop is xyz789",
        "Password for my account: xyz789",
        "Passwort für mein Konto: xyz789",
        "Das Passwort für das Konto lautet xyz789",
        "Mein Kundenpasswort: xyz789",
        "Login-Passwort: xyz789",
        "Paßwort: xyz789",
        "passwd: xyz789",
        "Kennwort xyz789",
        "Zugangscode: xyz789",
        "mot de passe xyz789",
        "mon mot de passe pour le compte est xyz789",
        "mot de passe :\nxyz789",
        "mdp xyz789",
        "mi contraseña xyz789",
        "contraseña de mi cuenta: xyz789",
        "mi clave de acceso es xyz789",
        "la mia password xyz789",
        "password del mio account: xyz789",
        "parola d'ordine: xyz789",
        "minha senha xyz789",
        "a senha da minha conta é xyz789",
        "palavra-passe xyz789",
        "palavra-chave: xyz789",
        "wachtwoord xyz789",
        "mijn wachtwoord voor mijn account is xyz789",
        "paswoord: xyz789",
        "passcode xyz789!",
        "password: 'xyz789'",
        "La password per accedere è xyz789",
        "Password\nxyz789",
        "Password......: xyz789",
        "Passwort ........ xyz789",
        "my password on the shop's site is xyz789",
    ],
)
def test_passwords_go(text: str) -> None:
    left, count = scrub(text)
    assert count == 1
    assert "xyz789" not in left
    assert scrub(left) == (left, 0)


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password.\nOrder A10023",
        "password for order A10023",
        "password reset for order: 10023",
        "Password:\nThanks\nAnn",
        "Passwort:\n\nHallo Team",
        "Reset your password:\nhttps://shop.example/r/abc123",
        "Passwort - vergessen",
        "Passwort -> vergessen, was nun?",
        "my password (the old one) is gone",
        "My password 24h later still fails",
        "password ABCD-1234-EFGH-5678",
        "I forgot my password\nA10023",
        "Password?\nOrder A10023",
        "1Password: 2 licences",
        '<td class="password col-6">Hi</td>',
        '<input type="password" name="field22" value="Password">',
        "Passwort und Schlüssel ABC123",
        "Wie kann ich mein Passwort ändern? Kundennummer K4711",
        "mon passeport est 12AB34567",
        "I pass 2nd street",
        "mot de passe perdu, commande FR2024",
        "he olvidado mi contraseña, pedido A10023",
        "ho perso la password dell'ordine A10023",
        "wachtwoord vergeten, bestelling B2024",
    ],
)
def test_what_is_said_about_passwords_stays(text: str) -> None:
    assert scrub(text) == (text, 0)
