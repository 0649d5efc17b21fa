//! Which runs of characters does a text hold?
//!
//! Runs of characters find the same word in its inflected and misspelled forms without knowing the
//! language. Counted are the runs of scikit-learn's `CountVectorizer`.

use std::ops::{Range, RangeInclusive};

use unicode_normalization::char::is_combining_mark;

use super::analyze::Analyze;
use super::fold::fold_into;
use super::tokens::{Token, TokenKind, Tokens};
use crate::{Error, Result};

/// The longest run: memory grows with it, and longer ones repeat nowhere.
const LONGEST: usize = 32;

/// How a run of characters is spelled as a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum CharForm {
    /// As it stands in the text.
    AsWritten,
    /// Lowercase, letter by letter.
    #[default]
    Lowercase,
    /// As [`fold_into`](crate::fold_into) has it: one spelling for all quotes and dashes, letters
    /// composed. A letter counts as one character with its accents and with what is invisible after
    /// it, all white space as a space.
    Folded,
}

/// Whether runs end where words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
enum Scope {
    Within,
    Across,
}

/// Character n-grams as terms: runs of so many characters.
///
/// With [`CharForm::AsWritten`] and [`CharForm::Lowercase`] the counts are those of scikit-learn's
/// `CountVectorizer` with `analyzer="char_wb"` ([`within_words`](Self::within_words)) or `"char"`
/// ([`across_words`](Self::across_words)) and `lowercase=False` or `True`, with one difference: each
/// letter is made lowercase alone, so that a capital `Σ` at the end of a word becomes `σ` and not `ς`,
/// and `İ`, which becomes an `i` and a dot above it, counts as one character.
///
/// Terms hold spaces, so they are counted with [`CountParams::ngrams`](crate::CountParams::ngrams) at
/// `1..=1`. Cost: a token for each character and length; the memory of one part of a text follows,
/// and within words a text without white space is one part.
///
/// ```
/// use undertone::{CharNgrams, CountMatrix, CountParams};
///
/// let analyzer = CharNgrams::within_words(3..=3)?;
/// let counts = CountMatrix::from_docs(&analyzer, ["a tax"], CountParams::default())?;
/// assert_eq!(counts.vocabulary().terms().collect::<Vec<_>>(), [" a ", " ta", "ax ", "tax"]);
///
/// let analyzer = CharNgrams::across_words(3..=3)?;
/// let counts = CountMatrix::from_docs(&analyzer, ["a tax"], CountParams::default())?;
/// assert_eq!(counts.vocabulary().terms().collect::<Vec<_>>(), [" ta", "a t", "tax"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "saved::CharNgrams"))]
pub struct CharNgrams {
    scope: Scope,
    lengths: RangeInclusive<usize>,
    form: CharForm,
}

impl CharNgrams {
    /// Runs inside words: what stands between white space, with one space before and one after it. A
    /// word that is with its spaces no longer than a run is counted once, whole.
    ///
    /// The spaces are not in the text. The kind of a token says where they belong
    /// ([`TokenKind::WordStart`], [`WordEnd`](TokenKind::WordEnd), [`WholeWord`](TokenKind::WholeWord)),
    /// and its range is that of the characters; it is empty for a space alone.
    ///
    /// # Errors
    ///
    /// If `lengths` is empty or not within `1..=32` ([`Error::is_setting`]).
    pub fn within_words(lengths: RangeInclusive<usize>) -> Result<Self> {
        Self::new(Scope::Within, lengths)
    }

    /// Runs from one end of a section to the other. Two or more white space characters count as one
    /// space; a line break alone stays what it is, unless folded.
    ///
    /// # Errors
    ///
    /// If `lengths` is empty or not within `1..=32` ([`Error::is_setting`]).
    pub fn across_words(lengths: RangeInclusive<usize>) -> Result<Self> {
        Self::new(Scope::Across, lengths)
    }

    fn new(scope: Scope, lengths: RangeInclusive<usize>) -> Result<Self> {
        if lengths.is_empty() || *lengths.start() == 0 || *lengths.end() > LONGEST {
            let value = format!("{}..={}", lengths.start(), lengths.end());
            let allowed = format!("a range within 1..={LONGEST} that is not empty");
            return Err(Error::setting("lengths of character n-grams", value, allowed));
        }
        Ok(Self { scope, lengths, form: CharForm::default() })
    }

