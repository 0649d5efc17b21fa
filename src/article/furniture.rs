//! What on a page is not the article?
//!
//! The cues are data: a table of patterns, each with the kind of furniture that it tells. A body
//! paragraph taken for furniture is worse than a menu taken for body, so most patterns fit whole
//! lines, and the loose ones only count outside the body.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::lines::{LONGEST_CUE, is_prose};
use crate::text::fold_into;

/// What a line is that is not the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum FurnitureKind {
    /// A number or code that names the page.
    Identifier,
    /// A riddle against robots.
    Captcha,
    /// How and when the page was made.
    Generated,
    /// Buttons to share, print or save.
    Share,
    /// The headline again.
    RepeatedTitle,
    /// Menus, breadcrumbs, links within the site.
    Navigation,
    /// Links to other articles.
    Related,
    /// An offer of letters by e-mail.
    Newsletter,
    /// An offer to pay, or a notice that only payers may read on.
    Subscription,
    /// Whose the text is.
    Copyright,
    /// What readers wrote, and the form to write in.
    Comments,
    /// A notice of cookies or privacy.
    Cookie,
    /// Who else worked on it: reporting, editing, pictures.
    Credit,
    /// An advertisement, or the mark of one.
    Advertisement,
    /// A correction, clarification or editor's note.
    Correction,
    /// That the views are the author's own.
    Disclaimer,
    /// How to reach the newsroom.
    Contact,
    /// Subjects that the article is filed under.
    Tags,
    /// How long the reading takes.
    ReadingTime,
    /// Players, galleries and what a browser says in their place.
    Media,
}

/// What a line says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) kind: FurnitureKind,
    /// Whether it counts within the body too.
    pub(super) anywhere: bool,
    /// Whether the lines after it are more of the kind: the heading of a list.
    pub(super) opens: bool,
}

/// Where a row of the table counts, and whether it heads a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Anywhere,
    /// Anywhere, as the heading of a list.
    Opens,
    /// Before and after the body.
    Edges,
    /// Before and after the body, as the heading of a list.
    EdgesOpen,
}
use FurnitureKind as Kind;
use Reach::{Anywhere, Edges, EdgesOpen, Opens};

