//! The worked examples of `docs/formulas.md`, computed anew: every printed digit is compared.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use undertone::{
    Analyzer, Article, CollocationParams, Collocations, CountMatrix, CountParams, Idf, Keyness,
    KeywordReader, Lsa, Norm, Tf, TfIdf, TfIdfMatrix, TfIdfParams, TopicModel,
};

const PAGE: &str = include_str!("../docs/formulas.md");

/// A table and the heading that it stands under.
struct Table {
    heading: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
}

/// The cells of a row by column, and which of them were looked at.
struct Row {
    cells: Vec<(&'static str, &'static str)>,
    seen: RefCell<BTreeSet<&'static str>>,
}

impl Row {
    fn text(&self, column: &str) -> &'static str {
        let cell = self.cells.iter().find(|(name, _)| *name == column);
        let (name, cell) = cell.unwrap_or_else(|| panic!("no column `{column}`"));
        self.seen.borrow_mut().insert(name);
        cell
    }

    fn number(&self, column: &str) -> f64 {
        let cell = self.text(column);
        cell.parse().unwrap_or_else(|_| panic!("`{cell}` in column `{column}` is no number"))
    }

    fn whole(&self, column: &str) -> usize {
        let cell = self.text(column);
        cell.parse().unwrap_or_else(|_| panic!("`{cell}` in column `{column}` is no whole number"))
    }

    /// The number that the cell holds, rounded as the cell is.
    fn check(&self, column: &str, found: f64) {
        let cell = self.text(column);
        let digits = cell.split_once('.').map_or(0, |(_, digits)| digits.len());
        // -0 is 0.
        let found = format!("{:.digits$}", found + 0.0);
        assert_eq!(found, cell, "column `{column}` of {:?}", self.cells);
    }

    fn check_or_none(&self, column: &str, found: Option<f64>) {
        match found {
            Some(found) => self.check(column, found),
            None => assert_eq!(self.text(column), "none", "column `{column}` of {:?}", self.cells),
        }
    }
}

fn cells(line: &'static str) -> Option<Vec<&'static str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

fn tables() -> Vec<Table> {
    let mut tables = Vec::new();
    let mut heading = "";
    let mut open = false;
    for line in PAGE.lines() {
        if let Some(title) = line.strip_prefix('#') {
            heading = title.trim_start_matches('#').trim();
        }
        let Some(found) = cells(line) else {
            open = false;
            continue;
        };
        match tables.last_mut() {
            Some(Table { columns, rows, .. }) if open => {
                assert_eq!(columns.len(), found.len(), "{line}");
                if !found.iter().all(|cell| cell.trim_matches('-').is_empty()) {
                    let cells = columns.iter().copied().zip(found).collect();
                    rows.push(Row { cells, seen: RefCell::default() });
                }
            }
            _ => tables.push(Table { heading, columns: found, rows: Vec::new() }),
        }
        open = true;
    }
    tables
}

/// The texts of the table whose columns are `name` and `text`.
fn corpus(tables: &[Table], name: &str) -> Vec<&'static str> {
    let table = tables.iter().find(|table| table.columns == [name, "text"]);
    let table = table.unwrap_or_else(|| panic!("no table of {name}s"));
    let numbers = table.rows.iter().map(|row| row.whole(name));
    assert!(numbers.eq(1..=table.rows.len()));
    table.rows.iter().map(|row| row.text("text")).collect()
}

fn count(docs: &[&str]) -> CountMatrix {
    match CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()) {
        Ok(counts) => counts,
        Err(error) => panic!("{error}"),
    }
}

fn fit(counts: &CountMatrix, params: TfIdfParams) -> (TfIdf, TfIdfMatrix) {
    let fitted = params.fit(counts).and_then(|tfidf| Ok((tfidf.clone(), tfidf.transform(counts)?)));
    fitted.unwrap_or_else(|error| panic!("{error}"))
}

/// The weight of the row's term in the row's document.
fn weight(row: &Row, counts: &CountMatrix, params: TfIdfParams) -> f64 {
    let (_, weights) = fit(counts, params);
    let mut entries = weights.row(row.whole("document") - 1);
    let term = entries.find(|&(term, _)| weights.vocabulary().term(term) == row.text("term"));
    term.map_or(0.0, |(_, weight)| f64::from(weight))
}

fn term_frequency(row: &Row, counts: &CountMatrix) {
    let entries = || counts.row(row.whole("document") - 1);
    let term = counts.vocabulary().id(row.text("term"));
    let occurs = entries().find(|&(id, _)| Some(id) == term).map_or(0, |(_, count)| count);
    row.check("count", f64::from(occurs));
    row.check("length", entries().map(|(_, count)| f64::from(count)).sum());
    let bm25 = Tf::Bm25 { k1: 1.2, b: 0.75 };
    let tfs =
        [("raw", Tf::Raw), ("sublinear", Tf::Sublinear), ("binary", Tf::Binary), ("BM25", bm25)];
    for (column, tf) in tfs {
        let params = TfIdfParams::textbook().tf(tf).idf(Idf::None).norm(Norm::None);
        row.check(column, weight(row, counts, params));
    }
}

