//! How are documents dealt to threads, and what was counted put in order again?

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::article::Document;
use crate::parallel::map_each;

/// Memory for a document besides its text, in bytes: a headline, and what holds both.
const AROUND: usize = 256;

/// How many stretches of a batch there are for each thread: corpora begin and end differently, two halves of one
/// took 49 and 80 ms, and not every thread has a core to itself all the time.
pub(super) const ROUNDS: usize = 32;

/// What threads counted of documents of which each took the next stretch whenever it was done with one.
#[derive(Clone, Debug)]
pub(super) struct Dealt<S> {
    /// Of each thread, all its documents.
    pub(super) sinks: Vec<S>,
    /// In the order of the documents, which is that of each thread's too.
    pub(super) stretches: Vec<Stretch>,
}

/// Documents that one thread counted one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) thread: usize,
    pub(super) n_docs: usize,
}

/// Lets threads take stretches of documents to `work` on, and tells who took which. Who does may differ from run to
/// run; nothing that is made of all their counts does.
pub(super) fn deal<D: Sync, T: Send>(
    stretches: &[&[D]],
    threads: Vec<T>,
    work: impl Fn(usize, T, &mut dyn Iterator<Item = &D>) + Sync + Send,
) -> Vec<Stretch> {
    let next = AtomicUsize::new(0);
    let threads = threads.into_iter().enumerate().collect();
    let taken = map_each(threads, |(number, thread)| {
        let mut taken = Vec::new();
        let mut docs = std::iter::from_fn(|| {
            let stretch = next.fetch_add(1, Relaxed);
            let docs = stretches.get(stretch)?;
            taken.push(stretch);
            Some(*docs)
        });
        work(number, thread, &mut docs.by_ref().flatten());
        taken
    });
    let of_nobody = |docs: &&[D]| Stretch { thread: 0, n_docs: docs.len() };
    let mut dealt: Vec<Stretch> = stretches.iter().map(of_nobody).collect();
    for (thread, taken) in taken.into_iter().enumerate() {
        for stretch in taken {
            dealt[stretch].thread = thread;
        }
    }
    dealt
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

    #[test]
    fn what_threads_took_can_be_put_in_order_again() {
        let docs: Vec<String> = (0..50).map(|doc| doc.to_string()).collect();
        for (n_threads, n_stretches) in [(1, 4), (3, 9), (7, 80)] {
            let mut read = vec![Vec::new(); n_threads];
            let threads = read.iter_mut().collect();
            let stretches = portions(&docs, n_stretches);
            let dealt = deal(&stretches, threads, |_, read: &mut Vec<String>, docs| {
                read.extend(docs.cloned());
            });
            let mut of_threads: Vec<_> = read.into_iter().map(Vec::into_iter).collect();
            let in_order = dealt.iter().flat_map(|&Stretch { thread, n_docs }| {
                of_threads[thread].by_ref().take(n_docs).collect::<Vec<_>>()
            });
            assert_eq!(in_order.collect::<Vec<_>>(), docs);
            assert!(of_threads.iter().all(|rest| rest.len() == 0));
        }
    }
}
