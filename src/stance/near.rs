//! Which words around a mention or an entry do the rules of a target ask for? Told by the numbers of words, so
//! that what is not there costs no look at letters.

use crate::text::matcher::Matcher;

/// What a word may be to the rules of a target where it stands near a mention; a word can be several. Words
/// with a capital or with an ending are told too: who finds one looks how it is written.
pub(super) type Near = u16;

/// "(to) see": somebody waits for what follows.
pub(super) const SEE: Near = 1;
/// "named (after)".
pub(super) const NAMED: Near = 1 << 1;
/// Stands between what was done and to whom.
pub(super) const DONE_TO: Near = 1 << 2;
/// "of".
pub(super) const OF: Near = 1 << 3;
/// A verb of looking into something.
pub(super) const LOOKS: Near = 1 << 4;
/// A verb of wanting something.
pub(super) const DEMANDS: Near = 1 << 5;
/// "from".
pub(super) const FROM: Near = 1 << 6;
/// Opens a clause.
pub(super) const OPENS: Near = 1 << 7;
/// "what (A calls)".
pub(super) const WHAT: Near = 1 << 8;
/// Joins names.
pub(super) const JOINS: Near = 1 << 9;

/// Says of something bad how much of it there is.
pub(super) const DEGREE: Near = 1 << 10;

const WORDS: [(&str, Near); 52] = [
    ("of", DONE_TO | OF),
    ("on", DONE_TO),
    ("and", JOINS),
    ("or", JOINS),
    ("from", FROM),
    ("what", WHAT),
    ("when", OPENS),
    ("if", OPENS),
    ("while", OPENS),
    ("because", OPENS),
    ("since", OPENS),
    ("although", OPENS),
    ("though", OPENS),
    ("unless", OPENS),
    ("whereas", OPENS),
    ("against", DONE_TO),
    ("great", DEGREE),
    ("greater", DEGREE),
    ("see", SEE),
    ("seen", SEE),
    ("called", NAMED),
    ("named", NAMED),
    ("want", DEMANDS),
    ("wants", DEMANDS),
    ("demand", DEMANDS),
    ("demanded", DEMANDS),
    ("demands", DEMANDS),
    ("requested", DEMANDS),
    ("requests", DEMANDS),
    ("seek", DEMANDS),
    ("seeks", DEMANDS),
    ("sought", DEMANDS),
    ("announces", LOOKS),
    ("announced", LOOKS),
    ("discuss", LOOKS),
    ("discussed", LOOKS),
    ("discusses", LOOKS),
    ("examine", LOOKS),
    ("examined", LOOKS),
    ("examines", LOOKS),
    ("examining", LOOKS),
    ("investigate", LOOKS),
    ("investigated", LOOKS),
    ("investigates", LOOKS),
    ("investigating", LOOKS),
    ("probe", LOOKS),
    ("probed", LOOKS),
    ("probes", LOOKS),
    ("probing", LOOKS),
    ("reviewed", LOOKS),
    ("reviewing", LOOKS),
    ("reviews", LOOKS),
];

/// Gives the words their numbers: they are the first of a matcher.
pub(super) fn number_near(matcher: &mut Matcher) {
    for (word, _) in WORDS {
        matcher.intern(word);
    }
}

/// What the word with a number may be.
#[inline]
pub(super) fn near(number: u32) -> Near {
    WORDS.get(number as usize).map_or(0, |(_, near)| *near)
}

/// What a word may be.
#[cfg(test)]
pub(super) fn near_of(word: &str) -> Near {
    WORDS.iter().find(|(known, _)| *known == word).map_or(0, |(_, near)| *near)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    #[test]
    fn the_words_are_the_first_of_a_matcher() {
        let mut matcher = Lexicon::news().matcher();
        for (number, (word, _)) in WORDS.iter().enumerate() {
            assert_eq!(matcher.intern(word), number as u32, "{word}");
        }
    }
}
