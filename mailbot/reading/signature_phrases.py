"""The words at the end of a mail that are not its message: closings, footers of phones and lists, by language.

Collected from what people and programs really write. All in lower case; a table is data, and a language or a
program is added here without any code.
"""

CLOSINGS: dict[str, str] = {
    "en": (
        "regards|best regards|kind regards|warm regards|warmest regards|many regards|with regards"
        "|with kind regards|with best regards|kindest regards|thanks and regards|thanks & regards"
        "|thank you and regards|best wishes|all the best|cheers|sincerely|yours sincerely|sincerely yours"
        "|yours faithfully|yours truly|respectfully|respectfully yours|cordially|rgds|kr|br|greetings|best"
        "|with thanks and regards|warmly|yours|take care|have a nice day|have a great day"
    ),
    "de": (
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss"
        "|mit besten grüßen|mit bestem gruß|freundliche grüße|freundliche grüsse|freundlicher gruß"
        "|freundlichen gruß|mit freundlichen gruß|viele grüße|viele grüsse|beste grüße|beste grüsse|schöne grüße"
        "|liebe grüße|liebe grüsse|herzliche grüße|gruß|gruss|grüße|grüsse|mfg|lg|vg|hochachtungsvoll"
        "|mit lieben grüßen|mit vielen grüßen|bg|grüezi|schönen tag noch|einen schönen tag noch"
        "|mit freundlichen gruessen|viele gruesse|freundliche gruesse|liebe gruesse|beste gruesse"
    ),
    "fr": (
        "cordialement|bien cordialement|très cordialement|cdt|cdlt|bien à vous|bien à toi|salutations"
        "|meilleures salutations|salutations distinguées|sincères salutations|respectueusement|amicalement"
        "|bonne journée|bonne soirée|bonne réception|belle journée|excellente journée|bien cordialement à vous"
        "|avec mes salutations|crdlt|cordiales salutations|bonne fin de journée|tres cordialement|bien a vous"
        "|bonne journee"
    ),
    "es": (
        "saludos|un saludo|saludos cordiales|cordiales saludos|cordialmente|atentamente|un cordial saludo"
        "|muy atentamente|un abrazo|saludos,|reciba un cordial saludo|reciban un cordial saludo"
        "|que tenga un buen día|le saluda atentamente|slds|un saludo cordial"
    ),
    "it": (
        "cordiali saluti|distinti saluti|saluti|cordialmente|un saluto|tanti saluti|buona giornata|buona serata"
        "|in fede|i miei più cordiali saluti|cordialità|un cordiale saluto|con i migliori saluti|migliori saluti"
        "|porgo cordiali saluti|porgo distinti saluti"
    ),
    "pt": (
        "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|cordialmente|um abraço"
        "|abraços|abraço|att|att.|saudações|com os meus cumprimentos|bom dia e bom trabalho|respeitosamente|cumps"
        "|atentamente|os meus cumprimentos"
    ),
    "nl": (
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten"
        "|groetjes|mvg|hartelijke groet|hartelijke groeten|hoogachtend|met hartelijke groet|fijne dag"
        "|fijne dag nog|prettige dag|mvrgr|gr|gr.|met groet|veel groeten|beste groeten"
    ),
    "other": (
        "med venlig hilsen|venlig hilsen|hilsen|mvh|kh|med vänlig hälsning|med vänliga hälsningar"
        "|vänliga hälsningar|vänligen|hälsningar|vennlig hilsen|med vennlig hilsen|ystävällisin terveisin"
        "|terveisin|pozdrawiam|z poważaniem|z powazaniem|s pozdravem|saygılarımla|cu stimă|üdvözlettel"
        "|с уважением|з повагою"
    ),
}
"""What people write over their name at the end, as whole lines."""

ORDER_WORDS = (
    "order", "bestell", "auftrag", "commande", "pedido", "ordine", "encomenda", "bestelling", "invoice", "rechnung",
    "facture", "factura", "fattura", "fatura", "factuur", "customer", "client", "kunde", "klant", "cliente", "ref",
    "licen", "lizenz", "serial", "transaction", "transaktion", "key", "clé", "clave", "chiave", "chave", "sleutel",
    "schlüssel",
)  # fmt: skip
"""With a number behind it, a line under a name is worth keeping: people write their order number there."""

