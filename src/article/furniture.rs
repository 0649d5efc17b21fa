//! What on a page is not the article?
//!
//! A line is folded and compared with the table of [`cues`](super::cues), and looked at as a whole:
//! a row of networks is a share bar, a row of short labels a menu.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

use super::byline::is_office;
use super::cues::{CUES, MENU_WORDS, Reach, SHARE_FILLERS, SHARE_WORDS};
use super::lines::{LONGEST_CUE, is_prose};
use crate::text::fold_into;

type WordSet = HashSet<&'static str, foldhash::fast::FixedState>;

/// What a line is that is not the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum FurnitureKind {
    /// A number or code that names the page.
    Identifier,
    /// A riddle against robots.
    Captcha,
    /// How and when the page was made.
    Generated,
    /// Buttons to share, print or save.
    Share,
    /// The headline again.
    RepeatedTitle,
    /// Menus, breadcrumbs, links within the site.
    Navigation,
    /// Links to other articles.
    Related,
    /// An offer of letters by e-mail.
    Newsletter,
    /// An offer to pay, or a notice that only payers may read on.
    Subscription,
    /// Whose the text is.
    Copyright,
    /// What readers wrote, and the form to write in.
    Comments,
    /// A notice of cookies or privacy.
    Cookie,
    /// Who else worked on it: reporting, editing, pictures.
    Credit,
    /// An advertisement, or the mark of one.
    Advertisement,
    /// A correction, clarification or editor's note.
    Correction,
    /// That the views are the author's own.
    Disclaimer,
    /// How to reach the newsroom.
    Contact,
    /// Subjects that the article is filed under.
    Tags,
    /// How long the reading takes.
    ReadingTime,
    /// Players, galleries and what a browser says in their place.
    Media,
    /// The time of an entry in a running report.
    Stamp,
    /// A sentence of the text once more, set apart.
    PullQuote,
    /// What stands around the text of a letter: headers, quoted lines, a signature.
    Mail,
}

/// What a line says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) kind: FurnitureKind,
    /// Whether it counts within the body too.
    pub(super) anywhere: bool,
    /// Whether the lines after it are more of the kind: the heading of a list.
    pub(super) opens: bool,
}

/// What a line says of itself, if it says that it is no part of the article. Leaves the line in `key`
/// as the patterns see it.
pub(super) fn cue(line: &str, key: &mut String) -> Option<Cue> {
    key.clear();
    if line.len() > LONGEST_CUE {
        return None;
    }
    fold_line(line, key);
    if is_quotation(line) {
        return None;
    }
    let told = TABLE.find(key);
    if told.is_some_and(|cue| cue.anywhere) {
        return told;
    }
    if is_share_bar(key) {
        return Some(cue_of(FurnitureKind::Share, Reach::Anywhere));
    }
    told.or_else(|| is_desk(line).then_some(cue_of(FurnitureKind::Credit, Reach::Edges)))
        .or_else(|| is_menu(line, key).then_some(cue_of(FurnitureKind::Navigation, Reach::Edges)))
        .or_else(|| is_tags(key).then_some(cue_of(FurnitureKind::Tags, Reach::Edges)))
}

fn cue_of(kind: FurnitureKind, reach: Reach) -> Cue {
    let (anywhere, opens) = match reach {
        Reach::Anywhere => (true, false),
        Reach::Opens => (true, true),
        Reach::Edges => (false, false),
        Reach::EdgesOpen => (false, true),
    };
    Cue { kind, anywhere, opens }
}

/// Somebody speaks: whatever is said, it belongs to the body.
pub(super) fn is_quotation(line: &str) -> bool {
    line.starts_with(['“', '"', '«', '„']) && is_prose(line)
}

/// A line as the patterns see it.
pub(super) fn fold_line(line: &str, key: &mut String) {
    key.clear();
    for word in line.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        fold_into(word, key);
    }
    let end = key.trim_end_matches(['.', ':', '>', '"', '…', ' ', '!', '-']).len();
    key.truncate(end);
    let bullets =
        ['-', '*', '•', '>', '"', '·', '▪', '●', '■', '►', '▶', '›', '|', ' ', '[', '\u{FE0F}'];
    let start = key.len() - key.trim_start_matches(bullets).len();
    key.drain(..start);
}

