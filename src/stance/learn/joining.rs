//! Reasons of a learned lexicon and those that were there before, in the order of the text.

use std::cmp::Ordering;

use super::super::evidence::Evidence;

/// Both lists as one in `room`, which is empty; reasons of one entry at one place are one.
pub(super) fn join<'d>(
    learned: &[Evidence<'d>],
    before: &[Evidence<'d>],
    mut room: Vec<Evidence<'d>>,
) -> Vec<Evidence<'d>> {
    room.reserve(learned.len() + before.len());
    if learned.is_sorted_by_key(place) && before.is_sorted_by_key(place) {
        let mut before = before.iter().peekable();
        for reason in learned {
            while let Some(earlier) = before.next_if(|other| place(other) < place(reason)) {
                push(&mut room, earlier);
            }
            push(&mut room, reason);
        }
        before.for_each(|reason| push(&mut room, reason));
    } else {
        out_of_order(learned, before, &mut room);
    }
    room.retain(|reason| reason.contribution != 0.0);
    room
}

/// As above for sections that overlap, or marks side by side ("?!").
#[cold]
fn out_of_order<'d>(
    learned: &[Evidence<'d>],
    before: &[Evidence<'d>],
    room: &mut Vec<Evidence<'d>>,
) {
    room.extend(learned.iter().chain(before).cloned());
    room.sort_unstable_by(compare);
    room.dedup_by(|reason, last| {
        let same = is_same(reason, last);
        if same {
            add(last, reason);
        }
        same
    });
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

/// Adds a reason behind those of earlier places.
#[inline]
fn push<'d>(reasons: &mut Vec<Evidence<'d>>, reason: &Evidence<'d>) {
    let here = reasons.iter_mut().rev().take_while(|other| place(other) == place(reason));
    match { here }.find(|other| is_same(other, reason)) {
        Some(same) => add(same, reason),
        None => reasons.push(reason.clone()),
    }
}
