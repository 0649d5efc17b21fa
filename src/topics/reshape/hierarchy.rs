//! Which topics are nearest to each other? A tree of them.

use std::fmt;

use kodama::{Method, linkage};
use ndarray::Array1;

use crate::error::Result;
use crate::tfidf::TfIdfMatrix;
use crate::topics::keywords::topic_terms;
use crate::topics::model::TopicModel;

/// Keywords that are kept for each node, and shown.
const KEYWORDS: usize = 10;
const SHOWN: usize = 5;

/// Topics as a tree: the two nearest are joined, then again, until all are one.
///
/// How far two topics are apart is 1 − the cosine of their centroids, seen from the mean of all articles;
/// joined topics are as far apart as their members are on average (UPGMA; Sokal & Michener 1958). So 0
/// is one direction, 1 nothing in common, and more the opposite of each other. Distances never fall from
/// join to join.
///
/// Shown, it is a tree with the largest branch first, each node with how far apart its branches are,
/// how many articles it has, and its keywords.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Hierarchy {
    /// How many topics there are: nodes `0..n_topics` are the topics, `n_topics + i` is join `i`.
    pub n_topics: usize,
    /// The number of articles of each node.
    pub sizes: Vec<usize>,
    /// The strongest keywords of each node against all articles outside of it, at most ten; none for the
    /// last join, outside of which there is nothing.
    pub keywords: Vec<Vec<String>>,
    /// The joins, the nearest first; one fewer than topics.
    pub joins: Vec<Join>,
}

/// Two nodes of a [`Hierarchy`] that are made one.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Join {
    /// The two nodes, the lower number first.
    pub nodes: [usize; 2],
    /// How far they are apart, 0..=2.
    pub distance: f64,
}

impl TopicModel {
    /// The topics as a tree, the nearest joined first. `weights` are those that the model was fitted on.
    ///
    /// Cost: for each topic two passes over the entries, for the keywords.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = [
    ///     "goal match striker", "striker match goal", "match tennis serve", "serve tennis match",
    ///     "bank rates", "rates bank",
    /// ];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let model = TopicModel::params(3).fit(&weights)?;
    ///
    /// let tree = model.hierarchy(&weights)?;
    /// let bank = model.assignments()[4].topic();
    /// assert!(!tree.joins[0].nodes.contains(&bank), "both kinds of match come together first");
    /// println!("{tree}");
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the model was fitted on other articles.
    pub fn hierarchy(&self, weights: &TfIdfMatrix) -> Result<Hierarchy> {
        self.check_fitted(weights)?;
        let joins = joins(self);
        let n_topics = self.n_topics();
        let mut sizes: Vec<usize> = self.iter().map(|topic| topic.size()).collect();
        let mut keywords: Vec<Vec<String>> =
            self.iter().map(|topic| owned(&topic.keywords(KEYWORDS))).collect();
        let mut leaves: Vec<Vec<usize>> = (0..n_topics).map(|topic| vec![topic]).collect();
        for Join { nodes, .. } in &joins {
            let node: Vec<usize> = nodes.iter().flat_map(|&node| leaves[node].clone()).collect();
            sizes.push(nodes.iter().map(|&node| sizes[node]).sum());
            keywords.push(self.keywords_of(weights, &node));
            leaves.push(node);
        }
        Ok(Hierarchy { n_topics, sizes, keywords, joins })
    }

    /// The keywords of some topics together, against all others; none if there are no others.
    fn keywords_of(&self, weights: &TfIdfMatrix, topics: &[usize]) -> Vec<String> {
        if topics.len() == self.n_topics() {
            return Vec::new();
        }
        let mut groups = [Vec::new(), Vec::new()];
        for (assignment, row) in self.assignments.iter().zip(0_u32..) {
            groups[usize::from(!topics.contains(&assignment.topic()))].push(row);
        }
        let terms = topic_terms(weights.counts().csr(), &self.vocabulary, &groups);
        let written =
            terms[0].iter().take(KEYWORDS).map(|&(term, _)| self.vocabulary.written(term));
        owned(&written.collect::<Vec<_>>())
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// The joins of all topics of a model.
pub(super) fn joins(model: &TopicModel) -> Vec<Join> {
    let n = model.n_topics();
    let centroids = model.kmeans.centroids();
    let mut mean = Array1::<f64>::zeros(centroids.ncols());
    for (topic, centroid) in model.iter().zip(centroids.rows()) {
        let share = topic.size() as f64 / model.assignments.len() as f64;
        mean.iter_mut().zip(centroid).for_each(|(sum, &value)| *sum += share * f64::from(value));
    }
    let seen: Vec<Array1<f64>> = centroids
        .rows()
        .into_iter()
        .map(|centroid| {
            let mut seen = centroid.mapv(f64::from) - &mean;
            let length = seen.dot(&seen).sqrt();
            if length > 0.0 {
                seen /= length;
            }
            seen
        })
        .collect();
    let mut distances = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for (place, one) in seen.iter().enumerate() {
        distances.extend(seen[place + 1..].iter().map(|other| (1.0 - one.dot(other)).max(0.0)));
    }
    let tree = linkage(&mut distances, n, Method::Average);
    let join = |step: &kodama::Step<f64>| Join {
        nodes: [step.cluster1.min(step.cluster2), step.cluster1.max(step.cluster2)],
        distance: step.dissimilarity,
    };
    tree.steps().iter().map(join).collect()
}

/// The group of each topic, the number of its first topic, after all joins but the last `n − 1`.
pub(super) fn cut(joins: &[Join], n_topics: usize, n: usize) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..n_topics).collect();
    let mut firsts = groups.clone();
    for Join { nodes, .. } in &joins[..n_topics.saturating_sub(n).min(joins.len())] {
        let (one, other) = (firsts[nodes[0]], firsts[nodes[1]]);
        let (first, second) = (one.min(other), one.max(other));
        for group in &mut groups {
            if *group == second {
                *group = first;
            }
        }
        firsts.push(first);
    }
    groups
}

impl fmt::Display for Hierarchy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.n_topics + self.joins.len()).checked_sub(1) {
            Some(root) => self.node(f, root, "", ""),
            None => Ok(()),
        }
    }
}

impl Hierarchy {
    /// One node and what hangs from it; `first` stands before its own line, `rest` before the others.
    fn node(
        &self,
        f: &mut fmt::Formatter<'_>,
        node: usize,
        first: &str,
        rest: &str,
    ) -> fmt::Result {
        let words = self.keywords[node].iter().take(SHOWN).map(String::as_str);
        let words = words.collect::<Vec<_>>().join(", ");
        let colon = if words.is_empty() { "" } else { ": " };
        let size = self.sizes[node];
        let Some(join) = node.checked_sub(self.n_topics).map(|join| self.joins[join]) else {
            return writeln!(f, "{first}topic {node}, {size} articles{colon}{words}");
        };
        writeln!(f, "{first}{:.2} apart, {size} articles{colon}{words}", join.distance)?;
        let mut nodes = join.nodes;
        nodes.sort_by_key(|&node| std::cmp::Reverse(self.sizes[node]));
        self.node(f, nodes[0], &format!("{rest}├─ "), &format!("{rest}│  "))?;
        self.node(f, nodes[1], &format!("{rest}└─ "), &format!("{rest}   "))
    }
}
