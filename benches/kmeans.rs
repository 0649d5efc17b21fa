//! What does an iteration of k-means cost, and does it grow with the rows alone?
//!
//! `cargo bench --bench kmeans`: 20,000 × 100 rows, 20 clusters, from rows of the file that
//! `benches/peers/kmeans.py` writes (`UNDERTONE_ROWS`, `f32` little-endian) or generated alike.
//! `cargo bench --bench kmeans -- 10000 100000 1000000`: so many rows of 60 columns, one process each.
//! Set `RAYON_NUM_THREADS=1` for figures of one thread.
//!
//! Times are differences: so many iterations less fewer of them, from the same rows, none of which ends
//! early. `first` is an iteration that knows no bounds yet, so skips no distance; `mean` is what an
//! iteration costs on average. All are the least of some runs.

use std::time::Instant;

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit as _, Predict as _};
use ndarray::{Array2, Axis};
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;
use undertone::{KMeans, KMeansParams};

const CLUSTERS: usize = 20;
const ITERATIONS: usize = 20;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let has = |name: &str| args.iter().any(|arg| arg == name);
    println!("| rows | columns | first ms | mean ms | mean ns a row | inertia |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    if !has("--bench") || has("--test") {
        // As a test it only has to run.
        return measure(generated(300, 8), 1);
    }
    if sizes.is_empty() {
        measure(given().unwrap_or_else(|| generated(20_000, 100)), 10);
    }
    for size in sizes {
        measure(generated(size, 60), if size > 200_000 { 2 } else { 5 });
    }
}

/// Rows on the unit sphere around as many centres as there are clusters, so wide that they mix.
fn generated(n: usize, width: usize) -> Array2<f32> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    let centres = Array2::from_shape_fn((CLUSTERS, width), |_| rng.gen_range(-0.2_f32..0.2));
    let mut rows = Array2::from_shape_fn((n, width), |(row, column)| {
        let noise: f32 = (0..4).map(|_| rng.gen_range(-1.0_f32..1.0)).sum();
        centres[(row % CLUSTERS, column)] + noise
    });
    for mut row in rows.rows_mut() {
        let length = row.dot(&row).sqrt();
        row /= length;
    }
    rows
}

/// The rows of a file, if one is named.
fn given() -> Option<Array2<f32>> {
    let bytes =
        std::fs::read(std::env::var_os("UNDERTONE_ROWS")?).expect("UNDERTONE_ROWS is a file");
    let numbers = bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    Some(Array2::from_shape_vec((bytes.len() / 400, 100), numbers).expect("rows of 100 numbers"))
}

fn measure(rows: Array2<f32>, runs: usize) {
    let (n, width) = rows.dim();
    let start = rows.select(Axis(0), &(0..CLUSTERS).collect::<Vec<_>>());
    let dataset = DatasetBase::from(rows);
    let params = |iterations| -> KMeansParams {
        KMeans::params(CLUSTERS).start(start.clone()).tolerance(0.0).max_iterations(iterations)
    };
    let fit = |iterations| params(iterations).fit(&dataset).expect("the rows are finite");
    let model = fit(1);
    // Fitting also checks the rows and finds the labels at the end.
    let check = least(runs, || dataset.records.iter().all(|value| value.is_finite()));
    let labels = least(runs, || model.predict(&dataset.records));
    let one = least(runs, || fit(1));
    let all = least(runs, || fit(ITERATIONS));
    let first = one - labels - check;
    let mean = (all - labels - check) / ITERATIONS as f64;
    let inertia = fit(ITERATIONS).inertia();
    let (first, mean, per_row) = (first * 1e3, mean * 1e3, mean * 1e9 / n as f64);
    println!("| {n} | {width} | {first:.2} | {mean:.2} | {per_row:.1} | {inertia:.2} |");
}

/// The seconds of the fastest run.
fn least<T>(runs: usize, work: impl Fn() -> T) -> f64 {
    let run = |_| {
        let begun = Instant::now();
        std::hint::black_box(work());
        begun.elapsed().as_secs_f64()
    };
    (0..runs).map(run).fold(f64::INFINITY, f64::min)
}