fn inverse_document_frequency(row: &Row, counts: &CountMatrix) {
    let idf = |idf, power| {
        let (tfidf, _) = fit(counts, TfIdf::params().idf(idf).idf_power(power));
        let term = counts.vocabulary().id(row.text("term"));
        let term = term.unwrap_or_else(|| panic!("no such term"));
        row.check("df", tfidf.doc_freq(term) as f64);
        tfidf.idf()[term.index()]
    };
    row.check("smooth", idf(Idf::Smooth, 1.0));
    row.check("plain", idf(Idf::Plain, 1.0));
    row.check("probabilistic", idf(Idf::Probabilistic, 1.0));
    row.check("none", idf(Idf::None, 1.0));
    row.check("smooth, power 2", idf(Idf::Smooth, 2.0));
}

fn norm(row: &Row, counts: &CountMatrix) {
    for (column, norm) in [("none", Norm::None), ("L1", Norm::L1), ("L2", Norm::L2)] {
        row.check(column, weight(row, counts, TfIdfParams::textbook().norm(norm)));
    }
}

fn cosine(row: &Row, counts: &CountMatrix) {
    let (_, weights) = fit(counts, TfIdfParams::textbook());
    let dense = weights.to_dense().mapv(f64::from);
    let (one, other) = (row.whole("document") - 1, row.whole("other") - 1);
    row.check("cosine", dense.row(one).dot(&dense.row(other)));
    let apart = &dense.row(one) - &dense.row(other);
    row.check("squared distance", apart.dot(&apart));
}

fn singular_values(row: &Row, counts: &CountMatrix) {
    let (_, weights) = fit(counts, TfIdfParams::textbook());
    let lsa = Lsa::params(4).fit(&weights).unwrap_or_else(|error| panic!("{error}"));
    let direction = row.whole("direction") - 1;
    row.check("singular value", lsa.singular_values()[direction]);
    row.check("energy share", lsa.energy_share()[direction]);
}

fn topics(counts: &CountMatrix) -> TopicModel {
    let (_, weights) = fit(counts, TfIdf::params());
    TopicModel::params(2).fit(&weights).unwrap_or_else(|error| panic!("{error}"))
}

fn terms_of_a_topic(row: &Row, counts: &CountMatrix) {
    let model = topics(counts);
    let topic = row.whole("topic") - 1;
    let found = model.topic(topic).terms(50).find(|term| term.written() == row.text("term"));
    let found = found.unwrap_or_else(|| panic!("{} is no term of its topic", row.text("term")));
    row.check("weight", f64::from(found.weight()));

    // By the formula, from the counts.
    let (mut here, mut all, mut of_term_here, mut of_term) = (0.0, 0.0, 0.0, 0.0);
    let (mut members, mut holders, mut both) = (0.0, 0.0, 0.0);
    for (article, assigned) in model.assignments().iter().enumerate() {
        let inside = f64::from(u8::from(assigned.topic() == topic));
        members += inside;
        for (term, count) in counts.row(article) {
            let damped = 1.0 + f64::from(count).ln();
            let same = f64::from(u8::from(term == found.id()));
            all += damped;
            here += damped * inside;
            of_term += damped * same;
            of_term_here += damped * same * inside;
            holders += same;
            both += same * inside;
        }
    }
    let (n, p) = (counts.n_docs() as f64, of_term_here / here);
    let c = p * (1.0 + all / 2.0 / of_term).ln();
    let spread: f64 = members * (n - members) * holders * (n - holders);
    let phi = (n * both - members * holders) / spread.sqrt();
    row.check("f in topic", of_term_here);
    row.check("f(t)", of_term);
    row.check("p", p);
    row.check("c", c);
    row.check("φ", phi);
    row.check("weight", c * phi * phi);
    assert!(PAGE.contains(&format!("`m` is {all:.5} / 2")));
}

fn keywords_of_one_article(row: &Row) {
    let text =
        "The ferry fares hit commuters. The council will delay the ferry fares. Commuters wait.";
    let headline = "Ferry fares rise";
    assert!(PAGE.contains(&format!("Headline “{headline}”; text “{text}”")));
    let article = Article::from_parts(Some(headline), text);
    let found = KeywordReader::english().keywords(&article, 10);
    let found = found.into_iter().find(|found| found.term == row.text("keyword"));
    row.check("weight", found.map_or(f64::NAN, |found| found.weight));
    let score = |count: f64, r: f64, h: f64, words: f64| {
        (1.0 + count.ln()) * r * h * 1.25_f64.powf(words - 1.0)
    };
    let [count, r, h, words] = ["count", "r", "h", "words"].map(|column| row.number(column));
    row.check("weight", score(count, r, h, words) / score(3.0, 1.0, 1.5, 2.0));
}

