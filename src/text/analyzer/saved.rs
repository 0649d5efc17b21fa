//! The stemmer is saved with its version: an analyzer that would stem differently from the one
//! that was saved must not read its columns.

use super::Analyzer;
use crate::Error;
use crate::text::joined::Phrases;
use crate::text::{Dictionary, Language, Segmentation, Stemmer, StopWords};

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Settings {
    segmentation: Segmentation,
    stop_words: Vec<String>,
    negators: Vec<String>,
    stemmer: Option<(Language, String)>,
    min_chars: usize,
    numbers: bool,
    addresses: bool,
    dictionary: Dictionary,
}

impl From<Analyzer> for Settings {
    fn from(analyzer: Analyzer) -> Self {
        Self {
            dictionary: analyzer.dictionary().cloned().unwrap_or_default(),
            segmentation: analyzer.segmentation,
            stop_words: analyzer.stop_words.iter().map(str::to_string).collect(),
            negators: analyzer.stop_words.negators().map(str::to_string).collect(),
            stemmer: analyzer.stemmer.map(|stemmer| (stemmer.language(), stemmer.name())),
            min_chars: analyzer.min_chars,
            numbers: analyzer.numbers,
            addresses: analyzer.addresses,
        }
    }
}

impl TryFrom<Settings> for Analyzer {
    type Error = Error;

    fn try_from(settings: Settings) -> Result<Self, Error> {
        let stemmer = settings.stemmer.map(|(language, name)| Stemmer::named(language, name));
        Ok(Self {
            segmentation: settings.segmentation,
            stop_words: StopWords::from_iter(settings.stop_words).with_negators(settings.negators),
            stemmer: stemmer.transpose()?,
            min_chars: settings.min_chars,
            numbers: settings.numbers,
            addresses: settings.addresses,
            phrases: Phrases::new(settings.dictionary),
        })
    }
}
