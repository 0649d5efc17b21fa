//! Which column does a term have? Found by its hash, once many are asked for.

use hashbrown::HashTable;

use super::key::hash_text;
use super::vocabulary::Vocabulary;

/// Of so many terms of a vocabulary one has to be asked for, then hashing all costs less than as many binary searches.
const ONE_IN: usize = 4;

/// Columns by the hashes of their terms; none while few were asked for.
#[derive(Debug, Default)]
pub(super) struct ColumnIndex {
    columns: Option<HashTable<u32>>,
}

impl ColumnIndex {
    /// Takes in a vocabulary of which so many terms are asked for in all, if that pays.
    pub(super) fn prepare(&mut self, vocabulary: &Vocabulary, n_asked: usize) {
        if self.columns.is_some() || vocabulary.is_hashed() || n_asked < vocabulary.len() / ONE_IN {
            return;
        }
        let hash = |&column: &u32| hash_text(vocabulary.terms.get(column as usize).as_bytes());
        let mut columns = HashTable::with_capacity(vocabulary.len());
        for column in 0..vocabulary.len() as u32 {
            columns.insert_unique(hash(&column), column, hash);
        }
        self.columns = Some(columns);
    }

    /// The column of a term of that vocabulary.
    pub(super) fn column(&self, vocabulary: &Vocabulary, term: &str) -> Option<u32> {
        let Some(columns) = &self.columns else { return vocabulary.id(term).map(|term| term.0) };
        let is = |&column: &u32| vocabulary.terms.get(column as usize) == term;
        columns.find(hash_text(term.as_bytes()), is).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CountParams;

    #[test]
    fn terms_have_the_same_columns_however_they_are_found() {
        let terms: Vec<String> = (0..300).map(|term| format!("term{term}")).collect();
        let given = Vocabulary::from_terms(&terms, CountParams::default()).unwrap();
        let hashed = Vocabulary::hashed(37, CountParams::default()).unwrap();
        for (vocabulary, n_asked, prepared) in
            [(&given, 0, false), (&given, 75, true), (&hashed, 75, false)]
        {
            let mut index = ColumnIndex::default();
            index.prepare(vocabulary, n_asked);
            assert_eq!(index.columns.is_some(), prepared);
            for term in terms.iter().map(String::as_str).chain(["", "term300"]) {
                let expected = vocabulary.id(term).map(|term| term.0);
                assert_eq!(index.column(vocabulary, term), expected, "{term}");
            }
        }
    }
}
