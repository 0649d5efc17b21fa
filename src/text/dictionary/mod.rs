//! Which words and phrases does the user want counted in another way?

mod form;
#[cfg(feature = "serde")]
mod saved;
mod table;

use std::collections::BTreeMap;

use self::form::{Form, checked};
use super::fold::folded;
use crate::{Error, Result};

/// What a word or phrase counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountsAs<'d> {
    /// This term.
    Term(&'d str),
    /// It is left out.
    Nothing,
}

impl<'d> CountsAs<'d> {
    pub(super) fn new(term: Option<&'d str>) -> Self {
        term.map_or(Self::Nothing, Self::Term)
    }

    /// As [`Analyze::term`](crate::Analyze::term): appends the term, or says that there is none.
    pub(super) fn append_to(self, term: &mut String) -> bool {
        match self {
            Self::Term(own) => term.push_str(own),
            Self::Nothing => return false,
        }
        true
    }
}

/// Words and phrases with the terms that they count as, chosen by the user.
///
/// An entry goes before all else: neither stop list nor stemmer nor the shortest length is asked.
/// A word or phrase is *kept* (it counts as itself, never stemmed), *counted as* a given term, or *left
/// out*. A phrase counts as one term, the longest that fits, from left to right; it never spans
/// punctuation or a line break, and so no end of a sentence. Left out, it breaks n-grams as a stop word
/// does.
///
/// Letter case, the kind of apostrophe and a possessive ending (of the last word, in a phrase) do not
/// matter, with one exception: a word given in capitals, such as `US` or `WHO`, is found in capitals
/// only, with or without dots. Inflected forms are entries of their own.
///
/// ```
/// use undertone::{Analyzer, Dictionary};
///
/// let dictionary = Dictionary::from_tsv(
///     "# form\tcounts as\n\
///      news\n\
///      central bank\n\
///      UK\tunited_kingdom\n\
///      United Kingdom\tunited_kingdom\n\
///      click here\t-\n",
/// )?;
/// let analyzer = Analyzer::builder().dictionary(dictionary).build();
/// let terms: Vec<_> = analyzer.terms("News: the U.K.’s central bank, click here").collect();
/// assert_eq!(terms, ["news", "the", "united_kingdom", "central_bank"]);
/// # Ok::<(), undertone::Error>(())
/// ```
///
/// [`Analyzer`](crate::Analyzer) takes one when it is [built](crate::AnalyzerBuilder::dictionary), and
/// [`Joined`](crate::Joined) puts one on an analyzer of your own;
/// [`Collocations::dictionary`](crate::Collocations::dictionary) makes one from a corpus. Cost: one
/// look-up for each token, none without a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// By the words of the form, as they are looked up.
    entries: BTreeMap<Vec<String>, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// As [`Form::written`].
    form: String,
    /// None if the form is left out.
    term: Option<String>,
}

impl Dictionary {
    /// No entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words and phrases that count as themselves: never stemmed, words joined by `_`, each in lowercase
    /// unless it was given in capitals, so that `US` counts as `US`. As all that follow, an entry
    /// replaces an earlier one of the same form.
    ///
    /// ```
    /// use undertone::{CountsAs, Dictionary};
    ///
    /// let dictionary = Dictionary::new().keep(["news", "Bank of England"])?;
    /// assert_eq!(dictionary.get("bank of England"), Some(CountsAs::Term("bank_of_england")));
    /// assert_eq!(dictionary.get("bank"), None);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A form that holds no word, or punctuation between its words ([`Error::is_setting`]).
    pub fn keep<W: AsRef<str>>(mut self, forms: impl IntoIterator<Item = W>) -> Result<Self> {
        for form in forms {
            let form = Form::read(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            let term = form.own_term();
            self.insert(form, Some(term));
        }
        Ok(self)
    }

    /// Words and phrases that count as `term`.
    ///
    /// ```
    /// use undertone::{CountsAs, Dictionary};
    ///
    /// let names = ["UK", "Britain", "United Kingdom"];
    /// let dictionary = Dictionary::new().count_as("united_kingdom", names)?;
    /// assert_eq!(dictionary.get("Britain’s"), Some(CountsAs::Term("united_kingdom")));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`keep`](Self::keep), and a term that is empty, `-`, or holds white space.
    pub fn count_as<W: AsRef<str>>(
        mut self,
        term: &str,
        forms: impl IntoIterator<Item = W>,
    ) -> Result<Self> {
        let term = checked(term).map_err(|_| bad_term(term))?;
        for form in forms {
            let form = Form::read(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            self.insert(form, Some(term.clone()));
        }
        Ok(self)
    }

    /// Words and phrases that do not count.
    ///
    /// ```
    /// use undertone::{Analyzer, Dictionary};
    ///
    /// let dictionary = Dictionary::new().leave_out(["read more"])?;
    /// let analyzer = Analyzer::builder().dictionary(dictionary).build();
    /// assert_eq!(analyzer.terms("Read more: a reader reads").count(), 3);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`keep`](Self::keep).
    pub fn leave_out<W: AsRef<str>>(mut self, forms: impl IntoIterator<Item = W>) -> Result<Self> {
        for form in forms {
            let form = Form::read(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            self.insert(form, None);
        }
        Ok(self)
    }

    /// Adds a form unless it is there or can be none.
    pub(crate) fn insert_if_new(&mut self, form: &str, term: &str) {
        if let (Ok(form), Ok(term)) = (Form::read(form), checked(term)) {
            let entry = Entry { form: form.written, term: Some(term) };
            self.entries.entry(form.words).or_insert(entry);
        }
    }

    /// Adds an entry, and gives back what it replaces.
    fn insert(&mut self, form: Form, term: Option<String>) -> Option<Entry> {
        self.entries.insert(form.words, Entry { form: form.written, term })
    }

    /// The entries of both; where both have a form, this one's stays.
    ///
    /// ```
    /// use undertone::{CountsAs, Dictionary};
    ///
    /// let mine = Dictionary::new().leave_out(["prime minister"])?;
    /// let found = Dictionary::new().keep(["prime minister", "oil price"])?;
    /// let both = mine.with(found);
    /// assert_eq!(both.get("prime minister"), Some(CountsAs::Nothing));
    /// assert_eq!(both.len(), 2);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        for (words, entry) in other.entries {
            self.entries.entry(words).or_insert(entry);
        }
        self
    }

    /// What a word or phrase counts as, if it has an entry. What is not found as it is written is
    /// looked up in lowercase.
    pub fn get(&self, form: &str) -> Option<CountsAs<'_>> {
        let words = Form::read(form).ok()?.words;
        let entry = self.entries.get(&words).or_else(|| {
            let small: Vec<String> = words.iter().map(|word| folded(word)).collect();
            self.entries.get(&small)
        });
        entry.map(|entry| CountsAs::new(entry.term.as_deref()))
    }

