//! Which vowels of an English word sound, and which stand apart?
//!
//! Vowels that stand together are one syllable, unless they are of those that English keeps apart; an
//! `e` at the end of a word, of its stem or of the first half of a compound is silent, with exceptions.

/// First halves of compounds whose last `e` is silent: "lifetime", "spokesman".
const FIRST_HALVES: &[&str] = &[
    "age", "base", "bare", "bride", "cake", "care", "case", "close", "code", "came", "date",
    "else", "eye", "face", "fare", "fire", "five", "fore", "frame", "game", "gate", "grace",
    "grape", "guide", "hate", "here", "home", "horse", "house", "ice", "juice", "lake", "life",
    "like", "lime", "line", "live", "love", "make", "mile", "more", "name", "nine", "none", "nose",
    "note", "nurse", "page", "peace", "pipe", "place", "race", "rate", "safe", "sales", "score",
    "shake", "shape", "share", "shore", "side", "smoke", "some", "space", "spokes", "stake",
    "stale", "states", "stone", "store", "take", "there", "time", "trade", "trouble", "vice",
    "vine", "wage", "wake", "ware", "wave", "where", "white", "whole", "wide", "wife", "wine",
    "wire",
];

/// Endings before which a silent `e` stays silent.
const ENDINGS: &[&str] = &[
    "ly", "ment", "ments", "ful", "fully", "less", "lessly", "lessness", "ness", "some", "ty",
    "ties",
];

/// The letters of a word, `a` to `z`.
pub(super) struct Letters<'w>(pub(super) &'w [u8]);

