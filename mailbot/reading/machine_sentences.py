"""The sentences with which machines say what they are, in many languages.

Written without accents and in lower case, as text is folded before it is compared; a pattern is RE2 syntax,
and `~` stands for anything within one sentence.
"""

# People write of "an automatic answer" that they got: a machine speaks of this very mail, or begins a sentence with it.
_BEGINS = r"(?:^|[.!?:;*#\[(_=|-] ?)"

# "This text was written by a machine."
AUTOMATED_SENTENCES = (
    r"this is an? (?:automated|automatic|auto-?generated) ?(?:\w+ )?(?:reply|response|e-?mail|message|mail)",
    r"this is an? (?:automated|automatic|auto-?generated) ?(?:\w+ )?(?:notification|acknowledg|answer|confirmation)",
    r"this is an? (?:automatically generated|auto-?matic) ?(?:\w+ )?(?:reply|response|e-?mail|message|mail)",
    r"this is an? (?:automatically generated|auto-?matic) ?(?:\w+ )?(?:notification|acknowledg|answer|confirmation)",
    r"this is an? (?:system[- ]generated|auto) ?(?:\w+ )?(?:reply|response|e-?mail|message|mail)",
    r"this is an? (?:system[- ]generated|auto) ?(?:\w+ )?(?:notification|acknowledg|answer|confirmation)",
    r"this (?:e-?mail|message) (?:was|is|has been) (?:\w+ )?auto(?:matically |-)?(?:generated|sent|created)",
    r"this (?:mail|response) (?:was|is|has been) (?:\w+ )?auto(?:matically |-)?(?:generated|sent|created)",
    r"this (?:reply|notification|text) (?:was|is|has been) (?:\w+ )?auto(?:matically |-)?(?:generated|sent|created)",
    r"this (?:e-?mail|message|mail|response) (?:was|is|has been) (?:generated|sent|created) automatically",
    r"this (?:reply|notification|text) (?:was|is|has been) (?:generated|sent|created) automatically",
    _BEGINS + r"automatically[- ]generated (?:e-?mail|message|mail|reply|response|notification)",
    _BEGINS + r"auto(?:mated|matic|-)? ?(?:reply|response|responder|message|acknowledg)",
    r"(?:this|my|our|an) auto-?(?:responder|reply) (?:will|to|is|let|confirm|acknowledg)",
    r"this is the only notification you will receive",
    r"(?:dies|das) ist eine (?:\w+ )?(?:automati\w+|maschinell \w+) (?:\w+ )?(?:antwort|nachricht|e-?mail|mail)",
    r"(?:dies|das) ist eine (?:\w+ )?(?:automati\w+|maschinell \w+) (?:\w+ )?(?:benachrichtigung|\w*bestatigung)",
    r"dieser? (?:e-?mail|mail|nachricht|antwort|text|schreiben|bestatigung) (?:wurde|ist|wird) (?:\w+ )?automatisch",
    r"dieser? (?:e-?mail|mail|nachricht|antwort|text|schreiben|bestatigung) (?:wurde|ist|wird) (?:\w+ )?maschinell",
    _BEGINS + r"(?:automatisch|maschinell) (?:generiert|erstellt|erzeugt|versandt|versendet|verschickt)",
    _BEGINS + r"automatische (?:antwort|eingangsbestatigung|nachricht|abwesenheits)",
    r"ceci (?:est|d'un|d'une)(?: un| une)? (?:message|reponse|e?-?mail|courriel)? ?automati",
    r"(?:il s'agit|ce message) (?:est|d'un|d'une)(?: un| une)? (?:message|reponse|e?-?mail|courriel)? ?automati",
    r"(?:ce|cette|le present) (?:message|e?-?mail|courriel|reponse) (?:a ete|est) (?:genere|envoye|emis)e? automatique",
    _BEGINS + r"(?:reponse|message|courriel|e?-?mail) (?:(?:genere|envoye|emis)e? )?automatique",
    r"(?:este|esta|esto) es (?:un|una) (?:mensaje|respuesta|correo) (?:automatic[oa]|generad[oa])",
    r"(?:este|esta) (?:mensaje|correo|respuesta) (?:ha sido|fue|es) (?:generad[oa]|enviad[oa]) automatic",
    _BEGINS + r"(?:mensaje|correo|respuesta) (?:generad[oa] )?automatic[oa](?:mente)?",
    r"(?:questa|questo) e (?:una|un) (?:risposta|messaggio|e-?mail)? ?automatic[oa]",
    r"(?:questa|questo) (?:messaggio|risposta|e-?mail|mail) (?:e stat[oa]|e) (?:generat[oa]|inviat[oa]) automatic",
    _BEGINS + r"(?:messaggio|risposta|e-?mail) (?:generat[oa] )?automatic[oa](?:mente)?",
    r"(?:esta|este|isto) e uma? (?:resposta|mensagem|e-?mail) automatic[oa]",
    r"(?:esta|este) (?:mensagem|e-?mail|resposta) (?:foi|e) (?:gerad[oa]|enviad[oa]) automatic",
    _BEGINS + r"(?:mensagem|resposta|e-?mail) (?:gerad[oa] )?automatic[oa](?:mente)?",
    r"(?:dit is een|deze) (?:automatisch(?:e)?|e-?mail is automatisch) ?(?:\w+ )?(?:bericht|antwoord|e-?mail)",
    r"(?:dit is een|deze) (?:automatisch(?:e)?|e-?mail is automatisch) ?(?:\w+ )?(?:reactie|gegenereerd|verzonden)",
    r"(?:dit|deze) (?:bericht|e-?mail|mail|antwoord) (?:is|werd|wordt) automatisch",
    _BEGINS + r"automatisch (?:gegenereerd|verzonden|verstuurd|aangemaakt|antwoord|bericht)",
    r"wiadomosc (?:zostala )?(?:wygenerowana )?automatyczn", r"automatycznie (?:wygenerowan|wyslan)",
    r"automatyczna odpowiedz",
    r"автоматически (?:создан|отправлен|сгенерирован)",
    r"автоматическ(?:ое|ии) (?:сообщение|ответ|уведомление)",
    r"automatiskt (?:meddelande|genererat|svar)",
    r"automatisk (?:besked|genereret|svar|generert)", r"automaattinen (?:vastaus|viesti)",
    r"automaticky (?:vygenerovan|odeslan)", r"automatikusan", r"generat automat", r"otomatik olarak",
    r"自動(?:返信|的に|配信|応答|送信)", r"自动(?:回复|发送|生成)", r"自動(?:回覆|發送)",
    r"자동(?:으로)? ?(?:발송|회신|생성|응답)",
)  # fmt: skip

