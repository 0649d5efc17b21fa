//! "It is slow, but fair": the clause after "but" is the point; the one after "although" gives way.

use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;

const POINT: f64 = 1.25;
const GIVES_WAY: f64 = 0.75;

/// A contrast word either turns to the point (`but`, `however`, `yet`) or concedes (`although`,
/// `despite`): a concession ends with its clause.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    if !sentence.holds(EntryClass::Contrast) {
        return;
    }
    for contrast in sentence.of(EntryClass::Contrast) {
        let concedes = contrast.valence < 0.0;
        if concedes {
            for entry in weighed.iter_mut().filter(|entry| conceded(sentence, contrast, entry)) {
                entry.scale(GIVES_WAY, Rule::Contrast);
            }
        } else if contrast.from > 0 && contrast.valence > 0.0 {
            for entry in weighed.iter_mut() {
                let factor = if entry.hit.from < contrast.from { GIVES_WAY } else { POINT };
                entry.scale(factor, Rule::Contrast);
            }
        }
    }
}

fn conceded(sentence: &Sentence<'_>, contrast: &Hit, entry: &Weighed) -> bool {
    entry.hit.from >= contrast.to
        && sentence.words[entry.hit.from].clause == sentence.words[contrast.from].clause
}
