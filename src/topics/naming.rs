//! What do people call a topic? Phrases, without near-repeats and without what is no word of a
//! sentence.

use super::keywords::repeats;
use super::passages::Reader;
use super::phrases::Usage;
use super::sentences::{Sentences, TopicSentence};
use super::topic::{COHERENCE_TERMS, Found};
use crate::article::Document;
use crate::counts::{TermId, Vocabulary};
use crate::error::{Error, Result};
use crate::parallel::{map_blocks, n_threads};
use crate::quality::Coherence;
use crate::text::Analyze;
use crate::tfidf::TfIdfMatrix;
use crate::topics::TopicModel;

/// How many of the most typical articles of a topic are read.
const READ: usize = 15;

/// A term that was shown alone goes over into a later phrase with it, if so large a part of its uses
/// is in the phrase.
const MERGED: f64 = 0.4;

/// A term is not shown beside another if so large a part of its uses is in a phrase with it.
const COVERED: f64 = 0.6;

/// Such short words without capitals are not shown where they are but parts of names: "al".
const PART_OF_NAME: usize = 2;

/// How many terms of a topic are looked up in its articles; weaker ones are shown as they are.
const LOOKED_UP: usize = 30;

/// A keyword as it is shown.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Keyword {
    pub(super) written: String,
    pub(super) weight: f32,
}

impl TopicModel {
    /// Reads the most typical articles of each topic and shows its terms as they are used there.
    ///
    /// - A term that mostly comes in a phrase is shown in it: "prime minister" in place of "prime" and
    ///   "minister", "Nagorno-Karabakh" in place of its parts. [`Topic::keywords`](crate::Topic::keywords) and
    ///   [`Topic::label`](crate::Topic::label) then hold phrases of up to four words;
    ///   [`Topic::terms`](crate::Topic::terms) stay single columns.
    /// - A term that mostly stands outside sentences (initials under an article, a menu), or in sentences that
    ///   articles repeat (a motto), is left out of both, and [`Topic::coherence`](crate::Topic::coherence) is measured anew.
    /// - The sentences that say the topic best are kept, see
    ///   [`Topic::representative_sentences`](crate::Topic::representative_sentences).
    ///
    /// Articles and topics stay what they are. `docs` and `weights` are what the model was fitted on, in the
    /// order of the rows; the analyzer is the one that its terms come from. Cost: one reading of up to 15
    /// articles of each topic, of each 4 KB at most.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = [
    ///     "The prime minister of Harwick resigned last night.",
    ///     "Voters never forgave the prime minister for the budget.",
    ///     "A new prime minister takes office in the spring.",
    ///     "The striker scored twice and the match was won.",
    ///     "A late goal decided the match, to the striker’s delight.",
    /// ];
    /// let analyzer = Analyzer::english();
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let mut model = TopicModel::params(2).fit(&weights)?;
    /// model.name_topics(&weights, &analyzer, &docs)?;
    /// assert_eq!(model.topic(0).keywords(1), ["prime minister"]);
    /// let best = &model.topic(0).representative_sentences(1)[0];
    /// assert!(docs[best.row()][best.range()].contains("prime minister"));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_mismatch` if there are more or fewer articles or weights than the model was fitted on, or if
    /// the weights are over another vocabulary.
    pub fn name_topics<A, D>(
        &mut self,
        weights: &TfIdfMatrix,
        analyzer: &A,
        docs: &[D],
    ) -> Result<()>
    where
        A: Analyze + ?Sized,
        D: Document + Sync,
    {
        self.check_docs(docs.len())?;
        self.check_docs(weights.n_docs())?;
        weights.counts().check_columns(&self.vocabulary)?;
        // Each part asks once about a written form. How topics are parted changes no answer.
        let part = self.topics.len().div_ceil(n_threads()).max(1);
        let named = map_blocks(self.topics.len(), part, |topics| {
            let mut reader = Reader::new(analyzer, &self.vocabulary);
            let named = |topic: &Found| named(topic, &self.vocabulary, &mut reader, docs);
            self.topics[topics].iter().map(named).collect::<Vec<_>>()
        });
        let named: Vec<Named> = named.into_iter().flatten().collect();
        let best = |named: &Named| -> Vec<TermId> {
            named.terms.iter().take(COHERENCE_TERMS).map(|(term, _)| *term).collect()
        };
        let best: Vec<_> = named.iter().map(best).collect();
        let coherence = Coherence::in_documents(weights.counts(), &best)?.npmi();
        for ((topic, named), coherence) in self.topics.iter_mut().zip(named).zip(coherence) {
            topic.terms = named.terms;
            topic.keywords = named.keywords;
            topic.sentences = named.sentences;
            topic.coherence = coherence;
        }
        Ok(())
    }

