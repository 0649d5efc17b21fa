//! "They asked A to help": an entry in the clause of a name that says next to nothing of it.

use std::ops::Range;

use super::super::cues::{ASKING, FIGHT, TO, VICTIM};
use super::super::near::{DEMANDS, DONE_TO, FROM, LOOKS, NAMED, OF, SEE};
use super::super::reading::{Sentence, Weighed};
use super::kept::Kept;
use super::proximity::clause;
use crate::text::words::Shape;

/// What counts of an entry that tells what somebody is asked for, is waited for, or suffered.
pub(super) const NOT_SAID: f64 = 0.06;

/// What counts of one that tells what somebody feels against others, or looks into.
const OF_OTHERS: f64 = 0.03;

/// What counts of what is said of something that the name owns: "the future of A is bright".
const OF_A_PART: f64 = 0.5;

/// What counts of an evil that is fought for a name behind it.
const FOUGHT_BEFORE: f64 = 0.2;

/// What the words around a mention tell of what its clause says behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    not_said: bool,
    looks_into: bool,
    owns_subject: bool,
}

impl Told {
    fn of(sentence: &Sentence<'_>, mention: &Range<usize>) -> Self {
        let before = sentence.near(mention.start.saturating_sub(AWAITED_APART), mention.start);
        let behind = sentence.near(mention.end, mention.end + 2);
        let not_said = is_asked(sentence, mention)
            || (before & SEE != 0 && is_awaited(sentence, mention))
            || is_object_of_subject(sentence, mention)
            || (before & NAMED != 0 && is_namesake(sentence, mention))
            || (before & DONE_TO != 0 && is_hit_by(sentence, 0, mention.start));
        Self {
            not_said,
            looks_into: behind & LOOKS != 0 && looks_into(sentence, mention),
            owns_subject: before & OF != 0 && is_owner_of_subject(sentence, mention),
        }
    }
}

/// How much of an entry is said of a mention as far as the words around the mention tell.
pub(super) fn share(
    sentence: &Sentence<'_>,
    entry: &Weighed,
    mention: &Range<usize>,
    told: &mut Kept<Told>,
) -> f64 {
    if mention.end <= entry.hit.from {
        let own_feeling = is_own_feeling(sentence, entry, mention);
        if !sentence.same_clause(mention.start, entry.hit.from) {
            return if own_feeling { OF_OTHERS } else { 1.0 };
        }
        let told = told.of(mention, || Told::of(sentence, mention));
        let not_said = told.not_said || is_demand(sentence, entry, mention);
        let of_others = own_feeling || (entry.value < 0.0 && told.looks_into);
        return match (not_said, of_others) {
            (true, _) => NOT_SAID,
            (false, true) => OF_OTHERS,
            (false, false) if told.owns_subject => OF_A_PART,
            (false, false) => 1.0,
        };
    }
    // "Admired for fighting A", "help in the war on terrorism, which A asked for".
    if sentence.any_cue & FIGHT != 0 && entry.value > 0.0 && entry.hit.to <= mention.start {
        if is_fought(sentence, mention.start) {
            return NOT_SAID;
        }
        let phrase = entry.hit.to - entry.hit.from > 1 && sentence.is(FIGHT, entry.hit.from);
        if phrase || entry.hit.valence < 0.0 && is_fought(sentence, entry.hit.from) {
            return FOUGHT_BEFORE;
        }
    }
    1.0
}

/// Whether something is bad for a name: "a disaster for A", "harmful to A". Who says so need not be against A.
pub(in super::super) fn is_bad_for(
    sentence: &Sentence<'_>,
    entry: &Weighed,
    mention: &Range<usize>,
) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let article = usize::from(matches!(word(entry.hit.to + 1), "the" | "a" | "an"));
    let noun = word(entry.hit.to.saturating_sub(1));
    entry.value < 0.0
        && mention.start == entry.hit.to + 1 + article
        && matches!(word(entry.hit.to), "for" | "to")
        && !entry.hit.has_roles
        && !is_feeling(noun)
}

/// Verbs of asking and telling.
pub(in super::super) const ASK: [&str; 35] = [
    "advise",
    "advised",
    "advises",
    "ask",
    "asked",
    "asking",
    "asks",
    "beg",
    "begged",
    "called",
    "calling",
    "calls",
    "challenged",
    "encouraged",
    "encourages",
    "expect",
    "expected",
    "expects",
    "implored",
    "invited",
    "pressed",
    "requested",
    "told",
    "urge",
    "urged",
    "urges",
    "urging",
    "want",
    "wanted",
    "wants",
    "warned",
    "warns",
    "instructed",
    "ordered",
    "tells",
];

