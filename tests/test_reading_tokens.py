"""Words and marks as the rules see them: what ends a sentence, what parts a clause, and what does neither."""

import pytest

from mailbot.reading.tokens import tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Am 3. Mai bestellt.", "am 3 mai bestellt ."),
        ("59,90 € bitte zurück, danke", "59 90 € bitte zuruck , danke"),
        ("inkl. MwSt. und Nr. 12", "inkl mwst und nr 12"),
        ("Dear Mr. Smith, no. 5 is lost", "dear mr smith , no 5 is lost"),
        ("Unsere USt-IdNr. auf die Rechnung", "unsere ust idnr auf die rechnung"),
        ("Zorg a.u.b. dat u d.d. 3 mei", "zorg aub dat u dd 3 mei"),
        ("Estoy en el día 11. Decidme", "estoy en el dia 11 . decidme"),
        ("No. I keep it", "no . i keep it"),
        ("I bought 3. Please cancel", "i bought 3 . please cancel"),
        ("Clé perdue…  Don't!", "cle perdue . dont ! "),
    ],
)
def test_tokens(text: str, words: str) -> None:
    assert [token.strip() for token in tokens(text)] == words.split()
