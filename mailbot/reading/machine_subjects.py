"""The subjects that machines give to auto-replies, challenges and receipts, in many languages.

Written without accents and in lower case, as text is folded before it is compared; a pattern is RE2 syntax,
and `~` stands for anything within one sentence.
"""

# What programs call an auto-reply. A colon or a bracket after it is theirs ("Automatic reply: Your order"), and so is
# the name alone or with a date; in "Automatic reply never came" a person speaks of one.
REPLY_NAMES = (
    r"auto(?:matic|mated|mated e-?mail)? ?-?(?:reply|response|responder|answer)(?: message)?",
    r"autoreply", r"(?:currently |now |temporarily )?out of (?:the |my )?office", r"ooo", r"o\.o\.o\.",
    r"(?:currently )?away from (?:the |my )(?:office|desk|mail|e-?mail)",
    r"(?:on )?(?:vacation|holiday|annual leave) (?:reply|response|message|notice|notification|auto\w*)",
    r"autom(?:\.|atische[rs]?|atisch) ?(?:generierte |erstellte |e-?mail-?)?(?:antwort|ruckantwort)",
    r"autom(?:\.|atische[rs]?|atisch) ?(?:generierte |erstellte |e-?mail-?)?eingangsbestatigung",
    r"abwesenheits?(?:notiz|meldung|benachrichtigung|nachricht|assistent|agent|info|hinweis)",
    r"abwesend", r"abwesenheit", r"urlaubs(?:notiz|benachrichtigung|meldung)",
    r"(?:derzeit |zur zeit |zurzeit )*nicht (?:im (?:buro|haus)|am arbeitsplatz)",
    r"(?:derzeit |zurzeit )?au(?:ss|ß)er haus",
    r"(?:re\w* ?: ?)?reponse automatique", r"message d'absence", r"(?:notification|avis) d'absence",
    r"absente?(?:\(e\))? du bureau", r"absente?", r"absence du bureau", r"absence temporaire",
    r"(?:actuellement )?en conges?", r"accuse de reception automatique",
    r"(?:respuesta|contestacion) automatic[ao]", r"fuera de (?:la )?oficina", r"ausente", r"autorespuesta",
    r"acuse de recibo automatico", r"risposta automatica", r"fuori (?:ufficio|sede)", r"assente", r"in ferie",
    r"assenza (?:dall'ufficio|dal \d)", r"resposta automatica", r"fora d[oe] (?:o )?escritorio", r"em ferias",
    r"ausencia temporaria", r"automatisch(?:e)? (?:antwoord|beantwoording|reactie|ontvangstbevestiging)",
    r"afwezig(?:heids\w*|heid)?",
    r"(?:momenteel )?(?:niet (?:aanwezig|op kantoor)|buiten kantoor|met vakantie|op vakantie)",
    r"automatyczna odpowiedz", r"odpowiedz automatyczna", r"autoodpowiedz", r"poza biurem", r"nieobecnosc", r"urlop",
    r"автоматическии ответ", r"автоматическое (?:сообщение|уведомление)", r"автоответ(?:чик)?", r"вне офиса",
    r"нет на (?:месте|рабочем месте)", r"отсутствие", r"(?:временно )?отсутству[юе]\w*", r"я? ?в отпуске",
    r"автоматична відповідь", r"автоматичен отговор", r"аутоматски одговор", r"automatick[aey] odpoved",
    r"mimo kancelar\w*", r"nepritomnost", r"automatski odgovor", r"samodejni odgovor", r"odsotnost", r"odsutan",
    r"automatikus valasz", r"hazon kivul", r"raspuns automat", r"in afara biroului", r"automatinis atsakymas",
    r"automatiska atbilde", r"automaatvastus", r"automaatne vastus", r"autosvar", r"resposta automatica",
    r"automatisk(?:t)? (?:svar|besked|melding)", r"franvaro(?:meddelande)?", r"fravær\w*", r"fravaer\w*",
    r"(?:ej|inte|ikke) (?:pa kontoret|pa plats|til ?stede)", r"ur kontoret",
    r"automaattinen vastaus", r"poissaolo\w*", r"poissa (?:toimistosta|tyopaikalta)", r"lomalla",
    r"otomatik (?:yanit|yanıt|cevap)", r"ofis d[iı]s[iı]nda", r"αυτοματη απαντηση",
    r"εκτος γραφειου", r"תשובה אוטומטית", r"מענה אוטומטי", r"הודעה אוטומטית", r"رد تلقائي",
    r"الرد التلقائي", r"自動(?:返信|応答|配信)(?:メール)?", r"不在(?:通知|連絡|のお知らせ)?", r"自动(?:回复|答复)",
    r"自動(?:回覆|回應)", r"不在办公室", r"外出中", r"休暇(?:中|のお知らせ)?", r"자동 ?(?:회신|응답|답장)", r"부재 ?중",
    r"tra loi tu dong", r"ตอบกลับอัตโนมัติ", r"ตอบกลบอตโนมต", r"balasan otomatis", r"jawaban otomatis",
)  # fmt: skip

