//! Where was it reported from?
//!
//! A dateline is a place, and mostly a day and an agency, before the first words of an article:
//! `TEHRAN, Jan. 28 (Agency) —`. Prose uses dashes too, so a place alone counts only in capitals.

use super::calendar::{month, weekday};

/// How far a dateline can reach, in bytes.
const LONGEST: usize = 110;

/// Words in capitals before a dash or a colon that are no places.
#[rustfmt::skip]
const NO_PLACES: &[&str] = &[
    "ANALYSIS", "BREAKING", "COLUMN", "CORRECTED", "CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINED", "EXPLAINER",
    "FACTBOX", "FILE", "PHOTO", "IMAGE", "CAPTION", "FACT", "CHECK", "KEY", "POINTS", "NEWS", "QUIZ", "LISTEN",
    "EDITOR", "EDITORS", "FEATURE", "FIFA", "INTERVIEW", "LIVE", "NASA", "NATO", "NOTE", "OPEC", "OPINION", "PHOTOS",
    "POLL", "PREVIEW", "PROFILE", "RECAP", "REPORT", "REVIEW", "SPECIAL", "TIMELINE", "UEFA", "UNESCO", "UNICEF",
    "UPDATE", "UPDATED", "URGENT", "VIDEO", "WATCH", "WRAPUP", "ANSWER", "QUESTION", "WARNING", "READ", "MORE",
    "SHARE",
];

/// Places that papers put before a colon, a habit of South Asia and the Gulf.
#[rustfmt::skip]
const COLON_PLACES: &[&str] = &[
    "AHMEDABAD", "BENGALURU", "BHOPAL", "CHANDIGARH", "CHENNAI", "COLOMBO", "DHAKA", "GUWAHATI", "HYDERABAD",
    "ISLAMABAD", "JAIPUR", "JAMMU", "KABUL", "KARACHI", "KATHMANDU", "KOCHI", "KOLKATA", "LAHORE", "LUCKNOW",
    "MUMBAI", "NAGPUR", "NEW DELHI", "PATNA", "PESHAWAR", "PUNE", "QUETTA", "RAWALPINDI", "SRINAGAR",
    "THIRUVANANTHAPURAM", "ABU DHABI", "AJMAN", "AMMAN", "BAGHDAD", "BEIJING", "BEIRUT", "BERLIN", "BRUSSELS", "CAIRO",
    "DAMASCUS", "DELHI", "DOHA", "DUBAI", "FUJAIRAH", "GENEVA", "ISTANBUL", "JEDDAH", "JERUSALEM", "KUWAIT CITY",
    "LONDON", "MADINAH", "MAKKAH", "MALE", "MANAMA", "MANILA", "MOSCOW", "MUSCAT", "NAIROBI", "NEW YORK", "PARIS",
    "RAMALLAH", "RAS AL KHAIMAH", "RIYADH", "SANAA", "SHARJAH", "SINGAPORE", "TEHRAN", "TOKYO", "TUNIS", "WASHINGTON",
];

/// Words with a capital at the start of prose, which no place begins with.
const PROSE_STARTS: &[&str] = &[
    "A", "After", "An", "And", "As", "At", "But", "By", "For", "From", "He", "His", "How", "I",
    "If", "In", "It", "On", "One", "She", "That", "The", "There", "They", "This", "Those", "To",
    "We", "What", "When", "Why", "With", "You",
];

/// Length of the dateline at the start of a paragraph, with the dash that ends it.
pub(super) fn find(paragraph: &str) -> Option<usize> {
    let head = start_of(paragraph);
    let agency = || {
        // "(ANSA) - VENICE, DEC 4 - …": the place comes second.
        let first = dashed(head).filter(|_| head.starts_with('('))?;
        dashed(&head[first..]).map(|second| first + second)
    };
    slashed(head)
        .or_else(agency)
        .or_else(|| dashed(head))
        .or_else(|| bracketed(head))
        .or_else(|| with_colon(head))
        .or_else(|| with_bar(head))
}

