//! What does one actor feel about another? "A condemned B": A stands against B.

use std::ops::Range;

use super::super::lexicon::Lexicon;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;
use super::bystander::{is_hit_by, suffered};
use super::location;
use super::role::{Role, is_noun, is_oblique, role_of};
use crate::targets::NameSpan;
use crate::text::without_possessive;

/// Words between holder and target that are no verbs with roles ("A's criticism of B") count in part.
const BETWEEN: f64 = 0.4;

/// Who condemns the attack on somebody is for whom it hit, and who hails it against.
const TURNED: f64 = -0.7;

/// Leaves of each entry what the holder thereby shows toward the target.
pub(in super::super) fn apply(
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    holder: &Range<usize>,
    target: &Range<usize>,
    weighed: &mut [Weighed],
) {
    // Who is named first is what the sentence is about; others may stand before what it does.
    let first = sentence.names.first().is_none_or(|name| holder.start < name.to);
    let place = location::is_place(sentence, target);
    for entry in weighed {
        let hit = entry.hit;
        // What happens at a place, or to something that the target made, is no feeling toward it.
        let apart = hit.to <= target.start && (hit.to..target.start).any(|at| opens(sentence, at));
        // "Confidence in B", but not "the attack in B".
        let felt = || {
            let deed = hit.has_roles && hit.valence < 0.0;
            !deed && location::leads_to(sentence, target, hit.to)
        };
        if (place && hit.to < target.start && !felt()) || apart {
            entry.weigh(0.0, Rule::Role);
            continue;
        }
        let words = hit.from..hit.to;
        let found = lexicon.entry(hit.entry);
        let verb = hit.has_roles
            && (!is_noun(sentence, hit.from) || is_owned(sentence, hit.from))
            && !is_governed(sentence, &words);
        let roles = verb.then(|| {
            let role = |of: &Range<usize>| {
                let role = role_of(sentence, of, words.clone());
                role.filter(|role| plays(sentence, of, &words, *role))
            };
            (role(holder), role(target))
        });
        let between = holder.end <= hit.from
            && hit.to <= target.start
            && (first || !names_between(sentence, holder.end, hit.from))
            && !names_between(sentence, hit.to, target.start);
        match (roles, found.toward()) {
            (Some((Some(Role::Agent), Some(Role::Patient))), Some(toward))
                if !names_between(sentence, hit.to, target.start) =>
            {
                let turns = is_hit_by(sentence, hit.to, target.start);
                let turned = if turns { TURNED } else { 1.0 };
                entry.scale(turned * f64::from(toward) / hit.valence, Rule::Role);
            }
            // What is done to the holder is the other one's feeling.
            (Some((Some(Role::Patient), Some(Role::Agent))), _) => entry.weigh(0.0, Rule::Role),
            // What the target suffered is the holder's feeling toward those who did it.
            _ if between
                && suffered(sentence, target.start).is_some_and(|deed| words.contains(&deed)) =>
            {
                entry.weigh(0.0, Rule::Role);
            }
            _ if between => entry.weigh(BETWEEN, Rule::Proximity),
            _ => entry.weigh(0.0, Rule::Role),
        }
    }
}

/// Whether somebody shows by a verb what he feels about a name: "(he) praised A".
pub(in super::super) fn is_done_to(
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    verb: Hit,
    name: &Range<usize>,
) -> bool {
    verb.has_roles
        && lexicon.entry(verb.entry).toward().is_some()
        && !is_noun(sentence, verb.from)
        && role_of(sentence, name, verb.from..verb.to) == Some(Role::Patient)
}

/// Whether a word opens a clause that speaks of what stands before it.
fn opens(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.word(at).is_some_and(|word| matches!(word, "which" | "that" | "who"))
}

/// "A's praise of B", "his praise": whose it is is said.
fn is_owned(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| sentence.word(before)).unwrap_or_default();
    matches!(before, "his" | "her" | "its" | "their") || without_possessive(before) != before
}

/// "In support of A", "with praise for B": a noun, and whose it is the sentence does not say by its order.
fn is_governed(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let before = words.start.checked_sub(1).map_or("", word);
    let preposition = matches!(before, "in" | "of" | "for" | "with" | "under" | "without");
    let of = words.len() == 1 && word(words.end) == "of" && !is_owned(sentence, words.start);
    let verb = word(words.start).ends_with("ing") || word(words.start).ends_with("ed");
    (preposition || of) && !verb
}

/// Whether a name has the role at a verb that its place gives it.
fn plays(sentence: &Sentence<'_>, name: &Range<usize>, verb: &Range<usize>, role: Role) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    if name.start >= verb.end {
        // "arrested the head of an A-based group".
        let placed = matches!(word(name.end), "based" | "born" | "made" | "registered");
        // "criticised B for praising A".
        let reason = |at: usize| {
            matches!(word(at), "for" | "over" | "after" | "before" | "while" | "without")
                && word(at + 1).ends_with("ing")
        };
        return !placed && !(verb.end..name.start).any(reason);
    }
    let between = name.end..verb.start;
    // "A left a deal which B approved", "the arrest of A by men who threatened B".
    let apart = (name.end + 1..verb.start).any(|at| opens(sentence, at))
        || role == Role::Agent && between.clone().any(|at| word(at) == "by");
    let dependent =
        is_oblique(sentence, name) || between.len() > 1 && is_governed_name(sentence, name);
    !apart && !dependent && !another_does(sentence, &between)
}

/// Whether a name stands behind a preposition: "the exports of A".
fn is_governed_name(sentence: &Sentence<'_>, name: &Range<usize>) -> bool {
    let word = |back: usize| sentence.word(name.start.wrapping_sub(back)).unwrap_or_default();
    let before = if word(1) == "the" { word(2) } else { word(1) };
    matches!(before, "of" | "with" | "by" | "for" | "on" | "between")
}

/// Whether somebody else is named between a name and its verb who is nearer to it: "A says B attacked".
fn another_does(sentence: &Sentence<'_>, between: &Range<usize>) -> bool {
    let inside = |name: &&NameSpan| between.start <= name.from && name.to <= between.end;
    let joined = |from: usize, to: usize| {
        let small = |word| matches!(word, "and" | "or" | "the" | "&");
        (from..to).all(|at| sentence.word(at).is_some_and(small))
    };
    let mut end = between.start;
    for name in sentence.names.iter().filter(inside) {
        let own = name.from..name.to;
        let subject = !is_oblique(sentence, &own) && !is_governed_name(sentence, &own);
        if !name.doubtful && subject && !joined(end, name.from) {
            return true;
        }
        end = name.to;
    }
    false
}

/// How many words may lie between a name and the one that it belongs to: "the German minister Maas".
const APART: usize = 2;

/// Whether somebody else is named between words `from` and `to`, who then is meant; one in a row with
/// what stands at `to` ("A and B") or right before it is not in the way.
fn names_between(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    let before = sentence.names.partition_point(|name| name.to <= to);
    let mut start = to;
    for name in sentence.names[..before].iter().rev().take_while(|name| name.from >= from) {
        let joined = (name.to..start).all(|at| sentence.word(at) == Some("and"));
        if name.doubtful || joined || start - name.to <= APART {
            start = name.from;
        } else {
            return true;
        }
    }
    false
}
