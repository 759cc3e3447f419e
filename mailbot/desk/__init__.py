"""One module per occasion: a mail (`mail`), news (`news`), a tick of the clock (`tick`), a click on a page (`click`).

Each gathers facts, lets a pure function decide, and acts, all in the one transaction that it is called in.
"""
