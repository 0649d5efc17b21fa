//! Where does a word begin and end?
//!
//! [`Segmentation::Uax29`] is Unicode's answer. [`Segmentation::News`] starts from it and keeps
//! whole what a newspaper writes as one: `U.S.`, `AT&T`, `$1.13bn`, `@name`, web addresses.
//! A stretch between ASCII white space is read on its own, which no rule of UAX #29 about words can
//! notice; stretches of letters that the table below knows are read byte by byte, all others go to
//! unicode-segmentation.

mod address;
mod word;

use unicode_segmentation::UnicodeSegmentation;

use super::classes::Class::{self, Currency, Digit, Hard, Letter, Other, Space, Underscore};
use super::classes::{ASCII, class_of};
use super::eight::{AFTER, After, leading_inside, leading_letters};
use super::lanes::Lanes;
use super::tokens::{TakeTokens, TokenKind};
use super::window::Plain;
use word::kind_of;

/// Which rules tell words apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Segmentation {
    /// Made for news: on top of UAX #29, web and e-mail addresses, `@names`, `#tags`, `AT&T`,
    /// `U.S.`, `e-mail`, `Covid-19`, numbers with separators, percentages and money stay whole, and
    /// words between which scraped text lost a space (`end.The`) come apart.
    #[default]
    News,
    /// Exactly the words of Unicode Standard Annex #29.
    Uax29,
}

impl Segmentation {
    /// Hands the tokens of `text` over.
    pub(crate) fn scan(self, text: &str, tokens: &mut impl TakeTokens) {
        match self {
            Self::News => News { text, bytes: text.as_bytes(), tokens }.scan(),
            Self::Uax29 => uax29(text, 0, tokens),
        }
    }
}

fn uax29(text: &str, offset: usize, tokens: &mut impl TakeTokens) {
    for (start, word) in text.unicode_word_indices() {
        let start = offset + start;
        tokens.take(start..start + word.len(), kind_of(word));
    }
}

struct News<'t, 'b, T> {
    text: &'t str,
    bytes: &'t [u8],
    tokens: &'b mut T,
}

impl<T: TakeTokens> News<'_, '_, T> {
    fn scan(&mut self) {
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = pulp::x86::V3::try_new() {
            v3.vectorize(
                #[inline(always)]
                || self.scan_by(v3),
            );
        } else if let Some(sse2) = pulp::core_arch::x86::Sse2::try_new() {
            self.scan_by(sse2);
        }
        #[cfg(not(target_arch = "x86_64"))]
        self.scan_by(super::lanes::Portable);
    }

    /// Reads plain words a window at a time, and everything else in single steps.
    #[allow(clippy::inline_always)] // into the closure that is compiled for AVX2
    #[inline(always)]
    fn scan_by(&mut self, lanes: impl Lanes) {
        let mut at = 0;
        while at < self.bytes.len() {
            let plain = Plain::read(lanes, self.bytes, at);
            self.tokens.take_plain(at, plain);
            at += plain.read;
            if plain.stopped && at < self.bytes.len() {
                at = self.step(at);
            }
        }
    }

    /// Reads what stands at `at`, a token or a few, and returns where to go on.
    #[inline(never)]
    fn step(&mut self, start: usize) -> usize {
        let at = self.ascii_letters(start);
        // Most tokens: ASCII letters, then white space or a comma and white space.
        if at == start {
            return self.gap_end(at).unwrap_or_else(|| self.stretch(start));
        }
        match self.plain_end(at) {
            Some((end, next)) => {
                self.tokens.take(start..end, TokenKind::Word);
                next
            }
            None => self.stretch(start),
        }
    }