/// "They urged A to help": A has not done so.
fn is_asked(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    const APART: usize = 5;
    if sentence.any_cue & ASKING == 0 {
        return false;
    }
    if !sentence.is(TO, mention.end) && !sentence.is(TO, mention.end + 1) {
        return false;
    }
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let to =
        word(mention.end) == "to" || (word(mention.end) == "not" && word(mention.end + 1) == "to");
    let asks = |at: usize| sentence.is(ASKING, at) && ASK.contains(&word(at));
    to && (mention.start.saturating_sub(APART)..mention.start).any(asks)
}

/// How far behind what is waited for somebody stands, in words.
const AWAITED_APART: usize = 4;

/// "They wait to see A keep its word": A has not done so.
fn is_awaited(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    if sentence.any_cue & TO == 0 {
        return false;
    }
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let waits = |at: usize| {
        matches!(word(at), "wait" | "waits" | "waited" | "waiting" | "remains" | "remained")
    };
    let sees = |at: usize| matches!(word(at), "see" | "seen");
    (mention.start.saturating_sub(AWAITED_APART)..mention.start).any(|at| {
        sees(at)
            && (at.saturating_sub(AWAITED_APART)..at)
                .any(|to| word(to) == "to" && to > 0 && waits(to - 1))
    })
}

/// "A plan named after A has failed": A has not.
fn is_namesake(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    const TITLES: usize = 2;
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    (mention.start.saturating_sub(TITLES + 1)..mention.start).any(|at| {
        matches!(word(at), "after" | "for") && at > 0 && matches!(word(at - 1), "named" | "called")
    })
}

/// Verbs of wanting something.
const DEMANDING: [&str; 10] = [
    "demand",
    "demanded",
    "demands",
    "requested",
    "requests",
    "seek",
    "seeks",
    "sought",
    "want",
    "wants",
];

/// "A wants assurances from B": A has none, and gives none.
fn is_demand(sentence: &Sentence<'_>, entry: &Weighed, mention: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    sentence.near_at(entry.hit.to) & FROM != 0
        && sentence.near_at(mention.end) & DEMANDS != 0
        && word(entry.hit.to) == "from"
        && DEMANDING.contains(&word(mention.end))
}

/// "A division of A is unacceptable": that is said of the division.
fn is_owner_of_subject(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let before = |back: usize| mention.start.checked_sub(back).map_or("", word);
    let of = before(1) == "of" || (before(1) == "the" && before(2) == "of");
    of && matches!(word(mention.end), "is" | "was" | "are" | "were" | "would" | "will")
}

/// Verbs of looking into something.
const LOOKING: [&str; 20] = [
    "announces",
    "announced",
    "discuss",
    "discussed",
    "discusses",
    "examine",
    "examined",
    "examines",
    "examining",
    "investigate",
    "investigated",
    "investigates",
    "investigating",
    "probe",
    "probed",
    "probes",
    "probing",
    "reviewed",
    "reviewing",
    "reviews",
];

/// "A investigates the fraud" speaks of the fraud.
fn looks_into(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let aux = usize::from(matches!(word(mention.end), "is" | "has" | "was" | "will" | "also"));
    LOOKING.contains(&word(mention.end + aux))
}

/// Nouns that tell what somebody feels or says against others.
const FEELINGS: [&str; 22] = [
    "anger",
    "annoyance",
    "complaint",
    "concern",
    "condemnation",
    "contempt",
    "criticism",
    "denunciation",
    "disagreement",
    "disappointment",
    "disapproval",
    "disgust",
    "displeasure",
    "dissatisfaction",
    "fear",
    "frustration",
    "objection",
    "opposition",
    "outrage",
    "protest",
    "resentment",
    "worry",
];

/// Whether a noun, or its plural, is one of them.
fn is_feeling(noun: &str) -> bool {
    FEELINGS.contains(&noun.strip_suffix('s').unwrap_or(noun))
}

/// "A's opposition to the plan" speaks against the plan.
fn is_own_feeling(sentence: &Sentence<'_>, entry: &Weighed, mention: &Range<usize>) -> bool {
    if mention.end != entry.hit.from || entry.hit.valence >= 0.0 {
        return false;
    }
    let noun = sentence.word(entry.hit.from).unwrap_or_default();
    let about = sentence.word(entry.hit.from + 1).unwrap_or_default();
    is_feeling(noun)
        && matches!(
            about,
            "about" | "against" | "at" | "of" | "over" | "to" | "toward" | "towards" | "with"
        )
}