/// Length of a dateline before a headline. A headline may begin with a country and a dash, so it takes
/// a day or an agency.
pub(super) fn before_headline(headline: &str) -> Option<usize> {
    let head = start_of(headline);
    let told = |end: usize| {
        let parts = Parts::read(head[..end].trim_end_matches([' ', '-', '–', '—', ':']));
        parts.is_some_and(|parts| parts.has_place() && (parts.day || parts.agency))
    };
    find(headline).filter(|&end| told(end) && headline[end..].split_whitespace().nth(1).is_some())
}

/// `Washington, D.C. | The river …`: a section may stand so too, so the place must be told closer.
fn with_bar(head: &str) -> Option<usize> {
    let bar = head.find(" | ")?;
    let parts = Parts::read(&head[..bar])?;
    let told = parts.day || parts.agency || head[..bar].contains(", ");
    (parts.has_place() && told && begins_sentence(&head[bar + 2..])).then_some(bar + 2)
}

/// As much of a paragraph as a dateline can take.
fn start_of(paragraph: &str) -> &str {
    let mut limit = paragraph.len().min(LONGEST);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    &paragraph[..limit]
}

/// `MERROW, January 28. /EXA/. `
fn slashed(head: &str) -> Option<usize> {
    let open = head.find(" /")?;
    let name = &head[open + 2..];
    let close = name.find('/')?;
    let agency =
        !name[..close].is_empty() && name[..close].chars().all(|c| c.is_uppercase() || c == '-');
    let end = open + 2 + close + 1;
    let end = end + usize::from(head[end..].starts_with('.'));
    let parts = Parts::read(&head[..open])?;
    if agency && parts.has_place() {
        return Some(end);
    }
    // "MERROW, Feb. 10, 2020 /WireLine/ --": wires of firms write their name in small letters.
    let end = open + 2 + close + 1;
    let rest = head[end..].trim_start_matches([' ', '-', '–', '—']);
    let dashed = head[end..].contains(['-', '–', '—']) && is_agency(&name[..close]);
    (dashed && parts.has_place() && parts.day && !rest.is_empty()).then(|| {
        let taken = &head[..head.len() - rest.len()];
        taken.trim_end().len()
    })
}

/// Place, day or agency before a dash.
fn dashed(head: &str) -> Option<usize> {
    let (start, end) = dash(head)?;
    let parts = Parts::read(&head[..start])?;
    let told = (parts.agency && (parts.has_place() || parts.only_agency))
        || (parts.has_place() && parts.day);
    let shouted = parts.place == Place::Shouted && begins_sentence(&head[end..]);
    (told || shouted || (parts.agency && parts.day)).then_some(end)
}

/// `New Merrow, Jan 28 (EXA) The river …`: no dash, so all three must be there.
fn bracketed(head: &str) -> Option<usize> {
    let close = head.find(')')? + 1;
    let parts = Parts::read(&head[..close])?;
    (parts.has_place() && parts.day && parts.agency)
        .then_some(close + usize::from(head[close..].starts_with(':')))
}

/// `NEW DELHI: The river …`, `Merrow, Jan. 28 (EXA): The river …`. A word in capitals and a colon is
/// mostly a speaker or a subject, so a place alone must be known.
fn with_colon(head: &str) -> Option<usize> {
    let colon = head.find(':')?;
    let parts = Parts::read(&head[..colon])?;
    let place = head[..colon].to_uppercase();
    let told = parts.day || COLON_PLACES.contains(&place.as_str());
    let spaced = head[colon + 1..].starts_with(char::is_whitespace);
    (parts.has_place() && told && spaced && begins_sentence(&head[colon + 1..]))
        .then_some(colon + 1)
}

