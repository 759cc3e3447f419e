"""The words by which mail programs mark what is not new: headings, rules and verbs, language by language.

Collected from what the programs themselves write, in the seven languages of the letters and in those of the
neighbours. All in lower case; a table is data, and a language or a program is added here without any code.
"""

HEADINGS: dict[str, str] = {
    "from": (
        "from von de da van expéditeur absender remitente mittente remetente afzender fra från od lähettäjä"
        " kimden expeditor feladó från od: от від від: από 差出人 发件人 寄件者 보낸사람 nadawca odesílatel pošiljatelj"
    ),
    "date": (
        "sent date gesendet datum envoyé enviado enviada inviato verzonden fecha data date/time sendt skickat"
        " dato wysłano odesláno päivämäärä lähetetty gönderilen tarih trimis elküldve dátum дата отправлено"
        " надіслано 发送时间 日時 날짜 enviat envoyée versendet datum/uhrzeit"
    ),
    "to": (
        "to an à a para per aan til till do komu vastaanottaja kime către címzett кому 收件人 宛先 받는사람 pour"
        " destinataire empfänger destinatario destinatário ontvanger"
    ),
    "subject": (
        "subject re ogg betreff objet sujet asunto oggetto assunto onderwerp emne ämne temat předmět aihe konu"
        " subiect tárgy тема 主题 件名 제목 betr assumpte"
    ),
    "copy": (
        "cc bcc kopie copie copia cópia kopia copy kopi másolat cc/bcc копия 抄送 reply-to importance priority"
        " wichtigkeit"
    ),
}
"""The labels of a header block by role, split on spaces; labels of more than one word stand in `LONG_HEADINGS`."""

LONG_HEADINGS: dict[str, str] = {
    "envoyé le": "date", "envoyé par": "from", "message du": "date", "sent on": "date", "gesendet am": "date",
    "fecha de envío": "date", "enviado el": "date", "enviado em": "date", "data invio": "date",
    "enviada em": "date",
    "verzonden op": "date", "date d'envoi": "date", "date d’envoi": "date", "copie à": "copy", "reply to": "copy",
    "antwort an": "copy", "répondre à": "copy", "responder a": "copy", "rispondi a": "copy", "con copia": "copy",
    "in cc": "copy", "en copie": "copy", "sent at": "date", "sent by": "from", "dátum/idő": "date",
}  # fmt: skip

ORIGINAL = (
    "original message", "original email", "original mail", "original appointment", "reply message",
    "message d'origine", "message d’origine", "message original", "message initial", "mail original",
    "courriel original", "ursprüngliche nachricht", "ursprungliche nachricht", "ursprüngliche mail",
    "originalnachricht", "original-nachricht", "originalmail", "original nachricht", "mensaje original",
    "mensaje de origen", "correo original", "messaggio originale", "messaggio originario", "mensagem original",
    "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht", "oprindelig besked",
    "oprindelig meddelelse", "ursprungligt meddelande", "originalmeddelande", "opprinnelig melding",
    "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "mesaj original",
    "eredeti üzenet", "orijinal mesaj", "исходное сообщение", "пересылаемое сообщение", "оригінальне повідомлення",
    "missatge original", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지",
    "αρχικό μήνυμα",
)  # fmt: skip

FORWARDED = (
    "forwarded message", "forwarded mail", "forwarded by", "begin forwarded message", "weitergeleitete nachricht",
    "weitergeleitete mail", "weitergeleitete e-mail", "weitergeleitet von", "anfang der weitergeleiteten nachricht",
    "message transféré", "message transmis", "début du message transféré", "début du message réexpédié",
    "mensaje reenviado", "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem reencaminhada",
    "início da mensagem encaminhada", "doorgestuurd bericht", "begin doorgestuurd bericht",
    "begin van doorgestuurd bericht", "videresendt besked", "vidarebefordrat brev", "vidarebefordrat meddelande",
    "videresendt melding", "edelleenlähetetty viesti", "przekazana wiadomość", "wiadomość przekazana",
    "přeposlaná zpráva", "mesaj redirecționat", "továbbított üzenet", "missatge reenviat",
    "转发的邮件", "転送メッセージ",
)  # fmt: skip

WROTE = (
    "wrote", "writes", "schrieb", "folgendes geschrieben", "a écrit", "à écrit", "a ecrit", "ecrit", "escribió",
    "escribio", "ha escrito", "ha scritto", "scrive", "escreveu", "schreef", "het volgende geschreven",
    "geschreven", "geschrieben", "skrev", "skrifaði", "kirjoitti", "napisał", "napisał(a)", "napisała", "pisze",
    "napsal", "napsal(a)", "napísal", "napisao", "je napisao", "a scris", "írta", "ezt írta", "yazdı", "şunu yazdı",
    "написал", "написал(а)", "написала", "пишет", "написав", "va escriure", "έγραψε", "写道", "寫道", "đã viết",
    "のメール", "のメッセージ",
    "さんは書きました", "작성", "님이 작성",
)  # fmt: skip

QUOTING = (
    "quoting", "zitat von", "citando", "citat från", "en réponse à",
)  # fmt: skip

OPENERS = (
    "on", "am", "às", "as", "le", "el", "il", "em", "op", "den", "dne", "dnia", "w dniu", "il giorno", "in data",
    "nel giorno",
    "a", "pe", "ti", "ke", "to", "la", "la data", "în", "no dia", "em dia", "el día", "date", "dňa", "vào", "na",
    "at", "ngày", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
    "mo", "di", "mi", "do", "fr", "sa", "so", "lör", "ons", "tors", "fre", "man", "tir", "tor", "lør", "søn", "mån",
    "tis", "sön",
)  # fmt: skip

NOT_A_PROGRAM = (
    "i wrote", "we wrote", "you wrote to me", "he wrote", "she wrote", "they wrote", "schrieb ich", "schrieb mir",
    "schrieb uns", "schrieb man", "schrieb er", "schrieb sie mir", "m'a écrit", "m’a écrit", "nous a écrit",
    "me escribió", "nos escribió", "mi ha scritto", "ci ha scritto", "me escreveu", "nos escreveu", "schreef ik",
    "schreef mij", "schreef u", "schreef me", "schreef je", "wrote me", "on m'a écrit",
)  # fmt: skip
"""A person tells that somebody wrote: not the line that a program puts over a quotation."""

REPLY_ABOVE = (
    "reply above this line", "above this line", "write above this line", "type your reply above",
    "antworten sie oberhalb", "oberhalb dieser linie", "oberhalb dieser zeile", "über dieser zeile",
    "über dieser linie", "au-dessus de cette ligne", "ci-dessus de cette ligne", "por encima de esta línea",
    "encima de esta línea", "sopra questa riga", "sopra questa linea", "acima desta linha", "boven deze lijn",
    "boven deze regel",
)  # fmt: skip
