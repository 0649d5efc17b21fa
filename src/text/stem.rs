//! What is the stem of a word?

use std::borrow::Cow;
use std::fmt;

use rust_stemmers::Algorithm;

use super::language::Language;
use super::porter;

/// Longer words, in bytes, keep their form: no language has such words, and the cost of a stem may
/// grow with the square of the length.
const LONGEST: usize = 256;

/// Cuts words to their stems with a Snowball algorithm (Porter, 2001).
///
/// Two engines: [`Stemmer::new`] is rust-stemmers, whose algorithms are those of 2017, and frostem
/// for Greek. `Stemmer::current`, with the feature `frostem`, is frostem for every language, with the
/// algorithms of October 2026; `docs/stemmers.md` says how the two differ and when to prefer which.
///
/// ```
/// use undertone::{Language, Stemmer};
///
/// let stemmer = Stemmer::new(Language::English);
/// assert_eq!(stemmer.stem("negotiations"), "negoti");
/// assert_eq!(stemmer.name(), "rust-stemmers-1.2/English");
/// ```
pub struct Stemmer {
    language: Language,
    engine: Engine,
}

enum Engine {
    RustStemmers(rust_stemmers::Stemmer),
    Frostem(frostem::Stemmer),
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        let engine = match algorithm(language) {
            Some(algorithm) => Engine::RustStemmers(rust_stemmers::Stemmer::create(algorithm)),
            None => Engine::Frostem(frostem::Stemmer::new(frostem::Algorithm::Greek)),
        };
        Self { language, engine }
    }

    /// The stemmer of a language by today's Snowball algorithms, through frostem.
    ///
    /// ```
    /// use undertone::{Analyzer, Language, Stemmer};
    ///
    /// // The algorithm of 2017 takes "university" and "universe" for one word.
    /// let current = Stemmer::current(Language::English);
    /// assert_eq!(current.stem("university"), "universiti");
    /// assert_eq!(current.stem("universe"), "univers");
    ///
    /// let analyzer = Analyzer::english().into_builder().stemmer(current).build();
    /// assert_eq!(analyzer.stemmer().unwrap().name(), "frostem-2.20261016.1/English");
    /// ```
    #[cfg(feature = "frostem")]
    pub fn current(language: Language) -> Self {
        use frostem::Algorithm;
        let algorithm = match language {
            Language::Arabic => Algorithm::Arabic,
            Language::Danish => Algorithm::Danish,
            Language::Dutch => Algorithm::Dutch,
            Language::English => Algorithm::English,
            Language::Finnish => Algorithm::Finnish,
            Language::French => Algorithm::French,
            Language::German => Algorithm::German,
            Language::Greek => Algorithm::Greek,
            Language::Hungarian => Algorithm::Hungarian,
            Language::Italian => Algorithm::Italian,
            Language::Norwegian => Algorithm::Norwegian,
            Language::Portuguese => Algorithm::Portuguese,
            Language::Romanian => Algorithm::Romanian,
            Language::Russian => Algorithm::Russian,
            Language::Spanish => Algorithm::Spanish,
            Language::Swedish => Algorithm::Swedish,
            Language::Tamil => Algorithm::Tamil,
            Language::Turkish => Algorithm::Turkish,
        };
        Self { language, engine: Engine::Frostem(frostem::Stemmer::new(algorithm)) }
    }

    /// The stemmer that was saved under this name.
    #[cfg(feature = "serde")]
    pub(super) fn named(language: Language, name: String) -> crate::Result<Self> {
        let stemmer = Self::new(language);
        if stemmer.name() == name {
            return Ok(stemmer);
        }
        #[cfg(feature = "frostem")]
        {
            let current = Self::current(language);
            if current.name() == name {
                return Ok(current);
            }
        }
        Err(crate::Error::mismatch("stemmer", name, Self::AT_HAND))
    }

    /// What this build can stem with, for messages.
    #[cfg(feature = "serde")]
    pub(crate) const AT_HAND: &str = if cfg!(feature = "frostem") {
        "only rust-stemmers-1.2 and frostem-2.20261016.1"
    } else {
        "only rust-stemmers-1.2 (the feature `frostem` is off)"
    };

    /// The stem of a lowercase word. Takes any string: what is no word of the language comes out as
    /// the rules leave it. Words longer than 256 bytes, and those of which the rules would leave
    /// nothing, keep their form.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word.len() > LONGEST || self.leaves(word) {
            return Cow::Borrowed(word);
        }
        let stem = match &self.engine {
            Engine::RustStemmers(stemmer) => match self.language {
                Language::English => porter::stem(word).unwrap_or_else(|| stemmer.stem(word)),
                _ => stemmer.stem(word),
            },
            Engine::Frostem(stemmer) => stemmer.stem(word),
        };
        if stem.is_empty() { Cow::Borrowed(word) } else { stem }
    }

    /// Whether a few letters tell already that the rules leave a word as it is.
    ///
    /// Every rule of the English algorithm of 2017 that changes a word asks for three letters, and for an
    /// ending that is one of those below (`-ed`, `-ing`, `-al`, `-ful`, `-ll`, `-er`, `-ator`, `-ion`, `-ent`, `-ic`,
    /// `-ism`, and so on); but for the apostrophe that it takes from the front. Of `-s` it leaves `-ss` that is
    /// not `-ness` and `-us` that is not `-ous`; a `y` it changes behind a consonant. Half of all distinct words
    /// have no such ending, and asking the algorithm costs more than all else that is done to a new word.
    fn leaves(&self, word: &str) -> bool {
        let english =
            matches!(self.engine, Engine::RustStemmers(_)) && self.language == Language::English;
        let &[.., third, before, last] = word.as_bytes() else {
            return english && !word.contains('\'');
        };
        english
            && !word.starts_with('\'')
            && match last {
                b'e' | b'\'' => false,
                b'c' => before != b'i',
                b'd' => before != b'e',
                b'g' | b't' => before != b'n',
                b'i' => !matches!(before, b'c' | b'g' | b'l' | b't'),
                b'l' => !matches!(before, b'a' | b'l' | b'u'),
                b'm' => before != b's',
                b'n' => before != b'o',
                b'r' => !matches!(before, b'e' | b'o'),
                b's' => (before == b's' && third != b'e') || (before == b'u' && third != b'o'),
                b'y' => matches!(before, b'a' | b'e' | b'i' | b'o' | b'u'),
                _ => true,
            }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Implementation, version and language: saved models keep it, since stems differ between versions.
    pub fn name(&self) -> String {
        let engine = match self.engine {
            Engine::RustStemmers(_) => "rust-stemmers-1.2",
            Engine::Frostem(_) => "frostem-2.20261016.1",
        };
        format!("{engine}/{}", self.language)
    }
}