/// The first dash that stands between words, with the spaces before it left out.
fn dash(head: &str) -> Option<(usize, usize)> {
    head.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '―')).find_map(|(at, c)| {
        let before = &head[..at];
        let mut end = at + c.len_utf8();
        while head[end..].starts_with(['-', '–', '—']) {
            end += head[end..].chars().next().map_or(0, char::len_utf8);
        }
        let open =
            before.ends_with([' ', '\u{A0}', ')']) || head[end..].starts_with([' ', '\u{A0}']);
        (open || c == '—' || end - at > 1).then_some((at, end))
    })
}

fn begins_sentence(rest: &str) -> bool {
    rest.trim_start().trim_start_matches(['“', '"', '‘', '\'', '«']).starts_with(|c: char| {
        c.is_ascii_digit() || "$€£".contains(c) || (c.is_alphabetic() && !c.is_lowercase())
    })
}

/// How a place is written, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    None,
    Named,
    /// In capitals.
    Shouted,
}

/// What a would-be dateline is made of.
#[derive(Default)]
struct Parts {
    place: Place,
    day: bool,
    agency: bool,
    /// Nothing stands before the agency.
    only_agency: bool,
}

impl Parts {
    fn has_place(&self) -> bool {
        self.place != Place::None
    }

    /// Reads the text before the dash; `None` if any of it is neither place, day nor agency.
    fn read(left: &str) -> Option<Self> {
        let mut parts = Self::default();
        let mut rest = left.trim().to_string();
        if let Some((open, close)) = rest.find('(').zip(rest.rfind(')')) {
            // "Rivals Trade Barbs (EXA) EXA - …" is a headline, its source and a source again.
            let ends = rest[close + 1..].trim_matches([' ', ',', '.']);
            if close < open
                || !(ends.is_empty() || is_day(ends))
                || !is_agency(&rest[open + 1..close])
            {
                return None;
            }
            parts.agency = true;
            parts.only_agency = rest[..open].trim().is_empty();
            rest.replace_range(open..=close, ",");
        }
        for (number, segment) in segments(&rest).enumerate() {
            parts.add(segment, number)?;
        }
        Some(parts)
    }

    fn add(&mut self, segment: &str, number: usize) -> Option<()> {
        if is_day(segment) {
            self.day = true;
        } else if number == 0 && is_place(segment) && letters(segment) >= 3 {
            // "EU – The union …": too short for a place.
            let shouted = is_shouted(segment) && letters(segment) >= 4;
            self.place = if shouted { Place::Shouted } else { Place::Named };
        } else if self.has_place() && self.day && is_shouted(segment) {
            // "Tehran, Jan. 28, AGENCY –"
            self.agency = true;
        } else if !(self.has_place() && number <= 2 && is_place(segment)) {
            return None;
        }
        Some(())
    }
}

/// The parts between commas. A full stop after a long word parts as well: "MERROW. Jan 28".
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split(", ")
        .flat_map(split_at_stop)
        .map(|part| part.trim_matches([' ', ',', '.', '\u{A0}']))
        .filter(|part| !part.is_empty())
}

fn split_at_stop(text: &str) -> [&str; 2] {
    let long_word = |before: &str| {
        let word = before.rsplit([' ', '.']).next().unwrap_or("");
        word.chars().count() >= 4 && month(word).is_none()
    };
    match text.find(". ").filter(|&at| long_word(&text[..at])) {
        Some(at) => [&text[..at], &text[at + 1..]],
        None => [text, ""],
    }
}