    /// How runs are spelled; [`CharForm::Lowercase`] unless set.
    ///
    /// ```
    /// use undertone::{Analyze, CharForm, CharNgrams, Token, TokenKind};
    ///
    /// let folded = CharNgrams::across_words(2..=2)?.form(CharForm::Folded);
    /// let mut term = String::new();
    /// assert!(folded.term(Token::new("’S", 0, TokenKind::CharNgram), &mut term));
    /// assert_eq!(term, "'s");
    /// # Ok::<(), undertone::Error>(())
    /// ```
    #[must_use]
    pub fn form(mut self, form: CharForm) -> Self {
        self.form = form;
        self
    }

    /// How many characters a run may have.
    pub fn lengths(&self) -> RangeInclusive<usize> {
        self.lengths.clone()
    }

    /// The runs of a word, given where its characters begin and the last one ends.
    fn word(&self, places: &[usize], tokens: &mut Tokens) {
        let (first, last) = (places[0], places[places.len() - 1]);
        // With a space on both sides.
        let width = places.len() + 1;
        if *self.lengths.start() >= width {
            tokens.push(first..last, TokenKind::WholeWord);
            return;
        }
        let place = |at: usize| places[at.saturating_sub(1).min(places.len() - 1)];
        for at in 0..width {
            for length in self.lengths.clone().take_while(|length| at + length <= width) {
                let kind = match (at == 0, at + length == width) {
                    (true, true) => TokenKind::WholeWord,
                    (true, false) => TokenKind::WordStart,
                    (false, true) => TokenKind::WordEnd,
                    (false, false) => TokenKind::CharNgram,
                };
                tokens.push(place(at)..place(at + length), kind);
            }
        }
    }

    fn within_words_into(&self, text: &str, tokens: &mut Tokens) {
        let (mut places, mut start) = (Vec::new(), 0);
        for word in text.split_inclusive(is_space) {
            let end = start + word.trim_end_matches(is_space).len();
            if start < end {
                places.clear();
                self.places(&text[..end], start, &mut places);
                self.word(&places, tokens);
            }
            start += word.len();
        }
    }

    fn across_words_into(&self, text: &str, tokens: &mut Tokens) {
        let mut places = Vec::new();
        self.places(text, 0, &mut places);
        for (at, &start) in places.iter().enumerate() {
            let ends = places[at..].iter().take(self.lengths.end() + 1);
            for &end in ends.skip(*self.lengths.start()) {
                tokens.push(start..end, TokenKind::CharNgram);
            }
        }
    }

    /// Where each character from byte `start` on begins, and where the last one ends.
    fn places(&self, text: &str, start: usize, places: &mut Vec<usize>) {
        places.push(start);
        let mut at = start;
        while at < text.len() {
            at += self.width(&text[at..]);
            places.push(at);
        }
    }

    /// The bytes of what counts as the first character of a text; 0 if the text is empty.
    fn width(&self, text: &str) -> usize {
        let mut chars = text.char_indices();
        let Some((_, first)) = chars.next() else { return 0 };
        if is_space(first) {
            return text.len() - text.trim_start_matches(is_space).len();
        }
        if self.form != CharForm::Folded {
            return first.len_utf8();
        }
        // Marks that follow no letter go with the next one.
        let mut letter = !belongs_to_letter(first);
        let end = chars.find(|&(_, c)| {
            let begins = is_space(c) || (letter && !belongs_to_letter(c));
            letter |= !belongs_to_letter(c);
            begins
        });
        end.map_or(text.len(), |(at, _)| at)
    }

    /// The first place at or after `near` where a character begins, whatever stands before it.
    fn boundary(&self, text: &str, near: usize) -> Option<usize> {
        let joins = |c: char| self.form == CharForm::Folded && belongs_to_letter(c);
        let mut before = text.get(..near)?.chars().next_back().is_some_and(joins);
        let found = text[near..].char_indices().find(|&(_, c)| {
            let begins = !before && !joins(c) && !is_space(c);
            before = joins(c);
            begins
        });
        found.map(|(at, _)| near + at)
    }

    fn spell_into(&self, written: &str, term: &mut String) {
        let mut rest = written;
        while !rest.is_empty() {
            let letters = rest.find(is_space).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(letters);
            match self.form {
                CharForm::AsWritten => term.push_str(word),
                CharForm::Lowercase => term.extend(word.chars().flat_map(char::to_lowercase)),
                CharForm::Folded => fold_into(word, term),
            }
            rest = behind.trim_start_matches(is_space);
            let gap = &behind[..behind.len() - rest.len()];
            let single = gap.chars().nth(1).is_none() && self.form != CharForm::Folded;
            term.push_str(if single || gap.is_empty() { gap } else { " " });
        }
    }
}

