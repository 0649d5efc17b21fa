//! What is the stem of a word?

use std::borrow::Cow;
use std::fmt;

use rust_stemmers::Algorithm;

use super::language::Language;

/// Cuts words to their stems with a Snowball algorithm (Porter, 2001), through rust-stemmers.
///
/// ```
/// use undertone::{Language, Stemmer};
///
/// let stemmer = Stemmer::new(Language::English);
/// assert_eq!(stemmer.stem("negotiations"), "negoti");
/// assert_eq!(stemmer.name(), "rust-stemmers-1.2/English");
/// ```
pub struct Stemmer {
    language: Language,
    inner: rust_stemmers::Stemmer,
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        Self { language, inner: rust_stemmers::Stemmer::create(algorithm(language)) }
    }

    /// The stem of a lowercase word.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.inner.stem(word)
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Implementation, version and language: saved models keep it, since stems differ between versions.
    pub fn name(&self) -> String {
        format!("rust-stemmers-1.2/{:?}", self.language)
    }
}

fn algorithm(language: Language) -> Algorithm {
    match language {
        Language::Arabic => Algorithm::Arabic,
        Language::Danish => Algorithm::Danish,
        Language::Dutch => Algorithm::Dutch,
        Language::English => Algorithm::English,
        Language::Finnish => Algorithm::Finnish,
        Language::French => Algorithm::French,
        Language::German => Algorithm::German,
        Language::Hungarian => Algorithm::Hungarian,
        Language::Italian => Algorithm::Italian,
        Language::Norwegian => Algorithm::Norwegian,
        Language::Portuguese => Algorithm::Portuguese,
        Language::Romanian => Algorithm::Romanian,
        Language::Russian => Algorithm::Russian,
        Language::Spanish => Algorithm::Spanish,
        Language::Swedish => Algorithm::Swedish,
        Language::Tamil => Algorithm::Tamil,
        Language::Turkish => Algorithm::Turkish,
    }
}

impl Clone for Stemmer {
    fn clone(&self) -> Self {
        Self::new(self.language)
    }
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stemmer").field(&self.language).finish()
    }
}
