//! Which words are looked for? A word, a phrase, wildcards, all forms of a word.

use std::fmt;
use std::str::Chars;

use crate::text::{Analyze, Segmentation, Token, Tokens, fold_into, folded, without_possessive};
use crate::{Error, Result};

/// One or more words to look for, each compared with one token.
///
/// Words are folded as by [`fold_into`](crate::fold_into), so that letter case and the kind of
/// apostrophe do not matter, and a possessive ending is overlooked: `iran` finds `Iran’s`. In a word
/// `*` stands for any number of characters, none included, and `?` for exactly one; `*` alone is any
/// word. Several words are a phrase: its words follow each other within one sentence, whatever quotes,
/// commas or hyphens stand between them.
///
/// ```
/// use undertone::{Analyzer, WordPattern, kwic};
///
/// let text = "The bank’s interest rates rose; an interest-rate cut is off the table.";
/// let pattern = WordPattern::new("interest rate*")?;
/// let found: Vec<_> = kwic(text, &pattern, 5).map(|line| line.words()).collect();
/// assert_eq!(found, ["interest rates", "interest-rate"]);
///
/// // All forms of a word, told by their stem.
/// let analyzer = Analyzer::english();
/// let pattern = WordPattern::forms_of("negotiate", &analyzer)?;
/// let text = "Negotiators negotiated, and the negotiations failed.";
/// assert_eq!(kwic(text, &pattern, 5).count(), 3);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
pub struct WordPattern<'a> {
    /// One step for each token; the first sequence that fits is the hit.
    sequences: Vec<Vec<Step>>,
    analyzer: Option<&'a dyn Analyze>,
}

/// What one token must be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// This folded form.
    Form(String),
    /// A folded form with wildcards.
    Wild(Vec<char>),
    /// Any form that counts as this term.
    Term(String),
}

impl WordPattern<'static> {
    /// Words as they are spelled, with wildcards.
    ///
    /// The pattern is cut into words as a text is: `e-mail` is one word, `Tehran-Baku` two. A word
    /// with both a hyphen and a wildcard is looked for both ways, `Covid-*` as one word and as two.
    ///
    /// # Errors
    ///
    /// If there is no word in it ([`Error::is_setting`]).
    pub fn new(pattern: &str) -> Result<Self> {
        Self::read(pattern, None)
    }
}

impl<'a> WordPattern<'a> {
    /// Words of which every form is looked for that counts as the same term: all words with the stem
    /// of `negotiate`, for [`Analyzer::english`](crate::Analyzer::english).
    ///
    /// Words that do not count, stop words for instance, are compared as they are spelled, and so are
    /// words with a wildcard. Each token is given to the analyzer, so that this costs several times
    /// as much as [`new`](WordPattern::new).
    ///
    /// ```
    /// use undertone::{Analyzer, WordPattern, kwic};
    ///
    /// let analyzer = Analyzer::english();
    /// let pattern = WordPattern::forms_of("raise the rate", &analyzer)?;
    /// let text = "It raised the rates, raising a rate of concern.";
    /// let found: Vec<_> = kwic(text, &pattern, 5).map(|line| line.words()).collect();
    /// assert_eq!(found, ["raised the rates"]);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`new`](WordPattern::new).
    pub fn forms_of<A: Analyze>(pattern: &str, analyzer: &'a A) -> Result<Self> {
        Self::read(pattern, Some(analyzer))
    }

    fn read(pattern: &str, analyzer: Option<&'a dyn Analyze>) -> Result<Self> {
        let (mut whole, mut split) = (Vec::new(), Vec::new());
        for word in pattern.split_whitespace() {
            if word.contains(['*', '?']) {
                let word = folded(word.trim_matches(PUNCTUATION));
                whole.push(Step::spelled(&word));
                split.extend(word.split('-').filter(|part| !part.is_empty()).map(Step::spelled));
            } else {
                let steps = plain_steps(word, analyzer);
                whole.extend_from_slice(&steps);
                split.extend(steps);
            }
        }
        if whole.is_empty() {
            let allowed = "one or more words, such as `interest rate*`";
            return Err(Error::setting("pattern", format!("`{pattern}`"), allowed));
        }
        let mut sequences = vec![whole];
        if !split.is_empty() && split != sequences[0] {
            sequences.push(split);
        }
        Ok(Self { sequences, analyzer })
    }

    /// Cuts a text into the tokens that the pattern is compared with.
    pub(super) fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        match self.analyzer {
            Some(analyzer) => analyzer.tokens_into(text, tokens),
            None => Segmentation::News.scan(text, tokens),
        }
    }

    /// How many of `tokens` fit, from the first on.
    pub(super) fn length_at(&self, tokens: &[Token<'_>], buffer: &mut String) -> Option<usize> {
        let fits = |steps: &&Vec<Step>| {
            steps.len() <= tokens.len()
                && steps.iter().zip(tokens).all(|(step, token)| self.fits(step, *token, buffer))
        };
        self.sequences.iter().find(fits).map(Vec::len)
    }

    fn fits(&self, step: &Step, token: Token<'_>, buffer: &mut String) -> bool {
        buffer.clear();
        if let (Step::Term(term), Some(analyzer)) = (step, self.analyzer) {
            return analyzer.term(token, buffer) && buffer == term;
        }
        fold_into(token.text(), buffer);
        let same = |form: &str| match step {
            Step::Wild(wild) => is_match(wild, form),
            Step::Form(expected) | Step::Term(expected) => form == expected,
        };
        same(buffer) || same(without_possessive(buffer))
    }
}

