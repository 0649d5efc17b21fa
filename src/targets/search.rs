//! Where does a document speak of what the caller named?

use std::ops::Range;

use super::gazetteer::TargetKind;
use super::{Target, Targets};
use crate::article::{Document, sections};
use crate::text::{Analyze, Analyzer, Tokens, folded, without_possessive};

/// The mentions of a target that the caller named: a listed name with all its aliases; else the
/// words as they are; of a full name the surname too; else any word with the stem of one of them.
pub(crate) fn mentions_of<D: Document + ?Sized>(
    targets: &Targets,
    doc: &D,
    wanted: &str,
) -> Target {
    let wanted = wanted.trim();
    let text = doc.text();
    if let Some(place) = targets.gazetteer().find(wanted) {
        let name = targets.gazetteer().place(place).name.to_string();
        let mentions = targets.find(doc).into_iter().find(|target| target.name() == name);
        return mentions.unwrap_or_else(|| {
            Target::new(name, targets.gazetteer().place(place).kind, Vec::new(), text)
        });
    }
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let named = words.iter().any(|word| word.starts_with(char::is_uppercase));
    let mut mentions = phrase(doc, wanted);
    if named && let [_, .., last] = words[..] {
        mentions.extend(
            phrase(doc, last)
                .into_iter()
                .filter(|place| text[place.clone()].starts_with(char::is_uppercase)),
        );
    }
    if mentions.is_empty() {
        mentions = by_stem(doc, wanted);
    } else if named {
        mentions.extend(references(targets, doc, &mentions));
    }
    let mentions = outermost(mentions);
    let kind = if named { TargetKind::Name } else { TargetKind::Topic };
    Target::new(wanted.to_string(), kind, mentions, text)
}

/// The pronouns and offices that mean the one whose mentions are given.
fn references<D: Document + ?Sized>(
    targets: &Targets,
    doc: &D,
    mentions: &[Range<usize>],
) -> Vec<Range<usize>> {
    let found = targets.find(doc);
    let same = found.iter().find(|target| {
        mentions.iter().any(|own| target.mentions().iter().any(|place| place.start == own.start))
    });
    same.map_or(Vec::new(), |target| target.references().cloned().collect())
}

/// Where the words of `wanted` stand in a row, whatever their case.
fn phrase<D: Document + ?Sized>(doc: &D, wanted: &str) -> Vec<Range<usize>> {
    let spelled = spellings(wanted);
    let mut found = Vec::new();
    if spelled.is_empty() {
        return found;
    }
    for (section, paragraph) in sections(doc) {
        let words = folded_words(paragraph);
        for row in words.windows(spelled.len()) {
            if row.iter().map(|(word, _)| word).eq(&spelled) {
                let (first, last) = (&row[0].1, &row[row.len() - 1].1);
                found.push(section.range.start + first.start..section.range.start + last.end);
            }
        }
    }
    found
}

fn spellings(text: &str) -> Vec<String> {
    folded_words(text).into_iter().map(|(word, _)| word).collect()
}

fn folded_words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut tokens = Tokens::default();
    Analyzer::plain().tokens_into(text, &mut tokens);
    let spell =
        |token: crate::text::Token<'_>| (folded(without_possessive(token.text())), token.range());
    tokens.iter(text).map(spell).collect()
}

/// Where a word has the stem of a word of `wanted`.
fn by_stem<D: Document + ?Sized>(doc: &D, wanted: &str) -> Vec<Range<usize>> {
    let analyzer = Analyzer::english();
    let stems: Vec<String> = analyzer.terms(wanted).collect();
    let mut found = Vec::new();
    let (mut tokens, mut term) = (Tokens::default(), String::new());
    for (section, paragraph) in sections(doc) {
        tokens.clear();
        analyzer.tokens_into(paragraph, &mut tokens);
        for token in tokens.iter(paragraph) {
            term.clear();
            if analyzer.term(token, &mut term) && stems.contains(&term) {
                let range = token.range();
                found.push(section.range.start + range.start..section.range.start + range.end);
            }
        }
    }
    found
}

/// Drops ranges inside other ranges.
fn outermost(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.last().is_none_or(|last| range.end > last.end) {
            kept.push(range);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'t>(text: &'t str, wanted: &str) -> Vec<&'t str> {
        let target = mentions_of(&Targets::news(), text, wanted);
        target.mentions().iter().map(|place| &text[place.clone()]).collect()
    }

    #[test]
    fn finds_aliases_surnames_phrases_and_stems() {
        assert_eq!(written("Tehran said Iranians agree.", "Iran"), ["Tehran", "Iranians"]);
        let text = "Jane Doe won. Doe smiled; no doe ran.";
        assert_eq!(written(text, "Jane Doe"), ["Jane Doe", "Doe"]);
        assert_eq!(
            written("Comment sections and a comment section.", "comment section"),
            ["comment section"]
        );
        assert_eq!(written("An obese nation taxes sugar.", "sugar tax"), ["taxes", "sugar"]);
        assert!(written("Nothing.", "  ").is_empty());
    }
}
