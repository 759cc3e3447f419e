"""The printed invoice: PDF/A-3b, one page, the same bytes again, safe against hostile text, several at once."""

import io
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.invoices.invoice import Invoice, InvoiceLine, Party
from mailbot.invoices.pdf import TEMPLATE, Press, PressFault
from mailbot.invoices.tax import TaxGroup
from mailbot.model.shop import LANGUAGES

SHIPPED = Path(__file__).parent.parent / "templates" / "invoice"
PRESS = Press([SHIPPED])
INVOICE = Invoice(
    number="R-2026-00001", issued_on=date(2026, 11, 5), supplied_on=date(2026, 11, 4), order_number="10023",
    ordered_on=date(2026, 11, 2), language="en", currency="EUR",
    seller=Party(name="Demo GmbH", street="Hauptstr. 1", postcode="10115", city="Berlin", country="DE", vat_id="DE1"),
    buyer=Party(name="Maria Rossi", street="Via Roma 1", postcode="20121", city="Milano", country="IT"),
    lines=(InvoiceLine("Photo Pro 8", "PRO", 2, 4095, 8190, "IVA", "22"),),
    groups=(TaxGroup("IVA", "22", 8190, 1802),), rounding=0, net=8190, tax=1802, total=9992,
    paid_on=date(2026, 11, 4), paid_with="bank transfer",
)  # fmt: skip
HOSTILE = "#panic() $x^2$ *b* _i_ ` \\ <a> @ref [z] // c \"'{}" + "W" * 3000 + "i" * 7000


def printed(**changes: Any) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(PRESS.render(replace(INVOICE, **changes))))