/// The algorithm in rust-stemmers, if it is safe.
///
/// Greek is not. Its rules cut between two marks, and five of them (`steps3`, `step4`, `step5a` to
/// `step5c`) can cut at a mark that an earlier edit has left behind: on "ΰχώρετε" and "ισαισαν" it lies
/// past the end of the word. In the other languages every cut follows two marks set since the last
/// edit, on every path. frostem moves both marks with each edit, and its Greek rules return only to
/// the end of the word; so both marks are always places between letters, left before right.
fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language {
        Language::Arabic => Algorithm::Arabic,
        Language::Danish => Algorithm::Danish,
        Language::Dutch => Algorithm::Dutch,
        Language::English => Algorithm::English,
        Language::Finnish => Algorithm::Finnish,
        Language::French => Algorithm::French,
        Language::German => Algorithm::German,
        Language::Greek => return None,
        Language::Hungarian => Algorithm::Hungarian,
        Language::Italian => Algorithm::Italian,
        Language::Norwegian => Algorithm::Norwegian,
        Language::Portuguese => Algorithm::Portuguese,
        Language::Romanian => Algorithm::Romanian,
        Language::Russian => Algorithm::Russian,
        Language::Spanish => Algorithm::Spanish,
        Language::Swedish => Algorithm::Swedish,
        Language::Tamil => Algorithm::Tamil,
        Language::Turkish => Algorithm::Turkish,
    })
}

impl Clone for Stemmer {
    fn clone(&self) -> Self {
        match self.engine {
            Engine::RustStemmers(_) => Self::new(self.language),
            Engine::Frostem(stemmer) => {
                Self { language: self.language, engine: Engine::Frostem(stemmer) }
            }
        }
    }
}

