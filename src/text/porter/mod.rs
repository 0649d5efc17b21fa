//! English stems by the algorithm of 2017 (Porter's second, <https://snowballstem.org/algorithms/english/stemmer.html>), for words
//! that are ASCII letters and nothing else.
//!
//! The stems are those of rust-stemmers, to which all other words go; a test compares the two. Its machine
//! tries each ending in turn and asks for memory; here the last letters say which few endings there can be,
//! and the word stays where it is. A new corpus has a new word in every thirty, and half of them have an
//! ending that needs a look.

mod endings;

use std::borrow::Cow;

use self::endings::{
    ABLE, AL, ALIZE, ANCE, ATE, ATION, ATIVE, ENT, ER, Ending, FUL, IC, ICAL, ICATE, ION, ISM, ITI,
    IVE, IZE, IZER, LI, NCI, NESS, OGI, ONLY_NESS, OUS, TIONAL, WHOLE,
};

/// Longer words are left to the engine.
const LONGEST: usize = 32;

/// The stem of a word, `None` if the word is none for this algorithm: too long, or not only of
/// lowercase ASCII letters.
pub(super) fn stem(word: &str) -> Option<Cow<'_, str>> {
    let written = word.as_bytes();
    if written.len() > LONGEST || !written.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    if written.len() < 3 {
        return Some(Cow::Borrowed(word));
    }
    if let Some(stem) = exception(word) {
        return Some(Cow::Borrowed(stem));
    }
    let mut stem = Stem::new(written);
    stem.cut();
    let letters = stem.letters();
    if let Some(same) = word.get(..letters.len()).filter(|same| same.as_bytes() == letters) {
        return Some(Cow::Borrowed(same));
    }
    Some(Cow::Owned(String::from_utf8_lossy(letters).into_owned()))
}

/// Words whose stem is no matter of endings.
fn exception(word: &str) -> Option<&str> {
    if word.len() > 6 {
        return None;
    }
    let stem = match word {
        "skis" => "ski",
        "skies" => "sky",
        "dying" => "die",
        "lying" => "lie",
        "tying" => "tie",
        "idly" => "idl",
        "gently" => "gentl",
        "ugly" => "ugli",
        "early" => "earli",
        "only" => "onli",
        "singly" => "singl",
        "sky" | "news" | "howe" | "atlas" | "cosmos" | "bias" | "andes" => word,
        _ => return None,
    };
    Some(stem)
}

/// A word that is being cut.
struct Stem {
    bytes: [u8; LONGEST + 1],
    len: usize,
    /// A bit for each vowel, the first letter's lowest; a `y` is one unless a vowel or nothing stands before it.
    vowels: u64,
    /// Where the regions R1 and R2 begin: behind the first vowel and what follows it, and the same again.
    r1: usize,
    r2: usize,
}

impl Stem {
    fn new(word: &[u8]) -> Self {
        let mut bytes = [0; LONGEST + 1];
        bytes[..word.len()].copy_from_slice(word);
        let mut vowels = 0;
        // Before the first letter as behind a vowel.
        let mut after_vowel = true;
        for (at, letter) in word.iter().enumerate() {
            after_vowel = match letter {
                b'a' | b'e' | b'i' | b'o' | b'u' => true,
                b'y' => !after_vowel,
                _ => false,
            };
            vowels |= u64::from(after_vowel) << at;
        }
        let len = word.len();
        let mut stem = Self { bytes, len, vowels, r1: len, r2: len };
        stem.r1 = if word.starts_with(b"gener") || word.starts_with(b"arsen") {
            5
        } else if word.starts_with(b"commun") {
            6
        } else {
            stem.region_from(0)
        };
        stem.r2 = stem.region_from(stem.r1);
        stem
    }

    /// Where the first letter is behind that which follows the first vowel from `at` on and is none; the end
    /// of the word if there is none.
    fn region_from(&self, at: usize) -> usize {
        let vowel = (self.vowels >> at << at).trailing_zeros();
        let behind = !self.vowels & u64::MAX.checked_shl(vowel).unwrap_or(0);
        (behind.trailing_zeros() as usize + 1).min(self.len)
    }