CLOSED = r"(?: ?(?:auto-?reply|auto-?response|message|notification|notice))? ?[:\])】」]"
ALONE = (
    r" ?(?:[!.]*$|[(\[\-–—|/,;]|\d{1,2}[./-]\d|(?:re|until|till|til|since|returning|back|bis|ab|vom)\b|"
    r"from (?:\d|\w+ \d|\w+day)|(?:vanaf|jusqu|depuis)\b|(?:du|del?|dal?|al|le) \d|(?:hasta|desde|fino|ate|tot)\b|"
    r"(?:do|od|van|с|до) \d)"
)

# Sentences that absent people have as a subject, and machines that wait for nothing.
AWAY_SUBJECTS = (
    r"(?:i am|i'm|we are) (?:currently |now |temporarily )?out of (?:the |my )?office",
    r"(?:i am|i'm|we are) (?:currently )?away\b",
    r"(?:i am |i'm |we are )(?:currently )?on (?:vacation|holidays?|(?:\w+ )?leave)\b",
    r"ich bin (?:derzeit |zur zeit |zurzeit )?(?:nicht (?:im (?:buro|haus)|am arbeitsplatz))\b",
    r"ich bin (?:derzeit |zur zeit |zurzeit )?(?:au(?:ss|ß)er haus|abwesend)\b",
    r"(?:ich )?bin (?:derzeit |zur zeit |zurzeit )?(?:im |in )?urlaub\b", r"(?:im |in )?urlaub (?:bis|vom|ab)\b",
    r"je suis (?:actuellement )?(?:absente?|en (?:conges?|vacances|deplacement))\b",
    r"estoy (?:fuera de|ausente|de vacaciones)", r"sono (?:assente|in ferie|fuori (?:ufficio|sede))",
    r"(?:estou|encontro-me) (?:ausente|de ferias|em ferias|fora d)",
    r"ik ben (?:momenteel )?(?:niet (?:aanwezig|op kantoor)|buiten kantoor|met vakantie|op vakantie|afwezig)\b",
    r"olen poissa", r"jag ar (?:bortrest|ledig|pa semester)", r"jeg er pa ferie",
)  # fmt: skip

# Only a machine confirms that a mail came in by a subject of its own.
CONFIRMED_SUBJECTS = (
    r"eingangsbestatigung (?:ihrer|zu ihrer)", r"accuse de reception de votre", r"acuse de recibo de su",
    r"ontvangstbevestiging van uw", r"ricevuta del suo", r"acknowledge?ment of (?:your|receipt)",
)  # fmt: skip

# What both machines and people call their mail: it says something only together with a machine's sentence.
PERHAPS_SUBJECTS = (
    r"auto(?:matic|mated)?[ :-]", r"out of (?:the |my )?office", r"ooo\b",
    r"(?:on )?(?:vacation|holidays?|annual leave)\b",
    r"thank(?:s| you) for (?:contacting|your (?:e-?mail|enquiry|inquiry|message|request))",
    r"(?:we have |we've |we )?received your (?:e-?mail|message|request|enquiry|inquiry|ticket)",
    r"your (?:e-?mail|message|request|enquiry|inquiry|ticket)(?: \S+)? (?:has been|was) received",
    r"(?:request|ticket|case) (?:received|created|opened|logged)", r"\[?(?:ticket|case|request) ?(?:id)?[ :#]+\S+ ",
    r"automatische? ", r"urlaub\b", r"eingangsbestatigung", r"(?:vielen )?dank fur ihre ",
    r"ihre (?:anfrage|nachricht|e-?mail|mail)\b", r"(?:wir haben )?ihre (?:anfrage|nachricht|e-?mail|mail)",
    r"message automatique", r"absence\b", r"accuse de reception", r"votre (?:message|demande|e?-?mail|courriel)\b",
    r"nous avons (?:bien )?recu votre", r"merci (?:de|pour) votre (?:message|demande|e?-?mail|courriel)",
    r"mensaje automatico", r"(?:ausencia|de vacaciones|vacaciones)\b", r"acuse de recibo",
    r"hemos recibido (?:su|tu) ", r"gracias por (?:su|tu|contactar)", r"messaggio automatico", r"(?:assenza|ferie)\b",
    r"abbiamo ricevuto (?:la|il) ", r"grazie per (?:la|il|aver)", r"mensagem automatica", r"ferias\b",
    r"recebemos (?:a )?(?:sua|tua|o seu) ", r"obrigad[oa] pel[oa] ", r"automatische? (?:bericht|e-?mail)",
    r"ontvangstbevestiging", r"(?:wij|we) hebben (?:je|uw) ", r"bedankt voor (?:je|uw) ", r"外出", r"休暇", r"отсутств",
)  # fmt: skip

