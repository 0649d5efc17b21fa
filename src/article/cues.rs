//! The cues of furniture: what menus, share bars and notices say of themselves.
//!
//! A body paragraph taken for furniture is worse than a menu taken for body, so most patterns fit
//! whole lines, and the loose ones only count around the body.

use Reach::{Anywhere, Edges, EdgesOpen, Opens};

use super::furniture::FurnitureKind as Kind;

/// Where a row of the table counts, and whether it heads a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Anywhere,
    /// Anywhere, as the heading of a list.
    Opens,
    /// Before and after the body.
    Edges,
    /// Before and after the body, as the heading of a list.
    EdgesOpen,
}

/// The cues: kind, reach, and patterns of folded whole lines without bullets in front and `. : > …`
/// at the end. `*` stands for any text and `#` for a number.
#[rustfmt::skip]
pub(super) const CUES: &[(Kind, Reach, &[&str])] = &[
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
        "send to a friend", "send to friend", "save article", "share to *", "you can share this story *",
    ]),
    (Kind::Share, Edges, &[
        "save", "print", "email", "e-mail", "facebook", "twitter", "whatsapp", "telegram", "bookmark", "gift this *",
        "follow us*", "follow @*", "follow * on twitter*", "follow * on facebook*", "like us on *", "text size*",
        "font size*", "a a a", "share: *", "share *: *", "short link*", "short url*", "link copied*", "find us on *",
        "join us on *", "@*", "share - *", "*by sharing this article", "*by sharing this story",
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
        "catch all the * on our app", "more less", "all sections", "sections", "more", "show more", "load more", "see all", "view all", "view more", "back",
    ]),
    (Kind::Related, Opens, &[
        "related", "related links", "related stories", "related articles", "related news", "related content",
        "related coverage", "related posts", "related items", "read more", "read also", "see also", "also read",
        "you may also like", "you might also like", "you may be interested in", "more on this story",
        "more on this topic", "more stories", "recommended stories", "recommended for you", "most read",
        "most popular", "most viewed", "most shared", "editor's picks", "editors' picks", "trending now", "top stories",
        "latest stories", "latest news", "what to read next", "read next", "up next", "more like this",
        "around the web", "promoted stories", "from our partners", "don't miss", "keep reading", "in other news",
        "more from the web", "in other media", "also in the news", "also in this section", "more in this section",
    ]),
    (Kind::Related, Anywhere, &[
        "read more: *", "read more on *", "read more about *", "read more > *", "read more - *", "read also: *",
        "also read: *", "also read | *", "see also: *", "read next: *", "don't miss: *", "related: *",
        "related story: *", "related article: *", "must read: *", "recommended: *", "read full story*", "read the full story*",
    ]),
    (Kind::Related, Edges, &[
        "more by *", "read: *", "watch: *", "listen: *", "more: *", "in pictures: *", "in depth: *", "next: *", "previous: *",
    ]),
    (Kind::Related, EdgesOpen, &["more from *", "more in *", "more on *", "more on", "more from", "trending", "popular", "recommended", "latest"]),
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
    (Kind::Copyright, Edges, &["copyright *", "copyright", "*all rights reserved*", "*licensing rights"]),
    (Kind::Comments, Opens, &[
        "comments", "comments (#)*", "# comments", "# comment", "comment (#)", "comments #", "comments: #",
        "leave a comment", "leave a reply*", "add a comment", "add comment", "post a comment", "post comment",
        "leave your comment*", "join the conversation", "readers' comments", "reader comments", "have your say",
        "no comments yet", "write a comment",
    ]),
    (Kind::Comments, Anywhere, &[
        "view comments*", "show comments", "show # comments", "be the first to comment*", "comments are closed*",
        "log in to comment*", "comments on this * are closed*", "you are replying to*",
    ]),
    (Kind::Comments, Edges, &[
        "reply", "report", "report abuse", "report a problem", "reply report", "report reply", "# likes", "# like",
        "like", "likes", "# replies", "* # hours ago", "* # hour ago", "* # days ago", "* # minutes ago", "your name",
        "your email", "your comment*", "join the conversation*", "comment", "name", "message", "send", "submit",
        "what do you think? *", "like reply*", "reply like*", "reply share*", "*tell us in the comments*",
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
        "with files from *", "(with agencies)", "(with agency inputs)", "this story has been published from *",
        "this story has not been edited by *", "photography by *",
    ]),
    (Kind::Credit, Edges, &[
        "reporting by *", "writing by *", "editing by *", "edited by *", "compiled by *", "translated by *",
        "photos by *", "photographs by *", "pictures by *", "pictures: *", "photos: *", "graphics by *", "* contributed reporting*", "* reported from *",
        "source: *", "sources: *", "editor: *", "editors: *", "produced by *", "video by *", "illustration by *",
        "illustration: *", "- with agencies", "with agencies", "agencies", "* image by *", "images by *",
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
        "*an earlier version of this *", "*a previous version of this *", "this interview has been edited *",
        "this interview was edited *", "this conversation has been edited *",
    ]),
    (Kind::Correction, Edges, &["correction", "corrections", "clarification", "editor's note",  "* this story was *updated*"]),
    (Kind::Disclaimer, Anywhere, &[
        "the views expressed in this *", "the views expressed here *", "the views expressed are *",
        "the views and opinions expressed *", "the opinions expressed in this *", "the opinions expressed here *",
        "the opinions expressed are *", "views expressed in this *", "opinions expressed in this *", "disclaimer: *",
        "the author's views *", "the views in this *",
    ]),
    (Kind::Disclaimer, Edges, &["*not necessarily reflect *", "*not necessarily those of *", "this is an opinion *"]),
    (Kind::Contact, Anywhere, &["do you have a tip*", "do you have a news tip*", "got a tip*", "got a story*", "contact the reporter*"]),
    (Kind::Contact, Edges, &[
        "* can be reached at *", "email: *@*", "e-mail: *@*", "contact *@*", "*@*.com", "*@*.org", "*@*.net",
        "tel: *", "phone: *", "fax: *", "* email us *", "* whatsapp us *", "have an opinion on *", "do you have a story*", "write to us*", "have a story*", "get in touch*", "letters to the editor*",
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
        "javascript is *", "view gallery", "view photo gallery", "show caption", "hide caption", "toggle caption", "toggle caption *",
        "enlarge image", "enlarge this image*", "click to enlarge", "to play this video *javascript*",
    ]),
    (Kind::Media, Edges, &["video", "audio", "play", "pause", "mute", "listen", "slideshow", "gallery", "photo gallery*", "# of #", "#/#", "loading"]),
];

