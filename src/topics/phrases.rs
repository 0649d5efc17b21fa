//! In which phrases do typical articles use a topic's terms, and which of them are no words of a
//! sentence?

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use super::passages::{Passage, Word};
use crate::counts::{Shown, TermId};

type Fixed = foldhash::fast::FixedState;

/// The longest phrase, in words.
const LONGEST: usize = 4;

/// A sentence of fewer words is none: a signature, a label, a cell of a table.
const SHORTEST_SENTENCE: usize = 4;

/// A phrase must occur in so many articles.
const ARTICLES: usize = 3;

/// A term is shown in a phrase if so large a part of its uses is in it.
const SHARE: f64 = 0.4;

/// A longer phrase is preferred if so large a part of the shorter one's uses is in it.
const LONGER: f64 = 0.7;

/// A short term is a part of names if another follows in so large a part of its uses.
const PART: f64 = 0.6;

/// Terms of up to [`LONGEST`] words; places behind the last are empty.
type Run = [Option<TermId>; LONGEST];

/// How a term is used in the articles that were read.
#[derive(Debug, Default)]
struct Uses {
    count: usize,
    /// In what is no sentence, or was read in an article before.
    outside_sentences: usize,
    /// With another term right behind it.
    leading: usize,
    /// The phrases that it is in.
    runs: Vec<Run>,
}

#[derive(Debug, Default)]
struct Found {
    count: usize,
    articles: usize,
    last_article: Option<usize>,
    written: HashMap<String, u64, Fixed>,
}

/// How some terms are used in some articles.
#[derive(Debug, Default)]
pub(super) struct Usage {
    uses: HashMap<TermId, Uses, Fixed>,
    runs: HashMap<Run, Found, Fixed>,
    /// Hashes of the sentences that were read.
    sentences: HashSet<u64, Fixed>,
}

/// A phrase that a term is shown in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) terms: Vec<TermId>,
    pub(super) written: String,
    pub(super) count: usize,
}

impl Usage {
    pub(super) fn new(terms: impl IntoIterator<Item = TermId>) -> Self {
        let uses = terms.into_iter().map(|term| (term, Uses::default())).collect();
        Self { uses, ..Self::default() }
    }

    /// Takes in a sentence of an article with a text and a number.
    pub(super) fn add(&mut self, text: &str, article: usize, passage: &Passage) {
        let sentence = text.get(passage.range.clone()).unwrap_or_default();
        let repeated = !self.sentences.insert(Fixed::default().hash_one(sentence));
        let outside = repeated || passage.n_words < SHORTEST_SENTENCE;
        let end = passage.range.start + without_initials(sentence).len();
        for (at, word) in passage.words.iter().enumerate() {
            if let Some(uses) = self.uses.get_mut(&word.term) {
                uses.count += 1;
                uses.outside_sentences += usize::from(outside || word.place.start >= end);
                uses.leading +=
                    usize::from(passage.words.get(at + 1).is_some_and(|next| next.joins));
            }
            for words in runs_from(&passage.words[at..]) {
                if words.iter().any(|word| self.uses.contains_key(&word.term)) {
                    self.add_run(text, article, words);
                }
            }
        }
    }

    fn add_run(&mut self, text: &str, article: usize, words: &[Word]) {
        let mut run = Run::default();
        for (place, word) in run.iter_mut().zip(words) {
            *place = Some(word.term);
        }
        let found = self.runs.entry(run).or_default();
        found.count += 1;
        if found.last_article != Some(article) {
            found.last_article = Some(article);
            found.articles += 1;
        }
        let place: Range<usize> = words[0].place.start..words[words.len() - 1].place.end;
        if let Some(written) = text.get(place) {
            *found.written.entry_ref(written).or_default() += 1;
        }
    }

    /// Tells each term which phrases it is in, in an order that does not depend on chance: all was
    /// read.
    pub(super) fn finish(&mut self) {
        let often = self.runs.iter().filter(|(_, found)| found.articles >= ARTICLES);
        let mut runs: Vec<Run> = often.map(|(run, _)| *run).collect();
        runs.sort_unstable();
        for run in runs {
            for (at, term) in run.iter().flatten().enumerate() {
                // Once, though a run may hold a term twice.
                if run[..at].contains(&Some(*term)) {
                    continue;
                }
                if let Some(uses) = self.uses.get_mut(term) {
                    uses.runs.push(run);
                }
            }
        }
    }

    /// Whether a term mostly stands where no sentence is, or in sentences that articles repeat: initials under
    /// an article, or the motto of somebody who wrote many.
    pub(super) fn is_outside_sentences(&self, term: TermId) -> bool {
        self.uses.get(&term).is_some_and(|uses| 2 * uses.outside_sentences > uses.count)
    }

