//! A dictionary as a table.

use super::Dictionary;
use super::form::{Form, checked};
use crate::{Error, Result};

impl Dictionary {
    /// Reads a table, an entry a line: a word or phrase, then, after a tab, the term that it counts
    /// as, or `-` if it is left out. Without a second column it is kept. A line that
    /// is `#`, or starts with `#` and white space, is a comment; `#COP28` is a form.
    ///
    /// # Errors
    ///
    /// A form that holds no word, or punctuation between its words; a term that is empty or holds white
    /// space; a third column; a form that comes twice. With line and column ([`Error::is_table`]).
    pub fn from_tsv(table: &str) -> Result<Self> {
        let mut dictionary = Self::new();
        for (number, line) in table.lines().enumerate() {
            if !is_comment(line) && !line.trim().is_empty() {
                dictionary.add_line(line, number + 1)?;
            }
        }
        Ok(dictionary)
    }

    fn add_line(&mut self, line: &str, number: usize) -> Result<()> {
        let mut columns = line.split('\t');
        let written = columns.next().unwrap_or_default();
        let second = written.chars().count() + 2;
        let form = Form::read(written).map_err(|fault| Error::table(number, 1, fault))?;
        let term = match columns.next().map(str::trim) {
            None => Some(form.own_term()),
            Some("-") => None,
            Some(term) => Some(checked(term).map_err(|fault| Error::table(number, second, fault))?),
        };
        if let Some(third) = columns.next() {
            let before: usize =
                line.split('\t').take(2).map(|column| column.chars().count() + 1).sum();
            return Err(Error::table(number, before + 1, format!("`{third}` is a third column")));
        }
        if self.insert(form, term).is_some() {
            return Err(Error::table(number, 1, format!("`{}` comes twice", written.trim())));
        }
        Ok(())
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
        for entry in self.entries.values() {
            let term = &entry.term;
            table.extend([&entry.form, "\t", term.as_deref().unwrap_or("-"), "\n"]);
        }
        table
    }
}

/// A form may start with `#`, but never with `#` and white space.
fn is_comment(line: &str) -> bool {
    line.strip_prefix('#')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CountsAs;
    use proptest::prelude::*;

    #[test]
    fn faults_name_line_and_column() {
        for (table, expected) in [
            ("news\n\n...\n", "3:1: `...` holds no word"),
            ("St. Mary\n", "1:1: `St. Mary` holds `.` between two words"),
            (
                "UK\tunited kingdom\n",
                "1:4: the term `united kingdom` holds white space; join its words by `_`",
            ),
            ("oil\t - x", "1:5: the term `- x` holds white space; join its words by `_`"),
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
    fn tables_read_back_as_they_were_written() {
        let table = "UK\tunited_kingdom\ne-mail address\te-mail_address\nvideo\t-\n";
        let dictionary = Dictionary::from_tsv(table).unwrap();
        assert_eq!(dictionary.to_tsv(), table);
    }

    #[test]
    fn a_tag_is_no_comment() {
        let dictionary = Dictionary::new().keep(["#COP28"]).unwrap();
        assert_eq!(Dictionary::from_tsv(&dictionary.to_tsv()).unwrap(), dictionary);
        let read = Dictionary::from_tsv("#\n# US\n#\tUK\n#COP28\tcop\n").unwrap();
        assert_eq!((read.len(), read.get("#cop28")), (1, Some(CountsAs::Term("cop"))));
    }

    proptest! {
        #[test]
        fn any_dictionary_reads_back(
            forms in prop::collection::vec(".{0,8}|[#A-Ca-c&'’ʼs. -]{0,8}", 0..8),
            term in ".{0,3}",
            kind in 0..3,
        ) {
            let mut dictionary = Dictionary::new();
            for form in &forms {
                let own = dictionary.clone();
                let more = match kind {
                    0 => own.keep([form]),
                    1 => own.count_as(&term, [form]),
                    _ => own.leave_out([form]),
                };
                dictionary = more.unwrap_or(dictionary);
            }
            let read = Dictionary::from_tsv(&dictionary.to_tsv());
            prop_assert_eq!(read.unwrap(), dictionary.clone());
            #[cfg(feature = "serde")]
            {
                let json = serde_json::to_string(&dictionary).unwrap();
                prop_assert_eq!(serde_json::from_str::<Dictionary>(&json).unwrap(), dictionary);
            }
        }
    }
}
