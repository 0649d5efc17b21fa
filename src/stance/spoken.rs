//! Where is a target spoken of, and which of its mentions stand in a sentence?

use std::ops::Range;

use crate::article::Document;
use crate::targets::{Target, TargetKind};

/// Where a target is spoken of, in the order of the text, and what kind of target it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken<'m> {
    pub(super) mentions: &'m [Range<usize>],
    pub(super) kind: TargetKind,
}

impl<'m> Spoken<'m> {
    pub(super) fn of(target: &'m Target) -> Self {
        Self { mentions: target.mentions(), kind: target.kind() }
    }
}

/// A mention and the number of its target.
pub(super) type Numbered = (Range<usize>, usize);

/// Replaces `spoken_of` by all mentions in the order of the text, so that those of a sentence lie together.
pub(super) fn in_order<'m>(
    targets: impl Iterator<Item = &'m [Range<usize>]>,
    spoken_of: &mut Vec<Numbered>,
) {
    spoken_of.clear();
    for (target, found) in targets.enumerate() {
        spoken_of.extend(found.iter().map(|mention| (mention.clone(), target)));
    }
    spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
}

/// The mentions of several targets, which are in order, that start in a range.
pub(super) fn starting_inside<'m>(
    spoken_of: &'m [Numbered],
    range: &Range<usize>,
) -> &'m [Numbered] {
    let from = spoken_of.partition_point(|(mention, _)| mention.start < range.start);
    let to = spoken_of.partition_point(|(mention, _)| mention.start < range.end);
    &spoken_of[from..to.max(from)]
}

/// The mentions, which are in order, that start in a range.
pub(super) fn starting_in<'m>(
    mentions: &'m [Range<usize>],
    range: &Range<usize>,
) -> &'m [Range<usize>] {
    let from = mentions.partition_point(|mention| mention.start < range.start);
    let to = mentions.partition_point(|mention| mention.start < range.end);
    &mentions[from..to.max(from)]
}

/// The target that a caller points at; it has no mention where the range does not fit the text.
pub(super) fn mention_at<D: Document + ?Sized>(doc: &D, range: Range<usize>) -> Target {
    let text = doc.text();
    match text.get(range.clone()).filter(|name| !name.is_empty()) {
        Some(name) => Target::new(name.to_string(), TargetKind::Name, vec![range], text),
        None => Target::new(String::new(), TargetKind::Name, Vec::new(), text),
    }
}
