//! Which words are too common to tell what an article is about?

use hashbrown::HashSet;

use super::fold::fold_into;
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
        Self::parse(include_str!("../data/stop_words/english.txt"))
    }

    /// The built-in list of a language; the languages without one (Tamil) have no stop words.
    ///
    /// ```
    /// use undertone::{Language, StopWords};
    ///
    /// assert!(StopWords::of(Language::German).contains("nicht"));
    /// ```
    pub fn of(language: Language) -> Self {
        match language {
            Language::Arabic => Self::parse(include_str!("../data/stop_words/arabic.txt")),
            Language::Danish => Self::parse(include_str!("../data/stop_words/danish.txt")),
            Language::Dutch => Self::parse(include_str!("../data/stop_words/dutch.txt")),
            Language::English => Self::english(),
            Language::Finnish => Self::parse(include_str!("../data/stop_words/finnish.txt")),
            Language::French => Self::parse(include_str!("../data/stop_words/french.txt")),
            Language::German => Self::parse(include_str!("../data/stop_words/german.txt")),
            Language::Hungarian => Self::parse(include_str!("../data/stop_words/hungarian.txt")),
            Language::Italian => Self::parse(include_str!("../data/stop_words/italian.txt")),
            Language::Norwegian => Self::parse(include_str!("../data/stop_words/norwegian.txt")),
            Language::Portuguese => Self::parse(include_str!("../data/stop_words/portuguese.txt")),
            Language::Romanian => Self::parse(include_str!("../data/stop_words/romanian.txt")),
            Language::Russian => Self::parse(include_str!("../data/stop_words/russian.txt")),
            Language::Spanish => Self::parse(include_str!("../data/stop_words/spanish.txt")),
            Language::Swedish => Self::parse(include_str!("../data/stop_words/swedish.txt")),
            Language::Turkish => Self::parse(include_str!("../data/stop_words/turkish.txt")),
            Language::Greek | Language::Tamil => Self::none(),
        }
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
                list.negators.insert(fold(word));
            }
            list.words.insert(fold(word));
        }
        list
    }

    /// The same list with more words.
    #[must_use]
    pub fn with<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.words.extend(words.into_iter().map(|word| fold(word.as_ref())));
        self
    }

    /// The same list without some words.
    #[must_use]
    pub fn without<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        for word in words {
            let word = fold(word.as_ref());
            self.words.remove(&word);
            self.negators.remove(&word);
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

fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

fn sorted(words: &Words) -> Vec<&str> {
    let mut words: Vec<_> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyze, Analyzer, Tokens};

    /// Whatever the tokenizer and the stemmer make of a stop word, it must not come out as a term.
    #[test]
    fn every_stop_word_survives_analysis() {
        let none = [Language::Greek, Language::Tamil];
        let listed = Language::ALL.iter().filter(|language| !none.contains(language));
        for &language in listed {
            let list = StopWords::of(language);
            assert!(list.len() > 100 && list.negators().count() > 5, "{language:?}");
            let analyzer = Analyzer::builder().stop_words(list.clone()).stemmer(language).build();
            let (mut tokens, mut term) = (Tokens::default(), String::new());
            for word in list.iter() {
                for written in [word.to_string(), word.replace('\'', "’")] {
                    tokens.clear();
                    analyzer.tokens_into(&written, &mut tokens);
                    for token in tokens.iter(&written) {
                        term.clear();
                        let counts = analyzer.term(token, &mut term);
                        assert!(!counts, "{language:?}: {written} counts as {term}");
                    }
                }
            }
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