/// The cues: kind, reach, and patterns of folded whole lines without bullets in front and `. : > …`
/// at the end. `*` stands for any text and `#` for a number.
#[rustfmt::skip]
const CUES: &[(Kind, Reach, &[&str])] = &[
    (Kind::Identifier, Anywhere, &[
        "news id*#*", "news code*#*", "article id*", "story id*", "post id*", "content id*", "document id*",
        "story code*", "news number*#", "id: #", "code: #", "ref: *#*",
    ]),
    (Kind::Identifier, Edges, &["reference: *#*", "doc id*", "slug: *", "isbn *", "issn *", "code of the news*"]),
    (Kind::Captcha, Anywhere, &[
        "security key", "captcha", "captcha *", "*captcha refresh", "refresh captcha", "i'm not a robot",
        "i am not a robot",
    ]),
    (Kind::Captcha, Edges, &[
        "enter the code*", "enter captcha*", "security code", "verification code", "type the characters*",
        "*verify you are human*",
    ]),
    (Kind::Generated, Anywhere, &[
        "page generated in *", "page generated on *", "page rendered in *", "page created in *", "generated in # s*",
        "this page was generated *", "page load time*",
    ]),
    (Kind::Generated, Edges, &["powered by *",  "server time*"]),
    (Kind::Share, Anywhere, &[
        "share", "share this", "share this article*", "share this story*", "share this post*", "share this page*",
        "share on *", "share via *", "share article", "share the article", "tweet this", "tweet", "email this *",
        "email article", "print this *", "print article", "print version", "copy link", "copy url", "# shares",
        "send to a friend", "send to friend", "save article", "share to *",
    ]),
    (Kind::Share, Edges, &[
        "save", "print", "email", "e-mail", "facebook", "twitter", "whatsapp", "telegram", "bookmark", "gift this *",
        "follow us*", "follow @*", "follow * on twitter*", "follow * on facebook*", "like us on *", "text size*",
        "font size*", "a a a", "share: *", "share *: *", "short link*", "short url*", "link copied*", "find us on *",
        "join us on *", "@*",
    ]),
    (Kind::Navigation, Anywhere, &[
        "skip to content", "skip to main content", "skip to navigation", "skip to footer", "back to top",
        "return to homepage", "go to homepage",
    ]),
    (Kind::Navigation, Edges, &[
        "home", "menu", "search", "main menu", "log in", "login", "log out", "sign in", "sign up",
        "register", "my account", "advertise", "advertise with us", "about us", "about", "contact us", "contact",
        "site map", "sitemap", "terms of use*", "terms of service*", "terms and conditions*", "terms & conditions*",
        "privacy policy*", "privacy", "privacy notice*", "live", "live tv", "watch live", "listen live", "next",
        "previous", "next article*", "previous article*", "next story*", "previous story*", "close", "edition*: *",
        "open menu", "toggle navigation", "toggle menu", "close menu",  "top", "careers", "jobs", "help", "faq", "accessibility*", "rss",
        "rss feed*", "archive", "archives", "e-paper", "app store", "google play", "download *app*", "breaking news",
        "all sections", "sections", "more", "show more", "load more", "see all", "view all", "view more", "back",
    ]),
    (Kind::Related, Opens, &[
        "related", "related links", "related stories", "related articles", "related news", "related content",
        "related coverage", "related posts", "related items", "read more", "read also", "see also", "also read",
        "you may also like", "you might also like", "you may be interested in", "more on this story",
        "more on this topic", "more stories", "recommended stories", "recommended for you", "most read",
        "most popular", "most viewed", "most shared", "editor's picks", "editors' picks", "trending now", "top stories",
        "latest stories", "latest news", "what to read next", "read next", "up next", "more like this",
        "around the web", "promoted stories", "from our partners", "don't miss", "keep reading", "in other news",
        "more from the web", "also in the news", "also in this section", "more in this section",
    ]),
    (Kind::Related, Anywhere, &[
        "read more: *", "read more on *", "read more about *", "read more > *", "read more - *", "read also: *",
        "also read: *", "also read | *", "see also: *", "read next: *", "don't miss: *", "related: *",
        "related story: *", "related article: *", "must read: *", "read full story*", "read the full story*",
    ]),
    (Kind::Related, Edges, &[
        "read: *", "watch: *", "listen: *", "more: *", "in pictures: *", "in depth: *", "next: *", "previous: *",
    ]),
    (Kind::Related, EdgesOpen, &["more from *", "more in *", "more on *", "trending", "popular", "recommended", "latest"]),
    (Kind::Newsletter, Anywhere, &[
        "sign up *newsletter*", "subscribe *newsletter*", "*? sign up *newsletter*", "*? subscribe *newsletter*",
        "*. sign up *our *newsletter*", "*sign up to our *newsletter*", "*sign up for our *newsletter*",
        "*subscribe to our *newsletter*", "get * in your inbox*", "get * to your inbox*", "newsletter",
        "newsletter sign up", "newsletter sign-up", "newsletter signup", "enter your email*", "your email address*",
        "thank you for subscribing*", "thanks for signing up*", "you can unsubscribe at any time*",
        "sign up for * alerts*", "sign up to * briefing*",
    ]),
    (Kind::Newsletter, Edges, &["newsletters", "*delivered to your inbox*", "*to your inbox*", "sign up for *", "sign up to *"]),
    (Kind::Subscription, Anywhere, &[
        "subscribe", "subscribe now", "subscribe today*", "to continue reading*", "subscribe to continue*",
        "subscribe to read*", "register to continue*", "sign in to continue*", "log in to continue*",
        "already a subscriber*", "already a member*", "you have # free article*", "you have reached your * limit*",
        "you've reached your * limit*", "support our journalism*", "support independent journalism*", "donate now",
        "this article is for subscribers*", "this article is for paying *", "this content is for subscribers*",
        "this story is for subscribers*", "this article is reserved for *", "subscriber only", "subscribers only",
        "subscriber-only", "create a free account*", "unlock this article*", "exclusive for subscribers",
    ]),
    (Kind::Subscription, Edges, &[
        "donate", "donate *", "become a member*", "become a supporter*", "become a subscriber*", "subscribe *",
        "*start your free trial*", "*to continue reading*", "*unlimited access*", "premium", "free trial", "join us",
        "make a contribution", "support us", "gift subscriptions",
    ]),
    (Kind::Copyright, Anywhere, &[
        "©*", "(c) #*", "copyright ©*", "copyright (c) *", "copyright #*", "copyright, #*", "copyright: *",
        "all rights reserved", "all rights reserved. *", "*. all rights reserved", "*, all rights reserved",
        "* all rights reserved. *", "# * all rights reserved",
        "*may not be published, broadcast*", "*may not be reproduced*permission*", "reproduction * prohibited",
        "reproduction * permission*",
    ]),
    (Kind::Copyright, Edges, &["copyright *", "copyright", "*all rights reserved*"]),
    (Kind::Comments, Opens, &[
        "comments", "comments (#)*", "# comments", "# comment", "comment (#)", "comments #", "comments: #",
        "leave a comment", "leave a reply*", "add a comment", "add comment", "post a comment", "post comment",
        "leave your comment*", "join the conversation", "readers' comments", "reader comments", "have your say",
        "no comments yet", "write a comment",
    ]),
    (Kind::Comments, Anywhere, &[
        "view comments*", "show comments", "show # comments", "be the first to comment*", "comments are closed*",
        "log in to comment*", "comments on this * are closed*",
    ]),
    (Kind::Comments, Edges, &[
        "reply", "report", "report abuse", "report a problem", "reply report", "report reply", "# likes", "# like",
        "like", "likes", "# replies", "* # hours ago", "* # hour ago", "* # days ago", "* # minutes ago", "your name",
        "your email", "your comment*", "join the conversation*", "comment", "name", "message", "send", "submit",
        "what do you think? *", "like reply*", "reply like*", "reply share*",
    ]),
    (Kind::Cookie, Anywhere, &[
        "we use cookies*", "this site uses cookies*", "this website uses cookies*", "our site uses cookies*",
        "our website uses cookies*", "we and our * cookies*", "we use essential cookies*", "by using this site*cookie*",
        "by continuing to *cookie*", "accept cookies", "accept all cookies*", "manage cookies", "cookie settings*",
        "cookie preferences*", "cookie policy*", "manage preferences", "reject all*", "accept all*",
    ]),
    (Kind::Cookie, Edges, &["cookies", "*use of cookies*", "*uses cookies*", "we value your privacy*", "accept", "i agree", "got it"]),
    (Kind::Credit, Anywhere, &[
        "(reporting by *", "reporting by *editing by *", "additional reporting by *", "(additional reporting *",
        "* contributed to this report", "* contributed to this story", "* contributed to this article",
        "with inputs from *", "(with inputs from *", "image source, *", "image source: *", "image copyright *", "image credit*: *",
        "photo credit*: *", "(editing by *", "(writing by *", "writing by *editing by *", "our standards: *",
        "with files from *", "(with agencies)", "(with agency inputs)",
    ]),
    (Kind::Credit, Edges, &[
        "reporting by *", "writing by *", "editing by *", "edited by *", "compiled by *", "translated by *",
        "photos by *", "photographs by *", "graphics by *", "* contributed reporting*", "* reported from *",
        "source: *", "sources: *", "editor: *", "editors: *", "produced by *", "video by *", "illustration by *",
        "illustration: *", "- with agencies", "with agencies", "agencies",
    ]),
    (Kind::Advertisement, Anywhere, &[
        "advertisement", "advertisements", "advertisement - *", "advertisement * below", "story continues below*",
        "article continues below*", "article continues after*", "story continues after*", "continue reading below*",
        "scroll to continue*", "scroll down to continue*", "advertorial", "sponsored content", "paid content",
        "sponsored by *", "ad feedback",
    ]),
    (Kind::Advertisement, Edges, &["ad", "ads", "advertising", "sponsored", "promoted", "paid for by *", "remove ads*"]),
    (Kind::Correction, Anywhere, &[
        "correction: *", "corrections: *", "correction (*", "correction, *: *", "clarification: *",
        "editor's note: *", "editors' note: *", "editor's note - *", "this article was amended on *", "this article was corrected *",
        "this article was updated *", "this article has been updated*", "this article has been corrected*",
        "this article has been amended*", "this story has been updated*", "this story has been corrected*",
        "this story was updated *", "this story was corrected *", "this report has been updated*",
        "*an earlier version of this *", "*a previous version of this *",
    ]),
    (Kind::Correction, Edges, &["correction", "corrections", "clarification", "editor's note",  "* this story was *updated*"]),
    (Kind::Disclaimer, Anywhere, &[
        "the views expressed in this *", "the views expressed here *", "the views expressed are *",
        "the views and opinions expressed *", "the opinions expressed in this *", "the opinions expressed here *",
        "the opinions expressed are *", "views expressed in this *", "opinions expressed in this *", "disclaimer: *",
        "the author's views *", "the views in this *",
    ]),
    (Kind::Disclaimer, Edges, &["*not necessarily reflect *", "*not necessarily those of *", "this is an opinion *"]),
    (Kind::Contact, Anywhere, &["do you have a tip*", "do you have a news tip*", "got a tip*", "contact the reporter*"]),
    (Kind::Contact, Edges, &[
        "* can be reached at *", "email: *@*", "e-mail: *@*", "contact *@*", "*@*.com", "*@*.org", "*@*.net",
        "tel: *", "phone: *", "fax: *", "write to us*", "have a story*", "get in touch*", "letters to the editor*",
    ]),
    (Kind::Tags, Anywhere, &["tags: *", "filed under*", "keywords: *"]),
    (Kind::Tags, Edges, &["topics: *", "tagged: *", "tagged *", "tagged as *", "categories: *", "category: *", "section: *", "subjects: *"]),
    (Kind::Tags, EdgesOpen, &["tags", "topics", "related topics", "topics in this article"]),
    (Kind::ReadingTime, Anywhere, &["# min read", "# minute read", "# minutes read", "# mins read", "#-min read", "#-minute read", "# minutes to read", "reading time*#*", "read time*#*", "estimated reading time*#*", "time to read*#*"]),
    (Kind::ReadingTime, Edges, &["# min", "# mins", "# minutes", "min read"]),
    (Kind::Media, Anywhere, &[
        "listen to this article*", "listen to this story*", "listen to article*", "listen (# min*", "listen # min*",
        "watch video", "play video", "watch the video*", "video player*", "this video can not be played*",
        "this video cannot be played*", "your browser does not support*", "please enable javascript*",
        "javascript is *", "view gallery", "view photo gallery", "show caption", "hide caption", "toggle caption",
        "enlarge image", "enlarge this image*", "click to enlarge", "to play this video *javascript*",
    ]),
    (Kind::Media, Edges, &["video", "audio", "play", "pause", "mute", "listen", "slideshow", "gallery", "photo gallery*", "# of #", "#/#", "loading"]),
];

