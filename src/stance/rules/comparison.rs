//! "A is better than B", "less corrupt than its neighbours": good for one side, bad for the other.

use super::super::cues::THAN;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::proximity::Aim;

/// What is said of the one compared, turned, for the one it is compared with.
const STANDARD: f64 = -0.5;

/// "less fair than": the word turns for the one compared.
const LESS: f64 = -0.6;

/// And it holds of the one compared with.
const STANDARD_OF_LESS: f64 = 0.9;

/// How many words may stand between the word compared and "than".
const REACH: usize = 3;

/// Of a comparative before "than" the value is turned for a target behind it; "less" turns it once
/// more.
pub(super) fn apply(sentence: &Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    if sentence.any_cue & THAN == 0 {
        return;
    }
    for than in (0..sentence.words.len()).filter(|&at| sentence.is(THAN, at)) {
        for entry in weighed.iter_mut() {
            let near = entry.hit.to <= than && than - entry.hit.to < REACH;
            if !near || !sentence.same_clause(entry.hit.from, than) {
                continue;
            }
            let Some(direction) = degree(sentence, entry) else { continue };
            let (mention, _) = aim.nearest(than, than + 1);
            let is_standard = mention.start > than
                && !aim.mentions.iter().any(|mention| mention.end <= entry.hit.from);
            let factor = match (direction, is_standard) {
                (true, false) => 1.0,
                (true, true) => STANDARD,
                (false, false) => LESS,
                (false, true) => STANDARD_OF_LESS,
            };
            if factor < 1.0 {
                entry.scale(factor, Rule::Comparison);
            }
        }
    }
}

/// Whether the entry is compared upwards ("better", "more fair") or downwards ("less fair"); `None` if
/// it is not compared.
fn degree(sentence: &Sentence<'_>, entry: &Weighed) -> Option<bool> {
    let before = entry.hit.from.checked_sub(1).and_then(|at| sentence.word(at)).unwrap_or_default();
    if before.eq_ignore_ascii_case("more") {
        return Some(true);
    }
    if before.eq_ignore_ascii_case("less") {
        return Some(false);
    }
    let last = sentence.word(entry.hit.to - 1)?;
    let [.., e, r] = last.as_bytes() else { return None };
    let ending = e.eq_ignore_ascii_case(&b'e') && r.eq_ignore_ascii_case(&b'r');
    (ending || last.eq_ignore_ascii_case("worse")).then_some(true)
}
