//! Which words does a document have? Folded, without possessive endings, numbers and addresses.

use crate::article::{Document, sections};
use crate::text::matcher::Spelling;
use crate::text::{Segmentation, TokenKind, Tokens, pieces};

/// The words of all sections in order, each as it is compared with others.
pub(super) fn words_of<D: Document + ?Sized>(doc: &D) -> impl Iterator<Item = String> {
    let texts = sections(doc).flat_map(|(_, text)| pieces(text).map(|(_, piece)| piece));
    texts.flat_map(|text| {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(text, &mut tokens);
        let words = tokens.iter(text).filter(|token| token.kind() == TokenKind::Word);
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
