"""Runs the held-back letters of tests/held_back against the rules and prints, for each language, how many are right.

The letters were written before the rules, by somebody who has not seen them. Alternatives (`|`) are both right; several
requests (`+`) must all be found. What is printed with --misses is for measuring: a rule is never fitted to one of them.
"""

import csv
import sys
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mailbot.reader import Reader  # noqa: E402

HARMS = {"cancel_order", "refund", "withdrawal", "cancel_renewal", "change_email", "privacy_request"}


def main() -> None:
    reader = Reader()
    totals = [0, 0, 0, 0]
    for path in sorted(
        (
            Path(sys.argv[1]) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else ROOT / "tests" / "held_back"
        ).glob("*.tsv")
    ):
        right = unclear = harmed = 0
        rows = list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in rows:
            said = understood(reader, row["text"].replace("\\n", "\n"))
            wanted = [set(one.split("+")) for one in row["kinds"].split("|")]
            good = any(one <= said <= set().union(*wanted) for one in wanted)
            right += good
            unclear += not good and said == {"unclear"}
            harmed += bool((said & HARMS) - set().union(*wanted))
            if not good and "--misses" in sys.argv:
                print(f"  {path.stem} wanted {row['kinds']} said {'+'.join(sorted(said))}: {row['text'][:140]}")
        print(f"{path.stem}: {right}/{len(rows)} right, {unclear} left to a person, {harmed} harmful")
        totals = [a + b for a, b in zip(totals, (right, len(rows), unclear, harmed), strict=True)]
    print("all: {}/{} right, {} left to a person, {} harmful".format(*totals))


def understood(reader: Reader, text: str) -> set[str]:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "customer@example.com", "orders@shop.example", "Question"
    mail["Date"], mail["Message-ID"] = "Mon, 02 Nov 2026 10:00:00 +0000", "<held@example.com>"
    mail.set_content(text)
    return {request["kind"] for request in reader.read("held-back", mail.as_bytes())["requests"]} or {"unclear"}


if __name__ == "__main__":
    main()
