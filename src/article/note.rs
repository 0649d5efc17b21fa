//! Who is the author, as the foot of the page has it?

use super::byline::names;

/// Verbs that follow the author's name in a note.
const NOTE_VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "teaches", "writes", "works", "covers", "reports", "serves",
    "served", "edits", "directs", "lives", "leads", "heads", "chairs", "runs", "worked", "taught",
    "wrote",
];

/// Whether a line says who the author is: "*Jane Doe is a former ambassador".
///
/// Without the star it takes the author's name from the byline, or "The writer is".
pub(super) fn is_author_note(line: &str, byline: Option<&str>) -> bool {
    let marks = ['*', '†', '‡', '_', '-', '–', '—', '•', '(', '[', ' ', '\u{A0}'];
    let subject = line.trim_start_matches(marks);
    let starred = line.trim_start().starts_with(['*', '†', '‡']);
    let subject = subject.strip_prefix("About the author:").map_or(subject, str::trim_start);
    for start in ["The writer ", "The author ", "The columnist ", "The writers ", "The authors "] {
        if let Some(rest) = subject.strip_prefix(start) {
            return begins_with_verb(rest);
        }
    }
    let Some(subject_names) = names(subject) else { return false };
    let named = &subject[subject_names.clone()];
    let shares = byline.is_some_and(|byline| {
        let mut words = named.split_whitespace().filter(|word| word.chars().count() > 2);
        words.any(|word| byline.split_whitespace().any(|known| known.eq_ignore_ascii_case(word)))
    });
    let after = subject[subject_names.end..].trim_start_matches([',', ' ', '*']);
    let appositive =
        after.starts_with("a ") || after.starts_with("the ") || after.starts_with("an ");
    // "Jane Doe, a former pilot, is the author of …".
    let then = || after.split(", ").skip(1).any(begins_with_verb);
    (begins_with_verb(after) || (appositive && (starred || then())))
        && (shares || (starred && named.split_whitespace().count() >= 2))
}

fn begins_with_verb(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| NOTE_VERBS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_speak_of_the_author() {
        for (line, byline, expected) in [
            ("*Jane Doe is a former ambassador.", None, true),
            ("* Jane Doe is a former ambassador.", Some("Jane Doe"), true),
            ("Jane Doe is a writer in Merrow.", Some("JANE DOE and John Roe"), true),
            ("Jane Doe is a writer in Merrow.", None, false),
            ("Jane Doe is the minister.", Some("John Roe"), false),
            ("The writer is a former pilot.", None, true),
            ("Jane Doe, a former pilot, is the author of a book.", Some("Jane Doe"), true),
            ("Jane Doe, a former pilot, said no.", Some("Jane Doe"), false),
            ("* Sales were up by a tenth.", None, false),
            ("* The minister is a liar.", None, false),
            ("The author of the plan is unknown.", None, false),
        ] {
            assert_eq!(is_author_note(line, byline), expected, "{line}");
        }
    }
}
