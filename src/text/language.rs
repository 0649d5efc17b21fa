//! Which languages have a stemmer and a stop list?

use std::fmt;

/// The languages that have a stemmer and a stop list.
///
/// Danish and Norwegian are two languages here; Bokmål and Nynorsk are one, as in Snowball.
///
/// ```
/// use undertone::{Analyzer, Language, StopWords};
///
/// assert!(StopWords::of(Language::German).contains("nicht"));
/// assert_eq!(Analyzer::of(Language::German).stemmer().unwrap().language(), Language::German);
/// assert_eq!(Language::German.to_string(), "German");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[allow(missing_docs)] // The names say it all.
pub enum Language {
    Arabic,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Greek,
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

impl Language {
    /// Every language, in alphabetical order of the English names.
    ///
    /// ```
    /// use undertone::Language;
    ///
    /// assert!(Language::ALL.is_sorted_by_key(|language| language.to_string()));
    /// ```
    pub const ALL: &[Self] = &[
        Self::Arabic,
        Self::Danish,
        Self::Dutch,
        Self::English,
        Self::Finnish,
        Self::French,
        Self::German,
        Self::Greek,
        Self::Hungarian,
        Self::Italian,
        Self::Norwegian,
        Self::Portuguese,
        Self::Romanian,
        Self::Russian,
        Self::Spanish,
        Self::Swedish,
        Self::Tamil,
        Self::Turkish,
    ];
}

/// The English name of the language.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_listed_in_order() {
        assert_eq!(Language::ALL.len(), 18);
        for (place, &language) in Language::ALL.iter().enumerate() {
            assert_eq!(language as usize, place, "{language}");
        }
    }
}
