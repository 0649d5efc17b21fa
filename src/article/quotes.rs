//! Which lines of the body say again what a paragraph says?

use hashbrown::{HashMap, HashSet};

use super::Role;
use super::furniture::FurnitureKind;
use super::lines::sentence_end;
use super::parse::Reading;

/// Words that are compared first.
const FIRST: usize = 4;

impl Reading<'_, '_> {
    /// A line of the body that stands within a longer one is set apart from it, and told twice.
    ///
    /// Linear in the page: the first words of each short line are looked for among all runs of as many
    /// words, and only where they stand the lines are compared.
    pub(super) fn pull_quotes(&mut self) {
        const MOST: usize = 8;
        let page = self.page;
        let body: Vec<usize> =
            (0..self.roles.len()).filter(|&at| self.roles[at] == Role::Body).collect();
        let mut quotes: HashMap<[&str; FIRST], Vec<usize>, foldhash::fast::FixedState> =
            HashMap::default();
        for &at in body.iter().filter(|&&at| is_set_apart(page.line(at))) {
            let said = said(page.line(at));
            let mut words = words(said);
            // The first letter may have been made a capital, so the second word begins.
            words.next();
            let first: Vec<&str> = words.take(FIRST).collect();
            if let Ok(first) = first.try_into() {
                quotes.entry(first).or_default().push(at);
            }
        }
        let mut told: HashSet<usize, foldhash::fast::FixedState> = HashSet::default();
        for &at in &body {
            let words: Vec<&str> = words(page.line(at)).collect();
            for run in words.windows(FIRST) {
                let Some(known) =
                    <[&str; FIRST]>::try_from(run).ok().and_then(|run| quotes.get(&run))
                else {
                    continue;
                };
                // Lines that begin alike would make this quadratic.
                let within = |quote: usize| {
                    page.line(at).len() >= page.line(quote).len() + 8
                        && says(page.line(at), said(page.line(quote)))
                };
                told.extend(known.iter().copied().take(MOST).filter(|&quote| within(quote)));
            }
        }
        for at in told {
            self.roles[at] = Role::Furniture(FurnitureKind::PullQuote);
        }
    }
}

/// Whether a line could be a quotation set apart: all of it between quotation marks, or a sentence that
/// is long enough to be no name of a list.
fn is_set_apart(line: &str) -> bool {
    const LONGEST: usize = 300;
    const LEAST: usize = 8;
    let opens = line.starts_with(['“', '"', '‘', '«', '„']);
    let closes = line.ends_with(['”', '"', '’', '»', '“']);
    let inner = said(line);
    let quoted = opens && closes && !inner.contains(['“', '"', '”']);
    let sentence = line.starts_with(char::is_uppercase)
        && sentence_end(line).is_some()
        && line.split_whitespace().count() >= LEAST;
    line.len() <= LONGEST && (quoted || sentence)
}

/// The words of a line without the marks around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// What a line says, without quotation marks around it and the mark at its end.
fn said(line: &str) -> &str {
    let marks = ['“', '”', '"', '‘', '’', '«', '»', '„'];
    line.trim_matches(marks).trim().trim_end_matches(['.', ',', '!', '…'])
}

/// Whether a line holds a quotation, whose first letter may have been made a capital.
fn says(line: &str, quote: &str) -> bool {
    let tail = quote.chars().next().map_or(quote, |first| &quote[first.len_utf8()..]);
    line.contains(tail)
}

#[cfg(test)]
mod tests {
    use crate::article::Article;

    #[test]
    fn what_is_said_twice_counts_once() {
        let page = |quote: &str| {
            format!(
                "The bridge is dark\nBy Ann Poe\n\nThe bridge has no lamps since May, a report says.\n\n{quote}\n\n\
                 “No child should walk home in the dark over a river,” said the mayor. “They will not.”"
            )
        };
        let paragraphs = |quote: &str| Article::parse(page(quote)).paragraphs().count();
        assert_eq!(paragraphs("“No child should walk home in the dark over a river.”"), 2);
        assert_eq!(paragraphs("No child should walk home in the dark over a river."), 2);
        assert_eq!(paragraphs("No child should walk home in the dark over a wall."), 3);
        // Short lines and titles may well stand in a text again.
        assert_eq!(paragraphs("in the dark over a river"), 3);
    }
}
