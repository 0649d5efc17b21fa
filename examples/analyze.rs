//! Reads one article as scraped text and tells what it is about and where it stands.
//!
//! 1. Parse the page: headline, byline, time, paragraphs, furniture.
//! 2. Choose keywords.
//! 3. Score how it sounds.
//! 4. Find who is spoken of, and score the stance toward each, with the sentences that say so.
//! 5. Tell who stands how toward whom.

mod support;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use serde_json::{Value, json};
use support::{Characters, Failure, Outcome};
use undertone::{
    Article, Doubt, Evidence, Keyword, KeywordReader, Label, Relation, Sentiment, Stance,
    StanceScorer, Target, sentences,
};

const HELP: &str = "\
Usage: analyze [FILE or -] [--json]

Reads one article as scraped text; without FILE an op-ed that is part of this program, with `-`
standard input. gzip is understood, and HTML if built with the feature `html`. Writes what it is about and where it stands.
The table holds who is named at least twice (in a text of up to five sentences, who is judged) and shows
`faint` or `mixed` in place of a side that the evidence does not bear; relations are those between the ones above.

  --json       JSON: headline, byline, published, furniture[], keywords[{term, weight}],
               sentiment{score, label}, targets[{target, aliases[], mentions, score, label, doubt,
               confidence, evidence[{sentence, from, to, words, entry, contribution, rules[], speaker}]}],
               relations[{holder, target, score, label, doubt, confidence, evidence[]}], holder null for the writer.
               score in -1..1, label -1, 0 or 1; where the evidence does not bear a side the label is 0
               and doubt says why: `faint` (little is said of the target itself) or `mixed`; else null; from and to count characters of the input
               (for HTML of what can be read of it), end exclusive; contributions sum to the score; absent metadata is null
  -h, --help   this help";

const SAMPLE: &str = include_str!("data/op-ed.txt");

const KEYWORDS: usize = 12;

/// How much the table shows; JSON holds everything.
const TARGETS_SHOWN: usize = 10;
const REASONS_SHOWN: usize = 3;
const RELATIONS_SHOWN: usize = 10;

/// Who is named once, and judged, is shown of texts of up to so many sentences: longer ones are about others.
const SHORT_TEXT: usize = 5;

/// What is less than this is shown as 0, and no reason.
const TRACE: f64 = 0.005;

/// Reasons from this share of the strongest on are shown.
const LEAST_SHARE: f64 = 0.15;

fn main() -> ExitCode {
    support::run(example)
}

