//! Phrases of a dictionary, joined to one token each.

use std::ops::Range;
use std::sync::Arc;

use super::analyze::Analyze;
use super::clitics::without_possessive;
use super::dictionary::{CountsAs, Dictionary};
use super::matcher::{Matcher, Spelling, Start};
use super::tokens::{Token, Tokens};

/// A dictionary made ready for reading.
#[derive(Debug)]
pub(super) struct Phrases {
    dictionary: Dictionary,
    matcher: Matcher,
    /// By entry: the term, or none if the form is left out.
    terms: Vec<Option<Box<str>>>,
    /// Whether a form has more than one word.
    long: bool,
}

/// A token as the entries have it.
#[derive(Clone, Copy, Debug)]
struct Word {
    inside: Option<Start>,
    /// Without its possessive ending.
    last: Option<Start>,
    /// Whether it goes on a phrase.
    goes_on: bool,
}

impl Word {
    /// Whether some entry holds it.
    fn known(self) -> bool {
        self.inside.or(self.last).is_some()
    }
}

impl Phrases {
    /// Nothing, if the dictionary is empty: then nothing is looked up.
    pub(super) fn new(dictionary: Dictionary) -> Option<Arc<Self>> {
        if dictionary.is_empty() {
            return None;
        }
        let mut matcher = Matcher::new(Spelling::Capitals);
        let mut terms = Vec::with_capacity(dictionary.len());
        let mut long = false;
        for (entry, (words, term)) in dictionary.spelled().enumerate() {
            matcher.insert_spelled(words, entry as u32);
            terms.push(term.map(Into::into));
            long |= words.len() > 1;
        }
        Some(Arc::new(Self { dictionary, matcher, terms, long }))
    }

    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Joins the phrases among the tokens from number `first` on: the longest that begins at a word,
    /// from left to right.
    pub(super) fn join(&self, text: &str, tokens: &mut Tokens, first: usize) {
        if !self.long {
            return;
        }
        let mut buffer = String::new();
        let mut end = 0;
        let words: Vec<Word> = tokens
            .iter_from(first, text)
            .map(|token| {
                let between = end..token.range().start;
                end = token.range().end;
                let word = self.word(token.text(), &mut buffer);
                // Most words are in no entry.
                let goes_on = word.known() && text.get(between).is_some_and(is_gap);
                Word { goes_on, ..word }
            })
            .collect();
        tokens.join(first, |at| {
            let words = &words[at - first..];
            if !words[0].known() {
                return 1;
            }
            let rest = words[1..].iter().take_while(|word| word.goes_on);
            self.longest(words[..1].iter().chain(rest)).map_or(1, |(_, length)| length)
        });
    }

    fn word(&self, token: &str, buffer: &mut String) -> Word {
        let inside = self.matcher.word(token, buffer);
        let bare = without_possessive(token);
        let last = if bare == token { inside } else { self.matcher.word(bare, buffer) };
        Word { inside, last, goes_on: true }
    }

    fn longest<'w>(&self, words: impl Iterator<Item = &'w Word>) -> Option<(u32, usize)> {
        self.matcher.longest_possessive(words.map(|word| (word.inside, word.last)))
    }

    /// What a token counts as, if it has an entry.
    pub(super) fn entry(&self, token: &str) -> Option<CountsAs<'_>> {
        let mut buffer = String::new();
        let words: Vec<_> =
            token.split_whitespace().map(|word| self.word(word, &mut buffer)).collect();
        let (entry, length) = self.longest(words.iter())?;
        let term = self.terms[entry as usize].as_deref();
        (length == words.len()).then(|| CountsAs::new(term))
    }

    /// The first place at or after `near` where an analyzer may be cut and that no phrase spans: after
    /// punctuation, or at the end of a line.
    pub(super) fn cut(
        &self,
        text: &str,
        mut near: usize,
        cut: impl Fn(usize) -> Option<Range<usize>>,
    ) -> Option<Range<usize>> {
        loop {
            let found = cut(near)?;
            // Where tokens overlap there are no phrases.
            if !self.long || !found.is_empty() || is_end(text, found.start) {
                return Some(found);
            }
            near = (found.start + 1..=text.len()).find(|&at| text.is_char_boundary(at))?;
        }
    }
}

