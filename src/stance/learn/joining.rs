//! Reasons of a learned lexicon and those that were there before, in the order of the text.

use super::super::evidence::Evidence;

/// Adds to `reasons` what was there before, each list in the order in which it was found and with what its contributions
/// are multiplied by. Reasons of one entry at one place are one, and those that come to nothing are left out.
pub(super) fn join<'d>(
    reasons: &mut Vec<Evidence<'d>>,
    factor: f64,
    before: &[Evidence<'d>],
    before_factor: f64,
) {
    for reason in &mut *reasons {
        reason.contribution *= factor;
    }
    let n_reasons = reasons.len();
    let mut from = 0;
    for other in before {
        let other = scaled(other, before_factor);
        // Nearly all stand in both lists, in the same order.
        let same = |at: &usize| is_same(&reasons[*at], &other);
        match (from..n_reasons).find(same).or_else(|| (0..from).find(same)) {
            Some(at) => {
                add(&mut reasons[at], &other);
                from = at + 1;
            }
            None => reasons.push(other),
        }
    }
    if !reasons.is_sorted_by_key(place) {
        reasons.sort_by_key(place);
    }
    reasons.retain(|reason| reason.contribution != 0.0);
}

fn scaled<'d>(reason: &Evidence<'d>, factor: f64) -> Evidence<'d> {
    Evidence { contribution: reason.contribution * factor, ..reason.clone() }
}

fn place(reason: &Evidence<'_>) -> (usize, (u32, u32)) {
    (reason.start, reason.words.key())
}

fn is_same(a: &Evidence<'_>, b: &Evidence<'_>) -> bool {
    std::ptr::eq(a.entry, b.entry) && place(a) == place(b)
}

fn add(to: &mut Evidence<'_>, reason: &Evidence<'_>) {
    to.contribution += reason.contribution;
    to.weight = to.weight.max(reason.weight);
    to.rules = to.rules.union(reason.rules);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::super::entry::{Entry, EntryClass};
    use super::super::super::rule_set::Rules;
    use super::super::super::span::{SaidBy, Span};
    use super::*;

    /// Where a reason starts, how long it is, its entry, and what it contributes.
    type Told = (usize, usize, usize, i32);

    fn reasons<'d>(told: &[Told], entries: &'d [Entry]) -> Vec<Evidence<'d>> {
        let reason = |&(start, length, entry, contribution): &Told| Evidence {
            sentence: "",
            start: 0,
            words: Span::of_text(start..start + length, 0),
            entry: &entries[entry],
            contribution: f64::from(contribution),
            weight: 1.0,
            rules: Rules::none(),
            said_by: SaidBy::Writer,
        };
        told.iter().map(reason).collect()
    }

    /// One reason for each entry at each place.
    fn summed<'t>(told: impl Iterator<Item = &'t Told>) -> BTreeMap<(usize, usize, usize), i32> {
        let mut sums = BTreeMap::new();
        for &(start, length, entry, contribution) in told {
            *sums.entry((start, start + length, entry)).or_insert(0) += contribution;
        }
        sums
    }

    proptest! {
        /// Whatever the lists, sorted or not, one reason is left for each entry at each place, in the order of the text.
        #[test]
        fn reasons_of_one_entry_at_one_place_are_one(
            mut lists in prop::array::uniform2(prop::collection::vec((0..4_usize, 1..3_usize, 0..3_usize, -2..3), 0..8)),
            sorted in any::<bool>(),
        ) {
            let entries = ["a", "b", "c"].map(|text| Entry::learned(text, 1.0, EntryClass::Judge));
            for list in &mut lists {
                *list = summed(list.iter()).into_iter().map(|((start, end, entry), part)| (start, end - start, entry, part)).collect();
                // Which of several at one place comes first is not said.
                list.sort_by_key(|&(start, length, entry, part)| (start, length, (entry + part.unsigned_abs() as usize) % 3));
                if !sorted {
                    list.reverse();
                }
            }
            let [learned, before] = lists.each_ref().map(|list| reasons(list, &entries));
            let mut joined = learned;
            join(&mut joined, 1.0, &before, 1.0);
            prop_assert!(joined.is_sorted_by_key(place));
            let number = |reason: &Evidence<'_>| entries.iter().position(|entry| std::ptr::eq(entry, reason.entry));
            let mut found: Vec<_> = joined
                .iter()
                .map(|reason| ((reason.range().start, reason.range().end, number(reason).unwrap()), reason.contribution))
                .collect();
            found.sort_by_key(|(at, _)| *at);
            let expected = summed(lists.iter().flatten()).into_iter().filter(|(_, sum)| *sum != 0);
            prop_assert_eq!(found, expected.map(|(at, sum)| (at, f64::from(sum))).collect::<Vec<_>>());
        }
    }
}