/// What may stand around a word of a pattern and belongs to no token.
const PUNCTUATION: &[char] =
    &['"', '“', '”', '\'', '‘', '’', '(', ')', '[', ']', ',', ';', ':', '!', '.', '-', '–', '—'];

/// The steps for a word without wildcards, which may be several tokens or none.
fn plain_steps(word: &str, analyzer: Option<&dyn Analyze>) -> Vec<Step> {
    let mut tokens = Tokens::default();
    match analyzer {
        Some(analyzer) => analyzer.tokens_into(word, &mut tokens),
        None => Segmentation::News.scan(word, &mut tokens),
    }
    let step = |token: Token<'_>| {
        let mut term = String::new();
        match analyzer {
            Some(analyzer) if analyzer.term(token, &mut term) => Step::Term(term),
            _ => Step::Form(folded(token.text())),
        }
    };
    tokens.iter(word).map(step).collect()
}

impl Step {
    fn spelled(word: &str) -> Self {
        if word.contains(['*', '?']) {
            Self::Wild(word.chars().collect())
        } else {
            Self::Form(word.into())
        }
    }
}

/// Whether a word fits a pattern of characters, `?` and `*`.
fn is_match(wild: &[char], word: &str) -> bool {
    let (mut at, mut rest) = (0, word.chars());
    // Behind the last star: where the pattern goes on, and where the word does if it takes no more.
    let mut star: Option<(usize, Chars<'_>)> = None;
    loop {
        let mut ahead = rest.clone();
        match (wild.get(at), ahead.next()) {
            (Some('*'), _) => {
                at += 1;
                star = Some((at, rest.clone()));
            }
            (None, None) => return true,
            (Some(&expected), Some(found)) if expected == '?' || expected == found => {
                at += 1;
                rest = ahead;
            }
            _ => {
                let Some((behind, mut from)) = star else { return false };
                if from.next().is_none() {
                    return false;
                }
                (at, rest) = (behind, from.clone());
                star = Some((behind, from));
            }
        }
    }
}

impl fmt::Debug for WordPattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordPattern").field("sequences", &self.sequences).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Analyzer;

    #[test]
    fn stars_and_question_marks() {
        let cases = [
            ("econom*", "economy", true),
            ("econom*", "econom", true),
            ("econom*", "ecology", false),
            ("*ism", "terrorism", true),
            ("*is*m*", "islamism", true),
            ("wom?n", "women", true),
            ("wom?n", "womn", false),
            ("?", "é", true),
            ("*", "", true),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbXbd", false),
        ];
        for (wild, word, expected) in cases {
            let wild: Vec<char> = wild.chars().collect();
            assert_eq!(is_match(&wild, word), expected, "{wild:?} {word}");
        }
    }

    #[test]
    fn a_pattern_without_words_is_refused() {
        for empty in ["", "  ", "—", "“”", "..."] {
            let error = WordPattern::new(empty).unwrap_err();
            assert!(error.is_setting());
            let message = format!(
                "pattern is `{empty}`, but must be one or more words, such as `interest rate*`"
            );
            assert_eq!(error.to_string(), message);
            assert!(WordPattern::forms_of(empty, &Analyzer::english()).is_err());
        }
    }

    /// The pattern as a regular expression would read it, by trying every split.
    fn by_trial(wild: &[char], word: &[char]) -> bool {
        match (wild.first(), word.first()) {
            (None, None) => true,
            (Some('*'), _) => (0..=word.len()).any(|skip| by_trial(&wild[1..], &word[skip..])),
            (Some('?'), Some(_)) => by_trial(&wild[1..], &word[1..]),
            (Some(a), Some(b)) => a == b && by_trial(&wild[1..], &word[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn wildcards_fit_as_by_trial(wild in "[ab*?]{0,8}", word in "[ab]{0,8}") {
            let wild: Vec<char> = wild.chars().collect();
            let chars: Vec<char> = word.chars().collect();
            prop_assert_eq!(is_match(&wild, &word), by_trial(&wild, &chars));
        }

        #[test]
        fn any_pattern_is_read_or_refused(pattern in "\\PC{0,20}", text in "\\PC{0,40}") {
            if let Ok(pattern) = WordPattern::new(&pattern) {
                let mut tokens = Tokens::default();
                pattern.tokens_into(&text, &mut tokens);
                let tokens: Vec<_> = tokens.iter(&text).collect();
                for at in 0..tokens.len() {
                    let length = pattern.length_at(&tokens[at..], &mut String::new());
                    prop_assert!(length.is_none_or(|length| 0 < length && at + length <= tokens.len()));
                }
            }
        }
    }
}
