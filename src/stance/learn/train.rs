//! Which features, and how strongly held back?

use super::design::Design;
use super::folds::folds;
use super::learner::LexiconLearner;
use super::loss::{Goal, Weights, fit, mean_loss};
use super::penalty::penalties;
use crate::csr::Csr;
use crate::parallel::map_each;

impl LexiconLearner {
    /// Columns and weights from some rows: strength by cross-validation, the columns that matter, and their weights.
    pub(super) fn learn(
        &self,
        design: &Design,
        goal: &Goal,
        used: &[usize],
    ) -> (Vec<u32>, Weights) {
        let goal = balanced(goal, used);
        let penalty = penalties(design, &goal, used);
        let zero = vec![0.0; 2 * design.features.len()];
        let strength = self.best_strength(design, &goal, used);
        let weights = fit(&design.rows, used, &goal, &penalty, strength, zero);
        let columns = self.strongest(&design.rows, used, &weights);
        if columns.len() == design.features.len() {
            return (columns, weights);
        }
        let rows = design.only(&columns);
        let half = design.features.len();
        let kept = |all: &[f64]| -> Vec<f64> {
            let at = |from: usize| columns.iter().map(move |&column| all[from + column as usize]);
            at(0).chain(at(half)).collect()
        };
        let weights = fit(&rows, used, &goal, &kept(&penalty), strength, kept(&weights));
        (columns, weights)
    }

    fn best_strength(&self, design: &Design, goal: &Goal, used: &[usize]) -> f64 {
        if let [only] = self.strengths[..] {
            return only;
        }
        let groups: Vec<u32> = used.iter().map(|&row| design.texts[row]).collect();
        let fold_of = folds(&groups, self.folds, self.seed ^ 1);
        let losses = map_each((0..self.folds).collect(), |fold: usize| {
            let part = |keep: bool| -> Vec<usize> {
                let rows = used.iter().zip(&fold_of);
                rows.filter(|(_, own)| (**own != fold) == keep).map(|(row, _)| *row).collect()
            };
            let (others, own) = (part(true), part(false));
            let penalty = penalties(design, goal, &others);
            let mut weights = vec![0.0; 2 * design.features.len()];
            let losses = self.strengths.iter().map(|&strength| {
                weights = fit(&design.rows, &others, goal, &penalty, strength, weights.clone());
                mean_loss(&design.rows, &own, goal, &weights)
            });
            losses.collect::<Vec<f64>>()
        });
        let total = |at: usize| losses.iter().map(|of_fold| of_fold[at]).sum::<f64>();
        let best = (0..self.strengths.len()).min_by(|&a, &b| total(a).total_cmp(&total(b)));
        self.strengths[best.unwrap_or(0)]
    }

    /// The columns with the largest effect where they occur, in order. Over all rows common words would win, which
    /// tell little each time: as many weights then judge no better and give half as many reasons again.
    fn strongest(&self, rows: &Csr<f32>, used: &[usize], weights: &[f64]) -> Vec<u32> {
        let n = rows.n_cols();
        let (mut squares, mut counts) = (vec![0.0; n], vec![0u32; n]);
        for &row in used {
            let (columns, values) = rows.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                squares[column as usize] += f64::from(value).powi(2);
                counts[column as usize] += 1;
            }
        }
        let effect = |column: &u32| {
            let at = *column as usize;
            let square = squares[at] / f64::from(counts[at].max(1));
            (weights[at].powi(2) + weights[n + at].powi(2)) * square
        };
        let mut columns: Vec<u32> = (0..n as u32).collect();
        columns.sort_by(|a, b| effect(b).total_cmp(&effect(a)).then(a.cmp(b)));
        columns.truncate(self.max_weights);
        columns.sort_unstable();
        columns
    }
}

/// A label counts more where it is rare, so that all three are asked about alike.
fn balanced(goal: &Goal, used: &[usize]) -> Goal {
    let Goal::Labels(labels, _) = goal else { return goal.clone() };
    let mut counts = [0usize; 3];
    for &row in used {
        counts[labels[row] as usize] += 1;
    }
    let importance =
        counts.map(|count| if count == 0 { 0.0 } else { used.len() as f64 / (3.0 * count as f64) });
    Goal::Labels(labels.clone(), importance)
}
