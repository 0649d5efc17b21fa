#!/usr/bin/env python3
"""kmeans.py ROWS.bin [--embed NPY]: what does an iteration of scikit-learn's k-means cost, on the rows of our bench?

Writes 20,000 x 100 rows (f32, little-endian) to ROWS.bin, unless they are there: on the unit sphere around 20 centres, so
wide that they mix; or those of a NumPy file. Runs KMeans(algorithm="lloyd", n_init=1, tol=0) from the first 20 rows, and
prints the time of an iteration, as 21 iterations less one, and the inertia after 20: the least of ten runs. One thread,
by threadpoolctl. Then run ours:

    UNDERTONE_ROWS=ROWS.bin RAYON_NUM_THREADS=1 cargo bench --bench kmeans

scikit-learn 1.9.1.
"""
import argparse, pathlib, time, warnings
import numpy as np
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

N, WIDTH, CLUSTERS, ITERATIONS, RUNS = 20_000, 100, 20, 20, 10


def rows():
    random = np.random.default_rng(1)
    centres = random.uniform(-0.2, 0.2, (CLUSTERS, WIDTH))
    rows = centres[np.arange(N) % CLUSTERS] + random.uniform(-1, 1, (4, N, WIDTH)).sum(axis=0)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fit(rows, iterations):
    model = KMeans(CLUSTERS, init=rows[:CLUSTERS], n_init=1, max_iter=iterations, tol=0, algorithm="lloyd")
    begun = time.perf_counter()
    model.fit(rows)
    return time.perf_counter() - begun, model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=pathlib.Path, metavar="ROWS.bin")
    parser.add_argument("--embed", type=pathlib.Path, metavar="NPY", help="rows of 100 columns instead")
    options = parser.parse_args()
    if not options.path.exists():
        found = np.load(options.embed) if options.embed else rows()
        np.ascontiguousarray(found, dtype="<f4").tofile(options.path)
    data = np.fromfile(options.path, dtype="<f4").reshape(-1, WIDTH)
    warnings.simplefilter("ignore")
    with threadpool_limits(1):
        least = {n: min(fit(data, n)[0] for _ in range(RUNS)) for n in (1, ITERATIONS + 1)}
        model = fit(data, ITERATIONS)[1]
    mean = (least[ITERATIONS + 1] - least[1]) / ITERATIONS
    print(f"{len(data)} x {WIDTH}, K {CLUSTERS}: {mean * 1e3:.2f} ms an iteration", end=", ")
    print(f"{model.n_iter_} iterations, inertia {model.inertia_:.2f}")


if __name__ == "__main__":
    main()
