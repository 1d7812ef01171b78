"""Askwell and what a developer would use instead: the same phrasings, the same messages, one run.

    python compare.py ASKWELL MESSAGES.jsonl… (by scripts/compare.sh, which installs the rivals)

Each rival is a process of its own (rivals.py, rivals.mjs). It gives the label of the phrasing it likes best and a
score; a score below a threshold counts as declined. The threshold is the one that is best for that rival on these
very messages (highest Matthews correlation, declining being a class), while Askwell keeps its own. What can be
prepared once and kept in a file (MiniLM's vectors, the trained nlp.js) is, as Askwell's knowledge is compiled.

Only messages of one part with a sure label count, and those that no claim answers. Askwell is held to more: all it
answers must be accepted, and an alarm is wrong.
"""

import collections
import datetime
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
PASSES = 3  # of which the median counts for each message: one pass is at the mercy of what else the machine does
RIVALS = {
    "rapidfuzz WRatio": [sys.executable, HERE / "rivals.py"],
    "rapidfuzz token_set_ratio": [sys.executable, HERE / "rivals.py"],
    "Fuse.js": ["node", HERE / "rivals.mjs"],
    "MiniSearch": ["node", HERE / "rivals.mjs"],
    "nlp.js": ["node", HERE / "rivals.mjs"],
    "MiniLM": [sys.executable, HERE / "rivals.py"],
}
PREPARED = {"nlp.js", "MiniLM"}


class Process:
    """A process that answers line by line."""

    def __init__(self, *command):
        self.began = time.perf_counter()
        self.child = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def write(self, line):
        self.child.stdin.write(f"{line}\n")
        self.child.stdin.flush()

    def read(self):
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"{self.child.args} ended with {self.child.wait()}")
        return line

    def start(self):
        """Seconds since the start, and the most memory so far in bytes (Linux)."""
        seconds = time.perf_counter() - self.began
        try:
            status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
            return seconds, int(status.split("VmHWM:")[1].split()[0]) * 1024
        except OSError:
            return seconds, None


class Askwell(Process):
    def call(self, method, **params):
        self.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
        return json.loads(self.read())["result"]

    def claims(self):
        total, ids = 1, []
        while len(ids) < total:
            page = self.call("claims", offset=len(ids))
            total, ids = page["total"], ids + [claim["id"] for claim in page["claims"]]
        return [self.call("claim", id=id) for id in ids]


def sure(lines, claims):
    """(text, accepted labels) of the messages that can be compared; none accepted: to be declined."""
    for line in map(json.loads, filter(str.strip, lines)):
        expect = line["expect"]
        expect = expect[0] if isinstance(expect, list) and len(expect) == 1 else expect
        hedged = any(line.get(key) for key in ("doubt", "either", "soft")) or line.get("lang") not in (None, "en")
        if hedged or not isinstance(expect, str) or expect in ("safety", "smalltalk"):
            continue
        accepted = [] if expect == "unknown" else [expect, *(line.get("accept") or [[]])[0]]
        if not accepted or claims.intersection(accepted):
            yield line["text"], accepted


def correlation(pairs):
    """Matthews correlation in several classes of (true, given), as src/eval/sweep.rs."""
    true, given = (collections.Counter(side) for side in zip(*pairs))
    cases, right = len(pairs), sum(t == g for t, g in pairs)
    spread = math.sqrt(
        (cases**2 - sum(n * n for n in given.values())) * (cases**2 - sum(n * n for n in true.values()))
    )
    return (right * cases - sum(true[label] * given[label] for label in true)) / spread if spread else 0.0


def judged(best, accepted):
    """right, wrong, declined at the best threshold."""

    def given(threshold):
        return [found[0] if found and found[1] >= threshold else None for found in best]

    def true(labels):
        return [g if g in a else (a or [None])[0] for g, a in zip(labels, accepted)]

    def at(threshold):
        # what is true of a case does not depend on the threshold, as in src/eval/sweep.rs
        return correlation(list(zip(true(given(-math.inf)), given(threshold))))

    labels = given(max(sorted({found[1] for found in best if found}), key=at, default=math.inf))
    return counted((g in a if a else False) if g else (None if a else True) for g, a in zip(labels, accepted))


