//! Which language is an article in?

use whatlang::Lang;

use super::analyzers::Analyzers;
use super::language::Language;
use crate::article::{Document, sections};

/// How much of a document is looked at, in bytes: more does not change the answer, and so the cost
/// does not grow with the document.
const SAMPLE: usize = 8 << 10;

/// What language a document is taken to be in, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identified {
    language: Language,
    found: Option<Lang>,
    confidence: f64,
    reliable: bool,
}

impl Identified {
    pub(super) fn of<D: Document + ?Sized>(doc: &D, settings: &Analyzers) -> Self {
        let default = settings.default;
        let unknown = Self { language: default, found: None, confidence: 0.0, reliable: false };
        let sample = sample(doc);
        if sample.chars().filter(|c| c.is_alphabetic()).count() < settings.min_letters {
            return unknown;
        }
        let Some(info) = whatlang::detect(&sample) else { return unknown };
        let (language, confidence) = (language(info.lang()), info.confidence());
        let reliable = language.is_some() && confidence >= settings.min_confidence;
        Self {
            language: language.filter(|_| reliable).unwrap_or(default),
            found: Some(info.lang()),
            confidence,
            reliable,
        }
    }

    /// The language to read the document in: the default if it could not be told reliably.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The English name of the language that was found, as whatlang writes it, reliably or not, with an analyzer or without;
    /// `None` if the document was too short or in no known script.
    ///
    /// ```
    /// use undertone::{Analyzers, Language};
    ///
    /// let analyzers = Analyzers::new(Language::English);
    /// let found = analyzers.identify("Pasażerowie są oburzeni, a minister nie chce się tym zająć.");
    /// assert_eq!((found.found(), found.language()), (Some("Polish"), Language::English));
    /// ```
    pub fn found(&self) -> Option<&'static str> {
        self.found.map(|lang| lang.eng_name())
    }

    /// How sure that is, in 0..=1: how far the best language is ahead of the second, for the length
    /// of the text. 0 if nothing was found.
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Whether the language has an analyzer and was told with enough confidence.
    pub fn is_reliable(&self) -> bool {
        self.reliable
    }
}

/// The first [`SAMPLE`] bytes of what is to be read, a line a section.
fn sample<D: Document + ?Sized>(doc: &D) -> String {
    let mut sample = String::new();
    for (_, text) in sections(doc) {
        let room = SAMPLE.saturating_sub(sample.len());
        let whole = |&at: &usize| text.is_char_boundary(at);
        let end = (0..=room.min(text.len())).rev().find(whole).unwrap_or(0);
        sample.push_str(&text[..end]);
        if text.len() >= room {
            break;
        }
        sample.push('\n');
    }
    sample
}

fn language(lang: Lang) -> Option<Language> {
    Some(match lang {
        Lang::Ara => Language::Arabic,
        Lang::Dan => Language::Danish,
        Lang::Nld => Language::Dutch,
        Lang::Eng => Language::English,
        Lang::Fin => Language::Finnish,
        Lang::Fra => Language::French,
        Lang::Deu => Language::German,
        Lang::Ell => Language::Greek,
        Lang::Hun => Language::Hungarian,
        Lang::Ita => Language::Italian,
        // Bokmål; whatlang has no profile of Nynorsk and finds it nearest to Bokmål.
        Lang::Nob => Language::Norwegian,
        Lang::Por => Language::Portuguese,
        Lang::Ron => Language::Romanian,
        Lang::Rus => Language::Russian,
        Lang::Spa => Language::Spanish,
        Lang::Swe => Language::Swedish,
        Lang::Tam => Language::Tamil,
        Lang::Tur => Language::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_short_and_whole() {
        let long = "Größe ".repeat(SAMPLE);
        assert!((SAMPLE - 2..=SAMPLE).contains(&sample(&long).len()));
        assert_eq!(sample("Größe"), "Größe\n");
        for start in 0..3 {
            let text = format!("{}{}", "a".repeat(start), "€".repeat(SAMPLE));
            assert!(sample(&text).len() > SAMPLE - 3);
        }
    }
}