/// Words of share bars; a bar holds one of the first half at least.
const SHARE_WORDS: &[&str] = &[
    "share",
    "tweet",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "telegram",
    "messenger",
    "email",
    "e-mail",
    "print",
];
const SHARE_FILLERS: &[&str] = &[
    "x",
    "on",
    "via",
    "this",
    "article",
    "story",
    "page",
    "copy",
    "link",
    "save",
    "instagram",
    "youtube",
    "rss",
    "sms",
    "pocket",
    "flipboard",
    "more",
    "comment",
    "comments",
    "viber",
    "vk",
    "or",
    "and",
    "to",
    "by",
    "bookmark",
    "like",
    "pdf",
    "threads",
    "bluesky",
    "google",
    "news",
];

/// Words of menus.
const MENU_WORDS: &[&str] = &[
    "home",
    "news",
    "world",
    "politics",
    "business",
    "economy",
    "opinion",
    "sport",
    "sports",
    "culture",
    "weather",
    "tech",
    "technology",
    "science",
    "health",
    "travel",
    "arts",
    "art",
    "life",
    "style",
    "lifestyle",
    "video",
    "videos",
    "live",
    "tv",
    "radio",
    "more",
    "menu",
    "search",
    "subscribe",
    "sign",
    "in",
    "log",
    "login",
    "register",
    "account",
    "local",
    "national",
    "nation",
    "international",
    "entertainment",
    "markets",
    "market",
    "society",
    "features",
    "photos",
    "photo",
    "multimedia",
    "podcasts",
    "newsletters",
    "about",
    "contact",
    "us",
    "privacy",
    "terms",
    "cookies",
    "of",
    "use",
    "policy",
    "help",
    "jobs",
    "advertise",
    "archive",
    "sitemap",
    "faq",
    "rss",
    "editions",
    "edition",
    "e-paper",
    "and",
    "&",
    "finance",
    "money",
    "education",
    "environment",
    "climate",
    "magazine",
    "games",
    "food",
    "middle",
    "east",
    "africa",
    "asia",
    "europe",
    "americas",
    "us",
    "uk",
    "columnists",
    "comment",
    "editorial",
    "letters",
    "obituaries",
    "cartoons",
    "football",
    "tourism",
    "religion",
    "latest",
    "special",
];

