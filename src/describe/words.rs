//! Which words does a document have? Folded, without possessive endings, numbers and addresses.

use crate::article::{Document, sections};
use crate::text::matcher::Spelling;
use crate::text::{Analyzer, Pieces, Segmentation, TokenKind, Tokens};

/// The words of all sections in order, each as it is compared with others.
pub(super) fn words_of<D: Document + ?Sized>(doc: &D) -> impl Iterator<Item = String> {
    // Long texts in pieces, so that no more than one piece's words are held at once.
    let texts = sections(doc).flat_map(|(_, text)| {
        let (plain, mut pieces) = (Analyzer::plain(), Pieces::new(text));
        std::iter::from_fn(move || pieces.next(&plain))
    });
    texts.flat_map(|piece| {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(piece.text, &mut tokens);
        let words = tokens.iter(piece.text).filter(|token| token.kind() == TokenKind::Word);
        let spelled = words.map(|token| {
            let mut word = String::new();
            Spelling::Folded.spell(token.text(), &mut word);
            word
        });
        spelled.collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    #[test]
    fn words_are_folded_and_bare() {
        let article = Article::from_parts(Some("Iran’s 22%"), "The U.S.'s a@b.org #COP28 didn’t.");
        let words: Vec<_> = words_of(&article).collect();
        assert_eq!(words, ["iran", "the", "u.s.", "didn't"]);
    }
}
