//! HTML pages and what must be found in them: `suite/html.toml` and `suite/html/`.

use std::path::Path;

use proptest::prelude::*;
use undertone::{Article, Published, Role};

#[derive(serde::Deserialize)]
struct Suite {
    page: Vec<Case>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    headline: Option<String>,
    standfirst: Option<String>,
    byline: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    author_note: Option<String>,
    dateline: Option<String>,
    #[serde(default)]
    captions: Vec<String>,
    paragraphs: Vec<String>,
}

/// Texts, each cut to the expected first words if it begins with them.
fn first_words<'t>(found: impl Iterator<Item = &'t str>, expected: &[String]) -> Vec<String> {
    let cut = |(number, text): (usize, &str)| match expected.get(number) {
        Some(start) if text.starts_with(start.as_str()) => start.clone(),
        _ => text.to_string(),
    };
    found.enumerate().map(cut).collect()
}

fn shown(found: Option<&Published>) -> Option<String> {
    found.map(ToString::to_string)
}

#[test]
fn pages_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/html");
    let suite: Result<Suite, _> = toml::from_str(include_str!("suite/html.toml"));
    let suite = suite.unwrap_or_else(|error| panic!("suite/html.toml: {}", error.message())).page;
    assert!(suite.len() >= 10);
    let mut wrong = Vec::new();
    for case in &suite {
        let page = std::fs::read_to_string(folder.join(format!("{}.html", case.name)));
        let page = page.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let article =
            Article::from_html(&page).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let text = article.text();
        let captions = article.lines().iter().filter(|line| line.role == Role::Caption);
        let captions = first_words(captions.map(|line| &text[line.range.clone()]), &case.captions);
        let paragraphs = article.paragraphs().map(|(range, paragraph)| {
            assert_eq!(&text[range], paragraph, "ranges are bytes of the text");
            paragraph
        });
        let paragraphs = first_words(paragraphs, &case.paragraphs);
        let one = |found: Option<&str>| found.map(str::to_string);
        let fields = [
            ("headline", one(article.headline()) == case.headline),
            ("standfirst", one(article.standfirst()) == case.standfirst),
            ("byline", one(article.byline()) == case.byline),
            ("published", shown(article.published()) == case.published),
            ("updated", shown(article.updated()) == case.updated),
            ("author note", one(article.author_note()) == case.author_note),
            ("dateline", one(article.dateline()) == case.dateline),
            ("captions", captions == case.captions),
            ("paragraphs", paragraphs == case.paragraphs),
        ];
        for (field, _) in fields.iter().filter(|(_, right)| !right) {
            wrong.push(format!("{} ({}): {field}\n{article:#?}", case.name, case.why));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn broken_pages_are_read_or_refused() {
    let binary: String = (0..300_000_u32)
        .filter_map(|at| char::from_u32(at.wrapping_mul(2_654_435_761) % 0x600))
        .collect();
    let page = include_str!("suite/html/wire-json-ld.html");
    for broken in [
        "",
        " ",
        "<",
        "<html>",
        "\u{0}",
        "<p>",
        "</p></div>",
        "<!--",
        "<script>",
        "<title>x",
        &binary,
    ] {
        assert!(Article::from_html(broken).is_ok(), "{broken:.40}");
    }
    for end in (0..page.len()).step_by(97).filter(|end| page.is_char_boundary(*end)) {
        assert!(Article::from_html(&page[..end]).is_ok(), "cut at {end}");
    }
    let linked = "[".repeat(200_000);
    let linked =
        format!("<script type='application/ld+json'>{linked}</script><p>The river rose twice.</p>");
    assert!(Article::from_html(&linked).is_ok());
}

#[test]
fn deep_pages_are_refused_before_the_stack_ends() {
    for unit in ["<div>", "<table><tr><td>", "<b id=1><i>", "<foo>", "<svg>", "<div><b><b>"] {
        let deep = Article::from_html(&unit.repeat(100_000));
        let refused =
            |error: &undertone::Error| error.is_page() && error.to_string().contains("256");
        assert!(deep.err().as_ref().is_some_and(refused), "{unit}");
    }
    // What is just allowed is read, on the small stack of a test's thread.
    for (unit, count) in
        [("<div>", 250), ("<table><tr><td>", 60), ("<ul><li>", 250), ("<div><b>", 125)]
    {
        let page = format!("{}The river rose twice.", unit.repeat(count));
        let article = Article::from_html(&page).unwrap_or_else(|error| panic!("{unit}: {error}"));
        assert!(article.text().contains("The river rose twice."), "{unit}");
    }
}

#[test]
fn large_pages_are_read() {
    let paragraph =
        "<p>The river rose twice in five years, and twice the people moved upstairs.</p>\n";
    let count = 20_000_000 / paragraph.len();
    let page = format!("<html><body><article>{}</article></body></html>", paragraph.repeat(count));
    let article = Article::from_html(&page).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(article.paragraphs().count(), count);
}

#[test]
fn sloppy_pages_are_read() {
    let icon = "<svg viewBox='0 0 9 9'><path d='M0 0'/><use href='#a'/></svg>";
    for (unit, count) in
        [(icon, 1_000), ("<p>Rain, ", 5_000), ("<li>Rain, ", 5_000), ("<span>Rain, ", 1_000)]
    {
        let page = format!("<body>{}<p>The river rose twice.", unit.repeat(count));
        let article = Article::from_html(&page).unwrap_or_else(|error| panic!("{unit}: {error}"));
        assert!(article.text().contains("The river rose twice."), "{unit}");
    }
}

#[test]
fn texts_full_of_characters_to_escape_are_read() {
    for unit in ["&", "\u{ad}", "AT&T, ", "a&nbsp;b, "] {
        let page = format!("<p>{}</p>", unit.repeat(1_000_000 / unit.len()));
        let article = Article::from_html(&page).unwrap_or_else(|error| panic!("{unit}: {error}"));
        assert!(article.text().len() > 400_000, "{unit:?}");
    }
}

fn tags() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=article>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<b>",
        "</b>",
        "<i id=x>",
        "<h1>",
        "</h1>",
        "<ul><li>",
        "</ul>",
        "<br>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<a href=x>",
        "</a>",
        "<figure><figcaption>",
        "</figure>",
        "<time datetime='2021-03-03'>",
        "</time>",
        "<!--",
        "-->",
        "<meta property='og:title' content='A title of words'>",
        "<meta name=author content='Jane Doe'>",
        "<",
        ">",
        "The river rose twice in five years, and so on. ",
        "By Jane Doe",
        "é",
        "\u{0}",
        "&amp;",
        "&#x110000;",
        "\n",
        "<noscript><img src=x></noscript>",
        "<img src=x>",
        "<svg>",
        "</svg>",
        "<template>",
        "<select><option>",
        "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"Article\"}</script>",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_page_is_read_or_refused(page in tags()) {
        if let Ok(article) = Article::from_html(&page) {
            for line in article.lines() {
                prop_assert!(article.text().get(line.range.clone()).is_some_and(|line| !line.contains('\n')));
            }
        }
    }
}