# "Nobody reads what is answered."
UNATTENDED_SENTENCES = (
    r"(?:please )?do(?: not|n't) (?:reply|respond) (?:directly )?to this (?:e-?mail|message)",
    r"(?:please )?do(?: not|n't) (?:reply|respond) (?:directly )?to this (?:mail|notification|address)",
    r"replies to this (?:e-?mail|message|address) (?:are|will) not", r"replies are not", r"unattended mailbox",
    r"unmonitored (?:mailbox|address|e-?mail)", r"(?:mailbox|inbox|address|account) is not (?:monitored|read|checked)",
    r"antworten sie (?:bitte )?nicht (?:direkt )?auf diese",
    r"(?:merci de |veuillez )ne pas (?:y )?repondre",
    r"(?:por favor,? )?no responda a este",
    r"(?:por favor,? )?nao responda (?:a|este|esta)",
    r"(?:niet|s\.v\.p\. niet) (?:op deze|te) (?:e-?mail|beantwoorden)",
    r"non rispond(?:ere|a|ete) (?:direttamente )?a quest", r"не отвечаите на (?:это|данное)",
)  # fmt: skip

# A help desk's mail is to be answered above a line of its own; its agents write so too, so it is only half a sign.
TICKET_SENTENCES = (
    r"(?:type|write|enter|add|put)? ?your (?:reply|response|answer) above this line",
    r"reply above (?:this|the) line", r"antwort uber dieser zeile", r"oberhalb dieser (?:zeile|linie) antworten",
    r"reponse au-dessus de cette ligne", r"repondre au-dessus de cette ligne",
    r"respuesta (?:por )?encima de esta linea",
    r"risposta sopra (?:a )?questa (?:linea|riga)", r"resposta acima desta linha",
    r"antwoord boven deze (?:lijn|regel)",
    r"powered by (?:jira|zendesk|freshdesk|zammad|otrs|help ?scout)", r"powered by (?:intercom|kayako|osticket|front)",
)  # fmt: skip
