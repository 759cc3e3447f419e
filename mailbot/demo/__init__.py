"""The show: a sample shop on loopback with its customers' mailboxes, real SMTP in between, and the reasons beside it."""
