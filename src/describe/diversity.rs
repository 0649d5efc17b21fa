//! How many different words does a text use?

use hashbrown::HashMap;

use super::words::words_of;
use crate::article::Document;
use crate::{Error, Result};

/// How varied the words of one text are.
///
/// Tokens are the words of headline and paragraphs, numbers and addresses left out, types the different
/// ones among them, compared as by [`fold_into`](crate::fold_into) and without a possessive ending;
/// `N` and `V` are their numbers. What a text is too short for is `None`.
///
/// TTR falls and Maas moves with the length of a text: compare articles of about one length by them, and
/// others by MATTR, MTLD or HD-D.
///
/// ```
/// use undertone::LexicalDiversity;
///
/// let found = LexicalDiversity::of("The ferry left. The ferry’s crew stayed, and the ferry sank.");
/// assert_eq!((found.tokens, found.types), (11, 7));
/// assert_eq!(found.ttr, Some(7.0 / 11.0));
/// assert_eq!(found.mattr, None); // fewer than 100 tokens
///
/// // Stems, lemmas or tokens of your own.
/// let analyzer = undertone::Analyzer::english();
/// let terms = analyzer.terms("The crew saw crews");
/// assert_eq!(LexicalDiversity::params().of_tokens(terms)?.types, 2);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LexicalDiversity {
    /// How many words there are, `N`.
    pub tokens: usize,
    /// How many different words there are, `V`.
    pub types: usize,
    /// Type-token ratio, `V / N`, above 0 and at most 1; `None` without tokens.
    pub ttr: Option<f64>,
    /// Moving-average type-token ratio: the mean TTR of all stretches of `window` tokens, above 0 and
    /// at most 1; `None` if there are fewer tokens.
    ///
    /// Source: Covington and McFall (2010), *Cutting the Gordian Knot*.
    pub mattr: Option<f64>,
    /// Measure of textual lexical diversity: the mean number of tokens that it takes for the TTR to
    /// fall below the threshold, what is left at the end counted as a part of such a stretch; the mean
    /// of reading forward and backward. `None` below 100 tokens, under which it is not reliable
    /// (Koizumi 2012), and if no word comes twice.
    ///
    /// Source: McCarthy and Jarvis (2010), *MTLD, vocd-D, and HD-D*.
    pub mtld: Option<f64>,
    /// HD-D: the mean TTR of 42 tokens drawn at random without putting back, above 0 and at most 1:
    /// `Σ (1 − P(type not drawn)) / 42` over the types, with `P` hypergeometric. `None` below 42
    /// tokens.
    ///
    /// Source: McCarthy and Jarvis (2007), *vocd: A theoretical and empirical evaluation*.
    pub hdd: Option<f64>,
    /// Yule's K, at least 0 and higher where words repeat more: `10⁴ (Σ f² − N) / N²` over the
    /// frequencies `f` of the types. `None` without tokens.
    ///
    /// Source: Yule (1944), *The Statistical Study of Literary Vocabulary*.
    pub yule_k: Option<f64>,
    /// Maas' a², at least 0 and lower where words are more varied: `(lg N − lg V) / (lg N)²`,
    /// logarithms of base 10. `None` below 2 tokens.
    ///
    /// Source: Maas (1972), *Über den Zusammenhang zwischen Wortschatzumfang und Länge eines Textes*.
    pub maas: Option<f64>,
}

impl LexicalDiversity {
    /// Reads a document with the default settings. Cost: linear in the text.
    pub fn of<D: Document + ?Sized>(doc: &D) -> Self {
        DiversityParams::default().measure(words_of(doc))
    }

    /// Starts from the default settings: a window of 100 tokens and a threshold of 0.72.
    pub fn params() -> DiversityParams {
        DiversityParams::default()
    }
}

/// The settings of a [`LexicalDiversity`].
///
/// ```
/// use undertone::LexicalDiversity;
///
/// let params = LexicalDiversity::params().window(5);
/// assert_eq!(params.of("one two one two three four")?.mattr, Some((3.0 + 4.0) / 2.0 / 5.0));
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DiversityParams {
    window: usize,
    threshold: f64,
}

