//! Labelled texts as sparse rows of features.

use hashbrown::HashMap;

use super::super::scorer::StanceScorer;
use super::collect::Collector;
use super::features::Feature;
use super::learned::Question;
use super::observed::{Observed, base};
use super::sample::{Aim, Sample};
use super::terms::Terms;
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::map_blocks;

/// Samples read at a time.
const BLOCK: usize = 256;

/// A feature that fewer rows hold has no column.
const LEAST_ROWS: usize = 3;

/// The rows of samples.
pub(super) struct Design {
    pub(super) question: Question,
    pub(super) terms: Terms,
    pub(super) rows: Csr<f32>,
    /// The feature of each column.
    pub(super) features: Vec<Feature>,
    /// Samples of one text have one number.
    pub(super) texts: Vec<u32>,
}

impl Design {
    /// Reads samples, which must all ask the same question.
    pub(super) fn new(
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        least: u32,
        pairs: u32,
    ) -> Result<Self> {
        let question = question_of(samples)?;
        let mut scorer = scorer.clone().studied();
        let texts = number_texts(samples);
        let mut terms = collect(&scorer, samples, &texts).finish(scorer.lexicon(), least, pairs);
        scorer.join(&mut terms);
        let read = map_blocks(samples.len(), BLOCK, |block| {
            samples[block].iter().map(|sample| row(&scorer, sample, &terms)).collect::<Vec<_>>()
        });
        let read: Vec<Row> = read.into_iter().flatten().collect();
        let features = columns(&read);
        let column_of: HashMap<Feature, u32, foldhash::fast::FixedState> = features
            .iter()
            .enumerate()
            .map(|(column, &feature)| (feature, column as u32))
            .collect();
        let mut rows = Csr::new(features.len());
        for row in &read {
            let known =
                row.iter().filter_map(|&(feature, value)| Some((*column_of.get(&feature)?, value)));
            rows.push_row(known);
        }
        Ok(Self { question, terms, rows, features, texts })
    }

    /// The same rows with some columns alone.
    pub(super) fn only(&self, columns: &[u32]) -> Csr<f32> {
        let mut new = vec![u32::MAX; self.features.len()];
        for (at, &column) in columns.iter().enumerate() {
            new[column as usize] = at as u32;
        }
        let mut rows = Csr::new(columns.len());
        for (old, values) in self.rows.rows() {
            let kept =
                old.iter().zip(values).filter(|(column, _)| new[**column as usize] != u32::MAX);
            rows.push_row(kept.map(|(&column, &value)| (new[column as usize], value)));
        }
        rows
    }
}

/// A sample's features, in order, each once.
type Row = Vec<(Feature, f32)>;

fn row(scorer: &StanceScorer, sample: &Sample<'_>, terms: &Terms) -> Row {
    let mut observed = Observed::default();
    let (question, verdict) = scorer.read_sample(sample, |reading, subject| {
        observed.note(sample.text, reading, subject, terms);
    });
    let mut values = observed.values(question, &verdict);
    if values.is_empty() {
        values.push((base(), 1.0));
    }
    values.sort_by_key(|(feature, _)| *feature);
    let mut summed: Vec<(Feature, f64)> = Vec::with_capacity(values.len());
    for (feature, value) in values {
        match summed.last_mut() {
            Some((last, sum)) if *last == feature => *sum += value,
            _ => summed.push((feature, value)),
        }
    }
    summed.into_iter().map(|(feature, value)| (feature, value as f32)).collect()
}

/// The features that enough rows hold, in order.
fn columns(rows: &[Row]) -> Vec<Feature> {
    let mut counts: HashMap<Feature, usize, foldhash::fast::FixedState> = HashMap::default();
    for (feature, _) in rows.iter().flatten() {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut kept: Vec<Feature> = counts
        .into_iter()
        .filter(|(_, count)| *count >= LEAST_ROWS)
        .map(|(feature, _)| feature)
        .collect();
    kept.sort_unstable();
    kept
}

fn collect(scorer: &StanceScorer, samples: &[Sample<'_>], texts: &[u32]) -> Collector {
    let mut collector = Collector::new();
    let mut last = None;
    for (sample, text) in samples.iter().zip(texts) {
        if last != Some(text) {
            collector.next_text();
            last = Some(text);
        }
        scorer.read_sample(sample, |reading, subject| {
            collector.sentence(sample.text, reading, subject);
        });
    }
    collector
}

fn question_of(samples: &[Sample<'_>]) -> Result<Question> {
    let of = |sample: &Sample<'_>| match sample.aim {
        Aim::Text => Question::Text,
        Aim::Named(_) | Aim::At(_) => Question::Target,
        Aim::Between(..) => Question::Pair,
    };
    let first =
        samples.first().ok_or_else(|| Error::nothing("there is no sample to learn from"))?;
    let question = of(first);
    match samples.iter().position(|sample| of(sample) != question) {
        Some(at) => Err(Error::mismatch(
            "what the samples ask",
            format!("{question:?} as sample 0"),
            format!("{:?} of sample {at}", of(&samples[at])),
        )),
        None => Ok(question),
    }
}

fn number_texts(samples: &[Sample<'_>]) -> Vec<u32> {
    let mut known: HashMap<&str, u32, foldhash::fast::FixedState> = HashMap::default();
    samples
        .iter()
        .map(|sample| {
            let next = known.len() as u32;
            *known.entry(sample.text.trim()).or_insert(next)
        })
        .collect()
}
