//! Where does a tag, a name or an address end?

use std::ops::Range;

use super::super::classes::Class::{Digit, Letter, Underscore};
use super::super::tokens::{TakeTokens, TokenKind};
use super::News;

impl<T: TakeTokens> News<'_, '_, T> {
    /// Reads `#tag` or `@name`, or steps over the sign.
    pub(super) fn tag(&mut self, at: usize) -> usize {
        let mut end = at + 1;
        let mut letters = false;
        loop {
            let (class, width) = self.at(end);
            match class {
                Letter => letters = true,
                Digit | Underscore => {}
                _ => break,
            }
            end += width;
        }
        if !letters {
            return at + 1;
        }
        let kind = if self.bytes[at] == b'#' { TokenKind::Hashtag } else { TokenKind::Handle };
        self.tokens.take(at..end, kind);
        end
    }

    /// The web or e-mail address in a stretch, without the punctuation around it.
    pub(super) fn address(&self, stretch: Range<usize>) -> Option<(Range<usize>, TokenKind)> {
        let text = &self.text[stretch.clone()];
        let inner = text.trim_start_matches(['(', '[', '<', '"', '\'', '“', '‘']);
        let start = stretch.start + (text.len() - inner.len());
        let inner = inner.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let range = start..start + inner.len();
        let lower = |prefix: &str| {
            inner.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
        };
        if lower("http://") || lower("https://") || lower("www.") {
            return Some((range, TokenKind::Url));
        }
        let at = inner.bytes().position(|byte| byte == b'@')?;
        let (local, domain) = (&inner[..at], &inner[at + 1..]);
        let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let is_label = |label: &str| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let mail = !local.is_empty()
            && domain.bytes().any(|byte| byte == b'.')
            && local.chars().all(is_local)
            && domain.split('.').all(is_label);
        mail.then_some((range, TokenKind::Email))
    }
}
