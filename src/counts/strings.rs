//! Many strings in one.

#[cfg(feature = "serde")]
use crate::{Error, Result};

/// Strings kept end to end in one buffer: one allocation instead of one for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// None yet, with room for so many of so many bytes in all.
    pub(super) fn with_capacity(n_strings: usize, n_bytes: usize) -> Self {
        Self { text: String::with_capacity(n_bytes), ends: Vec::with_capacity(n_strings) }
    }

    /// Appends a string and returns its number.
    pub(super) fn push(&mut self, string: &str) -> usize {
        self.text.push_str(string);
        self.end()
    }

    /// Appends strings joined by one space as one string.
    pub(super) fn push_joined<S: AsRef<str>>(
        &mut self,
        strings: impl IntoIterator<Item = S>,
    ) -> usize {
        join_into(strings, &mut self.text);
        self.end()
    }

    /// Appends what is formatted as one string.
    pub(super) fn push_fmt(&mut self, string: std::fmt::Arguments<'_>) -> usize {
        use std::fmt::Write;
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(string);
        self.end()
    }

    fn end(&mut self) -> usize {
        self.ends.push(self.text.len());
        self.ends.len() - 1
    }

    pub(super) fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    /// The first 16 bytes of a string, the first one highest and zeros behind the last.
    pub(super) fn first_bytes(&self, index: usize) -> u128 {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        let len = self.ends[index] - start;
        let rest = &self.text.as_bytes()[start..];
        let first = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut first = [0; 16];
            first[..rest.len()].copy_from_slice(rest);
            first
        });
        // What comes after the string does not belong to it.
        let behind = u128::MAX.checked_shr(8 * len as u32).unwrap_or(0);
        u128::from_be_bytes(first) & !behind
    }

    /// All strings, end to end.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The number of a string, if the strings rise.
    pub(super) fn position(&self, string: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(string) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub(super) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether every end lies in the text, where the saved file says.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self) -> Result<()> {
        let rising =
            self.ends.is_sorted() && self.ends.last().is_none_or(|&end| end <= self.text.len());
        if rising && self.ends.iter().all(|&end| self.text.is_char_boundary(end)) {
            return Ok(());
        }
        Err(Error::saved("strings end outside their text"))
    }
}

/// Appends strings, one space between them.
pub(super) fn join_into<S: AsRef<str>>(strings: impl IntoIterator<Item = S>, out: &mut String) {
    for (index, string) in strings.into_iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(string.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back_and_are_found() {
        let mut strings = Strings::default();
        strings.push("");
        strings.push("Baku");
        strings.push_joined(["Iran", "Azerbaijan"]);
        assert_eq!(strings.iter().collect::<Vec<_>>(), ["", "Baku", "Iran Azerbaijan"]);
        assert_eq!(strings.position("Baku"), Some(1));
        assert_eq!(strings.position("Iran"), None);
        assert_eq!(Strings::default().position(""), None);
        let first = |index: usize| strings.first_bytes(index).to_be_bytes();
        assert_eq!((first(0), &first(1)[..6]), ([0; 16], &b"Baku\0\0"[..]));
        assert_eq!(&first(2), b"Iran Azerbaijan\0");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn broken_ends_are_refused() {
        for json in [
            r#"{"text":"é","ends":[1]}"#,
            r#"{"text":"ab","ends":[2,1]}"#,
            r#"{"text":"a","ends":[9]}"#,
        ] {
            let strings: Strings = serde_json::from_str(json).unwrap();
            assert!(strings.check().is_err(), "{json}");
        }
    }
}