    /// The forms in order of their words, with what they count as.
    ///
    /// A form is written so that it is read as the same words again: in lowercase, and in capitals what
    /// is found in capitals only (`US`) or is one word in capitals only (`AT&T`, `PLAN-B`).
    pub fn iter(&self) -> impl Iterator<Item = (&str, CountsAs<'_>)> {
        let entries = self.entries.values();
        entries.map(|entry| (entry.form.as_str(), CountsAs::new(entry.term.as_deref())))
    }

    /// The words of each form in the same order, as they are looked up, with its term.
    pub(super) fn spelled(&self) -> impl Iterator<Item = (&[String], Option<&str>)> {
        self.entries.iter().map(|(words, entry)| (words.as_slice(), entry.term.as_deref()))
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn bad_form(form: &str) -> Error {
    let allowed = "a form that holds a word, and no punctuation between words";
    Error::setting("an entry of a dictionary", format!("`{form}`"), allowed)
}

fn bad_term(term: &str) -> Error {
    let allowed = "a term that is not empty, not `-`, and holds no white space";
    Error::setting("a term of a dictionary", format!("`{term}`"), allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use proptest::prelude::*;

    #[test]
    fn later_entries_replace_earlier_ones() {
        let dictionary = Dictionary::new().keep(["Britain", "AT&T"]).unwrap();
        let dictionary = dictionary.count_as("united_kingdom", ["britain"]).unwrap();
        assert_eq!(dictionary.get("BRITAIN"), Some(CountsAs::Term("united_kingdom")));
        assert_eq!(dictionary.get("AT&T’s"), Some(CountsAs::Term("at&t")));
        assert_eq!((dictionary.len(), dictionary.is_empty()), (2, false));
        assert!(dictionary.count_as("a b", ["c"]).is_err());
    }

    #[test]
    fn a_term_cannot_be_the_mark_for_left_out() {
        let error = Dictionary::new().count_as("-", ["oil"]).unwrap_err();
        let expected = "a term of a dictionary is `-`, but must be a term that is not empty, not `-`, \
                        and holds no white space";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn every_apostrophe_is_one() {
        let dictionary = Dictionary::new().count_as("united_kingdom", ["Britain"]).unwrap();
        let analyzer = Analyzer::builder().dictionary(dictionary).build();
        for apostrophe in "'‘’‛´`ʼ′＇".chars() {
            let terms: Vec<_> = analyzer.terms(&format!("Britain{apostrophe}s")).collect();
            assert_eq!(terms, ["united_kingdom"], "{apostrophe}");
        }
    }

    #[test]
    fn words_that_join_only_in_capitals_are_found() {
        let forms = ["AT&T", "S&P 500", "R&D", "Plan-B", "US", "the R&D of AT&T", "#COP28"];
        let dictionary = Dictionary::new().keep(forms).unwrap();
        let terms = |analyzer: &Analyzer, text: &str| analyzer.terms(text).collect::<Vec<_>>();
        let analyzer = Analyzer::builder().dictionary(dictionary.clone()).build();
        let text = "AT&T’s, S&P 500, R&D, Plan-B, US, the R&D of AT&T, #cop28";
        let expected = ["at&t", "s&p_500", "r&d", "plan-b", "US", "the_r&d_of_at&t", "#cop28"];
        assert_eq!(terms(&analyzer, text), expected);
        #[cfg(feature = "serde")]
        {
            let json = serde_json::to_string(&analyzer).unwrap();
            let opened: Analyzer = serde_json::from_str(&json).unwrap();
            assert_eq!(opened.dictionary(), Some(&dictionary));
            assert_eq!(terms(&opened, text), expected);
        }
    }

    proptest! {
        #[test]
        fn every_form_is_found_by_an_analyzer(
            forms in prop::collection::vec(".{0,8}|[#A-Ca-c&'’ʼs. -]{0,8}", 0..8),
        ) {
            let mut dictionary = Dictionary::new();
            for form in &forms {
                dictionary = dictionary.clone().keep([form]).unwrap_or(dictionary);
            }
            let analyzer = Analyzer::builder().dictionary(dictionary.clone()).build();
            for (form, term) in dictionary.iter() {
                let found: Vec<_> = analyzer.terms(form).collect();
                prop_assert_eq!(found.iter().map(|term| CountsAs::Term(term)).collect::<Vec<_>>(), [term]);
                prop_assert_eq!(dictionary.get(form), Some(term));
            }
        }
    }
}