/// What a line says of itself, if it says that it is no part of the article. Leaves the line in `key`
/// as the patterns see it.
pub(super) fn cue(line: &str, key: &mut String) -> Option<Cue> {
    key.clear();
    if line.len() > LONGEST_CUE {
        return None;
    }
    fold_line(line, key);
    if is_quotation(line) {
        return None;
    }
    let told = TABLE.find(key);
    if told.is_some_and(|cue| cue.anywhere) {
        return told;
    }
    if is_share_bar(key) {
        return Some(cue_of(Kind::Share, Anywhere));
    }
    told.or_else(|| is_menu(line, key).then_some(cue_of(Kind::Navigation, Edges)))
        .or_else(|| is_tags(key).then_some(cue_of(Kind::Tags, Edges)))
}

fn cue_of(kind: Kind, reach: Reach) -> Cue {
    let (anywhere, opens) = match reach {
        Anywhere => (true, false),
        Opens => (true, true),
        Edges => (false, false),
        EdgesOpen => (false, true),
    };
    Cue { kind, anywhere, opens }
}

/// Somebody speaks: whatever is said, it belongs to the body.
fn is_quotation(line: &str) -> bool {
    line.starts_with(['“', '"', '«', '„']) && is_prose(line)
}

/// A line as the patterns see it.
fn fold_line(line: &str, key: &mut String) {
    key.clear();
    for word in line.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        fold_into(word, key);
    }
    let end = key.trim_end_matches(['.', ':', '>', '"', '…', ' ', '!', '-']).len();
    key.truncate(end);
    let bullets =
        ['-', '*', '•', '>', '"', '·', '▪', '●', '■', '►', '▶', '›', '|', ' ', '[', '\u{FE0F}'];
    let start = key.len() - key.trim_start_matches(bullets).len();
    key.drain(..start);
}

