"""Makes weights.jsonl: what scikit-learn's TfidfVectorizer gives for eight short documents.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python make.py > weights.jsonl

Last made with scikit-learn 1.9.1, numpy 2.4.6 and Python 3.11.7. The documents were written for this test;
licence MIT OR Apache-2.0. Read by tests/sklearn.rs.

weights.jsonl, one JSON object a line:

  the first line   what made it, and the documents
  "terms"          begins a table: what is counted and which terms are kept (settings named as scikit-learn names
                   them), the columns in order, the value of idf_ by smooth_idf, and the columns of each document
  "values"         begins a combination over the table before it: the distinct weights, and for each document, in the
                   order of its columns, the places of its weights among them

Numbers have nine significant digits. What is the same for several settings stands once, after it was checked here to
be the same: places for all combinations of a table, weights with and without sublinear_tf if counts are binary.

max_features: scikit-learn sorts by an unstable method, so which of two equally frequent terms it keeps is chance. The
limit is the number nearest to the one wanted at which no tie is cut; undertone breaks ties by name.
"""

import itertools
import json
import sys

import numpy
import sklearn
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

DOCUMENTS = [
    "The ferry, the FERRY and the café!",
    "A ferry sailed; the crew sailed home.",
    "",
    "Snow fell. Snow fell on the café (again)",
    "The crew of the ferry went home on a ferry",
    "Rain: rain, rain and snow on the crew",
    "Élan, élan! Again rain and the crew",
    "Home: the café, the snow, the ferry, the ferry",
]

TOKENS = [
    {"analyzer": "word", "ngram_range": (1, 1)},
    {"analyzer": "word", "ngram_range": (1, 2)},
    {"analyzer": "word", "ngram_range": (2, 3)},
    {"analyzer": "char", "ngram_range": (2, 3)},
    {"analyzer": "char_wb", "ngram_range": (2, 4)},
]

PRUNING = [
    {},
    {"min_df": 2},
    {"max_df": 0.6},
    {"min_df": 0.2, "max_df": 4},
    {"max_features": 8},
    {"min_df": 2, "max_features": 6},
]

IDFS = {
    "smooth": {"use_idf": True, "smooth_idf": True},
    "plain": {"use_idf": True, "smooth_idf": False},
    "none": {"use_idf": False},
}
NORMS = ["l1", "l2", None]


def numbers(values):
    return [float(f"{value:.9g}") for value in values]


def untied(limit, counting, pruning):
    """The limit nearest to the one wanted at which no two terms of the same frequency are parted."""
    bounds = {name: value for name, value in pruning.items() if name != "max_features"}
    counts = CountVectorizer(**counting, **bounds).fit_transform(DOCUMENTS)
    totals = sorted(numpy.asarray(counts.sum(axis=0)).ravel(), reverse=True)
    limits = [n for n in range(1, len(totals)) if totals[n - 1] > totals[n]]
    return min(limits, key=lambda n: (abs(n - limit), n))


def distinct(weights):
    values = sorted({weight for row in weights for weight in row})
    place = {weight: index for index, weight in enumerate(values)}
    return {"values": values, "weights": [[place[weight] for weight in row] for row in weights]}


def rows(matrix):
    matrix.sort_indices()
    ends = zip(matrix.indptr[:-1], matrix.indptr[1:])
    spans = [slice(start, end) for start, end in ends]
    columns = [matrix.indices[span].tolist() for span in spans]
    return columns, [numbers(matrix.data[span]) for span in spans]


def table(tokens, pruning, binary):
    """A table and its combinations, as lines."""
    counting = {**tokens, "binary": binary}
    if tokens["analyzer"] == "word":
        counting["token_pattern"] = r"(?u)\b\w+\b"
    if "max_features" in pruning:
        limit = untied(pruning["max_features"], counting, pruning)
        pruning = {**pruning, "max_features": limit}

    idf, places, lines = {}, None, []
    for (kind, of_idf), norm in itertools.product(IDFS.items(), NORMS):
        by_tf = {}
        for sublinear in (False, True):
            vectorizer = TfidfVectorizer(
                **counting, **pruning, **of_idf, norm=norm, sublinear_tf=sublinear
            )
            columns, weights = rows(vectorizer.fit_transform(DOCUMENTS))
            assert places in (None, columns)
            places = columns
            terms = vectorizer.get_feature_names_out().tolist()
            if kind != "none":
                found = numbers(vectorizer.idf_)
                assert idf.setdefault(kind, found) == found
            by_tf.setdefault(json.dumps(weights), []).append(sublinear)
        assert not binary or len(by_tf) == 1
        for weights, sublinear in by_tf.items():
            combination = {"idf": kind, "norm": norm, "sublinear_tf": sublinear}
            lines.append({**combination, **distinct(json.loads(weights))})
    head = {**tokens, **pruning, "binary": binary, "terms": terms, "idf": idf, "columns": places}
    return [head, *lines]


def main():
    versions = {
        "scikit-learn": sklearn.__version__,
        "numpy": numpy.__version__,
        "python": sys.version.split()[0],
    }
    lines = [{"made_with": versions, "documents": DOCUMENTS}]
    for tokens, pruning, binary in itertools.product(TOKENS, PRUNING, (False, True)):
        lines.extend(table(tokens, pruning, binary))
    for line in lines:
        print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
