"""Runs the held-back letters of tests/held_back against the rules and prints, for each language, how many are right.

The letters were written before the rules, by somebody who has not seen them. Alternatives (`|`) are both right; several
requests (`+`) must all be found. What is printed with --misses is for measuring: a rule is never fitted to one of them.

    tools/held_back.py [FOLDER] [--misses] [--rules]     --rules: by the rules alone, without what a mail is like
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mailbot.reader import Reader  # noqa: E402
from mailbot.reading.weigh import MOVES, SENDS  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tests" / "held_back")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    reader = Reader()
    if options.rules:
        reader.book = replace(reader.book, proposer=None)
    totals = [0] * 5
    for path in sorted(options.folder.glob("*.tsv")):
        right = unclear = harmed = acted = 0
        rows = list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in rows:
            said = understood(reader, row["text"].replace("\\n", "\n"))
            wanted = [set(one.split("+")) for one in row["kinds"].split("|")]
            good = any(one <= said <= set().union(*wanted) for one in wanted)
            wrong = said - set().union(*wanted)
            right += good
            unclear += not good and said == {"unclear"}
            harmed += bool(wrong & MOVES)
            acted += bool(wrong & (MOVES | SENDS))
            if not good and options.misses:
                print(f"  {path.stem} wanted {row['kinds']} said {'+'.join(sorted(said))}: {row['text'][:140]}")
        found = (right, len(rows), unclear, harmed, acted)
        print(f"{path.stem}: {told(found)}")
        totals = [a + b for a, b in zip(totals, found, strict=True)]
    print(f"all: {told(totals)}")


def told(found: Sequence[int]) -> str:
    return "{}/{} right, {} left to a person, {} harmful, {} with a wrong act".format(*found)


def understood(reader: Reader, text: str) -> set[str]:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "customer@example.com", "orders@shop.example", "Question"
    mail["Date"], mail["Message-ID"] = "Mon, 02 Nov 2026 10:00:00 +0000", "<held@example.com>"
    mail.set_content(text)
    return {request["kind"] for request in reader.read("held-back", mail.as_bytes())["requests"]} or {"unclear"}


if __name__ == "__main__":
    main()
