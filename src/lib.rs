//! What a news article is about, and where it stands.
//!
//! undertone reads pages as they come off the web, finds the topics of a corpus and the stance of an
//! article toward everybody it speaks of, and gives a reason for every verdict. It needs no model
//! file, no GPU and no network, and the same input gives the same bytes at any number of threads.
//!
//! The three types to know first:
//!
//! - [`Article`] is what was published: headline, byline, time, paragraphs, and what is not the
//!   article at all.
//! - [`TopicModel`] says what belongs together in a corpus, and in which words.
//! - [`StanceScorer`] says how a text sounds and how it stands toward a target, with evidence.
//!
//! # Read a page
//!
//! ```
//! use undertone::Article;
//!
//! let page = "Home | News | Opinion\n\
//!             Published: 0914 GMT March 12, 2024\n\
//!             The barrier needs builders\n\
//!             By Marguerite Hallam\n\
//!             The river has risen twice. Nobody at the ministry has apologised.\n\
//!             Share on Facebook";
//! let article = Article::parse(page);
//! assert_eq!(article.headline(), Some("The barrier needs builders"));
//! assert_eq!(article.byline(), Some("Marguerite Hallam"));
//! assert_eq!(article.published().unwrap().to_string(), "2024-03-12 09:14 GMT");
//! ```
//!
//! # Find where it stands
//!
//! ```
//! use undertone::{Label, StanceScorer};
//!
//! let scorer = StanceScorer::news();
//! let text = "Tehran’s patience deserves praise. The mayor of Harwick, though, has failed again.";
//!
//! let stance = scorer.stance(text, "Iran"); // Tehran speaks of Iran
//! assert_eq!(stance.label(), Label::Positive);
//! let reason = &stance.evidence()[0];
//! assert_eq!(reason.sentence(), "Tehran’s patience deserves praise.");
//!
//! // All who are spoken of, and the sum of the reasons is the score.
//! for stance in scorer.stances(text) {
//!     let sum: f64 = stance.evidence().iter().map(|reason| reason.contribution()).sum();
//!     assert!((sum - stance.score()).abs() < 1e-9);
//! }
//! ```
//!
//! # Find the topics of a corpus
//!
//! Each stage is a noun that owns its result, and the types allow one order only.
//!
//! ```
//! use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
//!
//! let articles = [
//!     "The ferry company raised ferry fares.",
//!     "The ferry crews rescued the ferry in a storm.",
//!     "The central bank held interest rates.",
//!     "Interest rates fell as the central bank met.",
//! ];
//! let analyzer = Analyzer::english();
//! let counts = CountMatrix::from_docs(&analyzer, articles, CountParams::default())?;
//! let tfidf = TfIdf::params().fit(&counts)?;
//! let model = TopicModel::params(2).seed(42).fit(&tfidf.transform(&counts)?)?;
//! assert_eq!(model.assignments()[0].topic(), model.assignments()[1].topic());
//! assert_ne!(model.assignments()[0].topic(), model.assignments()[2].topic());
//! for topic in model.iter() {
//!     println!("{:>4} articles  {}", topic.size(), topic.keywords(5).join(", "));
//! }
//!
//! // Later articles are counted over the same columns.
//! let later = counts.vocabulary().count(&analyzer, ["A bank raised rates."]);
//! let assigned = model.assign(&tfidf.transform(&later)?)?;
//! assert_eq!(assigned[0].topic(), model.assignments()[2].topic());
//! # Ok::<(), undertone::Error>(())
//! ```
//!
//! # Work with topics
//!
//! A model answers what comes next: [how many](TopicParams::choose) topics there are and
//! [which are stable](TopicParams::stability); topics are [merged](TopicModel::merge),
//! [split](TopicModel::split), [reduced](TopicModel::reduce), put in a [tree](TopicModel::hierarchy) or
//! [guided](TopicParams::fit_guided) by words from the start; long articles have
//! [several](TopicModel::topics_of), queries the [nearest](TopicModel::nearest_topics); shares and words
//! [move in time](TopicModel::trend) and differ between sources; and a [map](TopicModel::map) shows where all
//! lie.
//!
//! [`TopicModel::name_topics`] reads typical articles for phrases and sentences that say what a topic is about;
//! [`Coherence`], [`Silhouette`] and [`Agreement`] say how good topics are.
//!
//! # Both at once
//!
//! [`Analysis`] joins topics, targets and time: who is spoken of in which topic, and how.
//!
//! # Find similar articles
//!
//! [`SimilarityIndex`] finds the articles most like another or like a query, exactly, ranks by BM25, and
//! says through which terms. Matrices are read and written as JSON and as Matrix Market text, for other
//! programs.
//!
//! # Look at how it is written
//!
//! [`kwic`] shows a word or phrase in its surroundings; [`Keyness`] finds the terms that tell one group
//! of articles from another; [`LexicalDiversity`] and [`Readability`] measure how varied the words of an
//! article are and how hard it is to read.
//!
//! # Cost
//!
//! Reading, counting and scoring are linear in the text. Building a [`StanceScorer`] reads a lexicon
//! of more than 26,000 entries: build one, share it between threads; a [`StanceReader`] scores text after
//! text in the same memory. Topics cost most in [`Lsa`], which grows with the number of weights times
//! dimensions.
//!
//! # Lower down
//!
//! [`Collocations`] finds words that belong together, and a [`Dictionary`] says which words and phrases
//! count in another way, or as one; [`CharNgrams`] counts runs of
//! characters instead of words, and [`Analyze`] is the trait to
//! implement for a tokenizer of your own; [`CountBuilder`] counts as
//! documents come and merges with others, and [`VocabularyBuilder`] learns the columns of a corpus
//! that does not fit in memory; [`Lexicon::from_tsv`] and [`Gazetteer::from_tsv`] take
//! your own tables, and [`Rules`] switches rules off. `linfa`'s traits are implemented on the same
//! types.
//!
//! # Features
//!
//! - `rayon` (default): all cores. The answer is the same without.
//! - `serde` (default): results and settings serialise, and models can be saved.
//! - `frostem`: stems by today's Snowball algorithms (`Stemmer::current`) for every language.
//! - `html`: `Article::from_html` reads HTML pages. Pulls in `selectors` and `cssparser`, which are MPL-2.0.
//! - `sprs`: matrices of the crate `sprs` from ours and back (`CountMatrix::to_sprs`).
//! - `whatlang`: the language of each article, and its analyzer (`Analyzers`).