# Words anywhere in a subject.
ABSENT_MARKS = (
    r"\bis (?:currently )?(?:out of (?:the )?office|away|on (?:vacation|leave|holiday))\b",
    r"[\[(:-] ?(?:auto(?:matic|mated)?[ -]?(?:reply|response|responder)|autoreply)[\])]?$",
    r"[\[(:-] ?(?:out of (?:the )?office|vacation)[\])]?$",
    r"[\[(] ?(?:automatische antwort|abwesenheitsnotiz|reponse automatique|respuesta automatica) ?[\])]",
    r"[\[(] ?(?:risposta automatica|resposta automatica|automatisch antwoord|自動返信) ?[\])]",
    r"\bist (?:abwesend|nicht im (?:haus|buro)|im urlaub)\b", r"\best absente?\b",
    r"\bis afwezig\b", r"\bfuori ufficio\b",
)  # fmt: skip

CHALLENGE_SUBJECTS = (
    r"(?:please )?(?:confirm|verify|authenticate) (?:your |that you )?(?:e-?mail|message|mail)",
    r"(?:please )?(?:confirm|verify|authenticate) (?:your |that you )?(?:sent|are human|identity|sender)",
    r"(?:your )?(?:e-?mail|message|mail)\b~ (?:requires|needs) (?:verification|confirmation)",
    r"(?:your )?(?:e-?mail|message|mail)\b~ (?:awaits?|awaiting|pending) (?:verification|confirmation)",
    r"(?:your )?(?:e-?mail|message|mail)\b~ (?:requires|needs) (?:authentication|approval|your)",
    r"(?:your )?(?:e-?mail|message|mail)\b~ (?:awaits?|awaiting|pending) (?:authentication|approval|your)",
    r"(?:sender|e-?mail|message) (?:verification|authentication|confirmation) (?:required|request|needed)",
    r"\[ask\]", r"challenge", r"verify#", r"(?:waiting|held) for (?:approval|confirmation|verification)",
    r"action required: (?:verify|confirm|prove)",
    r"(?:confirmation|authentification) (?:de|requise)\b~(?:message|mail|expediteur|envoi)",
    r"votre (?:message|mail) ~(?:en attente|authentif)", r"bestatigung (?:ihrer|erforderlich)",
    r"bitte bestatigen sie ihre (?:e-?mail|nachricht)",
)  # fmt: skip

# Receipts.
READ_SUBJECTS = (
    r"(?:read|not read|gelesen|ungelesen|nicht gelesen|gelesen am|lue?) ?: ",
    r"(?:non lue?|leido|no leido|letto|non letto|letta|lida) ?: ",
    r"(?:lido|nao lida|nao lido|gelezen|ongelezen|przeczytane|прочитано) ?: ",
    r"(?:last|laest|lest|luettu|開封済み|已读|已讀|읽음) ?: ", r"(?:return|read) receipt\b",
    r"(?:lese|empfangs)bestatigung(?: ?[:(]|$$)", r"(?:accuse|confirmation) de lecture",
    r"accuse de reception \(", r"acuse de recibo \(", r"ricevuta di ritorno", r"(?:recibo|aviso de recepcao) \(",
    r"(?:confirmacion|acuse) de lectura", r"(?:conferma|ricevuta) di lettura",
    r"(?:confirmacao|recibo) de leitura", r"leesbevestiging", r"ontvangstbevestiging \(weergegeven\)",
    r"disposition notification", r"delivery receipt", r"zustellbestatigung", r"(?:posta certificata|accettazione) ?:",
    r"(?:consegna|avvenuta consegna|avviso di (?:avvenuta )?(?:consegna|accettazione)) ?:",
)  # fmt: skip
