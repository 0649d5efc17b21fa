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
    let (mut earlier, factor) = before;
    for reason in learned.0 {
        let here = |other: &&Evidence<'d>| place(other) == place(reason);
        let mut both = scaled(reason, learned.1);
        while let Some((first, rest)) = earlier.split_first() {
            if is_same(first, reason) {
                add(&mut both, &scaled(first, factor));
            } else if place(first) < place(reason)
                || (here(&first)
                    && rest.iter().take_while(here).any(|other| is_same(other, reason)))
            {
                push(scaled(first, factor));
            } else {
                break;
            }
            earlier = rest;
        }
        push(both);
    }
    earlier.iter().for_each(|reason| push(scaled(reason, factor)));
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
