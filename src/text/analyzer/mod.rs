//! What does a token count as?

mod builder;
#[cfg(feature = "serde")]
mod saved;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

pub use self::builder::AnalyzerBuilder;
use super::analyze::{Analyze, first_gap};
use super::clitics::{base, without_possessive};
use super::dictionary::Dictionary;
use super::fold::fold_into;
use super::joined::Phrases;
use super::language::Language;
use super::scan::Segmentation;
use super::stem::Stemmer;
use super::stop_words::StopWords;
use super::tokens::{Token, TokenKind, Tokens};

/// The built-in analyzer: segmentation, folding, stop words, stems.
///
/// Cloning copies the stop list; the counting code shares one analyzer between threads.
///
/// ```
/// use undertone::{Analyze, Analyzer, Tokens};
///
/// let analyzer = Analyzer::english();
/// assert_eq!(
///     analyzer.terms("The ministers didn’t sign U.S. agreements").collect::<Vec<_>>(),
///     ["minist", "sign", "u.s.", "agreement"],
/// );
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "saved::Settings", into = "saved::Settings"))]
pub struct Analyzer {
    segmentation: Segmentation,
    stop_words: StopWords,
    stemmer: Option<Stemmer>,
    min_chars: usize,
    numbers: bool,
    addresses: bool,
    phrases: Option<Arc<Phrases>>,
}

impl Analyzer {
    /// For topics in English news: news segmentation, stop words dropped, words stemmed, numbers,
    /// addresses and single letters dropped.
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// The same for news in another language: its stop words and its stems, all else as in
    /// [`Analyzer::english`].
    ///
    /// ```
    /// use undertone::{Analyzer, Language};
    ///
    /// let german = Analyzer::of(Language::German);
    /// let terms: Vec<_> = german.terms("Die Minister haben nicht unterschrieben").collect();
    /// assert_eq!(terms, ["minist", "unterschrieb"]);
    /// ```
    pub fn of(language: Language) -> Self {
        Self::builder()
            .stop_words(StopWords::of(language))
            .stemmer(language)
            .min_chars(2)
            .numbers(false)
            .addresses(false)
            .build()
    }

    /// Folded words and nothing else: no stop words, no stems, everything counts.
    pub fn plain() -> Self {
        Self::builder().build()
    }

    /// Starts from [`Analyzer::plain`].
    pub fn builder() -> AnalyzerBuilder {
        AnalyzerBuilder {
            analyzer: Self {
                segmentation: Segmentation::News,
                stop_words: StopWords::none(),
                stemmer: None,
                min_chars: 1,
                numbers: true,
                addresses: true,
                phrases: None,
            },
        }
    }

    /// Starts from this analyzer.
    ///
    /// ```
    /// use undertone::Analyzer;
    ///
    /// let analyzer = Analyzer::english().into_builder().numbers(true).build();
    /// assert_eq!(analyzer.terms("The 70 ministers").collect::<Vec<_>>(), ["70", "minist"]);
    /// ```
    pub fn into_builder(self) -> AnalyzerBuilder {
        AnalyzerBuilder { analyzer: self }
    }

    /// The terms of a text in order, tokens that do not count left out.
    pub fn terms(&self, text: &str) -> impl Iterator<Item = String> {
        let mut tokens = Tokens::default();
        self.tokens_into(text, &mut tokens);
        let terms: Vec<_> = tokens
            .iter(text)
            .filter_map(|token| {
                let mut term = String::new();
                self.term(token, &mut term).then_some(term)
            })
            .collect();
        terms.into_iter()
    }

    /// The stop words.
    pub fn stop_words(&self) -> &StopWords {
        &self.stop_words
    }

    /// The user's dictionary, if it has entries.
    pub fn dictionary(&self) -> Option<&Dictionary> {
        self.phrases.as_ref().map(|phrases| phrases.dictionary())
    }

    /// The stemmer, if there is one.
    pub fn stemmer(&self) -> Option<&Stemmer> {
        self.stemmer.as_ref()
    }
}