    fn letters(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn is_vowel(&self, at: usize) -> bool {
        self.vowels >> at & 1 == 1
    }

    /// Whether there is a vowel before `end`.
    fn has_vowel(&self, end: usize) -> bool {
        self.vowels & ((1 << end) - 1) != 0
    }

    fn put(&mut self, letters: &[u8]) {
        for &letter in letters {
            self.bytes[self.len] = letter;
            let vowel = matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u');
            self.vowels = self.vowels & !(1 << self.len) | u64::from(vowel) << self.len;
            self.len += 1;
        }
    }

    /// Puts other letters in the place of an ending.
    fn replace(&mut self, ending: &Ending) {
        self.len -= ending.len;
        self.put(ending.other);
    }

    /// Whether the letters end in a short syllable.
    fn is_short(&self) -> bool {
        let n = self.len;
        match n {
            0 | 1 => false,
            2 => self.is_vowel(0) && !self.is_vowel(1),
            _ => {
                // A `y` that is no vowel does not close a syllable either.
                let closed =
                    !self.is_vowel(n - 1) && !matches!(self.bytes[n - 1], b'w' | b'x' | b'y');
                closed && self.is_vowel(n - 2) && !self.is_vowel(n - 3)
            }
        }
    }

    fn cut(&mut self) {
        self.cut_plural();
        if self.find(&WHOLE).is_some_and(|whole| whole.len == self.len) {
            return;
        }
        self.cut_past();
        self.change_y();
        self.shorten();
        self.shorten_more();
        self.cut_last();
        self.cut_e_or_l();
    }

    /// Step 1a.
    fn cut_plural(&mut self) {
        let n = self.len;
        match self.letters() {
            [.., b's', b's', b'e', b's'] => self.len -= 2,
            [.., b'i', b'e', b'd' | b's'] => self.len -= if n > 4 { 2 } else { 1 },
            [.., b'u' | b's', b's'] => {}
            [.., b's'] if self.has_vowel(n - 2) => self.len -= 1,
            _ => {}
        }
    }

    /// Step 1b.
    fn cut_past(&mut self) {
        let ending = match self.letters() {
            [.., b'e', b'e', b'd'] => return self.cut_eed(3),
            [.., b'e', b'e', b'd', b'l', b'y'] => return self.cut_eed(5),
            [.., b'e', b'd'] => 2,
            [.., b'i', b'n', b'g'] => 3,
            [.., b'e', b'd', b'l', b'y'] => 4,
            [.., b'i', b'n', b'g', b'l', b'y'] => 5,
            _ => return,
        };
        if !self.has_vowel(self.len - ending) {
            return;
        }
        self.len -= ending;
        match self.letters() {
            [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => self.put(b"e"),
            [.., a, b] if a == b && b"bdfgmnprt".contains(a) => self.len -= 1,
            _ if self.len == self.r1 && self.is_short() => self.put(b"e"),
            _ => {}
        }
    }

    fn cut_eed(&mut self, ending: usize) {
        if self.len - ending >= self.r1 {
            self.len -= ending;
            self.put(b"ee");
        }
    }

    /// Step 1c.
    fn change_y(&mut self) {
        let n = self.len;
        if n > 2 && self.bytes[n - 1] == b'y' && !self.is_vowel(n - 2) {
            self.len -= 1;
            self.put(b"i");
        }
    }

    /// The first of a few endings that the word has. Where one ends in another the longer comes first.
    fn find<'e>(&self, endings: &'e [Ending]) -> Option<&'e Ending> {
        let last = self.last_eight();
        endings.iter().find(|ending| last & ending.mask == ending.letters && ending.len <= self.len)
    }

    /// The last letters as a number, the last one lowest, as those of an [`Ending`].
    fn last_eight(&self) -> u64 {
        let start = self.len.saturating_sub(8);
        let eight = self.bytes[start..].first_chunk().map_or(0, |eight| u64::from_be_bytes(*eight));
        // A shorter word stands at the upper end.
        eight >> (8 * (8 - (self.len - start)))
    }

    /// Step 2.
    fn shorten(&mut self) {
        let endings: &[Ending] = match self.letters() {
            [.., b'a', _] => &TIONAL,
            [.., b'c', _] => &NCI,
            [.., b'e', _] => &IZER,
            [.., b'g', _] => &OGI,
            [.., b'l', _] => &LI,
            [.., b'o', _] => &ATION,
            [.., b's', _] => &NESS,
            [.., b't', _] => &ITI,
            _ => return,
        };
        let Some(ending) = self.find(endings) else { return };
        let end = self.len - ending.len;
        let allowed = match (ending.len, &self.bytes[..end]) {
            (2, [.., before]) => b"cdeghkmnrt".contains(before),
            (3, [.., before]) if ending.letters == OGI[0].letters => *before == b'l',
            _ => true,
        };
        if end >= self.r1 && allowed {
            self.replace(ending);
        }
    }

