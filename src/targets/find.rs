//! Which names mean the same one, and how often is it spoken of?

use std::ops::Range;

use hashbrown::HashMap;

use super::gazetteer::{Gazetteer, TargetKind};
use super::hints::{Marked, mark_kinds};
use super::name_words::is_body;
use super::names::{NameReader, NameSpan};
use super::owners::joined;
use super::refer::References;
use super::things::is_thing;
use crate::article::{Document, each_sentence};
use crate::text::matcher::Matcher;
use crate::text::without_possessive;
use crate::text::words::Words;

/// Somebody or something that a document speaks of, under one or more names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Target {
    name: String,
    kind: TargetKind,
    aliases: Vec<String>,
    mentions: Vec<Range<usize>>,
    /// Where the mentions start that are pronouns or offices, in order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    references: Vec<usize>,
}

impl Target {
    pub(crate) fn new(
        name: String,
        kind: TargetKind,
        mut mentions: Vec<Range<usize>>,
        text: &str,
    ) -> Self {
        mentions.sort_unstable_by_key(|mention| (mention.start, mention.end));
        mentions.dedup();
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for mention in &mentions {
            let written = without_possessive(&text[mention.clone()]);
            match counts.iter_mut().find(|(known, _)| *known == written) {
                Some((_, count)) => *count += 1,
                None => counts.push((written, 1)),
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let aliases = counts.iter().map(|(written, _)| *written).filter(|&written| written != name);
        let aliases = aliases.map(str::to_string).collect();
        Self { name, kind, aliases, mentions, references: Vec::new() }
    }

    /// The name: as the gazetteer lists it, else the longest form in the text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, as far as is known.
    pub fn kind(&self) -> TargetKind {
        self.kind
    }

    /// The other forms under which the text speaks of it, most frequent first.
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// The mentions that are pronouns or offices.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Range<usize>> {
        self.mentions.iter().filter(|mention| self.references.binary_search(&mention.start).is_ok())
    }

    /// Whether it is a person, or a name of two or three words that are no public body's.
    fn may_be_person(&self) -> bool {
        let words = self.name.split(' ').count();
        let body = || self.name.split(' ').any(|word| is_body(word) || word == "of");
        self.kind == TargetKind::Person
            || (self.kind == TargetKind::Name && (2..=3).contains(&words) && !body())
    }

    /// Where it is spoken of, in bytes of the document's text, in order: under its names, and by
    /// pronouns and offices ("she", "the minister") that can mean nobody else.
    pub fn mentions(&self) -> &[Range<usize>] {
        &self.mentions
    }
}

/// Finds who is spoken of.
///
/// ```
/// use undertone::Targets;
///
/// let targets = Targets::news().find("Tehran and Baku agreed. Iran’s envoy, Rostam Qasemi, left. Qasemi smiled.");
/// assert_eq!(targets[0].name(), "Iran");
/// assert_eq!(targets[0].aliases(), ["Tehran"]);
/// assert_eq!(targets[1].name(), "Rostam Qasemi");
/// assert_eq!(targets[1].mentions().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Targets {
    gazetteer: Gazetteer,
    reader: NameReader,
}

/// The mentions of one name, before short forms are joined to long ones.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) written: String,
    pub(super) titled: bool,
    pub(super) certain: bool,
    /// Whether the document says what these initials mean.
    defined: bool,
    pub(super) mentions: Vec<Range<usize>>,
}

impl Targets {
    /// With the built-in gazetteer.
    pub fn news() -> Self {
        Self::with_gazetteer(Gazetteer::news())
    }