impl Letters<'_> {
    /// The syllables by rule, which may be none.
    pub(super) fn count(&self) -> usize {
        let mut count: usize = 0;
        for at in 0..self.0.len() {
            if self.is_vowel(at) && (at == 0 || !self.is_vowel(at - 1) || self.apart(at)) {
                count += 1;
            }
        }
        if self.ends(b"sm") || self.ends(b"sms") || self.ends(b"thm") || self.ends(b"thms") {
            count += 1;
        }
        if self.0.starts_with(b"mc") && self.0.len() > 2 {
            count += 1;
        }
        count.saturating_sub(usize::from(self.silent_end()) + usize::from(self.silent_inside()))
    }

    fn at(&self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(b' ')
    }

    fn ends(&self, ending: &[u8]) -> bool {
        self.0.ends_with(ending)
    }

    fn follows(&self, at: usize, letters: &[u8]) -> bool {
        self.0.get(at..).is_some_and(|rest| rest.starts_with(letters))
    }

    fn follows_any(&self, at: usize, all: &[&str]) -> bool {
        all.iter().any(|letters| self.follows(at, letters.as_bytes()))
    }

    /// Whether the letter sounds as a vowel: not the `y` of "yes" and "mayor", the `u` of "quick" and
    /// "guess".
    fn is_vowel(&self, at: usize) -> bool {
        let next = is_vowel_letter(self.at(at + 1)) || self.at(at + 1) == b'y';
        match self.at(at) {
            b'u' if at > 0 && next => match self.at(at - 1) {
                b'q' => false,
                b'g' => !matches!(self.at(at + 1), b'a' | b'e' | b'i') || self.follows(at, b"uity"),
                _ => true,
            },
            b'a' | b'e' | b'i' | b'o' | b'u' => true,
            b'y' if self.follows(at, b"yard") => false,
            b'y' => {
                let before = at > 0 && !is_vowel_letter(self.at(at - 1)) && self.at(at - 1) != b'w';
                !is_vowel_letter(self.at(at + 1)) || before
            }
            _ => false,
        }
    }

    /// Whether a vowel stands before this place, without the one that ends there.
    fn vowel_before(&self, at: usize) -> bool {
        (0..at).any(|before| self.is_vowel(before))
    }

    /// Whether the vowel at `at` is another syllable than the vowel before it.
    fn apart(&self, at: usize) -> bool {
        let first = at - 1;
        let before = if first > 0 { self.at(first - 1) } else { b' ' };
        let after = self.at(at + 1);
        let later = self.vowel_before(first);
        match (self.at(first), self.at(at)) {
            (b'y', b'e') => at + 1 != self.0.len(),
            (b'y', _) | (b'i', b'i') | (b'a' | b'u', b'o') => true,
            (b'e', b'e') => {
                at == 2 && before == b'r' && self.follows_any(at, &["elec", "est", "ent", "exa"])
            }
            // "media", but "social", "Italian", "marriage".
            (b'i', b'a') => !match before {
                b'c' | b't' => {
                    later && !self.follows_any(at, &["ate", "ati", "ato", "ary", "ari", "able"])
                }
                b's' => later && (matches!(after, b'n' | b'l' | b' ')),
                b'g' => later && matches!(after, b'n' | b' '),
                b'l' | b'n' => {
                    later
                        && before == b'l'
                        && matches!(after, b'n' | b'r')
                        && self.at(at + 2) != b'c'
                }
                b'r' => self.follows(at, b"age"),
                _ => false,
            },
            // "violence", but "nation", "million", "senior", "behaviour".
            (b'i', b'o') => !match before {
                b't' | b's' | b'c' | b'g' | b'x' | b'h' => matches!(after, b'n' | b'u'),
                b'l' => later && after == b'n',
                b'n' => later && matches!(after, b'n' | b'r'),
                b'v' => self.follows_any(at, &["or", "our"]),
                _ => false,
            },
            // "stadium", but "Belgium".
            (b'i', b'u') => before != b'g' && after != b' ',
            // "quiet", "experience", "carrier", but "field", "patient".
            (b'i', b'e') => {
                (after == b't' && self.at(at + 2) != b't')
                    || (self.follows_any(at, &["ent", "enc"])
                        && !(later && matches!(before, b'c' | b't' | b'n')))
                    || (later && matches!(&self.0[at..], b"er" | b"ers" | b"est"))
            }
            (b'e', b'a') => self.e_a(at, later, before),
            // "video", but "people", "pigeon", "someone".
            (b'e', b'o') => !match before {
                b'g' => matches!(after, b'n' | b'u' | b'r'),
                b'h' => after == b'n',
                b'p' => self.follows(at, b"opl"),
                b'y' => true,
                b'l' | b'j' => self.follows(at, b"opard"),
                b'm' => self.follows(at, b"one"),
                _ => false,
            },
            // "museum", "reunion", but "Europe".
            (b'e', b'u') => {
                matches!(&self.0[at..], b"um" | b"us" | b"ums")
                    || self.0.starts_with(b"reun") && at == 2
                    || self.0.starts_with(b"reus") && at == 2
            }
            // "being", "reinforce", "atheism", but "their".
            (b'e', b'i') => {
                self.follows(at, b"ing")
                    || at == 2
                        && before == b'r'
                        && self.follows_any(at, &["inf", "ins", "int", "inv", "it", "im"])
                    || before == b'h' && self.follows_any(at, &["ism", "ist"])
            }
            (b'a', b'i') => self.follows(at, b"ic") && at + 2 == self.0.len(),
            (b'o', b'a') => {
                at == 2 && self.0.starts_with(b"coali") || at == 3 && self.0.starts_with(b"proac")
            }
            // "poet", "coexist", but "goes", "phoenix".
            (b'o', b'e') => {
                before != b'h'
                    && self.follows_any(at, &["em", "et", "ev", "ex", "erc", "ele", "ec"])
            }
            (b'o', b'i') => {
                self.follows(at, b"ing")
                    || self.follows(at, b"ic") && matches!(self.at(at + 2), b' ' | b'a' | b's')
                    || self.0.starts_with(b"coinc")
            }
            (b'o', b'o') => {
                at == 2 && (self.0.starts_with(b"coord") || self.0.starts_with(b"coopera"))
            }
            (b'u', b'a') => !(before == b's' && matches!(after, b'd' | b's' | b'v')),
            (b'u', b'e') => matches!(after, b'l' | b'n' | b't') && before != b'p',
            // "ruin", "ambiguity", "fluid", but "build".
            (b'u', b'i') => {
                self.follows_any(at, &["ity", "ities", "ing", "in", "itio", "itiv", "itou", "icid"])
                    || before == b'l' && after == b'd'
            }
            _ => false,
        }
    }

    /// "area" and "Korean", but "sea" and "ocean"; "create", "react".
    fn e_a(&self, at: usize, later: bool, before: u8) -> bool {
        let end = &self.0[at..];
        let last = matches!(end, b"a" | b"as") && before != b's'
            || matches!(end, b"an" | b"ans") && matches!(before, b'r' | b'n' | b'p' | b'b' | b'm');
        let re = at == 2
            && before == b'r'
            && (self.follows_any(at, &["aff", "ass", "app", "arr", "act", "allo", "ali"]));
        let create = before == b'r'
            && self.follows_any(at, &["ate", "ati", "ato"])
            && at >= 3
            && self.at(at - 3) == b'c';
        last && later
            || re
            || create
            || before == b'h' && self.follows(at, b"at") && self.at(0) == b't'
    }

    /// Whether the word ends in a silent `e`, `es` or `ed`.
    fn silent_end(&self) -> bool {
        let n = self.0.len();
        let e = match self.0 {
            [.., b'e'] => n - 1,
            [.., b'e', b's' | b'd'] => n - 2,
            _ => return false,
        };
        if e == 0 || self.is_vowel(e - 1) || !self.vowel_before(e) {
            return false;
        }
        let before = self.at(e - 1);
        let second = if e > 1 { self.at(e - 2) } else { b' ' };
        let consonant = e > 1 && !self.is_vowel(e - 2);
        // "table", "settled"; "centre", "hundred".
        if before == b'l' && consonant && second != b'l' && !matches!(second, b'r' | b'w')
            || before == b'r' && matches!(second, b't' | b'c' | b'b' | b'd' | b'g' | b'f')
        {
            return false;
        }
        match self.at(e + 1) {
            b's' => {
                let hiss = matches!(before, b's' | b'x' | b'z' | b'c' | b'g')
                    || before == b'h' && matches!(second, b'c' | b's');
                !hiss
            }
            b'd' => !matches!(before, b't' | b'd'),
            _ => true,
        }
    }

    /// Whether a silent `e` stands before an ending or at the seam of a compound.
    fn silent_inside(&self) -> bool {
        let stem = ENDINGS.iter().filter_map(|ending| self.0.strip_suffix(ending.as_bytes()));
        let mut stems = stem.filter(|stem| stem.len() > 2);
        let derived = stems.any(|stem| {
            let stem = Letters(stem);
            stem.0.ends_with(b"e") && stem.silent_end()
        });
        let compound = || {
            let halves =
                FIRST_HALVES.iter().filter_map(|half| self.0.strip_prefix(half.as_bytes()));
            let mut rests = halves.map(Letters);
            rests.any(|rest| {
                rest.0.len() > 1
                    && !is_vowel_letter(rest.at(0))
                    && rest.at(0) != b'r'
                    && rest.at(0) != b'n'
                    && (0..rest.0.len()).any(|at| rest.is_vowel(at))
            })
        };
        derived || compound()
    }
}

fn is_vowel_letter(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}