    /// Step 3.
    fn shorten_more(&mut self) {
        let endings: &[Ending] = match self.letters() {
            [.., b'a', _] => &ICAL,
            [.., b's', _] => &ONLY_NESS,
            [.., b't', _] => &ICATE,
            [.., b'u', _] => &FUL,
            [.., b'v', _] => &ATIVE,
            [.., b'z', _] => &ALIZE,
            _ => return,
        };
        let Some(ending) = self.find(endings) else { return };
        let region = if ending.letters == ATIVE[0].letters { self.r2 } else { self.r1 };
        if self.len - ending.len >= region {
            self.replace(ending);
        }
    }

    /// Step 4.
    fn cut_last(&mut self) {
        let endings: &[Ending] = match self.letters() {
            [.., b'a', _] => &AL,
            [.., b'c', _] => &ANCE,
            [.., b'e', _] => &ER,
            [.., b'i', _] => &IC,
            [.., b'l', _] => &ABLE,
            [.., b'n', _] => &ENT,
            [.., b'o', _] => &ION,
            [.., b's', _] => &ISM,
            [.., b't', _] => &ATE,
            [.., b'u', _] => &OUS,
            [.., b'v', _] => &IVE,
            [.., b'z', _] => &IZE,
            _ => return,
        };
        let Some(ending) = self.find(endings) else { return };
        let end = self.len - ending.len;
        let is_ion = ending.letters == ION[0].letters;
        if end >= self.r2 && (!is_ion || matches!(self.bytes[..end], [.., b's' | b't'])) {
            self.len = end;
        }
    }

    /// Step 5.
    fn cut_e_or_l(&mut self) {
        let Some(end) = self.len.checked_sub(1) else { return };
        match self.bytes[end] {
            b'e' => {
                let open = |stem: &mut Self| {
                    stem.len = end;
                    let short = stem.is_short();
                    stem.len = end + 1;
                    !short
                };
                if end >= self.r2 || (end >= self.r1 && open(self)) {
                    self.len = end;
                }
            }
            b'l' if end >= self.r2 && self.bytes[..end].ends_with(b"l") => self.len = end,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn engine() -> rust_stemmers::Stemmer {
        rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English)
    }

    const ENDINGS: &[&str] = &[
        "", "s", "es", "ies", "ied", "sses", "us", "ss", "ed", "eed", "ing", "edly", "eedly",
        "ingly", "y", "ly", "enci", "ency", "ance", "ably", "ibly", "ally", "ality", "ational",
        "tional", "ization", "izer", "izing", "ator", "ation", "ations", "alism", "alist",
        "fulness", "ousness", "iveness", "ivity", "ability", "ibility", "logy", "logi", "fully",
        "lessly", "ously", "ently", "icate", "icity", "ical", "ative", "alize", "ful", "ness",
        "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "sion", "tion", "er", "ers",
        "ism", "ate", "iti", "ous", "ive", "ize", "e", "ee", "l", "ll", "le", "el", "bbed",
        "pping", "tted", "bled", "ated", "ized", "w", "wing", "xed", "yed", "ying",
    ];

    /// Up to three letters of all kinds that the algorithm tells apart, with every ending.
    #[test]
    fn short_words_with_endings_have_the_stems_of_the_engine() {
        let engine = engine();
        let letters = b"aeiouysltwbc";
        let mut n_words = 0;
        for length in 0..=3_u32 {
            for code in 0..letters.len().pow(length) {
                let place = |at: u32| letters[code / letters.len().pow(at) % letters.len()] as char;
                let start: String = (0..length).map(place).collect();
                for ending in ENDINGS {
                    let word = format!("{start}{ending}");
                    assert_eq!(stem(&word), Some(engine.stem(&word)), "{word}");
                    n_words += 1;
                }
            }
        }
        assert!(n_words > 100_000);
    }

    #[test]
    fn exceptions_have_the_stems_of_the_engine() {
        let engine = engine();
        let words = "skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes \
            inning outing canning herring earring proceed exceed succeed innings proceeds exceeding generate general \
            arsenal communism communist commune";
        for word in words.split(' ') {
            assert_eq!(stem(word), Some(engine.stem(word)), "{word}");
        }
    }

    #[test]
    fn what_is_not_only_letters_is_left_to_the_engine() {
        for word in ["o'brien", "été", "F", "plan-b", &"a".repeat(LONGEST + 1)] {
            assert_eq!(stem(word), None);
        }
    }

    proptest! {
        #[test]
        fn letters_have_the_stems_of_the_engine(start in "(gener|arsen|commun)?[a-z]{0,9}", endings in prop::collection::vec(prop::sample::select(ENDINGS), 0..3)) {
            let word = start + &endings.concat();
            if word.len() <= LONGEST {
                prop_assert_eq!(stem(&word), Some(engine().stem(&word)));
            }
        }
    }
}