    /// An error unless there are as many documents as the model was fitted on.
    pub(super) fn check_docs(&self, n_docs: usize) -> Result<()> {
        let expected = self.assignments.len();
        if n_docs == expected {
            return Ok(());
        }
        Err(Error::mismatch("articles that the topics were found in", expected, n_docs))
    }
}

struct Named {
    terms: Vec<(TermId, f32)>,
    keywords: Vec<Keyword>,
    sentences: Vec<TopicSentence>,
}

fn named<A: Analyze + ?Sized, D: Document>(
    topic: &Found,
    vocabulary: &Vocabulary,
    reader: &mut Reader<'_, A>,
    docs: &[D],
) -> Named {
    let mut usage = Usage::new(topic.terms.iter().take(LOOKED_UP).map(|(term, _)| *term));
    let mut sentences = Sentences::default();
    for &row in topic.representatives.iter().take(READ) {
        let (row, doc) = (row as usize, &docs[row as usize]);
        reader.read(doc, |passage| {
            usage.add(doc.text(), row, passage);
            sentences.add(row, passage);
        });
    }
    usage.finish();
    let in_sentences = |(term, _): &&(TermId, f32)| !usage.is_outside_sentences(*term);
    let mut terms: Vec<(TermId, f32)> = topic.terms.iter().filter(in_sentences).copied().collect();
    if terms.is_empty() {
        // Nothing here is a sentence.
        terms.clone_from(&topic.terms);
    }
    let keywords = keywords(&terms, &usage, vocabulary);
    let sentences = sentences.best(&terms, docs);
    Named { terms, keywords, sentences }
}

/// A keyword with the terms that it shows.
struct Chosen {
    keyword: Keyword,
    terms: Vec<TermId>,
    /// The terms, joined by spaces.
    name: String,
}

fn keywords(terms: &[(TermId, f32)], usage: &Usage, vocabulary: &Vocabulary) -> Vec<Keyword> {
    let mut chosen: Vec<Chosen> = Vec::with_capacity(terms.len());
    let choose = |terms: Vec<TermId>, written: &str, weight: f32| {
        let names: Vec<&str> = terms.iter().map(|&term| vocabulary.term(term)).collect();
        let name = names.join(" ");
        Chosen { keyword: Keyword { written: written.to_string(), weight }, terms, name }
    };
    for &(term, weight) in terms {
        if chosen.iter().any(|other| other.terms.contains(&term)) {
            continue;
        }
        let alone = choose(vec![term], vocabulary.written(term), weight);
        let Some(phrase) = usage.phrase(term) else {
            if !(is_short(&alone.keyword.written) && usage.is_part(term)) {
                push(&mut chosen, alone);
            }
            continue;
        };
        let (terms, count) = (phrase.terms, phrase.count as f64);
        let shown = |other: &Chosen| other.terms.iter().any(|term| terms.contains(term));
        let Some(place) = chosen.iter().position(shown) else {
            push(&mut chosen, choose(terms, &phrase.written, weight));
            continue;
        };
        let other = &chosen[place];
        let merged = other.terms.len() == 1
            && count >= MERGED * usage.count(other.terms[0]) as f64
            && chosen.iter().filter(|other| shown(other)).count() == 1;
        if merged {
            let weight = other.keyword.weight;
            chosen[place] = choose(terms, &phrase.written, weight);
        } else if count < COVERED * usage.count(term) as f64 {
            push(&mut chosen, alone);
        }
    }
    if chosen.is_empty() {
        let alone = |&(term, weight): &(TermId, f32)| Keyword {
            written: vocabulary.written(term).to_string(),
            weight,
        };
        return terms.iter().map(alone).collect();
    }
    chosen.into_iter().map(|chosen| chosen.keyword).collect()
}

fn is_short(written: &str) -> bool {
    written.chars().count() <= PART_OF_NAME && !written.contains(char::is_uppercase)
}

/// Appends a keyword, unless it only repeats another.
fn push(chosen: &mut Vec<Chosen>, next: Chosen) {
    if !chosen.iter().any(|other| repeats(&next.name, &other.name)) {
        chosen.push(next);
    }
}