fn example() -> Outcome<()> {
    let mut args = lexopt::Parser::from_env();
    let (mut file, mut as_json): (Option<PathBuf>, bool) = (None, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("json") => as_json = true,
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Value(path) if file.is_none() => file = Some(path.into()),
            Value(path) => {
                let path = path.to_string_lossy().into_owned();
                return Err(Failure::new(format!(
                    "one article at a time, but `{path}` came too; try --help"
                )));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let page = match file {
        Some(path) => support::read_text(&path)?,
        None => SAMPLE.to_string(),
    };
    let article = match html(&page) {
        Some(article) => article?,
        None => Article::parse(page),
    };
    // Without learned weights: a person reads these reasons, and weights of small words are none.
    let scorer = StanceScorer::hand();
    let report = Report {
        keywords: KeywordReader::english().keywords(&article, KEYWORDS),
        sentiment: scorer.sentiment(&article),
        stances: scorer.stances(&article),
        relations: scorer.relations(&article),
        article: &article,
    };
    let out = std::io::stdout().lock();
    if as_json { support::write_json(out, &report.json()) } else { report.show(out) }
}

/// The article of an HTML page, if the page is one.
#[cfg(feature = "html")]
fn html(page: &str) -> Option<undertone::Result<Article>> {
    let start: String = page.trim_start().chars().take(9).collect::<String>().to_lowercase();
    let is_html = start.starts_with("<!doctype") || start.starts_with("<html");
    is_html.then(|| Article::from_html(page))
}

#[cfg(not(feature = "html"))]
fn html(_: &str) -> Option<undertone::Result<Article>> {
    None
}

struct Report<'d> {
    article: &'d Article,
    keywords: Vec<Keyword>,
    sentiment: Sentiment<'d>,
    stances: Vec<Stance<'d>>,
    relations: Vec<Relation<'d>>,
}

impl Report<'_> {
    fn json(&self) -> Value {
        let characters = Characters::of(self.article.text());
        let targets = self.stances.iter().map(|stance| {
            json!({
                "target": stance.target().name(),
                "aliases": stance.target().aliases(),
                "mentions": stance.target().mentions().len(),
                "score": stance.score(),
                "label": shown(stance.label(), stance.doubt()).sign(),
                "doubt": stance.doubt().map(|doubt| doubt.to_string()),
                "confidence": stance.confidence(),
                "evidence": characters.reasons(stance.evidence()),
            })
        });
        let relations = self.relations.iter().map(|relation| {
            json!({
                "holder": relation.holder().map(Target::name),
                "target": relation.target().name(),
                "score": relation.score(),
                "label": shown(relation.label(), relation.doubt()).sign(),
                "doubt": relation.doubt().map(|doubt| doubt.to_string()),
                "confidence": relation.confidence(),
                "evidence": characters.reasons(relation.evidence()),
            })
        });
        let keywords = self
            .keywords
            .iter()
            .map(|keyword| json!({ "term": keyword.term, "weight": keyword.weight }));
        json!({
            "headline": self.article.headline(),
            "byline": self.article.byline(),
            "published": self.article.published().map(ToString::to_string),
            "furniture": self.article.furniture().map(|(_, line)| line).collect::<Vec<_>>(),
            "keywords": keywords.collect::<Vec<_>>(),
            "sentiment": {
                "score": self.sentiment.score(),
                "label": self.sentiment.label().sign(),
            },
            "targets": targets.collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(),
        })
    }

    fn show(&self, mut out: impl Write) -> Outcome<()> {
        let article = self.article;
        writeln!(out, "{}", article.headline().unwrap_or("(no headline)"))?;
        let published = article.published().map(ToString::to_string);
        let about = [article.byline().map(str::to_string), published];
        let about: Vec<String> = about.into_iter().flatten().collect();
        if !about.is_empty() {
            writeln!(out, "{}", about.join(", "))?;
        }
        let (kept, cut) = (article.paragraphs().count(), article.furniture().count());
        writeln!(out, "{kept} paragraphs kept, {cut} lines of furniture cut\n")?;

        let terms: Vec<&str> = self.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
        writeln!(out, "Keywords    {}", terms.join(", "))?;
        writeln!(
            out,
            "Sentiment   {:+.2} {}  (good {:.2}, bad {:.2})\n",
            rounded(self.sentiment.score()),
            self.sentiment.label(),
            self.sentiment.positive(),
            self.sentiment.negative(),
        )?;
        writeln!(out, "Stance      score  toward")?;
        let spoken = self.spoken_of(article);
        for stance in &spoken {
            show_stance(&mut out, stance)?;
        }
        let told = self.told(&spoken);
        if !told.is_empty() {
            writeln!(out, "\nRelations   score  holder → target")?;
        }
        for relation in told {
            let holder = relation.holder().map_or("the writer", Target::name);
            let label = relation.label().to_string();
            let (score, target) = (relation.score(), relation.target().name());
            writeln!(out, "{label:<11} {score:+.2}  {holder} → {target}")?;
            if let Some(reason) = reasons(&relation.strongest(), relation.label()).first() {
                writeln!(out, "            {:+.2}    {}", reason.contribution(), marked(reason))?;
            }
        }
        writeln!(out, "\nFurniture")?;
        for (kind, line) in article.furniture() {
            writeln!(out, "  {:<14}  {line}", format!("{kind:?}").to_lowercase())?;
        }
        Ok(out.flush()?)
    }

    /// Whom the table shows: who is named twice, and in a short text who is judged.
    fn spoken_of(&self, article: &Article) -> Vec<&Stance<'_>> {
        let length = article.paragraphs().map(|(_, paragraph)| sentences(paragraph).count());
        let short = length.sum::<usize>() <= SHORT_TEXT;
        let is_spoken_of = |stance: &&Stance<'_>| {
            stance.target().mentions().len() > 1
                || (short && shown(stance.label(), stance.doubt()) != Label::Neutral)
        };
        self.stances.iter().filter(is_spoken_of).take(TARGETS_SHOWN).collect()
    }

    /// The relations between them that have a side.
    fn told(&self, spoken: &[&Stance<'_>]) -> Vec<&Relation<'_>> {
        let side_of = |target: &Target| {
            let above = spoken.iter().find(|stance| stance.target().name() == target.name());
            above.map(|stance| shown(stance.label(), stance.doubt()))
        };
        let is_above = |target: &Target| side_of(target).is_some();
        let is_told = |relation: &&Relation<'_>| {
            let label = shown(relation.label(), relation.doubt());
            let holds = match relation.holder() {
                Some(holder) => is_above(holder),
                // The writer stands where the table above says.
                None => side_of(relation.target()) == Some(label),
            };
            label != Label::Neutral && is_above(relation.target()) && holds
        };
        self.relations.iter().filter(is_told).take(RELATIONS_SHOWN).collect()
    }
}

