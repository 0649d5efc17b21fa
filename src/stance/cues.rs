//! Which words do the rules ask for? Told when a word is looked up, so that a rule that has nothing to do
//! in a sentence costs one test.

use super::rules::{
    ASK, BASELESS, BE, BEFORE_OBJECT, BEFORE_OBLIQUE, DETERMINERS, DOUBTED, DOUBTED_JOINED, FIGHTS,
    GO, MEANT, OF_SEVERAL, OTHERS, PASSED, PLACES, PRESENTED, PRONOUNS, SKIPPED, SUFFERED,
    VIOLENCE,
};
use crate::text::clauses::OPENS;
use crate::text::matcher::Matcher;

/// What a word is to the rules; a word can be several. The bits from the 18th on tell what it is to names.
pub(super) type Cue = u32;

pub(super) const THAN: Cue = 1;
pub(super) const BY: Cue = 1 << 1;
/// A form of "be" or "get".
pub(super) const PASSIVE: Cue = 1 << 2;
/// May stand between such a form and its verb.
pub(super) const BETWEEN: Cue = 1 << 3;
/// May stand before a noun, as some are written.
pub(super) const DETERMINER: Cue = 1 << 4;
/// Says of what stands near it that it is but claimed.
pub(super) const CLAIM: Cue = 1 << 5;
/// Fights what follows.
pub(super) const FIGHT: Cue = 1 << 6;
/// Asks somebody to do something, as some are written.
pub(super) const ASKING: Cue = 1 << 7;
/// Stands before a place.
pub(super) const PLACE: Cue = 1 << 8;
pub(super) const TO: Cue = 1 << 9;
/// May stand between such a word and the name of the place.
pub(super) const BEFORE_PLACE: Cue = 1 << 10;
/// A deed that has a victim, or what is said of an accusation that clears somebody.
pub(super) const VICTIM: Cue = 1 << 11;
/// A plural of people.
pub(super) const PEOPLE: Cue = 1 << 12;
/// Stands before what somebody's words or deeds may be about, or makes a name depend on what stands before it,
/// as some are written.
pub(super) const OBJECT: Cue = 1 << 13;
/// Stands for who was named before.
pub(super) const PRONOUN: Cue = 1 << 14;

/// Joins clauses.
pub(super) const CONJUNCT: Cue = 1 << 15;
/// Opens a clause behind such a word.
pub(super) const OPENS_CLAUSE: Cue = 1 << 16;

/// Notes the cues of its words in a matcher.
pub(super) fn mark_cues(matcher: &mut Matcher) {
    let lists: [(&[&str], Cue); 24] = [
        (&["than"], THAN),
        (&["by"], BY),
        (&BE, PASSIVE),
        (&SKIPPED, BETWEEN),
        (&DETERMINERS, DETERMINER),
        (&DOUBTED, CLAIM),
        (&PRESENTED, CLAIM),
        (&MEANT, CLAIM),
        (&FIGHTS, FIGHT),
        (&ASK, ASKING),
        (&PLACES, PLACE),
        (&GO, PLACE),
        (&["to"], TO),
        (&PASSED, BEFORE_PLACE),
        (&VIOLENCE, VICTIM),
        (&SUFFERED, VICTIM),
        (&BASELESS, VICTIM),
        (&OTHERS, PEOPLE),
        (&BEFORE_OBJECT, OBJECT),
        (&PRONOUNS, PRONOUN),
        (&["and", "but"], CONJUNCT),
        (&OPENS, OPENS_CLAUSE),
        (&BEFORE_OBLIQUE, OBJECT),
        (&OF_SEVERAL, OBJECT),
    ];
    for (words, cue) in lists {
        for word in words {
            matcher.mark(&word.to_ascii_lowercase(), cue);
        }
    }
    for (_, doubted) in DOUBTED_JOINED {
        matcher.mark(doubted, CLAIM);
    }
    for deed in VIOLENCE {
        matcher.mark(&format!("{deed}s"), VICTIM);
    }
}
