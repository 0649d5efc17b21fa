//! How hard is a text to read?

use super::syllables::syllables;
use crate::article::{Document, SectionKind, sections, sentences_of};
use crate::text::{Segmentation, Token, TokenKind, Tokens};

/// What the usual formulas say about how hard a text is to read, and the counts they are made of.
///
/// Counted are the paragraphs and not the headline, which is no prose. With `S` sentences, `W` words,
/// `C` characters and `Y` syllables:
///
/// - Sentences are those of [`sentences`](crate::sentences) with at least one word: `Mr.` and `U.S.` end
///   none, a paragraph always does, so that a subheading is a sentence.
/// - Words are words and numbers as news writes them: `didn’t`, `U.S.` and `$1.13bn` are one each, the
///   parts of most compounds with a hyphen one each. Addresses, `@names` and `#tags` are left out.
/// - Characters are letters and digits.
/// - Syllables are those of [`syllables`](crate::syllables); a number has one.
///
/// Every index is `None` without words. Grades are years of school in the United States. On a text of a
/// few sentences every formula is a guess; compare only what was counted by the same program.
///
/// ```
/// use undertone::Readability;
///
/// let text = "The council met on Monday. It considered the estimate for rebuilding the eastern pier.";
/// let found = Readability::english(text);
/// assert_eq!((found.sentences, found.words, found.syllables), (2, 14, Some(23)));
/// assert_eq!(format!("{:.1}", found.flesch_kincaid.unwrap()), "6.5");
///
/// // The same thing, said at length.
/// let longer = "The municipal council, having assembled on Monday, deliberated extensively over the \
///     preliminary estimate of expenditure associated with rebuilding the easternmost pier.";
/// assert!(Readability::english(longer).reading_ease < found.reading_ease);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Readability {
    /// How many sentences there are, `S`.
    pub sentences: usize,
    /// How many words there are, numbers included, `W`.
    pub words: usize,
    /// How many letters and digits the words have, `C`.
    pub characters: usize,
    /// How many words have more than six characters.
    pub long_words: usize,
    /// How many syllables the words have, `Y`; this and what depends on it is `None` unless English.
    pub syllables: Option<usize>,
    /// How many words have three syllables or more.
    pub polysyllables: Option<usize>,
    /// How many of these are complex by Gunning's rules: not a name (a capital inside a sentence, or
    /// all capitals), and not made long by `-es`, `-ed` or `-ing` alone.
    pub complex_words: Option<usize>,
    /// Flesch reading ease, higher is easier, prose mostly 0 to 100:
    /// `206.835 − 1.015 W / S − 84.6 Y / W`. Source: Flesch (1948), *A new readability yardstick*.
    pub reading_ease: Option<f64>,
    /// Flesch–Kincaid grade: `0.39 W / S + 11.8 Y / W − 15.59`. Source: Kincaid et al. (1975).
    pub flesch_kincaid: Option<f64>,
    /// Gunning's fog index, a grade: `0.4 (W / S + 100 complex / W)`.
    /// Source: Gunning (1952), *The Technique of Clear Writing*.
    pub fog: Option<f64>,
    /// SMOG, a grade: `3.1291 + 1.043 √(30 polysyllables / S)`. Made for samples of 30 sentences; a
    /// shorter text is scaled up. Source: McLaughlin (1969), *SMOG grading*.
    pub smog: Option<f64>,
    /// Coleman–Liau index, a grade: `5.88 C / W − 29.6 S / W − 15.8`.
    /// Source: Coleman and Liau (1975), *A computer readability formula designed for machine scoring*.
    pub coleman_liau: Option<f64>,
    /// Automated readability index, a grade: `4.71 C / W + 0.5 W / S − 21.43`.
    /// Source: Senter and Smith (1967), *Automated Readability Index*.
    pub ari: Option<f64>,
    /// LIX, lower is easier, news about 40 to 55: `W / S + 100 long / W`. Made for any language.
    /// Source: Björnsson (1968), *Läsbarhet*.
    pub lix: Option<f64>,
}

impl Readability {
    /// Reads an English text. Cost: linear in the text.
    pub fn english<D: Document + ?Sized>(doc: &D) -> Self {
        let mut found = Self {
            syllables: Some(0),
            polysyllables: Some(0),
            complex_words: Some(0),
            ..Self::default()
        };
        found.read(doc);
        found
    }

    /// Reads a text in any language written with letters and spaces: syllables and what is made of them
    /// are left out, which leaves LIX, ARI and Coleman–Liau. The last two were made for English.
    ///
    /// ```
    /// use undertone::Readability;
    ///
    /// let found = Readability::without_syllables("Der Rat tagte. Er billigte den Wiederaufbau.");
    /// assert_eq!((found.lix, found.reading_ease), (Some(3.5 + 200.0 / 7.0), None));
    /// ```
    pub fn without_syllables<D: Document + ?Sized>(doc: &D) -> Self {
        let mut found = Self::default();
        found.read(doc);
        found
    }

    fn read<D: Document + ?Sized>(&mut self, doc: &D) {
        let mut tokens = Tokens::default();
        let body = sections(doc).filter(|(section, _)| section.kind != SectionKind::Headline);
        for (section, text) in body {
            for range in sentences_of(section.kind, text) {
                let sentence = &text[range];
                tokens.clear();
                Segmentation::News.scan(sentence, &mut tokens);
                self.count_sentence(tokens.iter(sentence));
            }
        }
        self.apply_formulas();
    }

