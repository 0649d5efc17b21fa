//! What is asked for?

use std::path::PathBuf;

use lexopt::prelude::*;
use undertone::Period;

use super::support::{Failure, Outcome, number};

const HELP: &str = "\
Usage: explore [--input FILE.jsonl[.gz]] [--topics K] [changes] [views] [--out FILE.json]

Finds the topics of a corpus, one JSON object a line, changes them as asked, and shows them from all
sides. --out gets {topics[{id, size, label}], tree, stability, trend, groups, query, article, map}, as
far as asked for.

  --input FILE         one article a line, gzip or not; `-` reads standard input;
                       a small corpus that comes with this program unless given
  --text-field NAME    the field that holds the text; `text` unless given
  --topics K           how many topics are found; 8 unless given
  --seed S             where the search begins; 0 unless given

Changes, in this order:
  --guide WORDS        words that a topic shall be about, parted by commas; once for each such topic
  --merge T,T,…        makes one topic of some
  --split T:N          makes N topics of one, by its number after merging
  --reduce N           merges the nearest until there are N

Views:
  --tree               which topics are nearest to each other
  --stability RUNS     whether topics come back in so many samples of the articles
  --time-field NAME    the field that says when an article was published: shares over time
  --period NAME        day, week, month, quarter or year; month unless given
  --window N           how many periods are taken together, an odd number; 1 unless given
  --group-field NAME   the field that names a source or another group: shares in each
  --query TEXT         the topics nearest to a few words
  --read FILE          an article as scraped text: the topics of its paragraphs
  --map FILE.svg       a picture of topics and articles
  --out FILE           where to write the JSON
  -h, --help           this help";

pub(super) struct Options {
    pub(super) input: Option<PathBuf>,
    pub(super) text_field: String,
    pub(super) topics: usize,
    pub(super) seed: u64,
    pub(super) guide: Vec<String>,
    pub(super) merge: Vec<usize>,
    pub(super) split: Option<(usize, usize)>,
    pub(super) reduce: Option<usize>,
    pub(super) tree: bool,
    pub(super) stability: Option<usize>,
    pub(super) time_field: Option<String>,
    pub(super) period: Period,
    pub(super) window: usize,
    pub(super) group_field: Option<String>,
    pub(super) query: Option<String>,
    pub(super) article: Option<PathBuf>,
    pub(super) map: Option<PathBuf>,
    pub(super) out: Option<PathBuf>,
}

pub(super) fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let mut options = Options {
        input: None,
        text_field: "text".into(),
        topics: 8,
        seed: 0,
        guide: Vec::new(),
        merge: Vec::new(),
        split: None,
        reduce: None,
        tree: false,
        stability: None,
        time_field: None,
        period: Period::Month,
        window: 1,
        group_field: None,
        query: None,
        article: None,
        map: None,
        out: None,
    };
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.input = Some(args.value()?.into()),
            Long("text-field") => options.text_field = args.value()?.string()?,
            Long("topics") => options.topics = number("--topics", &args.value()?.string()?)?,
            Long("seed") => options.seed = number("--seed", &args.value()?.string()?)?,
            Long("guide") => options.guide.push(args.value()?.string()?),
            Long("merge") => {
                let topics = args.value()?.string()?;
                let each = topics.split(',').map(|topic| number("--merge", topic));
                options.merge = each.collect::<Outcome<_>>()?;
            }
            Long("split") => {
                let split = args.value()?.string()?;
                let (topic, into) = split.split_once(':').ok_or_else(|| {
                    Failure::new(format!("--split is `{split}`, but must be like 3:2"))
                })?;
                options.split = Some((number("--split", topic)?, number("--split", into)?));
            }
            Long("reduce") => options.reduce = Some(number("--reduce", &args.value()?.string()?)?),
            Long("tree") => options.tree = true,
            Long("stability") => {
                options.stability = Some(number("--stability", &args.value()?.string()?)?);
            }
            Long("time-field") => options.time_field = Some(args.value()?.string()?),
            Long("period") => options.period = args.value()?.string()?.parse()?,
            Long("window") => options.window = number("--window", &args.value()?.string()?)?,
            Long("group-field") => options.group_field = Some(args.value()?.string()?),
            Long("query") => options.query = Some(args.value()?.string()?),
            Long("read") => options.article = Some(args.value()?.into()),
            Long("map") => options.map = Some(args.value()?.into()),
            Long("out") => options.out = Some(args.value()?.into()),
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}
