//! Which words and pairs of words have a number?

use hashbrown::HashMap;

use super::super::entry::Entry;
use super::super::lexicon::Lexicon;
use crate::text::matcher::{Matcher, follow_bit};
use crate::text::steps::Steps;

type Fixed = foldhash::fast::FixedState;

/// No group, no term.
pub(super) const NONE: u32 = u32::MAX >> 1;

/// Marks the group of a word that is taken for another by what it is: its letters do not count.
pub(super) const KIND: u32 = 1 << 31;

/// Terms that stand for something other than themselves; the first groups.
pub(super) const SPECIAL: [&str; 7] =
    ["[target]", "[holder]", "[name]", "[number]", "[good]", "[bad]", "[text]"];
pub(super) const TARGET: u32 = 0;
pub(super) const HOLDER: u32 = 1;
pub(super) const NAME: u32 = 2;
pub(super) const NUMBER: u32 = 3;
pub(super) const GOOD: u32 = 4;
pub(super) const BAD: u32 = 5;
pub(super) const TEXT: u32 = 6;

/// Words for groups of people count as names: a weight of one would be prejudice.
pub(super) const PEOPLE: [&str; 51] = [
    "african",
    "africans",
    "arab",
    "arabs",
    "asian",
    "asians",
    "black",
    "blacks",
    "boy",
    "boys",
    "christian",
    "christians",
    "conservative",
    "conservatives",
    "democrat",
    "democrats",
    "disabled",
    "elderly",
    "female",
    "females",
    "foreigner",
    "foreigners",
    "gay",
    "gays",
    "girl",
    "girls",
    "hispanic",
    "hispanics",
    "immigrant",
    "immigrants",
    "jew",
    "jewish",
    "jews",
    "lesbian",
    "lesbians",
    "liberal",
    "liberals",
    "male",
    "males",
    "man",
    "men",
    "migrant",
    "migrants",
    "muslim",
    "muslims",
    "refugee",
    "refugees",
    "white",
    "whites",
    "woman",
    "women",
];

/// Words that hold a sentence together: whatever weight they would have, they are no reasons.
pub(super) const WORDING: [&str; 100] = [
    "a", "about", "across", "after", "along", "also", "am", "among", "an", "and", "another", "any",
    "are", "around", "as", "at", "be", "been", "before", "being", "between", "both", "by", "d",
    "did", "do", "does", "doing", "done", "down", "during", "each", "either", "every", "for",
    "from", "had", "has", "have", "having", "here", "i'm", "in", "into", "is", "it", "it's", "its",
    "just", "ll", "near", "of", "off", "on", "once", "only", "onto", "or", "other", "out", "over",
    "own", "per", "re", "s", "same", "shall", "so", "some", "such", "t", "than", "that", "that's",
    "the", "then", "there", "there's", "these", "this", "those", "through", "to", "under", "up",
    "upon", "ve", "via", "was", "were", "what", "when", "where", "which", "who", "whom", "whose",
    "will", "with", "within",
];

/// What there is to tell of a group: most words have no weight, alone or with the one behind them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tells {
    /// The term of the group alone; [`NONE`] if it has no weight.
    pub(super) term: u32,
    /// A bit for the groups that it makes a pair with.
    follows: u32,
}

impl Tells {
    const NOTHING: Self = Self { term: NONE, follows: 0 };

    /// Whether the group may make a pair with another behind it.
    #[inline]
    pub(super) fn may_lead_to(self, group: u32) -> bool {
        self.follows & follow_bit(group) != 0
    }
}

/// Groups of written forms that count as one word, and the terms made of one or two of them.
#[derive(Clone, Debug)]
pub(in super::super) struct Terms {
    /// The written forms of each group.
    groups: Vec<Vec<Box<str>>>,
    by_form: HashMap<Box<str>, u32, Fixed>,
    /// The group of each word that the scorer's matcher knows, and of none behind the last.
    by_word: Vec<u32>,
    /// The term of each group alone.
    single: Vec<u32>,
    /// From a group with another behind it to the term of both.
    pairs: Steps,
    /// A bit for the groups that each group makes a pair with.
    follows: Vec<u32>,
    /// What there is to tell of each group, once the terms are joined to a scorer, and of none behind the last.
    tells: Vec<Tells>,
    /// The term of each entry of the lexicon.
    by_entry: Vec<u32>,
    /// The groups of each term; the second is [`NONE`] for one word.
    list: Vec<(u32, u32)>,
}

impl Terms {
    /// With the special groups, each a term.
    pub(super) fn new() -> Self {
        let mut terms = Self {
            groups: Vec::new(),
            by_form: HashMap::default(),
            by_word: Vec::new(),
            single: Vec::new(),
            pairs: Steps::default(),
            follows: Vec::new(),
            tells: Vec::new(),
            by_entry: Vec::new(),
            list: Vec::new(),
        };
        for special in SPECIAL {
            let group = terms.push_group(vec![special.into()]);
            terms.add((group, NONE));
        }
        terms.by_form.extend(PEOPLE.map(|form| (Box::from(form), NAME)));
        terms
    }