/// As [`Stemmer::new`].
impl From<Language> for Stemmer {
    fn from(language: Language) -> Self {
        Self::new(language)
    }
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stemmer").field(&self.name()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The letters of modern Greek in lower case, with and without accent.
    const GREEK: &str = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ";

    fn stemmers() -> impl Iterator<Item = Stemmer> {
        let stemmers = Language::ALL.iter().map(|&language| Stemmer::new(language));
        #[cfg(feature = "frostem")]
        let stemmers =
            stemmers.chain(Language::ALL.iter().map(|&language| Stemmer::current(language)));
        stemmers
    }

    #[test]
    fn a_copy_is_the_same_stemmer() {
        for stemmer in stemmers() {
            assert_eq!(stemmer.clone().name(), stemmer.name());
        }
    }

    #[test]
    fn greek_words_that_other_stemmers_fail_on() {
        let greek = Stemmer::new(Language::Greek);
        assert_eq!(greek.name(), "frostem-2.20261016.1/Greek");
        assert_eq!(greek.stem("ΰχώρετε"), "υετ");
        assert_eq!(greek.stem("ισαισαν"), "ισα");
        assert_eq!(greek.stem("κυβερνήσεις"), greek.stem("κυβέρνηση"));
    }

    /// All words of up to three letters, and one in 997 of those of four.
    #[test]
    fn short_greek_words_have_stems() {
        let greek = Stemmer::new(Language::Greek);
        let letters: Vec<_> = GREEK.chars().collect();
        let all = (1..=3_u32).flat_map(|n| (0..letters.len().pow(n)).map(move |code| (n, code)));
        let some = (0..letters.len().pow(4)).step_by(997).map(|code| (4, code));
        for (n, code) in all.chain(some) {
            let place = |at: u32| code / letters.len().pow(at) % letters.len();
            let word: String = (0..n).map(|at| letters[place(at)]).collect();
            assert!(greek.stem(&word).len() <= word.len() + "ουσ".len(), "{word}");
        }
    }

    #[test]
    fn what_is_too_long_keeps_its_form() {
        for stemmer in stemmers() {
            let word = "s".repeat(LONGEST + 1);
            assert_eq!(stemmer.stem(&word), word);
        }
    }

    proptest! {
        #[test]
        fn any_string_has_a_stem(text in ".{0,30}") {
            for stemmer in stemmers() {
                let stem = stemmer.stem(&text);
                prop_assert!(stem.len() <= 2 * text.len() + 8, "{}: {stem}", stemmer.name());
                prop_assert_eq!(stem.is_empty(), text.is_empty(), "{}", stemmer.name());
            }
        }

        /// What is passed over for speed must not be noticeable.
        #[test]
        fn words_left_as_they_are_are_their_stems(
            word in "['y]?[a-z]{0,6}(ation|ement|iveness|fulli|ousli|edly|ies|eed|ing|ogi|able|'s|at|al|iz|l)?[a-z0-9é.']{1,3}",
        ) {
            let stemmer = Stemmer::new(Language::English);
            if stemmer.leaves(&word) {
                let engine = rust_stemmers::Stemmer::create(Algorithm::English);
                prop_assert_eq!(engine.stem(&word), word.as_str());
            }
        }

        #[test]
        fn any_greek_letters_have_a_stem(word in "[α-ωάέήίόύώϊϋΐΰΑ-Ω]{1,6}(αγαμε|αρ|ησετε|ετε|ανε|ικα|ισα|ουσε|ματα)?") {
            let stem = Stemmer::new(Language::Greek).stem(&word).into_owned();
            prop_assert!(stem.chars().count() <= word.chars().count() + 3, "{word}: {stem}");
        }

        #[test]
        fn any_letters_of_the_languages_have_stems(
            word in "[a-zäöüßåæøéèêëàâîïôùûçñíóúőűışğțşţăąœ]{1,12}|[а-яё]{1,12}|[ء-ي]{1,12}|[அ-ஹா-்]{1,12}"
        ) {
            for stemmer in stemmers() {
                let stem = stemmer.stem(&word);
                prop_assert!(stem.len() <= 2 * word.len() + 8, "{}: {stem}", stemmer.name());
                prop_assert!(!stem.is_empty(), "{}: {word}", stemmer.name());
            }
        }
    }
}
