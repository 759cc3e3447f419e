"""Turns the blocks of a letter into template code: one form for HTML, one for text, translated on the way."""

from collections.abc import Callable, Mapping

from mailbot.outbox.markdown import inline
from mailbot.outbox.source import Block

Translate = Callable[[str], str]


def head_code(block: Block, translate: Translate) -> str:
    """Head lines in one template: each starts with a control character that no value can hold, then S or P."""
    if block.role == "control":
        return block.text
    return f"\x02{block.role[0]}{translate(block.text)}"


def html_code(block: Block, translate: Translate, css: Mapping[str, str]) -> str:
    if block.role == "control":
        return f"{block.text}\n"
    if block.role == "component":
        return f"{{{{ {block.text} }}}}\n"
    if block.role in ("list", "endlist"):
        return f"<ul {css['ul']}>\n" if block.role == "list" else "</ul>\n"
    inner = inline(translate(block.text), css).html
    if block.role == "heading":
        alone, joined = f"<h1 {css['h1']}>{inner}</h1>\n{{{{ greeting_line }}}}", f"<h2 {css['h2']}>{inner}</h2>"
        return f"{{% if level == 1 %}}{alone}{{% else %}}{joined}{{% endif %}}\n"
    if block.role == "subheading":
        alone, joined = f"<h2 {css['h2']}>{inner}</h2>", f"<h3 {css['h3']}>{inner}</h3>"
        return f"{{% if level == 1 %}}{alone}{{% else %}}{joined}{{% endif %}}\n"
    if block.role == "button":
        return f"{{% set label %}}{inner}{{% endset %}}{{{{ button(label, {block.url}, level) }}}}\n"
    return f"<li {css['li']}>{inner}</li>\n" if block.role == "item" else f"<p {css['p']}>{inner}</p>\n"


def text_code(block: Block, translate: Translate, css: Mapping[str, str]) -> str:
    if block.role == "control":
        return f"{block.text}\n"
    if block.role == "component":
        return f"{{{{ {block.text} | block }}}}\n\n"
    if block.role in ("list", "endlist"):
        return "\n"
    piece = inline(translate(block.text), css)
    if block.role == "heading":
        return f"{piece.text}\n\n{{% if level == 1 %}}\n{{{{ greeting_line }}}}\n\n{{% endif %}}\n"
    if block.role == "button":
        return f"{{% set label %}}{piece.text}{{% endset %}}\n{{{{ button(label, {block.url}, level) | block }}}}\n\n"
    urls = "".join(f"\n{{{{ ({url}) | alone }}}}" for url in piece.urls)
    return f"* {piece.text}{urls}\n" if block.role == "item" else f"{piece.text}{urls}\n\n"