impl Default for DiversityParams {
    fn default() -> Self {
        Self { window: 100, threshold: 0.72 }
    }
}

impl DiversityParams {
    /// The window of [`mattr`](LexicalDiversity::mattr) in tokens, at least 1; 100 unless set.
    #[must_use]
    pub fn window(mut self, window: usize) -> Self {
        self.window = window;
        self
    }

    /// The TTR below which a stretch of [`mtld`](LexicalDiversity::mtld) ends, above 0 and below 1;
    /// 0.72 unless set. McCarthy and Jarvis recommend 0.66 to 0.75.
    #[must_use]
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`]).
    pub fn of<D: Document + ?Sized>(&self, doc: &D) -> Result<LexicalDiversity> {
        self.check()?;
        Ok(self.measure(words_of(doc)))
    }

    /// Reads tokens as they are given: stems, lemmas, words of a tokenizer of your own.
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`]).
    pub fn of_tokens<I>(&self, tokens: I) -> Result<LexicalDiversity>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.check()?;
        Ok(self.measure(tokens))
    }

    fn check(&self) -> Result<()> {
        if self.window == 0 {
            return Err(Error::setting("window", self.window, "at least 1"));
        }
        if !(self.threshold > 0.0 && self.threshold < 1.0) {
            return Err(Error::setting("threshold", self.threshold, "above 0 and below 1"));
        }
        Ok(())
    }

    fn measure<I>(&self, words: I) -> LexicalDiversity
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let (tokens, frequencies) = numbered(words);
        let (n, v) = (tokens.len() as f64, frequencies.len() as f64);
        let some = !tokens.is_empty();
        LexicalDiversity {
            tokens: tokens.len(),
            types: frequencies.len(),
            ttr: some.then(|| v / n),
            mattr: mattr(&tokens, frequencies.len(), self.window),
            mtld: mtld(&tokens, frequencies.len(), self.threshold),
            hdd: hdd(&frequencies, tokens.len()),
            yule_k: some.then(|| {
                let squares: u64 = frequencies.iter().map(|&f| u64::from(f) * u64::from(f)).sum();
                1e4 * (squares as f64 - n) / (n * n)
            }),
            maas: (tokens.len() > 1).then(|| (n.log10() - v.log10()) / n.log10().powi(2)),
        }
    }
}

/// Tokens as numbers of their types, in the order of their first use, and how often each type comes.
fn numbered<I>(words: I) -> (Vec<u32>, Vec<u32>)
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    let mut ids: HashMap<String, u32, foldhash::fast::FixedState> = HashMap::default();
    let (mut tokens, mut frequencies): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for word in words {
        let next = frequencies.len() as u32;
        let id = *ids.entry_ref(word.as_ref()).or_insert(next);
        if id == next {
            frequencies.push(0);
        }
        frequencies[id as usize] += 1;
        tokens.push(id);
    }
    (tokens, frequencies)
}

fn mattr(tokens: &[u32], n_types: usize, window: usize) -> Option<f64> {
    if tokens.len() < window {
        return None;
    }
    let mut inside = vec![0_u32; n_types];
    let (mut types, mut sum) = (0_u64, 0_u64);
    for (at, &token) in tokens.iter().enumerate() {
        types += u64::from(inside[token as usize] == 0);
        inside[token as usize] += 1;
        if let Some(gone) = at.checked_sub(window) {
            let left = &mut inside[tokens[gone] as usize];
            *left -= 1;
            types -= u64::from(*left == 0);
        }
        if at + 1 >= window {
            sum += types;
        }
    }
    let windows = (tokens.len() - window + 1) as f64;
    Some(sum as f64 / windows / window as f64)
}

/// The fewest tokens for which MTLD is given.
const MTLD_TOKENS: usize = 100;

