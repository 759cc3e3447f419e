"""What is sealed can be opened by the same secret for the same purpose, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import SECRET

from mailbot.store.seal import Sealer, Unsealable

SEALER = Sealer(SECRET)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_there_and_back(plain: bytes, purpose: str) -> None:
    sealed = SEALER.seal(plain, purpose)
    assert Sealer(SECRET).open(sealed, purpose) == plain
    assert plain not in sealed or len(plain) < 4
    assert sealed != SEALER.seal(plain, purpose)


@pytest.mark.parametrize(
    ("sealer", "bend", "purpose"),
    [
        (Sealer(SECRET + "x"), lambda sealed: sealed, "a"),
        (SEALER, lambda sealed: sealed, "b"),
        (SEALER, lambda sealed: sealed[:-1], "a"),
        (SEALER, lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), "a"),
        (SEALER, lambda sealed: sealed[:5] + bytes([sealed[5] ^ 1]) + sealed[6:], "a"),
        (SEALER, lambda sealed: b"", "a"),
        (SEALER, lambda sealed: None, "a"),
    ],
)
def test_nothing_else_opens_it(sealer: Sealer, bend, purpose: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unsealable, match="secret"):
        sealer.open(bend(SEALER.seal(b"NIM5-7K2M", "a")), purpose)