    /// With a gazetteer of your own.
    pub fn with_gazetteer(gazetteer: Gazetteer) -> Self {
        Self { gazetteer, reader: NameReader::english() }
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Appends the names in a sentence to `names`; its words are marked by [`mark_kinds`](Self::mark_kinds).
    pub(crate) fn read_names(
        &self,
        text: &str,
        words: &Words,
        marked: Marked<'_>,
        buffer: &mut String,
        names: &mut Vec<NameSpan>,
    ) {
        self.reader.read(text, words, marked, &self.gazetteer, buffer, names);
    }

    /// Notes in a matcher what words are to names.
    pub(crate) fn mark_kinds(&self, matcher: &mut Matcher) {
        mark_kinds(matcher, &self.gazetteer);
    }

    /// All who are spoken of, most mentions first, ties in the order of their names. A surname
    /// belongs to the full name that ends in it; when several do, to the one with more mentions.
    ///
    /// Cost: one reading of the text.
    pub fn find<D: Document + ?Sized>(&self, doc: &D) -> Vec<Target> {
        let text = doc.text();
        let mut places: HashMap<u32, Vec<Range<usize>>, foldhash::fast::FixedState> =
            HashMap::default();
        let mut names = Names::default();
        let mut references = References::default();
        self.each_name(doc, &mut references, |name, place| {
            let written = without_possessive(&text[place.clone()]);
            match name.listed {
                Some(id) if !names.defines(written) => {
                    places.entry(Gazetteer::unmark(id)).or_default().push(place);
                }
                _ => names.note(written, name, place),
            }
        });
        // What initials mean here holds for what was read before, too.
        for mentions in places.values_mut() {
            mentions.retain(|place| {
                !names.note_defined(without_possessive(&text[place.clone()]), place)
            });
        }
        places.retain(|_, mentions| !mentions.is_empty());
        let mut targets: Vec<Target> = places
            .into_iter()
            .map(|(id, mentions)| {
                let place = self.gazetteer.place(id);
                Target::new(place.name.to_string(), place.kind, mentions, text)
            })
            .collect();
        names.part_headline_names(text);
        names.drop_openers(text);
        targets.extend(joined(names.names).into_iter().map(|named| {
            let person = named.titled && !named.written.split(' ').any(is_body);
            let kind = if person { TargetKind::Person } else { TargetKind::Name };
            Target::new(named.written, kind, named.mentions, text)
        }));
        add_references(text, &mut targets, &references);
        targets.sort_by(|a, b| {
            b.mentions.len().cmp(&a.mentions.len()).then_with(|| a.name.cmp(&b.name))
        });
        targets
    }

    /// Calls `each` with every name of a document and its byte range.
    fn each_name<D: Document + ?Sized>(
        &self,
        doc: &D,
        references: &mut References,
        mut each: impl FnMut(NameSpan, Range<usize>),
    ) {
        let (mut words, mut buffer, mut found) = (Words::default(), String::new(), Vec::new());
        each_sentence(doc, |range, _| {
            words.read(doc.text(), range);
            words.part_conjuncts(doc.text());
            found.clear();
            let (text, gazetteer) = (doc.text(), &self.gazetteer);
            let hints = self.reader.hints(&words, text, gazetteer);
            self.reader.read(text, &words, hints, gazetteer, &mut buffer, &mut found);
            let words = words.as_slice();
            references.read(doc.text(), words, &found);
            for name in &found {
                each(*name, words[name.from].start..words[name.to - 1].end);
            }
        });
    }
}

/// Adds to the persons the pronouns and offices that safely mean them. They are mentions, no aliases.
fn add_references(text: &str, targets: &mut [Target], references: &References) {
    let mut persons: HashMap<usize, usize, foldhash::fast::FixedState> = HashMap::default();
    let person = |target: &Target| {
        let thing = target.kind == TargetKind::Name && is_thing(text, &target.mentions);
        target.may_be_person() && !thing
    };
    for (number, target) in targets.iter().enumerate().filter(|(_, target)| person(target)) {
        persons.extend(target.mentions.iter().map(|mention| (mention.start, number)));
    }
    let mut meant = references.resolved(|place| persons.get(&place.start).copied());
    meant.retain(|(place, person)| {
        let named = &targets[*person].mentions;
        let next = named.partition_point(|mention| mention.end <= place.start);
        named.get(next).is_none_or(|mention| mention.start >= place.end)
    });
    for (place, person) in meant {
        targets[person].references.push(place.start);
        targets[person].mentions.push(place);
    }
    for target in targets {
        target.mentions.sort_unstable_by_key(|mention| (mention.start, mention.end));
    }
}

/// The names of a document in the order of their first mention, each found by its written form.
#[derive(Debug, Default)]
struct Names {
    names: Vec<Named>,
    places: HashMap<String, usize, foldhash::fast::FixedState>,
}

impl Names {
    /// Whether the document gave initials a meaning of its own.
    fn defines(&self, written: &str) -> bool {
        self.places.get(written).is_some_and(|&at| self.names[at].defined)
    }

