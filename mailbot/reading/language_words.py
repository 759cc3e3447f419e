"""The lexicon by which a language is told: little words, and the words of shop mail, in lower case.

A word that several languages share is listed in each and counts less. Accents may be left out by the writer: the
plain form is added when the lexicon is loaded. The languages are in the order in which equal scores are settled.
"""

WORDS: dict[str, str] = {
    "en": """
        a till the of and to in is it you that was for on are with as i his they be at this have from or had by but
        what some we can out other were all there when up use your how said an each she which do their time if will
        way about many then them would like so these her long make thing see him has look more could go come did my no
        most who over know than been am not any our just don' didn' doesn' can' won' isn' haven' hasn' i' it' that'
        we' you' wasn' couldn' wouldn' t ve ll re please thanks thank hello hi dear hey regards sorry yes yet still
        again already also after before because back lost key license licence licenses download downloads link links
        order orders ordered cancel cancelled canceled cancellation refund refunded refunds money want wanted need
        needed help invoice invoices receipt receipts payment payments paid pay card declined wrong bought buy
        purchase purchased purchases account address change changed changing update updated send sent resend receive
        received get got never nothing product products software code serial activation activate working work works
        doesnt dont cant wont didnt email subscription renew renewal renewed auto automatic automatically charge
        charged charges charging twice where when's why website site bank statement transfer wire check vat tax
        company name number delete data personal speak talk human person real agent manager discount coupon student
        offer price prices upgrade version question answer problem issue error fix install installed computer laptop
        new old year years month months day days week weeks today yesterday tomorrow morning should must may might
        shall into without within between under only very much too me us he its here now one two first last being
        having does doing done try tried trying tell let give gave took take call someone anyone something anything
        another both every few own same such until while through during against stop keep missing delivery delivered
        ship shipped shipping return item items arrived arrive instead different expired expires file files login
        password access can't cheers track tracking package parcel store customer service mistake possible soon ago
        bill billing billed fraud unknown recognize recognise withdraw withdrawal contract right copy pdf correct
        confirm confirmation status pending complete completed good great fine awesome perfect okay sure keys anymore
        cannot find found stuff cancelling canceling refunding assistance assist support broken screen limit limits
        trial detail details referral chat somebody complaint complain reimburse reimbursement rebate deposit top
        start restart reset settings setting enable disable mode fat weight gym equipment night nights high low tech
        fast slow quick quickly edit editing continue resume deliver delivering invalid extra cost costs currency
        exchange rate bye goodbye farewell later thanx thx thankyou pls plz u ur wanna gonna dollars dollar pounds
        cents friend guys anybody offers available size colour color stock sale free register sign signup downgrade
        plan open close closed verify verification identity refuse show hide view list search report reports trouble
        wrongly bigger smaller best better worst worse nice love hate happy sad angry waiting wait waited listen hear
        january february march april june july august september october november december monday tuesday wednesday
        thursday friday saturday sunday th nd st rd pieces piece prefer contagious flu shipment shipments deliveries
        modify modified submit review reviews reservation booking book stores seller car food play team news total
        amount policy roll add teach compare accept accepted feature features latest lots advice really fake course
        courses class exam learn write wrote written sided normal coin expense insurance proof claim read told asked
        asking
    """,
    "fr": """
        le la les de des du un une et est en que qui pour dans pas ne sur au aux ce cette ces se son sa ses il elle
        nous vous je j' on avec plus par mais ou où si leur tout tous toute toutes être avoir fait faire comme été ai
        as avons avez ont suis êtes sont était y mon ma mes votre vos notre nos moi c' n' d' l' qu' s' m' t' jusqu'
        lorsqu' aujourd' hui hier demain merci bonjour bonsoir madame monsieur messieurs cordialement salut svp stp
        s'il plaît plait veuillez pouvez pourriez pouvoir peux peut puis voudrais souhaite souhaiterais aimerais veux
        voulais dois perdu perdue perdus clé cle clef clés licence télécharger téléchargement lien commande commandes
        commandé commander annuler annulation annulez annulé rembourser remboursement remboursé remboursez argent
        facture factures reçu recu paiement paiements payé payer paye carte bancaire refusée refusé refuse erreur
        acheté achat achats compte adresse changer changement modifier modification envoyer envoyé envoyez renvoyer
        renvoyez recevoir jamais rien produit produits logiciel code activation fonctionne marche aide besoin problème
        probleme abonnement renouvellement renouveler automatique prélevé prélèvement débité débit fois pourquoi quand
        comment combien site banque virement chèque tva société nom numéro numero supprimer données personnelles
        parler humain quelqu quelqu'un conseiller remise réduction étudiant prix version question réponse installer
        ordinateur nouveau nouvelle ancien année ans mois jour jours semaine matin soir donc car parce depuis encore
        toujours déjà deja aussi très tres bien bon bonne sans avant après apres sous entre vers chez même meme autre
        autres cela ça ca ci ici là alors ainsi trop peu beaucoup aucun aucune chaque quel quelle quels quelles dont
        mail courriel attente attends reçue colis livraison livré retour rétractation contrat droit copie relevé
        inconnu tarif devis essai d'accord accord oui non résilier résiliation fichier ouvrir mot passe connecter
        accès vite rapidement svp. tjrs dossier suite concernant auprès passé passée effectué effectuée corriger
        valider validé perds installe marchent fonctionnent reçois attendre réessayer mauvais mauvaise mort veut
        voudrions essayer gratuit essayé urgent urgence répondre répondez dire dites concerne client compris comprends
        puis-je êtes-vous trompé trompée ordi personne rdv janvier février mars avril mai juin juillet août septembre
        octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
    """,
    "de": """
        der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr
        durch man sein wurde sei ich mir mich mein meine meinen meinem meiner wir uns unser unsere ihr ihre ihren
        ihrem ihnen ihrer du dein dir dich kein keine keinen bitte danke dank vielen hallo guten tag morgen abend moin
        sehr geehrte geehrter damen herren liebe lieber grüße gruß freundlichen freundliche mfg habe hatte hätte kann
        können könnten könnte konnte möchte möchten muss müssen soll sollte will wollte würde wenn dann weil denn doch
        schon immer wieder jetzt heute gestern leider gerne gern hier da wo wann warum wieso wer was welche welcher
        viel schlüssel lizenz lizenzschlüssel verloren verlegt finde gefunden herunterladen download link bestellung
        bestellungen bestellt bestellen bestellnummer stornieren storno stornierung storniert kündigen kündigung
        gekündigt widerruf widerrufen widerrufe rückerstattung erstattung erstatten zurück geld zahlung bezahlt
        bezahlen zahlen überweisung überwiesen überweisen karte kreditkarte abgelehnt falsch falsche falsches gekauft
        kauf kaufen konto adresse ändern geändert änderung schicken schickt schicke senden gesendet zusenden erhalten
        bekommen bekomme kam angekommen nie nichts niemand produkt programm software code aktivierung aktivieren
        funktioniert geht hilfe helfen problem fehler abo abonnement verlängerung verlängern automatisch abgebucht
        abbuchung zweimal doppelt rechnung rechnungen quittung beleg mwst steuer firma name nummer löschen löschung
        daten persönlich sprechen mensch mitarbeiter kollege rabatt gutschein student preis preise angebot version
        frage antwort installieren rechner computer neu neue neuen alt alte jahr jahre monat tage tagen woche wochen
        ohne gegen unter zwischen während seit alle alles andere anderen ja nein ok lieferung geliefert paket
        rücksendung vertrag recht kopie kontoauszug unbekannt datei passwort zugang anmelden einloggen dringend
        schnell mal nochmal nochmals erneut ihn ihm damit dafür darum dazu davon deshalb trotzdem bisher sofort
        bereits weder sondern wäre wurden worden bin bist seid hab hast fuer ueber koennen moechte schluessel
        kuendigen gruesse zurueck loeschen klappt läuft laufen gehen ging brauche brauchen bräuchte warte warten lässt
        stimmt verlege gibt gäbe jemand jemanden kostenlos testen test mitteilen antworten fragen anrufen wissen
        hätten wollen schonmal übrigens einfach derzeit eigentlich falls tschüss hey schreibe schreiben januar februar
        märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag
        freitag samstag sonntag funktionieren stürzt startet hängt warenkorb letzten letzte schritt beim tut nix nich
        ned nöd nimmer isch hend händ chönd chan grüezi grüessech servus griaß euch eure euer eurem euren habt könnt
        könntet würdet wollt möcht würd hätt verschickt versendet gekommen kommt bleibt ware gutschrift mahnung
        überweise angewiesen kennwort fehlermeldung absturz friert gar keinerlei welchem wessen schickts gibts obwohl
        meldung festplatte aufgesetzt öffnen drucken speichern kundenkonto zugangsdaten postfach mailadresse
        verlängert abmelden ausschalten löscht entfernen auskunft rückruf zurückrufen jemandem keiner zuständig
        umtausch umtauschen verwechselt erwischt statt stattdessen benötige benötigen wären gewesen geworden bekommt
        kriege krieg kriegen nachdem bevor sobald solange trotz wegen laut gemäß bezüglich betreff sowie bzw usw inkl
        zzgl lieben grüsse gruss herzliche herzlichen besten viele dankeschön vielmals tausend passt klar leute
        zusammen angezeigt steht drin drauf raus rein runter weg
    """,
    "es": """
        el la los las de que y en un una unos unas ser se no haber por con su para como estar tener le lo todo pero
        más hacer o poder decir este esta estos estas ir otro otra ese esa si me ya ver porque dar cuando él muy sin
        vez mucho saber qué sobre mi alguno mismo yo también hasta año dos querer entre así primero desde grande eso
        ni nos llegar pasar tiempo ella sí día bien poco deber entonces poner cosa tanto hombre parecer nuestro tan
        donde ahora parte después vida he ha hemos han había soy es somos son era fue está están estoy tengo tiene
        tienen del al mis sus te ti usted ustedes nuestra hola buenos buenas días tardes noches gracias favor porfavor
        saludos estimados estimado señores cordial puedo puede pueden podría podrían quiero quisiera querría necesito
        necesitamos deseo hace clave llave licencia perdido perdí descargar descarga enlace pedido pedidos pedí
        cancelar cancelación cancelen anular anulación reembolso reembolsar devolver devolución devuelvan dinero
        factura facturas recibo pago pagos pagué pagar pagado tarjeta rechazada rechazado equivocado equivocada compra
        compré comprado comprar cuenta dirección correo cambiar cambio modificar enviar envíen enviado envíe reenviar
        recibir recibido nunca nada producto programa código activación activar funciona ayuda ayudar problema error
        suscripción renovación renovar automática cobro cobrado cobraron cargo veces dónde cuándo cómo cuánto cuál
        quién banco transferencia cheque iva nif empresa nombre número borrar eliminar datos personales hablar persona
        humano alguien descuento cupón estudiante precio oferta versión pregunta respuesta instalar ordenador nuevo
        nueva viejo años mes meses semana hoy ayer mañana todavía aún además según contra durante mediante aquí allí
        menos antes ningún ninguna cada cualquier entrega paquete desistimiento contrato derecho copia extracto
        desconocido archivo contraseña acceso urgente vale esto aunque sino pues hice hizo mandar manden siguiente
        sigo llegado llegó llega perdida perdidas acuerdo instala instalo espero esperando adjunto adjunta reclamo
        reclamación gratuita prueba mejor ningun alguna algunos algunas nadie mía mío suyo contraseñas ordené quien
        cual cuanto solicito solicitar solicitud tampoco asi buen saludo ayúdenme mandarme enviarme devuélvanme
        cancélenlo cancélame enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        lunes martes miércoles jueves viernes sábado domingo actualicé actualizo abre abro abren consigo logro exporta
        exportar salta tira traba instalé instalado viene vienen trae traen laptop compu idea verdad quedó recibí
        recibimos devolví devuelto veo aparecía activo bajar bajarlo bajé descargué programita les dice dicen digo
        podrias podés querés tenés sos estamos ando anda voy vamos va van encuentro serial deja dejan finalizar
        terminar tramitar cierra cuelga lleva mal abrirlo arranca jala sale salió sigue siguen figura aparece aparecen
        pone ponen envío pasa pasó pasan cargos quise intenté intento probé habéis tenéis podéis queréis os vuestra
        vuestro vosotros uds porfa acá ahí allá nomás recién caducó caducado borré olvidé cambié reenvíen reenvíenme
        mándenme mandadme envíenme pásenme páseme díganme decidme llegará llegan mando paso plata cuesta cuestan
        cuáles hacienda gestoría contador boleta comprobante usuario renueve renueven baja darme denme cobren cobrar
        cobran debitaron sirve sirven incluye permite computadora portátil celular móvil pantalla desisto
        arrepentimiento reintegro anulen párenlo eliminen borren queremos hacen hacéis jubilados estudiantes tienda
        pedimos compramos mandaron enviaron equivoqué talla modelo impuestos exentos facturar facturen rectificativa
        razón tarde pasada lugar hicimos pagamos deposité transferí hecha rechaza denegado arrancar sólo solo mientras
        vieja peor misma haga hagan llamen llámenme queja vergüenza pésimo servicio
    """,
    "it": """
        il lo la i gli le di a da in con su per tra fra un uno una e è o ma che non si mi ti ci vi ne come se anche
        più del della dei delle degli dello al alla ai alle agli dal dalla dai nel nella nei nelle sul sulla sono sei
        siamo siete era erano ho hai ha abbiamo avete hanno aveva essere avere fare fatto questo questa questi queste
        quello quella mio mia miei mie tuo suo sua nostro nostra vostro vostra io tu lui lei noi voi loro molto poco
        tutto tutti tutta quando dove perché perche cosa chi quale quanto già ancora sempre mai solo dopo prima poi
        ora adesso oggi ieri domani qui lì così allora quindi però pero senza ciao buongiorno buonasera salve grazie
        saluti cordiali gentile gentili spettabile signori prego scusi posso può potete potreste potrei vorrei voglio
        desidero devo bisogno chiave chiavi licenza perso persa smarrito smarrita scaricare download collegamento
        ordine ordini ordinato annullare annullamento annullate annullo rimborso rimborsare rimborsate rimborsato
        soldi denaro fattura fatture ricevuta ricevuto pagamento pagamenti pagato pagare carta rifiutata rifiutato
        sbagliato sbagliata acquisto acquistato comprato comprare conto indirizzo cambiare cambio modificare modifica
        inviare inviato inviatemi mandare mandato mandatemi ricevere arrivato arrivata arriva niente nulla nessuno
        prodotto programma codice attivazione attivare funziona aiuto aiutare problema errore abbonamento rinnovo
        rinnovare automatico addebito addebitato volte bonifico assegno iva partita azienda società nome numero
        cancellare cancellazione disdire disdetta dati personali parlare persona umano qualcuno operatore sconto
        studente prezzo offerta versione domanda risposta installare computer nuovo nuova vecchio anno anni mese mesi
        giorno giorni settimana stato stata stati posta sito banca contro durante ogni altro altra altri recesso
        contratto diritto copia estratto sconosciuto file accesso consegna pacco spedizione reso urgente subito va
        bene sì dell' all' nell' sull' dall' un' l' d' c' quest' cos' com' dov' tramite riguardo purtroppo attesa
        vostri vostre installa sto aspetto aspettando aspettare attendo arrivate arrivano vogliamo ottenere serve
        servono volevo intestata ditta gratuito prova qualche nessuna stesso stessa quali rispondete fatemi ditemi
        riesco riesce funzionano pagate saldo richiesta richiedo chiedo acquistare gennaio febbraio marzo aprile
        maggio giugno luglio agosto settembre ottobre novembre dicembre lunedì martedì mercoledì giovedì venerdì
        sabato domenica
    """,
    "pt": """
        o a os as de que e do da em um uma uns umas para com não nao por mais dos das como mas foi ao aos ele ela se
        na nas nos à às seu sua seus suas ou quando muito já ja eu também tambem só pelo pela até isso entre era
        depois sem mesmo ter você voce vocês meu minha meus minhas numa num são sao está estão estou tem têm tenho
        tinha temos fui há isto este esta estes estas esse essa eles elas nós qual quem onde porque porquê assim ainda
        agora hoje ontem amanhã aqui lá sim bem olá ola oi bom boa dia tarde noite obrigado obrigada obrigados
        cumprimentos atenciosamente caro cara prezado prezados senhores favor posso pode podem poderia podiam gostaria
        queria quero preciso desejo chave licença perdi perdida perdido descarregar baixar download ligação link
        encomenda encomendas pedido pedi cancelar cancelamento cancelem anular reembolso reembolsar reembolsem
        devolver devolução devolvam estorno dinheiro fatura faturas recibo pagamento pagamentos paguei pagar pago
        cartão cartao recusado recusada errado errada compra comprei comprar conta endereço morada alterar alteração
        mudar enviar enviem enviado envie reenviar receber recebi recebido nunca nada produto programa código
        activação ativação ativar funciona ajuda ajudar problema erro assinatura subscrição renovação renovar
        automática cobrança cobrado cobraram débito vezes quanto transferência cheque iva nif cnpj cpf empresa nome
        número apagar eliminar dados pessoais falar pessoa humano alguém desconto cupão cupom estudante preço oferta
        versão pergunta resposta instalar computador novo nova velho ano anos mês meses semana dias fazer feito fiz
        gostava banco sobre contra durante cada outro outra outros nenhum nenhuma todos toda tudo entrega encomendei
        livre resolução contrato direito cópia extrato desconhecido ficheiro arquivo senha acesso urgente então entao
        chegou chegar deu mandar mandem pra pro né vossa vosso junto seguinte consigo consegui instala falta espera
        contínuo nota fiscal cadê boleto pix espero tenham mandei adquiri solicito solicitar gostei nem daqui faz
        certo desde segunda terça quarta quinta sexta feira janeiro fevereiro março abril maio junho julho agosto
        setembro outubro novembro dezembro sábado domingo liguem ligue vergonha atendimento semanas mensagens
        respostas gente duas dois três cinco encontro acho sumiu apaguei esqueci mudei troquei reenviem mandarem
        passem digam conseguem vossos vossas convosco connosco conosco telemóvel celular portátil ecrã tela transferir
        instalador hiperligação caducou expirou venceu contabilista contador contabilidade finanças contribuinte
        pagámos pagamos transferi transferimos depositei comprovativo comprovante multibanco recusou rejeitado aceita
        aceite passa passou saldo limite debitaram desisto desistir arrependimento anulem renovem mensalidade mensal
        anual plano deixem apaguem eliminem excluam cadastro estudantes professores promoção custa custam chega chegam
        rastreio saiu anda ficou vem veio trocar troca enviaram mandaram abre fecha arranca trava travou valeu abraço
        ninguém queixa reclamação dá dão nesta neste dessa desse daquele aquela àquele fizemos fazem faço consegue
        conseguimos queríamos poderiam precisava tinham qualquer algum alguma alguns algumas mal melhor velha antes
        saber fica travando tempo todo funcionou funcionando conserto manual português show baixo app cancelo cancela
        demora
    """,
    "nl": """
        de het een en van ik te dat die in je is niet zijn op aan met als voor had er maar om hem dan zou of wat mijn
        men dit zo door over ze zich bij ook tot mij uit der daar haar naar heb heeft hebben hebt hoe toen kunnen kan
        kunt kon wil wilt willen wilde moet moeten mag zal zullen wordt worden werd was waren ben bent geweest geen
        nog wel meer al alle alles deze u uw jullie jouw wij we ons onze hun zij hij me graag alstublieft alsjeblieft
        aub svp bedankt dank dankjewel dankuwel hallo hoi beste geachte goedemorgen goedemiddag goedendag goedenavond
        groet groeten vriendelijke sleutel licentie licentiesleutel kwijt verloren downloaden download link bestelling
        bestellingen besteld bestellen annuleren annulering geannuleerd annuleer opzeggen opzegging terugbetaling
        terugbetalen terugbetaald terug geld factuur facturen bon betaling betalingen betaald betalen kaart creditcard
        geweigerd verkeerd verkeerde gekocht aankoop kopen rekening adres wijzigen gewijzigd wijziging veranderen
        sturen stuur gestuurd stuurt opsturen toesturen ontvangen gekregen krijgen krijg nooit niets niks niemand
        product programma code activatie activeren werkt hulp helpen probleem fout abonnement verlenging verlengen
        verlengd automatisch automatische afgeschreven afschrijving incasso keer twee dubbel waar wanneer waarom wie
        welke hoeveel bank overboeking overgemaakt overmaken btw belasting bedrijf naam nummer verwijderen verwijder
        gegevens persoonlijke spreken mens medewerker persoon iemand korting kortingscode student prijs aanbieding
        versie vraag vragen antwoord installeren computer nieuw nieuwe oud oude jaar jaren maand maanden dag dagen
        week weken vandaag gisteren morgen ochtend zonder tegen onder tussen sinds omdat want toch weer steeds eens
        even nu hier ja nee levering geleverd pakket retour retourneren herroeping herroepen herroepingsrecht
        overeenkomst recht kopie afschrift onbekend bestand wachtwoord toegang inloggen dringend snel spoedig mogelijk
        helaas zojuist reeds inmiddels gaat gedaan doen doe laat laten weten mail e-mailadres zodat echter hierbij
        daarom jammer lukt klopt lukken wacht wachten hoeft gratis proberen vraagje antwoorden bellen zegt zei gewoon
        eigenlijk indien mailtje hallootjes ontvang overgeboekt klant gelieve januari februari maart april mei juni
        juli augustus september oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        functioneert functioneren
    """,
}
