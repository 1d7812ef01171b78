"""Builds the table of the network that helps the red-flag screen where its classifier is in doubt.

Needs Python 3.11, 2 GB of memory and two packages:

    pip install numpy pyyaml

Takes some minutes on one core. Reads the word vectors (src/learning/vectors.bin) and, from the knowledge of this
repository, the examples of the screen and what is harmless for sure, the phrasings that have answers:

    python build_network.py OUT.bin

The network is that of src/safety/network.rs, which also describes the table: filters over three words in a row, the
strongest answer of each, a linear layer. Learned by gradient descent (Adam) on the cross-entropy of harmless and the
levels, with dropout before the last layer. Deterministic on a given machine: the order, the dropout and the weights to
begin with come from a fixed seed, and one thread makes the sums.
"""

import os
import pathlib
import struct
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np
import yaml
from words import words

ROOT = pathlib.Path(__file__).parent.parent
LABELS = ["harmless", "urgent", "poison", "crisis", "911"]  # as `Level` of src/knowledge/safety.rs has them
WINDOW, FILTERS = 3, 64
EPOCHS, BATCH, DROPOUT, SEED = 14, 64, 0.3, 1
RATE, LAST_RATE = 1e-2, 2e-4
BEGIN = 0.4  # deviation of the filters' first weights: answers of about 0.7 to words of unit length
MAGIC = b"askwconv"


def plain(text):
    """The words without apostrophes, as the program reads them."""
    return [word.replace("'", "") for word in words(text)]


class Vectors:
    """The table of src/learning/vectors.rs."""

    def __init__(self, data):
        _, self.dimensions, count, length = struct.unpack_from("<4I", data, 8)
        at = 24
        ends = np.frombuffer(data, "<u4", count, at)
        at += 4 * count
        text, at = data[at : at + length], at + length
        self.scales = np.frombuffer(data, "<f4", count, at)
        self.rows = np.frombuffer(data, "i1", count * self.dimensions, at + 4 * count).reshape(count, -1)
        starts = np.concatenate([[0], ends[:-1]])
        self.numbers = {text[start:end].decode(): number for number, (start, end) in enumerate(zip(starts, ends))}

    def pieces(self, word):
        start = 0
        while start < len(word):
            heads = (("##" if start else "") + word[start:end] for end in range(len(word), start, -1))
            piece = next((head for head in heads if head in self.numbers), None)
            if piece is None:
                return
            yield self.numbers[piece]
            start += len(piece) - (2 if start else 0)

    def word(self, word):
        total = sum((self.rows[n] * self.scales[n] for n in self.pieces(word)), np.zeros(self.dimensions, np.float32))
        length = np.linalg.norm(total)
        return total / length if length else total


def read(path):
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


def examples():
    """The messages and the numbers of their labels."""
    knowledge = ROOT / "knowledge"
    pairs = [
        (text, label)
        for part in read(knowledge / "safety-examples.yaml").values()
        for label, texts in part.items()
        for text in texts
    ]
    for path in [*sorted((knowledge / "claims").glob("*.yaml")), knowledge / "smalltalk.yaml"]:
        for entry in (entry for part in read(path).values() for entry in part):
            lists = (entry.get(key, []) for key in ("asks", "affirms", "denies", "phrasings"))
            pairs += [(text, LABELS[0]) for texts in lists for text in texts]
    return [text for text, _ in pairs], np.array([LABELS.index(label) for _, label in pairs])


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def windows(texts, blank):
    """The words of each window of some texts, and where each text's windows begin."""
    ends = np.full(WINDOW - 1, blank)
    padded = [np.concatenate([ends, text, ends]) for text in texts]
    counts = [len(text) - WINDOW + 1 for text in padded]
    rows = np.concatenate([np.lib.stride_tricks.sliding_window_view(text, WINDOW) for text in padded])
    return rows, np.cumsum([0] + counts[:-1]), np.array(counts)


def fit(vectors, texts, labels):
    """Filters, their bias, the weights of the labels and their bias; the last of the vectors is the blank."""
    random = np.random.default_rng(SEED)
    dimensions = vectors.shape[1]
    weights = [
        (random.normal(0, BEGIN, (WINDOW * dimensions, FILTERS))).astype(np.float32),
        np.zeros(FILTERS, np.float32),
        (random.normal(0, FILTERS**-0.5, (FILTERS, len(LABELS)))).astype(np.float32),
        np.zeros(len(LABELS), np.float32),
    ]
    first, second = ([np.zeros_like(w) for w in weights] for _ in range(2))
    order, step = np.arange(len(texts)), 0
    for epoch in range(EPOCHS):
        random.shuffle(order)
        rate = RATE * (1 - epoch / EPOCHS) + LAST_RATE
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows, starts, counts = windows([texts[i] for i in batch], len(vectors) - 1)
            seen = vectors[rows].reshape(len(rows), -1)
            answers = seen @ weights[0] + weights[1]
            strongest = np.maximum.reduceat(answers, starts, axis=0)
            kept = (random.random(strongest.shape) > DROPOUT) / np.float32(1 - DROPOUT)
            heard = np.maximum(strongest, 0) * kept
            wrong = softmax(heard @ weights[2] + weights[3])
            wrong[np.arange(len(batch)), labels[batch]] -= 1
            wrong /= len(batch)
            back = (wrong @ weights[2].T) * kept * (strongest > 0)
            texts_of = np.repeat(np.arange(len(batch)), counts)
            back = (answers == strongest[texts_of]) * back[texts_of]
            step += 1
            gradients = [seen.T @ back, back.sum(0), heard.T @ wrong, wrong.sum(0)]
            for weight, gradient, mean, square in zip(weights, gradients, first, second):
                mean += 0.1 * (gradient - mean)
                square += 0.001 * (gradient * gradient - square)
                spread = np.sqrt(square / (1 - 0.999**step)) + 1e-8
                weight -= (rate * mean / (1 - 0.9**step) / spread).astype(np.float32)
        print(f"epoch {epoch + 1} of {EPOCHS}", file=sys.stderr)
    return weights


def main():
    table = Vectors((ROOT / "src/learning/vectors.bin").read_bytes())
    texts, labels = examples()
    numbers = {}
    texts = [np.array([numbers.setdefault(word, len(numbers)) for word in plain(text)], int) for text in texts]
    vectors = np.array([table.word(word) for word in numbers] + [np.zeros(table.dimensions)], np.float32)
    filters, bias, heads, head_bias = fit(vectors, texts, labels)
    parts = [filters, bias, heads.T, head_bias]
    data = MAGIC + b"".join(np.ascontiguousarray(part, "<f4").tobytes() for part in parts)
    pathlib.Path(sys.argv[1]).write_bytes(data)


if __name__ == "__main__":
    main()
