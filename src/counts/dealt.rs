//! How are documents dealt to threads, and what was counted put in order again?

use crate::article::Document;

/// Memory for a document besides its text, in bytes: a headline, and what holds both.
const AROUND: usize = 256;

/// How often a thread gets documents of a batch. Corpora begin and end differently: two halves of one
/// took 49 and 80 ms.
pub(super) const ROUNDS: usize = 16;

/// What threads counted of documents that were dealt to them in stretches, one after the other and around again.
pub(super) struct Dealt<S> {
    /// Of each thread, all its documents.
    pub(super) sinks: Vec<S>,
    /// How many documents there are in each stretch. Number `i` is the next of thread `i % sinks.len()`.
    pub(super) stretches: Vec<usize>,
}

/// Takes documents until they have so many bytes, and returns how many they have.
pub(super) fn fill<D: Document>(
    held: &mut Vec<D>,
    docs: &mut impl Iterator<Item = D>,
    batch: usize,
) -> usize {
    let mut bytes = 0;
    for doc in docs {
        // An empty document takes room too.
        bytes += doc.text().len() + AROUND;
        held.push(doc);
        if bytes >= batch {
            break;
        }
    }
    bytes
}

/// Documents in some stretches of about the same length, some of which may be empty.
pub(super) fn portions<D: Document>(docs: &[D], n_portions: usize) -> Vec<&[D]> {
    let bytes: usize = docs.iter().map(|doc| doc.text().len()).sum();
    let (mut portions, mut start, mut end, mut read) = (Vec::new(), 0, 0, 0);
    for portion in 1..=n_portions {
        while end < docs.len() && (portion == n_portions || read * n_portions < bytes * portion) {
            read += docs[end].text().len();
            end += 1;
        }
        portions.push(&docs[start..end]);
        start = end;
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_hold_all_documents_in_order() {
        let docs = ["", "aaaa", "b", "", "cccc", "d", "ee"];
        for n_portions in 1..9 {
            let portions = portions(&docs, n_portions);
            assert_eq!(portions.len(), n_portions);
            assert_eq!(portions.concat(), docs);
        }
        assert_eq!(portions(&docs, 2), [&docs[..5], &docs[5..]]);
    }
}
