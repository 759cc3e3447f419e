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
