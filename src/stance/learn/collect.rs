//! Which terms do labelled texts hold, and how often?

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::super::lexicon::Lexicon;
use super::super::look_up::{is_drawn_out, shorten_runs};
use super::super::reading::Reading;
use super::Subject;
use super::terms::{KIND, NAME, NONE, PEOPLE, SPECIAL, Terms, WORDING, entry_form};
use super::track::{each_sign, is_first_person, mark_kinds, note_odd};
use crate::text::signs::spell_sign;
use crate::text::words::{Gap, Shape, Word};
use crate::text::{Language, Stemmer, fold_into, without_possessive};

type Fixed = foldhash::fast::FixedState;
type Pair = (u32, u32);

/// How often in how many texts; a text counts once.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    texts: u32,
    last: u32,
}

impl Seen {
    fn note(&mut self, text: u32) {
        if self.last != text {
            self.last = text;
            self.texts += 1;
        }
    }
}

/// Counts the stems of texts and pairs of them.
pub(super) struct Collector {
    stemmer: Stemmer,
    /// The stem of each written form.
    forms: HashMap<Box<str>, u32, Fixed>,
    stems: HashMap<Box<str>, u32, Fixed>,
    single: Vec<Seen>,
    pairs: HashMap<Pair, Seen, Fixed>,
    /// The entries of the lexicon.
    entries: Vec<Seen>,
    text: u32,
    /// Stems, whether each goes on what stands before it, and whether it counts.
    row: Vec<(u32, bool, bool)>,
    kinds: Vec<u32>,
    odd: Vec<u32>,
    buffer: String,
}

impl Collector {
    pub(super) fn new() -> Self {
        let mut collector = Self {
            stemmer: Stemmer::new(Language::English),
            forms: HashMap::default(),
            stems: HashMap::default(),
            single: Vec::new(),
            pairs: HashMap::default(),
            entries: Vec::new(),
            text: 0,
            row: Vec::new(),
            kinds: Vec::new(),
            odd: Vec::new(),
            buffer: String::new(),
        };
        for special in SPECIAL {
            collector.stem_of(special);
        }
        collector.forms.extend(PEOPLE.map(|form| (Box::from(form), NAME)));
        collector
    }

    /// A new text begins.
    pub(super) fn next_text(&mut self) {
        self.text += 1;
    }

    fn stem_of(&mut self, form: &str) -> u32 {
        if let Some(&stem) = self.forms.get(form) {
            return stem;
        }
        let letters = form.chars().all(char::is_alphabetic);
        let stem = if letters { self.stemmer.stem(form) } else { form.into() };
        let next = self.single.len() as u32;
        let id = *self.stems.entry(stem.as_ref().into()).or_insert(next);
        if id == next {
            self.single.push(Seen::default());
        }
        self.forms.insert(form.into(), id);
        id
    }

