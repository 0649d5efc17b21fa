//! Where does a sentence end?
//!
//! Unicode's sentences (UAX #29) end after "Mr.", "Sen." and "U.S."; news is full of them. The places
//! where a sentence could end come from `stops`, `ending` decides.

mod abbreviations;
mod ending;
mod stops;
mod telling;

use std::fmt;
use std::ops::Range;

use unicode_segmentation::{USentenceBoundIndices, UnicodeSegmentation};

use self::ending::ends;
use self::stops::next_stop;
use super::scan::Segmentation;

/// The longest sentence, in bytes. What looks longer is a table or no prose at all; in parts it costs
/// its readers, who compare the words of a sentence with each other, no more than prose.
const LONGEST: usize = 4096;

/// The sentences of a paragraph of news, as byte ranges without surrounding white space; short for
/// [`Segmentation::News`]`.sentences(text)`.
///
/// ```
/// let text = "Sen. J. Smith left the U.S. on Jan. 3. He didn’t say why.";
/// let found: Vec<_> = undertone::sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(found, ["Sen. J. Smith left the U.S. on Jan. 3.", "He didn’t say why."]);
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Segmentation::News.sentences(text)
}

/// Whether a word is written with a full stop that ends nothing.
pub(super) fn is_abbreviation(word: &str) -> bool {
    abbreviations::abbreviation(word).is_some()
}

impl Segmentation {
    /// The sentences of a paragraph, as byte ranges into it, in order.
    ///
    /// [`Uax29`](Self::Uax29) gives exactly the segments of Unicode Standard Annex #29: they cover
    /// the text, white space and all, and end at every line break.
    ///
    /// [`News`](Self::News) knows what news is full of. Sentences go on behind abbreviations
    /// (`Mr.`, `U.S. Senate`, `No. 5`, `Jan. 3`, `J. Smith`), inside quotation marks and brackets of
    /// up to 300 bytes and behind a quotation’s own question mark (`“Why?” he asked`); they end where
    /// scraped text lost a space (`the end.The next`). A line break is white space, as in a
    /// paragraph that was wrapped; a blank line ends a sentence. One of more than 4096 bytes is cut
    /// into parts at white space. The ranges have no white space around them.
    ///
    /// Cost: linear in the text.
    ///
    /// ```
    /// use undertone::Segmentation;
    ///
    /// let text = "Sen. Ortiz left. ";
    /// assert_eq!(Segmentation::News.sentences(text).collect::<Vec<_>>(), [0..16]);
    /// assert_eq!(Segmentation::Uax29.sentences(text).collect::<Vec<_>>(), [0..5, 5..17]);
    /// ```
    pub fn sentences(self, text: &str) -> Sentences<'_> {
        Sentences(match self {
            Self::News => Inner::News(News { text, at: 0, parts: 0..0 }),
            Self::Uax29 => Inner::Uax29(text.split_sentence_bound_indices()),
        })
    }
}

/// Iterator over sentences, from [`Segmentation::sentences`].
#[derive(Clone)]
pub struct Sentences<'t>(Inner<'t>);

#[derive(Clone)]
enum Inner<'t> {
    News(News<'t>),
    Uax29(USentenceBoundIndices<'t>),
}

impl fmt::Debug for Sentences<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sentences").finish_non_exhaustive()
    }
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        match &mut self.0 {
            Inner::News(news) => news.next(),
            Inner::Uax29(segments) => {
                segments.next().map(|(start, segment)| start..start + segment.len())
            }
        }
    }
}

#[derive(Clone)]
struct News<'t> {
    text: &'t str,
    /// Behind the last sentence.
    at: usize,
    /// What is left of a sentence that comes in parts.
    parts: Range<usize>,
}

