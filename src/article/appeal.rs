//! Does a line speak to the reader, or of the page it stands on?
//!
//! Every site words its notices in its own way, so no list of them is ever whole. What they share is
//! evidence of several kinds: an imperative at the start, "you" and "us", an address to write to,
//! "this article", and words for what a site is made of. The kinds are weighed against each other.

use std::sync::LazyLock;

use hashbrown::HashSet;

use super::furniture::{Cue, FurnitureKind};

/// What a notice may bid the reader do.
#[rustfmt::skip]
const BIDDINGS: &[&str] = &[
    "bookmark", "browse", "call", "check", "choose", "click", "comment", "contact", "discover", "donate", "download",
    "email", "enter", "explore", "find", "follow", "get", "give", "help", "hear", "install", "join", "listen",
    "load", "log", "login", "open", "order", "print", "reach", "read", "receive", "refresh", "register", "reload",
    "republish", "save", "scroll", "see", "send", "share", "sign", "stay", "submit", "subscribe", "support", "swipe",
    "take", "tap", "tell", "text", "thanks", "try", "turn", "tweet", "unlock", "view", "visit", "vote",
    "watch", "write",
];

/// What a site is made of.
#[rustfmt::skip]
const SITE: &[&str] = &[
    "account", "ads", "advertisement", "advertising", "app", "article", "articles", "author", "authors", "browser",
    "captions", "channel", "commentary", "comments", "contact", "content", "cookie", "cookies", "copyright",
    "conversation", "deductible", "donation", "donations", "edition", "emails", "expressed", "facebook", "feedback",
    "gift", "headline", "headlines", "homepage", "inbox", "instagram", "journalism", "letter", "linkedin", "link",
    "log", "login", "magazine", "membership", "messenger", "moderated", "moderators", "newsletter", "newsletters",
    "newsroom", "nonpartisan", "notifications", "opinions", "page", "pdf", "permission", "permissions", "podcast",
    "podcasts", "post", "posts", "print", "publication", "reader", "readers", "reflect", "reprints", "site", "stories",
    "story", "subscribe", "subscriber", "subscribers", "subscription", "supporters", "telegram", "terms", "transcript",
    "transcripts", "twitter", "updated", "updates", "views", "website", "whatsapp", "youtube", "breaking", "alerts",
    "unlimited", "signup", "webpage", "syndicated", "republished", "licence", "license",
];

/// What "this" makes the page itself.
#[rustfmt::skip]
const SELVES: &[&str] = &[
    "article", "articles", "content", "essay", "newsletter", "op-ed", "page", "piece", "podcast", "post", "site",
    "story", "text", "transcript", "translation", "webpage", "website",
];

/// Words that make it a report of what somebody did or said.
const REPORTS: &[&str] = &["said", "says", "told", "he", "she", "they", "according", "added"];

/// Phrases that only notices use.
#[rustfmt::skip]
const NOTICES: &[&str] = &[
    "views expressed", "opinions expressed", "comments expressed", "consider becoming", "consider subscribing",
    "consider donating", "print edition", "appears in print", "appeared in print", "originally published",
    "first published", "originally appeared", "first appeared", "creative commons", "with permission",
];

/// Words of buttons and counts besides.
#[rustfmt::skip]
const CONTROLS: &[&str] = &[
    "all", "a", "and", "are", "audio", "bigger", "by", "choices", "close", "copy", "down", "embed", "est", "favourites",
    "file", "font", "for", "free", "full", "hide", "in", "into", "large", "larger", "later", "likes", "manage", "medium",
    "min", "mins", "minute", "minutes", "more", "now", "of", "on", "options", "our", "out", "play", "player",
    "preferences", "reads", "reading", "resize", "settings", "shares", "size", "small", "smaller", "speed", "text",
    "the", "this", "time", "to", "translate", "transcribe", "up", "version", "via", "video", "viewed", "voice",
    "with", "your", "k", "m", "times", "hr", "hour", "sec",
];

type WordSet = HashSet<&'static str, foldhash::fast::FixedState>;

struct Vocabulary {
    biddings: WordSet,
    site: WordSet,
    controls: WordSet,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let set = |words: &[&'static str]| words.iter().copied().collect();
    Vocabulary { biddings: set(BIDDINGS), site: set(SITE), controls: set(CONTROLS) }
});

/// The evidence in a line, kind by kind.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each kind is there or not")]
struct Evidence {
    /// It begins with what the reader should do.
    bids: bool,
    /// "You", "your".
    addresses: bool,
    /// "Us", "our".
    speaks_for_site: bool,
    /// An address of mail or web.
    reachable: bool,
    /// "This article".
    of_itself: bool,
    noticed: bool,
    reports: bool,
    site: usize,
    words: usize,
}

impl Evidence {
    fn of(line: &str, key: &str) -> Self {
        let mut evidence = Self::default();
        let mut last = "";
        for word in key.split(' ').map(bare).filter(|word| !word.is_empty()) {
            evidence.add(word, last);
            last = word;
        }
        // The key does not tell "us" from "US".
        evidence.speaks_for_site |= line.split(' ').any(|word| matches!(bare(word), "us" | "Us"));
        evidence.noticed = NOTICES.iter().any(|notice| key.contains(notice));
        evidence
    }

