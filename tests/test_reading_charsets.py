"""Bytes become text, whatever they claim to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading import charsets


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"plain", "", "plain"),
        ("grün".encode(), "UTF-8", "grün"),
        ("grün".encode(), "iso-8859-1", "grün"),
        ("grün €".encode("cp1252"), "utf-8", "grün €"),
        ("grün €".encode("cp1252"), "iso-8859-1", "grün €"),
        ("zażółć".encode("iso8859-2"), '"ISO-8859-2"', "zażółć"),
        ("заказ".encode("koi8-r"), "KOI8-R", "заказ"),
        ("Где мой заказ".encode("cp1251"), "", "Где мой заказ"),
        ("test äöüß ÄÖÜ".encode("latin-1"), "iso-8859-1", "test äöüß ÄÖÜ"),
        ("the test äöüß ÄÖÜ, again".encode("latin-1"), "", "the test äöüß ÄÖÜ, again"),
        ("请帮我查一下订单".encode("gb18030"), "", "请帮我查一下订单"),
        ("訂單".encode("big5"), "big5", "訂單"),
        ("注文の確認".encode("iso2022_jp"), "iso-2022-jp", "注文の確認"),
        ("注文の確認".encode("iso2022_jp"), "", "注文の確認"),
        ("注文の確認".encode("cp932"), "iso-2022-jp", "注文の確認"),
        ("주문".encode("euc-kr"), "ks_c_5601-1987", "주문"),
        ("key".encode("utf-16"), "utf-16", "key"),
        (b"\xef\xbb\xbfkey", "utf-8", "key"),
        (b"cut \xc3", "utf-8", "cut Ã"),
        ("süß und grün, cut ".encode() + b"\xc3", "utf-8", "süß und grün, cut \ufffd"),
        (b"abc", "rot13", "abc"),
        (b"abc", "zip", "abc"),
        (b"\\x41", "unicode_escape", "\\x41"),
    ],
)
def test_to_text(data: bytes, label: str, text: str) -> None:
    assert charsets.to_text(data, label) == text


LABELS = ("", "utf-8", "utf-7", "utf-16", "hz", "iso-2022-jp", "iso-2022-kr", "gb2312", "big5", "euc-kr", "cp1255", "x")


@given(st.binary(max_size=60), st.sampled_from(LABELS))
def test_total_on_every_input(data: bytes, label: str) -> None:
    assert isinstance(charsets.to_text(data, label), str)
