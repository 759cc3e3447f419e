"""The new name that a writer wants on an invoice."""

import pytest

from mailbot.reading.facts import extract

NAMES = [
    ("Please put the invoice in the name of Müller GmbH.", "Müller GmbH"),
    ("The invoice must be made out to Halden & Moss LLP, 3 Chancery Row", "Halden & Moss LLP"),
    ("The invoice is made out to Ann Lee but should be made out to Lee Designs Ltd. Thanks", "Lee Designs Ltd."),
    ("put the invoice on the company Acme Inc. instead of me", "Acme Inc."),
    ("the invoice shows my name", ""),
    ("I ordered in the name of Ann Lee", ""),
    ("Please change the name on the invoice to Northwind Traders Inc.", "Northwind Traders Inc."),
    ("La facture devrait être au nom de la SARL Les Trois Pins. Merci", "SARL Les Trois Pins"),
    ("merci d'établir la facture au nom de la société Dubois et Fils", "Dubois et Fils"),
    ("la facture est à mon nom", ""),
    ("Bitte die Rechnung auf die Maier Gerüstbau GmbH & Co. KG ausstellen", "Maier Gerüstbau GmbH & Co. KG"),
    ("Rechnung bitte auf den Namen Jana Wiechmann ausstellen", "Jana Wiechmann"),
    ("Die Rechnung ist auf mich ausgestellt", ""),
    ("Rechnung: auf der Seite steht nichts", ""),
    ("La factura hay que ponerla a nombre de Talleres Uribe S.L. ¿La rectifican?", "Talleres Uribe S.L."),
    (
        "La fattura va intestata allo Studio Associato Bellini & Corti, con partita IVA",
        "Studio Associato Bellini & Corti",
    ),
    ("la fattura va intestata alla Officine Rinaldi S.r.l., non a me", "Officine Rinaldi S.r.l."),
    ("A fatura devia sair em nome da empresa Construções Almada, Lda. Podem corrigir?", "Construções Almada, Lda."),
    (
        "De factuur moet op naam van Van Dalen Installatietechniek B.V. Kunt u dat doen?",
        "Van Dalen Installatietechniek B.V.",
    ),
    ("factuur graag op naam van De Vries Bouw B.V., btw volgt", "De Vries Bouw B.V."),
    ("passem a fatura em nome de Oliveira & Filhos Lda com o NIF", "Oliveira & Filhos Lda"),
    ("la factura a nombre de Comercial Ibérica, S.A. con CIF", "Comercial Ibérica, S.A."),
    ("Fattura da intestare a: Rossi Costruzioni S.r.l., P.IVA", "Rossi Costruzioni S.r.l."),
    ("La facture au nom de l'association Les Amis du Livre, merci", "Les Amis du Livre"),
    ("De factuur op naam van Stichting De Hoop en niet op mij", "Stichting De Hoop"),
    ("Please make the invoice out to ACME Ltd.", "ACME Ltd."),
    ("Could you make my receipt out to Northwind Traders?", "Northwind Traders"),
    ("Wrong invoice!\nCompany name: ACME Ltd\nVAT: none", "ACME Ltd"),
    ("Please correct it:\n- Correct company name: ACME & Sons Ltd\n- Street: 1 High St", "ACME & Sons Ltd"),
    ("Invoice name: Ann Lee", "Ann Lee"),
    ("Korrekter Firmenname: Maier GmbH & Co. KG", "Maier GmbH & Co. KG"),
    ("Rechnung falsch.\nFirma: Maier GmbH\nStraße: Weg 1", "Maier GmbH"),
    ("Rechnungsempfänger: Verein Alte Mühle e.V.", "Verein Alte Mühle e.V."),
    ("Raison sociale : Dubois SARL", "Dubois SARL"),
    ("Nom de l'entreprise : Dubois et Fils", "Dubois et Fils"),
    ("Ragione sociale: Rossi S.r.l.", "Rossi S.r.l."),
    ("Intestatario: Bellini & Corti", "Bellini & Corti"),
    ("Razón social: Talleres Uribe S.L.", "Talleres Uribe S.L."),
    ("Nombre de la empresa: Talleres Uribe", "Talleres Uribe"),
    ("Bedrijfsnaam: De Vries B.V.", "De Vries B.V."),
    ("Naam op de factuur: Stichting De Hoop", "Stichting De Hoop"),
    ("Nome da empresa: Almada Lda", "Almada Lda"),
    ("Denominação social: Oliveira & Filhos Lda", "Oliveira & Filhos Lda"),
    ("The company name: is it needed?", ""),
    ("Company name:\n", ""),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_the_new_name_for_an_invoice_is_found(text: str, name: str) -> None:
    assert extract(text).new_name == name