CLOSING_TAILS = (
    "from", "von", "vom", "van", "aus", "de", "depuis", "da", "desde", "uit", "und", "et", "y", "e", "en", "and",
)  # fmt: skip

GREETINGS = (
    "hi", "hello", "hey", "dear", "hallo", "sehr", "liebe", "lieber", "liebes", "bonjour", "bonsoir", "madame",
    "monsieur", "cher", "chère", "salut", "hola", "estimado", "estimada", "estimados", "ciao", "buongiorno",
    "buonasera", "gentile", "gentili", "spettabile", "salve", "olá", "ola", "caro", "cara", "prezado", "prezada",
    "prezados", "exmo", "exmos", "beste", "geachte", "goedemorgen", "goedemiddag", "hoi", "moin", "servus",
    "grüezi", "grüß",
)  # fmt: skip

THANKS = (
    r"(?:(?:many|vielen|herzlichen|besten|lieben|muchas|mille|tante|muito|hartelijk|alvast|un grand) )?"
    r"(?:thanks?(?: you)?|thx|danke|dank|merci|gracias|grazie|obrigad[oa]|bedankt)"
    r"(?: (?:in advance|so much|very much|a lot|again|im voraus|vorab|schon ?mal|sehr|schön|beaucoup|d['’]avance"
    r"|par avance|de antemano|por adelantado|mille|in anticipo|anticipatamente|desde já|bij voorbaat|alvast|u|je|wel))*"
    r"(?: ?[,;.!&+-]+ ?| )(?:(?:and|und|et|y|e|en) )?"
)
"""Thanks that stand before a closing on its line; what follows them must be a closing by itself."""

FORMAL = (
    r"(?:je vous prie d|je vous prie de (?:croire|recevoir)|veuillez (?:agréer|croire|recevoir)|nous vous prions d"
    r"|dans l['’]attente|en vous remerciant|vous remerciant|ringraziando|in attesa|nell['’]attesa|la ringrazio"
    r"|vi ringrazio|sin otro particular|a la espera|en espera|quedo a la espera|agradeciendo|agradecendo|aguardo"
    r"|à espera|na expectativa)[^.!?]{0,140}\b(?:salutations?|sentiments?|considération|saluti|saludos?|cumprimentos"
    r")(?: (?:les (?:plus )?)?(?:distingué\w*|respectueu\w*|cordiale?s|meilleur\w*|dévoués|cordiais))?"
)
"""Whole sentences that say no more than a closing."""

DAYTIMES = (
    "good morning", "good afternoon", "good evening", "good day", "guten tag", "guten morgen", "guten abend",
    "buenos días", "buenos dias", "buenas tardes", "buenas noches", "bom dia", "boa tarde", "boa noite",
    "goede dag", "goeden dag",
)  # fmt: skip

POSTSCRIPT = (
    "ps", "p.s.", "p.s", "ps.", "nb", "n.b.", "pd", "p.d.", "p. s.",
)  # fmt: skip

LIST_FOOTERS = (
    "mailing list", "mailinglist", "lists/listinfo", "/mailman/listinfo", "to unsubscribe", "unsubscribe from this",
    "you received this message because", "you are receiving this because", "reply to this email directly",
    "view it on github", "google groups", "um sich abzumelden", "pour vous désabonner", "darse de baja",
    "mailing-list", "per annullare l'iscrizione", "para cancelar a subscrição", "om u af te melden",
    "original message processed by",
)  # fmt: skip