    /// Whether a term hardly ever stands without another behind it.
    pub(super) fn is_part(&self, term: TermId) -> bool {
        self.uses
            .get(&term)
            .is_some_and(|uses| uses.count > 0 && uses.leading as f64 >= PART * uses.count as f64)
    }

    /// How often a term was read.
    pub(super) fn count(&self, term: TermId) -> usize {
        self.uses.get(&term).map_or(0, |uses| uses.count)
    }

    /// The phrase that a term is mostly used in, if it mostly is.
    pub(super) fn phrase(&self, term: TermId) -> Option<Phrase> {
        let uses = self.uses.get(&term)?;
        let count = |run: &Run| self.runs[run].count;
        let of_length = |length: usize| {
            let runs = uses.runs.iter().filter(move |run| run.iter().flatten().count() == length);
            // The first of equals.
            runs.rev().max_by_key(|run| count(run))
        };
        let mut best: Option<&Run> = None;
        for run in (2..=LONGEST).filter_map(of_length) {
            let enough = match best {
                Some(shorter) => {
                    is_within(shorter, run) && count(run) as f64 >= LONGER * count(shorter) as f64
                }
                None => count(run) as f64 >= SHARE * uses.count as f64,
            };
            if enough {
                best = Some(run);
            }
        }
        best.map(|run| self.shown(run))
    }

    fn shown(&self, run: &Run) -> Phrase {
        let found = &self.runs[run];
        let mut shown = Shown::default();
        for (written, &uses) in &found.written {
            shown.add(written.as_str(), uses);
        }
        let mut terms: Vec<TermId> = run.iter().flatten().copied().collect();
        let mut written = shown.form().unwrap_or_default();
        // "chief Federica Mogherini": the name alone.
        while let Some((first, rest)) = written.split_once([' ', '-', '–'])
            && terms.len() > 2
            && first.starts_with(char::is_lowercase)
            && rest.starts_with(char::is_uppercase)
        {
            terms.remove(0);
            written = rest;
        }
        Phrase { terms, written: written.to_string(), count: found.count }
    }
}

/// A sentence without the initials of a desk behind it: "… on Friday AB/CD".
fn without_initials(sentence: &str) -> &str {
    let is_initials =
        |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    match sentence.trim_end().rsplit_once(char::is_whitespace) {
        Some((before, last)) if last.contains('/') && last.split('/').all(is_initials) => before,
        _ => sentence,
    }
}

/// The phrases that begin at the first word, the shortest first.
fn runs_from(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    let joined = words.iter().skip(1).take(LONGEST - 1).take_while(|word| word.joins).count();
    (2..=joined + 1).map(|length| &words[..length])
}

/// Whether a run holds a shorter one.
fn is_within(shorter: &Run, longer: &Run) -> bool {
    let shorter: Vec<TermId> = shorter.iter().flatten().copied().collect();
    let longer: Vec<TermId> = longer.iter().flatten().copied().collect();
    longer.windows(shorter.len()).any(|part| part == shorter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{CountMatrix, CountParams};
    use crate::text::Analyzer;
    use crate::topics::passages::Reader;

    const DOCS: [&str; 4] = [
        "The prime minister met the crown prince at noon. The prime minister left. AB/CD",
        "A Prime Minister’s aide said the crown prince knew of the minister. CD",
        "Few prime ministers meet a crown prince of Harwick by the sea in an undated photo AB/CD",
        "The Crown Prince of Harwick spoke, but the prime minister stayed silent.",
    ];

    #[test]
    fn terms_are_shown_in_their_phrases() {
        let analyzer = Analyzer::english();
        let counts = CountMatrix::from_docs(&analyzer, DOCS, CountParams::default()).unwrap();
        let vocabulary = counts.vocabulary();
        let id = |term| vocabulary.id(term).unwrap();
        let mut usage = Usage::new(vocabulary.ids());
        let mut reader = Reader::new(&analyzer, vocabulary);
        for (number, doc) in DOCS.iter().enumerate() {
            reader.read(doc, |passage| usage.add(doc, number, passage));
        }
        usage.finish();
        let shown = |term| usage.phrase(id(term)).map(|phrase| phrase.written);
        assert_eq!(shown("prime").as_deref(), Some("prime minister"));
        assert_eq!(shown("minist").as_deref(), Some("prime minister"));
        assert_eq!(shown("princ").as_deref(), Some("crown prince"));
        // "crown prince of Harwick": a stop word between.
        assert_eq!(shown("harwick"), None);
        assert_eq!(usage.count(id("minist")), 6);
        for (term, outside) in [("cd", true), ("ab", true), ("minist", false), ("harwick", false)] {
            assert_eq!(usage.is_outside_sentences(id(term)), outside, "{term}");
        }
    }
}
