//! The example programs keep their contract: defaults work, faults are one clear line and exit code 2,
//! the same seed gives the same bytes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// `cargo test` builds the examples beside the tests.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().expect("a test knows its own path");
    let profile = tests.parent().and_then(Path::parent).expect("tests lie in target/PROFILE/deps");
    Command::new(profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

fn run(name: &str, args: &[&str], input: &[u8]) -> Output {
    let mut child = example(name)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example is built");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // A program that stops at its arguments does not read; that is no fault of this test.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the example ends")
}

fn scratch(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("undertone-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the temporary folder can be written");
    path
}

/// Example, arguments, standard input, and what the one line has to say.
const FAULTS: &[(&str, &[&str], &[u8], &str)] = &[
    (
        "stance",
        &["--input", "-"],
        b"{\"id\":1,\"text\":\"a\"}\n{bad\n",
        "standard input:2:2: expected a JSON object",
    ),
    (
        "stance",
        &["--input", "-"],
        b"{\"id\":1}\n",
        "standard input:1: expected a text in field `text`",
    ),
    ("stance", &["--input", "-"], b"\xFF\n", "standard input:1: expected UTF-8"),
    (
        "stance",
        &["--input", "-"],
        b"{\"id\":1,\"text\":\"a\",\"target\":\"a\",\"from\":0,\"to\":9}",
        "within the 1 characters",
    ),
    ("stance", &[], b"", "--input is missing"),
    ("stance", &["--scorer", "none"], b"", "--scorer is `none`"),
    ("learn", &[], b"", "--input is missing"),
    (
        "learn",
        &["--input", "-"],
        b"{\"text\":\"a\",\"label\":\"odd\"}\n",
        "standard input:1: `label` must be",
    ),
    ("scale", &["--good", "growth"], b"", "--input is missing"),
    ("stance", &["--input", "no/such/file"], b"", "no/such/file: "),
    ("analyze", &["no/such/file"], b"", "no/such/file: "),
    ("analyze", &["-"], b"one\n\xFF", "standard input:2: expected UTF-8"),
    ("analyze", &["--nope"], b"", "--nope"),
    (
        "topics",
        &["--input", "-", "--topics", "2"],
        b"[1]\n",
        "standard input:1: expected a JSON object",
    ),
    (
        "topics",
        &["--input", "-"],
        b"{\"id\":1,\"text\":\"a\",\"else\":[{\"x\":\"\\ud800\"}]}\n",
        "standard input:1:40: expected a JSON object",
    ),
    (
        "topics",
        &["--input", "-"],
        b"{\"id\":1,\"text\":\"a\",\"else\":1e999}\n",
        "standard input:1:31: expected a JSON object",
    ),
    ("topics", &["--topics", "none"], b"", "none"),
    ("topics", &["--topics", "2..few"], b"", "--topics is `few`, but must be a whole number"),
    ("topics", &["--topics", "5..3"], b"", "topics is 5..=3, but must be a range that rises"),
    ("topics", &["--engine", "means"], b"", "must be kmeans, gaussian, dbscan or optics"),
    ("topics", &["--min-confidence", "2"], b"", "--min-confidence is `2`, but must be in 0..=1"),
    ("explore", &["--split", "3"], b"", "--split is `3`, but must be like 3:2"),
    ("explore", &["--merge", "1,x"], b"", "--merge is `x`, but must be a whole number"),
    (
        "explore",
        &["--merge", "1,99"],
        b"",
        "topic is 99, but must be below the number of topics, 8",
    ),
    ("explore", &["--period", "fortnight"], b"", "but must be day, week, month, quarter or year"),
    ("explore", &["--guide", "volcanology"], b"", "found only `volcanology`"),
    ("explore", &["--time-field", "nowhere", "--window", "2"], b"", "window is 2, but must be odd"),
    ("topics", &["--input", "-"], b"", "no documents"),
    (
        "topics",
        &["--input", "-", "--label-field", "of"],
        b"{\"id\":1,\"text\":\"a\"}\n",
        "standard input:1: expected a text or number in field `of`",
    ),
    ("vectors", &["--input", "no/such/file", "--out", "x"], b"", "no/such/file: "),
    ("vectors", &["--out", "x"], b"", "--input"),
    ("directions", &[], b"", "--input is missing"),
    (
        "directions",
        &["--input", "-", "--dims", "3"],
        b"{\"text\":\"goal match\"}\n{\"text\":\"bank rates\"}\n",
        "dims is 3, but 2 articles of 4 terms have at most 2 directions",
    ),
    ("stream", &["--out", "-"], b"", "--input is missing"),
    ("stream", &["--input", "-"], b"", "--out is missing"),
    ("stream", &["--input", "no/such/file", "--out", "-"], b"", "no/such/file: "),
    ("stream", &["--input", "-", "--out", "no/such/x"], b"", "no/such/x: "),
    ("stream", &["--input", "-", "--out", "-"], b"", "at least one article, found none"),
    (
        "stream",
        &["--input", "-", "--out", "-"],
        b"{\"text\":\"Snow fell\"}\n\n{\"text\":7}\n",
        "standard input:3: expected a text in field `text`, found 7",
    ),
    (
        "stream",
        &["--input", "-", "--out", "-", "--id-field", "url"],
        b"{\"id\":1,\"text\":\"a\"}\n",
        "standard input:1: expected a text or number in field `url`",
    ),
    ("stream", &["--input", "-", "--out", "-", "--min-df", "few"], b"", "--min-df is `few`"),
    ("stream", &["--input", "-", "--out", "-", "--max-df", "1.5"], b"", "max_doc_freq is 1.5"),
    ("stream", &["--input", "-", "--out", "-", "--ngrams", "0..2"], b"", "ngrams is 0..=2"),
    (
        "stream",
        &["--input", "examples/data/corpus.jsonl", "--out", "examples/data/corpus.jsonl"],
        b"",
        "cannot be read and written at once",
    ),
    ("stemmers", &[], b"", "FOLDER is missing"),
    ("stemmers", &["no/such/folder"], b"", "no/such/folder: "),
    ("stemmers", &["examples/data"], b"", "expected files such as english.jsonl"),
    ("describe", &["--kwic", "…"], b"", "pattern is `…`, but must be one or more words"),
    ("describe", &["--keyness", "economy"], b"", "--keyness is `economy`, but must be FIELD=VALUE"),
    ("describe", &["--keyness", "section=none"], b"", "none has section=none"),
    (
        "describe",
        &["--keyness", "nowhere=x"],
        b"",
        "corpus:1: expected a text or number in field `nowhere`",
    ),
    ("describe", &["--kwic", "a", "--forms", "b"], b"", "at a time"),
    ("describe", &["--window", "few", "--kwic", "a"], b"", "few"),
    (
        "describe",
        &["--input", "-"],
        b"{\"id\":1}\n",
        "standard input:1: expected a text in field `text`",
    ),
];