/// The words of bars and menus, for a quick look.
struct Vocabulary {
    share: WordSet,
    filler: WordSet,
    menu: WordSet,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let set = |words: &[&'static str]| words.iter().copied().collect();
    Vocabulary { share: set(SHARE_WORDS), filler: set(SHARE_FILLERS), menu: set(MENU_WORDS) }
});

struct Row {
    pattern: &'static str,
    cue: Cue,
}

/// The rows by a word that they cannot do without, so that a line meets only a few of them.
struct Table {
    by_word: HashMap<&'static str, Vec<Row>, foldhash::fast::FixedState>,
    wordless: Vec<Row>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_word: HashMap::default(), wordless: Vec::new() };
    for &(kind, reach, patterns) in CUES {
        for &pattern in patterns {
            let row = Row { pattern, cue: cue_of(kind, reach) };
            // The longest word is likely the rarest.
            let whole = |word: &&str| !word.is_empty() && !word.contains(['*', '#']);
            match pattern.split(' ').filter(whole).max_by_key(|word| word.len()) {
                Some(word) => table.by_word.entry(word).or_default().push(row),
                None => table.wordless.push(row),
            }
        }
    }
    table
});

impl Table {
    /// The cue of a key. What counts anywhere is the stronger word.
    fn find(&self, key: &str) -> Option<Cue> {
        let mut edges = None;
        let known = key.split(' ').filter_map(|word| self.by_word.get(word)).flatten();
        for row in known.chain(&self.wordless).filter(|row| fits(row.pattern, key)) {
            if row.cue.anywhere {
                return Some(row.cue);
            }
            edges = edges.or(Some(row.cue));
        }
        edges
    }
}

/// Whether a pattern fits a whole key: pieces between `*` are found one after the other.
fn fits(pattern: &str, key: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut at) = pieces.next().and_then(|first| piece_at(first, key)) else { return false };
    let mut open = false;
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        open = true;
        let rest = &key[at..];
        if pieces.peek().is_none() {
            return piece.is_empty()
                || starts(piece, rest)
                    .any(|from| piece_at(piece, &rest[from..]) == Some(rest.len() - from));
        }
        let found =
            starts(piece, rest).find_map(|from| Some(from + piece_at(piece, &rest[from..])?));
        let Some(end) = found else { return false };
        at += end;
    }
    !open && at == key.len()
}

/// Where a piece could begin in a text: for most pieces, where its first letters stand.
fn starts<'t>(piece: &'t str, text: &'t str) -> impl Iterator<Item = usize> {
    let literal = piece.split('#').next().unwrap_or_default();
    text.match_indices(literal).map(|(at, _)| at)
}

/// How much of the start of `text` a piece without `*` fits.
fn piece_at(piece: &str, text: &str) -> Option<usize> {
    let mut at = 0;
    for (index, literal) in piece.split('#').enumerate() {
        if index > 0 {
            let rest = &text[at..];
            let length = rest
                .find(|c: char| !c.is_ascii_digit() && !".,/:".contains(c))
                .unwrap_or(rest.len());
            if !rest[..length].starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            at += length;
        }
        at += text[at..].starts_with(literal).then_some(literal.len())?;
    }
    Some(at)
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split([' ', '|', '/', ',', '·', '•', ':', '(', ')']).filter(|word| !word.is_empty())
}

/// "Facebook | Tweet | Email | Print".
fn is_share_bar(key: &str) -> bool {
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let known = |word: &str| VOCABULARY.share.contains(word) || VOCABULARY.filler.contains(word);
    words(key).all(|word| known(word) || number(word))
        && words(key).count() <= 20
        && words(key).filter(|word| VOCABULARY.share.contains(word)).count() >= 2
}

/// "Home | News | Sport", "Opinion > Columnists", "Home News Sport".
fn is_menu(line: &str, key: &str) -> bool {
    let slashed = line.contains("/ ") && is_bar(line, '/', 3);
    let bar = slashed || ['|', '·', '•'].into_iter().any(|mark| is_bar(line, mark, 3));
    let trail = || ['>', '›', '»', '→'].into_iter().any(|mark| is_bar(line, mark, 2));
    let least = if key.starts_with("home ") { 2 } else { 3 };
    let menu =
        || words(key).all(|word| VOCABULARY.menu.contains(word)) && words(key).count() >= least;
    (bar || trail() || menu() || is_row(line)) && !is_prose(line)
}

