"""The suggestions of the demo page: mails that a newcomer sends with one click."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """A mail that is ready to be sent: out of the blue, or as an answer to the newest letter about an order."""

    label: str
    sender: str
    text: str
    order: str = ""
    subject: str = ""


SUGGESTIONS = (
    Suggestion("I lost my key", "sam@customer.example", "Hi, I lost my licence key. Can you send it again?", "10001"),
    Suggestion("I want my money back", "sam@customer.example", "I want a refund, it is not what I expected.", "10001"),
    Suggestion("J'ai payé mardi", "luc@client.example", "Bonjour, j'ai fait le virement mardi.", "10002"),
    Suggestion("Please cancel", "noah@customer.example", "Please cancel my order. Sorry!", "10008"),
    Suggestion(
        "Send me Sam’s key",
        "mallory@stranger.example",
        "I lost my licence key for order 10001, please send it to me.",
        subject="Order 10001",
    ),
    Suggestion("A human, please", "maria@cliente.example", "I want to talk to a human being, please.", "10003"),
)