/// Words of share bars; a bar holds one of the first half at least.
#[rustfmt::skip]
pub(super) const SHARE_WORDS: &[&str] = &[
    "share", "tweet", "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "reddit", "telegram", "messenger",
    "email", "e-mail", "print",
];
#[rustfmt::skip]
pub(super) const SHARE_FILLERS: &[&str] = &[
    "x", "on", "via", "this", "article", "story", "page", "copy", "link", "save", "instagram", "youtube", "rss",
    "sms", "pocket", "flipboard", "more", "comment", "comments", "viber", "vk", "or", "and", "to", "by", "bookmark",
    "like", "pdf", "threads", "bluesky", "google", "news",
];

/// Words of menus.
#[rustfmt::skip]
pub(super) const MENU_WORDS: &[&str] = &[
    "home", "news", "world", "politics", "business", "economy", "opinion", "sport", "sports", "culture", "weather",
    "tech", "technology", "science", "health", "travel", "arts", "art", "life", "style", "lifestyle", "video",
    "videos", "live", "tv", "radio", "more", "menu", "search", "subscribe", "sign", "in", "log", "login", "register",
    "account", "local", "national", "nation", "international", "entertainment", "markets", "market", "society",
    "features", "photos", "photo", "multimedia", "podcasts", "newsletters", "about", "contact", "us", "privacy",
    "terms", "cookies", "of", "use", "policy", "help", "jobs", "advertise", "archive", "sitemap", "faq", "rss",
    "editions", "edition", "e-paper", "and", "&", "finance", "money", "education", "environment", "climate",
    "magazine", "games", "food", "middle", "east", "africa", "asia", "europe", "americas", "us", "uk", "columnists",
    "comment", "editorial", "letters", "obituaries", "cartoons", "football", "tourism", "religion", "latest",
    "special",
];
