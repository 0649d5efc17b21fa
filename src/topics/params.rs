//! Which topics are asked for?

use super::engine::Engine;
use crate::error::{Error, Result};
use crate::reduce::{Lsa, LsaParams};

/// The most directions that are kept unless a caller asks for more.
const DIMS: usize = 128;

/// Articles for each direction, at least.
const ARTICLES_OF_EACH: usize = 16;

/// A quick search: exact weak directions find no better topics (`docs/evaluation.md`).
const OVERSAMPLING: usize = 64;

/// With [`OVERSAMPLING`] and [`DIMS`], blocks of 16 columns.
const POWER_ITERATIONS: usize = 11;

/// Settings of a [`TopicModel`](crate::TopicModel).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TopicParams(TopicValidParams);

/// Settings of a [`TopicModel`](crate::TopicModel) that were checked: none is 0.
///
/// It is what linfa's `ParamGuard` makes of [`TopicParams`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved"))]
pub struct TopicValidParams {
    pub(super) topics: usize,
    pub(super) dims: Option<usize>,
    pub(super) restarts: usize,
    pub(super) rounds: usize,
    pub(super) seed: u64,
    pub(super) engine: Engine,
}

/// What a file says, before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    topics: usize,
    dims: Option<usize>,
    restarts: usize,
    rounds: usize,
    seed: u64,
    /// Not in settings of a time when there was one engine.
    #[serde(default)]
    engine: Engine,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for TopicValidParams {
    type Error = Error;

    fn try_from(Saved { topics, dims, restarts, rounds, seed, engine }: Saved) -> Result<Self> {
        TopicParams(Self { topics, dims, restarts, rounds, seed, engine }).checked().cloned()
    }
}

impl TopicParams {
    pub(super) fn new(topics: usize) -> Self {
        Self(TopicValidParams {
            topics,
            dims: None,
            restarts: 12,
            rounds: 10,
            seed: 0,
            engine: Engine::KMeans,
        })
    }

    /// Where the search begins; 0 unless set. The same seed, settings and articles give the same
    /// topics, byte for byte, at any number of threads.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }

    /// In how many directions articles may differ, at most; unless set, one for sixteen articles
    /// or 1.25 times the root of their number if that is more, and no more than 128. See [`Lsa`](crate::Lsa):
    /// fewer blur small topics, more bring the noise of single words back, which few articles cannot
    /// average out.
    #[must_use]
    pub fn dims(mut self, dims: usize) -> Self {
        self.0.dims = Some(dims);
        self
    }

    /// How many searches for the centroids in a sample of the articles; 12 unless set. Of the two by whose
    /// groups words are easiest to foretell, the best after some rounds of the mixture is followed among
    /// all articles.
    #[must_use]
    pub fn restarts(mut self, restarts: usize) -> Self {
        self.0.restarts = restarts;
        self
    }

    /// How often articles and topics are fitted to each other word by word, once k-means has found
    /// where to start; 10 unless set. See [`TopicModel`](crate::TopicModel).
    #[must_use]
    pub fn rounds(mut self, rounds: usize) -> Self {
        self.0.rounds = rounds;
        self
    }

    /// Which groups of neighbours the topics start from; [`Engine::KMeans`] unless set.
    #[must_use]
    pub fn engine(mut self, engine: Engine) -> Self {
        self.0.engine = engine;
        self
    }

    /// How many topics are asked for.
    pub fn topics(&self) -> usize {
        self.0.topics
    }

    /// The reduction that [`fit`](Self::fit) makes of so many articles: a quick one, and fewer
    /// directions where there are not as many.
    pub fn lsa(&self, n_docs: usize) -> LsaParams {
        self.0.lsa(n_docs)
    }

    pub(crate) fn checked(&self) -> Result<&TopicValidParams> {
        let valid = &self.0;
        for (name, value) in [
            ("topics", valid.topics),
            ("dims", valid.dims.unwrap_or(1)),
            ("restarts", valid.restarts),
            ("rounds", valid.rounds),
        ] {
            if value == 0 {
                return Err(Error::setting(name, value, "at least 1"));
            }
        }
        valid.engine.check()?;
        Ok(valid)
    }
}

impl TopicValidParams {
    pub(super) fn lsa(&self, n_docs: usize) -> LsaParams {
        let few = (n_docs.saturating_mul(25) / 16).isqrt();
        let dims = self.dims.unwrap_or_else(|| DIMS.min(few.max(n_docs / ARTICLES_OF_EACH)));
        Lsa::params(dims.max(1))
            .seed(self.seed)
            .oversampling(OVERSAMPLING)
            .power_iterations(POWER_ITERATIONS)
            .allow_fewer(true)
    }
}