    fn add(&mut self, word: &str, last: &str) {
        let polite = matches!(word, "please" | "kindly" | "to");
        if self.words == 0 && polite {
            return;
        }
        self.bids |= self.words == 0 && VOCABULARY.biddings.contains(word);
        self.bids |= self.words == 1 && word == "you" && matches!(last, "do" | "are" | "have");
        self.addresses |= matches!(word, "you" | "your" | "here" | "below");
        self.speaks_for_site |= word == "our";
        self.reachable |= word.contains("://") || (word.contains('@') && word.contains('.'));
        self.of_itself |= matches!(last, "this" | "these") && SELVES.contains(&word);
        self.reports |= REPORTS.contains(&word);
        self.site += usize::from(VOCABULARY.site.contains(word));
        self.words += 1;
    }

    fn score(&self) -> usize {
        const MOST_SITE: usize = 4;
        const SHORT: usize = 8;
        const LONG: usize = 30;
        const LONGER: usize = 45;
        let points = [
            (self.bids, 2),
            (self.addresses, 1),
            (self.speaks_for_site, 1),
            (self.reachable, 2),
            (self.of_itself, 2),
            (self.noticed, 2),
            (self.words <= SHORT, 1),
        ];
        let points: usize = points.iter().filter(|(told, _)| *told).map(|(_, points)| points).sum();
        let length = usize::from(self.words > LONG) + usize::from(self.words > LONGER);
        let against = usize::from(self.reports) * 3 + length;
        (points + self.site.min(MOST_SITE)).saturating_sub(against)
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@')
}

/// What the appeal of a line makes it. `key` is the line as [`cue`](super::furniture::cue) left it.
///
/// What reads as prose needs evidence of two kinds to count within the body.
pub(super) fn appeal(line: &str, key: &str, prose: bool) -> Option<Cue> {
    const WEAK: usize = 3;
    const STRONG: usize = 4;
    const LABEL: usize = 12;
    const LONGEST_ADDRESS: usize = 25;
    let evidence = Evidence::of(line, key);
    let score = evidence.score();
    let reaches = evidence.site > 0 || (evidence.reachable && evidence.words <= LONGEST_ADDRESS);
    let kinds = [
        evidence.bids,
        evidence.addresses,
        evidence.speaks_for_site,
        evidence.reachable,
        evidence.of_itself,
        evidence.noticed,
    ];
    let kinds = kinds.iter().filter(|told| **told).count();
    if score < WEAK || !reaches || kinds == 0 {
        return None;
    }
    let label = !prose && evidence.words <= LABEL && evidence.bids;
    let twofold = kinds >= 2 && (evidence.bids || evidence.of_itself || evidence.noticed);
    // "Read the letter in full:" may stand over the letter.
    let leads = line.ends_with(':');
    let anywhere = score >= STRONG && !leads && (label || twofold || evidence.noticed);
    Some(Cue { kind: kind(key, &evidence), anywhere, opens: false })
}

/// Whether a line is a button or a count: few words, all of them known from such, or numbers.
pub(super) fn is_control(line: &str) -> bool {
    const LONGEST: usize = 6;
    if line.len() > 60 || line.ends_with([':', ',']) {
        return false;
    }
    let line = line.to_lowercase();
    let words = || {
        line.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '/')
            .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
    };
    let known = |word: &str| {
        let sets = [&VOCABULARY.biddings, &VOCABULARY.site, &VOCABULARY.controls];
        word.is_empty() || sets.iter().any(|set| set.contains(word))
    };
    let told = words().filter(|word| !word.is_empty()).count();
    let counted = told == 0 && line.chars().any(|c| c.is_ascii_digit());
    words().all(known) && told <= LONGEST && (told > 0 || counted)
}

fn kind(key: &str, evidence: &Evidence) -> FurnitureKind {
    let holds = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if holds(&["newsletter", "inbox"]) {
        FurnitureKind::Newsletter
    } else if holds(&["subscri", "donat", "gift", "membership"]) {
        FurnitureKind::Subscription
    } else if holds(&["comments", "moderated"]) {
        FurnitureKind::Comments
    } else if holds(&["views", "opinions", "expressed"]) {
        FurnitureKind::Disclaimer
    } else if evidence.reachable || holds(&["contact", "feedback", "letter"]) {
        FurnitureKind::Contact
    } else if holds(&["permission", "copyright", "reprints"]) {
        FurnitureKind::Copyright
    } else {
        FurnitureKind::Share
    }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::fold_line;
    use super::super::lines::is_prose;
    use super::*;

    fn found(line: &str) -> Option<bool> {
        let mut key = String::new();
        fold_line(line, &mut key);
        appeal(line, &key, is_prose(line)).map(|cue| cue.anywhere)
    }

    #[test]
    fn notices_are_told_by_what_they_share() {
        for line in [
            "Enjoying the Straits Weekly? Get our Sunday letter in your inbox.",
            "Please consider becoming a member to support our journalism.",
            "Follow our channel on WhatsApp for updates.",
            "This essay first appeared in the winter edition.",
            "Send your story to stories@straits.example.",
        ] {
            assert!(found(line).is_some(), "{line}");
        }
    }

    #[test]
    fn news_of_sites_is_no_notice() {
        for line in [
            "Facebook and Twitter removed the accounts, posts and pages of both parties.",
            "She said you could share the story with your readers.",
            "The story begins in a kitchen in Merrow.",
            "Follow the river north and you come to a village without a name.",
            "“Read our website,” the minister told reporters.",
            "A US man sells advertising space on his forehead on a website.",
            "The newspaper printed the letter on its front page.",
        ] {
            assert_ne!(found(line), Some(true), "{line}");
        }
    }
}
