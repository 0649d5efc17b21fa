//! Where do articles lie, and which of them can be told apart?

use ndarray::{Array2, ArrayView2, Axis};

use super::mixture::Labels;

/// Articles on the unit sphere; those without a known term at the origin.
pub(super) struct Points {
    pub(super) rows: Array2<f32>,
    /// The rows away from the origin, if not all are.
    known: Option<(Vec<usize>, Array2<f32>)>,
}

impl Points {
    pub(super) fn new(rows: Array2<f32>) -> Self {
        // Exact: a row is at the origin only if nothing was added to it.
        let away = |&row: &usize| rows.row(row).iter().any(|&value| value.abs() > 0.0);
        let known: Vec<usize> = (0..rows.nrows()).filter(away).collect();
        let known = (known.len() < rows.nrows()).then(|| {
            let known_rows = rows.select(Axis(0), &known);
            (known, known_rows)
        });
        Self { rows, known }
    }

    /// The rows away from the origin.
    pub(super) fn known(&self) -> ArrayView2<'_, f32> {
        self.known.as_ref().map_or(self.rows.view(), |(_, rows)| rows.view())
    }

    /// How many rows lie away from the origin.
    pub(super) fn n_known(&self) -> usize {
        self.known().nrows()
    }

    /// The number among all rows of one of the [known](Self::known).
    pub(super) fn row_of(&self, known: usize) -> usize {
        self.known.as_ref().map_or(known, |(numbers, _)| numbers[known])
    }

    pub(super) fn is_at_origin(&self, row: usize) -> bool {
        self.known.as_ref().is_some_and(|(numbers, _)| numbers.binary_search(&row).is_err())
    }

    /// The labels of the [known](Self::known) rows among those of all rows.
    pub(super) fn of_all(&self, labels: &[Option<u32>]) -> Labels {
        let mut all = vec![None; self.rows.nrows()];
        for (known, &label) in labels.iter().enumerate() {
            all[self.row_of(known)] = label;
        }
        all
    }
}