impl Analyze for Analyzer {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        let first = tokens.len();
        self.segmentation.scan(text, tokens);
        if let Some(phrases) = &self.phrases {
            phrases.join(text, tokens, first);
        }
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        if let Some(entry) = self.phrases.as_ref().and_then(|phrases| phrases.entry(token.text())) {
            return entry.append_to(term);
        }
        if !self.keeps(token.kind()) {
            return false;
        }
        let start = term.len();
        if token.kind() != TokenKind::Word {
            fold_into(token.text(), term);
            return self.long_enough(&term[start..]);
        }
        if let Some(letters) = acronym(token.text()) {
            if !self.stop_words.contains(&letters) {
                term.push_str(&letters);
                return true;
            }
            // "U.S." and "US" are one term, and not the pronoun; "WE" is a word that was shouted.
            if token.text().contains('.') || CAPITALS.contains(&letters.as_str()) {
                term.push_str(&dotted(&letters));
                return true;
            }
        }
        fold_into(token.text(), term);
        let word = &term[start..];
        let base = base(word, self.stemmer.as_ref().map(Stemmer::language));
        let leaning = base.len() < word.len();
        if self.stop_words.contains(word) || (leaning && self.stop_words.contains(base)) {
            return false;
        }
        if let Some(stemmer) = &self.stemmer {
            match stemmer.stem(base) {
                Cow::Borrowed(stem) if word.starts_with(stem) => {
                    let end = start + stem.len();
                    term.truncate(end);
                }
                stem => {
                    let stem = stem.into_owned();
                    term.truncate(start);
                    term.push_str(&stem);
                }
            }
        }
        self.long_enough(&term[start..])
    }

    fn may_count(&self, kind: TokenKind) -> bool {
        // A dictionary may list any token.
        self.phrases.is_some() || self.keeps(kind)
    }

    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        let cut = |near| first_gap(text, near);
        match &self.phrases {
            Some(phrases) => phrases.cut(text, near, cut),
            None => cut(near),
        }
    }
}

impl Analyzer {
    /// Whether tokens of a kind count if no dictionary says so.
    fn keeps(&self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Url | TokenKind::Email | TokenKind::Handle => self.addresses,
            TokenKind::Number => self.numbers,
            _ => true,
        }
    }

    fn long_enough(&self, term: &str) -> bool {
        // Most terms have as many bytes as letters; count only where it can matter.
        term.len() >= self.min_chars && term.chars().take(self.min_chars).count() == self.min_chars
    }
}

/// Stop words that are a name when they stand in capitals without dots. `EU` and `UN` are stop words
/// only in languages that call the two otherwise (`UE`, `ONU`). `IT` is a trade and `MS` a company in
/// running text; that both are at times shouted costs less than their loss (0.02 of the mutual
/// information of topics with classes on AG News).
const CAPITALS: &[&str] = &["it", "ms", "us"];

/// The letters of `U.S.`, `U.S.’s` or `US`, lowercase; other words are none. Without dots only two
/// capitals count, since longer ones are as often shouted words.
fn acronym(written: &str) -> Option<String> {
    // Nearly all words are told by two letters.
    let [b'A'..=b'Z', b'A'..=b'Z' | b'.', ..] = written.as_bytes() else { return None };
    let word = without_possessive(written);
    let bytes = word.as_bytes();
    let dotted = bytes.len() >= 3
        && bytes
            .iter()
            .enumerate()
            .all(|(i, byte)| if i % 2 == 0 { byte.is_ascii_uppercase() } else { *byte == b'.' });
    let bare = bytes.len() == 2 && bytes.iter().all(u8::is_ascii_uppercase);
    (dotted || bare).then(|| word.replace('.', "").to_ascii_lowercase())
}

