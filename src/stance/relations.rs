//! Who stands how toward whom in an article?

use std::collections::BTreeMap;
use std::ops::Range;

use super::entry::EntryClass;
use super::evidence::{Evidence, Label, Verdict};
use super::reading::{Reading, Speaker, Weighed};
use super::rules::{self, Aim};
use super::scorer::StanceScorer;
use super::spoken::{Numbered, in_order, starting_inside};
use super::tally::Tally;
use crate::article::Document;
use crate::targets::{NameSpan, Target, TargetKind};

/// Of a sentence that names more actors only the first so many are read.
const MOST_ACTORS: usize = 8;

/// Of what somebody says, entries of less weight speak of others.
const NEAR: f64 = 0.3;

/// And what he tells of events counts for this much of a verdict.
const TOLD: f64 = 0.4;

/// What one actor of a document feels toward another, as far as the text tells.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Relation<'d> {
    holder: Option<Target>,
    target: Target,
    verdict: Verdict<'d>,
}

impl<'d> Relation<'d> {
    /// Who feels it; `None` is the writer of the document.
    pub fn holder(&self) -> Option<&Target> {
        self.holder.as_ref()
    }

    /// Toward whom.
    pub fn target(&self) -> &Target {
        &self.target
    }

    verdict_accessors!();
}

/// The words of each mention of one target in a sentence.
struct Actor {
    target: usize,
    mentions: Vec<Range<usize>>,
}

impl StanceScorer {
    /// Who stands how toward whom: the actors whom the document names, and its writer, each toward the
    /// actors. Only pairs with evidence are listed, those with most evidence first, then the strongest.
    ///
    /// One actor's stance toward another shows in what it does to the other ("A condemned B"), in what
    /// is said between the two ("A's anger at B") and in what it says of the other ("“B helped us,” A
    /// said"). The writer's stance is what is left: words that nobody else speaks, without what one
    /// actor does to another. Pairs are read sentence by sentence; of a sentence that names more than
    /// eight actors the first eight are read.
    ///
    /// ```
    /// use undertone::StanceScorer;
    ///
    /// let scorer = StanceScorer::news();
    /// let text = "Iran condemned Israel. The generous Norway deserves praise.";
    /// let relations = scorer.relations(text);
    /// let found: Vec<_> = relations
    ///     .iter()
    ///     .map(|relation| {
    ///         let holder = relation.holder().map_or("writer", |holder| holder.name());
    ///         (holder, relation.target().name(), relation.score() > 0.0)
    ///     })
    ///     .collect();
    /// assert!(found.contains(&("Iran", "Israel", false)));
    /// assert!(found.contains(&("writer", "Norway", true)));
    /// ```
    ///
    /// Relations are read by the rules: learned weights have no part in them.
    ///
    /// Cost: one reading of the text; in a sentence quadratic in the actors that are read.
    pub fn relations<'d, D: Document + ?Sized>(&'d self, doc: &'d D) -> Vec<Relation<'d>> {
        let text = doc.text();
        let targets = self.targets().find(doc);
        let mut tallies: BTreeMap<(Option<usize>, usize), Tally<'d>> = BTreeMap::new();
        let (mut spoken_of, mut reading) = (Vec::new(), Reading::default());
        in_order(targets.iter().map(Target::mentions), &mut spoken_of);
        self.each_sentence(doc, |range, is_behind_lead| {
            let reading = &mut reading;
            reading.is_behind_lead = is_behind_lead;
            if !self.read(text, &range, reading) {
                return;
            }
            let actors = actors(&spoken_of, reading, &range);
            if actors.is_empty() {
                return;
            }
            reading.read_names(text, self.targets());
            let unaimed = reading.weighed.clone();
            let mut note = |holder: Option<usize>, target: usize, reading: &Reading| {
                if reading.weighed.iter().any(Weighed::counts) {
                    let tally = tallies.entry((holder, target)).or_default();
                    tally.take(reading, &range, self, text);
                    tally.close();
                }
            };
            for target in &actors {
                let mut left = unaimed.clone();
                for holder in actors.iter().filter(|holder| holder.target != target.target) {
                    self.feel(reading, text, &unaimed, holder, target);
                    // What one actor does to another is not the writer's verdict.
                    for (rest, felt) in left.iter_mut().zip(&reading.weighed) {
                        if felt.counts() {
                            rest.weight = 0.0;
                        }
                    }
                    note(Some(holder.target), target.target, reading);
                }
                let sentence = reading.sentence(text);
                let others = |entry: &&mut Weighed| {
                    entry.voice != Speaker::Writer
                        || target.mentions.iter().any(|mention| {
                            rules::is_done_to(&sentence, self.lexicon(), entry.hit, mention)
                        })
                };
                left.iter_mut().filter(others).for_each(|entry| entry.weight = 0.0);
                reading.weighed = left;
                self.aim(reading, text, &target.mentions, targets[target.target].kind());
                note(None, target.target, reading);
            }
            reading.weighed = unaimed;
        });
        let relations = tallies.into_iter().map(|((holder, target), tally)| Relation {
            holder: holder.map(|holder| targets[holder].clone()),
            target: targets[target].clone(),
            verdict: tally.verdict(TargetKind::Topic),
        });
        let mut relations: Vec<_> =
            relations.filter(|relation| !relation.evidence().is_empty()).collect();
        relations.sort_by(|a, b| {
            let strength = |relation: &Relation<'_>| relation.score().abs();
            let by_amount = b.evidence().len().cmp(&a.evidence().len());
            by_amount.then_with(|| strength(b).total_cmp(&strength(a)))
        });
        relations
    }

