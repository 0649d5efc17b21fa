//! Where does each article lie?

use ndarray::{Array2, ArrayView1, ArrayView2};

/// Articles as points: coordinates along the directions of an [`Lsa`](crate::Lsa), shape (articles, directions).
///
/// An article none of whose terms are known lies at the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    pub(super) rows: Array2<f32>,
}

impl Embedding {
    /// All coordinates, for ndarray and for the estimators of linfa.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.rows.view()
    }

    /// The coordinates of one article.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: usize) -> ArrayView1<'_, f32> {
        self.rows.row(row)
    }

    /// The array, without copying.
    pub fn into_inner(self) -> Array2<f32> {
        self.rows
    }

    /// How many articles.
    pub fn n_rows(&self) -> usize {
        self.rows.nrows()
    }

    /// How many directions.
    pub fn n_dims(&self) -> usize {
        self.rows.ncols()
    }

    /// The same points moved to distance 1 from the origin, where squared distance is
    /// `2 − 2·cosine`; points at the origin stay.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        for mut row in self.rows.rows_mut() {
            let length = row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
            if length > 0.0 {
                row.mapv_inplace(|value| (f64::from(value) / length) as f32);
            }
        }
        self
    }
}