#[test]
fn faults_are_one_line_that_says_where() {
    for (name, args, input, expected) in FAULTS {
        let output = run(name, args, input);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name} {args:?}: {said}");
        assert!(said.contains(expected) && said.starts_with("error: "), "{name} {args:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{name} {args:?}: {said}");
    }
}

#[test]
fn every_example_explains_itself() {
    for name in [
        "analyze",
        "describe",
        "directions",
        "explore",
        "learn",
        "scale",
        "topics",
        "stance",
        "stream",
        "vectors",
    ] {
        let output = run(name, &["--help"], b"");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("Usage: "), "{name}: {said}");
    }
}

#[test]
fn analyze_reads_its_sample() {
    let output = run("analyze", &["--json"], b"");
    let read: Value = serde_json::from_slice(&output.stdout).expect("analyze writes JSON");
    assert_eq!(read["headline"], "The Orrin Barrier needs builders, not ribbon-cutters");
    assert_eq!(read["byline"], "Marguerite Hallam");
    assert_eq!(read["published"], "2024-03-12 09:14 GMT");
    assert!(read["furniture"].as_array().is_some_and(|lines| lines.len() > 10));
    let pell = read["targets"]
        .as_array()
        .and_then(|targets| targets.iter().find(|target| target["target"] == "Dorian Pell"));
    let pell = pell.expect("the sample speaks of Dorian Pell");
    assert_eq!(pell["label"], -1);
    assert!(pell["evidence"].as_array().is_some_and(|reasons| !reasons.is_empty()));
}