struct Row {
    pattern: &'static str,
    cue: Cue,
}

/// The rows by a word that they cannot do without, so that a line meets only a few of them.
struct Table {
    by_word: HashMap<&'static str, Vec<Row>, foldhash::fast::FixedState>,
    wordless: Vec<Row>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_word: HashMap::default(), wordless: Vec::new() };
    for &(kind, reach, patterns) in CUES {
        for &pattern in patterns {
            let row = Row { pattern, cue: cue_of(kind, reach) };
            // The longest word is likely the rarest.
            let whole = |word: &&str| !word.is_empty() && !word.contains(['*', '#']);
            match pattern.split(' ').filter(whole).max_by_key(|word| word.len()) {
                Some(word) => table.by_word.entry(word).or_default().push(row),
                None => table.wordless.push(row),
            }
        }
    }
    table
});

impl Table {
    /// The cue of a key. What counts anywhere is the stronger word.
    fn find(&self, key: &str) -> Option<Cue> {
        let mut edges = None;
        let known = key.split(' ').filter_map(|word| self.by_word.get(word)).flatten();
        for row in known.chain(&self.wordless).filter(|row| fits(row.pattern, key)) {
            if row.cue.anywhere {
                return Some(row.cue);
            }
            edges = edges.or(Some(row.cue));
        }
        edges
    }
}

