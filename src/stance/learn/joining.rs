//! Reasons of a learned lexicon and those that were there before, in the order of the text.

use std::cmp::Ordering;

use super::super::evidence::Evidence;

/// Reasons in the order in which they were found, and what their contributions are multiplied by.
type Scaled<'e, 'd> = (&'e [Evidence<'d>], f64);

/// Both lists as one in `room`, which is empty; reasons of one entry at one place are one, and those that come to nothing
/// are left out.
pub(super) fn join<'d>(
    learned: Scaled<'_, 'd>,
    before: Scaled<'_, 'd>,
    mut room: Vec<Evidence<'d>>,
) -> Vec<Evidence<'d>> {
    room.reserve(learned.0.len() + before.0.len());
    if learned.0.is_sorted_by_key(place) && before.0.is_sorted_by_key(place) {
        in_order(learned, before, &mut room);
    } else {
        out_of_order(learned, before, &mut room);
    }
    room
}

fn in_order<'d>(learned: Scaled<'_, 'd>, before: Scaled<'_, 'd>, room: &mut Vec<Evidence<'d>>) {
    let mut push = |reason: Evidence<'d>| {
        if reason.contribution != 0.0 {
            room.push(reason);
        }
    };
    let (mut ours, mut earlier) = (learned.0, before.0);
    while let Some(first) = ours.first() {
        while let Some((other, rest)) = earlier.split_first()
            && place(other) < place(first)
        {
            push(scaled(other, before.1));
            earlier = rest;
        }
        let (here, rest) = ours.split_at(n_at(place(first), ours));
        let (others, behind) = earlier.split_at(n_at(place(first), earlier));
        for reason in here {
            let mut both = scaled(reason, learned.1);
            if let Some(other) = others.iter().find(|other| is_same(other, reason)) {
                add(&mut both, &scaled(other, before.1));
            }
            push(both);
        }
        for other in others {
            if !here.iter().any(|reason| is_same(reason, other)) {
                push(scaled(other, before.1));
            }
        }
        (ours, earlier) = (rest, behind);
    }
    for other in earlier {
        push(scaled(other, before.1));
    }
}

/// How many reasons at the head of a list stand at a place.
fn n_at(at: (usize, usize), reasons: &[Evidence<'_>]) -> usize {
    reasons.iter().take_while(|reason| place(reason) == at).count()
}

/// For sections that overlap, or marks side by side ("?!").
#[cold]
fn out_of_order<'d>(learned: Scaled<'_, 'd>, before: Scaled<'_, 'd>, room: &mut Vec<Evidence<'d>>) {
    for (reasons, factor) in [learned, before] {
        room.extend(reasons.iter().map(|reason| scaled(reason, factor)));
    }
    room.sort_unstable_by(compare);
    room.dedup_by(|reason, last| {
        let same = is_same(reason, last);
        if same {
            add(last, reason);
        }
        same
    });
    room.retain(|reason| reason.contribution != 0.0);
}

fn scaled<'d>(reason: &Evidence<'d>, factor: f64) -> Evidence<'d> {
    Evidence { contribution: reason.contribution * factor, ..reason.clone() }
}

fn place(reason: &Evidence<'_>) -> (usize, usize) {
    (reason.range.start, reason.range.end)
}

/// By place, then by entry, in an order that does not depend on where it lies in memory.
fn compare(a: &Evidence<'_>, b: &Evidence<'_>) -> Ordering {
    place(a).cmp(&place(b)).then_with(|| a.entry.text().cmp(b.entry.text()))
}

fn is_same(a: &Evidence<'_>, b: &Evidence<'_>) -> bool {
    place(a) == place(b) && std::ptr::eq(a.entry, b.entry)
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
    use super::super::super::evidence::Voice;
    use super::super::super::rule_set::Rules;
    use super::*;

    /// Where a reason starts, how long it is, its entry, and what it contributes.
    type Told = (usize, usize, usize, i32);

    fn reasons<'d>(told: &[Told], entries: &'d [Entry]) -> Vec<Evidence<'d>> {
        let reason = |&(start, length, entry, contribution): &Told| Evidence {
            sentence: "",
            sentence_range: 0..0,
            range: start..start + length,
            entry: &entries[entry],
            contribution: f64::from(contribution),
            weight: 1.0,
            rules: Rules::none(),
            voice: Voice::Writer,
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
            let joined = join((&learned, 1.0), (&before, 1.0), Vec::new());
            prop_assert!(joined.is_sorted_by_key(place));
            let number = |reason: &Evidence<'_>| entries.iter().position(|entry| std::ptr::eq(entry, reason.entry));
            let mut found: Vec<_> = joined
                .iter()
                .map(|reason| ((reason.range.start, reason.range.end, number(reason).unwrap()), reason.contribution))
                .collect();
            found.sort_by_key(|(at, _)| *at);
            let expected = summed(lists.iter().flatten()).into_iter().filter(|(_, sum)| *sum != 0);
            prop_assert_eq!(found, expected.map(|(at, sum)| (at, f64::from(sum))).collect::<Vec<_>>());
        }
    }
}