impl Analyze for CharNgrams {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        match self.scope {
            Scope::Within => self.within_words_into(text, tokens),
            Scope::Across => self.across_words_into(text, tokens),
        }
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        let (before, after) = match token.kind() {
            TokenKind::WholeWord => (true, true),
            TokenKind::WordStart => (true, false),
            TokenKind::WordEnd => (false, true),
            _ => (false, false),
        };
        if before {
            term.push(' ');
        }
        let start = term.len();
        self.spell_into(token.text(), term);
        // Nothing but invisible characters is no run.
        let vanished = term.len() == start && !token.text().is_empty();
        if after {
            term.push(' ');
        }
        !vanished
    }

    /// Runs across words overlap: the part before a cut is read on by one character less than the
    /// longest.
    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        if self.scope == Scope::Within {
            let gap = near + text.get(near..)?.find(is_space)?;
            return Some(gap..gap);
        }
        let start = self.boundary(text, near)?;
        let end = (1..*self.lengths.end()).fold(start, |end, _| end + self.width(&text[end..]));
        Some(start..end)
    }
}

/// White space as Python has it: Unicode's, and the separators of ASCII.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1C'..='\x1F')
}

/// Whether folding joins a character with the letter before it, or makes it vanish.
fn belongs_to_letter(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(feature = "serde")]
mod saved {
    //! Lengths are checked when they are opened.

    use super::{CharForm, RangeInclusive, Result, Scope};

    #[derive(serde::Deserialize)]
    pub(super) struct CharNgrams {
        scope: Scope,
        lengths: RangeInclusive<usize>,
        form: CharForm,
    }

    impl TryFrom<CharNgrams> for super::CharNgrams {
        type Error = crate::Error;

        fn try_from(saved: CharNgrams) -> Result<Self> {
            Ok(Self::new(saved.scope, saved.lengths)?.form(saved.form))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{CountMatrix, CountParams};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Counts = BTreeMap<String, usize>;

    /// What an analyzer counts in a text, read whole.
    fn counts(analyzer: &CharNgrams, text: &str) -> Counts {
        let mut tokens = Tokens::default();
        analyzer.tokens_into(text, &mut tokens);
        let mut counts = Counts::new();
        for token in tokens.iter(text) {
            let mut term = String::new();
            if analyzer.term(token, &mut term) {
                *counts.entry(term).or_default() += 1;
            }
        }
        counts
    }

    /// scikit-learn's way, on characters: spaces first, then every window.
    fn naive(text: &str, lengths: RangeInclusive<usize>, within: bool) -> Counts {
        let mut chars: Vec<char> = Vec::new();
        let all: Vec<char> = text.chars().collect();
        for run in all.chunk_by(|a, b| is_space(*a) && is_space(*b)) {
            chars.extend(if run.len() > 1 { &[' '] } else { run });
        }
        let lower = |run: &[char]| run.iter().flat_map(|c| c.to_lowercase()).collect::<String>();
        let mut counts = Counts::new();
        let mut add = |run: &[char]| *counts.entry(lower(run)).or_default() += 1;
        if !within {
            lengths.for_each(|length| chars.windows(length).for_each(&mut add));
            return counts;
        }
        for word in chars.split(|c| is_space(*c)).filter(|word| !word.is_empty()) {
            let padded = [&[' '], word, &[' ']].concat();
            for length in lengths.clone() {
                if length >= padded.len() {
                    add(&padded);
                    break;
                }
                padded.windows(length).for_each(&mut add);
            }
        }
        counts
    }

    fn texts() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "a", "B", "é", "e\u{301}", "\u{301}", "’", " ", "  ", "\n", "\t", "\u{A0}", "\x1C",
            "\u{200B}", "🛢️", "Σ", "İ", "word", "no",
        ]);
        prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn counts_as_a_naive_reading(text in texts(), first in 1_usize..5, more in 0_usize..3) {
            let lengths = first..=first + more;
            let within = CharNgrams::within_words(lengths.clone()).unwrap();
            prop_assert_eq!(counts(&within, &text), naive(&text, lengths.clone(), true));
            let across = CharNgrams::across_words(lengths.clone()).unwrap();
            prop_assert_eq!(counts(&across, &text), naive(&text, lengths, false));
        }

