//! Which names belong to one country, organisation or company?

use hashbrown::HashMap;

use crate::text::matcher::{Matcher, Spelling};
use crate::{Error, Result};

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum TargetKind {
    /// A country, spoken of through its capital, people and government too.
    Country,
    /// A region or bloc of countries.
    Region,
    /// A public body or alliance.
    Organization,
    /// A firm.
    Company,
    /// A political party.
    Party,
    /// An armed or other group.
    Group,
    /// A city that does not stand for a government.
    City,
    /// A person.
    Person,
    /// A name whose kind is not known.
    Name,
    /// Words that the caller asked about.
    Topic,
}

impl TargetKind {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "country" => Self::Country,
            "region" => Self::Region,
            "organization" => Self::Organization,
            "company" => Self::Company,
            "party" => Self::Party,
            "group" => Self::Group,
            "city" => Self::City,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) name: Box<str>,
    pub(crate) kind: TargetKind,
}

/// Names with the other names that mean the same: Tehran, Iranian and the Islamic Republic are Iran.
///
/// ```
/// use undertone::Gazetteer;
///
/// let gazetteer = Gazetteer::news();
/// assert_eq!(gazetteer.canonical("Tehran"), Some("Iran"));
/// let mine = Gazetteer::from_tsv("Port Authority\torganization\tPA; the Authority\n")?;
/// assert_eq!(mine.canonical("PA"), Some("Port Authority"));
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    forms: HashMap<Box<str>, u32, foldhash::fast::FixedState>,
    matcher: Matcher,
}

/// Marks the number of a form that is a verdict on the place by itself.
const EPITHET: u32 = 1 << 31;

impl Gazetteer {
    /// The built-in table: countries, blocs, organisations, parties, companies, cities.
    pub fn news() -> Self {
        // A test reads the table; it is part of the crate.
        Self::from_tsv(include_str!("../data/gazetteer.tsv")).unwrap_or_else(|_| Self::empty())
    }

    /// No names at all.
    pub fn empty() -> Self {
        Self {
            places: Vec::new(),
            forms: HashMap::default(),
            matcher: Matcher::new(Spelling::Cased),
        }
    }

    /// Reads a table of two to four columns separated by tabs: name, kind, aliases, epithets; the
    /// last two hold written forms separated by `;`. `#` starts a comment line.
    ///
    /// # Errors
    ///
    /// A line without a known kind, or a form that comes twice, with line and column.
    pub fn from_tsv(table: &str) -> Result<Self> {
        let mut gazetteer = Self::empty();
        for (number, line) in table.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            gazetteer.add_line(line, number + 1)?;
        }
        Ok(gazetteer)
    }

    fn add_line(&mut self, line: &str, number: usize) -> Result<()> {
        let mut columns = line.split('\t').map(str::trim);
        let name = columns.next().unwrap_or_default();
        let kind = columns.next().unwrap_or_default();
        let column = name.chars().count() + 2;
        let kind = TargetKind::from_name(kind).ok_or_else(|| {
            Error::table(number, column, format!("`{kind}` is no kind of target"))
        })?;
        let place = self.places.len() as u32;
        self.places.push(Place { name: name.into(), kind });
        let forms = |column: Option<&'_ str>| -> Vec<String> {
            let forms = column.unwrap_or_default().split(';').map(str::trim);
            forms.filter(|form| !form.is_empty()).map(str::to_string).collect()
        };
        let aliases = forms(columns.next());
        let epithets = forms(columns.next());
        let names = std::iter::once(name.to_string()).chain(aliases).map(|form| (form, place));
        for (form, id) in names.chain(epithets.into_iter().map(|form| (form, place | EPITHET))) {
            if self.forms.insert(form.as_str().into(), place).is_some() {
                return Err(Error::table(number, 1, format!("`{form}` comes twice")));
            }
            self.matcher.insert(&form, id);
        }
        Ok(())
    }

    /// The words that listed names start with, in small letters.
    pub(super) fn first_words(&self) -> impl Iterator<Item = String> {
        self.forms.keys().filter_map(|form| self.matcher.first_word(form))
    }

    /// The name under which a written form is listed.
    pub fn canonical(&self, form: &str) -> Option<&str> {
        self.find(form).map(|place| &*self.places[place as usize].name)
    }

    /// How many places are listed.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether none are.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The number of the place with this written form, upper or lower case at the first letter.
    pub(crate) fn find(&self, form: &str) -> Option<u32> {
        let form = form.trim();
        let bare = form.strip_prefix("the ").or_else(|| form.strip_prefix("The ")).unwrap_or(form);
        self.forms.get(form).or_else(|| self.forms.get(bare)).copied()
    }

    pub(crate) fn place(&self, id: u32) -> &Place {
        &self.places[id as usize]
    }

    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The place behind a number from the matcher.
    pub(crate) fn unmark(id: u32) -> u32 {
        id & !EPITHET
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let gazetteer = Gazetteer::from_tsv(include_str!("../data/gazetteer.tsv")).unwrap();
        assert!(gazetteer.len() > 500);
        for (form, name) in [
            ("Baku", "Azerbaijan"),
            ("Iranian", "Iran"),
            ("the Islamic Republic", "Iran"),
            ("Zionist regime", "Israel"),
        ] {
            assert_eq!(gazetteer.canonical(form), Some(name), "{form}");
        }
    }

    #[test]
    fn faults_name_line_and_column() {
        let error = Gazetteer::from_tsv("Iran\tcountry\nBaku\ttown\n").unwrap_err();
        assert_eq!(error.to_string(), "2:6: `town` is no kind of target");
        let error = Gazetteer::from_tsv("Iran\tcountry\tTehran\nX\tcity\tTehran\n").unwrap_err();
        assert_eq!(error.to_string(), "2:1: `Tehran` comes twice");
    }
}
