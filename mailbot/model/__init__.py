"""The nouns of the house and their legal steps. Plain frozen data: no session, no I/O, no clock."""
