//! How much is each weight held back?
//!
//! A term that goes with one label is held back less than one that goes with all alike, as in the
//! naive Bayes features of Wang & Manning (2012). In sketches that gained as much as doubling the data.

use super::design::Design;
use super::loss::Goal;
use super::terms::SPECIAL;

/// Weights of entries by place and of the text as a whole are few and well known.
const SPECIAL_PENALTY: f64 = 0.02;

/// A term that tells this much, in standard deviations of the labels, is held back as much as any.
const USUAL: f64 = 0.5;
const LEAST: f64 = 0.25;
const POWER: f64 = 1.5;

/// Rows that a term is thought to have been in before, with labels as they are on the whole.
const PRIOR_ROWS: f64 = 3.0;

/// The penalty of each column's valence, then of each column's opinion, from some rows.
pub(super) fn penalties(design: &Design, goal: &Goal, used: &[usize]) -> Vec<f64> {
    let sides: [&dyn Fn(usize) -> f64; 2] = match goal {
        Goal::Ratings(ratings) => [&|row| ratings[row], &|row| ratings[row].abs()],
        Goal::Labels(labels, importance) => {
            let counts = |row: usize| importance[labels[row] as usize];
            return of_sides(
                design,
                used,
                [&|row| f64::from(labels[row].sign()) * counts(row), &|row| {
                    f64::from(labels[row].sign().abs()) * counts(row)
                }],
            );
        }
    };
    of_sides(design, used, sides)
}

fn of_sides(design: &Design, used: &[usize], sides: [&dyn Fn(usize) -> f64; 2]) -> Vec<f64> {
    sides.into_iter().flat_map(|side| of_side(design, used, side)).collect()
}

fn of_side(design: &Design, used: &[usize], side: &dyn Fn(usize) -> f64) -> Vec<f64> {
    let n = used.len().max(1) as f64;
    let mean = used.iter().map(|&row| side(row)).sum::<f64>() / n;
    let variance = used.iter().map(|&row| (side(row) - mean).powi(2)).sum::<f64>() / n;
    let deviation = variance.sqrt().max(f64::MIN_POSITIVE);
    let (mut sums, mut counts) =
        (vec![0.0; design.features.len()], vec![0.0; design.features.len()]);
    for &row in used {
        let off = (side(row) - mean) / deviation;
        for &column in design.rows.row(row).0 {
            sums[column as usize] += off;
            counts[column as usize] += 1.0;
        }
    }
    let columns = design.features.iter().zip(sums.iter().zip(counts));
    let penalty = columns.map(|(feature, (sum, count))| {
        if (feature.term() as usize) < SPECIAL.len() {
            return SPECIAL_PENALTY;
        }
        let tells = sum.abs() / (count + PRIOR_ROWS);
        (USUAL / (tells + LEAST)).powf(POWER)
    });
    penalty.collect()
}
