//! How well do topics foretell words?

use super::elementary::ln;
use super::mixture::{Labels, SMOOTHING};
use crate::csr::Csr;
use crate::parallel::map_blocks;
use crate::simd::wide;

/// So many groupings are summed side by side, so that none waits for the last sum of another.
const GROUPINGS: usize = 4;

/// For each of several groupings, how well words are foretold by the topics that wrote them: the logarithm of the
/// likelihood of damped counts, each row written by its own topic alone (Celeux & Govaert 1992).
///
/// Takes the columns, transposed rows, so that the sums of one term after another are at hand. Cost for each: one pass
/// over the entries, and a logarithm for each term and topic.
pub(crate) fn log_likelihoods(
    columns: &Csr<f32>,
    groupings: &[Labels],
    n_topics: usize,
) -> Vec<f64> {
    let some = map_blocks(groupings.len(), GROUPINGS, |range| match &groupings[range] {
        [a, b, c, d] => of_some(columns, [a, b, c, d], n_topics).to_vec(),
        [a, b] => of_some(columns, [a, b], n_topics).to_vec(),
        others => others.iter().flat_map(|one| of_some(columns, [one], n_topics)).collect(),
    });
    some.concat()
}

fn of_some<const N: usize>(
    columns: &Csr<f32>,
    groupings: [&Labels; N],
    n_topics: usize,
) -> [f64; N] {
    // A last place for those of no topic.
    let place = |labels: &Labels, row: usize| labels[row].unwrap_or(n_topics as u32);
    let places: Vec<[u32; N]> =
        (0..columns.n_cols()).map(|row| groupings.map(|labels| place(labels, row))).collect();
    let mut used = vec![[0.0_f32; N]; n_topics + 1];
    let mut told: [Told; N] = std::array::from_fn(|_| Told::new(n_topics + 1));
    for (rows, values) in columns.rows() {
        for (&row, &value) in rows.iter().zip(values) {
            for (nth, &place) in places[row as usize].iter().enumerate() {
                used[place as usize][nth] += value;
            }
        }
        for (nth, told) in told.iter_mut().enumerate() {
            told.make_room();
            // Most terms are rare, and few topics use them.
            if rows.len() < n_topics {
                for &row in rows {
                    let place = places[row as usize][nth];
                    told.take(place, &mut used[place as usize][nth]);
                }
            } else {
                for (place, used) in (0..).zip(&mut used) {
                    told.take(place, &mut used[nth]);
                }
            }
        }
    }
    let mut nth = 0..N;
    told.map(|told| told.likelihood(nth.next().unwrap_or(0), &places, columns.n_rows()))
}

/// How many uses are told of at once.
const USES: usize = 1024;

/// Of each topic, how many words it wrote, and what its terms say of it.
struct Told {
    words: Vec<f64>,
    sums: Vec<f64>,
    /// How much topics use terms, and which: of these, so many are not yet told of.
    uses: Vec<f32>,
    by: Vec<u32>,
    n_uses: usize,
}

impl Told {
    fn new(n_topics: usize) -> Self {
        let zeros = || vec![0.0; n_topics];
        let most = USES + n_topics;
        let (uses, by) = (vec![0.0; most], vec![0; most]);
        Self { words: zeros(), sums: zeros(), uses, by, n_uses: 0 }
    }

    /// For the uses of a term.
    fn make_room(&mut self) {
        if self.n_uses >= USES {
            self.tell();
        }
    }

    /// Takes away how much a topic uses a term, without a branch: whether it does is hard to foresee.
    #[inline(always)]
    fn take(&mut self, topic: u32, used: &mut f32) {
        let used = std::mem::take(used);
        (self.uses[self.n_uses], self.by[self.n_uses]) = (used, topic);
        self.n_uses += usize::from(used > 0.0);
    }

    fn tell(&mut self) {
        let (uses, by) = (&mut self.uses[..self.n_uses], &self.by[..self.n_uses]);
        for (&used, &topic) in uses.iter().zip(by) {
            self.words[topic as usize] += f64::from(used);
        }
        wide(|| uses.iter_mut().for_each(|used| *used *= ln(*used + SMOOTHING)));
        for (&says, &topic) in uses.iter().zip(by) {
            self.sums[topic as usize] += f64::from(says);
        }
        self.n_uses = 0;
    }

    /// The likelihood of so many terms by the grouping of this number, of which the places of all rows are given.
    fn likelihood<const N: usize>(
        mut self,
        grouping: usize,
        places: &[[u32; N]],
        n_terms: usize,
    ) -> f64 {
        self.tell();
        let n_topics = self.words.len() - 1;
        let mut sizes = vec![0_usize; n_topics + 1];
        for places in places {
            sizes[places[grouping] as usize] += 1;
        }
        let n_rows: usize = sizes[..n_topics].iter().sum();
        let mut sum: f64 = self.sums[..n_topics].iter().sum();
        for (&words, &size) in self.words.iter().zip(&sizes[..n_topics]) {
            sum -= words * (words + f64::from(SMOOTHING) * n_terms as f64).ln();
            sum += size as f64 * ((size + 1) as f64 / (n_rows + 1) as f64).ln();
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::mixture::damped;

    #[test]
    fn it_is_the_sum_over_the_words() {
        let mut counts = Csr::new(3);
        counts.push_row([(0, 1), (2, 3)]);
        counts.push_row([(0, 2)]);
        counts.push_row([(1, 1)]);
        counts.push_row([(1, 5)]);
        // The last row is of no topic.
        let topics = vec![Some(0), Some(0), Some(1), None];
        let (two, three) = (1.0 + 2.0_f64.ln(), 1.0 + 3.0_f64.ln());
        let smoothed = |used: f64| used * (used + 0.1).ln();
        let first = smoothed(1.0 + two) + smoothed(three) - smoothed_sum(1.0 + two + three);
        let second = smoothed(1.0) - smoothed_sum(1.0);
        let sizes = 2.0 * (3.0_f64 / 4.0).ln() + (2.0_f64 / 4.0).ln();
        let found = log_likelihoods(&damped(&counts).transposed(), &[topics], 2)[0];
        assert!((found - (first + second + sizes)).abs() < 1e-5, "{found}");
    }

    /// Of a topic's words, over three terms.
    fn smoothed_sum(words: f64) -> f64 {
        words * (words + 0.3).ln()
    }

    #[test]
    fn the_right_topics_foretell_best() {
        let mut counts = Csr::new(4);
        for row in 0..20_u32 {
            let first = if row % 2 == 0 { 0 } else { 2 };
            counts.push_row([(first, 1 + row % 3), (first + 1, 2)]);
        }
        let likelihood = |wrong: u32| {
            let topics = (0..20).map(|row| Some((row % 2) ^ u32::from(row % 5 == wrong))).collect();
            log_likelihoods(&damped(&counts).transposed(), &[topics], 2)[0]
        };
        assert!(likelihood(5) > likelihood(0));
    }
}
