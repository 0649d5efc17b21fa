//! Do topics speak of different things?

/// The share of distinct words among all words of all topics, 0..=1: 1 if no two topics share a
/// word, small if they repeat each other; 1 without any word.
///
/// Usual are the 25 best words of each topic (Dieng, Ruiz & Blei 2020). Coherence alone can be had by
/// naming the same coherent topic twenty times; this tells. See
/// [`TopicModel::diversity`](crate::TopicModel::diversity). Cost: a sort.
///
/// ```
/// use undertone::topic_diversity;
///
/// let topics = [["bank", "rate"], ["goal", "match"], ["goal", "cup"]];
/// assert!((topic_diversity(&topics) - 5.0 / 6.0).abs() < 1e-12);
/// ```
pub fn topic_diversity<T: AsRef<[W]>, W: Ord>(topics: &[T]) -> f64 {
    let mut words: Vec<&W> = topics.iter().flat_map(|topic| topic.as_ref()).collect();
    let all = words.len();
    if all == 0 {
        return 1.0;
    }
    words.sort_unstable();
    words.dedup();
    words.len() as f64 / all as f64
}
