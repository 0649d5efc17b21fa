"""Times the example `vectors` against scikit-learn and linfa-preprocessing; see README.md beside this file.

All programs read the same file, take turns, and run alone in a process of their own. Printed is one JSON object: for
each program the fastest run and the least peak memory, and how often the peers' time and memory hold ours.
"""

import argparse
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="JSON Lines, gzip or not")
    parser.add_argument("--text-field", default="text", help="the field that holds the text")
    parser.add_argument("--ngrams", default="1..1", help="runs of so many words, `1..2` for one and two")
    parser.add_argument("--threads", type=int, default=1, help="of ours; the peers use one")
    parser.add_argument("--runs", type=int, default=3, help="of each program")
    parser.add_argument("--first", type=int, help="takes the first so many articles only")
    parser.add_argument("--plain", action="store_true", help="ours without stop words and stems")
    parser.add_argument("--ours", default="target/release/examples/vectors", help="the example, built")
    parser.add_argument("--linfa", help="the peer linfa-preprocessing, built; left out unless given")
    parser.add_argument("--no-sklearn", action="store_true", help="leaves scikit-learn out")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def read(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def peak_mb(usage):
    """Linux counts kilobytes, macOS bytes."""
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def sklearn_child(args):
    """Reads, counts and weighs by scikit-learn, and prints how long each took."""
    import resource

    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    imported_mb = peak_mb(resource.getrusage(resource.RUSAGE_SELF))
    start = time.perf_counter()
    texts = [row[args.text_field] for row in read(args.data)]
    was_read = time.perf_counter()
    lengths = tuple(int(length) for length in args.ngrams.split(".."))
    counts = CountVectorizer(ngram_range=lengths).fit_transform(texts)
    counted = time.perf_counter()
    weights = TfidfTransformer().fit_transform(counts)
    weighed = time.perf_counter()
    found = {
        "read_ms": 1000 * (was_read - start),
        "count_ms": 1000 * (counted - was_read),
        "tfidf_ms": 1000 * (weighed - counted),
        "articles": weights.shape[0],
        "terms": weights.shape[1],
        "weights": weights.nnz,
        "after_imports_mb": imported_mb,
    }
    print(json.dumps(found))


def run(command, threads):
    """Standard output and peak memory of a program that must succeed."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": str(threads)}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **one})
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed with {child.returncode}")
    return output, peak_mb(usage)


def programs(args, data, out):
    """What to run by name, and how to get its timings from what it printed."""
    ours = [args.ours, "--input", data, "--out", out, "--text-field", args.text_field]
    ours += ["--ngrams", args.ngrams] + (["--plain"] if args.plain else [])
    found = {"undertone": (ours, lambda _: pathlib.Path(out, "timings.json").read_bytes())}
    if not args.no_sklearn:
        child = [sys.executable, __file__, data, "--child", "--text-field", args.text_field]
        found["scikit-learn"] = (child + ["--ngrams", args.ngrams], lambda output: output)
    if args.linfa:
        child = [args.linfa, data, args.text_field, args.ngrams]
        found["linfa-preprocessing"] = (child, lambda output: output)
    return found


def best(runs):
    """The run with the shortest time to count and weigh; reading and memory are the least of all."""
    fastest = dict(min(runs, key=lambda one: one["ms"]))
    for least in ("read_ms", "peak_mb"):
        fastest[least] = min(one[least] for one in runs)
    return {name: round(value, 1) for name, value in fastest.items()}


def compare(args, data, out):
    runs = {name: [] for name in programs(args, data, out)}
    load = [os.getloadavg()[0]]
    for _ in range(args.runs):
        for name, (command, timings) in programs(args, data, out).items():
            output, peak = run(command, args.threads if name == "undertone" else 1)
            found = json.loads(timings(output))
            runs[name].append({**found, "ms": found["count_ms"] + found["tfidf_ms"], "peak_mb": peak})
    load.append(os.getloadavg()[0])
    found = {name: best(of_program) for name, of_program in runs.items()}
    ours = found["undertone"]
    ratios = {
        name: {
            "time": round(peer["ms"] / ours["ms"], 2),
            "time_with_reading": round((peer["ms"] + peer["read_ms"]) / (ours["ms"] + ours["read_ms"]), 2),
            "peak_memory": round(peer["peak_mb"] / ours["peak_mb"], 2),
        }
        for name, peer in found.items()
        if name != "undertone"
    }
    settings = {name: getattr(args, name) for name in ("ngrams", "threads", "runs", "plain", "first")}
    return {"data": pathlib.Path(args.data).name, **settings, "load": load, "best": found, "peer_over_ours": ratios}


def main():
    args = options()
    if args.child:
        return sklearn_child(args)
    with tempfile.TemporaryDirectory() as folder:
        data = args.data
        if args.first:
            data = os.path.join(folder, "first.jsonl")
            with open(data, "w", encoding="utf-8") as lines:
                for row, _ in zip(read(args.data), range(args.first)):
                    lines.write(json.dumps({args.text_field: row[args.text_field]}) + "\n")
        print(json.dumps(compare(args, data, os.path.join(folder, "out")), indent=1))


if __name__ == "__main__":
    main()