impl News<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if self.parts.is_empty() {
                self.parts = self.whole()?;
            }
            let part = self.part();
            if !part.is_empty() {
                return Some(part);
            }
        }
    }

    /// The next sentence, however long.
    fn whole(&mut self) -> Option<Range<usize>> {
        let mut rest = &self.text[self.at..];
        if !rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            rest = rest.trim_start();
        }
        if rest.is_empty() {
            return None;
        }
        let start = self.text.len() - rest.len();
        let mut from = start;
        self.at = loop {
            let Some(stop) = next_stop(self.text, start, from) else { break self.text.len() };
            if ends(self.text, start, &stop) {
                break stop.end;
            }
            from = stop.end;
        };
        Some(trimmed(self.text, start..self.at))
    }

    /// Cuts what nobody wrote as one sentence off in parts.
    fn part(&mut self) -> Range<usize> {
        let sentence = self.parts.clone();
        let mut end = sentence.end;
        if sentence.len() > LONGEST {
            end = sentence.start + LONGEST;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            let gap = self.text[sentence.start..end].rfind(char::is_whitespace);
            end = gap.filter(|&gap| gap > 0).map_or(end, |gap| sentence.start + gap);
        }
        self.parts.start = end;
        trimmed(self.text, sentence.start..end)
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    // Most sentences: a look at the bytes costs less than a search.
    if let [first, .., last] = &text.as_bytes()[range.clone()]
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return range;
    }
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for whole in [
            "Mr. Trump met Sen. Ted Cruz.",
            "Dr. J. Smith of the U.S. Senate spoke.",
            "It fell on Jan. 3 to No. 5 in the list.",
            "He works for Acme Inc. Europe and for Lt. Gov. Jane Doe.",
            "“Who goes there?” he asked.",
            "The firm (est. 1990) grew.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end() {
        let cases: &[(&str, &[&str])] = &[
            ("He left. She stayed.", &["He left.", "She stayed."]),
            ("They left the U.S. The war went on.", &["They left the U.S.", "The war went on."]),
            (
                "It was the end.The next day it rained.",
                &["It was the end.", "The next day it rained."],
            ),
            ("He said no. She agreed.", &["He said no.", "She agreed."]),
            ("Why? Because!  It works…", &["Why?", "Because!", "It works…"]),
            ("One\nparagraph. And\nmore", &["One\nparagraph.", "And\nmore"]),
            ("One paragraph\n \nTwo", &["One paragraph", "Two"]),
            ("He said “Go. Now.” and left.", &["He said “Go. Now.” and left."]),
            ("“Go. Now.” She left.", &["“Go. Now.”", "She left."]),
            (
                "“Where?” Ms. Ortiz asked. “Here!” She sat.",
                &["“Where?” Ms. Ortiz asked.", "“Here!”", "She sat."],
            ),
            ("He (I. e. Mr. Rao. Or not.) left.", &["He (I. e. Mr. Rao. Or not.) left."]),
            (
                "See https://a.org/B.Cd?e=F.Gh. Then go.",
                &["See https://a.org/B.Cd?e=F.Gh.", "Then go."],
            ),
            (
                "It closed in 2019.The next year it fell by 3%.Few came.",
                &["It closed in 2019.", "The next year it fell by 3%.", "Few came."],
            ),
            ("天气很好。我们走吧。", &["天气很好。", "我们走吧。"]),
            ("क्या हुआ? कुछ नहीं। चलो।", &["क्या हुआ?", "कुछ नहीं।", "चलो।"]),
            (
                "Plan B. It failed. Vitamin C. It helps.",
                &["Plan B.", "It failed.", "Vitamin C.", "It helps."],
            ),
            (
                "Yahoo! Inc. rose. Yahoo! The firm rose.",
                &["Yahoo! Inc. rose.", "Yahoo!", "The firm rose."],
            ),
            ("见 http://a.b/c。日本。", &["见 http://a.b/c。", "日本。"]),
            ("2. The plan. 3. The cost.", &["2. The plan.", "3. The cost."]),
            ("“It works.” She left.", &["“It works.”", "She left."]),
            ("  ", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&split(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_comes_in_parts() {
        for text in ["é".repeat(LONGEST), "one, two ".repeat(LONGEST)] {
            let parts = split(&text);
            assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONGEST));
            assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
        }
        let address = format!("It is at http://{}.", "ab.Cd".repeat(300));
        assert_eq!(split(&address), [address.as_str()]);
    }

    /// Each of these took minutes when something was looked for again and again.
    #[test]
    fn texts_made_to_take_long_do_not() {
        for unit in
            ["\n", " \n", "(", "[1", "“", "\"", "'A.", ".”", ". ", "! ", "a.b.", "://", "(a "]
        {
            let text = unit.repeat(1 << 17);
            let spaced = format!("{}{text}", " ".repeat(1 << 17));
            let whole: String = text.split_whitespace().collect();
            for text in [text, spaced] {
                let kept: String = split(&text).concat().split_whitespace().collect();
                assert_eq!(kept.len(), whole.len(), "{unit:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "\\PC{0,60}") {
            let kept: String = split(&text).concat().split_whitespace().collect();
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
        }
    }
}