fn mtld(tokens: &[u32], n_types: usize, threshold: f64) -> Option<f64> {
    if tokens.len() < MTLD_TOKENS || n_types == tokens.len() {
        return None;
    }
    let n = tokens.len() as f64;
    let forward = n / factors(tokens.iter(), n_types, threshold);
    let backward = n / factors(tokens.iter().rev(), n_types, threshold);
    Some(f64::midpoint(forward, backward))
}

/// Into how many stretches the tokens fall, each ending where its TTR is below the threshold.
fn factors<'t>(tokens: impl Iterator<Item = &'t u32>, n_types: usize, threshold: f64) -> f64 {
    // The stretch in which each type was seen last, counted from 1.
    let mut seen = vec![0_u32; n_types];
    let (mut stretch, mut length, mut types) = (1_u32, 0_u32, 0_u32);
    for &token in tokens {
        let last = &mut seen[token as usize];
        types += u32::from(*last != stretch);
        *last = stretch;
        length += 1;
        if f64::from(types) / f64::from(length) < threshold {
            (stretch, length, types) = (stretch + 1, 0, 0);
        }
    }
    let ttr = if length == 0 { 1.0 } else { f64::from(types) / f64::from(length) };
    f64::from(stretch - 1) + (1.0 - ttr) / (1.0 - threshold)
}

/// How many tokens HD-D draws.
const DRAWN: usize = 42;

fn hdd(frequencies: &[u32], n_tokens: usize) -> Option<f64> {
    if n_tokens < DRAWN {
        return None;
    }
    let mut sorted = frequencies.to_vec();
    sorted.sort_unstable();
    // Most types come equally rarely: one probability serves them all.
    let shares = sorted.chunk_by(|a, b| a == b).map(|equal| {
        let others = (n_tokens - equal[0] as usize) as f64;
        let missed: f64 = (0..DRAWN)
            .map(|drawn| ((others - drawn as f64) / (n_tokens - drawn) as f64).max(0.0))
            .product();
        equal.len() as f64 * (1.0 - missed)
    });
    Some(shares.sum::<f64>() / DRAWN as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn settings_are_checked() {
        let error = LexicalDiversity::params().window(0).of("a").unwrap_err();
        assert_eq!(error.to_string(), "window is 0, but must be at least 1");
        for threshold in [0.0, 1.0, -3.0, f64::NAN] {
            let error = LexicalDiversity::params().threshold(threshold).of("a").unwrap_err();
            let message = format!("threshold is {threshold}, but must be above 0 and below 1");
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn what_a_text_is_too_short_for_is_none() {
        let empty = LexicalDiversity::of("1,000 http://a.org …");
        assert_eq!((empty.tokens, empty.ttr, empty.yule_k, empty.maas), (0, None, None, None));
        let one = LexicalDiversity::of("one");
        assert_eq!((one.ttr, one.yule_k, one.maas, one.hdd), (Some(1.0), Some(0.0), None, None));
        let distinct: Vec<String> = (0..120).map(|n| format!("w{n}")).collect();
        let found = LexicalDiversity::params().of_tokens(&distinct).unwrap();
        assert_eq!((found.mattr, found.mtld), (Some(1.0), None));
        assert!((found.hdd.unwrap() - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn every_measure_keeps_its_range(tokens in prop::collection::vec(0..40_u8, 0..300), window in 1..50_usize) {
            let words: Vec<String> = tokens.iter().map(u8::to_string).collect();
            let found = LexicalDiversity::params().window(window).of_tokens(&words).unwrap();
            for share in [found.ttr, found.mattr, found.hdd].into_iter().flatten() {
                prop_assert!(share > 0.0 && share <= 1.0 + 1e-12);
            }
            for figure in [found.mtld, found.yule_k, found.maas].into_iter().flatten() {
                prop_assert!(figure >= 0.0 && figure.is_finite());
            }
            prop_assert_eq!(found.mattr.is_some(), words.len() >= window);
            // Reading backward changes nothing.
            let reversed = LexicalDiversity::params().window(window).of_tokens(words.iter().rev()).unwrap();
            prop_assert_eq!(found, reversed);
        }
    }
}