    /// Where the ASCII letters from `at` on end.
    #[inline]
    fn ascii_letters(&self, mut at: usize) -> usize {
        while let Some(bytes) = self.bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let letters = leading_letters(*bytes);
            at += letters;
            if letters < 8 {
                return at;
            }
        }
        while self.bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        at
    }

    /// Whether white space or the end of the text stands at `at`.
    fn is_space(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|&byte| AFTER[usize::from(byte)] == After::Space)
    }

    /// Where a word of letters ends and where to go on, if what stands behind the letters that end
    /// at `at` tells already that no word goes on, and no address.
    #[inline]
    fn plain_end(&self, at: usize) -> Option<(usize, usize)> {
        if let Some(next) = self.plain_next(at) {
            return Some((at, next));
        }
        let end = self.contraction(at)?;
        Some((end, self.plain_next(end)?))
    }

    /// Where to go on behind a word that ends at `at` for sure.
    #[inline]
    fn plain_next(&self, at: usize) -> Option<usize> {
        let Some(&byte) = self.bytes.get(at) else { return Some(at) };
        match AFTER[usize::from(byte)] {
            After::Space => Some(at + 1),
            After::Stop => {
                let mut end = at + 1;
                while self
                    .bytes
                    .get(end)
                    .is_some_and(|&byte| AFTER[usize::from(byte)] == After::Stop)
                {
                    end += 1;
                }
                self.is_space(end).then_some(end)
            }
            After::Punctuation => self.dash_or_quote(at),
            _ => None,
        }
    }

    /// Where a dash or curly quotation mark at `at` ends.
    fn dash_or_quote(&self, at: usize) -> Option<usize> {
        let mark = self.bytes.get(at..at + 3)?;
        matches!(mark, [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D]).then_some(at + 3)
    }

    /// The end of `’s` or `n't` whose apostrophe is at `at`.
    fn contraction(&self, at: usize) -> Option<usize> {
        let letters = match self.bytes.get(at..)? {
            [b'\'', ..] => at + 1,
            [0xE2, 0x80, 0x98 | 0x99, ..] => at + 3,
            _ => return None,
        };
        let end = self.ascii_letters(letters);
        (end > letters).then_some(end)
    }

    /// Where to go on if what stands at `at`, which is no letter, tells already that it begins no word.
    #[inline]
    fn gap_end(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        match AFTER[usize::from(*self.bytes.get(at)?)] {
            After::Space => {
                while self
                    .bytes
                    .get(at)
                    .is_some_and(|&byte| AFTER[usize::from(byte)] == After::Space)
                {
                    at += 1;
                }
                Some(at)
            }
            After::Stop | After::Sign => {
                while self.bytes.get(at).is_some_and(|&byte| {
                    matches!(AFTER[usize::from(byte)], After::Stop | After::Sign)
                }) {
                    at += 1;
                }
                match self.bytes[start] {
                    _ if self.is_space(at) => Some(at),
                    // These cannot belong to an address.
                    b'(' | b'[' | b'"' => Some(start + 1),
                    // Nor can letters that white space follows, whatever stands before them.
                    _ => {
                        let end = self.ascii_letters(at);
                        let next = self.plain_next(end)?;
                        if end > at {
                            self.tokens.take(at..end, TokenKind::Word);
                        }
                        Some(next)
                    }
                }
            }
            After::Digit => {
                while self.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                let next = self.plain_next(at)?;
                self.tokens.take(start..at, TokenKind::Number);
                Some(next)
            }
            After::Punctuation => self.dash_or_quote(at),
            After::Other => None,
        }
    }

    /// Reads the stretch up to the next white space or sign outside ASCII that no word holds, and
    /// returns where to go on.
    fn stretch(&mut self, start: usize) -> usize {
        let mut end = start;
        let mut hard = false;
        let mut address = self.bytes[start] == b'w';
        let next = loop {
            while let Some(bytes) = self.bytes.get(end..).and_then(|rest| rest.first_chunk()) {
                let (inside, marks) = leading_inside(*bytes);
                address |= marks;
                end += inside;
                if inside < 8 {
                    break;
                }
            }
            match self.bytes.get(end) {
                None => break end,
                Some(&byte) if byte.is_ascii() => {
                    if ASCII[usize::from(byte)] == Space {
                        break end;
                    }
                    address |= matches!(byte, b'@' | b'/');
                    end += 1;
                }
                Some(_) => {
                    let (class, width) = self.at(end);
                    if class == Other {
                        break end + width;
                    }
                    hard |= class == Hard;
                    end += width;
                }
            }
        };
        let mut at = start;
        if address && let Some((range, kind)) = self.address(start..end) {
            at = range.end;
            self.tokens.take(range, kind);
        }
        self.words(at, end, hard);
        next
    }

    fn words(&mut self, mut at: usize, end: usize, hard: bool) {
        if hard {
            uax29(&self.text[at..end], at, self.tokens);
            return;
        }
        while at < end {
            let (class, width) = self.at(at);
            at = match class {
                Letter | Digit | Underscore => {
                    self.letters(at).unwrap_or_else(|| self.word(at, at))
                }
                Currency if self.class(at + width) == Digit => self.word(at, at + width),
                Other if matches!(self.bytes[at], b'#' | b'@') => self.tag(at),
                _ => at + width,
            };
        }
    }

    /// The class and width in bytes of the character at a byte offset; `Space` past the end.
    #[inline]
    fn at(&self, at: usize) -> (Class, usize) {
        match self.bytes.get(at) {
            None => (Space, 1),
            Some(&byte) if byte.is_ascii() => (ASCII[usize::from(byte)], 1),
            Some(_) => self.beyond_ascii(at),
        }
    }

    #[cold]
    #[inline(never)]
    fn beyond_ascii(&self, at: usize) -> (Class, usize) {
        let c = self.text[at..].chars().next().unwrap_or(' ');
        (class_of(c), c.len_utf8())
    }

    #[inline]
    fn class(&self, at: usize) -> Class {
        self.at(at).0
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// Where the run of one class that starts at `at` ends.
    fn run(&self, mut at: usize, class: Class) -> usize {
        loop {
            let (found, width) = self.at(at);
            if found != class {
                return at;
            }
            at += width;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tokens::Tokens;
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(text, &mut tokens);
        tokens.iter(text).map(|token| token.text()).collect()
    }

    fn kinds(text: &str) -> Vec<TokenKind> {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(text, &mut tokens);
        tokens.iter(text).map(|token| token.kind()).collect()
    }

    #[test]
    fn news_keeps_whole_what_news_writes_as_one() {
        let cases: &[(&str, &[&str])] = &[
            ("The U.S. Senate", &["The", "U.S.", "Senate"]),
            ("the U.S.’s envoy", &["the", "U.S.’s", "envoy"]),
            ("in the U.S., too", &["in", "the", "U.S.", "too"]),
            ("at 3 p.m. today", &["at", "3", "p.m.", "today"]),
            ("J. Smith", &["J", "Smith"]),
            ("AT&T and R&D, S&P 500", &["AT&T", "and", "R&D", "S&P", "500"]),
            ("an e-mail on Covid-19", &["an", "e-mail", "on", "Covid-19"]),
            ("Tehran-Baku ties", &["Tehran", "Baku", "ties"]),
            ("two-and-a-half", &["two", "and", "a", "half"]),
            ("rose 22% to $1.13bn (£600m)", &["rose", "22%", "to", "$1.13bn", "£600m"]),
            ("1,234.5 at 10:30", &["1,234.5", "at", "10:30"]),
            ("didn’t, can't, workers’", &["didn’t", "can't", "workers"]),
            ("don`t donʼt don´t don‛t `don't'", &["don`t", "donʼt", "don´t", "don‛t", "don't"]),
            ("the end.The next", &["the", "end", "The", "next"]),
            ("see example.com.", &["see", "example.com"]),
            ("(https://a.org/x_y?z=1).", &["https://a.org/x_y?z=1"]),
            ("mail a.b@c-d.org, now", &["mail", "a.b@c-d.org", "now"]),
            ("@user on #COP28 #39;", &["@user", "on", "#COP28", "39"]),
            ("‘quoted’ “words”—here", &["quoted", "words", "here"]),
            ("Ph.D. at MIT", &["Ph.D", "at", "MIT"]),
            ("été à Zürich", &["été", "à", "Zürich"]),
            ("@user🙂#COP28 U.S.🚀AT&T", &["@user", "#COP28", "U.S.", "AT&T"]),
            ("R&D—日本 e-mail\u{200B}U.S.", &["R&D", "日", "本", "e-mail", "U.S."]),
            ("“https://a.org/x”—see", &["https://a.org/x", "see"]),
            ("سلام دنیا 日本", &["سلام", "دنیا", "日", "本"]),
            ("__ -- ...", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&words(text), expected, "{text}");
        }
    }

    #[test]
    fn kinds_tell_numbers_and_addresses() {
        use TokenKind::{Email, Handle, Hashtag, Number, Url, Word};
        assert_eq!(
            kinds("5G 1980s 22nd $3m 7% 3,5"),
            [Word, Number, Number, Number, Number, Number]
        );
        assert_eq!(kinds("www.a.org a@b.org @c #d e"), [Url, Email, Handle, Hashtag, Word]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_inside_the_text(
            text in prop_oneof!["\\PC*", "[\u{0}-\u{ff}]{0,24}", "[a-zA-ZU.S’'”â日1%$£#@&:/,_ -]{0,24}"],
        ) {
            let mut tokens = Tokens::default();
            Segmentation::News.scan(&text, &mut tokens);
            let mut last = 0;
            for token in tokens.iter(&text) {
                prop_assert!(token.range().start >= last && !token.text().is_empty());
                last = token.range().end;
                prop_assert!(last <= text.len());
            }
        }

        /// The split at white space and the byte table must not be noticeable: on text without the
        /// signs that news treats specially, both modes agree.
        #[test]
        fn plain_words_are_those_of_uax29(text in "[a-zA-ZÀ-ÖØ-öø-ɏΑ-ωА-я0-9 ,;!?()’‘“”–—\\n\u{301}\u{200B}🙂→™日あ]{0,40}") {
            let text = text.replace([',', ';'], " ");
            let (mut news, mut uax) = (Tokens::default(), Tokens::default());
            Segmentation::News.scan(&text, &mut news);
            Segmentation::Uax29.scan(&text, &mut uax);
            prop_assert_eq!(news, uax);
        }

        /// Nor must windows be noticeable in which plain words are read at once.
        #[test]
        fn windows_hold_the_tokens_that_single_steps_find(
            text in prop_oneof![
                r#"([a-zA-Z]{1,9}[ ,.'’-]{1,2}|[0-9]{1,3}[ ,.:-]|[-.,'`/_&@#$%(\\"\x01]{1,3}| |www|www\.|://|U\.S\.|é){0,60}"#,
                "[a-cA-B1-2 '`.,/&@_-]{0,150}",
                "[\u{0}-\u{80} ]{0,150}",
            ],
        ) {
            let (mut windows, mut steps) = (Tokens::default(), Tokens::default());
            Segmentation::News.scan(&text, &mut windows);
            let mut news = News { text: &text, bytes: text.as_bytes(), tokens: &mut steps };
            let mut at = 0;
            while at < text.len() {
                at = news.step(at);
            }
            prop_assert_eq!(windows, steps);
        }
    }
}
