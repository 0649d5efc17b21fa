//! How is it written, and how do two groups of articles differ? What a reader of a corpus asks first.

mod diversity;
mod keyness;
mod kwic;
mod pattern;
mod readability;
mod syllables;
mod vowels;
mod words;

pub use diversity::{DiversityParams, LexicalDiversity};
pub use keyness::{KeyTerm, Keyness};
pub use kwic::{KwicLine, kwic};
pub use pattern::WordPattern;
pub use readability::Readability;
pub use syllables::syllables;

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;
    use crate::{Analyzer, CountMatrix, CountParams};

    #[test]
    fn results_outlive_a_run() {
        fn again<T: serde::Serialize + serde::de::DeserializeOwned>(result: &T) -> T {
            postcard::from_bytes(&postcard::to_stdvec(result).unwrap()).unwrap()
        }
        let text = "The ferry sailed late, and the ferry’s crew complained.";
        let reading = Readability::english(text);
        assert_eq!(again(&reading), reading);
        let words = LexicalDiversity::of(text);
        assert_eq!(again(&words), words);
        let docs = [text, "The bank raised rates."];
        let counts =
            CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default()).unwrap();
        let keyness = Keyness::against_rest(&counts, &[0]).unwrap();
        assert_eq!(again(&keyness), keyness);

        let pattern = WordPattern::new("crew").unwrap();
        let line = kwic(text, &pattern, 1).next().unwrap();
        let line = serde_json::to_value(&line).unwrap();
        assert_eq!((&line["left"], &line["words"]), (&"ferry’s".into(), &"crew".into()));
    }
}