FOOTER_STARTS = (
    "sent from", "sent via", "sent with", "sent using", "sent by", "get outlook", "download outlook", "get typeapp",
    "get bluemail", "get the outlook", "von meinem", "von meiner", "von unterwegs", "gesendet von", "gesendet mit",
    "gesendet aus", "gesendet über", "gesendet via", "gesendet vom", "diese nachricht wurde", "diese e-mail wurde",
    "diese mail wurde", "outlook für", "holen sie sich", "laden sie outlook", "mit der gmx", "versendet mit",
    "versendet von", "envoyé de", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé via", "envoyé par",
    "envoye de", "envoye depuis", "envoye a partir", "obtenez outlook", "obtenir outlook", "télécharger outlook",
    "téléchargez outlook", "provenance", "enviado desde", "enviado con", "enviado vía", "enviado via",
    "enviado mediante", "enviado por", "obtener outlook", "obtenga outlook", "descargar outlook", "enviado do",
    "enviado da", "enviado de", "enviado a partir", "enviado pelo", "enviada do", "enviada a partir", "enviado com",
    "enviado através", "obter o outlook", "obtenha o outlook", "transferir o outlook", "inviato da", "inviato dal",
    "inviato dall", "inviato con", "inviato tramite", "inviata da", "scarica outlook", "ottieni outlook",
    "verzonden vanaf", "verzonden vanuit", "verzonden met", "verzonden via", "verzonden door", "verstuurd vanaf",
    "verstuurd vanuit", "verstuurd met", "verstuurd via", "outlook voor", "haal outlook", "sendt fra",
    "skickat från", "hämta outlook", "få outlook", "wysłane z", "wysłano z", "wysłane za", "lähetetty",
    "отправлено с", "отправлено из", "надіслано з", "odesláno z", "trimis de pe", "elküldve", "iphone'umdan",
    "iphoneから", "iphone から", "发自我的", "从我的", "yahoo mail", "enviat des", "von yahoo mail", "von outlook",
    "obtenez bluemail", "obtenir bluemail", "télécharger bluemail", "obtener bluemail", "obtenga bluemail",
    "descargar bluemail", "ottieni bluemail", "scarica bluemail", "obter o bluemail", "obtenha o bluemail",
    "download bluemail", "baixe o outlook", "baixar o outlook", "baixe o bluemail", "tim mail inviat",
    "libero mail inviat", "virgilio mail inviat", "alice mail inviat", "laden sie bluemail",
)  # fmt: skip
"""How a line starts that a program or phone adds by itself."""

FOOTER_NAMES = (
    "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "huawei", "xiaomi", "redmi", "oppo", "oneplus",
    "pixel", "nokia", "lumia", "windows", "blackberry", "outlook", "gmx", "web.de", "yahoo", "proton",
    "tutanota", "tuta", "thunderbird", "spark", "nine", "typeapp", "bluemail", "phone", "mobil", "handy", "tablet",
    "telefon", "téléphone", "telephone", "teléfono", "telefono", "telefone", "telefoon", "móvil", "movil",
    "cellulare", "celular", "telemóvel", "telemovel", "portable", "device", "appareil", "dispositivo", "toestel",
    "gerät", " app", "zimbra", "orange", "wiko", "motorola", "sony", "xperia", "htc", "honor", " ios", " mac",
    "watch", "surface", "fairphone", "unterwegs", "smartphone", "realme", "vivo", "空", "手机", "送信",
)  # fmt: skip

NOT_A_FOOTER = (
    "bank", "account", "konto", "compte", "banque", "banco", "cuenta", "conta ", "banca", "rekening", "address",
    "adresse", "dirección", "direccion", "indirizzo", "endereço", "endereco", "adres", "paypal", "wise", "revolut",
    "dhl", "ups ", "fedex", "postnl", "colissimo", "transfer", "überweis", "virement", "bonifico", "yesterday",
    "today", "gestern", "heute", "hier ", "aujourd", "ayer", "hoy", "ieri", "oggi", "ontem", "hoje", "gisteren",
    "vandaag", "morning", " desk", "order", "invoice", "rechnung", "facture", "factura", "fattura", "fatura",
    "factuur", "€", "$", "£",
)  # fmt: skip
"""Somebody tells what was sent, and from where: a payment, a parcel, another address."""

_TOLD = """
    ago last week weeks month months days twice times already never again not doesn don didn does did i me you
    he she vor woche wochen monat monaten tage tagen schon bereits dreimal zweimal mehrmals mehrfach nie niemals
    nicht kein keine ich mir mich semaine semaines dernière dernier mois jours fois déjà jamais pas ne je vous
    semana semanas mes meses días dias pasada pasado vez veces ya nunca no settimana settimane scorsa scorso
    mese mesi giorni volta volte già mai non passada passado vezes há já não geleden vorige weken maand maanden
    dagen keer al nooit niet geen ik mij monday tuesday wednesday thursday friday saturday sunday montag
    dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato
    domenica segunda terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
"""
TOLD = frozenset(_TOLD.split())
"""Somebody tells when or how often it was sent, or that it was not: words that no program says of itself."""

POSSESSIVES = (
    "my", "meinem", "meiner", "mon", "ma", "mi", "mio", "mia", "meu", "minha", "mijn", "moj", "min", "mit",
)  # fmt: skip
