//! Which words would a reader choose for one article?
//!
//! Without a corpus beside it an article has no document frequencies. What is left is how often a
//! term comes, where, whether it is a general word of the language, and whether it comes in a phrase.

use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use crate::article::{Document, SectionKind, sections};
use crate::text::{Analyze, Analyzer, Token, Tokens, without_possessive};

/// The longest phrase, in words.
const LONGEST: usize = 3;

/// A general word ("year", "visit") counts for this much of a telling one.
const COMMON: f64 = 0.3;

/// A term in the headline counts for this much more, and one word more in a phrase.
const HEADLINE: f64 = 1.5;
const PER_WORD: f64 = 1.25;

/// A phrase must come at least this often.
const PHRASE_COUNT: usize = 2;

type Fixed = foldhash::fast::FixedState;

/// A word or phrase and how much it tells of the article.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Keyword {
    /// The term, as the article writes it most often.
    pub term: String,
    /// 0 to 1; the first keyword has 1.
    pub weight: f64,
}

/// Chooses the keywords of single articles.
///
/// A term's weight grows with the logarithm of its count, is raised in the headline and in phrases
/// that repeat, and damped for general words. Words that mostly come inside a chosen phrase are not
/// given again alone. For the terms that set a group of articles apart, see
/// [`Topic::keywords`](crate::Topic::keywords).
///
/// ```
/// use undertone::{Article, KeywordReader};
///
/// let article = Article::from_parts(Some("Ferry fares rise"), "Commuters face higher ferry fares. \
///     The operator blames fuel, and commuters blame the operator for the ferry fares.");
/// let keywords = KeywordReader::english().keywords(&article, 3);
/// assert_eq!(keywords[0].term, "ferry fares");
/// ```
#[derive(Clone, Debug)]
pub struct KeywordReader {
    analyzer: Analyzer,
    common: HashSet<String, Fixed>,
}

/// A candidate: a term or phrase with its places.
#[derive(Debug, Default)]
struct Candidate {
    words: usize,
    count: usize,
    headline: bool,
    rarity: f64,
    first: usize,
    /// The written forms, by their first place in the text, and how often each comes.
    written: Vec<(Range<usize>, usize)>,
}

/// A token that counts, and whether it may go on a phrase with the one before.
struct Step {
    stem: String,
    place: Range<usize>,
    joins: bool,
}

impl KeywordReader {
    /// For English.
    pub fn english() -> Self {
        let analyzer = Analyzer::english();
        let table = include_str!("data/common_words.txt");
        let words = table.lines().filter(|line| !line.starts_with('#'));
        let common = words.flat_map(|word| analyzer.terms(word).collect::<Vec<_>>()).collect();
        Self { analyzer, common }
    }

    /// At most `n` keywords, most telling first; ties in the order of the text.
    ///
    /// Cost: one reading of the text.
    pub fn keywords<D: Document + ?Sized>(&self, doc: &D, n: usize) -> Vec<Keyword> {
        let mut candidates: HashMap<String, Candidate, Fixed> = HashMap::default();
        for (section, text) in sections(doc) {
            let steps = self.steps(text);
            let headline = section.kind == SectionKind::Headline;
            for from in 0..steps.len() {
                let start = section.range.start;
                self.note_phrases(doc.text(), &steps[from..], headline, start, &mut candidates);
            }
        }
        choose(doc.text(), candidates, n)
    }

    fn steps(&self, text: &str) -> Vec<Step> {
        let mut tokens = Tokens::default();
        self.analyzer.tokens_into(text, &mut tokens);
        let mut steps: Vec<Step> = Vec::new();
        let mut end = None;
        for token in tokens.iter(text) {
            let mut stem = String::new();
            if !self.analyzer.term(token, &mut stem) {
                end = None;
                continue;
            }
            let place = bare(&token);
            let joins =
                end.is_some_and(|end: usize| matches!(&text[end..place.start], " " | "-" | "–"));
            // A possessive ends a phrase: "Elmland’s minister" is two terms.
            end = (place.end == token.range().end).then_some(place.end);
            steps.push(Step { stem, place, joins });
        }
        steps
    }

    /// Notes the phrases of one to three words that start at the first step.
    fn note_phrases(
        &self,
        text: &str,
        steps: &[Step],
        headline: bool,
        offset: usize,
        candidates: &mut HashMap<String, Candidate, Fixed>,
    ) {
        let mut key = String::new();
        let mut rarity = 0.0;
        for (index, step) in steps.iter().take(LONGEST).enumerate() {
            if index > 0 && !step.joins {
                break;
            }
            if index > 0 {
                key.push(' ');
            }
            key.push_str(&step.stem);
            rarity += if self.common.contains(&step.stem) { COMMON } else { 1.0 };
            let place = offset + steps[0].place.start..offset + step.place.end;
            let candidate = candidates.entry_ref(key.as_str()).or_insert_with(|| Candidate {
                words: index + 1,
                first: place.start,
                rarity: rarity / (index + 1) as f64,
                ..Candidate::default()
            });
            candidate.count += 1;
            candidate.headline |= headline;
            let same =
                |form: &&mut (Range<usize>, usize)| text[form.0.clone()] == text[place.clone()];
            match candidate.written.iter_mut().find(same) {
                Some((_, count)) => *count += 1,
                None => candidate.written.push((place, 1)),
            }
        }
    }
}

