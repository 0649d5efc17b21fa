//! Which words is an entry looked up by, and how is it written?

use crate::text::clitics::without_possessive;
use crate::text::matcher::Spelling;
use crate::text::scan::Segmentation;
use crate::text::tokens::Tokens;

/// A word or phrase of a dictionary.
pub(super) struct Form {
    /// As they are looked up.
    pub(super) words: Vec<String>,
    /// Joined by one space, each so that it is read as that word again.
    pub(super) written: String,
}

impl Form {
    /// Reads a form, or says what is wrong with it.
    pub(super) fn read(form: &str) -> Result<Self, String> {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(form, &mut tokens);
        let (mut words, mut written) = (Vec::new(), Vec::new());
        let mut end = None;
        for (place, token) in tokens.iter(form).enumerate() {
            let gap = &form[end.unwrap_or(0)..token.range().start];
            if end.is_some() && (gap.is_empty() || !gap.chars().all(char::is_whitespace)) {
                return Err(format!("`{}` holds `{}` between two words", form.trim(), gap.trim()));
            }
            end = Some(token.range().end);
            let mut text = token.text();
            let mut word = spelled(text);
            // Only inside a phrase does a possessive ending belong to it: "women's rights".
            if place + 1 == tokens.len() {
                text = without_possessive(text);
                word.truncate(without_possessive(&word).len());
            }
            let Some(again) = written_as(&word, text) else {
                return Err(format!("`{}` holds `{text}`, which is no word alone", form.trim()));
            };
            words.push(word);
            written.push(again);
        }
        if words.is_empty() {
            return Err(format!("`{}` holds no word", form.trim()));
        }
        Ok(Self { words, written: written.join(" ") })
    }

    /// The term of a form that counts as itself.
    pub(super) fn own_term(&self) -> String {
        self.words.join("_")
    }
}

fn spelled(token: &str) -> String {
    let mut word = String::new();
    Spelling::Capitals.spell(token, &mut word);
    word
}

/// How to write a word so that it is read as one. `AT&T` is looked up as `at&t`, which is two words,
/// and is written in capitals.
fn written_as(word: &str, text: &str) -> Option<String> {
    let candidates = [word.to_string(), word.to_uppercase(), text.to_string()];
    candidates.into_iter().find(|candidate| {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(candidate, &mut tokens);
        let mut ranges = tokens.iter(candidate).map(|token| token.range());
        ranges.next() == Some(0..candidate.len())
            && !candidate.contains(is_blank)
            && spelled(candidate) == word
    })
}

/// A term that no n-gram can be mistaken for, or what is wrong with it.
pub(super) fn checked(term: &str) -> std::result::Result<String, String> {
    if term.is_empty() {
        return Err("a term that is empty".into());
    }
    if term == "-" {
        return Err("`-` leaves a form out, and is no term".into());
    }
    if term.contains(is_blank) {
        return Err(format!("the term `{term}` holds white space; join its words by `_`"));
    }
    Ok(term.to_string())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_control_character_is_none() {
        // U+8D4 is a mark, which goes with what stands before it.
        assert!(Form::read("\0\u{8D4}").is_err());
    }

    #[test]
    fn forms_are_read_as_they_are_written() {
        for (form, words, written) in [
            ("S&P  500", &["s&p", "500"][..], "S&P 500"),
            ("Plan-B", &["plan-b"], "PLAN-B"),
            ("U.N.ʼs", &["UN"], "UN"),
            ("drewʼsʼs", &["drew"], "drew"),
            ("Women`s rights", &["women's", "rights"], "women's rights"),
        ] {
            let read = Form::read(form).unwrap();
            assert_eq!(
                (&*read.words, &*read.written),
                (&*words.iter().map(ToString::to_string).collect::<Vec<_>>(), written)
            );
            let again = Form::read(&read.written).unwrap();
            assert_eq!((again.words, again.written), (read.words, read.written));
        }
    }
}
