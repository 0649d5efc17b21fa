//! Is it a letter from a mailbox or a newsgroup?
//!
//! Such texts begin with headers (`From:`, `Subject:`), quote what they answer (`> …`) and end with a
//! signature under two hyphens. None of it is the text, but the subject is its headline.

use super::lines::PageLine;

/// What a line of a letter is, besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MailPart {
    /// A header, a quoted line, who is quoted, a signature.
    Around,
    /// The subject, which is the headline.
    Subject,
}

/// Headers of mail and news posts, in lower case.
#[rustfmt::skip]
const HEADERS: &[&str] = &[
    "article-i.d.", "bcc", "cc", "content-type", "distribution", "expires", "followup-to", "from", "in-reply-to",
    "keywords", "lines", "message-id", "newsgroups", "nntp-posting-host", "organization", "originator", "path",
    "references", "reply-to", "sender", "subject", "summary", "to", "x-newsreader", "xref",
];

/// Signatures have at most so many lines.
const LONGEST_SIGNATURE: usize = 12;

/// What each line of a letter is; `None` for its text, and for every line of a page that is none.
pub(super) fn parts(page: &str, lines: &[PageLine]) -> Vec<Option<MailPart>> {
    let texts: Vec<&str> = lines.iter().map(|line| &page[line.range.clone()]).collect();
    let mut parts = vec![None; lines.len()];
    let headers = headers(&texts, lines);
    for (part, text) in parts.iter_mut().zip(&texts[..headers]) {
        let subject = header(text) == Some("subject") && subject_length(text) < text.len();
        // The date is read as dates are.
        let date = header(text) == Some("date");
        *part = (!date).then_some(if subject { MailPart::Subject } else { MailPart::Around });
    }
    let quotes = quotes(&texts, headers > 0);
    for (part, quoted) in parts.iter_mut().zip(&quotes) {
        *part = if *quoted { Some(MailPart::Around) } else { *part };
    }
    if headers > 0 || quotes.contains(&true) {
        sign(page, lines, &mut parts);
    }
    parts
}

/// Marks a signature: the last lines, under two hyphens.
pub(super) fn sign(page: &str, lines: &[PageLine], parts: &mut [Option<MailPart>]) {
    let signature = lines.iter().rposition(|line| &page[line.range.clone()] == "--");
    if let Some(from) = signature.filter(|from| lines.len() - from <= LONGEST_SIGNATURE) {
        parts[from..].fill(Some(MailPart::Around));
    }
}

/// Whether a line is marked as quoted: "> I have never seen one".
pub(super) fn is_quoted(line: &str) -> bool {
    line.starts_with(['>', '}'])
        || line.strip_prefix(['|', ':']).is_some_and(|rest| rest.trim_start().starts_with('>'))
}

/// Bytes of "Subject:" with the spaces after it.
pub(super) fn subject_length(line: &str) -> usize {
    line.find(':').map_or(0, |at| line.len() - line[at + 1..].trim_start().len())
}

/// How many lines at the top are headers: a block of which half or more are known, with a sender or
/// a subject among them.
fn headers(texts: &[&str], lines: &[PageLine]) -> usize {
    let end = (1..lines.len()).find(|&at| lines[at].after_gap).unwrap_or(lines.len());
    let known: Vec<_> = texts[..end].iter().filter_map(|text| header(text)).collect();
    let begins = texts.first().is_some_and(|first| header(first).is_some());
    let addressed = known.iter().any(|name| matches!(*name, "from" | "subject"));
    if begins && addressed && known.len() >= 2 && known.len() * 2 >= end { end } else { 0 }
}

/// The header that a line is, in lower case.
fn header(line: &str) -> Option<&'static str> {
    let name = line.split(':').next().filter(|name| name.len() < line.len())?;
    let known = |header: &&&str| header.eq_ignore_ascii_case(name);
    HEADERS.iter().find(known).copied().or_else(|| {
        let date = name.eq_ignore_ascii_case("date");
        date.then_some("date")
    })
}

/// Which lines are quoted, and which say who is quoted. A `>` may be a list's mark too, so it takes a
/// header, a line that says who is quoted, or a quoted line that goes on in the next.
fn quotes(texts: &[&str], letter: bool) -> Vec<bool> {
    let mut told = vec![false; texts.len()];
    for at in (0..texts.len()).filter(|&at| is_attribution(texts, at)) {
        told[at] = true;
        if at > 0 && ["In article <", "In <"].iter().any(|start| texts[at - 1].starts_with(start)) {
            told[at - 1] = true;
        }
    }
    let inner =
        |line: &str| line.trim_start_matches(['>', '|', ' ']).starts_with(char::is_lowercase);
    let goes_on = texts.windows(2).any(|pair| {
        is_quoted(pair[0]) && is_quoted(pair[1]) && pair[0].len() >= 40 && inner(pair[1])
    });
    if letter || goes_on || told.contains(&true) {
        for (told, text) in told.iter_mut().zip(texts) {
            *told |= is_quoted(text);
        }
    }
    told
}

/// "In article <4711@example> Jane Doe writes:" before a quoted line, or with an address in it.
fn is_attribution(texts: &[&str], at: usize) -> bool {
    let line = texts[at];
    let end = line.trim_end_matches(['.', ':', ' ']);
    let says = ["writes", "wrote", "said", "says"].iter().any(|verb| end.ends_with(verb));
    let quoted_next = texts.get(at + 1).is_some_and(|next| is_quoted(next));
    let addressed = line.contains('@') && line.contains(['<', '(']);
    let speech = line.starts_with(['“', '"', '«', '„']);
    says && !speech && end.len() < line.len() && line.len() <= 200 && (quoted_next || addressed)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn around(page: &str) -> Vec<usize> {
        let lines: Vec<_> = lines(page).collect();
        let parts = parts(page, &lines);
        (0..parts.len()).filter(|&at| parts[at] == Some(MailPart::Around)).collect()
    }

    #[test]
    fn headers_quotes_and_signatures_are_found() {
        let post = "From: a@b.example\nSubject: Ferries\nDate: 5 April 1993\n\nAnn Poe wrote:\n\
                    > Why?\nBecause.\n--\nJane";
        assert_eq!(around(post), [0, 3, 4, 6, 7]);
        assert_eq!(around("In article <1>\njane@x.example (Jane) writes:\n>No.\nYes."), [0, 1, 2]);
    }

    #[test]
    fn pages_are_no_letters() {
        for page in [
            "Source: Example\nEditor: hl\nThe river rose.",
            "From: Merrow\nThe river rose.",
            "Related\n> Ferry fares rise\n> The mayor leaves",
            "“It is over,” he wrote:\nThe river rose.",
            "One.\n--\nTwo.",
        ] {
            assert_eq!(around(page), [0_usize; 0], "{page}");
        }
    }
}