    fn count_sentence<'t>(&mut self, tokens: impl Iterator<Item = Token<'t>>) {
        let counted =
            tokens.filter(|token| matches!(token.kind(), TokenKind::Word | TokenKind::Number));
        let before = self.words;
        for token in counted {
            let characters = token.text().chars().filter(|c| c.is_alphanumeric()).count();
            self.characters += characters;
            self.long_words += usize::from(characters > LONG);
            if let Some(all) = &mut self.syllables {
                let number = token.kind() == TokenKind::Number;
                let count = if number { 1 } else { syllables(token.text()) };
                *all += count;
                let many = usize::from(count >= MANY);
                self.polysyllables = self.polysyllables.map(|found| found + many);
                let first = self.words == before;
                let complex = many == 1 && is_complex(token.text(), first);
                self.complex_words = self.complex_words.map(|found| found + usize::from(complex));
            }
            self.words += 1;
        }
        self.sentences += usize::from(self.words > before);
    }

    fn apply_formulas(&mut self) {
        if self.words == 0 {
            return;
        }
        let words = self.words as f64;
        let per_word = |count: usize| count as f64 / words;
        let length = words / self.sentences as f64;
        let characters = per_word(self.characters);
        self.coleman_liau = Some(5.88 * characters - 29.6 / length - 15.8);
        self.ari = Some(4.71 * characters + 0.5 * length - 21.43);
        self.lix = Some(length + 100.0 * per_word(self.long_words));
        let syllables = self.syllables.map(per_word);
        self.reading_ease = syllables.map(|rate| 206.835 - 1.015 * length - 84.6 * rate);
        self.flesch_kincaid = syllables.map(|rate| 0.39 * length + 11.8 * rate - 15.59);
        self.fog = self.complex_words.map(|count| 0.4 * (length + 100.0 * per_word(count)));
        let sentences = self.sentences as f64;
        self.smog = self
            .polysyllables
            .map(|count| 3.1291 + 1.043 * (30.0 * count as f64 / sentences).sqrt());
    }
}

/// A word with more characters is long.
const LONG: usize = 6;

/// A word with as many syllables counts for SMOG, and mostly for the fog index.
const MANY: usize = 3;

/// Whether a word of three syllables or more makes a text foggy.
fn is_complex(word: &str, first: bool) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    let upper = letters.all(char::is_uppercase);
    if capital && (upper || !first) {
        return false;
    }
    let lengthened = ["es", "ed", "ing"].iter().find_map(|ending| word.strip_suffix(ending));
    // What is left of "exhausted" has two syllables, of "negotiated" more.
    lengthened.is_none_or(|stem| syllables(stem) >= MANY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    fn near(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-9)
    }

    /// 2 sentences, 15 words: the counts below are made by hand, the figures by the formulas.
    const WORKED: &str = "Mr. Pell said the U.S. negotiators exhausted 12 alternatives. \
        The government disagreed, reiterating its position.";

    #[test]
    fn a_worked_example_for_each_formula() {
        let found = Readability::english(WORKED);
        // Mr Pell said the U.S. negotiators exhausted 12 alternatives
        //  2   1    1   1   2       5           3      1      4        = 20
        // The government disagreed reiterating its position
        //  1      3          3         5        1     3               = 16
        assert_eq!((found.sentences, found.words, found.syllables), (2, 15, Some(36)));
        //  2 + 4 + 4 + 3 + 2 + 11 + 9 + 2 + 12 = 49; 3 + 10 + 9 + 11 + 3 + 8 = 44
        assert_eq!((found.characters, found.long_words), (93, 7));
        // Without -ed, "exhausted" has two syllables; "disagreed" has three either way.
        assert_eq!((found.polysyllables, found.complex_words), (Some(7), Some(6)));
        let (length, rate, characters) = (15.0 / 2.0, 36.0 / 15.0, 93.0 / 15.0);
        assert!(near(found.reading_ease, 206.835 - 1.015 * length - 84.6 * rate));
        assert!(near(found.reading_ease, -3.8175));
        assert!(near(found.flesch_kincaid, 15.655));
        assert!(near(found.fog, 0.4 * (7.5 + 40.0)));
        assert!(near(found.smog, 3.1291 + 1.043 * 105.0_f64.sqrt()));
        assert!(near(found.coleman_liau, 5.88 * characters - 29.6 * 2.0 / 15.0 - 15.8));
        assert!(near(found.ari, 4.71 * characters + 0.5 * length - 21.43));
        assert!(near(found.lix, 7.5 + 700.0 / 15.0));
    }

    #[test]
    fn names_and_endings_make_no_fog() {
        let cases = [
            ("Afghanistan", false, false),
            ("Negotiators", true, true),
            ("NEGOTIATORS", true, false),
            ("exhausted", false, false),
            ("negotiating", false, true),
            ("alternatives", false, true),
        ];
        for (word, first, expected) in cases {
            assert_eq!(is_complex(word, first), expected, "{word}");
        }
    }

    #[test]
    fn headlines_and_addresses_are_not_prose() {
        let article = Article::from_parts(Some("Ferry fares rise"), "See http://a.org now @desk.");
        let found = Readability::english(&article);
        assert_eq!((found.sentences, found.words), (1, 2));
        for empty in ["", "…", "http://a.org"] {
            let found = Readability::english(empty);
            assert_eq!((found.words, found.sentences, found.lix, found.smog), (0, 0, None, None));
        }
    }

    #[test]
    fn other_languages_have_no_syllables() {
        let found = Readability::without_syllables(WORKED);
        assert_eq!((found.syllables, found.fog, found.smog), (None, None, None));
        assert_eq!(found.ari, Readability::english(WORKED).ari);
    }
}
