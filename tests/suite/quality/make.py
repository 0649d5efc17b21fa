"""Makes quality.jsonl: what gensim and scikit-learn say of small corpora and groupings.

    python3 -m venv venv && venv/bin/pip install gensim==4.4.0 scikit-learn==1.9.1
    venv/bin/python make.py > quality.jsonl

Last made with gensim 4.4.0, scikit-learn 1.9.1, numpy 2.4.6 and Python 3.11.7. The documents and the groupings were
written for this test; licence MIT OR Apache-2.0. Read by tests/quality.rs.

quality.jsonl, one JSON object a line:

  the first line   what made it, the documents (lowercase words between spaces) and the topics
  "coherence"      the measure as gensim names it, the width of its windows (null: whole documents), and its value for
                   each topic
  "agreement"      two groupings, their normalized_mutual_info_score and adjusted_rand_score
  "silhouette"     points, their groups, the metric, and silhouette_samples

Numbers have twelve significant digits.
"""

import json
import platform

import gensim
import numpy
import sklearn
from gensim.corpora import Dictionary
from gensim.models.coherencemodel import CoherenceModel
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_samples

DOCUMENTS = [
    "the ferry left the harbour at dawn and the crew of the ferry watched the harbour fade in the rain",
    "the crew repaired the ferry while rain fell on the harbour and the captain slept",
    "a captain without a crew stays in the harbour",
    "the bank raised the rate and the market fell as the bank had warned the market would",
    "a low rate helps the market said the bank and the market rose",
    "rain cost the harbour bank a day and the rate of the ferry rose with the price of fuel",
    "the price of bread rose and the price of fuel fell while the market waited for the bank",
    "snow",
    "the captain sold the ferry to the bank at a low price and bought bread",
    "dawn rain dawn rain dawn rain snow snow harbour ferry crew captain harbour ferry crew captain bread",
]

TOPICS = [
    ["ferry", "harbour", "crew", "captain", "rain"],
    ["bank", "market", "rate", "price"],
    ["ferry", "market", "snow", "bread"],
    ["price", "the", "fuel"],
    ["snow", "rate"],
]

MEASURES = [("u_mass", [None]), ("c_npmi", [3, 5, 10, 110]), ("c_v", [3, 5, 10, 110])]

GROUPINGS = [
    ([0, 0, 1, 1], [1, 1, 0, 0]),
    ([0, 0, 1, 1], [0, 1, 0, 1]),
    ([0, 0, 0, 0], [0, 0, 0, 0]),
    ([0, 0, 0, 0], [0, 0, 1, 2]),
    ([0, 1, 2, 3], [3, 1, 2, 0]),
    ([0, 0, 1, 1, 2, 2, 2, 2], [0, 0, 1, 2, 2, 2, 2, 1]),
    ([5], [7]),
    ([i % 3 for i in range(30)], [i * i % 7 % 4 for i in range(30)]),
    ([i // 10 for i in range(40)], [(i + i % 5) // 12 for i in range(40)]),
]

POINTS = [
    ([[1.0, 0.0], [0.9, 0.2], [0.8, 0.1], [0.0, 1.0], [0.1, 0.7], [0.5, 0.6], [2.0, 2.0]], [0, 0, 0, 1, 1, 1, 2]),
    ([[float(i % 5) - 2, float(i % 7) / 2 + 0.5, (i % 3) * 1.5 - 1] for i in range(40)], [i % 4 for i in range(40)]),
    ([[float(i // 6) + 0.25 * (i % 3) + 0.5, 4.0 - i // 6 + 0.125 * (i % 2)] for i in range(18)], [i // 6 for i in range(18)]),
]


def rounded(values):
    return [float(f"{value:.12g}") for value in values]


def coherence(measure, width):
    texts = [document.split() for document in DOCUMENTS]
    dictionary = Dictionary(texts)
    corpus = [dictionary.doc2bow(text) for text in texts]
    model = CoherenceModel(topics=TOPICS, texts=texts, corpus=corpus, dictionary=dictionary, coherence=measure,
                           window_size=width, processes=1)
    return rounded(model.get_coherence_per_topic())


def main():
    made_with = {"gensim": gensim.__version__, "scikit-learn": sklearn.__version__, "numpy": numpy.__version__,
                 "python": platform.python_version()}
    show({"made_with": made_with, "documents": DOCUMENTS, "topics": TOPICS})
    for measure, widths in MEASURES:
        for width in widths:
            show({"coherence": measure, "width": width, "values": coherence(measure, width)})
    for a, b in GROUPINGS:
        nmi, ari = normalized_mutual_info_score(a, b), adjusted_rand_score(a, b)
        show({"agreement": [a, b], "nmi": rounded([nmi])[0], "ari": rounded([ari])[0]})
    for points, groups in POINTS:
        for metric in ["euclidean", "cosine"]:
            values = rounded(silhouette_samples(numpy.array(points), groups, metric=metric))
            show({"silhouette": metric, "points": points, "groups": groups, "values": values})


def show(line):
    print(json.dumps(line, separators=(",", ":")))


main()
