"""The words of legal notices, pleas for the trees and virus scanners, by language; a table is data."""

NOTICE_HEADS = (
    "disclaimer", "confidentiality notice", "confidentiality note", "legal notice", "legal disclaimer",
    "vertraulichkeitshinweis", "haftungsausschluss", "rechtlicher hinweis", "avis de confidentialité",
    "clause de confidentialité", "avertissement légal", "aviso legal", "aviso de confidencialidad",
    "cláusula de confidencialidad", "avviso di riservatezza", "clausola di riservatezza", "informativa privacy",
    "aviso de confidencialidade", "vertrouwelijkheidsclausule",
)  # fmt: skip
"""How a legal notice is headed."""

NOTICE_STARTS = (
    "please consider the environment", "think before you print", "before printing", "save paper",
    "bitte denken sie an die umwelt", "denken sie an die umwelt", "bitte prüfen sie, ob diese",
    "schonen sie die umwelt", "pensez à l'environnement", "pensez à l’environnement", "n'imprimez ce",
    "n’imprimez ce", "avant d'imprimer", "avant d’imprimer", "antes de imprimir", "piense en el medio",
    "prima di stampare", "pensa all'ambiente", "pense no ambiente", "pense no meio ambiente",
    "denk aan het milieu", "virus-free", "virenfrei", "garanti sans virus", "sans virus", "libre de virus",
    "senza virus", "privo di virus", "livre de vírus", "sem vírus", "virusvrij", "this email has been checked",
    "this email has been scanned", "this e-mail has been checked", "this e-mail has been scanned",
    "diese e-mail wurde auf viren", "diese e-mail wurde von avast", "l'absence de virus", "l’absence de virus",
    "cet e-mail a été vérifié", "este correo electrónico ha sido comprobado", "el software de antivirus",
    "questa e-mail è stata controllata", "este e-mail foi verificado", "dit e-mailbericht is",
    "deze e-mail is gecontroleerd", "avast logo", "original message processed by",
    "you received this message because", "you are receiving this because", "reply to this email directly",
    "p please consider", "🌳", "print deze e-mail", "drucken sie diese",
)  # fmt: skip
"""How a line starts that is a plea for the trees, an advertisement of a virus scanner or the foot of a list."""

LEGAL: dict[str, str] = {
    "secret": "confidential|vertraulich|confidentiel|confidencial|riservat|vertrouwelijk|privileged|confidenzial",
    "reader": (
        "recipient|addressee|intended solely|intended only|individual or entity|named person|empfänger|adressat"
        "|destinataire|destinatari|destinatário|geadresseerde|ontvanger|vorgesehen"
    ),
    "error": (
        "in error|by mistake|irrtümlich|par erreur|por error|per errore|por engano|por erro|ten onrechte"
        "|abusievelijk|per vergissing|per abuis|versehentlich erhalten"
    ),
    "forbidden": (
        "prohibited|unauthori[sz]ed|unbefugt|untersagt|nicht gestattet|interdit|prohibid|prohíb|vietat|proibid"
        "|verboden|niet toegestaan|unlawful|no autorizad|non autoris|non autorizz"
    ),
    "spread": (
        "disclos|disseminat|dissémin|weitergabe|divulg|diffusion|diffusion|divulgación|diffondere|verspreiding"
        "|difusión|vervielfältig|openbaarmaking|kopieren"
    ),
    "destroy": (
        "destroy|delete|vernicht|lösch|détrui|supprim|elimin|distrugg|cancellar|destrua|apag|verwijder|vernietig"
        "|bórr"
    ),
    "liable": "liab|haft|responsab|aansprakelijk|warrant|gewähr",
    "mail": (
        "this e-?mail|this message|this communication|diese e-?mail|diese[r]? nachricht|ce message|ce courriel"
        "|ce mail|cet e-?mail|este mensaje|este correo|questo messaggio|presente messaggio|questa e-?mail"
        "|esta mensagem|este e-?mail|dit bericht|deze e-?mail|dit e-?mailbericht"
    ),
}  # fmt: skip
"""Stems of legal notices by notion: a paragraph that touches three of them, or names itself and two more, is one."""

TO_STRANGERS = (
    r"\b(?:if you (?:are not|have received|received|wish to unsub)|if (?:this|it) (?:was|has been) (?:sent|received)"
    r"|(?:sollten sie|solltest du|wenn sie|wenn du|falls sie) (?:nicht|dies)"
    r"|si vous (?:avez reçu|n['’]êtes|l['’]avez)|si (?:usted )?(?:no es|lo ha recib|ha recib|recibe)"
    r"|se (?:avete|ha|l['’]avete) ricevuto|qualora|se non (?:siete|è)|se (?:a |o )?recebeu|se não (?:é|for)"
    r"|caso (?:tenha|não)|(?:als|indien) u (?:dit|niet|deze)|bent u niet|mocht u"
    r"|you have the right|sie haben das recht|vous disposez|vous pouvez demander|puede ejercer|pode exercer"
    r"|può (?:chiederne|esercitare)|u (?:heeft het recht|kunt om))"
)
"""How a notice speaks to whom it does not know."""

PRIVACY = (
    r"gdpr|dsgvo|rgpd|lopd|lgpd|datenschutz|privacy|personal data|personenbezogen|ihre daten|données personnelles"
    r"|vos données|datos personales|dati personali|dados pessoais|persoonsgegevens|2016/679"
)
PROCESSING = (
    r"process|verarbeit|trait[ée]|tratad|tratam|trattat|trattam|verwerk|conformément|gemäß|ai sensi|cumplimiento"
    r"|nos termos|volgens|finden sie|policy|notice|erklärung|verklaring|hinweise|informativa|ley org"
)
"""A firm says under its name what it does with data."""

ORDERS = (
    "bestell", "commande", "pedido", "ordine", "encomenda", "invoice", "rechnung", "facture", "factura", "fattura",
    "fatura", "factuur", "licence", "license", "lizenz",
)  # fmt: skip
