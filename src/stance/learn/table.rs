//! A learned lexicon as a table that a person can read and edit, and back.

use std::fmt::Write;
use std::path::Path;

use super::features::Feature;
use super::learned::{LearnedLexicon, QUESTIONS, SCALES};
use super::place::Place;
use super::terms::{NONE, Terms};
use crate::error::{Error, Result};
use crate::text::folded;

const HEADER: &str = "term\tplace\tvalence\topinion";

impl LearnedLexicon {
    /// The weights as a table of four columns separated by tabs: `term place valence opinion`, behind lines that say what it
    /// answers. [`from_tsv`](Self::from_tsv) reads it back, and it scores the same.
    pub fn to_tsv(&self) -> String {
        let mut table = String::new();
        let question = QUESTIONS.iter().find(|(known, _)| *known == self.question);
        let scale = SCALES.iter().find(|(known, _)| *known == self.scale);
        if let (Some((_, question)), Some((_, scale))) = (question, scale) {
            let _ = writeln!(table, "question\t{question}\nscale\t{scale}");
        }
        let _ = writeln!(table, "{HEADER}");
        for weight in self.iter() {
            let (term, place) = (&weight.term, weight.place.name());
            let _ = writeln!(table, "{term}\t{place}\t{}\t{}", weight.valence, weight.opinion);
        }
        table
    }

    /// Reads a table, as [`to_tsv`](Self::to_tsv) writes it; `#` starts a comment line.
    ///
    /// # Errors
    ///
    /// `is_table` for a line that cannot be read, a weight that is not finite or comes twice, or a written form that is
    /// in two groups of forms, with line and column.
    pub fn from_tsv(table: &str) -> Result<Self> {
        let mut lines = table
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
            .map(|(at, line)| (at + 1, line));
        let question = stated(lines.next(), "question", &QUESTIONS)?;
        let scale = stated(lines.next(), "scale", &SCALES)?;
        match lines.next() {
            Some((_, HEADER)) => {}
            found => return Err(Error::table(place_of(found), 1, format!("`{HEADER}` expected"))),
        }
        let mut terms = Terms::new();
        let mut weights = Vec::new();
        for (number, line) in lines {
            weights.push((number, parse(line, number, &mut terms)?));
        }
        let mut learned = Self::new(question, scale, terms);
        for (number, (feature, valence, opinion)) in weights {
            if learned.weight(feature).is_some() {
                return Err(Error::table(number, 1, "this term comes twice at this place"));
            }
            learned.set(feature, valence, opinion);
        }
        Ok(learned)
    }

    /// Reads a table from a file, as [`from_tsv`](Self::from_tsv).
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or a fault in it, with the path.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let table =
            std::fs::read_to_string(path).map_err(|source| Error::io(Some(path), source))?;
        Self::from_tsv(&table).map_err(|error| error.at_path(path))
    }

    /// The same weights, with no term that has none.
    pub(super) fn compact(&self) -> Self {
        let mut terms = Terms::new();
        let mut weights = Vec::new();
        for at in 0..(self.terms.len() * super::place::N_PLACES) as u32 {
            let feature = Feature(at);
            let Some((valence, opinion)) = self.weight(feature) else { continue };
            let (first, second) = self.terms.groups_of(feature.term());
            let mut group = |group: u32| {
                let forms: Vec<&str> = self.terms.forms(group).iter().map(|form| &**form).collect();
                terms.group(&forms).unwrap_or(NONE)
            };
            let first = group(first);
            let second = if second == NONE { NONE } else { group(second) };
            let term = terms.add((first, second));
            let place = Place::numbered(feature.place());
            weights.push((Feature::new(term, place), valence, opinion));
        }
        let mut compact = Self::new(self.question, self.scale, terms);
        for (feature, valence, opinion) in weights {
            compact.set(feature, valence, opinion);
        }
        compact
    }
}

fn place_of(line: Option<(usize, &str)>) -> usize {
    line.map_or(1, |(number, _)| number)
}

/// The value of a line `name value`.
fn stated<T: Copy>(line: Option<(usize, &str)>, name: &str, values: &[(T, &str)]) -> Result<T> {
    let found = line.and_then(|(_, line)| line.split_once('\t')).filter(|(key, _)| *key == name);
    let value = found.and_then(|(_, word)| values.iter().find(|(_, known)| *known == word.trim()));
    value.map(|&(value, _)| value).ok_or_else(|| {
        let names: Vec<&str> = values.iter().map(|(_, known)| *known).collect();
        Error::table(
            place_of(line),
            1,
            format!("`{name}` and one of {} expected", names.join(", ")),
        )
    })
}

fn parse(line: &str, number: usize, terms: &mut Terms) -> Result<(Feature, f64, f64)> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let fault = |index: usize, message: String| {
        let before: usize = line.split('\t').take(index).map(|cell| cell.chars().count() + 1).sum();
        Error::table(number, before + 1, message)
    };
    let [term, place, valence, opinion] = columns[..] else {
        return Err(fault(0, format!("4 columns expected, found {}", columns.len())));
    };
    let place =
        Place::from_name(place).ok_or_else(|| fault(1, format!("`{place}` is no place")))?;
    let number_in = |index: usize, cell: &str| {
        let value = cell.parse::<f64>().ok().filter(|value| value.is_finite());
        value.ok_or_else(|| fault(index, format!("`{cell}` is no finite number")))
    };
    let (valence, opinion) = (number_in(2, valence)?, number_in(3, opinion)?);
    let words: Vec<&str> =
        if place == Place::Entry { vec![term] } else { term.split(' ').collect() };
    let mut groups = [NONE; 2];
    if words.len() > 2 || term.is_empty() {
        return Err(fault(0, format!("`{term}` must be one word or two")));
    }
    for (slot, word) in groups.iter_mut().zip(&words) {
        let forms: Vec<String> = word.split('/').map(folded).collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        // A slash can be a sign of its own.
        let forms = if forms.iter().any(|form| form.is_empty()) { vec![*word] } else { forms };
        *slot = terms.group(&forms).map_err(|forms| {
            fault(0, format!("a form of `{forms}` is in another group of forms too"))
        })?;
    }
    Ok((Feature::new(terms.add((groups[0], groups[1])), place), valence, opinion))
}
