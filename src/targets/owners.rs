//! Which short form means which name of a document?

use hashbrown::HashMap;

use super::find::Named;
use super::name_words::is_body;

/// Joins short forms to full names and drops what may be no name at all.
pub(super) fn joined(names: Vec<Named>) -> Vec<Named> {
    let (mut full, short): (Vec<_>, Vec<_>) =
        names.into_iter().partition(|named| named.written.contains(' '));
    full.sort_by(|a, b| a.written.cmp(&b.written));
    // "Harbour Council" is the end of "Castelline Harbour Council"; the longest forms own the rest.
    full.sort_by_key(|named| std::cmp::Reverse(named.written.split(' ').count()));
    let mut owners = Owners::default();
    for named in full {
        owners.take(named);
    }
    owners.names.sort_by(|a, b| {
        b.mentions.len().cmp(&a.mentions.len()).then_with(|| a.written.cmp(&b.written))
    });
    let mut owners = Owners::of(owners.names);
    // "Zakra" is "El-Zakra" without its article.
    let (whole, bare): (Vec<_>, Vec<_>) =
        short.into_iter().partition(|named| without_article(&named.written).is_some());
    let left = whole.into_iter().filter_map(|named| owners.give(named)).collect();
    let mut articled = Owners::of(left);
    let mut left: Vec<Named> = bare.into_iter().filter_map(|named| owners.give(named)).collect();
    left = left.into_iter().filter_map(|named| articled.give(named)).collect();
    left.append(&mut articled.names);
    let mut names = owners.names;
    // "The Council" without a name of its own is anybody's.
    names.extend(left.into_iter().filter(|named| named.certain && !is_body(&named.written)));
    names
}

/// A name without the Arabic article that is written as part of it.
fn without_article(name: &str) -> Option<&str> {
    let bare =
        ["Al-", "El-", "al-", "el-"].iter().find_map(|article| name.strip_prefix(article))?;
    bare.starts_with(char::is_uppercase).then_some(bare)
}

/// A short form has at most this many words.
const SHORT_WORDS: usize = 6;

/// Full names, each found by the forms that shorten it: the end of the name ("Ashtiani") and its
/// initials ("MCW"). Of several names with one short form the first owns it.
#[derive(Debug, Default)]
struct Owners {
    names: Vec<Named>,
    by_short: HashMap<String, usize, foldhash::fast::FixedState>,
}

impl Owners {
    fn of(names: Vec<Named>) -> Self {
        let mut owners = Self::default();
        for named in names {
            owners.add(named);
        }
        owners
    }

    fn add(&mut self, named: Named) {
        let at = self.names.len();
        let written = named.written.as_str();
        for (space, _) in written.rmatch_indices(' ').take(SHORT_WORDS) {
            self.by_short.entry_ref(&written[space + 1..]).or_insert(at);
        }
        let last = written.rsplit(' ').next().unwrap_or(written);
        if let Some(bare) = without_article(last) {
            self.by_short.entry_ref(bare).or_insert(at);
        }
        // "Welfare Organisation" begins "Welfare Organisation of Elmland".
        for small in [" of ", " for "] {
            let head = written.split_once(small).map(|(head, _)| head);
            if let Some(head) = head.filter(|head| head.contains(' ')) {
                self.by_short.entry_ref(head).or_insert(at);
            }
        }
        let firsts = written.split([' ', '-']).filter_map(|word| word.chars().next());
        let initials: String = firsts.filter(|first| first.is_uppercase()).collect();
        if initials.len() > 1 {
            self.by_short.entry(initials).or_insert(at);
        }
        self.names.push(named);
    }

    /// Gives a form to the owner whose name it shortens, or hands it back.
    fn give(&mut self, named: Named) -> Option<Named> {
        let Some(&owner) = self.by_short.get(named.written.as_str()) else { return Some(named) };
        let owner = &mut self.names[owner];
        owner.titled |= named.titled;
        owner.mentions.extend(named.mentions);
        None
    }

    fn take(&mut self, named: Named) {
        if let Some(own) = self.give(named) {
            self.add(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TargetKind, Targets};

    #[test]
    fn short_forms_join_and_doubtful_words_go() {
        let text = "Economically, Defense Minister Zakir Hasanov did well. Hasanov’s visit to Baku helped. \
                    Ministers of Azerbaijan left.";
        let found = Targets::news().find(text);
        let names: Vec<_> =
            found.iter().map(|target| (target.name(), target.mentions().len())).collect();
        assert_eq!(names, [("Azerbaijan", 2), ("Zakir Hasanov", 2)]);
        assert_eq!(found[1].kind(), TargetKind::Person);
        assert_eq!(&text[found[1].mentions()[1].clone()], "Hasanov’s");
    }

    #[test]
    fn initials_and_ends_of_names_join() {
        let text = "The Ministry of Coastal Works (MCW) met the Castelline Harbour Council. The MCW left. \
                    Then the Harbour Council left.";
        let found = Targets::news().find(text);
        let names: Vec<_> =
            found.iter().map(|target| (target.name(), target.mentions().len())).collect();
        assert_eq!(names, [("Ministry of Coastal Works", 3), ("Castelline Harbour Council", 2)]);
    }

    #[test]
    fn initials_mean_what_the_document_says() {
        let text = "They left the BNP.\nThe Brackish National Party (BNP) grew. The BNP won.";
        let found = Targets::news().find(text);
        let names: Vec<_> =
            found.iter().map(|target| (target.name(), target.mentions().len())).collect();
        assert_eq!(names, [("Brackish National Party", 4)]);
    }

    #[test]
    fn an_article_in_a_name_may_be_left_out() {
        let text = "On Monday Sheikh Omar El-Zakra spoke. Zakra smiled. They met Mr. Al-Dorri, and Dorri left.";
        let found = Targets::news().find(text);
        let names: Vec<_> =
            found.iter().map(|target| (target.name(), target.mentions().len())).collect();
        assert_eq!(names, [("Al-Dorri", 2), ("Omar El-Zakra", 2)]);
    }
}
