"""Times the example `stance` against vaderSentiment and the crate vader-parity; see README.md beside this file.

All programs score the same texts, take turns, and run alone in a process of their own on one thread. Printed is one JSON
object: for each program the texts a second of its fastest run, and how often ours holds the peers'.
"""

import argparse
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import time


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="JSON Lines, gzip or not, as the example `stance` reads them")
    parser.add_argument("--runs", type=int, default=5, help="of each program")
    parser.add_argument("--ours", default="target/release/examples/stance", help="the example, built")
    parser.add_argument("--scorer", choices=["hand", "news"], default="news", help="of ours")
    parser.add_argument("--crate", help="the peer vader-parity, built; left out unless given")
    parser.add_argument("--no-python", action="store_true", help="leaves vaderSentiment out")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def texts(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def python_child(path):
    """Scores by vaderSentiment, and prints how long it took."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    found = texts(path)
    analyzer = SentimentIntensityAnalyzer()
    start = time.perf_counter()
    for text in found:
        analyzer.polarity_scores(text)
    print(json.dumps({"ms": 1000 * (time.perf_counter() - start), "texts": len(found)}))


def rate(command):
    """Texts a second of a program that prints milliseconds."""
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return 1000 * found["texts"] / found["ms"]


def our_rate(command, n_texts):
    """Texts a second of the example, which prints sentences on standard error."""
    ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, text=True)
    sentences, a_second = re.search(r"(\d+) sentences scored, (\d+) a second", ran.stderr).groups()
    return float(a_second) * n_texts / float(sentences)


def main():
    args = options()
    if args.child:
        return python_child(args.data)
    n_texts = len(texts(args.data))
    programs = {"undertone": lambda: our_rate([args.ours, "--input", args.data, "--scorer", args.scorer], n_texts)}
    if not args.no_python:
        programs["vaderSentiment"] = lambda: rate([sys.executable, __file__, args.data, "--child"])
    if args.crate:
        programs["vader-parity"] = lambda: rate([args.crate, args.data, "text"])
    runs = {name: [] for name in programs}
    load = [os.getloadavg()[0]]
    for _ in range(args.runs):
        for name, program in programs.items():
            runs[name].append(program())
    load.append(os.getloadavg()[0])
    best = {name: max(rates) for name, rates in runs.items()}
    ratios = {name: round(best["undertone"] / other, 2) for name, other in best.items() if name != "undertone"}
    found = {
        "data": pathlib.Path(args.data).name,
        "scorer": args.scorer,
        "runs": args.runs,
        "load": load,
        "texts_a_second": {name: round(fastest) for name, fastest in best.items()},
        "ours_over_peer": ratios,
    }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
