//! Which words and phrases does the user want counted in another way?

use std::collections::BTreeMap;

use super::fold::fold_into;
use super::matcher::Spelling;
use super::scan::Segmentation;
use super::tokens::Tokens;
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
    /// Terms by form, as the form is looked up: words joined by one space. Without a term if the form
    /// is left out.
    entries: BTreeMap<String, Option<String>>,
}

impl Dictionary {
    /// No entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a table, an entry a line: a word or phrase, then, after a tab, the term that it counts
    /// as, or `-` if it is left out. Without a second column it is kept. `#` starts a comment line.
    ///
    /// # Errors
    ///
    /// A form that holds no word, or punctuation between its words; a term that is empty or holds white
    /// space; a third column; a form that comes twice. With line and column ([`Error::is_table`]).
    pub fn from_tsv(table: &str) -> Result<Self> {
        let mut dictionary = Self::new();
        for (number, line) in table.lines().enumerate() {
            if !line.starts_with('#') && !line.trim().is_empty() {
                dictionary.add_line(line, number + 1)?;
            }
        }
        Ok(dictionary)
    }

    fn add_line(&mut self, line: &str, number: usize) -> Result<()> {
        let mut columns = line.split('\t');
        let form = columns.next().unwrap_or_default();
        let second = form.chars().count() + 2;
        let words = words_of(form).map_err(|fault| Error::table(number, 1, fault))?;
        let term = match columns.next().map(str::trim) {
            None => Some(words.join("_")),
            Some("-") => None,
            Some(term) => Some(checked(term).map_err(|fault| Error::table(number, second, fault))?),
        };
        if let Some(third) = columns.next() {
            let before: usize =
                line.split('\t').take(2).map(|column| column.chars().count() + 1).sum();
            return Err(Error::table(number, before + 1, format!("`{third}` is a third column")));
        }
        if self.entries.insert(words.join(" "), term).is_some() {
            return Err(Error::table(number, 1, format!("`{}` comes twice", form.trim())));
        }
        Ok(())
    }

    /// Words and phrases that count as themselves: folded, never stemmed, words joined by `_`. As all
    /// that follow, an entry replaces an earlier one of the same form.
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
            let words = words_of(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            self.entries.insert(words.join(" "), Some(words.join("_")));
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
    /// As [`keep`](Self::keep), and a term that is empty or holds white space.
    pub fn count_as<W: AsRef<str>>(
        mut self,
        term: &str,
        forms: impl IntoIterator<Item = W>,
    ) -> Result<Self> {
        let term = checked(term).map_err(|_| bad_term(term))?;
        for form in forms {
            let words = words_of(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            self.entries.insert(words.join(" "), Some(term.clone()));
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
            let words = words_of(form.as_ref()).map_err(|_| bad_form(form.as_ref()))?;
            self.entries.insert(words.join(" "), None);
        }
        Ok(self)
    }

    /// Adds a form unless it is there or can be none.
    pub(crate) fn insert_if_new(&mut self, form: &str, term: &str) {
        if let (Ok(words), Ok(term)) = (words_of(form), checked(term)) {
            self.entries.entry(words.join(" ")).or_insert(Some(term));
        }
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
        for (form, term) in other.entries {
            self.entries.entry(form).or_insert(term);
        }
        self
    }

    /// What a word or phrase counts as, if it has an entry. What is not found as it is written is
    /// looked up in lowercase.
    pub fn get(&self, form: &str) -> Option<CountsAs<'_>> {
        let words = words_of(form).ok()?;
        let entry = self.entries.get(&words.join(" "));
        let entry = entry.or_else(|| self.entries.get(&folded(&words.join(" "))));
        entry.map(|term| CountsAs::new(term.as_deref()))
    }

    /// The forms in order, with what they count as.
    pub fn iter(&self) -> impl Iterator<Item = (&str, CountsAs<'_>)> {
        let entries = self.entries.iter();
        entries.map(|(form, term)| (form.as_str(), CountsAs::new(term.as_deref())))
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The table that [`from_tsv`](Self::from_tsv) reads back, forms in order.
    ///
    /// ```
    /// use undertone::Dictionary;
    ///
    /// let dictionary = Dictionary::new().keep(["Oil price"])?.leave_out(["video"])?;
    /// assert_eq!(dictionary.to_tsv(), "oil price\toil_price\nvideo\t-\n");
    /// assert_eq!(Dictionary::from_tsv(&dictionary.to_tsv())?, dictionary);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn to_tsv(&self) -> String {
        let mut table = String::new();
        for (form, term) in &self.entries {
            table.extend([form, "\t", term.as_deref().unwrap_or("-"), "\n"]);
        }
        table
    }
}

/// The words of a form as they are looked up, or what is wrong with it.
fn words_of(form: &str) -> std::result::Result<Vec<String>, String> {
    let mut tokens = Tokens::default();
    Segmentation::News.scan(form, &mut tokens);
    let mut words = Vec::new();
    let mut end = None;
    for token in tokens.iter(form) {
        let gap = &form[end.unwrap_or(0)..token.range().start];
        if end.is_some() && (gap.is_empty() || !gap.chars().all(char::is_whitespace)) {
            return Err(format!("`{}` holds `{}` between two words", form.trim(), gap.trim()));
        }
        end = Some(token.range().end);
        let mut word = String::new();
        Spelling::Capitals.spell(token.text(), &mut word);
        words.push(word);
    }
    // Only inside a phrase does a possessive ending belong to it: "women's rights".
    if let Some(last) = words.last_mut().filter(|last| last.ends_with("'s")) {
        last.truncate(last.len() - 2);
    }
    if words.is_empty() { Err(format!("`{}` holds no word", form.trim())) } else { Ok(words) }
}

fn folded(form: &str) -> String {
    let mut folded = String::new();
    fold_into(form, &mut folded);
    folded
}

/// A term that no n-gram can be mistaken for, or what is wrong with it.
fn checked(term: &str) -> std::result::Result<String, String> {
    if term.is_empty() {
        return Err("a term that is empty".into());
    }
    if term.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(format!("the term `{term}` holds white space; join its words by `_`"));
    }
    Ok(term.to_string())
}