        #[test]
        fn cut_texts_have_the_tokens_of_the_whole(text in texts(), size in 1_usize..30, longest in 1_usize..5) {
            for form in [CharForm::AsWritten, CharForm::Lowercase, CharForm::Folded] {
                for make in [CharNgrams::within_words, CharNgrams::across_words] {
                    let analyzer = make(1..=longest).unwrap().form(form);
                    let mut whole = Tokens::default();
                    analyzer.tokens_into(&text, &mut whole);
                    let whole: Vec<_> = whole.iter(&text).map(|t| (t.range(), t.kind())).collect();
                    let cut = crate::text::pieces::tokens_of_pieces(size, &analyzer, &text);
                    prop_assert_eq!(cut, whole, "{:?}", analyzer);
                }
            }
        }

        #[test]
        fn ranges_hold_what_is_counted(text in texts()) {
            let analyzer = CharNgrams::within_words(1..=4).unwrap().form(CharForm::AsWritten);
            let mut tokens = Tokens::default();
            analyzer.tokens_into(&text, &mut tokens);
            for token in tokens.iter(&text) {
                let mut term = String::new();
                prop_assert!(analyzer.term(token, &mut term));
                prop_assert_eq!(term.trim_matches(' '), &text[token.range()]);
            }
        }
    }

    #[test]
    fn long_texts_lose_nothing_at_the_cuts() {
        let text = "Zwölf  Boxkämpfer\njagen ".repeat(30_000);
        let analyzer = CharNgrams::across_words(2..=3).unwrap();
        let counted = CountMatrix::from_docs(&analyzer, [&text], CountParams::default()).unwrap();
        let vocabulary = counted.vocabulary();
        let counted: Counts = vocabulary
            .ids()
            .map(|id| (vocabulary.term(id).to_string(), vocabulary.total(id) as usize))
            .collect();
        assert_eq!(counted, naive(&text, 2..=3, false));
    }

    #[test]
    fn folding_joins_what_typography_varies() {
        let analyzer = CharNgrams::across_words(2..=2).unwrap().form(CharForm::Folded);
        let same = |a: &str, b: &str| assert_eq!(counts(&analyzer, a), counts(&analyzer, b), "{a}");
        same("Caf\u{e9}’s", "cafe\u{301}'s");
        same("co\u{AD}op\u{FEFF}", "coop");
        same("\u{FEFF}a\n\u{200B}b", "a b");
        assert!(counts(&analyzer, "\u{200B}\u{200B}").is_empty());
        let within = CharNgrams::within_words(1..=3).unwrap().form(CharForm::Folded);
        assert_eq!(counts(&within, "a\u{200B}"), counts(&within, "a"));
    }

    #[test]
    fn terms_are_shown_with_their_spaces() {
        let analyzer = CharNgrams::within_words(2..=2).unwrap();
        let counted =
            CountMatrix::from_docs(&analyzer, ["Ab AB ab"], CountParams::default()).unwrap();
        let vocabulary = counted.vocabulary();
        let shown: Vec<_> = vocabulary.ids().map(|id| vocabulary.written(id)).collect();
        assert_eq!(shown, [" a", "ab", "b "]);
    }

    #[test]
    fn lengths_are_checked() {
        for (lengths, shown) in
            [(0..=2, "0..=2"), (RangeInclusive::new(3, 2), "3..=2"), (1..=33, "1..=33")]
        {
            for make in [CharNgrams::within_words, CharNgrams::across_words] {
                let error = make(lengths.clone()).unwrap_err();
                assert!(error.is_setting());
                assert_eq!(
                    error.to_string(),
                    format!(
                        "lengths of character n-grams is {shown}, but must be a range within 1..=32 that is not empty"
                    )
                );
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn survives_saving() {
        let analyzer = CharNgrams::across_words(2..=3).unwrap().form(CharForm::Folded);
        let json = serde_json::to_string(&analyzer).unwrap();
        assert_eq!(serde_json::from_str::<CharNgrams>(&json).unwrap(), analyzer);
        let broken = json.replace("\"start\":2", "\"start\":0");
        assert!(broken != json && serde_json::from_str::<CharNgrams>(&broken).is_err());
    }
}
