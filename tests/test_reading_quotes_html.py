"""Containers of history in HTML are known by themselves, whatever the words in them; answers between them stay."""

import pytest

from mailbot.reading.quotes import Cut, new_text

NEW = "<div>I lost the key.</div>"
OLD = "<p>Hello Anna,</p><p>your order 10023 is ready.</p>"
ODD = "Shop, so ward gesagt"  # an attribution that no table of words knows

HISTORY = {
    "gmail": f'<div class="gmail_quote"><p class="gmail_attr">{ODD}<blockquote type="cite">{OLD}</blockquote></div>',
    "gmail forward": f'<div class="gmail_quote"><div class="gmail_attr">{ODD}</div>{OLD}</div>',
    "apple": f'<blockquote type="cite"><div>{ODD}</div>{OLD}</blockquote>',
    "thunderbird": f'<div class="moz-cite-prefix">{ODD}</div><blockquote cite="mid:1@shop.example">{OLD}</blockquote>',
    "thunderbird forward": f'<div class="moz-forward-container">{ODD}{OLD}</div>',
    "outlook on the web": f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{ODD}</div><div>{OLD}</div>',
    "outlook, renamed": f'<div id="x_divRplyFwdMsg" dir="ltr">{ODD}</div>{OLD}<div>more</div>',
    "outlook on a phone": f'<div class="ms-outlook-mobile-reference-message">{ODD}{OLD}</div>',
    "outlook": f"<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> {ODD}</p></div>{OLD}",
    "outlook for mac": f'<span id="OLK_SRC_BODY_SECTION"><div>{ODD}</div>{OLD}</span>',
    "yahoo": f'<div id="yahoo_quoted_7" class="yahoo_quoted"><div>{ODD}</div>{OLD}</div>',
    "gmx": f'<div name="quote" style="border-left:2px solid #C3D9E5;"><b>{ODD}</b><div>{OLD}</div></div>',
    "left bar over a header": f'<div style="border-left: 2px solid #999"><b>De:</b> {ODD}{OLD}</div>',
    "proton": f'<div class="protonmail_quote">{ODD}{OLD}</div>',
    "zimbra": f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{ODD}</div>{OLD}',
    "roundcube": f'<p id="reply-intro">{ODD}</p><blockquote type="cite">{OLD}</blockquote>',
    "tutanota": f'<div>{ODD}</div><blockquote class="tutanota_quote">{OLD}</blockquote>',
    "zoho": f'<div class="zmail_extra">{ODD}{OLD}</div>',
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORY)
def test_history(name: str) -> None:
    cut = new_text("", html=f"<html><body>{NEW}<br>{HISTORY[name]}</body></html>")
    assert cut.text.replace(ODD, "").strip() == "I lost the key."
    assert ODD not in cut.text or name == "tutanota"


SIGNATURES = (
    '<div class="gmail_signature" data-smartmail="gmail_signature">Anna Bell<br>Head of cancellations</div>',
    '<div class="moz-signature">Anna Bell</div>',
    '<div id="Signature" class="elementToProof"><p>Anna Bell</p></div>',
    '<div id="ms-outlook-mobile-signature">Verstuurd met iets nieuws</div>',
    '<div id="AppleMailSignature">Anna Bell</div>',
    '<div id="composer_signature">Anna Bell</div>',
    '<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">Anna Bell</div></div>',
)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signature(signature: str) -> None:
    assert new_text("", html=f"{NEW}{signature}") == Cut("I lost the key.")


def test_word_signature_in_a_product_is_no_container() -> None:
    assert (
        "Signature Edition" in new_text("", html='<p class="product-signature-edition">the Signature Edition</p>').text
    )


def test_answers_between_blockquotes_in_a_container_stay() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{ODD}</div><blockquote type="cite">Which order?</blockquote>'
    )
    html += '<div>10023</div><blockquote class="gmail_quote">Which key?</blockquote><div>the second</div></div>'
    assert new_text("", html=html).text.split() == ["10023", "the", "second"]


def test_own_indent_is_no_quotation() -> None:
    html = (
        '<div>It says:</div><blockquote style="margin: 0 40px">invalid key</blockquote><div class="gmail_quote"></div>'
    )
    assert new_text("", html=html).text.split() == ["It", "says:", "invalid", "key"]


def test_box_with_a_line_above_is_no_history() -> None:
    html = f'{NEW}<div style="border-top: 1px solid red">It is urgent.</div>'
    assert new_text("", html=html).text.split() == ["I", "lost", "the", "key.", "It", "is", "urgent."]


def test_only_a_container_shows_its_text_as_second_version() -> None:
    cut = new_text("", html=f'<div><br></div><div class="yahoo_quoted">{OLD}</div>')
    assert (cut.text, cut.doubtful) == ("", True)
    assert "10023" in cut.other