fn show_stance(out: &mut impl Write, stance: &Stance<'_>) -> Outcome<()> {
    let target = stance.target();
    let aliases = match target.aliases() {
        [] => String::new(),
        aliases => format!(" ({})", aliases.join(", ")),
    };
    let mentions = target.mentions().len();
    let label =
        stance.doubt().map_or_else(|| stance.label().to_string(), |doubt| doubt.to_string());
    writeln!(
        out,
        "{label:<11} {:+.2}  {}{aliases}, {mentions} ×",
        rounded(stance.score()),
        target.name()
    )?;
    for reason in reasons(&stance.strongest(), stance.label()) {
        writeln!(out, "            {:+.2}    {}", reason.contribution(), marked(reason))?;
    }
    Ok(())
}

/// A score to be shown: of a trace no sign is told.
fn rounded(score: f64) -> f64 {
    if score.abs() < TRACE { 0.0 } else { score }
}

/// A side that is doubted is none.
fn shown(label: Label, doubt: Option<Doubt>) -> Label {
    if doubt.is_some() { Label::Neutral } else { label }
}

/// The strongest reasons that are more than traces, those for the label first.
fn reasons<'r, 'd>(strongest: &[&'r Evidence<'d>], label: Label) -> Vec<&'r Evidence<'d>> {
    let most = strongest.first().map_or(0.0, |reason| reason.contribution().abs());
    let least = TRACE.max(most * LEAST_SHARE);
    let told = |reason: &&&Evidence<'_>| reason.contribution().abs() >= least;
    let speaks_for = |reason: &&Evidence<'_>| f64::from(label.sign()) * reason.contribution() > 0.0;
    let (first, rest): (Vec<_>, Vec<_>) =
        strongest.iter().filter(told).copied().partition(speaks_for);
    let shown = first.len().min(REASONS_SHOWN - usize::from(!rest.is_empty()));
    first.into_iter().take(shown).chain(rest).take(REASONS_SHOWN).collect()
}

/// The words that count between brackets, with a little of the sentence around them.
fn marked(reason: &Evidence<'_>) -> String {
    const AROUND: usize = 38;
    let sentence = reason.sentence();
    let start = reason.range().start - reason.sentence_range().start;
    let (before, rest) = sentence.split_at(start);
    let (words, after) = rest.split_at(reason.words().len());
    let cut = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let head = if cut > 0 { format!("…{}", &before[cut..]) } else { before.to_string() };
    let tail = match after.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", &after[..at]),
        None => after.to_string(),
    };
    format!("{head}[{words}]{tail}")
}
