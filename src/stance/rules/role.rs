//! Who does it, and to whom is it done? "A condemned B" speaks differently of A and of B.

use std::ops::Range;

use super::super::cues::{BETWEEN, BY, DETERMINER, OBJECT, PASSIVE};
use super::super::entry::EntryClass;
use super::super::lexicon::Lexicon;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;
use super::bystander;
use super::kept::Kept;
use super::object;
use super::proximity::{Aim, clause, inside};

/// The part that the target plays in what a verb says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Role {
    Agent,
    Patient,
}

/// With no figure of its own for the doer, a verb still tells something of it: in NewsMTSC the
/// subject of a verb with a bad word is judged badly in 71 of 100 cases.
const AGENT_SHARE: f64 = 0.5;

/// What the target acts on is said of that, and only in part of the target; of what it condemns
/// least of all.
const ACTED_ON: f64 = 0.75;
const OPPOSED: f64 = 0.1;

/// What a verb says of who stands before it and is not its subject: "since the fall of A and has attacked".
const BESIDE: f64 = 0.3;

/// Verbs with figures for doer and done-to speak of the target by the part it plays; what stands on
/// the other side of such a verb counts less.
pub(super) fn apply(
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    aim: &Aim<'_>,
    weighed: &mut [Weighed],
) {
    object::apply(sentence, weighed);
    let mut told = Kept::new();
    for at in 0..weighed.len() {
        let entry = &mut weighed[at];
        let hit = entry.hit;
        let (mention, _) = aim.nearest(hit.from, hit.to);
        if aim.named {
            let share = bystander::share(sentence, entry, &mention, &mut told);
            if share < 1.0 {
                entry.weigh(share, Rule::Role);
            }
        }
        if is_owner_of_turned(entry, &mention) {
            entry.scale(-1.0, Rule::Role);
            continue;
        }
        if !hit.has_roles || inside(&mention, hit.from, hit.to) || is_noun(sentence, hit.from) {
            continue;
        }
        if mention.end <= hit.from && is_oblique(sentence, &mention) {
            entry.weigh(BESIDE, Rule::Role);
            // "The envoy to Elmland condemned the attack".
            if opposes(lexicon, &hit) {
                weigh_acted_on(sentence, &mention, at, OPPOSED, weighed);
            }
            continue;
        }
        let Some(role) = role_of(sentence, &mention, hit.from..hit.to) else {
            continue;
        };
        if role == Role::Patient
            && hit.to <= mention.start
            && bystander::is_hit_by(sentence, hit.to, mention.start)
        {
            entry.weigh(bystander::NOT_SAID, Rule::Role);
            continue;
        }
        let found = lexicon.entry(hit.entry);
        let figure = match role {
            Role::Agent => found.agent().map_or(hit.valence * AGENT_SHARE, f64::from),
            Role::Patient => found.patient().map_or(hit.valence, f64::from),
        };
        // What the rules of the sentence did to the verb they did to the figure.
        entry.scale(figure / hit.valence, Rule::Role);
        if role == Role::Agent {
            let part = if opposes(lexicon, &hit) { OPPOSED } else { ACTED_ON };
            weigh_acted_on(sentence, &mention, at, part, weighed);
        }
    }
}

/// Whether who does this is against whom or what it is done to.
fn opposes(lexicon: &Lexicon, verb: &Hit) -> bool {
    lexicon.entry(verb.entry).toward().is_some_and(|toward| toward < 0.0)
}

/// Weighs what a verb acts on: what stands on its other side than a mention.
fn weigh_acted_on(
    sentence: &Sentence<'_>,
    mention: &Range<usize>,
    verb: usize,
    part: f64,
    weighed: &mut [Weighed],
) {
    let hit = weighed[verb].hit;
    let behind = mention.end <= hit.from;
    let (before, after) = weighed.split_at_mut(verb);
    let acted_on = if behind { &mut after[1..] } else { before };
    for other in acted_on {
        let apart = if behind { other.hit.from >= hit.to } else { other.hit.to <= hit.from };
        if apart && sentence.same_clause(other.hit.from, hit.from) {
            other.weigh(part, Rule::Role);
        }
    }
}

