#!/usr/bin/env python3
"""Learns the proposer from the rules' own examples and the letters of tests/letters, and writes rules/reading/proposer.bin.

    tools/learn.py            learn from all, write the file
    tools/learn.py --judge    learn from four fifths, and print how the fifth is proposed, for each floor; write nothing

Softmax regression by stochastic gradient steps (Adagrad), with a fixed seed: the same examples give the same file.
"""

import argparse
import csv
import random
import sys
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mailbot.reading import proposer, rulebook  # noqa: E402
from mailbot.reading.rulebook import Rulebook  # noqa: E402

BUCKETS = 1 << 18
ROUNDS, STEP, SHRINK = 20, 0.2, 3e-4
PAIRS = 200  # of each language
ALONE = {"unclear", "thanks", "human"}  # kinds that are not asked for beside another
LETTERS = ROOT / "tests" / "letters"

Example = tuple[str, str, list[str], list[str]]  # language, kind, words, groups of words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--letters", type=Path, default=LETTERS)
    options = parser.parse_args()
    book = rulebook.load([ROOT / "rules"])
    examples = [*from_rules(book), *in_pairs(book), *from_letters(book, options.letters)]
    if options.judge:
        random.Random(3).shuffle(examples)
        judge(examples)
    else:
        kinds, scale, rows = learn(examples)
        path = ROOT / "rules" / proposer.FILE
        proposer.save(path, kinds, scale, rows)
        print(f"learned from {len(examples)} examples: {path.relative_to(ROOT)}, {path.stat().st_size} bytes")


def from_rules(book: Rulebook) -> list[Example]:
    return [
        example(book, language, name, text)
        for name, kind in book.kinds.items() for language, texts in kind.examples.items() for text in texts
    ]  # fmt: skip


def in_pairs(book: Rulebook) -> list[Example]:
    """Examples of two kinds, one after the other: who asks for two things is like both, and not less like either."""
    chance, found = random.Random(2), []
    kinds = [kind for kind in book.kinds if kind not in ALONE]
    for language in book.matchers:
        for _ in range(PAIRS):
            pair = chance.sample(kinds, 2)
            text = " ".join(chance.choice(book.kinds[kind].examples[language]) for kind in pair)
            found += [example(book, language, kind, text) for kind in pair]
    return found


def from_letters(book: Rulebook, folder: Path) -> list[Example]:
    """Letters of our own: one that asks for two things is an example of both; of two right readings the first counts."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["text"].replace("\\n", "\n")
            found += [example(book, path.stem, kind, text) for kind in row["kinds"].split("|")[0].split("+")]
    return [one for one in found if 0 < len(one[2]) <= proposer.MOST_WORDS]


def example(book: Rulebook, language: str, kind: str, text: str) -> Example:
    matcher = book.matchers[language]
    seen = matcher.look(text)
    return language, kind, proposer.words_of(seen.tokens), matcher.ideas(seen)


def learn(examples: list[Example]) -> tuple[list[str], float, bytes]:
    """The kinds, the scale, and the table as signed bytes."""
    kinds = sorted({kind for _, kind, _, _ in examples})
    table, power = np.zeros((BUCKETS, len(kinds))), np.full((BUCKETS, 1), 1e-6)
    ready = [
        (*rows_of(language, found, ideas), kinds.index(kind)) for language, kind, found, ideas in examples if found
    ]
    order = list(range(len(ready)))
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            rows, weights, right = ready[number]
            scores = weights @ table[rows]
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            likely[right] -= 1
            slope = weights[:, None] * likely + SHRINK * table[rows]
            power[rows] += (slope**2).mean(1, keepdims=True)
            table[rows] -= STEP * slope / np.sqrt(power[rows])
    scale = float(np.abs(table).max() / 127)
    return kinds, scale, np.rint(table / scale).astype(np.int8).tobytes()


def rows_of(language: str, found: list[str], ideas: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the table that a text looks up, and the weight of each."""
    weight: dict[int, float] = {}
    share = 1 / max(len(found), 1) ** 0.5

    def add(piece: str, worth: float) -> None:
        row = zlib.crc32(piece.encode()) & (BUCKETS - 1)
        weight[row] = weight.get(row, 0.0) + worth * share

    for word in found:
        pieces = list(proposer.pieces_of(language, word))
        for piece in pieces:
            add(piece, len(pieces) ** -0.5)
    for pair in proposer.pairs(language, found):
        add(pair, 1.0)
    for idea in ideas:
        add(proposer.idea_of(idea), 1.0)
    return np.fromiter(weight, int), np.fromiter(weight.values(), float)


def judge(examples: list[Example]) -> None:
    """Prints, for each floor, how many of the unseen fifth were proposed, and how many of these were right."""
    told: list[tuple[float, bool]] = []
    for fold in range(5):
        made = proposer.Proposer(*learn([e for i, e in enumerate(examples) if i % 5 != fold]))
        for language, kind, found, ideas in (e for i, e in enumerate(examples) if i % 5 == fold and e[2]):
            likely = made.likelihoods(language, found, ideas)
            best = max(likely, key=likely.__getitem__)
            told.append((likely[best], best == kind))
    print(f"likeliest is right: {sum(right for _, right in told)}/{len(told)}")
    for floor in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8):
        above = [right for likelihood, right in told if likelihood >= floor]
        print(f"floor {floor:.2f}: {len(above)} proposed, {sum(above)} right")


if __name__ == "__main__":
    main()