    /// "Foolish Trump …" at the head of a sentence is Trump, if the text calls him so alone and writes
    /// "foolish" small elsewhere.
    fn drop_openers(&mut self, text: &str) {
        let names: Vec<(usize, usize)> = (0..self.names.len())
            .filter_map(|long| {
                let named = &self.names[long];
                let (first, rest) = named.written.split_once(' ')?;
                let alone = *self.places.get(rest)?;
                let opens = named.mentions.iter().all(|mention| {
                    let before = text[..mention.start].trim_end_matches([' ', '“', '"', '‘']);
                    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '”'])
                });
                let small = || is_word_of(text, &first.to_lowercase());
                (opens && small()).then_some((long, alone))
            })
            .collect();
        for (long, alone) in names {
            let cut = self.names[long].written.len() - self.names[alone].written.len();
            let mentions = std::mem::take(&mut self.names[long].mentions);
            let mentions = mentions.into_iter().map(|mention| mention.start + cut..mention.end);
            self.names[alone].mentions.extend(mentions);
        }
        self.names.retain(|named| !named.mentions.is_empty());
        self.places.clear();
    }

    /// In a headline without marks names run together: "Hale Varga agree" names Hale and Varga, if the text
    /// speaks of each alone and of no Hale Varga.
    fn part_headline_names(&mut self, text: &str) {
        let line = text.trim_start();
        let end = text.len() - line.len() + line.find('\n').unwrap_or(0);
        let parted: Vec<(usize, usize, usize)> = (0..self.names.len())
            .filter_map(|both| {
                let named = &self.names[both];
                let (first, last) = named.written.split_once(' ')?;
                let one_line = named.mentions.iter().all(|mention| mention.end <= end);
                let alone = |name: &str| self.places.get(name).copied();
                (one_line && !last.contains(' ')).then_some((both, alone(first)?, alone(last)?))
            })
            .collect();
        for (both, first, last) in parted {
            let (start, end) = (self.names[first].written.len(), self.names[last].written.len());
            for mention in std::mem::take(&mut self.names[both].mentions) {
                self.names[first].mentions.insert(0, mention.start..mention.start + start);
                self.names[last].mentions.insert(0, mention.end - end..mention.end);
            }
        }
    }

    /// Notes one more mention of initials to which the document gave a meaning, if it did.
    fn note_defined(&mut self, written: &str, place: &Range<usize>) -> bool {
        let Some(&at) = self.places.get(written) else { return false };
        let known = &mut self.names[at];
        if known.defined {
            known.mentions.push(place.clone());
        }
        known.defined
    }

    fn note(&mut self, written: &str, name: NameSpan, place: Range<usize>) {
        let next = self.names.len();
        let at = *self.places.entry_ref(written).or_insert(next);
        if at == next {
            self.names.push(Named {
                written: written.to_string(),
                titled: false,
                certain: false,
                defined: false,
                mentions: Vec::new(),
            });
        }
        let known = &mut self.names[at];
        known.certain |= !name.doubtful;
        known.defined |= name.defined;
        known.titled |= name.titled;
        known.mentions.push(place);
    }
}

/// Whether a text holds a word as it is written.
fn is_word_of(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judging_word_that_opens_a_sentence_is_no_part_of_a_name() {
        let text = "Foolish Varga erred. They met Varga, a foolish man.";
        assert_eq!(Targets::news().find(text)[0].name(), "Varga");
    }

    #[test]
    fn no_name_no_target() {
        assert!(Targets::news().find("").is_empty());
        assert!(Targets::news().find("nothing here 😀 שלום").is_empty());
    }
}