mod analysis;
mod article;
mod contingency;
mod counts;
mod csr;
mod describe;
mod error;
mod keywords;
mod linfa_traits;
mod matrix_market;
mod parallel;
mod prefetch;
mod quality;
mod reduce;
#[cfg(feature = "serde")]
mod saved;
mod simd;
mod similarity;
#[cfg(feature = "sprs")]
mod sprs_matrix;
mod stance;
mod targets;
mod text;
mod tfidf;
mod topics;

pub use analysis::{Analysis, Month, Reading, Summary};
pub use article::{Article, Document, FurnitureKind, Line, Published, Role, Section, SectionKind};
pub use counts::{
    Association, BatchCounter, Collocation, CollocationBuilder, CollocationParams, Collocations,
    CountBuilder, CountMatrix, CountParams, DocFreq, DocFreqTable, TermId, Vocabulary,
    VocabularyBuilder,
};
pub use describe::{
    DiversityParams, KeyTerm, Keyness, KwicLine, LexicalDiversity, Readability, WordPattern, kwic,
    syllables,
};
pub use error::{Error, Result};
pub use keywords::{Keyword, KeywordReader};
pub use quality::{Agreement, Coherence, Silhouette, topic_diversity};
pub use reduce::{Embedding, Lsa, LsaParams, LsaValidParams};
#[cfg(feature = "serde")]
pub use saved::SavedTopics;
pub use similarity::{Neighbor, Similarity, SimilarityIndex};
pub use stance::{
    Aspects, CrossValidated, Doubt, Entry, EntryClass, Evidence, Label, LearnedLexicon,
    LearnedWeight, Lexicon, LexiconLearner, Place, Question, Relation, Rule, Rules, Sample,
    ScaledTerms, Scored, SemanticScaling, Sentiment, Stance, StanceReader, StanceScorer, Voice,
};
pub use targets::{Gazetteer, Target, TargetKind, Targets};
pub use text::{
    Analyze, Analyzer, AnalyzerBuilder, CharForm, CharNgrams, CountsAs, Dictionary, Joined,
    Language, Segmentation, Sentences, Stemmer, StopWords, Token, TokenKind, Tokens, fold_into,
    sentences,
};
#[cfg(feature = "whatlang")]
pub use text::{Analyzers, Identified, LanguageGroup};
pub use tfidf::{Idf, Norm, Tf, TfIdf, TfIdfMatrix, TfIdfParams, TfIdfValidParams};
pub use topics::{
    ArticleTopics, Assignment, Bucket, Buckets, Engine, GuidedTopics, Hierarchy, Join, KMeans,
    KMeansParams, ParagraphTopic, Period, SeedWords, Stability, Topic, TopicChoice, TopicCount,
    TopicMap, TopicModel, TopicParams, TopicSentence, TopicShare, TopicStability, TopicTerm,
    TopicTrend, TopicValidParams, Trend, TrendParams, TrendPoint,
};

/// The README's code runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
