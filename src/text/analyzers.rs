//! Which analyzer reads which article?

use super::analyzer::Analyzer;
use super::identify::Identified;
use super::language::Language;
use crate::article::Document;
use crate::error::{Error, Result};

/// An analyzer for each language, and which of them a document needs.
///
/// The language is told from headline and paragraphs together, by letters and trigrams (Cavnar and
/// Trenkle, 1994) through whatlang, among the 70 languages that it knows; so a Polish article is not
/// taken for a Romanian one. What is too short, unsure, or in a language without an analyzer goes to
/// the default. Looks at no more than the first 8 KiB of a document, about a quarter of a millisecond.
///
/// ```
/// use undertone::{Analyzers, CountMatrix, CountParams, Language};
///
/// let docs = [
///     "The ferry company raised its fares again, and commuters are angry.",
///     "Die Fährgesellschaft erhöht erneut die Preise, und die Pendler sind verärgert.",
///     "The minister said that she could not step in.",
/// ];
/// let analyzers = Analyzers::new(Language::English);
/// for group in analyzers.group(docs) {
///     let counts = CountMatrix::from_docs(group.analyzer, &group.docs, CountParams::default())?;
///     println!("{}: articles {:?}, {} terms", group.language, group.places, counts.n_terms());
/// }
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Analyzers {
    pub(super) default: Language,
    /// In the order of [`Language::ALL`].
    each: Vec<Analyzer>,
    pub(super) min_letters: usize,
    pub(super) min_confidence: f64,
}

/// The documents of one language, as [`Analyzers::group`] finds them.
#[derive(Clone, Debug)]
pub struct LanguageGroup<'a, D> {
    /// The language.
    pub language: Language,
    /// The analyzer of that language.
    pub analyzer: &'a Analyzer,
    /// The documents, in the order in which they came.
    pub docs: Vec<D>,
    /// The place of each of them among all documents, counted from 0.
    pub places: Vec<usize>,
}

impl Analyzers {
    /// [`Analyzer::of`] each language; `default` is for documents whose language cannot be told.
    pub fn new(default: Language) -> Self {
        let each = Language::ALL.iter().map(|&language| Analyzer::of(language)).collect();
        Self { default, each, min_letters: 40, min_confidence: 0.5 }
    }

    /// Another analyzer for a language.
    ///
    /// ```
    /// use undertone::{Analyzer, Analyzers, Language};
    ///
    /// let english = Analyzer::english().into_builder().numbers(true).build();
    /// let analyzers = Analyzers::new(Language::English).with(Language::English, english);
    /// let analyzer = analyzers.for_doc("In 2024 the ferry company raised its fares again.");
    /// assert_eq!(analyzer.terms("in 2024").next().as_deref(), Some("2024"));
    /// ```
    #[must_use]
    pub fn with(mut self, language: Language, analyzer: Analyzer) -> Self {
        self.each[place(language)] = analyzer;
        self
    }

    /// Documents with fewer letters go to the default; 40 unless set.
    #[must_use]
    pub fn min_letters(mut self, min_letters: usize) -> Self {
        self.min_letters = min_letters;
        self
    }

    /// Documents of whose language we are less sure go to the default; 0.5 unless set. Near relatives
    /// such as Danish and Norwegian are seldom told with more than 0.7.
    ///
    /// # Errors
    ///
    /// `is_setting` if the confidence is not in 0..=1.
    pub fn min_confidence(mut self, min_confidence: f64) -> Result<Self> {
        if !(0.0..=1.0).contains(&min_confidence) {
            return Err(Error::setting("min_confidence", min_confidence, "in 0..=1"));
        }
        self.min_confidence = min_confidence;
        Ok(self)
    }

    /// The analyzer of a language.
    pub fn of(&self, language: Language) -> &Analyzer {
        &self.each[place(language)]
    }

    /// The analyzer that a document needs.
    pub fn for_doc<D: Document + ?Sized>(&self, doc: &D) -> &Analyzer {
        self.of(self.identify(doc).language())
    }

    /// The language of a document, from headline and paragraphs together.
    ///
    /// ```
    /// use undertone::{Analyzers, Language};
    ///
    /// let analyzers = Analyzers::new(Language::English);
    /// let text = "Le gouvernement a présenté son projet de loi, mais l’opposition ne le votera pas.";
    /// let found = analyzers.identify(text);
    /// assert!(found.language() == Language::French && found.is_reliable());
    ///
    /// let short = analyzers.identify("Fin");
    /// assert!(short.language() == Language::English && !short.is_reliable());
    /// ```
    pub fn identify<D: Document + ?Sized>(&self, doc: &D) -> Identified {
        Identified::of(doc, self)
    }

