//! How wrong are weights, and how do they get better? Ridge regression and logistic regression on sparse rows.

use super::super::evidence::Label;
use super::lbfgs::minimise;
use super::learned::probabilities;
use crate::csr::Csr;

/// What each row should come to.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// A rating.
    Ratings(Vec<f64>),
    /// −1, 0 or 1, and how much each of the three counts.
    Labels(Vec<Label>, [f64; 3]),
}

/// The most steps of the search, and the slope at which it ends.
const ROUNDS: usize = 200;
const TOLERANCE: f64 = 1e-5;

/// Valence and opinion of each column, as two halves of one vector.
pub(super) type Weights = Vec<f64>;

/// The sums of a row's values times valence and opinion.
pub(super) fn sums(row: (&[u32], &[f32]), weights: &[f64]) -> (f64, f64) {
    let n = weights.len() / 2;
    let (mut valence, mut opinion) = (0.0, 0.0);
    for (&column, &value) in row.0.iter().zip(row.1) {
        valence += weights[column as usize] * f64::from(value);
        opinion += weights[n + column as usize] * f64::from(value);
    }
    (valence, opinion)
}

/// Fits weights to some rows: the mean loss plus `strength/2 · Σ penalty·w²`, from a start. There is a penalty for
/// each weight.
pub(super) fn fit(
    rows: &Csr<f32>,
    used: &[usize],
    goal: &Goal,
    penalty: &[f64],
    strength: f64,
    mut weights: Weights,
) -> Weights {
    let n = rows.n_cols();
    let all: f64 = match goal {
        Goal::Ratings(_) => used.len() as f64,
        Goal::Labels(labels, importance) => {
            used.iter().map(|&row| importance[labels[row] as usize]).sum()
        }
    };
    minimise(&mut weights, ROUNDS, TOLERANCE, |weights, gradient| {
        let mut loss = 0.0;
        gradient.fill(0.0);
        for &row in used {
            let (valence, opinion) = sums(rows.row(row), weights);
            let (by_valence, by_opinion) = match goal {
                Goal::Ratings(ratings) => {
                    let off = valence - ratings[row];
                    loss += 0.5 * off * off;
                    (off, 0.0)
                }
                Goal::Labels(labels, importance) => {
                    let found = probabilities(valence, opinion);
                    let class = labels[row] as usize;
                    let weight = importance[class];
                    loss -= weight * found[class].max(1e-300).ln();
                    let (bad, good) = (f64::from(class == 0), f64::from(class == 2));
                    (
                        weight * ((found[2] - good) - (found[0] - bad)),
                        weight * ((found[2] - good) + (found[0] - bad)),
                    )
                }
            };
            let (columns, values) = rows.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                gradient[column as usize] += by_valence * f64::from(value);
                if by_opinion != 0.0 {
                    gradient[n + column as usize] += by_opinion * f64::from(value);
                }
            }
        }
        let mut value = loss / all;
        for (at, (gradient, weight)) in gradient.iter_mut().zip(weights).enumerate() {
            let strength = strength * penalty[at];
            value += 0.5 * strength * weight * weight;
            *gradient = *gradient / all + strength * weight;
        }
        value
    });
    weights
}

/// How far weights are off on some rows, as a mean: squared error, or surprise.
pub(super) fn mean_loss(rows: &Csr<f32>, used: &[usize], goal: &Goal, weights: &[f64]) -> f64 {
    let (mut loss, mut all) = (0.0, 0.0);
    for &row in used {
        let (valence, opinion) = sums(rows.row(row), weights);
        match goal {
            Goal::Ratings(ratings) => {
                loss += (valence - ratings[row]).powi(2);
                all += 1.0;
            }
            Goal::Labels(labels, importance) => {
                let class = labels[row] as usize;
                let found = probabilities(valence, opinion);
                loss -= importance[class] * found[class].max(1e-300).ln();
                all += importance[class];
            }
        }
    }
    if all > 0.0 { loss / all } else { 0.0 }
}