/// Whether a phrase goes on over what stands between two tokens.
pub(crate) fn is_gap(between: &str) -> bool {
    !between.is_empty() && between.chars().all(|c| c.is_whitespace() && !is_line_end(c))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether no phrase spans a byte offset, as far as can be told from what stands there.
fn is_end(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at..).and_then(|text| text.chars().next());
    after.is_none_or(is_line_end)
        || before.is_some_and(|c| matches!(c, ',' | ';' | ':' | '!' | '?'))
}

/// An analyzer of your own with a [`Dictionary`] on top: phrases are joined to one token, and what the
/// dictionary holds counts as it says.
///
/// [`Analyzer`](crate::Analyzer) needs none of this, see
/// [`AnalyzerBuilder::dictionary`](crate::AnalyzerBuilder::dictionary). A phrase has the kind
/// [`TokenKind::Phrase`](crate::TokenKind::Phrase) and spans its words; the analyzer inside never sees
/// it.
///
/// ```
/// use undertone::{Analyze, Dictionary, Joined, Token, TokenKind, Tokens};
///
/// /// Words are what stands between spaces.
/// struct Spaces;
///
/// impl Analyze for Spaces {
///     fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
///         let mut start = 0;
///         for word in text.split(' ') {
///             tokens.push(start..start + word.len(), TokenKind::Word);
///             start += word.len() + 1;
///         }
///     }
///
///     fn term(&self, token: Token<'_>, term: &mut String) -> bool {
///         term.push_str(token.text());
///         true
///     }
/// }
///
/// let joined = Joined::new(Spaces, Dictionary::new().keep(["interest rate"])?);
/// let text = "the interest rate fell";
/// let mut tokens = Tokens::default();
/// joined.tokens_into(text, &mut tokens);
/// let words: Vec<_> = tokens.iter(text).map(|token| token.text()).collect();
/// assert_eq!(words, ["the", "interest rate", "fell"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Joined<A> {
    analyzer: A,
    phrases: Option<Arc<Phrases>>,
}

impl<A: Analyze> Joined<A> {
    /// Puts a dictionary on an analyzer.
    pub fn new(analyzer: A, dictionary: Dictionary) -> Self {
        Self { analyzer, phrases: Phrases::new(dictionary) }
    }

    /// The analyzer inside.
    pub fn analyzer(&self) -> &A {
        &self.analyzer
    }
}

