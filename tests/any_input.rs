//! Whatever comes in, an answer or a clear error comes out, never a panic.

use undertone::{
    Analyzer, Article, CountMatrix, CountParams, DocFreq, Keyness, KeywordReader, LexicalDiversity,
    Readability, StanceScorer, TfIdf, TopicModel, WordPattern, kwic,
};

const ODD: &[&str] = &[
    "",
    " \n\t\r\n",
    "one",
    "the of and",
    "😀 👩‍👩‍👧‍👦 🏳️‍🌈",
    "שלום עולם، مرحبا بالعالم",
    "日本語のテキスト ไทย",
    "\u{FEFF}\u{0}\u{1}\u{B}\u{C}\u{85}\u{2028}",
    "a\u{301}\u{301}\u{301} \u{200D}\u{200D} \u{AD}",
    "“‘’”—–…((([[[",
    "https:// @ # a@b. www. $ % & - ' .",
];

#[test]
fn one_odd_article_at_a_time() {
    let scorer = StanceScorer::news();
    for page in ODD {
        let article = Article::parse(*page);
        let lines = article.lines().len();
        assert_eq!(
            lines == 0,
            article.paragraphs().next().is_none()
                && article.headline().is_none()
                && article.furniture().next().is_none()
        );
        assert!(scorer.sentiment(&article).score().abs() <= 1.0);
        for stance in scorer.stances(&article) {
            assert!(stance.score().abs() <= 1.0);
        }
        assert!(KeywordReader::english().keywords(&article, 5).len() <= 5);
    }
}

#[test]
fn odd_articles_are_described() {
    let every = WordPattern::new("*").unwrap();
    for page in ODD {
        let article = Article::parse(*page);
        for line in kwic(&article, &every, 2) {
            assert!(
                article.text().get(line.range()) == Some(line.words()) && !line.words().is_empty()
            );
            assert!(!line.to_string().contains('\n'));
        }
        let (reading, words) = (Readability::english(&article), LexicalDiversity::of(&article));
        assert_eq!(reading.words == 0, reading.reading_ease.is_none() && reading.lix.is_none());
        for figure in [reading.ari, reading.fog, reading.smog, words.ttr, words.yule_k, words.maas]
        {
            assert!(figure.is_none_or(f64::is_finite));
        }
    }
    let counts = CountMatrix::from_docs(&Analyzer::plain(), ODD, CountParams::default()).unwrap();
    let rows: Vec<usize> = (0..counts.n_docs()).collect();
    let keyness = Keyness::between(&counts, &rows[..5], &rows[5..]).unwrap();
    assert!(keyness.terms().iter().all(|term| term.log_likelihood.is_finite() && term.p <= 1.0));
}

fn topics(docs: &[&str], k: usize) -> undertone::Result<TopicModel> {
    let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    TopicModel::params(k).seed(1).fit(&weights)
}

#[test]
fn a_corpus_of_odd_articles() {
    let model = topics(ODD, 2).unwrap();
    assert_eq!(model.assignments().len(), ODD.len());
    assert_eq!(model.iter().map(|topic| topic.size()).sum::<usize>(), ODD.len());
}

#[test]
fn too_little_for_topics_is_a_clear_error() {
    for (docs, k) in [
        (&[][..], 1),
        (&["the of and", "and"][..], 1),
        (&["ferry"][..], 2),
        (&["ferry", "bank"][..], 0),
    ] {
        let error = topics(docs, k).unwrap_err();
        assert!(!error.to_string().is_empty() && !error.to_string().contains("panicked"));
    }
}

#[test]
fn one_article_and_identical_articles_have_topics() {
    assert_eq!(topics(&["The ferry sank."], 1).unwrap().iter().next().unwrap().size(), 1);
    let same = ["The ferry sank."; 9];
    let model = topics(&same, 3).unwrap();
    assert_eq!(model.iter().map(|topic| topic.size()).sum::<usize>(), 9);
    let first = model.assignments()[0].topic();
    assert!(model.assignments().iter().all(|assigned| assigned.topic() == first));
}

#[test]
fn pruning_everything_is_a_clear_error() {
    let params = CountParams::default().min_doc_freq(DocFreq::Docs(5));
    let error =
        CountMatrix::from_docs(&Analyzer::english(), ["ferry", "bank"], params).unwrap_err();
    assert!(error.to_string().contains('5'), "{error}");
}

#[test]
fn a_line_of_fifty_megabytes() {
    let sentence =
        "The brave crews of Elmland didn’t abandon the harbour after the terrible storm. ";
    let line = sentence.repeat(50_000_000 / sentence.len() + 1);
    let article = Article::parse(line);
    assert_eq!(article.paragraphs().count(), 1);
    let counts =
        CountMatrix::from_docs(&Analyzer::english(), [&article], CountParams::default()).unwrap();
    assert_eq!(counts.n_docs(), 1);
    let scorer = StanceScorer::news();
    let sentiment = scorer.sentiment(&article);
    assert!(sentiment.score().abs() <= 1.0 && sentiment.evidence().len() > 100_000);
    assert!(scorer.stance(&article, "Elmland").score().abs() <= 1.0);
}
