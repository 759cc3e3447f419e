"""The show: a sample shop on loopback, its customers' mailboxes, real SMTP in between, and the reasons beside it."""
