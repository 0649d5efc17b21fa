//! Matrices that are hard on the method: of low rank, in unconnected parts, or not made of numbers.

use ndarray::Array2;
use proptest::prelude::*;

use super::*;
use crate::csr::Csr;

fn sparse(rows: &[Vec<f32>]) -> Csr<f32> {
    let mut sparse = Csr::new(rows.first().map_or(0, Vec::len));
    for row in rows {
        let entries = row.iter().enumerate().filter(|(_, value)| **value != 0.0);
        sparse.push_row(entries.map(|(column, &value)| (column as u32, value)));
    }
    sparse
}

fn fit(params: &LsaParams, rows: &Csr<f32>) -> crate::Result<Lsa> {
    params.checked()?.fit_rows(rows)
}

/// Sum of squares of all that `lsa` leaves of the rows, divided by that of the rows.
fn left_over(lsa: &Lsa, rows: &Csr<f32>) -> f64 {
    let points = lsa.project(rows).unwrap().into_inner();
    let again = points.dot(&lsa.components().t());
    let (mut left, mut all) = (0.0, 0.0);
    let dense = gather(rows, &Array2::eye(rows.n_cols()));
    for (&found, &value) in again.iter().zip(&dense) {
        left += f64::from(found - value).powi(2);
        all += f64::from(value).powi(2);
    }
    left / all
}

#[test]
fn unconnected_parts_are_all_found() {
    // 90 articles that share no word, two of each of three strengths in turn: every singular value is
    // repeated, and a block that was multiplied often enough holds but one direction for each.
    let rows: Vec<Vec<f32>> = (0..90_usize)
        .map(|i| (0..90).map(|j| if i == j { 1.0 + (i % 3) as f32 } else { 0.0 }).collect())
        .collect();
    let rows = sparse(&rows);
    for params in
        [Lsa::params(80), Lsa::params(80).oversampling(10).power_iterations(0), Lsa::params(90)]
    {
        let lsa = fit(&params, &rows).unwrap();
        let expected = |i: usize| (3 - i / 30) as f64;
        for (i, value) in lsa.singular_values().iter().enumerate() {
            assert!((value - expected(i)).abs() < 1e-4, "{i} {value} {params:?}");
        }
    }
}

#[test]
fn the_rank_is_found_beside_strong_directions() {
    // Five directions whose strengths fall by 10 each; the last is 1e-4 of the first.
    let rows: Vec<Vec<f32>> = (0..40_i32)
        .map(|i| {
            let strength = 0.1_f32.powi(i % 5);
            (0..30_i32).map(|j| if j % 5 == i % 5 { strength } else { 0.0 }).collect()
        })
        .collect();
    let rows = sparse(&rows);
    let lsa = fit(&Lsa::params(9).allow_fewer(true), &rows).unwrap();
    assert_eq!(lsa.n_dims(), 5, "{:?}", lsa.singular_values());
    let mut expected = 48_f64.sqrt();
    for value in lsa.singular_values() {
        assert!((value / expected - 1.0).abs() < 1e-4, "{value} {expected}");
        expected /= 10.0;
    }
    let error = fit(&Lsa::params(6), &rows).unwrap_err();
    assert!(error.to_string().ends_with("have rank 5"), "{error}");
}

#[test]
fn articles_all_alike_have_no_variance() {
    let lsa = fit(&Lsa::params(1), &sparse(&vec![vec![1.0, 2.0, 0.3]; 7])).unwrap();
    assert!((lsa.energy_share()[0] - 1.0).abs() < 1e-6);
    assert!(lsa.explained_variance_ratio()[0].abs() < 1e-6);
}

#[test]
fn what_is_no_number_is_named() {
    for (value, written) in [(f32::NAN, "NaN"), (f32::NEG_INFINITY, "-inf")] {
        let error = fit(&Lsa::params(1), &sparse(&[vec![1.0, 1.0], vec![1.0, value]])).unwrap_err();
        assert!(error.is_numeric());
        let expected = format!("lsa: the weight of term 1 in article 1 is {written}");
        assert_eq!(error.to_string(), expected);
    }
    let huge = sparse(&[vec![f32::MAX, 1.0], vec![f32::MAX, f32::MAX]]);
    let error = fit(&Lsa::params(1), &huge).unwrap_err();
    assert_eq!(error.to_string(), "lsa: a weight is too large to square");
}

