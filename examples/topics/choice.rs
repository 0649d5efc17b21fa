//! How many topics, from which groups, and how sure? What `--topics`, `--engine` and `--min-confidence` say.

use std::io::{Write, stdout};
use std::ops::RangeInclusive;

use undertone::{Engine, TfIdfMatrix, TopicModel};

use super::support::{Failure, Outcome, number};

/// What `--topics` says for a range of our own.
const AUTO: &str = "auto";

/// A number of topics, a range, or `auto`.
pub(super) struct Topics {
    range: RangeInclusive<usize>,
    auto: bool,
}

impl Topics {
    pub(super) fn fixed(topics: usize) -> Self {
        Self { range: topics..=topics, auto: false }
    }

    pub(super) fn parse(text: &str) -> Outcome<Self> {
        if text == AUTO {
            return Ok(Self { range: 2..=20, auto: true });
        }
        let Some((least, most)) = text.split_once("..") else {
            return Ok(Self::fixed(number("--topics", text)?));
        };
        let most = most.strip_prefix('=').unwrap_or(most);
        let range = number("--topics", least)?..=number("--topics", most)?;
        Ok(Self { range, auto: false })
    }

    /// The number that was asked for or, of several, is recommended; how they compare is shown.
    pub(super) fn chosen(
        &self,
        weights: &TfIdfMatrix,
        seed: u64,
        engine: Engine,
    ) -> Outcome<usize> {
        let (&least, &most) = (self.range.start(), self.range.end());
        // A topic of fewer than ten articles is none that `auto` should look for.
        let most = if self.auto { most.min(weights.n_docs() / 10).max(least) } else { most };
        let counts_itself = matches!(engine, Engine::Dbscan { .. } | Engine::Optics { .. });
        if least == most || counts_itself {
            return Ok(least);
        }
        let choice = TopicModel::params(least.max(1))
            .seed(seed)
            .engine(engine)
            .choose(weights, least..=most)?;
        writeln!(stdout().lock(), "{choice}")?;
        Ok(choice.recommended)
    }
}

/// A share, in 0..=1.
pub(super) fn confidence(text: &str) -> Outcome<f32> {
    let message = || Failure::new(format!("--min-confidence is `{text}`, but must be in 0..=1"));
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(message)
}

/// An engine by its name, with its own settings.
pub(super) fn engine(name: &str) -> Outcome<Engine> {
    match name {
        "kmeans" => Ok(Engine::KMeans),
        "gaussian" => Ok(Engine::GaussianMixture),
        "dbscan" => Ok(Engine::dbscan()),
        "optics" => Ok(Engine::optics()),
        _ => {
            let known = "kmeans, gaussian, dbscan or optics";
            Err(Failure::new(format!("--engine is `{name}`, but must be {known}")))
        }
    }
}
