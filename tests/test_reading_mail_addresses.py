"""E-mail addresses that the writer put into the text."""

import pytest

from mailbot.reading.facts import extract


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("please use Ann.X@New.example from now on.", "ann.x@new.example"),
        ("<ann@new.example>, 'bob@new.example'", "ann@new.example bob@new.example"),
        ("please move me from ann@old.example to ann@new.example", "ann@new.example"),
        ("use max@new.example instead of max@old.example", "max@new.example"),
        ("künftig an neu@bau.example, nicht mehr an alt@bau.example", "neu@bau.example"),
        ("die alte Adresse war alt@bau.example, die neue ist neu@bau.example", "neu@bau.example"),
        ("utiliser a@neuf.example et non plus celle de a@vieux.example", "a@neuf.example"),
        ("cambiar de a@viejo.example a a@nuevo.example", "a@nuevo.example"),
        ("cambiare da a@vecchio.example a a@nuovo.example", "a@nuovo.example"),
        ("het oude adres is a@oud.example, nu a@nieuw.example", "a@nieuw.example"),
        ("change a@a.example to b@b.example", "b@b.example"),
        ("please update <a@a.example> to <b@b.example>", "b@b.example"),
        ("replace a@a.example with my new address b@b.example, please", "b@b.example"),
        ("a@a.example -> b@b.example, please change it", "b@b.example"),
        ("ändern Sie a@a.example in b@b.example", "b@b.example"),
        ("Bitte a@a.example durch b@b.example ersetzen", "b@b.example"),
        ("Können Sie a@a.example auf b@b.example umstellen?", "b@b.example"),
        ("remplacez a@a.example par b@b.example", "b@b.example"),
        ("merci de modifier a@a.example en b@b.example", "b@b.example"),
        ("mon ancienne adresse était a@a.example, la nouvelle est b@b.example", "b@b.example"),
        ("cambie a@a.example por b@b.example", "b@b.example"),
        ("quiero sustituir a@a.example por mi nuevo correo b@b.example", "b@b.example"),
        ("sostituite a@a.example con b@b.example", "b@b.example"),
        ("cambiare a@a.example in b@b.example", "b@b.example"),
        ("troquem a@a.example por b@b.example", "b@b.example"),
        ("mudar a@a.example para b@b.example", "b@b.example"),
        ("wijzig a@a.example in b@b.example", "b@b.example"),
        ("kunt u a@a.example vervangen door b@b.example", "b@b.example"),
        ("send it to a@a.example and b@b.example, nothing else changes", "a@a.example b@b.example"),
        ("I changed jobs: a@a.example works, b@b.example too", "a@a.example b@b.example"),
        ("I write from ann@only.example", "ann@only.example"),
        ("mailto:ann@new.example", "ann@new.example"),
        ("> ann@old.example", ""),
        ("From: Ann <ann@old.example>", ""),
        ("Am Montag schrieb ann@old.example:", ""),
        ("ann@localhost, @ann, a @ b.example", ""),
        ("@" * 500, ""),
    ],
)
def test_addresses_in_the_text_are_found(text: str, found: str) -> None:
    assert extract(text).emails == tuple(found.split())