    fn push_group(&mut self, forms: Vec<Box<str>>) -> u32 {
        let group = self.groups.len() as u32;
        for form in &forms {
            self.by_form.insert(form.clone(), group);
        }
        self.groups.push(forms);
        self.single.push(NONE);
        self.follows.push(0);
        group
    }

    /// The group of these forms, made if it is new. A form belongs to one group: the form that is in
    /// another one already is handed back.
    pub(super) fn group(&mut self, forms: &[&str]) -> Result<u32, String> {
        let known = forms.iter().find_map(|form| self.by_form.get(*form).copied());
        let Some(group) = known else {
            return Ok(self.push_group(forms.iter().map(|&form| form.into()).collect()));
        };
        let same = self.groups[group as usize].iter().map(|form| &**form).eq(forms.iter().copied());
        if same { Ok(group) } else { Err(forms.join("/")) }
    }

    /// The number of a term, which is added if it is new.
    pub(super) fn add(&mut self, (first, second): (u32, u32)) -> u32 {
        let next = self.list.len() as u32;
        let term = if second == NONE {
            let single = &mut self.single[first as usize];
            if *single == NONE {
                *single = next;
            }
            *single
        } else {
            self.follows[first as usize] |= follow_bit(second);
            let place = self.pairs.find_or_add(first, second, next);
            self.pairs.at(place).next
        };
        if term == next {
            self.list.push((first, second));
        }
        term
    }

    /// Gives each form a number in the matcher, so that a word is looked up once for both. `has_weight` says of which
    /// terms there is something to tell.
    pub(in super::super) fn join(
        &mut self,
        matcher: &mut Matcher,
        lexicon: &Lexicon,
        has_weight: impl Fn(u32) -> bool,
    ) {
        let told = |&term: &u32| if term != NONE && has_weight(term) { term } else { NONE };
        let groups = self.single.iter().zip(&self.follows);
        let told = groups.map(|(single, &follows)| Tells { term: told(single), follows });
        self.tells = told.chain([Tells::NOTHING]).collect();
        let of_entry = |entry: &Entry| self.single(self.of_form(&entry_form(entry.text())));
        self.by_entry = lexicon.iter().map(of_entry).collect();
        self.by_word.clear();
        for (group, forms) in self.groups.iter().enumerate() {
            for form in forms {
                let word = matcher.intern(form) as usize;
                if self.by_word.len() <= word {
                    self.by_word.resize(word + 1, NONE);
                }
                self.by_word[word] = group as u32;
            }
        }
        for form in PEOPLE {
            let word = matcher.intern(form) as usize;
            self.by_word.resize(self.by_word.len().max(word + 1), NONE);
            self.by_word[word] = NAME;
        }
        self.by_word.push(NONE);
    }

    /// The group of a word of the matcher.
    pub(super) fn of_word(&self, word: u32) -> u32 {
        at_or_last(&self.by_word, word).copied().unwrap_or(NONE)
    }

    /// The term of an entry of the lexicon.
    pub(super) fn of_entry(&self, entry: u32) -> u32 {
        self.by_entry.get(entry as usize).copied().unwrap_or(NONE)
    }

    /// The group of a form.
    pub(super) fn of_form(&self, form: &str) -> u32 {
        self.by_form.get(form).copied().unwrap_or(NONE)
    }

    /// The term of a group alone.
    fn single(&self, group: u32) -> u32 {
        self.single.get(group as usize).copied().unwrap_or(NONE)
    }

    /// What there is to tell of a group.
    #[inline]
    pub(super) fn tells(&self, group: u32) -> Tells {
        at_or_last(&self.tells, group).copied().unwrap_or(Tells::NOTHING)
    }

    /// The term of two groups in a row.
    #[inline]
    pub(super) fn pair(&self, first: u32, second: u32) -> u32 {
        self.pairs.find(first, second).map_or(NONE, |step| step.next)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The groups of a term.
    pub(super) fn groups_of(&self, term: u32) -> (u32, u32) {
        self.list[term as usize]
    }

    /// The forms of a group.
    pub(super) fn forms(&self, group: u32) -> &[Box<str>] {
        &self.groups[group as usize]
    }

    /// A term as it is written in a table: forms of a word with slashes between, words with spaces.
    pub(super) fn written(&self, term: u32) -> String {
        let (first, second) = self.list[term as usize];
        let mut written = self.groups[first as usize].join("/");
        if second != NONE {
            written.push(' ');
            written.push_str(&self.groups[second as usize].join("/"));
        }
        written
    }
}

/// What a list tells of a number; what stands behind the last is told of all that it does not know, without a branch:
/// whether a word is known could not be guessed.
#[inline]
fn at_or_last<T>(list: &[T], number: u32) -> Option<&T> {
    list.get((number as usize).min(list.len().wrapping_sub(1)))
}

/// An entry of the lexicon as a form of its own, told from a word by the sign before it.
pub(super) fn entry_form(entry: &str) -> String {
    format!("={entry}")
}