/// Whether wide spaces part a line into labels: "News  Sport  What's On".
fn is_row(line: &str) -> bool {
    let parts = || line.split("  ").flat_map(|part| part.split('\t')).map(str::trim);
    let labels = || parts().filter(|part| !part.is_empty());
    let label = |label: &str| {
        label.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && label.split_whitespace().count() <= 3
    };
    labels().count() >= 4 && labels().all(label)
}

/// Whether a mark parts a line into so many labels of few words, each with a capital.
fn is_bar(line: &str, mark: char, least: usize) -> bool {
    let label = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && part.split_whitespace().count() <= 4
    };
    line.contains(mark)
        && line.split(mark).map(str::trim).filter(|part| !part.is_empty()).count() >= least
        && line.split(mark).map(str::trim).all(|part| part.is_empty() || label(part))
}

/// "#Merrow #Ferries", "# example-notebook".
fn is_tags(key: &str) -> bool {
    key.strip_prefix("# ").is_some_and(|tag| !tag.contains(' '))
        || (key.starts_with('#')
            && key.split(' ').all(|word| word.len() > 1 && word.starts_with('#')))
}

/// The initials of a desk or the name of an agency, and nothing else: "MH/PA", "ic-ta/rp", "EFE".
fn is_desk(line: &str) -> bool {
    let initials = |part: &str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let short = line.len() <= 16 && !line.contains(' ');
    let signed = || line.contains('/') && line.split(['/', '-']).all(initials);
    let agency = || line.bytes().all(|byte| byte.is_ascii_uppercase()) && is_office(line);
    // Wires of firms end with whose words they were: "SOURCE Example Instruments, Inc."
    let names = |rest: &str| {
        rest.split(' ').count() <= 8
            && rest.split(' ').all(|word| !word.starts_with(char::is_lowercase))
    };
    let source = || line.strip_prefix("SOURCE ").is_some_and(names);
    (short && (signed() || agency())) || source()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_lines() {
        for (pattern, key, expected) in [
            ("share", "share", true),
            ("share", "share prices", false),
            ("comments (#)", "comments (1,047)", true),
            ("news id*#*", "news id: 319710", true),
            ("news id*#*", "news ideas", false),
            ("a*b*c", "axxbxxc", true),
            ("a*b*c", "acb", false),
            ("*x", "éx", true),
            ("#", "", false),
            ("* # hours ago", "ann 2 hours ago", true),
        ] {
            assert_eq!(fits(pattern, key), expected, "{pattern} on {key}");
        }
    }

    #[test]
    fn patterns_are_folded_and_unique() {
        let mut seen = Vec::new();
        let (mut folded, mut line) = (String::new(), String::new());
        for pattern in CUES.iter().flat_map(|(_, _, patterns)| *patterns) {
            line.clear();
            line.push_str(&pattern.replace(['*', '#'], ""));
            folded.clear();
            fold_into(&line, &mut folded);
            assert_eq!(folded, line, "written as it is matched");
            assert!(!seen.contains(pattern), "{pattern} twice");
            seen.push(pattern);
        }
    }

    #[test]
    fn body_is_not_furniture() {
        for line in [
            "Share prices fell on Monday after the vote.",
            "Comments by the minister drew criticism from both banks.",
            "“We use cookies like everyone else,” he said.",
            "Copyright owners sued the firm in 2019 and lost.",
            "The home secretary said that the talks would go on.",
            "Related charges were dropped in May.",
            "The minister asked residents to sign up to the council’s scheme.",
            "She posted a photo by her husband on Monday.",
            "Email traffic between the two banks doubled.",
        ] {
            let mut key = String::new();
            assert_eq!(cue(line, &mut key).filter(|cue| cue.anywhere), None, "{line}");
            assert_eq!(super::super::picture::picture(&key), None, "{line}");
        }
    }
}
