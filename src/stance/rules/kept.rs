//! What is told of a mention, whatever entry is asked about.

use std::ops::Range;

/// What was found of one mention: the next entry is nearest to the same one, but for few.
#[derive(Debug)]
pub(super) struct Kept<T>(Option<(usize, usize, T)>);

impl<T: Copy> Kept<T> {
    pub(super) fn new() -> Self {
        Self(None)
    }

    /// What `find` finds of a mention, unless that is known.
    pub(super) fn of(&mut self, mention: &Range<usize>, find: impl FnOnce() -> T) -> T {
        match self.0 {
            Some((start, end, found)) if start == mention.start && end == mention.end => found,
            _ => {
                let found = find();
                self.0 = Some((mention.start, mention.end, found));
                found
            }
        }
    }
}
