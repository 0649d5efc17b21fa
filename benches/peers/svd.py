#!/usr/bin/env python3
"""svd.py DIR [DIR ...]: are our directions exact, and how fast are they?

Each DIR is what the example `directions` wrote: `matrix.mtx`, the weights, and `directions.json`, our answer and its
times. On that very matrix it runs scipy's exact `svds` and scikit-learn's `TruncatedSVD` with its defaults, and prints

  first bad   the number of singular values before the first that is off by more than 1 % (all of them if none is)
  worst N     the largest relative error among the first N
  sum         explained sum of squares, as a share of the exact one
  ratio       the largest difference of our explained_variance_ratio from scikit-learn's formula at our directions'
              exact counterparts
  s           seconds of the fit, the best of a few

TruncatedSVD runs on float64, as TfidfVectorizer gives it, and on float32. Threads are set by OMP_NUM_THREADS and
OPENBLAS_NUM_THREADS for it and by RAYON_NUM_THREADS for us. scikit-learn 1.9.1, scipy 1.17. The exact values are
kept beside the matrix in `exact.npz`.
"""
import json, pathlib, sys, time
import numpy as np
import scipy.sparse as sp
from scipy.io import mmread
from scipy.sparse.linalg import svds
from sklearn.decomposition import TruncatedSVD

REPEATS = 3


def exact(folder, matrix, dims):
    """Singular values, falling, and explained variance ratios as scikit-learn defines them."""
    path = folder / "exact.npz"
    if path.exists():
        kept = np.load(path)
        if len(kept["values"]) == dims and kept["shape"].tolist() == [*matrix.shape, matrix.nnz]:
            return kept["values"], kept["ratios"]
    _, values, right = svds(matrix, k=min(dims + 20, min(matrix.shape) - 1), tol=1e-7, random_state=0)
    order = np.argsort(values)[::-1][:dims]
    values, right = values[order], right[order]
    means = np.asarray(matrix.mean(axis=0)).ravel()
    variance = matrix.multiply(matrix).sum() / matrix.shape[0] - (means**2).sum()
    ratios = (matrix @ right.T).var(axis=0) / variance
    np.savez(path, values=values, ratios=ratios, shape=[*matrix.shape, matrix.nnz])
    return values, ratios


def report(name, values, true, seconds):
    error = np.abs(values / true - 1)
    bad = np.flatnonzero(error > 0.01)
    worst = " ".join(f"worst {n} {error[:n].max():.5f}" for n in (len(true) // 2, len(true) * 9 // 10, len(true)))
    share = (values**2).sum() / (true**2).sum()
    print(f"  {name:12} first bad {bad[0] if len(bad) else len(true):3} {worst} sum {share:.5f} {seconds:7.3f} s")


for folder in map(pathlib.Path, sys.argv[1:]):
    matrix = sp.csr_matrix(mmread(folder / "matrix.mtx"), dtype=np.float64)
    found = json.loads((folder / "directions.json").read_text())
    dims, ours = found["dims"], np.array(found["singular_values"])
    true, ratios = exact(folder, matrix, dims)
    print(f"{folder.name}: {matrix.shape[0]} x {matrix.shape[1]}, {matrix.nnz} weights, {dims} directions")
    our_time = min(found["milliseconds"]) / 1000
    report("undertone", ours, true, our_time)
    for kind in (np.float64, np.float32):
        typed, best = matrix.astype(kind), np.inf
        for seed in range(REPEATS):
            start = time.perf_counter()
            peer = TruncatedSVD(dims, random_state=seed).fit(typed)
            best = min(best, time.perf_counter() - start)
        report(kind.__name__, peer.singular_values_, true, best)
        print(f"  as fast as {kind.__name__} times {best / our_time:.1f}")
    half = dims // 2
    print(f"  ratio: largest difference of the first {half} {np.abs(np.array(found['explained_variance_ratio'])[:half] - ratios[:half]).max():.2e}")
