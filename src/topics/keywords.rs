//! Which words name a topic?

use super::mixture::damp;
use crate::counts::{TermId, Vocabulary};
use crate::csr::Csr;
use crate::parallel::map_blocks;

/// How many terms are kept for each topic.
pub(crate) const KEPT: usize = 50;

/// Longest ending that does not make a new word of another: "iran", "iranian".
const ENDING: usize = 3;

/// The terms that set each topic apart, with weights above 0, falling; ties by the term.
///
/// The weight is c-TF-IDF (Grootendorst 2022, BERTopic): all articles of a topic count as one text, and
/// `weight(t, topic) = p · ln(1 + average f of topics / f(t)) · max(0, 1 − q/p)`, where
/// `p = f(t, topic) / f(topic)` is the term's share here and `q` its share in the other topics together.
///
/// Two things differ from the source. Frequencies add up `1 + ln(count)` over the articles and not the
/// counts: one article that repeats a word a thousand times does not name a topic. And the last factor
/// takes away words as common elsewhere ("people", "new"), whose logarithm alone is not small enough.
///
/// Terms that repeat one already taken (a longer form, a part of a phrase) are left out.
///
/// Cost: two passes over the entries, and a sort of each topic's terms.
pub(crate) fn topic_terms(
    counts: &Csr<u32>,
    vocabulary: &Vocabulary,
    members: &[Vec<u32>],
) -> Vec<Vec<(TermId, f32)>> {
    let totals = uses(counts, members.iter().flatten());
    map_blocks(members.len(), 1, |topic| {
        let of_topic = uses(counts, &members[topic.start]);
        strongest(of_topic, &totals, members.len(), vocabulary)
    })
}

/// How often each term is used in some rows, damped: `1 + ln(count)` for each.
pub(super) fn uses<'r>(counts: &Csr<u32>, rows: impl IntoIterator<Item = &'r u32>) -> Vec<f64> {
    let mut uses = vec![0.0_f64; counts.n_cols()];
    for &row in rows {
        let (columns, values) = counts.row(row as usize);
        for (&column, &count) in columns.iter().zip(values) {
            uses[column as usize] += f64::from(damp(count));
        }
    }
    uses
}

/// The terms that set apart what uses them so often from all there is, as [`topic_terms`] has them.
pub(super) fn strongest(
    of_topic: Vec<f64>,
    totals: &[f64],
    n_topics: usize,
    vocabulary: &Vocabulary,
) -> Vec<(TermId, f32)> {
    let mut found = class_weights(of_topic, totals, n_topics);
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    without_repeats(&found, vocabulary)
}

fn class_weights(of_topic: Vec<f64>, totals: &[f64], n_topics: usize) -> Vec<(TermId, f64)> {
    let here: f64 = of_topic.iter().sum();
    let all: f64 = totals.iter().sum();
    let (average, elsewhere) = (all / n_topics as f64, (all - here).max(f64::MIN_POSITIVE));
    let used = of_topic.into_iter().zip(totals).enumerate().filter(|(_, (f, _))| *f > 0.0);
    let weights: Vec<(TermId, f64, f64)> = used
        .map(|(column, (f, &total))| {
            let (inside, outside) = (f / here, (total - f).max(0.0) / elsewhere);
            let weight = inside * (average / total).ln_1p();
            (TermId(column as u32), weight, (1.0 - outside / inside).max(0.0))
        })
        .collect();
    // Topics that use the same words alike: none sets them apart.
    let apart = weights.iter().any(|(_, _, apart)| *apart > 0.0);
    weights
        .into_iter()
        .map(|(term, weight, factor)| (term, if apart { weight * factor } else { weight }))
        .filter(|(_, weight)| *weight > 0.0)
        .collect()
}

fn without_repeats(ranked: &[(TermId, f64)], vocabulary: &Vocabulary) -> Vec<(TermId, f32)> {
    let mut kept: Vec<(TermId, f32)> = Vec::with_capacity(KEPT.min(ranked.len()));
    for &(term, weight) in ranked {
        let name = vocabulary.term(term);
        let written = vocabulary.written(term);
        let repeated = kept.iter().any(|&(other, _)| {
            repeats(name, vocabulary.term(other))
                || same_letters(written, vocabulary.written(other))
        });
        if !repeated {
            kept.push((term, weight as f32));
            if kept.len() == KEPT {
                break;
            }
        }
    }
    kept
}

/// Whether one of two terms says what the other says: a form with a short ending more, or one whose
/// words are all words of the other.
fn repeats(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.contains(' ') {
        return short.split(' ').all(|word| long.split(' ').any(|other| is_form(word, other)));
    }
    is_form(short, long)
}

fn is_form(short: &str, long: &str) -> bool {
    let (short, long) = if short.len() <= long.len() { (short, long) } else { (long, short) };
    long == short
        || (short.chars().count() >= 4
            && long
                .strip_prefix(short)
                .is_some_and(|ending| ending.chars().count() <= ENDING && is_letters(ending)))
}

fn is_letters(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

/// Whether two written forms differ in capitals, dots and hyphens only.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_forms_and_parts() {
        for (a, b) in [
            ("iran", "iranian"),
            ("israel", "isra"),
            ("prime minist", "minist"),
            ("minist", "prime minist"),
            ("nuclear talk", "talk nuclear"),
        ] {
            assert!(repeats(a, b), "{a} {b}");
        }
        for (a, b) in
            [("iran", "iraq"), ("micro", "microsoft"), ("eu", "euro"), ("oil price", "gas")]
        {
            assert!(!repeats(a, b), "{a} {b}");
        }
        assert!(same_letters("U.S.", "us") && !same_letters("us", "use"));
    }
}
