//! Which words are too common to tell what an article is about?

use hashbrown::HashSet;

use super::fold::folded;
use super::language::Language;

type Words = HashSet<String, foldhash::fast::FixedState>;

/// A set of words that topics do not count.
///
/// Stance never sees this list: it holds "not". Words are folded on the way in, so that `Don’t`
/// and `don't` are one entry.
///
/// ```
/// use undertone::StopWords;
///
/// let words = StopWords::english().with(["minister"]);
/// assert!(words.contains("the") && words.contains("minister"));
/// assert!(!words.contains("treaty"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopWords {
    words: Words,
    negators: Words,
}

impl StopWords {
    /// No stop words.
    pub fn none() -> Self {
        Self::default()
    }

    /// The built-in English list: function words, auxiliaries, contractions, titles such as "Mr"
    /// and words of reporting such as "said".
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// The built-in list of a language.
    ///
    /// ```
    /// use undertone::{Language, StopWords};
    ///
    /// assert!(StopWords::of(Language::German).contains("nicht"));
    /// ```
    pub fn of(language: Language) -> Self {
        Self::parse(table(language))
    }

    /// Reads a list: a word a line, `#` starts a comment, a tab and `negator` mark a negator.
    fn parse(table: &str) -> Self {
        let mut list = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let Some(word) = columns.next().map(str::trim).filter(|word| !word.is_empty()) else {
                continue;
            };
            if columns.next().is_some_and(|mark| mark.trim() == "negator") {
                list.negators.insert(folded(word));
            }
            list.words.insert(folded(word));
        }
        list
    }

    /// The same list with more words.
    #[must_use]
    pub fn with<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.words.extend(words.into_iter().map(|word| folded(word.as_ref())));
        self
    }

    /// The same list without some words.
    #[must_use]
    pub fn without<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        for word in words {
            let word = folded(word.as_ref());
            self.words.remove(&word);
            self.negators.remove(&word);
        }
        self
    }

    /// The same list with more words that negate.
    ///
    /// ```
    /// use undertone::StopWords;
    ///
    /// let words = StopWords::english().with_negators(["nought"]);
    /// assert!(words.contains("nought") && words.negators().any(|word| word == "nought"));
    /// ```
    #[must_use]
    pub fn with_negators<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        for word in words {
            let word = folded(word.as_ref());
            self.negators.insert(word.clone());
            self.words.insert(word);
        }
        self
    }

    /// The same list without the words that negate, so that they count as terms and n-grams such as
    /// "not guilty" stay whole.
    ///
    /// ```
    /// use undertone::{Analyzer, StopWords};
    ///
    /// let words = StopWords::english().without_negators();
    /// let analyzer = Analyzer::english().into_builder().stop_words(words).build();
    /// let terms: Vec<_> = analyzer.terms("He was not found guilty").collect();
    /// assert_eq!(terms, ["not", "found", "guilti"]);
    /// ```
    #[must_use]
    pub fn without_negators(mut self) -> Self {
        for negator in std::mem::take(&mut self.negators) {
            self.words.remove(&negator);
        }
        self
    }

    /// Whether a folded word is in the list.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        sorted(&self.words).into_iter()
    }

    /// The words in the list that negate, in alphabetical order: stance must know every one.
    pub fn negators(&self) -> impl Iterator<Item = &str> {
        sorted(&self.negators).into_iter()
    }
}

impl<W: AsRef<str>> FromIterator<W> for StopWords {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        Self::none().with(words)
    }
}

fn table(language: Language) -> &'static str {
    match language {
        Language::Arabic => include_str!("../data/stop_words/arabic.txt"),
        Language::Danish => include_str!("../data/stop_words/danish.txt"),
        Language::Dutch => include_str!("../data/stop_words/dutch.txt"),
        Language::English => include_str!("../data/stop_words/english.txt"),
        Language::Finnish => include_str!("../data/stop_words/finnish.txt"),
        Language::French => include_str!("../data/stop_words/french.txt"),
        Language::German => include_str!("../data/stop_words/german.txt"),
        Language::Greek => include_str!("../data/stop_words/greek.txt"),
        Language::Hungarian => include_str!("../data/stop_words/hungarian.txt"),
        Language::Italian => include_str!("../data/stop_words/italian.txt"),
        Language::Norwegian => include_str!("../data/stop_words/norwegian.txt"),
        Language::Portuguese => include_str!("../data/stop_words/portuguese.txt"),
        Language::Romanian => include_str!("../data/stop_words/romanian.txt"),
        Language::Russian => include_str!("../data/stop_words/russian.txt"),
        Language::Spanish => include_str!("../data/stop_words/spanish.txt"),
        Language::Swedish => include_str!("../data/stop_words/swedish.txt"),
        Language::Tamil => include_str!("../data/stop_words/tamil.txt"),
        Language::Turkish => include_str!("../data/stop_words/turkish.txt"),
    }
}

fn sorted(words: &Words) -> Vec<&str> {
    let mut words: Vec<_> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    use crate::text::{Analyze, Analyzer, Segmentation, Tokens};

    /// How a page may write a word.
    fn written(word: &str) -> Vec<String> {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let capital = first.chain(letters).collect();
        vec![word.to_string(), word.replace('\'', "’"), capital, word.nfd().collect()]
    }

    /// Whatever the tokenizers and the stemmer make of a stop word, it must not come out as a term,
    /// nor as a stem, nor in pieces.
    #[test]
    fn every_stop_word_survives_analysis() {
        for &language in Language::ALL {
            let list = StopWords::of(language);
            assert!(list.len() > 200 && list.negators().count() >= 10, "{language}");
            for segmentation in [Segmentation::News, Segmentation::Uax29] {
                let builder = Analyzer::builder().segmentation(segmentation);
                let analyzer = builder.stop_words(list.clone()).stemmer(language).build();
                for word in list.iter() {
                    let whole = word.chars().all(|c| c.is_alphanumeric() || c == '\'');
                    for written in written(word) {
                        let mut tokens = Tokens::default();
                        analyzer.tokens_into(&written, &mut tokens);
                        assert!(tokens.len() == 1 || !whole, "{language}: {written} is in pieces");
                        let term = analyzer.terms(&written).next();
                        assert_eq!(term, None, "{language}: {written}, {segmentation:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn negators_can_be_kept() {
        for &language in Language::ALL {
            let list = StopWords::of(language);
            let kept = list.clone().without_negators();
            assert_eq!(kept.negators().count(), 0);
            assert_eq!(kept.len() + list.negators().count(), list.len());
            let analyzer = Analyzer::builder().stop_words(kept).stemmer(language).build();
            for negator in list.negators().filter(|negator| !negator.contains('-')) {
                assert_eq!(analyzer.terms(negator).count(), 1, "{language}: {negator}");
            }
        }
    }

    #[test]
    fn tables_are_sorted_and_say_what_they_are() {
        for &language in Language::ALL {
            let table = table(language);
            assert!(table.starts_with(&format!("# {language} stop words of undertone")));
            assert!(table.contains("# Licence: MIT OR Apache-2.0"), "{language}");
            for group in table.split("\n\n").skip(1) {
                let words = group.lines().filter(|line| !line.starts_with('#'));
                assert!(words.is_sorted(), "{language}: {group}");
            }
            let words = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            assert_eq!(words.count(), StopWords::of(language).len(), "{language}: a word twice");
        }
    }

    #[test]
    fn negators_are_marked() {
        let list = StopWords::english();
        let negators: Vec<_> = list.negators().collect();
        for negator in ["not", "no", "never", "don't", "without"] {
            assert!(negators.contains(&negator), "{negator}");
        }
    }
}
