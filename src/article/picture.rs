//! Which line describes a picture?

use super::byline::is_office;

/// What a line with a picture's credit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// What the picture shows, then whose it is.
    Caption,
    /// Only whose it is.
    Credit,
}

/// Marks of a picture's credit. Those without a colon count only after a bracket, a bar or a stop.
#[rustfmt::skip]
const PICTURE_MARKS: &[&str] = &[
    "photo:", "photos:", "photograph:", "picture:", "image:", "photo credit:", "image credit:", "photo by ",
    "photograph by ", "picture by ", "photo/", "file photo", "file image", "getty images", "ap photo",
    "courtesy of ", "photo | ", "photos | ", "pic | ", "credit...", "image | ",
];

/// Whether a line describes a picture: "The pier last month. Photo: Tomas Reddick/Straits Pictures".
///
/// Takes the line as [`cue`] left it.
pub(super) fn picture(key: &str) -> Option<Picture> {
    const WORDS: &[&str] = &[
        "photo",
        "picture",
        "image",
        "file",
        "getty",
        "ap",
        "courtesy",
        "media",
        "caption",
        "pic",
        "credit...",
    ];
    let speaks = |word: &str| {
        let word = word.trim_start_matches(['(', '[', '/']);
        WORDS.iter().any(|start| word.starts_with(start))
            || word.contains("/getty")
            || word.contains("credit...")
    };
    if !key.split(' ').any(speaks) {
        return None;
    }
    if key.starts_with("image caption, ")
        || key.starts_with("media caption, ")
        || key.starts_with("caption: ")
        || key.starts_with("file photo: ")
        || key.starts_with("file - ")
    {
        return Some(Picture::Caption);
    }
    PICTURE_MARKS.iter().find_map(|mark| {
        let at = key.rfind(mark)?;
        let before = key[..at].trim_end();
        let apart = mark.ends_with(':')
            || before.is_empty()
            || before.ends_with(['(', '[', '|', '.', '-', '/', '\u{a9}']);
        let word_starts = before.len() < at || !before.ends_with(char::is_alphanumeric);
        // A credit is short, and ends the line.
        if !apart || !word_starts || key[at..].split(' ').count() > 10 {
            return None;
        }
        Some(if before.split(' ').count() >= 3 { Picture::Caption } else { Picture::Credit })
    })
}

/// Whether a sentence is followed by whose picture it describes: "The pier on Monday.(Straits: Ann
/// Poe)", "The pier on Monday. REUTERS/Ann Poe".
pub(super) fn is_credited(line: &str) -> bool {
    // Longer texts end with "(Source: Reuters)" and are no captions.
    const LONGEST: usize = 60;
    let words = line.split_whitespace().count();
    (4..=LONGEST).contains(&words) && (in_brackets(line) || behind_agency(line))
}

/// Whether the name of an agency or a photographer stands behind a caption: "… on Tuesday. Yonhap",
/// "[EXA/Ann Poe]", "(Ann Poe)". Paragraphs end so too, so it counts only before the first of them.
pub(super) fn is_signed(line: &str) -> bool {
    const LONGEST: usize = 60;
    if !(4..=LONGEST).contains(&line.split_whitespace().count()) {
        return false;
    }
    let squared = line.strip_suffix(']').and_then(|line| line.rsplit_once('['));
    if let Some((before, credit)) = squared {
        return before.len() > credit.len() && credit.split(['/', ',']).all(is_named);
    }
    if let Some((before, credit)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')) {
        let person = super::byline::is_short_names(credit) || credit.contains('/');
        return before.trim_end().ends_with(['.', '”', '"']) && person && is_named(credit);
    }
    let Some((before, name)) = line.rsplit_once(". ") else { return false };
    let marked = name.ends_with(['.', '!', '?', ':', '”', '"', '’', '…', ';', ',']);
    !marked && before.split_whitespace().count() >= 4 && is_named(name)
}

fn in_brackets(line: &str) -> bool {
    let Some((before, credit)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('('))
    else {
        return false;
    };
    if let Some((name, agency)) = credit.split_once('/') {
        let person = super::byline::is_short_names(name);
        return person && is_named(agency.trim_start_matches("for "));
    }
    let Some((agency, name)) = credit.split_once(": ") else { return false };
    let source = |word: &str| {
        ["source", "via", "see", "read", "note"].iter().any(|start| {
            word.get(..start.len()).is_some_and(|known| known.eq_ignore_ascii_case(start))
        })
    };
    let told = before.split_whitespace().nth(2).is_some() && before.ends_with(['.', ' ']);
    told && !source(agency) && is_named(agency) && is_named(name)
}

fn behind_agency(line: &str) -> bool {
    let Some((before, name)) = line.rsplit_once('/') else { return false };
    let (sentence, agency) = before.rsplit_once(' ').unwrap_or(("", before));
    let shouted = agency.len() >= 2 && agency.bytes().all(|byte| byte.is_ascii_uppercase());
    shouted && is_office(agency) && sentence.ends_with('.') && is_named(name.trim_end_matches('.'))
}

/// One to four words with capitals.
fn is_named(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    (1..=4).contains(&text.split_whitespace().count()) && text.split_whitespace().all(capital)
}

#[cfg(test)]
mod tests {
    use super::super::furniture::fold_line;
    use super::*;

    #[test]
    fn credits_in_brackets_are_told() {
        assert!(is_credited("The pier on Monday.(Straits News: Ann Poe)"));
        assert!(!is_credited("The pier closed on Monday (see also: the bridge)"));
        assert!(!is_credited("Pier (Straits: Ann Poe)"));
        assert!(!is_credited("Exports rose by a tenth, the ministry said. (Source: Reuters)"));
        assert!(is_credited("The pier on Monday, March 13, 2015. REUTERS/Ann Poe"));
        assert!(is_credited("The pier reopens in May. (Ann Poe/Straits News)"));
        assert!(!is_credited("The pier reopens in May, he said. (EXA/PFA)"));
        assert!(is_signed("The minister speaks in Merrow on Tuesday. Yonhap"));
        assert!(is_signed("The minister speaks in Merrow. [EXA/Ann Poe]"));
        assert!(is_signed("Boats wait at the pier on April 26. (Ann Poe)"));
        assert!(!is_signed("The rate was put at 13.5 percent. (IRNA)"));
        assert!(!is_signed("The pier closed on Monday. It stayed shut"));
        assert!(!is_credited("Prices rose to 20 crowns per head and/or Family"));
    }

    #[test]
    fn pictures_are_told_by_their_credits() {
        let cases = [
            (
                "The pier, seen from the ferry last month. Photo: T. Reddick/Straits Pictures",
                Some(Picture::Caption),
            ),
            ("(Photo by Ann Poe)", Some(Picture::Credit)),
            ("Image caption, The pier at night", Some(Picture::Caption)),
            ("The pier at night (AP Photo/Jane Doe)", Some(Picture::Caption)),
            ("The photo: a story of four friends and the long road that they took", None),
        ];
        for (line, expected) in cases {
            let mut key = String::new();
            fold_line(line, &mut key);
            assert_eq!(picture(&key), expected, "{line}");
        }
    }
}
