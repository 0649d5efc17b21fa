//! What is written comes back; what cannot be read is refused with its place.

use std::fmt::Write;
use std::io::BufReader;
use std::sync::Arc;

use proptest::prelude::*;

use crate::counts::Vocabulary;
use crate::{Analyzer, CountMatrix, CountParams, Error, TfIdf, TfIdfMatrix, TfIdfParams};

fn count(docs: &[&str]) -> CountMatrix {
    CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap()
}

fn three_terms() -> Arc<Vocabulary> {
    Arc::clone(count(&["a b c"]).vocabulary())
}

fn counts_of(text: &str) -> crate::Result<CountMatrix> {
    CountMatrix::read_matrix_market(three_terms(), text.as_bytes())
}

fn written(weights: &TfIdfMatrix) -> String {
    let mut text = Vec::new();
    weights.write_matrix_market(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn place_and_message(error: &Error) -> String {
    assert!(error.is_table(), "{error}");
    error.to_string()
}

#[test]
fn reads_what_other_programs_write() {
    let expected = [[0, 0, 0], [5, 0, 1], [0, 2, 0]];
    let head = "%%MatrixMarket matrix coordinate";
    for text in [
        format!("{head} integer general\n3 3 3\n2 1 5\n2 3 1\n3 2 2\n"),
        // Any order, Windows line ends, comments, blank lines, no last line end.
        format!(
            "{head} integer general\r\n%\r\n% scipy\r\n\r\n3 3 3\r\n3 2 2\r\n%x\r\n2 3 1\r\n2 1 5"
        ),
        // Whole numbers kept as floats, the banner in capitals, blanks around.
        format!("{head} REAL General\n  3\t3 3 \n 2 1 5.0\n2  3 1e+00\n3\t2 2. \n"),
        // A place named twice adds up.
        format!("{head} integer general\n3 3 4\n2 1 4\n2 3 1\n3 2 2\n2 1 1\n"),
        // Entries without a value are 1 each.
        format!("{head} pattern general\n3 3 8\n2 1\n2 1\n2 1\n2 1\n2 1\n2 3\n3 2\n3 2\n"),
    ] {
        let counts = counts_of(&text).unwrap();
        for (doc, expected) in expected.iter().enumerate() {
            assert_eq!(counts.dense_row(doc).to_vec(), expected, "{text}");
        }
    }
}

#[test]
fn faults_name_line_column_and_what_is_read() {
    let head = "%%MatrixMarket matrix coordinate integer general\n";
    let cases = [
        (String::new(), "1:1: the head of the file is missing; read is: %%MatrixMarket"),
        ("1 1 1\n".into(), "1:1: the head of the file is `1`; read is: %%MatrixMarket"),
        (
            "%%MatrixMarket vector coordinate real general\n".into(),
            "1:16: the object is `vector`; read is: matrix",
        ),
        (
            "%%MatrixMarket matrix array real general\n".into(),
            "1:23: the format is `array`; read is: coordinate",
        ),
        (
            "%%MatrixMarket matrix coordinate complex general\n".into(),
            "1:34: the type of values is `complex`; read is: integer, real, pattern",
        ),
        (
            "%%MatrixMarket matrix coordinate real symmetric\r\n".into(),
            "1:39: the symmetry is `symmetric`; read is: general",
        ),
        (format!("{head}% only\n"), "3:1: the numbers of rows, columns and entries are missing"),
        (format!("{head}3 3\n"), "2:4: the number of entries is missing, no whole number"),
        (format!("{head}3 -3 1\n"), "2:3: the number of columns is `-3`, no whole number"),
        (format!("{head}3 3 1 1\n"), "2:7: `1` is too much"),
        (format!("{head}3 9 1\n1 1 1\n"), "2:1: 9 columns, but the vocabulary has 3 terms"),
        (format!("{head}2 3 1\n\n3 1 1\n"), "4:1: the row is `3`, but must be in 1..=2"),
        (format!("{head}2 3 1\n1 0 1\n"), "3:3: the column is `0`, but must be in 1..=3"),
        (
            format!("{head}2 3 1\n1 1\n"),
            "3:4: the value is missing, but must be a whole number in 1..=4294967295",
        ),
        (
            format!("{head}2 3 1\n1 1 0\n"),
            "3:5: the value is `0`, but must be a whole number in 1..=4294967295",
        ),
        (format!("{head}2 3 1\n1 1 1 7\n"), "3:7: `7` is too much"),
        (format!("{head}2 3 1\n1 1 1\n2 1 1\n"), "4:1: more entries than the 1 promised"),
        (format!("{head}2 3 2\n1 1 1\n"), "3:1: 1 of the 2 promised entries found"),
        (
            format!("{head}2 3 3\n1 1 4294967295\n% a line\n1 2 1\n1 1 1\n"),
            "6:1: the counts of row 1, column 1 add up to more than 4294967295",
        ),
        // Heads that promise more than memory holds.
        (format!("{head}1 3 99999999999\n"), "2:1: 0 of the 99999999999 promised entries found"),
        (
            format!("{head}4294967295 3 0\n"),
            "2:1: 4294967295 rows with 0 entries: at most 16777216 rows without an entry are read",
        ),
        (
            format!("{head}99999999999 3 99999999999\n"),
            "2:1: 99999999999 rows, but at most 4294967295 are read",
        ),
        (
            format!("{head}4294967295 3 4294967295\n1 1 1\n"),
            "3:1: 1 of the 4294967295 promised entries found",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(place_and_message(&counts_of(&text).unwrap_err()), message, "{text}");
    }
}

#[test]
fn weights_stand_where_counts_do() {
    let counts = count(&["a a b", "", "c"]);
    let weights = TfIdf::params().fit(&counts).unwrap().transform(&counts).unwrap();
    let text = written(&weights);
    let read = |text: &str| TfIdfMatrix::read_matrix_market(counts.clone(), text.as_bytes());
    assert_eq!(read(&text).unwrap(), weights);
    // Any order.
    let mut lines: Vec<&str> = text.lines().collect();
    lines[2..].reverse();
    assert_eq!(read(&lines.join("\r\n")).unwrap(), weights);

    let head = "%%MatrixMarket matrix coordinate real general\n";
    for (text, message) in [
        (
            "3 3 2\n",
            "2:1: 3 rows, 3 columns and 2 entries, but the counts have 3 rows, 3 columns and 3 entries",
        ),
        (
            "3 3 3\n1 1 1\n2 1 1\n",
            "4:1: row 2, column 1 has a weight, but nothing was counted there",
        ),
        ("3 3 3\n1 1 1\n1 1 1\n", "4:1: row 1, column 1 has a weight already"),
        ("3 3 3\n1 1 -1\n", "3:5: the value is `-1`, but must be a number, at least 0 and finite"),
        (
            "3 3 3\n1 1 nan\n",
            "3:5: the value is `nan`, but must be a number, at least 0 and finite",
        ),
    ] {
        let error = read(&format!("{head}{text}")).unwrap_err();
        assert_eq!(place_and_message(&error), message);
    }
}

#[test]
fn a_fault_far_down_names_its_line() {
    let n = 300_000;
    let mut text = format!("%%MatrixMarket matrix coordinate integer general\n{n} 3 {n}\n");
    for row in 1..=n {
        writeln!(text, "{row} 2 {row}").unwrap();
    }
    // More than one chunk, and a reader that gives a few bytes at a time.
    assert!(text.len() > 3 << 20);
    let source = BufReader::with_capacity(7, text.as_bytes());
    let counts = CountMatrix::read_matrix_market(three_terms(), source).unwrap();
    assert_eq!(counts.n_docs(), n);
    assert!((0..n).all(|doc| {
        counts.row(doc).all(|(term, count)| (term.index(), count as usize) == (1, doc + 1))
    }));
    let mut back = Vec::new();
    counts.write_matrix_market(&mut back).unwrap();
    assert!(back == text.as_bytes());

    let wrong = text.replace("\n299999 2 299999\n", "\n299999 2 x\n");
    let message = "300001:10: the value is `x`, but must be a whole number in 1..=4294967295";
    assert_eq!(place_and_message(&counts_of(&wrong).unwrap_err()), message);
}

#[test]
fn failing_to_read_or_write_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("no space left"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = count(&["a"]).write_matrix_market(Full).unwrap_err();
    assert!(error.is_io());
    assert_eq!(error.to_string(), "no space left");
}

proptest! {
    #[test]
    fn what_was_written_comes_back_bit_for_bit(
        docs in prop::collection::vec("[a-d]( [a-d]){0,9}|", 0..9),
        power in 0.0..4.0_f64,
    ) {
        let docs: Vec<&str> = docs.iter().map(String::as_str).chain(["a b c d"]).collect();
        let counts = count(&docs);
        let mut text = Vec::new();
        counts.write_matrix_market(&mut text).unwrap();
        let vocabulary = Arc::clone(counts.vocabulary());
        let back = CountMatrix::read_matrix_market(vocabulary, &text[..]).unwrap();
        prop_assert_eq!(&back, &counts);

        let params = TfIdfParams::default().idf_power(power);
        let weights = params.fit(&counts).unwrap().transform(&counts).unwrap();
        let text = written(&weights);
        let back = TfIdfMatrix::read_matrix_market(counts, text.as_bytes()).unwrap();
        prop_assert!(back == weights);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "(%%MatrixMarket matrix coordinate (real|integer|pattern) general\n)?[0-9 .e%\r\n-]{0,60}") {
        let _ = counts_of(&text);
        let _ = TfIdfMatrix::read_matrix_market(
            TfIdf::params().fit(&count(&["a b c"])).unwrap().transform(&count(&["a b c"])).unwrap().counts().clone(),
            text.as_bytes(),
        );
    }
}
