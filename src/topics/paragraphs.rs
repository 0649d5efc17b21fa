//! Which topics does a long article speak of, and in which paragraphs?

use std::ops::Range;

use super::model::assigned;
use super::model::{Assignment, TopicModel};
use crate::article::{Document, paragraphs_of, sections};
use crate::text::Analyze;

/// The topics of one article, told paragraph by paragraph.
///
/// Each paragraph (and the headline) is given a topic of its own, as a short article would be; a topic's
/// share is that of the words of its paragraphs. Words are the terms that the model counts, each as
/// often as it occurs.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ArticleTopics {
    /// The paragraphs with any counted word, in the order of reading.
    pub paragraphs: Vec<ParagraphTopic>,
    /// The topics, the largest share first, ties by number.
    pub topics: Vec<TopicShare>,
    /// The share of the words whose paragraphs are not sure of any topic, 0..=1; with those of
    /// [`topics`](Self::topics) it adds up to 1, if there is any word.
    pub unsure: f64,
}

/// The topic of one paragraph.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ParagraphTopic {
    /// Where it stands, in bytes of [`Document::text`].
    pub range: Range<usize>,
    /// How many counted words it has, at least 1.
    pub words: u64,
    /// Its topic, and how sure.
    pub assignment: Assignment,
}

/// How much of an article is about one topic.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicShare {
    /// The topic.
    pub topic: usize,
    /// The share of the article's counted words in paragraphs of this topic, above 0 to 1.
    pub share: f64,
    /// Which of [`ArticleTopics::paragraphs`] these are, rising.
    pub paragraphs: Vec<usize>,
}

impl TopicModel {
    /// The topics of one article by its paragraphs, read by the analyzer that the model's articles were
    /// counted with. A paragraph counts for a topic if it is at least `min_confidence` sure of it
    /// ([`Assignment::at_least`]); short paragraphs seldom are very sure.
    ///
    /// Paragraphs are those of an [`Article`](crate::Article), or the lines of plain text, wrapped lines
    /// joined.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let analyzer = Analyzer::english();
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let model = TopicModel::params(2).fit(&TfIdf::params().fit(&counts)?.transform(&counts)?)?;
    ///
    /// let long = "The team won the match.\nThe bank raised rates as prices rose.\nA goal.";
    /// let found = model.topics_of(&analyzer, long, 0.0);
    /// assert_eq!(found.paragraphs.len(), 3);
    /// let sport = found.topics.iter().find(|t| t.topic == model.assignments()[0].topic()).unwrap();
    /// assert_eq!((sport.share, sport.paragraphs.as_slice()), (0.5, &[0, 2][..]));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn topics_of<A, D>(&self, analyzer: &A, article: &D, min_confidence: f32) -> ArticleTopics
    where
        A: Analyze + ?Sized,
        D: Document + ?Sized,
    {
        let text = article.text();
        let ranges: Vec<Range<usize>> = sections(article)
            .flat_map(|(section, text)| {
                let start = section.range.start;
                let paragraphs = paragraphs_of(section.kind, text).into_iter();
                paragraphs.map(move |range| start + range.start..start + range.end)
            })
            .collect();
        let counts =
            self.vocabulary.count(analyzer, ranges.iter().map(|range| &text[range.clone()]));
        let assignments = assigned(self.mixture.likely(counts.csr()), counts.csr());
        let words = counts.csr().rows().map(|(_, row)| row.iter().map(|&n| u64::from(n)).sum());
        let paragraphs = ranges.into_iter().zip(words).zip(assignments);
        let paragraphs = paragraphs.map(|((range, words), assignment)| ParagraphTopic {
            range,
            words,
            assignment,
        });
        shares(paragraphs.filter(|paragraph| paragraph.words > 0).collect(), min_confidence)
    }
}

fn shares(paragraphs: Vec<ParagraphTopic>, min_confidence: f32) -> ArticleTopics {
    let all: u64 = paragraphs.iter().map(|paragraph| paragraph.words).sum();
    let share = |words: u64| words as f64 / all.max(1) as f64;
    let mut topics: Vec<(u64, TopicShare)> = Vec::new();
    let mut unsure = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let Some(topic) = paragraph.assignment.at_least(min_confidence) else {
            unsure += paragraph.words;
            continue;
        };
        let place =
            topics.iter().position(|(_, share)| share.topic == topic).unwrap_or_else(|| {
                topics.push((0, TopicShare { topic, share: 0.0, paragraphs: Vec::new() }));
                topics.len() - 1
            });
        topics[place].0 += paragraph.words;
        topics[place].1.paragraphs.push(number);
    }
    topics.sort_by(|(a, one), (b, other)| b.cmp(a).then(one.topic.cmp(&other.topic)));
    let topics =
        topics.into_iter().map(|(words, topic)| TopicShare { share: share(words), ..topic });
    ArticleTopics { topics: topics.collect(), unsure: share(unsure), paragraphs }
}