    /// Counts the terms of a sentence.
    pub(super) fn sentence(&mut self, text: &str, reading: &Reading, subject: &Subject<'_>) {
        for weighed in &reading.weighed {
            let seen = &mut self.entries;
            let at = weighed.hit.entry as usize;
            if seen.len() <= at {
                seen.resize(at + 1, Seen::default());
            }
            seen[at].note(self.text);
        }
        let words = reading.words();
        let mut kinds = std::mem::take(&mut self.kinds);
        kinds.clear();
        kinds.resize(words.len(), NONE);
        note_odd(words, &mut self.odd);
        mark_kinds(text, reading, subject, &self.odd, &mut kinds);
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        let mut end = reading.range().start;
        let signs = matches!(subject, Subject::Text);
        let mut buffer = std::mem::take(&mut self.buffer);
        for (at, (word, &kind)) in words.iter().zip(&kinds).enumerate() {
            if signs && (at == 0 || word.before != Gap::Space) {
                self.signs(&text[end..word.start], &mut row);
            }
            end = word.end;
            let joined = at > 0 && word.before != Gap::Break;
            let mut stem = kind & !KIND;
            if kind == NONE {
                spell(&text[word.start..word.end], *word, &mut buffer);
                stem = if buffer.is_empty() { NAME } else { self.stem_of(&buffer) };
            }
            // One name of several words is one item.
            let goes_on = (stem as usize) < SPECIAL.len() && joined;
            if !(goes_on && row.last().is_some_and(|&(last, ..)| last == stem)) {
                // A capital at the start may be that of a name.
                let written = &text[word.start..word.end];
                let counts = (stem as usize) < SPECIAL.len()
                    || word.shape == Shape::Lower
                    || matches!(word.shape, Shape::Other | Shape::Sign)
                    || is_first_person(written);
                row.push((stem, joined, counts));
            }
        }
        if signs && let Some(rest) = text.get(end..reading.range().end) {
            self.signs(rest, &mut row);
        }
        for &(stem, ..) in row.iter().filter(|item| item.2) {
            self.single[stem as usize].note(self.text);
        }
        for pair in row.windows(2).filter(|pair| pair[1].1 && pair[0].2 && pair[1].2) {
            self.pairs.entry((pair[0].0, pair[1].0)).or_default().note(self.text);
        }
        (self.row, self.kinds, self.buffer) = (row, kinds, buffer);
    }

    fn signs(&mut self, gap: &str, row: &mut Vec<(u32, bool, bool)>) {
        each_sign(gap, |sign, _| row.push((self.stem_of(sign), false, true)));
    }

    /// The stems and pairs of stems that occur in at least so many texts.
    pub(super) fn finish(self, lexicon: &Lexicon, least: u32, least_pair: u32) -> Terms {
        let mut forms: Vec<Vec<&str>> = vec![Vec::new(); self.single.len()];
        let sorted: BTreeMap<&str, u32> =
            self.forms.iter().map(|(form, &stem)| (&**form, stem)).collect();
        for (form, stem) in sorted {
            if (stem as usize) >= SPECIAL.len() || SPECIAL.contains(&form) {
                forms[stem as usize].push(form);
            }
        }
        let wording: Vec<bool> = forms
            .iter()
            .map(|forms| !forms.is_empty() && forms.iter().all(|form| WORDING.contains(form)))
            .collect();
        let mut pairs: Vec<Pair> = self
            .pairs
            .iter()
            .filter(|((first, second), seen)| {
                seen.texts >= least_pair && !(wording[*first as usize] && wording[*second as usize])
            })
            .map(|(&pair, _)| pair)
            .collect();
        pairs.sort_unstable();
        let mut terms = Terms::new();
        let mut groups = vec![NONE; self.single.len()];
        let mut group = |terms: &mut Terms, stem: u32| {
            let known = &mut groups[stem as usize];
            if *known == NONE {
                // Stems part the forms, so no form is in two groups.
                *known = terms.group(&forms[stem as usize]).unwrap_or(NONE);
            }
            *known
        };
        for stem in 0..self.single.len() as u32 {
            if self.single[stem as usize].texts >= least && !wording[stem as usize] {
                let group = group(&mut terms, stem);
                terms.add((group, NONE));
            }
        }
        for (entry, seen) in lexicon.iter().zip(&self.entries) {
            if seen.texts >= least {
                let group = terms.group(&[&entry_form(entry.text())]).unwrap_or(NONE);
                if group != NONE {
                    terms.add((group, NONE));
                }
            }
        }
        for (first, second) in pairs {
            let pair = (group(&mut terms, first), group(&mut terms, second));
            terms.add(pair);
        }
        terms
    }
}

/// Replaces `out` by a word as the lexicon's matcher looks it up, without a possessive ending.
fn spell(written: &str, word: Word, out: &mut String) {
    out.clear();
    if word.shape == Shape::Sign {
        spell_sign(written, out);
    } else if is_drawn_out(written) {
        shorten_runs(written, 1, out);
    } else {
        fold_into(written.strip_prefix('#').unwrap_or(written), out);
        out.truncate(without_possessive(out).len());
    }
}
