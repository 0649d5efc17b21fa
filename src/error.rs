//! What went wrong, with the value, the limit and the place.

use std::fmt;
use std::path::{Path, PathBuf};

/// A `Result` whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// The one error of this crate.
///
/// It is opaque, so that new causes can be added without breaking callers; ask it what it is with
/// the `is_*` methods, and show it with [`Display`](fmt::Display): every message names the value
/// that was refused and what would have been accepted.
///
/// Errors come from settings, from tables that a user wrote, from saved files and from corpora that
/// are too small for what was asked. Reading the text of an article or scoring a sentence never fails.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, DocFreq};
///
/// let params = CountParams::default().min_doc_freq(DocFreq::Share(7.0));
/// let error = CountMatrix::from_docs(&Analyzer::english(), ["Snow fell"], params).unwrap_err();
/// assert!(error.is_setting());
/// assert_eq!(error.to_string(), "min_doc_freq is 7, but must be a share in 0..=1");
/// ```
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Setting {
        name: &'static str,
        value: String,
        allowed: String,
    },
    TooSmall {
        what: &'static str,
        asked: usize,
        found: usize,
    },
    Nothing {
        message: String,
    },
    Mismatch {
        what: &'static str,
        expected: String,
        found: String,
    },
    Table {
        path: Option<PathBuf>,
        line: usize,
        column: usize,
        message: String,
    },
    Entry {
        row: usize,
        column: usize,
        message: String,
    },
    #[cfg(feature = "serde")]
    Saved {
        message: String,
    },
    #[cfg(feature = "html")]
    Page {
        message: String,
    },
    Io {
        path: Option<PathBuf>,
        source: std::io::Error,
    },
    Numeric {
        stage: &'static str,
        message: String,
    },
}

impl Error {
    /// A setting outside its allowed range.
    pub(crate) fn setting(
        name: &'static str,
        value: impl fmt::Display,
        allowed: impl Into<String>,
    ) -> Self {
        Self::from(Kind::Setting { name, value: value.to_string(), allowed: allowed.into() })
    }

    /// A corpus with fewer of something (articles, terms) than a setting asks for.
    pub(crate) fn too_small(what: &'static str, asked: usize, found: usize) -> Self {
        Self::from(Kind::TooSmall { what, asked, found })
    }

    /// Nothing to work on, or nothing left of it.
    pub(crate) fn nothing(message: impl Into<String>) -> Self {
        Self::from(Kind::Nothing { message: message.into() })
    }

    /// Two things that must fit together and do not, such as a matrix and the weights for it.
    pub(crate) fn mismatch(
        what: &'static str,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        let (expected, found) = (expected.to_string(), found.to_string());
        Self::from(Kind::Mismatch { what, expected, found })
    }

    /// A fault in a table, such as a lexicon, at a line and column counted from 1.
    pub(crate) fn table(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self::from(Kind::Table { path: None, line, column, message: message.into() })
    }

    /// A fault in rows that a caller gives, at a row and column counted from 0.
    pub(crate) fn entry(row: usize, column: usize, message: impl Into<String>) -> Self {
        Self::from(Kind::Entry { row, column, message: message.into() })
    }

    /// A saved file that cannot be used.
    #[cfg(feature = "serde")]
    pub(crate) fn saved(message: impl Into<String>) -> Self {
        Self::from(Kind::Saved { message: message.into() })
    }

    /// An HTML page that is made to break readers.
    #[cfg(feature = "html")]
    pub(crate) fn page(message: impl Into<String>) -> Self {
        Self::from(Kind::Page { message: message.into() })
    }

    /// Reading or writing failed.
    pub(crate) fn io(path: Option<&Path>, source: std::io::Error) -> Self {
        Self::from(Kind::Io { path: path.map(Path::to_path_buf), source })
    }

    /// A numerical method did not give a usable answer.
    pub(crate) fn numeric(stage: &'static str, message: impl Into<String>) -> Self {
        Self::from(Kind::Numeric { stage, message: message.into() })
    }

    /// The same error, naming the file that it is about.
    #[must_use]
    pub(crate) fn at_path(mut self, at: &Path) -> Self {
        if let Kind::Table { path, .. } | Kind::Io { path, .. } = &mut *self.0 {
            path.get_or_insert_with(|| at.to_path_buf());
        }
        self
    }