fn collocations(row: &Row) {
    let docs = [
        "central bank raised rates",
        "central bank cut rates",
        "bank rates fell",
        "rates fell, central bank said",
    ];
    let quoted = docs.map(|doc| format!("“{doc}”")).join(", ");
    assert!(PAGE.contains(&format!("Pairs of {quoted}; `N` is 11.")));
    let params = CollocationParams::default().min_count(1);
    let found = Collocations::from_docs(&Analyzer::plain(), docs, params);
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    let pair = found.iter().find(|pair| pair.written() == row.text("pair"));
    let pair = pair.unwrap_or_else(|| panic!("{} is no collocation", row.text("pair")));
    row.check("f(x, y)", pair.count() as f64);
    row.check("E", pair.expected());
    row.check("E", row.number("f(x)") * row.number("f(y)") / 11.0);
    row.check("PMI", pair.pmi());
    row.check("NPMI", pair.npmi());
    row.check("G²", pair.log_likelihood());
    // Which of the two is which, the product does not say.
    let (first, second) = row.text("pair").split_once(' ').unwrap_or_default();
    let begins = |doc: &&&str| doc.contains(&format!("{first} "));
    let ends = |doc: &&&str| doc.contains(&format!(" {second}"));
    row.check("f(x)", docs.iter().filter(begins).count() as f64);
    row.check("f(y)", docs.iter().filter(ends).count() as f64);
}

fn keyness(row: &Row) {
    let article =
        |count: usize, total: usize| "term ".repeat(count) + &"other ".repeat(total - count);
    let target = article(row.whole("a"), row.whole("m"));
    let reference = article(row.whole("b"), row.whole("k"));
    let counts = count(&[&target, &reference]);
    let keyness = Keyness::between(&counts, &[0], &[1]).unwrap_or_else(|error| panic!("{error}"));
    let found = keyness.terms().iter().find(|found| found.term == "term");
    let found = found.unwrap_or_else(|| panic!("the term was not counted"));
    row.check("G²", found.log_likelihood);
    row.check("χ²", found.chi2);
    row.check("log ratio", found.log_ratio);
    row.check_or_none("relative risk", found.relative_risk);
    row.check_or_none("%DIFF", found.percent_diff());
    row.check("p", found.p);
}

#[test]
fn every_example_is_what_is_computed() {
    let tables = tables();
    let documents = count(&corpus(&tables, "document"));
    let articles = count(&corpus(&tables, "article"));
    let mut found = Vec::new();
    for table in &tables {
        let Some(example) = table.heading.strip_prefix("Example: ") else { continue };
        for row in &table.rows {
            match example {
                "term frequency" => term_frequency(row, &documents),
                "inverse document frequency" => inverse_document_frequency(row, &documents),
                "norm" => norm(row, &documents),
                "cosine" => cosine(row, &documents),
                "singular values" => singular_values(row, &documents),
                "terms of a topic" => terms_of_a_topic(row, &articles),
                "coherence of a topic" => {
                    let topic = row.whole("topic") - 1;
                    let model = topics(&articles);
                    row.check("coherence", model.topic(topic).coherence());
                    let coherence = model.coherence_in_documents(&articles, 10);
                    let umass = coherence.unwrap_or_else(|error| panic!("{error}")).umass();
                    row.check("UMass", umass[topic]);
                }
                "keywords of one article" => keywords_of_one_article(row),
                "collocations" => collocations(row),
                "keyness" => keyness(row),
                other => panic!("no example is known as `{other}`"),
            }
            let looked_at = row.seen.borrow().len();
            assert_eq!(
                looked_at,
                table.columns.len(),
                "a column of {:?} is not checked",
                row.cells
            );
        }
        found.push((example, table.rows.len()));
    }
    let expected = [
        ("term frequency", 4),
        ("inverse document frequency", 4),
        ("norm", 4),
        ("cosine", 5),
        ("singular values", 4),
        ("terms of a topic", 7),
        ("coherence of a topic", 2),
        ("keywords of one article", 4),
        ("collocations", 4),
        ("keyness", 3),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_place_in_the_code_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let in_code = PAGE.split('`').skip(1).step_by(2);
    let places: BTreeSet<_> =
        in_code.filter(|code| code.starts_with("src/") || code.starts_with("tests/")).collect();
    assert!(places.len() >= 10, "{places:?}");
    for place in places {
        assert!(root.join(place).exists(), "{place} is not there");
    }
}