impl<A: Analyze> Analyze for Joined<A> {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        let first = tokens.len();
        self.analyzer.tokens_into(text, tokens);
        if let Some(phrases) = &self.phrases {
            phrases.join(text, tokens, first);
        }
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        match self.phrases.as_ref().and_then(|phrases| phrases.entry(token.text())) {
            Some(entry) => entry.append_to(term),
            None => self.analyzer.term(token, term),
        }
    }

    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        let cut = |near| self.analyzer.cut(text, near);
        match &self.phrases {
            Some(phrases) => phrases.cut(text, near, cut),
            None => cut(near),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenKind::{Phrase, Word};
    use crate::text::{Analyzer, Language, StopWords};
    use proptest::prelude::*;

    const TABLE: &str = "# form\tcounts as\n\
        news\n\
        US\tunited_states\n\
        UK\tunited_kingdom\n\
        United Kingdom\tunited_kingdom\n\
        interest rate\tinterest_rate\n\
        interest rates\tinterest_rate\n\
        Bank of England\n\
        Bank of England governor\tgovernor\n\
        read more\t-\n\
        women's rights\twomens_rights\n\
        the\n\
        X\n";

    fn analyzer() -> Analyzer {
        Analyzer::builder()
            .stop_words(StopWords::english())
            .stemmer(Language::English)
            .min_chars(2)
            .numbers(false)
            .dictionary(Dictionary::from_tsv(TABLE).unwrap())
            .build()
    }

    fn terms(text: &str) -> String {
        analyzer().terms(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn entries_go_before_stop_words_and_stems() {
        for (text, expected) in [
            ("News news’s newspapers", "news news newspap"),
            ("the ministers of X", "the minist X"),
            ("U.S.’s and US rates show us", "united_states united_states rate show"),
            ("Newsʼs NEWS'S USʼs U.S.ʼs", "news news united_states united_states"),
            ("Britain, the U.K.’s and UK's", "britain the united_kingdom united_kingdom"),
            ("Read more on rates", "rate"),
        ] {
            let expected = expected.replace('X', "x");
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn the_longest_phrase_from_the_left_is_one_term() {
        for (text, expected) in [
            ("The Bank of England’s governor", "the bank_of_england governor"),
            ("A Bank of England governor spoke", "governor spoke"),
            ("INTEREST RATES, interest  rate's", "interest_rate interest_rate"),
            ("the United\u{A0}Kingdom’s interest rates", "the united_kingdom interest_rate"),
            ("bank of", "bank"),
            ("Women’s rights and women's right", "womens_rights women right"),
            ("women rights, WOMEN'S RIGHTS’", "women right womens_rights"),
        ] {
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn punctuation_and_line_breaks_end_a_phrase() {
        for text in [
            "interest. Rate",
            "interest, rate",
            "interest\nrate",
            "interest \r\n rate",
            "interest-rate",
            "interest \u{2028}rate",
            "“interest” rate",
            "interest – rate",
            "interest (rate",
        ] {
            assert!(!terms(text).contains("interest_rate"), "{text}");
        }
    }

    #[test]
    fn a_phrase_spans_its_words() {
        let text = "On interest rates’ rise";
        let mut tokens = Tokens::default();
        analyzer().tokens_into(text, &mut tokens);
        let found: Vec<_> = tokens.iter(text).map(|token| (token.text(), token.kind())).collect();
        assert_eq!(found, [("On", Word), ("interest rates", Phrase), ("rise", Word)]);
    }

    #[test]
    fn joined_reads_as_the_analyzer_with_a_dictionary() {
        let plain = || Analyzer::builder().stemmer(Language::English);
        let dictionary = || Dictionary::from_tsv(TABLE).unwrap();
        let joined = Joined::new(plain().build(), dictionary());
        let built = plain().dictionary(dictionary()).build();
        let text = "The UK’s Bank of England governor read more news.";
        let mut tokens = (Tokens::default(), Tokens::default());
        joined.tokens_into(text, &mut tokens.0);
        built.tokens_into(text, &mut tokens.1);
        assert_eq!(tokens.0, tokens.1);
        for token in tokens.0.iter(text) {
            let (mut one, mut two) = (String::new(), String::new());
            assert_eq!(joined.term(token, &mut one), built.term(token, &mut two));
            assert_eq!(one, two);
        }
        assert_eq!(joined.analyzer().stop_words().len(), 0);
    }

    #[test]
    fn an_empty_dictionary_changes_nothing() {
        let joined = Joined::new(Analyzer::plain(), Dictionary::new());
        let mut tokens = Tokens::default();
        joined.tokens_into("a b", &mut tokens);
        assert_eq!((tokens.len(), joined.cut("a b c", 2)), (2, Some(3..3)));
    }

    proptest! {
        #[test]
        fn no_phrase_is_lost_at_a_cut(
            words in prop::collection::vec(prop::sample::select(vec![
                "interest ", "rate ", "rates, ", "Bank ", "of ", "England ", "governor\n", "U.S. ", "read ",
                "more; ", "é ", "\u{A0}", "- ",
            ]), 0..60),
            size in 1_usize..40,
        ) {
            let (text, analyzer) = (words.concat(), analyzer());
            let mut whole = Tokens::default();
            analyzer.tokens_into(&text, &mut whole);
            let whole: Vec<_> = whole.iter(&text).map(|token| (token.range(), token.kind())).collect();
            prop_assert_eq!(crate::text::pieces::tokens_of_pieces(size, &analyzer, &text), whole);
        }

        #[test]
        fn any_text_is_read(text in ".*") {
            prop_assert!(analyzer().terms(&text).all(|term| !term.contains(' ')));
        }
    }
}
