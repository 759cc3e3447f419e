"""mailbot: the clerk behind a shop's orders@ address. This docstring is the map of the house.

Every occasion (a mail, news from the shop, a tick of the clock, a click) takes one road:
gather facts → decide (pure) → act (one transaction) → carry out.

    cli.py        what you can type              app.py       where everything is built and joined
    settings.py   mailbot.toml, checked          desk/        one module per occasion
    act.py        the only writer; mailing, post and issue write and queue its letters
    carry.py      letters leave                  clock.py     which desk function runs when
    links.py      signed links and addresses     demo/        the show: a shop on loopback
    intake/       bytes come in and are kept     proof/       who really wrote this?
    reading/      what does the writer want?     answers/     what we do when asked
    notices/      what we say unasked            payments/    methods, waits, business days
    invoices/     numbers, tax, the PDF          outbox/      letters and other errands leave
    web/          shop API, pages, staff         model/       the nouns and their legal steps
    store/        tables, queries, migrations

Imports run downward only; `pyproject.toml` holds the contracts. Change what a kind of request sounds like in
`rules/`, what we answer in `templates/letters/`, and what we do in `answers/`.
"""

__version__ = "0.1.0"