/// `u.s.` for `us`.
fn dotted(letters: &str) -> String {
    letters.chars().flat_map(|letter| [letter, '.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(analyzer: &Analyzer, text: &str) -> Vec<String> {
        analyzer.terms(text).collect()
    }

    #[test]
    fn acronyms_are_one_term_however_written() {
        let analyzer = Analyzer::english();
        assert_eq!(terms(&analyzer, "U.S. US U.S.’s us"), ["u.s.", "u.s.", "u.s."]);
        assert_eq!(terms(&analyzer, "U.N. UN U.N.ʼs UN`s"), ["un", "un", "un", "un"]);
        assert_eq!(terms(&analyzer, "USʼs US`s US'S EU UK"), ["u.s.", "u.s.", "u.s.", "eu", "uk"]);
    }

    #[test]
    fn shouted_stop_words_are_stop_words() {
        let shouted = "WE ARE AT WAR, SO HE IS IN NO TIME TO GO ON. IF WE DO";
        assert_eq!(terms(&Analyzer::english(), shouted), ["war", "time"]);
        assert_eq!(terms(&Analyzer::english(), "go to I.T."), ["i.t."]);
        for &language in Language::ALL {
            let stop_words = StopWords::of(language);
            let pairs =
                stop_words.iter().filter(|word| word.len() == 2 && !CAPITALS.contains(word));
            let text = pairs.collect::<Vec<_>>().join(" ").to_ascii_uppercase();
            let found = terms(&Analyzer::of(language), &text);
            assert!(found.is_empty(), "{language}: {text}: {found:?}");
        }
        let keeps = StopWords::english().without_negators();
        let analyzer = Analyzer::english().into_builder().stop_words(keeps).build();
        assert_eq!(terms(&analyzer, "NO TIME"), ["no", "time"]);
    }

    #[test]
    fn possessives_and_curly_quotes_do_not_matter() {
        let analyzer = Analyzer::english();
        assert_eq!(terms(&analyzer, "Iran’s Iran's Iran"), ["iran", "iran", "iran"]);
        assert!(terms(&analyzer, "isn’t isn't It’s").is_empty());
    }

    #[test]
    fn plain_counts_everything() {
        let plain = Analyzer::plain();
        assert_eq!(terms(&plain, "The 22% of a"), ["the", "22%", "of", "a"]);
    }

    #[test]
    fn the_shortest_length_is_in_characters_of_the_term() {
        let text = "é ab été skies 5 55% $1bn #x @y";
        let at_least = |chars| Analyzer::builder().min_chars(chars).build();
        let all = ["é", "ab", "été", "skies", "5", "55%", "$1bn", "#x", "@y"];
        assert_eq!(terms(&at_least(0), text), all);
        assert_eq!(terms(&at_least(1), text), all);
        assert_eq!(terms(&at_least(3), text), ["été", "skies", "55%", "$1bn"]);
        let stems = Analyzer::builder().stemmer(Language::English).min_chars(4).build();
        assert_eq!(terms(&stems, "skies heavens"), ["heaven"], "the stem of skies is sky");
    }

    #[test]
    fn numbers_are_kept_or_dropped() {
        let text = "In 2024 prices rose 5% to $1,234.5; Covid-19 and the 1980s, F-35";
        let without = Analyzer::builder().numbers(false).build();
        let words = ["in", "prices", "rose", "to", "covid-19", "and", "the", "f-35"];
        assert_eq!(terms(&without, text), words);
        let numbers: Vec<_> = terms(&Analyzer::plain(), text)
            .into_iter()
            .filter(|term| !words.contains(&&**term))
            .collect();
        assert_eq!(numbers, ["2024", "5%", "$1,234.5", "1980s"]);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn survives_saving() {
        let json = serde_json::to_string(&Analyzer::english()).unwrap();
        let opened: Analyzer = serde_json::from_str(&json).unwrap();
        assert_eq!(
            terms(&opened, "The ministers met"),
            terms(&Analyzer::english(), "The ministers met")
        );
        assert_eq!(opened.stop_words(), Analyzer::english().stop_words());
        let dictionary = Dictionary::new().keep(["US", "prime minister"]).unwrap();
        let own = Analyzer::builder().dictionary(dictionary.clone()).build();
        let json_of_own = serde_json::to_string(&own).unwrap();
        let opened: Analyzer = serde_json::from_str(&json_of_own).unwrap();
        assert_eq!(opened.dictionary(), Some(&dictionary));
        assert_eq!(terms(&opened, "the US Prime Minister"), ["the", "US", "prime_minister"]);
        let broken = json_of_own.replace("prime_minister", "prime minister");
        assert!(broken != json_of_own && serde_json::from_str::<Analyzer>(&broken).is_err());
    }

    #[cfg(feature = "serde")]
    #[test]
    fn another_stemmer_does_not_open() {
        let json = serde_json::to_string(&Analyzer::english()).unwrap();
        for name in ["rust-stemmers-9.9/English", "rust-stemmers-1.2/German", "frostem-1/English"] {
            let other = json.replace("rust-stemmers-1.2/English", name);
            let error = serde_json::from_str::<Analyzer>(&other).unwrap_err().to_string();
            let known = "found only rust-stemmers-1.2";
            assert!(error.contains(name) && error.contains(known), "{error}");
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn the_other_engine_is_saved_by_its_name() {
        let json = serde_json::to_string(&Analyzer::english()).unwrap();
        let other = json.replace("rust-stemmers-1.2/", "frostem-2.20261016.1/");
        let opened = serde_json::from_str::<Analyzer>(&other);
        if cfg!(feature = "frostem") {
            let opened = opened.unwrap();
            assert_eq!(terms(&opened, "organizations"), ["organiz"]);
            assert_eq!(serde_json::to_string(&opened).unwrap(), other);
        } else {
            let error = opened.unwrap_err().to_string();
            assert!(error.contains("the feature `frostem` is off"), "{error}");
        }
    }
}