/// Whether what stands at a word is what somebody fights: "fighting A", "the war on A", "the fight against A".
fn is_fought(sentence: &Sentence<'_>, at: usize) -> bool {
    if sentence.any_cue & FIGHT == 0 {
        return false;
    }
    let word = |back: usize| sentence.word(at.wrapping_sub(back)).unwrap_or_default();
    let fights = |back: usize| at >= back && sentence.is(FIGHT, at - back);
    let article = usize::from(matches!(word(1), "the" | "a" | "an"));
    fights(1 + article) || matches!(word(1 + article), "against" | "on") && fights(2 + article)
}

/// What is done to whom "of" names behind it, and whoever is against that one: not a word of them says anything bad of it.
pub(in super::super) const SUFFERED: [&str; 49] = [
    "abduction",
    "abuse",
    "arrest",
    "assassination",
    "beating",
    "blockade",
    "bombardment",
    "bombing",
    "demonisation",
    "demonization",
    "deportation",
    "destruction",
    "detention",
    "displacement",
    "disappearance",
    "enemies",
    "enemy",
    "execution",
    "expulsion",
    "foes",
    "harassment",
    "humiliation",
    "ill-treatment",
    "imprisonment",
    "intimidation",
    "invasion",
    "jailing",
    "kidnapping",
    "killing",
    "killings",
    "massacre",
    "mistreatment",
    "murder",
    "murders",
    "occupation",
    "persecution",
    "poisoning",
    "rape",
    "repression",
    "shelling",
    "shooting",
    "siege",
    "slaughter",
    "slaying",
    "stabbing",
    "subjugation",
    "torture",
    "torturing",
    "victimisation",
];

/// How many words may stand between a deed and the name of its victim, and between what somebody suffered and his name
/// behind a title: "the killing of the former deputy mayor Ann Hale".
const APART: usize = 3;
const TITLED: usize = 7;

/// Whether what stands before a name did harm to it: "(condemned) the attack on A", "the killing of A".
pub(super) fn is_hit_by(sentence: &Sentence<'_>, from: usize, name: usize) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let near = name.saturating_sub(APART).max(from)..name;
    let hit =
        near.rev().find(|&at| matches!(word(at), "against" | "on" | "of")).is_some_and(|at| {
            let deed = sentence.hits.iter().find(|hit| hit.from >= from && hit.to == at);
            deed.is_some_and(|deed| deed.valence < 0.0 && (word(at) != "of" || deed.has_roles))
        });
    hit || suffered(sentence, name).is_some_and(|deed| deed >= from)
}

/// Where the noun stands of what the one who is named at a word suffered: "the mistreatment of A".
pub(super) fn suffered(sentence: &Sentence<'_>, name: usize) -> Option<usize> {
    if sentence.any_cue & VICTIM == 0 {
        return None;
    }
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let of = (name.saturating_sub(TITLED)..name).rev().find(|&at| {
        let small = sentence.words[at].shape == Shape::Lower;
        small
            && matches!(
                word(at),
                "of" | "in" | "on" | "by" | "for" | "and" | "with" | "from" | "at" | "to"
            )
    })?;
    let deed = of.checked_sub(1)?;
    let same = sentence.same_clause(deed, name);
    (word(of) == "of" && same && sentence.is(VICTIM, deed) && SUFFERED.contains(&word(deed)))
        .then_some(deed)
}

/// "Sanctioning A is illegal": what a clause says whose subject is something done to A.
fn is_object_of_subject(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let Some(verb) = mention.start.checked_sub(1) else { return false };
    if !matches!(sentence.bytes(verb), [_, _, _, .., b'i', b'n', b'g']) {
        return false;
    }
    let opens = verb == 0
        || clause(sentence.words, verb - 1) != clause(sentence.words, verb)
        || sentence.words[verb].quoted && !sentence.words[verb - 1].quoted;
    let be = (mention.end..mention.end + 2)
        .any(|at| matches!(word(at), "is" | "was" | "would" | "will"));
    opens && be
}

#[cfg(test)]
mod tests {
    use super::super::super::near::near_of;
    use super::*;

    #[test]
    fn verbs_near_a_mention_have_numbers() {
        assert!(DEMANDING.iter().all(|verb| near_of(verb) & DEMANDS != 0));
        assert!(LOOKING.iter().all(|verb| near_of(verb) & LOOKS != 0));
    }
}
