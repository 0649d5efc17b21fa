//! What is the stem of a word?

use std::borrow::Cow;
use std::fmt;

use rust_stemmers::Algorithm;

/// Languages with a Snowball stemmer.
///
/// Greek is absent: the stemmer at hand panics on some Greek words, and no panic may reach a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[allow(missing_docs)] // The names say it all.
pub enum StemmerLanguage {
    Arabic,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Hungarian,
    Italian,
    Norwegian,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
}

impl StemmerLanguage {
    fn algorithm(self) -> Algorithm {
        match self {
            Self::Arabic => Algorithm::Arabic,
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::English => Algorithm::English,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Hungarian => Algorithm::Hungarian,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Romanian => Algorithm::Romanian,
            Self::Russian => Algorithm::Russian,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
            Self::Tamil => Algorithm::Tamil,
            Self::Turkish => Algorithm::Turkish,
        }
    }
}

/// Cuts words to their stems with a Snowball algorithm (Porter, 2001), through rust-stemmers.
///
/// ```
/// use undertone::{Stemmer, StemmerLanguage};
///
/// let stemmer = Stemmer::new(StemmerLanguage::English);
/// assert_eq!(stemmer.stem("negotiations"), "negoti");
/// assert_eq!(stemmer.name(), "rust-stemmers-1.2/English");
/// ```
pub struct Stemmer {
    language: StemmerLanguage,
    inner: rust_stemmers::Stemmer,
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: StemmerLanguage) -> Self {
        Self { language, inner: rust_stemmers::Stemmer::create(language.algorithm()) }
    }

    /// The stem of a lowercase word.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.inner.stem(word)
    }

    /// The language.
    pub fn language(&self) -> StemmerLanguage {
        self.language
    }

    /// Implementation, version and language: saved models keep it, since stems differ between versions.
    pub fn name(&self) -> String {
        format!("rust-stemmers-1.2/{:?}", self.language)
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