def counted(outcomes):
    """Shares of True (right), False (wrong) and None (declined)."""
    counts = collections.Counter(outcomes)
    return [counts[outcome] / sum(counts.values()) for outcome in (True, False, None)]


def outcome(reply, accepted):
    if reply["status"] == "answer":
        return bool(accepted) and all(answer["id"] in accepted for answer in reply["answers"])
    if reply["status"] == "safety":
        return False
    return None if accepted else reply["status"] == "unknown" or None


def microseconds(times):
    """Median and 99 % quantile over messages, of each message's median of passes."""
    each = sorted(statistics.median(passes) / 1000 for passes in times)
    return statistics.median(each), each[math.ceil(0.99 * len(each)) - 1]


def rival(name, folder, accepted):
    command = [*RIVALS[name], name, folder]
    if name in PREPARED:
        began = time.perf_counter()
        subprocess.run([*map(str, command), "prepare"], check=True, stdout=subprocess.DEVNULL)
        print(f"{name}: prepared in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    process = Process(*command)
    process.read()
    start = process.start()
    process.write(PASSES)
    result = json.loads(process.read())
    process.child.communicate()
    return name, judged(result["best"], accepted), microseconds(result["times"]), start


def askwell(program, messages, accepted):
    process = Askwell(program, "stdio")
    process.call("ask", text=messages[0])
    start = process.start()
    replies, times = [], [[] for _ in messages]
    for _ in range(PASSES):
        for place, text in enumerate(messages):
            began = time.perf_counter_ns()
            reply = process.call("ask", text=text)
            times[place].append(time.perf_counter_ns() - began)
            replies.append(reply)
    process.child.communicate()
    shares = counted(outcome(reply, a) for reply, a in zip(replies, accepted))
    return "Askwell, through `stdio`", shares, microseconds(times), start


def in_process(folder, of):
    """Askwell without a transport, by the bench `messages`."""
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "messages"]
    given = os.environ | {"MESSAGES": str(folder / "messages.json")}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE, env=given)
    figures = json.loads(done.stdout)
    return "Askwell, in process", of[1], (figures["median"], figures["p99"]), None


def row(name, shares, times, start):
    percent = [f"{100 * share:.1f} %" for share in shares]
    cost = ["–", "–"]
    if start:
        cost = [f"{1000 * start[0]:,.0f} ms", f"{start[1] / 2**20:,.0f} MiB" if start[1] else "–"]
    return f"| {' | '.join([name, *percent, *(f'{time:,.0f} µs' for time in times), *cost])} |"


def machine():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(": ", 1)[1] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"


def main():
    program, files = sys.argv[1], sys.argv[2:]
    where = f"{machine()}, {datetime.date.today()}"
    process = Askwell(program, "stdio")
    claims = process.claims()
    process.child.communicate()
    phrasings = [(c["id"], text) for c in claims for side in ("asks", "affirms", "denies") for text in c[side]]
    lines = [line for file in files for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines()]
    messages, accepted = zip(*sure(lines, {claim["id"] for claim in claims}))
    outside = sum(not labels for labels in accepted)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "phrasings.json").write_text(json.dumps(phrasings))
        (folder / "messages.json").write_text(json.dumps(messages))
        served = askwell(program, messages, accepted)
        rows = [in_process(folder, served), served]
        for name in RIVALS:
            print(f"{name} …", file=sys.stderr)
            rows.append(rival(name, folder, accepted))
    print(f"{len(phrasings)} phrasings of {len(claims)} claims, {len(messages)} messages, {outside} of them off the subject.")
    print(f"{where}.\n")
    print("| | right | wrong | declined | median | p99 | first answer | memory |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for entry in rows:
        print(row(*entry))
    own = rows[0][2][0]
    faster = ", ".join(f"{name} {times[0] / own:.1f}" for name, _, times, _ in rows[2:])
    print(f"\nMedian of a message, in medians of Askwell in process: {faster}.")


main()