/// "to mitigate Elmland's cruelty": less of it is good, and not good of the one whose it is.
fn is_owner_of_turned(entry: &Weighed, mention: &Range<usize>) -> bool {
    let turned = entry.rules.contains(Rule::Shifting) && entry.hit.valence < 0.0;
    let judged = entry.hit.class == EntryClass::Judge;
    turned && judged && entry.value > 0.0 && mention.end == entry.hit.from
}

/// The role of the mention at a verb: before an active verb or behind "by" it is the agent, before
/// a passive verb or behind an active one the patient. In another clause it has none.
pub(in super::super) fn role_of(
    sentence: &Sentence<'_>,
    mention: &Range<usize>,
    verb: Range<usize>,
) -> Option<Role> {
    let words = sentence.words;
    if clause(words, mention.start) != clause(words, verb.start) {
        return None;
    }
    let passive = is_passive(sentence, verb.start);
    if mention.end <= verb.start {
        return Some(if passive { Role::Patient } else { Role::Agent });
    }
    let between = verb.end..mention.start;
    let by = sentence.any_cue & BY != 0 && between.clone().any(|at| is_doer(sentence, at));
    match (passive, by) {
        (_, true) => Some(Role::Agent),
        (false, false) => Some(Role::Patient),
        (true, false) => None,
    }
}

/// Whether a word is "by" with the doer behind it: "A threatened B by arming C" tells how, and not who.
pub(in super::super) fn is_doer(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.is(BY, at) && !sentence.word(at + 1).is_some_and(|word| word.ends_with("ing"))
}

/// What stands before a noun: articles and the like.
pub(in super::super) const DETERMINERS: [&str; 20] = [
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my",
    "your", "any", "some", "no", "every", "The", "A",
];

/// A name behind one of these is no subject; behind one of those it is none if "and" follows.
pub(in super::super) const BEFORE_OBLIQUE: [&str; 14] = [
    "about", "across", "after", "against", "at", "before", "during", "from", "in", "near", "over",
    "since", "through", "to",
];
pub(in super::super) const OF_SEVERAL: [&str; 4] = ["of", "with", "by", "on"];

/// Whether a name before a verb depends on a preposition, and so is not its subject: "riots in A spread",
/// "… the capital of A and attacked".
pub(in super::super) fn is_oblique(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let Some(mut at) = mention.start.checked_sub(1) else { return false };
    if sentence.is(DETERMINER, at) && matches!(word(at), "the" | "The") && at > 0 {
        at -= 1;
    }
    let clause_of = |at: usize| clause(sentence.words, at);
    if !sentence.is(OBJECT, at) || clause_of(at) != clause_of(mention.start) {
        return false;
    }
    BEFORE_OBLIQUE.contains(&word(at))
        || (OF_SEVERAL.contains(&word(at)) && word(mention.end) == "and")
}

/// Whether an article or possessive stands before a word that may be noun or verb: "the attack".
pub(super) fn is_noun(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    // In small letters every one of them is listed, with a capital two are.
    let small = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let listed = |word: &str| small(word) || matches!(word, "The" | "A");
    sentence.is(DETERMINER, before) && sentence.word(before).is_some_and(listed)
        || sentence.is_possessive(before)
}

/// Forms of "be" and "get", which stand before a verb in the passive, and adverbs that are no word in -ly.
pub(in super::super) const BE: [&str; 11] =
    ["be", "been", "being", "is", "are", "was", "were", "am", "get", "got", "gets"];
pub(in super::super) const SKIPPED: [&str; 4] = ["not", "also", "never", "often"];

/// A form of "be" or "get" stands at most so many words before its verb.
pub(in super::super) const BE_BEFORE: usize = 3;

/// Whether a form of "be" or "get" stands before a verb in -ed or -en, adverbs between them.
pub(in super::super) fn is_passive(sentence: &Sentence<'_>, verb: usize) -> bool {
    if sentence.any_cue & PASSIVE == 0 {
        return false;
    }
    let adverb = |at: usize| matches!(sentence.bytes(at), [.., b'l' | b'L', b'y' | b'Y']);
    let mut before = (verb.saturating_sub(BE_BEFORE)..verb).rev();
    let be = before.find(|&at| !sentence.is(BETWEEN, at) && !adverb(at));
    be.is_some_and(|at| sentence.is(PASSIVE, at)) && !sentence.bytes(verb).ends_with(b"ing")
}