/// Whether a pattern fits a whole key: pieces between `*` are found one after the other.
fn fits(pattern: &str, key: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut at) = pieces.next().and_then(|first| piece_at(first, key)) else { return false };
    let mut open = false;
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        open = true;
        let rest = &key[at..];
        if pieces.peek().is_none() {
            return piece.is_empty()
                || starts(rest)
                    .any(|from| piece_at(piece, &rest[from..]) == Some(rest.len() - from));
        }
        let found = starts(rest).find_map(|from| Some(from + piece_at(piece, &rest[from..])?));
        let Some(end) = found else { return false };
        at += end;
    }
    !open && at == key.len()
}

fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()])
}

/// How much of the start of `text` a piece without `*` fits.
fn piece_at(piece: &str, text: &str) -> Option<usize> {
    let mut at = 0;
    for (index, literal) in piece.split('#').enumerate() {
        if index > 0 {
            let rest = &text[at..];
            let length = rest
                .find(|c: char| !c.is_ascii_digit() && !".,/:".contains(c))
                .unwrap_or(rest.len());
            if !rest[..length].starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            at += length;
        }
        at += text[at..].starts_with(literal).then_some(literal.len())?;
    }
    Some(at)
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split([' ', '|', '/', ',', '·', '•', ':', '(', ')']).filter(|word| !word.is_empty())
}

/// "Facebook | Tweet | Email | Print".
fn is_share_bar(key: &str) -> bool {
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let known =
        |word: &str| SHARE_WORDS.contains(&word) || SHARE_FILLERS.contains(&word) || number(word);
    words(key).all(known)
        && words(key).count() <= 20
        && words(key).filter(|word| SHARE_WORDS.contains(word)).count() >= 2
}

/// "Home | News | Sport", "Opinion > Columnists", "Home News Sport".
fn is_menu(line: &str, key: &str) -> bool {
    let bar = ['|', '·', '•'].into_iter().any(|mark| is_bar(line, mark, 3));
    let trail = || ['>', '›', '»', '→'].into_iter().any(|mark| is_bar(line, mark, 2));
    let menu = || words(key).all(|word| MENU_WORDS.contains(&word)) && words(key).count() >= 3;
    (bar || trail() || menu()) && !is_prose(line)
}

/// Whether a mark parts a line into so many labels of few words, each with a capital.
fn is_bar(line: &str, mark: char, least: usize) -> bool {
    let label = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && part.split_whitespace().count() <= 4
    };
    line.contains(mark)
        && line.split(mark).map(str::trim).filter(|part| !part.is_empty()).count() >= least
        && line.split(mark).map(str::trim).all(|part| part.is_empty() || label(part))
}

/// "#Merrow #Ferries".
fn is_tags(key: &str) -> bool {
    key.starts_with('#') && key.split(' ').all(|word| word.len() > 1 && word.starts_with('#'))
}

/// What a line with a picture's credit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// What the picture shows, then whose it is.
    Caption,
    /// Only whose it is.
    Credit,
}

/// Marks of a picture's credit. Those without a colon count only after a bracket, a bar or a stop.
const PICTURE_MARKS: &[&str] = &[
    "photo:",
    "photos:",
    "photograph:",
    "picture:",
    "image:",
    "photo credit:",
    "image credit:",
    "photo by ",
    "photograph by ",
    "picture by ",
    "photo/",
    "file photo",
    "file image",
    "getty images",
    "ap photo",
    "courtesy of ",
];