#[test]
fn topics_are_the_same_bytes_at_any_number_of_threads() {
    let folder = scratch("threads");
    let mut answers = Vec::new();
    for threads in ["1", "2"] {
        let out = folder.join(threads);
        let status = example("topics")
            .args(["--seed", "7", "--out"])
            .arg(&out)
            .env("RAYON_NUM_THREADS", threads)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("the example is built").success());
        let text = std::fs::read_to_string(out).expect("topics wrote its answer");
        let mut answer: Value = serde_json::from_str(&text).expect("topics writes JSON");
        answer.as_object_mut().expect("an object").remove("timings_ms").expect("timings are given");
        answers.push(answer.to_string());
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("assignments"));
    let _ = std::fs::remove_dir_all(folder);
}

/// Several blocks are unpacked ahead; a file that ends too early is a fault after what it holds.
#[test]
fn packed_articles_are_read_alike_at_any_number_of_threads() {
    let folder = scratch("packed");
    let subjects = ["The harbour pilots steer ships.", "Orchards bear apples in autumn."];
    let lines: Vec<String> = (0..400)
        .map(|i| {
            let padding = format!(" Note {i}.").repeat(600);
            format!("{{\"id\":{i},\"text\":\"{}{padding}\",\"else\":null}}\n", subjects[i % 2])
        })
        .collect();
    let plain = lines.concat();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(plain.as_bytes()).expect("memory can be written");
    let packed = gzip.finish().expect("memory can be written");
    let read = |threads: &str, bytes: &[u8]| {
        let path = folder.join("articles.jsonl");
        std::fs::write(&path, bytes).expect("the temporary folder can be written");
        let mut topics = example("topics");
        topics.args(["--topics", "2", "--input"]).arg(&path).env("RAYON_NUM_THREADS", threads);
        topics.output().expect("the example is built")
    };
    let expected = read("1", plain.as_bytes());
    assert!(expected.status.success() && !expected.stdout.is_empty());
    for threads in ["1", "3"] {
        assert_eq!(read(threads, &packed).stdout, expected.stdout);
        let cut = read(threads, &packed[..packed.len() / 2]);
        assert_eq!(cut.status.code(), Some(2));
        let said = String::from_utf8_lossy(&cut.stderr);
        assert!(said.starts_with("error: ") && said.contains("articles.jsonl:"), "{said}");
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn topics_are_chosen_rejected_and_mapped() {
    let folder = scratch("chosen");
    let out = folder.join("topics.json").display().to_string();
    let args = ["--topics", "auto", "--min-confidence", "0.6", "--map", "--out", &out];
    let output = run("topics", &args, b"");
    let said = String::from_utf8_lossy(&output.stdout);
    // 72 articles: from 2 topics to 7.
    assert_eq!(said.lines().take_while(|line| !line.is_empty()).count(), 1 + 6, "{said}");
    assert_eq!(said.matches("recommended").count(), 1, "{said}");
    let text = std::fs::read_to_string(&out).expect("topics wrote its answer");
    let answer: Value = serde_json::from_str(&text).expect("topics writes JSON");
    let assignments = answer["assignments"].as_array().expect("assignments are a list");
    for assignment in assignments {
        let confidence = assignment["confidence"].as_f64().expect("a confidence is a number");
        assert_eq!(assignment["topic"].is_null(), confidence < 0.6, "{assignment}");
    }
    let places = |key: &str| answer["map"][key].as_array().map(Vec::len);
    assert_eq!(places("articles"), Some(assignments.len()));
    assert_eq!(places("topics"), answer["topics"].as_array().map(Vec::len));
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn explore_shows_topics_from_all_sides() {
    let folder = scratch("explore");
    let path = |name: &str| folder.join(name).display().to_string();
    let (out, map) = (path("out.json"), path("map.svg"));
    let args = [
        "--guide",
        "bank, rates",
        "--merge",
        "0,1",
        "--split",
        "0:2",
        "--reduce",
        "4",
        "--tree",
        "--stability",
        "2",
        "--group-field",
        "section",
        "--time-field",
        "date",
        "--window",
        "3",
        "--query",
        "interest rates",
        "--read",
        "examples/data/op-ed.txt",
        "--map",
        &map,
        "--out",
        &out,
    ];
    let output = run("explore", &args, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&out).expect("explore wrote its answer");
    let answer: Value = serde_json::from_str(&text).expect("explore writes JSON");
    assert_eq!(answer["topics"].as_array().map(Vec::len), Some(4));
    assert_eq!(answer["tree"]["joins"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["stability"]["topics"].as_array().map(Vec::len), Some(4));
    let count = |list: &Value| -> u64 {
        let each = list.as_array().into_iter().flatten();
        each.filter_map(|item| item["articles"].as_u64()).sum()
    };
    assert_eq!(count(&answer["groups"]["buckets"]), 72);
    assert_eq!(count(&answer["groups"]["topics"]), 72);
    assert_eq!(count(&answer["trend"]["buckets"]), 72);
    let shares = answer["article"]["topics"].as_array().expect("the article has topics");
    let shares = shares.iter().filter_map(|topic| topic["share"].as_f64()).sum::<f64>();
    let unsure = answer["article"]["unsure"].as_f64().expect("a share");
    assert!((shares + unsure - 1.0).abs() < 1e-9, "{shares} {unsure}");
    let svg = std::fs::read_to_string(&map).expect("explore drew the map");
    assert_eq!(svg.matches("<circle").count(), 72);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("nearest to `interest rates`:"), "{said}");
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn topics_say_how_good_they_are() {
    let folder = scratch("quality");
    let (out, counts) = (folder.join("topics.json"), folder.join("counts"));
    let (out, counts) = (out.to_string_lossy(), counts.to_string_lossy());
    let asked = ["--label-field", "section", "--quality", "--counts", &counts, "--out", &out];
    let output = run("topics", &asked, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&*out).expect("topics wrote its answer");
    let answer: Value = serde_json::from_str(&text).expect("topics writes JSON");
    let metric = |name: &str| answer["metrics"][name].as_f64().expect(name);
    for name in ["nmi", "ari", "coherence", "diversity", "npmi_windows", "c_v", "silhouette"] {
        assert!((0.01..=1.0).contains(&metric(name)), "{name} is {}", metric(name));
    }
    assert!((-30.0..0.0).contains(&metric("umass")));
    for topic in answer["topics"].as_array().expect("a list of topics") {
        let sentences = topic["sentences"].as_array().expect("a list of sentences");
        assert!(!sentences.is_empty() && !topic["keywords"][0].is_null(), "{topic}");
    }
    let table = std::fs::read_to_string(folder.join("counts/vocabulary.tsv")).expect("as before");
    let head = std::fs::read_to_string(folder.join("counts/counts.mtx")).expect("as before");
    let size = format!("72 {} ", table.lines().count());
    assert!(head.lines().nth(1).is_some_and(|line| line.starts_with(&size)), "{size}");
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn stance_counts_characters_and_reads_gzip() {
    let text = "“Él” — Tehran deserves praise.";
    let from = text.chars().position(|c| c == 'T').expect("Tehran is there");
    let row = serde_json::json!({"id": "a", "text": text, "target": "Tehran", "from": from, "to": from + 6});
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writeln!(gzip, "{row}").expect("a vector can be written");
    let packed = gzip.finish().expect("a vector can be written");
    let output = run("stance", &["--input", "-"], &packed);
    let line: Value = serde_json::from_slice(&output.stdout).expect("stance writes a line");
    assert_eq!((line["id"].as_str(), line["label"].as_i64()), (Some("a"), Some(1)));
    let reason = &line["evidence"][0];
    let place =
        |field: &str| usize::try_from(reason[field].as_u64().expect("a place")).expect("small");
    let words: String =
        text.chars().skip(place("from")).take(place("to") - place("from")).collect();
    assert_eq!(reason["words"].as_str(), Some(words.as_str()));
}

#[test]
fn stemmers_are_compared_with_a_vocabulary() {
    let folder = scratch("stemmers");
    let rows =
        "{\"word\":\"ministers\",\"stem\":\"minist\"}\n{\"word\":\"ferries\",\"stem\":\"ferry\"}\n";
    std::fs::write(folder.join("english.jsonl"), rows).expect("the folder can be written");
    std::fs::write(folder.join("klingon.jsonl"), rows).expect("the folder can be written");
    let output = run("stemmers", &[&folder.to_string_lossy()], b"");
    let table = String::from_utf8(output.stdout).expect("the table is UTF-8");
    let first = table.lines().nth(2);
    let expected = "| English | rust-stemmers-1.2 | 2 | 50.00 % | 1 | ferries (ferri, ferry) |";
    assert_eq!(first, Some(expected), "{table}");
    assert!(!table.contains("klingon"), "{table}");
}

#[test]
fn describe_answers_all_that_it_is_asked() {
    let said = |args: &[&str], input: &[u8]| {
        let output = run("describe", args, input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("describe writes UTF-8")
    };
    let table = said(&[], b"");
    assert_eq!(table.lines().count(), 73, "a head and a line for each article of the corpus");
    assert!(table.starts_with("id "));

    let rows = "{\"id\":1,\"title\":\"Rates rise\",\"text\":\"Rates rise\\nThe bank raised its rate.\",\"of\":\"bank\"}\n\
                {\"id\":2,\"text\":\"Ferries sail, and crews rest.\",\"of\":\"sea\"}\n";
    let args = |ask, pattern| ["--input", "-", ask, pattern];
    let lines = said(&args("--kwic", "rate*"), rows.as_bytes());
    assert!(
        lines.contains("headline") && lines.contains("The bank raised its | rate |"),
        "{lines}"
    );
    assert!(lines.ends_with("2 found\n"), "{lines}");
    assert!(said(&args("--forms", "rising rates"), rows.as_bytes()).ends_with("0 found\n"));
    let terms = said(&args("--keyness", "of=bank"), rows.as_bytes());
    let first = terms.lines().nth(3).expect("a term").to_string();
    assert!(first.starts_with("rate ") && first.contains("2 in 1"), "{terms}");
}

/// What `stream` writes about an input, at so many threads.
fn streamed(args: &[&str], input: &[u8], threads: &str) -> String {
    let mut child = example("stream")
        .args(["--out", "-"])
        .args(args)
        .env("RAYON_NUM_THREADS", threads)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example is built");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the example ends");
    feeder.join().expect("feeding does not fail");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("stream writes UTF-8")
}

#[test]
fn stream_weighs_alike_from_wherever_it_reads() {
    let folder = scratch("stream");
    let corpus = std::fs::read_to_string("examples/data/corpus.jsonl").expect("it is in the tree");
    // Enough to be worth two threads.
    let corpus = corpus.repeat(12);
    let plain = folder.join("corpus.jsonl");
    let packed = folder.join("corpus.jsonl.gz");
    std::fs::write(&plain, &corpus).expect("the folder can be written");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(corpus.as_bytes()).expect("a vector can be written");
    std::fs::write(&packed, gzip.finish().expect("a vector can be written")).expect("as before");
    let (plain, packed) = (plain.to_string_lossy(), packed.to_string_lossy());
    let settings = ["--ngrams", "1..2", "--min-df", "0.02", "--max-terms", "900"];
    let read = |path: &str, input: &[u8], threads| {
        streamed(&[&["--input", path][..], &settings].concat(), input, threads)
    };
    let expected = read(&plain, b"", "2");
    assert_eq!(expected.lines().count(), corpus.lines().count());
    assert_eq!(read(&plain, b"", "1"), expected);
    assert_eq!(read(&packed, b"", "2"), expected);
    assert_eq!(read("-", corpus.as_bytes(), "2"), expected);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn stream_gives_the_weights_of_vectors() {
    let folder = scratch("stream-vectors");
    let corpus = "examples/data/corpus.jsonl";
    let settings = ["--input", corpus, "--sublinear", "--min-df", "2", "--ngrams", "1..2"];
    let out = folder.to_string_lossy();
    let output = run("vectors", &[&["--out", &out][..], &settings].concat(), b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = folder.join("terms.tsv").to_string_lossy().into_owned();
    let asked = [&["--vocabulary", &table][..], &settings].concat();
    let lines = streamed(&asked, b"", "2");

    let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("vectors wrote it");
    let (terms, matrix, table) = (text("vocabulary.txt"), text("matrix.mtx"), text("terms.tsv"));
    let terms: Vec<&str> = terms.lines().collect();
    let named: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(named, terms);
    let mut expected = vec![Vec::new(); lines.lines().count()];
    for entry in matrix.lines().filter(|line| !line.starts_with('%')).skip(1) {
        let parts: Vec<&str> = entry.split(' ').collect();
        let number = |at: usize| parts[at].parse::<usize>().expect("a row or column");
        let weight: f32 = parts[2].parse().expect("a weight");
        expected[number(0) - 1].push((terms[number(1) - 1].to_string(), weight));
    }
    for (line, expected) in lines.lines().zip(expected) {
        let row: Value = serde_json::from_str(line).expect("stream writes JSON");
        let weights = row["weights"].as_object().expect("an object of weights");
        let found: Vec<(String, f32)> = weights
            .iter()
            .map(|(term, weight)| (term.clone(), weight.to_string().parse().expect("a number")))
            .collect();
        assert_eq!(found, expected, "{}", row["id"]);
    }
    let _ = std::fs::remove_dir_all(folder);
}