/// One to four words with capitals: `New Merrow`, `PARIS/BERLIN`, `Merrow on Sea`.
fn is_place(text: &str) -> bool {
    let words = || text.split([' ', '/', '\u{A0}']).filter(|word| !word.is_empty());
    let small = ["on", "upon", "of", "de", "the", "la", "el", "al", "and"];
    let capital = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
            && month(word).is_none()
            && weekday(word).is_none()
    };
    // "Oil Steadies NEW YORK": where the case changes, a place begins within something else.
    let mixed = !is_shouted(text) && words().any(|word| is_shouted(word) && letters(word) >= 4);
    !mixed
        && (1..=4).contains(&words().count())
        && words().next().is_some_and(|word| capital(word) && !PROSE_STARTS.contains(&word))
        && words().all(|word| capital(word) || small.contains(&word))
        && !words().any(|word| NO_PLACES.contains(&word))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Written in capitals, as far as the script has them.
fn is_shouted(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

/// `Jan. 28`, `28 January 2022`, `Friday`, `2022`.
fn is_day(text: &str) -> bool {
    let mut words = 0;
    text.split([' ', ',', '.', '\u{A0}']).filter(|word| !word.is_empty()).all(|word| {
        words += 1;
        let number = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        number || month(word).is_some() || weekday(word).is_some()
    }) && words > 0
}

/// The name in brackets: `Reuters`, `AFP`, `Thomson Example News`, not an aside.
fn is_agency(text: &str) -> bool {
    (1..=5).contains(&text.split_whitespace().count())
        && text.split_whitespace().all(|word| {
            word.starts_with(|c: char| {
                c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()) || "/&-|".contains(c)
            }) || matches!(word, "of" | "and" | "the" | "dpa")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_of_the_wires_are_found() {
        for (dateline, rest) in [
            ("TEHRAN, Jan. 28 (Agency) —", " The river rose."),
            ("TEHRAN-", " The river rose."),
            ("NEW YORK (Reuters) -", " shares fell."),
            ("Paris (AFP) –", " The river rose."),
            ("BEIRUT, Lebanon —", " “We saw it,” he said."),
            ("Washington, D.C. (AP) —", " The river rose."),
            ("MOSCOW, January 28. /TASS/.", " The river rose."),
            ("MOSCOW. Jan 28 (Interfax) -", " The river rose."),
            ("LONDON/PARIS, Jan 28 (Reuters) -", " The river rose."),
            ("Tehran, Jan 28, IRNA –", " The river rose."),
            ("New Delhi, Jan 28 (PTI)", " The river rose."),
            ("(Reuters) -", " Shares fell."),
            ("Jan 28 (Reuters) -", " Shares fell."),
            ("NEW DELHI:", " The river rose."),
            ("BEIJING, Jan. 28, 2022 (Xinhua) --", " The river rose."),
            ("SÃO PAULO —", " The river rose."),
            ("(ANSA) - VENICE, DEC 4 -", " The river rose."),
            ("Washington, D.C. |", " The river rose."),
            ("Madrid, 3 Mar (EFE).-", " The river rose."),
            ("New Delhi, July 14 (PTI):", " The river rose."),
        ] {
            let paragraph = format!("{dateline}{rest}");
            assert_eq!(
                find(&paragraph).map(|end| &paragraph[..end]),
                Some(dateline),
                "{paragraph}"
            );
        }
    }

    #[test]
    fn dashes_of_prose_are_not_datelines() {
        for paragraph in [
            "Iran — a country of many rivers — is dry.",
            "The minister (Labour) — no friend of ours — left.",
            "NATO — The alliance met on Monday.",
            "BREAKING: The river rose.",
            "On Monday, Jan. 28 — The river rose.",
            "Tehran-Baku relations are good.",
            "EU-wide rules were passed.",
            "Jan. 28 — The council votes.",
            "He left (AFP) – and came back.",
            "Google, Example Ink Deal (EXA) EXA - The river rose.",
            "FOOTBALL: The river rose.",
            "SMITH: The river rose.",
            "EU – The river rose.",
            "",
            "—",
            "Merrow (a town of some beauty) - rose.",
            "Opinion | The river rose.",
            "(ANSA) The river rose - again.",
        ] {
            assert_eq!(find(paragraph), None, "{paragraph}");
        }
    }
}
