"""A reply compared with the letter it answers: our lines are history, what stands between them is an answer."""

from mailbot.reading.quotes import Cut, new_text

LETTER = (
    "Hello Anna,\n\nyour order 10023 is ready for download on our page.\n\n"
    "If anything is missing, just answer.\n\nThe shop"
)
ATTRIBUTION = "On Mon, Nov 2, 2026 at 10:00 AM Shop <orders@shop.example> wrote:"
BLOCK = (
    "From: Shop <orders@shop.example>\nSent: Monday, 2 November 2026 10:00\nTo: anna@home.example\nSubject: Your order"
)


def folded(text: str) -> str:
    return " ".join(text.split())


def test_lines_of_our_letter_are_history_without_any_mark() -> None:
    assert new_text(f"I lost the key.\n\n{LETTER}", sent=LETTER) == Cut("I lost the key.")


def test_our_letter_wrapped_otherwise_is_still_ours() -> None:
    wrapped = LETTER.replace("ready for download", "ready for\ndownload")
    assert new_text(f"I lost the key.\n\n{wrapped}", sent=LETTER).text == "I lost the key."


def test_answers_inside_an_unmarked_quotation() -> None:
    answered = LETTER.replace("on our page.", "on our page.\n\nThat link is dead.")
    assert folded(new_text(f"See below.\n\n{BLOCK}\n\n{answered}", sent=LETTER).text) == "See below. That link is dead."


def test_answer_in_our_own_words_inside_an_unmarked_quotation() -> None:
    letter = (
        "Which of your orders is the one you mean?\nShall we send the key again, yes or no?\nJust answer this mail."
    )
    answered = letter.replace("mean?\n", "mean?\nthe order\n").replace("no?\n", "no?\nyes\n")
    assert folded(new_text(f"{ATTRIBUTION}\n\n{answered}", sent=letter).text) == "the order yes"


def test_the_foot_of_our_letter_is_no_answer() -> None:
    text = f"I lost the key.\n\n{ATTRIBUTION}\n\n{LETTER}\n\nNordlicht GmbH, Kiel\n[image: logo]\n<https://shop.example/unsubscribe>"
    assert new_text(text, sent=LETTER) == Cut("I lost the key.")


def test_answer_below_an_unmarked_quotation() -> None:
    text = f"{ATTRIBUTION}\n\n{LETTER}\n\nPlease cancel it."
    assert new_text(text, sent=LETTER).text == "Please cancel it."


def test_repeating_one_phrase_of_ours_is_no_quotation() -> None:
    text = "You write that\nif anything is missing, just answer\nso: the key is missing."
    assert new_text(text, sent=LETTER) == Cut(text)
