//! Where does a capital prove nothing?

use super::words::{Gap, Shape, Word};

/// A headline has fewer than one lowercase word in this many.
pub(crate) const HEADLINE_SHARE: usize = 4;

/// Whether a line capitalises nearly every word and does not end as a sentence does: its capitals
/// prove nothing.
pub(crate) fn is_headline(text: &str, words: &[Word]) -> bool {
    let (mut letters, mut lower) = (0, 0);
    for word in words {
        letters += usize::from(!matches!(word.shape, Shape::Other | Shape::Sign));
        lower += usize::from(word.shape == Shape::Lower);
        // Most sentences: a few words tell.
        if lower * HEADLINE_SHARE >= words.len() {
            return false;
        }
    }
    let stops = words.last().is_some_and(|last| text[last.end..].starts_with(['.', '!', '?', ',']));
    letters >= 5 && lower * HEADLINE_SHARE < letters && !stops
}

/// Whether the word stands where any word has a capital, which therefore proves nothing: at the start
/// of the sentence, behind a colon or an opening quotation mark, a face or the accounts that are spoken to.
pub(crate) fn capital_due(text: &str, words: &[Word], at: usize) -> bool {
    const OPENS: [char; 8] = [':', '“', '"', '‘', '«', '?', '!', '…'];
    if at == 0 {
        return true;
    }
    let between = &text[words[at - 1].end..words[at].start];
    // Most words: blanks, hyphens and points hold none of these, nor does a comma.
    let usual = !matches!(words[at].before, Gap::Break | Gap::Sign) || between == ", ";
    let stopped = || words[at].before == Gap::Break && between.starts_with('.');
    if !usual && (stopped() || between.contains(OPENS)) {
        return true;
    }
    // Behind the accounts that a message is meant for, and behind a face, a sentence may start.
    let before = words[at - 1];
    before.shape == Shape::Sign
        || words[..at].iter().all(|word| text[word.start..word.end].starts_with('@'))
}
