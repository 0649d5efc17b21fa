//! Both stemmers against words of the news in every language.

use serde::Deserialize;
use undertone::{Language, Stemmer};

#[derive(Deserialize)]
struct Suite {
    vocabulary: Vec<Vocabulary>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    language: Language,
    same: Vec<[String; 2]>,
    #[serde(default)]
    changed: Vec<[String; 3]>,
}

fn suite() -> Vec<Vocabulary> {
    let suite: Suite = toml::from_str(include_str!("suite/stems.toml")).expect("the suite parses");
    suite.vocabulary
}

#[test]
fn every_language_has_words() {
    let languages: Vec<_> = suite().iter().map(|words| words.language).collect();
    assert_eq!(languages, Language::ALL);
    for words in suite() {
        assert!(words.same.len() + words.changed.len() >= 10, "{}", words.language);
    }
}

#[test]
fn stems_are_those_of_snowball() {
    for words in suite() {
        let stemmer = Stemmer::new(words.language);
        let same = words.same.iter().map(|[word, stem]| (word, stem));
        let changed = words.changed.iter().map(|[word, stem, _]| (word, stem));
        for (word, stem) in same.chain(changed) {
            assert_eq!(stemmer.stem(word), *stem, "{word}, {}", words.language);
        }
    }
}

#[cfg(feature = "frostem")]
#[test]
fn current_stems_are_those_of_snowball() {
    for words in suite() {
        let stemmer = Stemmer::current(words.language);
        let same = words.same.iter().map(|[word, stem]| (word, stem));
        let changed = words.changed.iter().map(|[word, _, stem]| (word, stem));
        for (word, stem) in same.chain(changed) {
            assert_eq!(stemmer.stem(word), *stem, "{word}, {}", words.language);
        }
    }
}
