#!/usr/bin/env python3
"""coherence.py DATA.jsonl[.gz] K [--seeds N]: are our topics more coherent than those of other programs?

All find K topics in the same counts, those that the example `topics` writes with `--counts`: scikit-learn's NMF of
TF-IDF weights and its LDA of counts, and tomotopy's LDA. Of each topic the first ten terms are taken, ours as in the
JSON's `terms`, and measured by one and the same code:

  npmi        mean NPMI of their pairs over articles
  c_v, npmi w gensim's C_v and NPMI over windows of 110 of the counted words (with --windows; slow)
  diversity   share of distinct words among the first 25 terms of all topics
  articles    topics with an article of their own

Means over topics, then over seeds. scikit-learn 1.9.1, tomotopy 0.14.0, gensim 4.4.0.
"""
import argparse, gzip, json, math, pathlib, subprocess, sys, tempfile, time
import numpy as np
from scipy.io import mmread

TOPICS = pathlib.Path(__file__).resolve().parents[2] / "target/release/examples/topics"
TOP = 10


def npmi(presence, topics, eps=1e-12):
    """Per topic, over articles; `presence` is articles x terms, 0 or 1."""
    n = presence.shape[0]
    means = []
    for terms in topics:
        block = presence[:, terms].toarray().astype(np.float64)
        both, single = block.T @ block / n, block.mean(0)
        values = []
        for i in range(len(terms)):
            for j in range(i):
                p = both[i, j] + eps
                values.append(math.log(p / (single[i] * single[j])) / -math.log(p))
        means.append(sum(values) / max(len(values), 1))
    return means


def diversity(topics):
    words = [term for terms in topics for term in terms[:25]]
    return len(set(words)) / len(words)


def ours(data, k, seed, folder):
    out = folder / f"ours{seed}.json"
    command = [TOPICS, "--input", data, "--topics", str(k), "--seed", str(seed), "--out", out, "--counts", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answer = json.load(open(out, encoding="utf-8"))
    return [[term["term"] for term in topic["terms"]] for topic in answer["topics"]]


def nmf(counts, k, seed):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return NMF(k, random_state=seed, init="nndsvda", max_iter=400).fit(weights).components_


def lda(counts, k, seed):
    from sklearn.decomposition import LatentDirichletAllocation
    return LatentDirichletAllocation(k, random_state=seed, max_iter=20).fit(counts).components_


def tomotopy_lda(counts, k, seed):
    import tomotopy
    model = tomotopy.LDAModel(k=k, seed=seed)
    rows = counts.tocsr()
    for row in range(rows.shape[0]):
        span = slice(rows.indptr[row], rows.indptr[row + 1])
        words = np.repeat(rows.indices[span], rows.data[span].astype(int))
        if len(words):
            model.add_doc([str(word) for word in words])
    model.train(1000, workers=1)
    beta = np.zeros((k, rows.shape[1]))
    for topic in range(k):
        for word, share in model.get_topic_words(topic, top_n=100):
            beta[topic, int(word)] = share
    return beta


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("data")
    args.add_argument("topics", type=int)
    args.add_argument("--seeds", type=int, default=3)
    args.add_argument("--windows", action="store_true", help="C_v and NPMI over windows, too")
    args.add_argument("--only-ours", action="store_true", help="leave the peers out")
    args.add_argument("--keep", help="a folder for the counts, in place of one that is removed")
    args = args.parse_args()
    folder = pathlib.Path(args.keep or tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    found = {"undertone": [ours(args.data, args.topics, seed, folder) for seed in range(1, args.seeds + 1)]}
    counts = mmread(folder / "counts.mtx").tocsr()
    written = [line.rstrip("\n").split("\t")[1] for line in open(folder / "vocabulary.tsv", encoding="utf-8")]
    column = {}
    for number, form in enumerate(written):
        column.setdefault(form, number)
    found["undertone"] = [[[column[term] for term in terms] for terms in topics] for topics in found["undertone"]]
    peers = {} if args.only_ours else {"scikit-learn NMF": nmf, "scikit-learn LDA": lda, "tomotopy LDA": tomotopy_lda}
    for name, peer in peers.items():
        start = time.perf_counter()
        runs = [peer(counts, args.topics, seed) for seed in range(1, args.seeds + 1)]
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
        found[name] = [[list(np.argsort(-row, kind="stable")[:25]) for row in components] for components in runs]
    presence = (counts > 0).astype(np.int8).tocsc()
    measure = windows(args.data, folder) if args.windows else lambda topics: {}
    for name, runs in found.items():
        per_run = [np.mean(npmi(presence, [terms[:TOP] for terms in topics])) for topics in runs]
        more = [measure([[written[t] for t in terms[:TOP]] for terms in topics]) for topics in runs[:1]]
        figures = " ".join(f"{key} {value:.3f}" for key, value in more[0].items())
        print(f"{name:18} npmi {np.mean(per_run):.3f} ({min(per_run):.3f} to {max(per_run):.3f}) "
              f"diversity {np.mean([diversity(topics) for topics in runs]):.3f} {figures}", flush=True)


def windows(data, folder):
    """gensim over the words that count, in their order, as far as their lowercase form is a written form."""
    from gensim.corpora import Dictionary
    from gensim.models.coherencemodel import CoherenceModel
    import re
    opener = gzip.open if str(data).endswith(".gz") else open
    texts = [re.findall(r"[a-z0-9.&'-]+", json.loads(line)["text"].lower().replace("’", "'")) for line in opener(data, "rt", encoding="utf-8")]
    texts = [[word.removesuffix("'s").strip(".'-") for word in text] for text in texts]
    dictionary = Dictionary(texts)

    def measure(topics):
        known = [[w.lower().strip(".'-") for w in terms if w.lower().strip(".'-") in dictionary.token2id] for terms in topics]
        values = {}
        for name, key in [("c_v", "c_v"), ("npmi w", "c_npmi")]:
            model = CoherenceModel(topics=known, texts=texts, dictionary=dictionary, coherence=key, window_size=110, processes=1)
            values[name] = model.get_coherence()
        return values
    return measure


main()