    /// The documents by language, in the order of [`Language::ALL`]; in each group they keep their
    /// order. Languages without documents have no group.
    ///
    /// ```
    /// use undertone::{Analyzers, Language};
    ///
    /// let docs = [
    ///     "Die Preise für die Fähre steigen erneut, sagte die Ministerin am Dienstag.",
    ///     "The fares of the ferry are to rise again, the minister said on Tuesday.",
    /// ];
    /// let analyzers = Analyzers::new(Language::English);
    /// let groups = analyzers.group(docs);
    /// assert_eq!((groups[0].language, &groups[0].places[..]), (Language::English, &[1][..]));
    /// assert_eq!((groups[1].language, &groups[1].places[..]), (Language::German, &[0][..]));
    /// ```
    pub fn group<D: Document>(
        &self,
        docs: impl IntoIterator<Item = D>,
    ) -> Vec<LanguageGroup<'_, D>> {
        let groups = Language::ALL.iter().zip(&self.each).map(|(&language, analyzer)| {
            LanguageGroup { language, analyzer, docs: Vec::new(), places: Vec::new() }
        });
        let mut groups: Vec<_> = groups.collect();
        for (at, doc) in docs.into_iter().enumerate() {
            let group = &mut groups[place(self.identify(&doc).language())];
            group.docs.push(doc);
            group.places.push(at);
        }
        groups.retain(|group| !group.docs.is_empty());
        groups
    }
}

/// Where a language stands in [`Language::ALL`].
fn place(language: Language) -> usize {
    language as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;

    #[derive(serde::Deserialize)]
    struct Suite {
        article: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        language: String,
        headline: String,
        text: String,
    }

    fn suite() -> Vec<Case> {
        let suite: Suite =
            toml::from_str(include_str!("../../tests/suite/languages.toml")).unwrap();
        suite.article
    }

    #[test]
    fn articles_are_read_in_their_language() {
        let analyzers = Analyzers::new(Language::Tamil);
        for case in suite() {
            let page = format!("{}\n\n{}", case.headline, case.text);
            for text in [case.text, page] {
                let found = analyzers.identify(&text);
                let known = case.language != "other";
                assert_eq!(found.is_reliable(), known, "{text}: {found:?}");
                let expected = if known { case.language.as_str() } else { "Tamil" };
                assert_eq!(found.language().to_string(), expected, "{text}");
                let analyzer = analyzers.for_doc(&text);
                assert_eq!(analyzer.stemmer().unwrap().language(), found.language());
            }
        }
    }

    #[test]
    fn a_headline_alone_is_told_right_or_not_at_all() {
        let analyzers = Analyzers::new(Language::Tamil).min_letters(0);
        for case in suite() {
            let found = analyzers.identify(&case.headline);
            let language = found.language().to_string();
            assert!(!found.is_reliable() || language == case.language, "{found:?}");
        }
    }

    #[test]
    fn furniture_and_other_sections_do_not_decide() {
        let page = "Home | News | Opinion | Sport | Weather\n\
                    Subscribe to our newsletter and never miss a story\n\
                    Breaking News\n\n\
                    Die Fährgesellschaft erhöht zum zweiten Mal in diesem Jahr die Preise, und die Pendler sind verärgert.\n\n\
                    Die Ministerin sagte, sie könne nicht eingreifen, bevor der Rat entschieden habe.\n\n\
                    Share on Facebook\n";
        let article = Article::parse(page);
        let found = Analyzers::new(Language::English).identify(&article);
        assert!(found.is_reliable() && found.language() == Language::German, "{found:?}");
    }

    #[test]
    fn groups_keep_order_and_lose_nothing() {
        let analyzers = Analyzers::new(Language::English);
        let docs: Vec<_> = suite().into_iter().map(|case| case.text).collect();
        let docs: Vec<_> = docs.iter().chain(&docs).collect();
        let groups = analyzers.group(docs.iter().copied());
        let mut places: Vec<_> = groups.iter().flat_map(|group| group.places.clone()).collect();
        for group in &groups {
            assert!(group.places.is_sorted() && group.docs.len() == group.places.len());
            for (doc, &place) in group.docs.iter().zip(&group.places) {
                assert_eq!(**doc, *docs[place]);
            }
        }
        assert!(groups.is_sorted_by_key(|group| group.language));
        places.sort_unstable();
        assert!(places.into_iter().eq(0..docs.len()));
    }

    #[test]
    fn settings_are_checked() {
        for confidence in [-0.1, 1.1, f64::NAN] {
            let error = Analyzers::new(Language::English).min_confidence(confidence).unwrap_err();
            assert!(error.is_setting() && error.to_string().contains("0..=1"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_language(text in ".{0,80}") {
            let analyzers = Analyzers::new(Language::English).min_letters(0);
            let found = analyzers.identify(&text);
            prop_assert!((0.0..=1.0).contains(&found.confidence()), "{found:?}");
            prop_assert_eq!(found, analyzers.identify(&text));
        }
    }
}
