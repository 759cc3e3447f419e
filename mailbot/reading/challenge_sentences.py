"""What filters that want proof of a person say, what receipts say, and what machines say that stand for a caller.

Written without accents and in lower case, as text is folded before it is compared; a pattern is RE2 syntax,
and `~` stands for anything within one sentence.
"""

# "Show that you are human."
CHALLENGE_SENTENCES = (
    r"(?:added|add you) (?:to|on|in) ~(?:allow|white|approved|safe|guest|accept)[a-z]*[- ]?(?:list|senders?)",
    r"add your (?:e-?mail )?address (?:to|on|in) ~(?:allow|white|approved)[a-z]*[- ]?(?:list|senders?)",
    r"placed (?:to|on|in) ~(?:allow|white|approved)[a-z]*[- ]?(?:list|senders?)",
    r"add your (?:e-?mail )?address (?:to|on|in) ~(?:safe|guest|accept)[a-z]*[- ]?(?:list|senders?)",
    r"placed (?:to|on|in) ~(?:safe|guest|accept)[a-z]*[- ]?(?:list|senders?)",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spam|challenge|verif)",
    r"inbox\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spam|challenge|verif)",
    r"e-?mail(?: address)?\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spam|challenge|verif)",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~whitelist",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:confirm|bluebottle)",
    r"(?:inbox|e-?mail(?: address)?)\b~ (?:is |are )?(?:protected by|using|uses) ~whitelist",
    r"inbox\b~ (?:is |are )?(?:protected by|using|uses) ~(?:confirm|bluebottle)",
    r"e-?mail(?: address)?\b~ (?:is |are )?(?:protected by|using|uses) ~(?:confirm|bluebottle)",
    r"(?:address|user)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spam|challenge|verif)",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spam|challenge|verif)",
    r"(?:address|user)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:whitelist|confirm|bluebottle)",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~whitelist",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:confirm|bluebottle)",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spamarrest|boxbe|earthlink)",
    r"inbox\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spamarrest|boxbe|earthlink)",
    r"e-?mail(?: address)?\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spamarrest|boxbe|earthlink)",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~mailblocks",
    r"(?:account|mailbox)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:choicemail|guest ?list)",
    r"(?:inbox|e-?mail(?: address)?)\b~ (?:is |are )?(?:protected by|using|uses) ~mailblocks",
    r"inbox\b~ (?:is |are )?(?:protected by|using|uses) ~(?:choicemail|guest ?list)",
    r"e-?mail(?: address)?\b~ (?:is |are )?(?:protected by|using|uses) ~(?:choicemail|guest ?list)",
    r"(?:address|user)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:spamarrest|boxbe|earthlink)",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~spamarrest",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:boxbe|earthlink)",
    r"(?:address|user|recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~mailblocks",
    r"(?:address|user)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:choicemail|guest ?list)",
    r"(?:recipient|i am|i'm)\b~ (?:is |are )?(?:protected by|using|uses) ~(?:choicemail|guest ?list)",
    r"(?:click|visit|follow) ~to (?:verify|confirm|prove|authenticate) (?:that )?you",
    r"(?:click|visit|follow) ~to (?:verify|confirm) (?:that )?your (?:e-?mail|address|message|identity)",
    r"(?:click|visit|follow) ~to (?:prove|authenticate) (?:that )?your (?:e-?mail|address|message|identity)",
    r"(?:click|visit|follow) ~to (?:have|ensure|complete|release|deliver) ~(?:deliver|message|mail)",
    r"(?:prove|verify|confirm) (?:that )?you are (?:a |not a )?(?:real )?(?:human|person|robot|spammer|machine)",
    r"(?:requires?|awaiting) (?:your |sender |a )?verification ~(?:deliver|message|mail|sender)",
    r"(?:requires?|awaiting) (?:your |sender |a )?authentication ~(?:deliver|message|mail|sender)",
    r"(?:pending|needs?) (?:your |sender |a )?verification ~(?:deliver|message|mail|sender)",
    r"(?:pending|needs?) (?:your |sender |a )?authentication ~(?:deliver|message|mail|sender)",
    r"one[- ]time (?:verification|confirmation|authentication|request)",
    r"protecting (?:myself|my (?:mailbox|inbox|account)) from ~(?:junk|spam)",
    r"(?:click|visit|follow) ~so (?:that )?(?:i|we) can (?:receive|read|get)",
    r"challenge[- /]response", r"add yourself to my ~list",
    r"(?:has been|is|was) (?:wait-?listed|quarantined until|held until)",
    r"one-time automated message",
    r"reply to this (?:message|e-?mail|mail) (?:to|in order to|and) ~(?:deliver|confirm)",
    r"reply to this (?:message|e-?mail|mail) (?:to|in order to|and) ~(?:release|verif|whitelist)",
    r"(?:cliquez|cliquer) ~que vous (?:etes|n'etes)",
    r"(?:cliquez|cliquer) ~(?:vous (?:authentifier|identifier)|(?:delivr|remis|distribu|liber)\w+)",
    r"protegee? (?:par|contre) ~(?:spam|mailinblack|mail in black)",
    r"(?:klicken|klick) ~(?:bestatigen|freischalt|zuzustell|zugestellt)",
    r"(?:haga|haz|hacer) clic ~(?:confirmar|verificar|entreg)",
    r"(?:clicca|cliccare|fare clic) ~(?:confermare|verificare|recapit|consegn)",
    r"(?:clique) ~(?:confirmar|verificar|entreg)", r"klik ~(?:bevestigen|verifi)",
)  # fmt: skip

# Receipts.
READ_SENTENCES = (
    r"\b(?:was|were|has been) (?:read|displayed|opened|deleted) (?:on|by|at|without|in)\b",
    r"(?:angezeigt|gelesen|geoffnet) (?:wurde|worden)", r"ete (?:affiche|lu) (?:sur|par|le)",
    r"(?:return|read) receipt", r"(?:wurde|ist) ~(?:gelesen|geoffnet|angezeigt|geloscht)",
    r"a ete (?:lu|affiche|ouvert|supprime)", r"ha sido (?:leid|mostrad|abiert)", r"fue leid",
    r"e stat[oa] (?:lett|visualizzat|apert)", r"foi (?:lid|exibid|abert)",
    r"(?:is|werd) ~(?:gelezen|weergegeven|geopend)", r"disposition", r"ricevuta di",
    r"this is (?:a|only a) (?:receipt|return receipt)",
)  # fmt: skip

# Notices of machines that stand for somebody who rang or faxed: there is nobody to answer.
NOTICE_SENTENCES = (
    r"(?:you have |you've )?received a (?:new )?(?:fax|voice ?mail|voice message)\b",
    r"haben (?:soeben )?ein(?:e)? neues? (?:fax|sprachnachricht|voicemail)",
    r"(?:nouveau|nouvelle) (?:fax|telecopie|message vocal) (?:de|recu)",
)  # fmt: skip