    /// The same fault of a table, so many lines further down.
    #[must_use]
    pub(crate) fn lines_down(mut self, lines: usize) -> Self {
        if let Kind::Table { line, .. } = &mut *self.0 {
            *line += lines;
        }
        self
    }

    /// A setting is outside its allowed range, or two settings contradict each other.
    pub fn is_setting(&self) -> bool {
        matches!(*self.0, Kind::Setting { .. })
    }

    /// There are fewer articles, terms or directions than a setting asks for, or none at all.
    pub fn is_too_small(&self) -> bool {
        matches!(*self.0, Kind::TooSmall { .. } | Kind::Nothing { .. })
    }

    /// Two arguments do not belong together, such as weights learned on other columns.
    pub fn is_mismatch(&self) -> bool {
        matches!(*self.0, Kind::Mismatch { .. })
    }

    /// A line of a user's table (lexicon, gazetteer, stop words, matrix) cannot be read.
    pub fn is_table(&self) -> bool {
        matches!(*self.0, Kind::Table { .. })
    }

    /// Rows made elsewhere hold what no row of this matrix can hold. The message names row and column,
    /// counted from 0.
    pub fn is_entry(&self) -> bool {
        matches!(*self.0, Kind::Entry { .. })
    }

    /// A saved model is damaged, or was written by a version that this one does not read.
    pub fn is_saved(&self) -> bool {
        #[cfg(feature = "serde")]
        return matches!(*self.0, Kind::Saved { .. });
        #[cfg(not(feature = "serde"))]
        return false;
    }

    /// An HTML page is nested or repeated beyond what is read.
    pub fn is_page(&self) -> bool {
        #[cfg(feature = "html")]
        return matches!(*self.0, Kind::Page { .. });
        #[cfg(not(feature = "html"))]
        return false;
    }

    /// A file could not be read or written.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Io { .. })
    }

    /// A numerical method gave no usable answer.
    pub fn is_numeric(&self) -> bool {
        matches!(*self.0, Kind::Numeric { .. })
    }

    /// Line and column of a table's fault, both counted from 1.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        match *self.0 {
            Kind::Table { line, column, .. } => Some((line, column)),
            _ => None,
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Setting { name, value, allowed } => {
                write!(f, "{name} is {value}, but must be {allowed}")
            }
            Kind::TooSmall { what, asked, found } => {
                write!(f, "{asked} {what} needed, but only {found} found")
            }
            Kind::Nothing { message } => f.write_str(message),
            Kind::Mismatch { what, expected, found } => {
                write!(f, "{what}: expected {expected}, found {found}")
            }
            Kind::Table { path, line, column, message } => {
                if let Some(path) = path {
                    write!(f, "{}:", path.display())?;
                }
                write!(f, "{line}:{column}: {message}")
            }
            Kind::Entry { row, column, message } => {
                write!(f, "row {row}, column {column}: {message}")
            }
            #[cfg(feature = "serde")]
            Kind::Saved { message } => write!(f, "saved model: {message}"),
            #[cfg(feature = "html")]
            Kind::Page { message } => write!(f, "HTML page: {message}"),
            Kind::Io { path: Some(path), source } => write!(f, "{}: {source}", path.display()),
            Kind::Io { path: None, source } => write!(f, "{source}"),
            Kind::Numeric { stage, message } => write!(f, "{stage}: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_carry_value_limit_and_place() {
        let cases = [
            (Error::setting("k", 0, "at least 1"), "k is 0, but must be at least 1"),
            (Error::too_small("articles", 5, 2), "5 articles needed, but only 2 found"),
            (Error::mismatch("columns", 10, 7), "columns: expected 10, found 7"),
            (
                Error::table(3, 2, "no number: `x`").at_path(Path::new("my.tsv")),
                "my.tsv:3:2: no number: `x`",
            ),
            (Error::entry(2, 7, "a count of 0"), "row 2, column 7: a count of 0"),
            (Error::numeric("lsa", "no finite value"), "lsa: no finite value"),
        ];
        for (error, expected) in cases {
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn is_send_and_sync() {
        fn promised<T: Send + Sync + std::error::Error + 'static>() {}
        promised::<Error>();
    }
}