    /// Leaves of the entries what one actor thereby shows toward another: what it says of the other in
    /// its own words, and what it does to the other.
    fn feel(
        &self,
        reading: &mut Reading,
        text: &str,
        unaimed: &[Weighed],
        holder: &Actor,
        target: &Actor,
    ) {
        let says = |entry: &Weighed| match entry.voice {
            Speaker::Named(from, to) => holder.mentions.iter().any(|mention| {
                // "The Elmish minister Ann Hale said": she says it.
                let behind = |name: &NameSpan| mention.end <= name.from && name.from < to;
                mention.start < to && from < mention.end && !reading.names.iter().any(behind)
            }),
            _ => false,
        };
        let silenced = |keep: &dyn Fn(&Weighed) -> bool| {
            let mut entries = unaimed.to_vec();
            entries.iter_mut().filter(|entry| !keep(entry)).for_each(|entry| entry.weight = 0.0);
            entries
        };
        reading.weighed = silenced(&says);
        if reading.weighed.iter().any(Weighed::counts) {
            self.aim(reading, text, &target.mentions, TargetKind::Name);
            // Only words near the target are said of it.
            let (sentence, weighed) = reading.parts(text);
            for entry in weighed {
                let bad_for = |mention: &Range<usize>| rules::is_bad_for(&sentence, entry, mention);
                if entry.weight < NEAR || target.mentions.iter().any(bad_for) {
                    entry.weight = 0.0;
                } else if entry.hit.class == EntryClass::Event {
                    entry.weight *= TOLD;
                }
            }
        }
        let said = std::mem::replace(
            &mut reading.weighed,
            silenced(&|entry| entry.voice == Speaker::Writer),
        );
        let (sentence, weighed) = reading.parts(text);
        let (by, of) = (&holder.mentions[0], &target.mentions[0]);
        rules::direct(&sentence, self.lexicon(), by, of, weighed);
        for (entry, said) in reading.weighed.iter_mut().zip(said) {
            if said.counts() {
                *entry = said;
            }
        }
    }

    /// Applies the rules of a target to the entries of the sentence.
    fn aim(&self, reading: &mut Reading, text: &str, mentions: &[Range<usize>], kind: TargetKind) {
        let (sentence, weighed) = reading.parts(text);
        let aim = Aim::at(mentions, kind);
        rules::aim(self.rules(), &sentence, self.lexicon(), &aim, weighed);
    }
}

/// Who is spoken of in a sentence, in the order of the first mentions.
fn actors(spoken_of: &[Numbered], reading: &Reading, range: &Range<usize>) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    let inside = starting_inside(spoken_of, range).iter();
    for (mention, target) in inside.filter(|(mention, _)| mention.end <= range.end) {
        let words = reading.words_within(mention);
        if words.is_empty() {
            continue;
        }
        let known = actors.iter().position(|actor| actor.target == *target);
        match known {
            Some(at) => actors[at].mentions.push(words),
            None if actors.len() < MOST_ACTORS => {
                actors.push(Actor { target: *target, mentions: vec![words] });
            }
            None => {}
        }
    }
    actors
}
