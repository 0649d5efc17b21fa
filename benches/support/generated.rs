//! Articles as long and as varied as those of news, made up one by one, the same in every run.
//!
//! The vocabulary grows by Heaps' law with the figures of Reuters RCV1, `44 n^0.49` (Manning, Raghavan and
//! Schütze 2008, 5.1.1); words are drawn from what there is so far by Zipf's law, exponent 1; lengths are
//! log-normal around 400 words. Frequent words are English stop words, all others are made of
//! syllables; some are names, the others take endings that a stemmer takes off again.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const MEDIAN_WORDS: f64 = 400.0;
const SPREAD: f64 = 0.5;
/// The mean of a log-normal distribution, in words.
const MEAN_WORDS: f64 = 453.0;

const STOP: &str = "the of to and a in that is for on with was as it by be at from are this have he or an his they which \
    not were but has had will been one their we who more when would she all if out said there about what no than so can her";
const SYLLABLES: [&str; 32] = [
    "ba", "ren", "to", "li", "mar", "ko", "den", "sa", "vi", "nor", "pel", "ta", "gri", "mo",
    "lan", "fe", "ru", "cor", "ni", "bel", "dro", "ha", "pin", "sto", "wel", "ja", "tri", "que",
    "os", "lum", "che", "ven",
];
const ENDINGS: [&str; 8] = ["", "", "", "", "s", "s", "ed", "ing"];

/// Articles of which the one numbered `n` is always the same.
pub struct Corpus {
    stop: Vec<&'static str>,
}

impl Default for Corpus {
    fn default() -> Self {
        Self { stop: STOP.split_whitespace().collect() }
    }
}

impl Corpus {
    /// The first `n` articles, each made when it is asked for.
    pub fn articles(&self, n: usize) -> impl Iterator<Item = String> {
        (0..n).map(|number| self.article(number))
    }

    #[allow(clippy::cast_sign_loss)] // Lengths and ranks are above 0.
    fn article(&self, number: usize) -> String {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(number as u64);
        let n_before = (number + 1) as f64 * MEAN_WORDS;
        let ln_vocabulary = (44.0 * n_before.powf(0.49)).ln();
        let words = MEDIAN_WORDS * (SPREAD * normal(&mut random)).exp();
        let mut article = String::with_capacity(words as usize * 7);
        let mut left_in_sentence = 0;
        for _ in 0..(words as usize).clamp(30, 5000) {
            if left_in_sentence == 0 {
                if !article.is_empty() {
                    article.push_str(". ");
                }
                left_in_sentence = random.gen_range(8..32);
            } else {
                article.push(' ');
            }
            let start = article.len();
            // Ranks whose logarithms are spread evenly: Zipf's law.
            let rank = (random.r#gen::<f64>() * ln_vocabulary).exp() as usize - 1;
            self.push_word(rank, &mut random, &mut article);
            if start == 0 || article[..start].ends_with(". ") {
                article[start..=start].make_ascii_uppercase();
            }
            left_in_sentence -= 1;
        }
        article.push('.');
        article
    }

    fn push_word(&self, rank: usize, random: &mut impl Rng, out: &mut String) {
        if let Some(stop) = self.stop.get(rank) {
            out.push_str(stop);
            return;
        }
        let start = out.len();
        // The rank in base 32, at least two syllables: each word is another.
        let mut rest = rank - self.stop.len() + SYLLABLES.len();
        while rest > 0 {
            out.push_str(SYLLABLES[rest % SYLLABLES.len()]);
            rest /= SYLLABLES.len();
        }
        if rank.is_multiple_of(4) {
            out[start..=start].make_ascii_uppercase();
        } else {
            out.push_str(ENDINGS[random.gen_range(0..ENDINGS.len())]);
        }
    }
}

/// A number of the standard normal distribution, after Box and Muller.
fn normal(random: &mut impl Rng) -> f64 {
    let (u, v): (f64, f64) = (1.0 - random.r#gen::<f64>(), random.r#gen());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