/// Whether a line describes a picture: "The pier last month. Photo: Tomas Reddick/Straits Pictures".
///
/// Takes the line as [`cue`] left it.
pub(super) fn picture(key: &str) -> Option<Picture> {
    const WORDS: &[&str] =
        &["photo", "picture", "image", "file", "getty", "ap", "courtesy", "media", "caption"];
    let speaks = |word: &str| {
        let word = word.trim_start_matches(['(', '[', '/']);
        WORDS.iter().any(|start| word.starts_with(start)) || word.contains("/getty")
    };
    if !key.split(' ').any(speaks) {
        return None;
    }
    if key.starts_with("image caption, ")
        || key.starts_with("media caption, ")
        || key.starts_with("caption: ")
    {
        return Some(Picture::Caption);
    }
    PICTURE_MARKS.iter().find_map(|mark| {
        let at = key.rfind(mark)?;
        let before = key[..at].trim_end();
        let apart = mark.ends_with(':')
            || before.is_empty()
            || before.ends_with(['(', '[', '|', '.', '-', '/', '\u{a9}']);
        let word_starts = before.len() < at || !before.ends_with(char::is_alphanumeric);
        // A credit is short, and ends the line.
        if !apart || !word_starts || key[at..].split(' ').count() > 10 {
            return None;
        }
        Some(if before.split(' ').count() >= 3 { Picture::Caption } else { Picture::Credit })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_lines() {
        for (pattern, key, expected) in [
            ("share", "share", true),
            ("share", "share prices", false),
            ("comments (#)", "comments (1,047)", true),
            ("news id*#*", "news id: 319710", true),
            ("news id*#*", "news ideas", false),
            ("a*b*c", "axxbxxc", true),
            ("a*b*c", "acb", false),
            ("*x", "éx", true),
            ("#", "", false),
            ("* # hours ago", "ann 2 hours ago", true),
        ] {
            assert_eq!(fits(pattern, key), expected, "{pattern} on {key}");
        }
    }

    #[test]
    fn patterns_are_folded_and_unique() {
        let mut seen = Vec::new();
        let (mut folded, mut line) = (String::new(), String::new());
        for pattern in CUES.iter().flat_map(|(_, _, patterns)| *patterns) {
            line.clear();
            line.push_str(&pattern.replace(['*', '#'], ""));
            folded.clear();
            fold_into(&line, &mut folded);
            assert_eq!(folded, line, "written as it is matched");
            assert!(!seen.contains(pattern), "{pattern} twice");
            seen.push(pattern);
        }
    }

    #[test]
    fn body_is_not_furniture() {
        for line in [
            "Share prices fell on Monday after the vote.",
            "Comments by the minister drew criticism from both banks.",
            "“We use cookies like everyone else,” he said.",
            "Copyright owners sued the firm in 2019 and lost.",
            "The home secretary said that the talks would go on.",
            "Related charges were dropped in May.",
            "The minister asked residents to sign up to the council’s scheme.",
            "She posted a photo by her husband on Monday.",
            "Email traffic between the two banks doubled.",
        ] {
            let mut key = String::new();
            assert_eq!(cue(line, &mut key).filter(|cue| cue.anywhere), None, "{line}");
            assert_eq!(picture(&key), None, "{line}");
        }
    }

    #[test]
    fn pictures_are_told_by_their_credits() {
        let cases = [
            (
                "The pier, seen from the ferry last month. Photo: T. Reddick/Straits Pictures",
                Some(Picture::Caption),
            ),
            ("(Photo by Ann Poe)", Some(Picture::Credit)),
            ("Image caption, The pier at night", Some(Picture::Caption)),
            ("The pier at night (AP Photo/Jane Doe)", Some(Picture::Caption)),
            ("The photo: a story of four friends and the long road that they took", None),
        ];
        for (line, expected) in cases {
            let mut key = String::new();
            fold_line(line, &mut key);
            assert_eq!(picture(&key), expected, "{line}");
        }
    }
}
