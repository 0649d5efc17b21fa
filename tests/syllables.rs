//! Syllables of words of the news: how many counts are right.

use std::collections::HashSet;

use serde::Deserialize;
use undertone::syllables;

#[derive(Deserialize)]
struct Suite {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    syllables: usize,
    words: Vec<String>,
}

#[test]
fn nearly_every_count_is_right() {
    let suite: Suite = toml::from_str(include_str!("suite/syllables.toml")).unwrap();
    let (mut seen, mut right) = (HashSet::new(), 0_u32);
    for group in &suite.group {
        for word in &group.words {
            assert!(seen.insert(word), "`{word}` comes twice");
            let found = syllables(word);
            right += u32::from(found == group.syllables);
            if found != group.syllables {
                println!("{word}: {found}, but it has {}", group.syllables);
            }
        }
    }
    let accuracy = f64::from(right) / seen.len() as f64;
    println!("{} words, accuracy {accuracy:.3}", seen.len());
    assert!(seen.len() >= 300);
    assert!(accuracy >= 0.95, "accuracy {accuracy:.3}");
}
