//! What does one entry of the lexicon say?

use std::fmt;

/// What an entry does to the sentence that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum EntryClass {
    /// Whoever uses it passes a verdict: `corrupt`, `praise`.
    Judge,
    /// Something good or bad happens, and nobody need be judged: `flood`, `medal`.
    Event,
    /// Keeps the words in it from counting: `justice department`.
    Neutral,
    /// Turns what follows: `not`, `far from`.
    Negator,
    /// Strengthens what it stands by: `very`.
    Intensifier,
    /// Weakens what it stands by: `somewhat`.
    Diminisher,
    /// Says that something may be, not that it is: `would`, `if`.
    Modal,
    /// Sets one clause against another: `but`, `although`.
    Contrast,
    /// Reports what somebody said: `say`, `according to`.
    Report,
    /// More or less of the good or bad that follows: `ease`, `boost`.
    Shifter,
}

impl EntryClass {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        CLASSES[self as usize].0
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        CLASSES.iter().find(|(known, _)| *known == name).map(|&(_, class)| class)
    }

    /// Whether entries of the class add to a score by themselves.
    pub fn is_polar(self) -> bool {
        matches!(self, Self::Judge | Self::Event)
    }
}

const CLASSES: [(&str, EntryClass); 10] = [
    ("judge", EntryClass::Judge),
    ("event", EntryClass::Event),
    ("neutral", EntryClass::Neutral),
    ("negator", EntryClass::Negator),
    ("intensifier", EntryClass::Intensifier),
    ("diminisher", EntryClass::Diminisher),
    ("modal", EntryClass::Modal),
    ("contrast", EntryClass::Contrast),
    ("report", EntryClass::Report),
    ("shifter", EntryClass::Shifter),
];

/// The aspects that an entry may speak of, in the order of their bits.
const ASPECTS: [&str; 17] = [
    "trust",
    "cooperation",
    "conflict",
    "economy",
    "security",
    "military",
    "law",
    "rights",
    "governance",
    "diplomacy",
    "health",
    "environment",
    "disaster",
    "society",
    "sport",
    "culture",
    "science",
];
const WORK: &str = "work";

/// A set of aspects.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Aspects(u32);

impl Aspects {
    /// Adds an aspect by name; `false` if there is none of that name.
    pub(super) fn add(&mut self, name: &str) -> bool {
        let bit = ASPECTS.iter().chain([&WORK]).position(|known| *known == name);
        self.0 |= bit.map_or(0, |bit| 1 << bit);
        bit.is_some()
    }

    /// The names of the aspects in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let named = ASPECTS.into_iter().chain([WORK]).enumerate();
        named.filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| name)
    }
}

impl fmt::Debug for Aspects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// How an entry inflects: any of noun, verb, adjective; adverbs and fixed forms do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools)] // a set: any of them together
pub(super) struct Inflects {
    pub(super) noun: bool,
    pub(super) verb: bool,
    pub(super) adjective: bool,
    /// Whether it is also something else as written, as a phrase of a verb that is a noun too.
    pub(super) fixed: bool,
}

impl Inflects {
    pub(super) fn from_letters(letters: &str) -> Option<Self> {
        let known = !letters.is_empty() && letters.chars().all(|letter| "nvarx".contains(letter));
        known.then(|| Self {
            noun: letters.contains('n'),
            verb: letters.contains('v'),
            adjective: letters.contains('a'),
            fixed: letters.contains('x'),
        })
    }
}

/// One entry: a word or phrase and what it says. `docs/lexicon.md` explains how an entry is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub(super) text: Box<str>,
    pub(super) inflects: Inflects,
    pub(super) class: EntryClass,
    pub(super) valence: f32,
    pub(super) agent: Option<f32>,
    pub(super) patient: Option<f32>,
    pub(super) toward: Option<f32>,
    pub(super) aspects: Aspects,
    pub(super) needs_hyphen: bool,
}

/// What reading a sentence asks of an entry, in few bytes: those of many entries lie close together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) valence: f32,
    pub(super) class: EntryClass,
    pub(super) has_roles: bool,
    /// Whether it is a compound of small words, which mean something else when they stand apart.
    pub(super) needs_hyphen: bool,
    /// The verb that it begins with, if it is a phrase that is never a noun.
    pub(super) verb: Option<LeadingVerb>,
    /// Whether it may stand between an article and a noun, and is none.
    pub(super) is_adjective: bool,
}

/// The base form of the verb that a phrase begins with, as far as tells it from its participles.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeadingVerb {
    len: u8,
    last: u8,
}

impl LeadingVerb {
    fn of(word: &str) -> Self {
        let len = u8::try_from(word.len()).unwrap_or(u8::MAX);
        Self { len, last: word.bytes().last().unwrap_or_default() }
    }

    /// Whether it is written as a noun would be, in the base form or with an -s: "open", "opens", "tries"; neither
    /// "opened" nor "torn".
    pub(super) fn is_like_noun(self, written: &str) -> bool {
        let last = written.bytes().last().unwrap_or_default().to_ascii_lowercase();
        match written.len().checked_sub(usize::from(self.len)) {
            Some(0) => last == self.last,
            Some(1 | 2) => last == b's',
            _ => false,
        }
    }
}

impl Entry {
    /// A term with a learned weight.
    pub(super) fn learned(text: &str, valence: f32, class: EntryClass) -> Self {
        Self {
            text: text.into(),
            inflects: Inflects::default(),
            class,
            valence,
            agent: None,
            patient: None,
            toward: None,
            aspects: Aspects::default(),
            needs_hyphen: false,
        }
    }

    /// The base form: a lowercase word or phrase.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it does.
    pub fn class(&self) -> EntryClass {
        self.class
    }

    /// −4 (very bad) to 4 (very good); a factor for negators, intensifiers and diminishers; 1 or −1
    /// for shifters; 0 for the rest.
    pub fn valence(&self) -> f32 {
        self.valence
    }

    /// What a verb suggests about the one who does it, −4 to 4.
    pub fn agent(&self) -> Option<f32> {
        self.agent
    }

    /// What a verb suggests about the one it is done to, −4 to 4.
    pub fn patient(&self) -> Option<f32> {
        self.patient
    }

    /// How the doer stands toward the one it is done to, −4 to 4.
    pub fn toward(&self) -> Option<f32> {
        self.toward
    }

    /// What it speaks of.
    pub fn aspects(&self) -> Aspects {
        self.aspects
    }

    /// The verb that it begins with, if it is a phrase that is never a noun.
    pub(super) fn leading_verb(&self) -> Option<LeadingVerb> {
        let Inflects { noun, verb, adjective, fixed } = self.inflects;
        let (word, _) = self.text.split_once(' ')?;
        // "campaigning against": a participle stays one.
        let only_verb = verb && !noun && !adjective && !fixed && !word.ends_with("ing");
        only_verb.then(|| LeadingVerb::of(word))
    }

    /// Whether it is an adjective and no noun, or strengthens or weakens one.
    pub(super) fn is_adjective(&self) -> bool {
        let scales = matches!(self.class, EntryClass::Intensifier | EntryClass::Diminisher);
        scales || (self.inflects.adjective && !self.inflects.noun)
    }

    /// Whether it is a verb that tells the roles of doer and done-to apart.
    pub(super) fn has_roles(&self) -> bool {
        self.inflects.verb
            && (self.agent.is_some() || self.patient.is_some() || self.toward.is_some())
    }
}