/// Where a token stands without its possessive ending.
fn bare(token: &Token<'_>) -> Range<usize> {
    let start = token.range().start;
    start..start + without_possessive(token.text()).len()
}

fn choose(text: &str, candidates: HashMap<String, Candidate, Fixed>, n: usize) -> Vec<Keyword> {
    let mut phrases: Vec<(String, Candidate)> = candidates
        .into_iter()
        .filter(|(_, found)| found.words == 1 || found.count >= PHRASE_COUNT)
        .collect();
    // Longest first: what a longer phrase holds is taken from the shorter ones.
    phrases.sort_by(|(a, x), (b, y)| (y.words, y.count, a).cmp(&(x.words, x.count, b)));
    let mut left: HashMap<&str, usize, Fixed> =
        phrases.iter().map(|(key, found)| (key.as_str(), found.count)).collect();
    for (key, _) in phrases.iter().take_while(|(_, found)| found.words > 1) {
        let count = left[key.as_str()];
        if count < PHRASE_COUNT {
            continue;
        }
        for part in parts(key) {
            if let Some(rest) = left.get_mut(part) {
                *rest = rest.saturating_sub(count);
            }
        }
    }
    let mut scored: Vec<(f64, &Candidate)> = phrases
        .iter()
        .filter(|(key, found)| {
            left[key.as_str()] >= if found.words == 1 { 1 } else { PHRASE_COUNT }
        })
        .map(|(key, found)| (score(found, left[key.as_str()]), found))
        .collect();
    scored.sort_by(|(a, x), (b, y)| {
        b.total_cmp(a).then(x.first.cmp(&y.first)).then(y.words.cmp(&x.words))
    });
    let best = scored.first().map_or(1.0, |(score, _)| *score);
    let chosen = scored.into_iter().take(n);
    chosen
        .map(|(score, found)| Keyword { term: display(text, found), weight: score / best })
        .collect()
}

/// The shorter phrases inside a phrase, by stems.
fn parts(key: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = key.split(' ').collect();
    if parts.len() == 3 {
        let first_two = key.rfind(' ').map(|space| &key[..space]);
        let last_two = key.find(' ').map(|space| &key[space + 1..]);
        parts.extend(first_two.into_iter().chain(last_two));
    }
    parts
}

fn score(found: &Candidate, count: usize) -> f64 {
    let place = if found.headline { HEADLINE } else { 1.0 };
    let words = PER_WORD.powf(found.words as f64 - 1.0);
    (1.0 + (count as f64).ln()) * found.rarity * place * words
}

/// The most frequent written form; of equals the one with the fewest capitals, then by name.
fn display(text: &str, found: &Candidate) -> String {
    let capitals = |written: &str| written.chars().filter(|c| c.is_uppercase()).count();
    let forms = found.written.iter().map(|(place, count)| (&text[place.clone()], count));
    let best = forms.max_by(|(a, x), (b, y)| {
        x.cmp(y).then_with(|| capitals(b).cmp(&capitals(a))).then_with(|| b.cmp(a))
    });
    best.map(|(written, _)| written.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    fn terms(doc: &Article, n: usize) -> Vec<String> {
        KeywordReader::english().keywords(doc, n).into_iter().map(|keyword| keyword.term).collect()
    }

    #[test]
    fn phrases_take_their_words() {
        let body = "The river barrier is late. A river barrier costs money. The river barrier leaks, \
                    and the council pays. The council waits.";
        let found = terms(&Article::from_parts(None, body), 2);
        assert_eq!(found, ["river barrier", "council"]);
    }

    #[test]
    fn weights_fall_from_one() {
        let article =
            Article::from_parts(Some("Barrier delayed"), "The barrier is delayed. Ferries wait.");
        let keywords = KeywordReader::english().keywords(&article, 10);
        assert!((keywords[0].weight - 1.0).abs() < 1e-12);
        assert!(keywords.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
        assert!(keywords.iter().all(|keyword| keyword.weight > 0.0));
    }

    #[test]
    fn nothing_to_tell_gives_nothing() {
        assert!(terms(&Article::from_parts(None, ""), 5).is_empty());
        assert!(terms(&Article::from_parts(None, "the of and"), 5).is_empty());
        assert!(terms(&Article::from_parts(None, "barrier"), 0).is_empty());
    }
}
