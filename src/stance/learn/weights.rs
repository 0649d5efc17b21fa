//! Where do the weights of a term lie, so that reading them costs little?

use super::place::{N_PLACES, NEXT, Place, Places};

/// The weights that there are, those of a term side by side: few bytes, close together.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    rows: Vec<Row>,
    /// Valence and opinion; the first of each term, which stands for places without a weight, is nothing.
    packed: Vec<(f32, f32)>,
}

/// Where the weights of a term begin, and how far behind that the one of each place lies.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    first: u32,
    /// The last of them is for no place.
    behind: [u8; N_PLACES + 1],
}

/// Of each of these sets a term nearly always stands at one place at most.
const ANYWHERE: Places = Places::of(&[Place::Any, Place::Negated, Place::Entry]);
const ASIDE: Places = Places::of(&[
    Place::Before,
    Place::After,
    Place::Passive,
    Place::By,
    Place::Apart,
    Place::Inside,
    Place::Toward,
    Place::Back,
    Place::Around,
    Place::AroundBack,
]);

impl Weights {
    /// Of all terms, each with as many weights as there are places.
    pub(super) fn of(weights: &[Option<(f32, f32)>]) -> Self {
        let mut packed = Vec::new();
        let rows = weights.chunks(N_PLACES).map(|of_term| {
            let mut row = Row { first: packed.len() as u32, ..Row::default() };
            packed.push((0.0, 0.0));
            for (behind, weight) in row.behind.iter_mut().zip(of_term) {
                if let Some(weight) = weight {
                    *behind = (packed.len() - row.first as usize) as u8;
                    packed.push(*weight);
                }
            }
            row
        });
        Self { rows: rows.collect(), packed }
    }

    /// Whether a term has a weight at a place.
    pub(super) fn has(&self, term: u32, place: Place) -> bool {
        self.rows.get(term as usize).is_some_and(|row| row.behind[place as usize] != 0)
    }

    /// What the weights of a term at some places add up to: valence and opinion.
    #[inline]
    pub(super) fn sum(&self, term: u32, places: Places) -> (f64, f64) {
        let Some(row) = self.rows.get(term as usize) else { return (0.0, 0.0) };
        let at = |place: usize| {
            let at = row.first as usize + usize::from(row.behind[place]);
            self.packed.get(at).copied().unwrap_or_default()
        };
        // Three looks without a branch, since how many places there are could not be guessed.
        let first = |of: Places| places.and(of).first();
        let (alone, side, next) = (first(ANYWHERE), first(ASIDE), first(NEXT));
        let rest = places.bits() & !(1 << alone | 1 << side | 1 << next);
        let (alone, side, next) = (at(alone), at(side), at(next));
        let add = |a: f32, b: f32, c: f32| f64::from(a) + f64::from(b) + f64::from(c);
        let mut sum = (add(alone.0, side.0, next.0), add(alone.1, side.1, next.1));
        for place in Places::from_bits(rest).iter() {
            let weight = at(place as usize);
            sum = (sum.0 + f64::from(weight.0), sum.1 + f64::from(weight.1));
        }
        sum
    }
}
