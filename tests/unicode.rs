//! `Segmentation::Uax29` against test files in Unicode's published format.
//!
//! The suite holds a few cases of our own for every rule. All of Unicode's run with
//! `UNICODE_SEGMENTATION=FOLDER cargo test --test unicode`, where the folder holds `WordBreakTest*.txt`
//! and `SentenceBreakTest*.txt` from <https://www.unicode.org/Public/UCD/latest/ucd/auxiliary/>.

use std::path::{Path, PathBuf};

use undertone::{Analyze, Analyzer, Segmentation, Tokens};

/// A text and the segments between its boundaries.
struct Case {
    text: String,
    segments: Vec<String>,
    line: String,
}

fn cases(path: &Path) -> Vec<Case> {
    let file = std::fs::read_to_string(path).expect("the file is text");
    let rows = file.lines().filter(|line| line.starts_with('÷'));
    rows.map(|line| {
        let marks = line.split('#').next().unwrap_or_default();
        let segment = |part: &str| -> String {
            let points = part.split(['×', ' ', '\t']).filter(|point| !point.is_empty());
            points.map(point).collect()
        };
        let segments: Vec<String> =
            marks.split('÷').map(segment).filter(|segment| !segment.is_empty()).collect();
        Case { text: segments.concat(), segments, line: line.to_string() }
    })
    .collect()
}

fn point(hex: &str) -> char {
    let number = u32::from_str_radix(hex, 16).expect("a code point in hexadecimal");
    char::from_u32(number).expect("a code point that stands for a character")
}

/// The suite's file and, if a folder is named, Unicode's.
fn files(name: &str) -> Vec<PathBuf> {
    let mut files = vec![Path::new("tests/suite/unicode").join(format!("{name}.txt"))];
    if let Some(folder) = std::env::var_os("UNICODE_SEGMENTATION") {
        let entries =
            std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
        files.extend(entries.filter(|path| {
            let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
            file.starts_with(name) && path.extension().is_some_and(|end| end == "txt")
        }));
    }
    files
}

#[test]
fn words_are_unicodes() {
    let analyzer = Analyzer::builder().segmentation(Segmentation::Uax29).build();
    for file in files("WordBreakTest") {
        let cases = cases(&file);
        assert!(cases.len() > 20, "{}", file.display());
        for case in &cases {
            let mut tokens = Tokens::default();
            analyzer.tokens_into(&case.text, &mut tokens);
            let found: Vec<_> =
                tokens.iter(&case.text).map(|token| (token.range().start, token.text())).collect();
            let mut start = 0;
            let places = case.segments.iter().map(|segment| {
                start += segment.len();
                (start - segment.len(), segment.as_str())
            });
            // Words are the segments with a letter or digit.
            let words: Vec<_> =
                places.filter(|(_, segment)| segment.contains(char::is_alphanumeric)).collect();
            assert_eq!(found, words, "{}", case.line);
        }
        println!("{}: {} cases", file.file_name().unwrap().display(), cases.len());
    }
}

#[test]
fn sentences_are_unicodes() {
    for file in files("SentenceBreakTest") {
        let cases = cases(&file);
        assert!(cases.len() > 10, "{}", file.display());
        for case in &cases {
            let found: Vec<_> =
                Segmentation::Uax29.sentences(&case.text).map(|range| &case.text[range]).collect();
            assert_eq!(found, case.segments, "{}", case.line);
        }
        println!("{}: {} cases", file.file_name().unwrap().display(), cases.len());
    }
}
