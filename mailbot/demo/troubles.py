"""Trouble on request: what goes wrong between mail servers, and what the clerk makes of it."""

from datetime import timedelta

from mailbot.demo.crash import crash_twice
from mailbot.demo.doing import Done, Form
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage

_SAM, _NOAH, _EMMA = "sam@customer.example", "noah@customer.example", "emma@customer.example"
_MALLORY = "mallory@stranger.example"


async def twice(stage: Stage, form: Form) -> Done:
    """The last mail that a customer sent is delivered again, as a nervous server does."""
    sent = next((post for post in reversed(stage.office.posts) if post.sent), None)
    if sent is None:
        return Done("nobody has written yet")
    mark, to = stage.office.last, sent.mail.to[0].email
    await stage.office.hand_in(stage.smtp_port, sent.box, to, sent.raw)
    await stage.settle()
    came = [post for post in stage.office.posts if post.number > mark and not post.sent]
    words = "nothing happened a second time." if not came else f"{len(came)} letters came."
    return Done(f"The same mail was delivered again: {words}", sent.box, sent.number)


async def refuse(stage: Stage, form: Form) -> Done:
    """The customer's mail server refuses a letter for now (451); the next try comes by itself, and brings it."""
    mark, shop = stage.office.last, stage.settings.shop[0].address
    stage.office.refuse_next = 1
    await stage.office.write(stage.smtp_port, _SAM, shop, "Order 10001", "I lost my key for order 10001.")
    await stage.settle()
    again = await stage.coming()
    if stage.office.refuse_next or again is None:
        stage.office.refuse_next = 0
        return Done("There was no letter that could be refused.", _SAM)
    wait = max(again.at - stage.clock.now(), timedelta(0)).total_seconds()
    await stage.pass_until(again.at)
    came = [post for post in stage.office.box(_SAM) if post.number > mark and not post.sent]
    said = f"Sam's mail server said 451, not now. The clock went on {wait:.0f} seconds to the next try: "
    return _of(came, said + ("the letter came, once." if len(came) == 1 else f"{len(came)} letters came."), _SAM)


async def out_of_office(stage: Stage, form: Form) -> Done:
    """A customer's mail program answers by itself; the clerk must not."""
    post = _newest_letter(stage, _SAM)
    if post is None:
        return Done("Sam has no letter to answer")
    raw = (
        f"From: {_SAM}\r\nTo: {post.reply_to}\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n"
        f"Message-ID: <away-{stage.office.last}@customer.example>\r\nIn-Reply-To: {post.mail.message_id}\r\n\r\n"
        "I am away until Monday and want a refund of my holiday.\r\n"
    )
    mark = stage.office.last
    sent = await stage.office.hand_in(stage.smtp_port, _SAM, post.reply_to, raw.encode())
    await stage.settle()
    words = "nobody was answered, as it should be." if stage.office.last == mark + 1 else "something was answered."
    return Done(f"An out-of-office reply came in: {words}", _SAM, sent.number)


async def forged(stage: Stage, form: Form) -> Done:
    """Somebody writes in Emma's name; her domain's verdict says so. Kept for a person, neither obeyed nor answered."""
    shop = stage.settings.shop[0].address
    raw = (
        "Authentication-Results: mx.shop.example; dmarc=fail header.from=customer.example\r\n"
        f"From: Emma Jones <{_EMMA}>\r\nTo: {shop}\r\nSubject: Order 10006\r\n"
        f"Message-ID: <forged-{stage.office.last}@elsewhere.example>\r\n\r\nPlease refund order 10006.\r\n"
    )
    sent = await stage.office.hand_in(stage.smtp_port, _MALLORY, shop, raw.encode())
    await stage.settle()
    said = "A mail in Emma's name came in, which is not hers: it is kept for a person, and nobody was answered."
    return Done(said, _MALLORY, sent.number)


async def bounced(stage: Stage, form: Form) -> Done:
    """The newest letter to Noah comes back: his address does not exist. It is marked, and staff are told."""
    post = _newest_letter(stage, _NOAH)
    if post is None:
        return Done("Noah has no letter that could come back")
    back = post.mail.header("return-path").strip("<>") or stage.bounce_address(post)
    raw = (
        "From: MAILER-DAEMON@mx.customer.example\r\nTo: " + back + "\r\nSubject: Undelivered mail\r\n"
        f"Message-ID: <bounce-{stage.office.last}@mx.customer.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe address does not exist.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customer.example\r\n\r\n"
        f"Final-Recipient: rfc822; {_NOAH}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    mark = stage.office.last
    await stage.office.hand_in(stage.smtp_port, _NOAH, back, raw.encode())
    told = await stage.office.wait_for(lambda post: "staff/notice" in post.letter, 3, mark)
    return _of([told] if told else [], "A letter came back as undeliverable: staff are told.", _NOAH)


async def crash(stage: Stage, form: Form) -> Done:
    """The shop dies twice over one mail, each time right after a commit; nothing is lost, nothing comes twice."""
    shop = stage.settings.shop[0].address
    text = "Hi, I lost my licence key for order 10001. Can you send it again?"
    end = await crash_twice(stage, _SAM, shop, "Order 10001", text)
    good = end.rows == 1 and len(end.letters) == 1
    return _of(
        end.letters,
        "The shop died twice: with the mail kept and its 250 unsaid, so that Sam's server sent it again; and with the "
        "answer decided and no letter out. Each time it opened again on its database. "
        + ("One mail is kept, one letter came." if good else f"{end.rows} mails, {len(end.letters)} letters."),
        _SAM,
    )


def _newest_letter(stage: Stage, box: str) -> Post | None:
    return next((post for post in reversed(stage.office.box(box)) if not post.sent), None)


def _of(letters: list[Post], said: str, box: str) -> Done:
    return Done(said, letters[-1].box, letters[-1].number) if letters else Done(said, box)