def text_of(pdf: bytes) -> str:
    """The text as poppler reads it. It comes with every system that has a PDF viewer, but not with Python."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True, timeout=20)
    return re.sub(r"[\s\u200b]+", " ", out.stdout.decode())


def test_it_is_a_tagged_pdf_a3b_of_one_page() -> None:
    with printed() as pdf:
        assert len(pdf.pages) == 1
        width, height = (float(x) for x in pdf.pages[0].MediaBox[2:])
        assert (round(width), round(height)) == (595, 842)  # A4
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
            assert xmp["dc:title"] == "Invoice R-2026-00001"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.Lang == "en"
        assert "/AF" not in pdf.Root


def test_its_text_can_be_read_out() -> None:
    text = text_of(PRESS.render(INVOICE))
    parts = (
        "Invoice", "R-2026-00001", "Maria Rossi", "20121 Milano", "Italy", "Photo Pro 8", "40.95", "81.90",
        "IVA 22% on €81.90", "€18.02", "€99.92", "Paid on 4 November 2026 by bank transfer.", "VAT ID DE1",
    )  # fmt: skip
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fits_one_page(language: str) -> None:
    with printed(language=language, notes=("reverse_charge", "outside_eu"), card_last4="4242") as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.Lang == language


def test_the_same_invoice_gives_the_same_bytes() -> None:
    again = Press([SHIPPED])
    assert PRESS.render(INVOICE) == PRESS.render(INVOICE) == again.render(INVOICE)
    assert PRESS.render(INVOICE) != PRESS.render(replace(INVOICE, number="R-2026-00002"))


def test_the_e_invoice_has_its_place() -> None:
    xml = "<?xml version='1.0'?><a>é</a>".encode()
    with pikepdf.open(io.BytesIO(PRESS.render(INVOICE, xml))) as pdf:
        (spec,) = pdf.Root.AF
        assert str(spec.UF) == "factur-x.xml"
        assert spec.AFRelationship == "/Alternative"
        assert pdf.attachments["factur-x.xml"].get_file().read_bytes() == xml


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "#import \"@preview/x:1.0.0\"; #read(\"/etc/passwd\") #sys.inputs",
        "\\u{41} \" \\\" \n\r\x00 \u2028 \ud800",
        "مرحبا بالعالم שלום",
        "😀🏳️‍🌈 株式会社 日本語 한국어 \uffff",
        "".join(chr(0x4E00 + n) for n in range(100)),
        "Z̷̨̛͓͎" * 200,
        "",
        "\u200b\u202e" * 500,
    ],
    ids=["markup", "code", "escapes", "right-to-left", "no-glyphs", "many-glyphs", "zalgo", "empty", "invisible"],
)  # fmt: skip
def test_hostile_text_neither_breaks_nor_overflows_it(name: str) -> None:
    party = Party(name=name, street=name, postcode=name, city=name, region=name, country="US", vat_id=name)
    line = InvoiceLine(name, name, 1, 8190, 8190, name, "22")
    pdf = PRESS.render(
        replace(INVOICE, seller=party, buyer=party, lines=(line,), order_number=name, paid_with=name,
                groups=(TaxGroup(name, "22", 8190, 1802),))
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) <= 3
    assert "€99.92" in text_of(pdf)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_no_text_at_all_can_stop_it(name: str) -> None:
    line = InvoiceLine(name, name, 1, 8190, 8190, name, "22")
    assert PRESS.render(replace(INVOICE, buyer=Party(name=name, city=name), lines=(line,))).startswith(b"%PDF-")


def test_markup_is_printed_as_it_was_written() -> None:
    assert "#panic() $x$ *b* _i_" in text_of(PRESS.render(replace(INVOICE, order_number="#panic() $x$ *b* _i_")))


def test_nothing_is_printed_outside_of_the_margins(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    line = InvoiceLine(HOSTILE, HOSTILE, 10**6, -(10**13), 10**15, HOSTILE, "9.975")
    party = Party(name=HOSTILE, street=HOSTILE, city=HOSTILE, country="US")
    invoice = replace(INVOICE, buyer=party, seller=party, lines=(line,) * 3, order_number=HOSTILE, total=10**15)
    out = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=PRESS.render(invoice), capture_output=True, check=True, timeout=20
    ).stdout.decode()
    boxes = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', out)
    assert len(boxes) > 100
    assert min(float(left) for left, _ in boxes) > 65
    assert max(float(right) for _, right in boxes) < 545


def test_a_long_invoice_goes_on_over_pages() -> None:
    lines = tuple(InvoiceLine(f"Product {n}", f"P{n}", 1, 100, 100, "IVA", "22") for n in range(80))
    pdf = PRESS.render(replace(INVOICE, lines=lines))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    text = text_of(pdf)
    assert pages > 1
    assert f"Page {pages} of {pages}" in text
    assert text.count("Unit price") == pages  # the head of the table is on each


def test_a_character_without_a_glyph_is_learnt_once() -> None:
    press = Press([SHIPPED])
    press.render(replace(INVOICE, order_number="\U0001fad8\U00013000"))
    known = press.unprintable
    press.render(replace(INVOICE, order_number="\U0001fad8\U00013000 x"))
    assert press.unprintable == known
    assert all(not char.isascii() for char in known)


def test_threads_print_at_the_same_time() -> None:
    invoices = [replace(INVOICE, number=f"R-2026-{n:05}") for n in range(24)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(PRESS.render, invoices)) == [PRESS.render(invoice) for invoice in invoices]


def test_a_shop_prints_with_its_own_template(tmp_path: Path) -> None:
    (tmp_path / "invoice.typ").write_text(
        '#let d = json(bytes(sys.inputs.invoice))\n'
        '#set document(title: d.title, date: datetime(..d.date))\n#d.words.title for #d.buyer.name\n'
    )  # fmt: skip
    (tmp_path / "words.toml").write_text('[en]\ntitle = "Receipt"\n')
    assert text_of(Press([tmp_path, SHIPPED]).render(INVOICE)).startswith("Receipt for Maria Rossi")


def test_a_template_at_fault_says_so_and_sees_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "invoice.typ").write_text('#read("../secret.txt")')
    (tmp_path.parent / "secret.txt").write_text("secret")
    with pytest.raises(PressFault, match=rf"^{re.escape(str(tmp_path / TEMPLATE))}:1: "):
        Press([tmp_path, SHIPPED]).render(INVOICE)
    with pytest.raises(FileNotFoundError, match=r"invoice\.typ|words\.toml"):
        Press([tmp_path / "nowhere"])
