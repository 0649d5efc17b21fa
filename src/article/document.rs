//! What can be read: an article, or plain text that stands for one.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::{Article, wrap};
use crate::simd::wide;
use crate::text::sentences;

/// What a stretch of a document is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SectionKind {
    /// The headline.
    Headline,
    /// A paragraph of the body.
    Body,
    /// Plain text whose paragraphs nobody has told apart yet.
    Plain,
}

/// A stretch of a document that is read as one: a headline or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where it stands, in bytes of [`Document::text`].
    pub range: Range<usize>,
    /// What it is.
    pub kind: SectionKind,
}

/// What the readers of this crate take: the sections of a text that are to be read.
///
/// [`Article`](crate::Article) gives its headline and paragraphs and keeps its furniture back;
/// strings are one section of plain text from end to end. All offsets that come out, in evidence for
/// instance, are bytes of [`text`](Self::text).
pub trait Document {
    /// The whole text, as given.
    fn text(&self) -> &str;

    /// The section number `index`, counted from 0 in the order of reading; `None` past the last.
    fn section(&self, index: usize) -> Option<Section>;

    /// The sections with their text, in the order of reading. Ranges outside the text are left out.
    fn sections(&self) -> impl Iterator<Item = (Section, &str)>
    where
        Self: Sized,
    {
        sections(self)
    }
}

/// As [`Document::sections`], for unsized documents too.
pub(crate) fn sections<D: Document + ?Sized>(doc: &D) -> impl Iterator<Item = (Section, &str)> {
    (0..).map_while(|index| doc.section(index)).filter_map(|section| {
        let text = doc.text().get(section.range.clone())?;
        Some((section, text))
    })
}

/// The paragraphs of a section of a document, as byte ranges into its text, in the order of reading.
pub(crate) fn paragraphs_of(kind: SectionKind, text: &str) -> Vec<Range<usize>> {
    match kind {
        SectionKind::Plain if text.contains('\n') => wrap::paragraphs(text),
        _ => vec![Range { start: 0, end: text.len() }],
    }
}

/// The sentences of a section of a document, as byte ranges into its text, in the order of reading;
/// none goes across two paragraphs.
pub(crate) fn sentences_of(kind: SectionKind, text: &str) -> impl Iterator<Item = Range<usize>> {
    paragraphs_of(kind, text).into_iter().flat_map(|paragraph| {
        let start = paragraph.start;
        sentences(&text[paragraph]).map(move |range| start + range.start..start + range.end)
    })
}

/// Whether a line feed is among some bytes, many of which are compared at once.
fn has_line_break(bytes: &[u8]) -> bool {
    let among = |bytes: &[u8; 32]| bytes.iter().fold(0, |any, &byte| any | u8::from(byte == b'\n'));
    let Some(last) = bytes.last_chunk() else { return bytes.contains(&b'\n') };
    // The last 32 may overlap those before: no byte is looked at by itself.
    wide(|| bytes.as_chunks().0.iter().fold(among(last), |any, chunk| any | among(chunk))) != 0
}

/// The sentences of a document, as byte ranges into its text, in the order of reading, and whether each stands in the
/// lead: a headline at the top, and the first paragraph.
pub(crate) fn each_sentence<D: Document + ?Sized>(
    doc: &D,
    mut each: impl FnMut(Range<usize>, bool),
) {
    let mut in_lead = true;
    for (section, text) in sections(doc) {
        let mut each_of = |paragraph: Range<usize>| {
            let start = section.range.start + paragraph.start;
            sentences(&text[paragraph])
                .for_each(|range| each(start + range.start..start + range.end, in_lead));
            in_lead &= section.kind == SectionKind::Headline;
        };
        // One paragraph, as most texts of a reader are, is told without a list.
        if section.kind == SectionKind::Plain && has_line_break(text.as_bytes()) {
            paragraphs_of(section.kind, text).into_iter().for_each(each_of);
        } else {
            each_of(0..text.len());
        }
    }
}

impl Document for str {
    fn text(&self) -> &str {
        self
    }

    fn section(&self, index: usize) -> Option<Section> {
        (index == 0).then_some(Section { range: 0..self.len(), kind: SectionKind::Plain })
    }
}

impl Document for Article {
    fn text(&self) -> &str {
        self.text()
    }

    /// The headline if there is one, then the paragraphs.
    fn section(&self, index: usize) -> Option<Section> {
        let headline = self.found.headline.as_ref();
        if let (Some(range), 0) = (headline, index) {
            return Some(Section { range: range.clone(), kind: SectionKind::Headline });
        }
        let number = index - usize::from(headline.is_some());
        let range = self.found.paragraphs.get(number)?.clone();
        Some(Section { range, kind: SectionKind::Body })
    }
}

macro_rules! read_through {
    ($($(#[$generic:ident])? $holder:ty),+ $(,)?) => {$(
        impl$(<$generic: Document + ?Sized>)? Document for $holder {
            fn text(&self) -> &str {
                (**self).text()
            }

            fn section(&self, index: usize) -> Option<Section> {
                (**self).section(index)
            }
        }
    )+};
}

read_through!(String, Cow<'_, str>, #[D] &D, #[D] Box<D>, #[D] Arc<D>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_one_section() {
        let owned = String::from("One.");
        assert_eq!(owned.sections().count(), 1);
        assert_eq!(sections("One.").next().unwrap().1, "One.");
        assert_eq!(Arc::<str>::from("").section(0).unwrap().range, 0..0);
        assert_eq!((&"One.").section(1), None);
    }
}
