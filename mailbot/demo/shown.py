"""A mail as the demo page shows it: as HTML in its frame, as text, as headers, as source."""

import email
import email.policy
import re
from base64 import b64encode

from markupsafe import escape

from mailbot.demo.parts import pictures
from mailbot.demo.post_office import Post

VIEWS = {
    "html": "HTML", "w320": "320 px", "w600": "600 px", "dark": "Dark", "plain": "No styles", "text": "Text",
    "headers": "Headers", "source": "Source",
}  # fmt: skip
"""The ways to look at a letter, and what their links say."""

AS_TEXT = ("text", "headers", "source")
_MOST = 60_000  # characters of a source


def text_of(post: Post, view: str) -> str:
    """The mail in a view that needs no frame."""
    if view == "source":
        return post.raw[:_MOST].decode("ascii", "replace")
    if view == "headers":
        message = email.message_from_bytes(post.raw, policy=email.policy.default)
        return "\n".join(f"{name}: {value}" for name, value in message.items())[:_MOST]
    return post.mail.new_text if post.sent and post.mail.new_text else post.mail.text


def html_of(post: Post, styles: bool = True) -> str:
    """The HTML part with its own pictures in it, because nothing may be loaded from anywhere. Without `styles`: as
    mail programs show it that throw <style> away."""
    html = post.html or f"<pre>{escape(post.mail.text)}</pre>"
    for cid, media_type, data in pictures(post.raw):
        html = html.replace(f"cid:{cid}", f"data:{media_type};base64,{b64encode(data).decode()}")
    html = html.replace("<head>", '<head><base target="_blank">', 1)  # its links open pages of the shop
    return html if styles else re.sub(r"<style\b.*?</style>", "", html, flags=re.DOTALL)