fn bad_form(form: &str) -> Error {
    let allowed = "a form that holds a word, and no punctuation between words";
    Error::setting("an entry of a dictionary", format!("`{form}`"), allowed)
}

fn bad_term(term: &str) -> Error {
    let allowed = "a term that is not empty and holds no white space";
    Error::setting("a term of a dictionary", format!("`{term}`"), allowed)
}

#[cfg(feature = "serde")]
mod saved {
    //! Saved as its forms and terms, and checked as those of a table.

    use super::{Dictionary, checked, words_of};
    use crate::Error;

    impl serde::Serialize for Dictionary {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(&self.entries)
        }
    }

    impl<'de> serde::Deserialize<'de> for Dictionary {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let entries = Vec::<(String, Option<String>)>::deserialize(deserializer)?;
            let fault = |fault| serde::de::Error::custom(Error::saved(fault));
            let mut dictionary = Self::new();
            for (form, term) in entries {
                let words = words_of(&form).map_err(fault)?;
                if let Some(term) = &term {
                    checked(term).map_err(fault)?;
                }
                dictionary.entries.insert(words.join(" "), term);
            }
            Ok(dictionary)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_line_and_column() {
        for (table, expected) in [
            ("news\n\n...\n", "3:1: `...` holds no word"),
            ("St. Mary\n", "1:1: `St. Mary` holds `.` between two words"),
            (
                "UK\tunited kingdom\n",
                "1:4: the term `united kingdom` holds white space; join its words by `_`",
            ),
            ("UK\t\n", "1:4: a term that is empty"),
            ("é é\tx\ty\n", "1:7: `y` is a third column"),
            ("# a\nUK\nU.K.\tx\n", "3:1: `U.K.` comes twice"),
        ] {
            let error = Dictionary::from_tsv(table).unwrap_err();
            assert!(error.is_table() && error.line_column().is_some());
            assert_eq!(error.to_string(), expected);
        }
        let error = Dictionary::new().keep(["..."]).unwrap_err();
        assert!(error.is_setting());
        assert_eq!(
            error.to_string(),
            "an entry of a dictionary is `...`, but must be a form that holds a word, and no punctuation between words"
        );
    }

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
    fn tables_read_back_as_they_were_written() {
        let table = "UK\tunited_kingdom\ne-mail address\te-mail_address\nvideo\t-\n";
        let dictionary = Dictionary::from_tsv(table).unwrap();
        assert_eq!(dictionary.to_tsv(), table);
    }
}
