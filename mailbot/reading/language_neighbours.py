"""The commonest words of languages that are not ours, so that they are recognised and go to a person."""

WORDS: dict[str, str] = {
    "pl": """
        nie się jest na do że i z w to o jak za od po czy ale co ma tak już przez dla mam był była było są
        proszę prosze dziękuję dziekuje dzień dobry witam pozdrawiam pozdrowienia klucz licencja zamówienie
        zamowienie zwrot pieniędzy fakturę faktura faktury płatność chcę chciałbym mogę można bardzo tylko
        mój moja moje moje państwo pan pani jeszcze nadal kupiłem anulować zapłaciłem otrzymałem dostałem
        wysłać konto adres kiedy gdzie dlaczego nic też bym mi mnie jestem został oraz zgubiłem
    """,
    "sv": """
        och att det som en på är av för med den till inte har jag om ett men var sig så vi från nu när kan
        ska hej tack vänliga hälsningar mitt min mina nyckel beställning order faktura betalning betalat
        pengar tillbaka vill behöver hjälp fått köpt konto adress avbryta återbetalning licens ladda ner
        inte också eller mycket du ni er mig dig här vad hur varför skulle
    """,
    "da": """
        og at det som en på er af for med den til ikke har jeg om et men var sig så vi fra nu når kan skal
        hej tak venlig hilsen mit min mine nøgle bestilling ordre faktura betaling betalt penge tilbage vil
        hjælp fået købt konto adresse annullere refusion licens hente også eller meget du mig dig her hvad
        hvordan hvorfor skulle blev være hvor gerne kære mvh
    """,
    "no": """
        og at det som en på er av for med den til ikke har jeg om et men var seg så vi fra nå når kan skal
        hei takk vennlig hilsen mitt min mine nøkkel bestilling ordre faktura betaling betalt penger tilbake
        vil hjelp fått kjøpt konto adresse kansellere refusjon lisens laste ned også eller mye du meg deg
        her hva hvordan hvorfor skulle ble være hvor gjerne kjære
    """,
    "fi": """
        ja on ei se että en hän oli mutta kun niin joka mitä minä olen olet voi jos tai myös vain kuin nyt
        hei kiitos terveisin tilaus tilauksen avain lasku maksu rahat takaisin haluan haluaisin tarvitsen
        apua ostin ole peruuttaa palautus lisenssi miksi missä milloin sain kadonnut avaimen voitteko minun
        tämä
    """,
    "cs": """
        a se v na je že to s z do o k i jako za by si ale po co jsem jsou byl bylo prosím dobrý den děkuji
        dekuji pozdravem s klíč objednávka objednávku objednávky faktura fakturu platba peníze zpět chci
        chtěl můžete potřebuji koupil nebo není už jen také mi mě můj moje ještě nemám jak kde kdy proč
        zrušit vrácení licence licenční ztratil prosim
    """,
    "ro": """
        și si în in de la cu pe nu este sunt o un că ca din pentru mai am ai a fost să sa se care ce dar vă
        va rog mulțumesc multumesc bună buna ziua salut stimate cheia cheie licență comanda comandă factura
        bani înapoi inapoi vreau doresc aș dori plată plata plătit cumpărat anulare anulați rambursare
        nevoie ajutor unde când cum dacă meu mea mele sau foarte facturi
    """,
    "tr": """
        ve bir bu için ile de da ne var yok çok ama gibi daha ben sen o biz siz mi mı mu değil merhaba
        teşekkürler teşekkür ederim lütfen lutfen sipariş siparişi siparişimi fatura ödeme para iade iptal
        istiyorum anahtar lisans satın aldım nasıl nerede neden ne zaman yardım hesap adres numara olarak
        kadar sonra önce şey iyi günler selam etmek edin
    """,
    "hu": """
        a az és hogy nem is egy ez de meg van volt csak már még ha el mint kell én te ő mi ti vagy nagyon jó
        napot üdvözlettel köszönöm kérem szeretném szeretnék rendelés rendelésem számla számlát fizetés pénz
        vissza kulcs licenc kulcsot elvesztettem mert ki be lehet azt ezt hol mikor miért segítség
        vásároltam
    """,
    "ca": """
        el la els les de que i en un una per amb no es és ha he són com més però perquè molt aquest aquesta
        això jo vostè nosaltres hola bon dia gràcies gracies salutacions si us plau clau llicència comanda
        factura pagament diners vull voldria necessito tinc puc pot poden he perdut cancel·lar anul·lar
        reemborsament ajuda encara també on quan meva meu seva ells amb aquests fins sense ara ahir avui
        demà
    """,
    "hr": """
        i u je se na da su za od a ne s o će sam bi što kao to koji ali ili si ja mi vi molim hvala
        poštovani dobar dan lijep pozdrav ključ narudžba narudžbu račun plaćanje novac natrag želim trebam
        kupio licenca gdje kada zašto nije nisam mogu možete
    """,
    "sk": """
        a sa v na je že to s z do o ako za by si ale po čo som sú bol bolo prosím dobrý deň ďakujem
        pozdravom kľúč objednávka objednávku faktúra faktúru platba peniaze späť chcem môžete potrebujem
        kúpil alebo nie už len tiež mi mňa môj ešte nemám kde
    """,
    "la": """
        et ad ut cum qui quae quod sit amet dolor lorem ipsum consectetur adipiscing elit vel nec ac eget
        sapien nulla quis vestibulum
    """,
    "id": """
        yang dan di ini itu dengan untuk tidak dari dalam akan pada saya kami anda ada juga sudah bisa
        terima kasih mohon pesanan pembayaran uang kembali kunci lisensi bagaimana mengapa
    """,
    "vi": """
        của và là có không tôi cho được các một này với người trong đã bạn những để vì xin chào cảm ơn đơn
        hàng hoàn tiền
    """,
    "gl": """
        non unha unhas dunha nunha polo pola coa cos miña miñas meu tamén xa moito moitas grazas graciñas bo bos
        podo podería envíenme licenza perdín merquei pedimento cartos
        onde cando ola agradézolle saúdos aínda despois hoxe mañá teño tiven fixen
    """,
    "af": """
        nie het ek my jy jou julle ons hulle wat hierdie daardie asseblief baie dankie is nog sal kan moet wil
        sleutel lisensie bestelling verloor gekoop betaal terug geld faktuur stuur vir aan met van die en of
        weer kry gekry nuwe ook maar groete goeie môre middag hoekom wanneer waar
    """,
    "lb": """
        ech meng mäin mech mir dir iech eis net ass sinn hunn hutt kann wëll wëllt gär villmools moien
        schlëssel lizenz bestellung verluer kaaft bezuelt zeréck suen rechnung schécken schéckt nach eng vun
        fir wéi wou firwat wann an awer och elo däers gréiss
    """,
}
