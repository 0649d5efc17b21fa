//! Lexical diversity against the same figures computed by another program.

use serde::Deserialize;
use undertone::LexicalDiversity;

#[derive(Deserialize)]
struct Suite {
    text: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    name: String,
    tokens: usize,
    a: usize,
    b: usize,
    m: usize,
    window: usize,
    types: usize,
    mattr: Option<f64>,
    mtld: Option<f64>,
    hdd: Option<f64>,
    yule_k: Option<f64>,
    maas: Option<f64>,
}

#[test]
fn figures_are_those_of_lexicalrichness() {
    let suite: Suite = toml::from_str(include_str!("suite/diversity.toml")).unwrap();
    assert!(suite.text.len() >= 8);
    for case in suite.text {
        let numbers = (0..case.tokens).map(|i| (case.a * i * i + case.b * i) % case.m);
        let params = LexicalDiversity::params().window(case.window);
        let found = params.of_tokens(numbers.map(|number| number.to_string())).unwrap();
        assert_eq!((found.tokens, found.types), (case.tokens, case.types), "{}", case.name);
        let pairs = [
            ("mattr", found.mattr, case.mattr),
            ("mtld", found.mtld, case.mtld),
            ("hdd", found.hdd, case.hdd),
            ("yule_k", found.yule_k, case.yule_k),
            ("maas", found.maas, case.maas),
        ];
        for (figure, found, expected) in pairs {
            let near = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-8 * expected.abs(),
                (found, expected) => found == expected,
            };
            assert!(near, "{}: {figure} is {found:?}, expected {expected:?}", case.name);
        }
    }
}
