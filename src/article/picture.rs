//! Which line describes a picture?

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
    "courtesy of ",
];

/// Whether a line describes a picture: "The pier last month. Photo: Tomas Reddick/Straits Pictures".
///
/// Takes the line as [`cue`] left it.
pub(super) fn picture(key: &str) -> Option<Picture> {
    const WORDS: &[&str] =
        &["photo", "picture", "image", "file", "getty", "ap", "courtesy", "media", "caption"];
    let speaks = |word: &str| {
        let word = word.trim_start_matches(['(', '[', '/']);
        WORDS.iter().any(|start| word.starts_with(start)) || word.contains("/getty")
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

/// Whether a sentence is followed by whose picture it describes: "The pier on Monday.(Straits: Ann Poe)".
pub(super) fn is_credited(line: &str) -> bool {
    let Some((before, credit)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('('))
    else {
        return false;
    };
    let Some((agency, name)) = credit.split_once(": ") else { return false };
    let capital = |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let named = |text: &str| {
        (1..=4).contains(&text.split_whitespace().count()) && text.split_whitespace().all(capital)
    };
    before.ends_with(['.', ' '])
        && before.split_whitespace().nth(2).is_some()
        && named(agency)
        && named(name)
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