#[test]
fn nothing_to_find_is_an_error() {
    let zeros = {
        let mut rows = Csr::new(3);
        rows.push_row([(0, 0.0)]);
        rows.push_row([]);
        rows
    };
    for allow_fewer in [false, true] {
        let params = Lsa::params(1).allow_fewer(allow_fewer);
        let error = fit(&params, &zeros).unwrap_err();
        assert!(error.is_numeric());
        assert_eq!(
            error.to_string(),
            "lsa: every weight is zero, so there is no direction to keep"
        );
        let no_rows = fit(&params, &Csr::new(4)).unwrap_err();
        let no_columns = fit(&params, &sparse(&[Vec::new(), Vec::new()])).unwrap_err();
        assert!(no_rows.is_numeric() == allow_fewer && no_rows.is_too_small() != allow_fewer);
        assert!(no_columns.is_numeric() == allow_fewer && no_columns.is_too_small() != allow_fewer);
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_saved_one_with_missing_figures_does_not_fit() {
    let lsa = fit(&Lsa::params(2), &sparse(&[vec![1.0, 2.0, 0.0], vec![0.0, 1.0, 3.0]])).unwrap();
    assert!(lsa.fits(3) && !lsa.fits(2));
    let written = serde_json::to_value(&lsa).unwrap();
    for name in ["singular_values", "energy_share", "explained_variance_ratio"] {
        let mut shorter = written.clone();
        shorter[name].as_array_mut().unwrap().pop();
        assert!(serde_json::from_value::<Lsa>(shorter).is_err(), "{name}");
    }
}

#[cfg(feature = "rayon")]
#[test]
fn one_thread_finds_what_many_find() {
    // Rows and columns for several blocks of every product.
    let mut rows = Csr::new(1_700);
    for i in 0..2_100_u32 {
        let mut columns: Vec<u32> = (0..9).map(|j| (i * (31 + j * j) + j * 97) % 1_700).collect();
        columns.sort_unstable();
        columns.dedup();
        rows.push_row(columns.into_iter().map(|column| (column, 1.0 + ((column * i) % 7) as f32)));
    }
    let at = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let lsa = pool.install(|| fit(&Lsa::params(20).oversampling(60), &rows)).unwrap();
        let bits: Vec<u32> = lsa.components().iter().map(|value| value.to_bits()).collect();
        (bits, format!("{:?} {:?}", lsa.singular_values(), lsa.explained_variance_ratio()))
    };
    assert!(at(1) == at(2) && at(1) == at(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// With all directions that there are, nothing of the rows is lost.
    #[test]
    fn all_directions_carry_all(
        (rows, seed) in (1..14_usize, 1..14_usize).prop_flat_map(|(n_rows, n_cols)| {
            let value = prop_oneof![2 => Just(0.0_f32), 1 => (-8..9_i8).prop_map(f32::from)];
            let row = proptest::collection::vec(value, n_cols);
            (proptest::collection::vec(row, n_rows), any::<u64>())
        }),
        power_iterations in 0..20_usize,
    ) {
        let rows = sparse(&rows);
        let params = Lsa::params(14).seed(seed).power_iterations(power_iterations).allow_fewer(true);
        match fit(&params, &rows) {
            Ok(lsa) => {
                let energy: f64 = lsa.energy_share().iter().sum();
                prop_assert!((energy - 1.0).abs() < 1e-5, "{energy}");
                let variance: f64 = lsa.explained_variance_ratio().iter().sum();
                prop_assert!(variance.abs() < 1e-5 || (variance - 1.0).abs() < 1e-4, "{variance}");
                let left = left_over(&lsa, &rows);
                prop_assert!(left < 1e-8, "{left}");
                let square = lsa.components().t().dot(&lsa.components());
                let off = (square - Array2::<f32>::eye(lsa.n_dims())).mapv(f32::abs);
                prop_assert!(off.iter().all(|&value| value < 1e-4), "{off}");
            }
            Err(error) => {
                prop_assert!(error.is_numeric() && rows.n_entries() == 0, "{error}");
            }
        }
    }
}

#[test]
fn small_weights_have_the_same_directions() {
    let rows: Vec<Vec<f32>> = (0..60_usize)
        .map(|i| (0..40).map(|j| ((i * 7 + j * 3) % 11 * (i % 4)) as f32).collect())
        .collect();
    let params = Lsa::params(4).oversampling(10);
    let expected = fit(&params, &sparse(&rows)).unwrap();
    for power in [-120, -60, -31, -29, 20] {
        let scale = f64::from(power).exp2();
        let scaled: Vec<Vec<f32>> = rows
            .iter()
            .map(|row| row.iter().map(|&value| (f64::from(value) * scale) as f32).collect())
            .collect();
        let found = fit(&params, &sparse(&scaled)).unwrap();
        for (value, expected) in found.singular_values().iter().zip(expected.singular_values()) {
            assert!((value / scale / expected - 1.0).abs() < 1e-5, "2^{power}: {value}");
        }
        let shares = |lsa: &Lsa| lsa.explained_variance_ratio().iter().sum::<f64>();
        assert!((shares(&found) - shares(&expected)).abs() < 1e-5, "2^{power}");
    }
}
