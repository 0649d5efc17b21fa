//! How much of an entry is meant for the target? Near, in its clause, and not nearer to somebody else.

use std::ops::Range;

use super::super::cues::{DETERMINER, OBJECT, PEOPLE};
use super::super::entry::EntryClass;
use super::super::near::OPENS;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::kept::Kept;
use crate::targets::{NameSpan, TargetKind};
use crate::text::words::{Gap, Word};

/// What a sentence is read toward.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Aim<'m> {
    /// The words of each mention of the target, in order; at least one.
    pub(in super::super) mentions: &'m [Range<usize>],
    /// Whether it is somebody or something with a name, not a topic.
    pub(in super::super) named: bool,
    /// Whether it is known to be a town or region, where things happen.
    pub(in super::super) place: bool,
}

impl<'m> Aim<'m> {
    /// At the mentions of a target of a kind.
    pub(in super::super) fn at(mentions: &'m [Range<usize>], kind: TargetKind) -> Self {
        let place = matches!(kind, TargetKind::City | TargetKind::Region);
        Self { mentions, named: kind != TargetKind::Topic, place }
    }

    /// The mention nearest to the words `from..to`, and how many words lie between.
    pub(super) fn nearest(&self, from: usize, to: usize) -> (Range<usize>, usize) {
        let apart = |mention: &Range<usize>| gap(from..to, mention);
        if let [only] = self.mentions {
            return (only.clone(), apart(only));
        }
        let nearest = self.mentions.iter().min_by_key(|mention| apart(mention));
        nearest.map_or((from..to, 0), |mention| (mention.clone(), apart(mention)))
    }
}

/// How many words lie between two stretches; 0 where they touch or overlap.
fn gap(a: Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// The distances in words at which an entry counts for half. What is said of a topic is spread over
/// the sentence.
const HALF_LIFE: usize = 8;
const HALF_LIFE_TOPIC: usize = 24;

/// Powers of one half to k/24, for distances that are no multiple of a half-life.
static POWERS: [f64; HALF_LIFE_TOPIC] = [
    1.0,
    0.971_531_941_153_605_9,
    0.943_874_312_681_693_5,
    0.917_004_043_204_671_2,
    0.890_898_718_140_339_3,
    0.865_536_561_006_143_1,
    0.840_896_415_253_714_5,
    0.816_957_726_620_549_9,
    0.793_700_525_984_099_8,
    0.771_105_412_703_970_4,
    0.749_153_538_438_340_8,
    0.727_826_591_421_093_7,
    std::f64::consts::FRAC_1_SQRT_2,
    0.686_976_823_729_044_6,
    0.667_419_927_085_017_2,
    0.648_419_777_325_504_8,
    0.629_960_524_947_436_6,
    0.612_026_771_652_327_6,
    0.594_603_557_501_360_5,
    0.577_676_348_436_136_5,
    0.561_231_024_154_686_5,
    0.545_253_866_332_628_8,
    0.529_731_547_179_647_7,
    0.514_651_118_321_746,
];

/// How much counts of an entry at a distance in words: one half to the power of its share of the half-life,
/// which is 8 or 24.
#[inline]
fn nearness(distance: usize, half_life: usize) -> f64 {
    let halves = distance / half_life;
    // A power of two is nothing but its exponent, in the bits behind the first 52.
    let power = if halves < 1023 { f64::from_bits((1023 - halves as u64) << 52) } else { 0.0 };
    POWERS[distance % half_life * (HALF_LIFE_TOPIC / half_life)] * power
}

/// What counts of an entry in another clause.
const OTHER_CLAUSE: f64 = 0.5;
const OTHER_CLAUSE_TOPIC: f64 = 0.8;
/// And of one that is nearer to somebody else.
const OTHER_NAME: f64 = 0.45;

/// And of one in a heading that stands apart and is no verb of the target.
const IN_HEADING: f64 = 0.5;

/// And of one that names others by itself.
const OTHERS_NAMED: f64 = 0.08;
/// And of what somebody's words or deeds are about: "A's remarks on the historic deal".
const ABOUT: f64 = 0.4;

/// Weighs the entries of a sentence, in its order, by how near they are to a target.
#[derive(Debug)]
pub(super) struct Proximity<'r> {
    /// Whether the sentence is a heading: it has no marks that part its clauses.
    heading: bool,
    told: Kept<Told>,
    others: Others<'r>,
}

impl<'r> Proximity<'r> {
    pub(super) fn of(sentence: &Sentence<'r>, aim: &Aim<'r>) -> Self {
        let heading = aim.named && sentence.ending().is_empty();
        Self { heading, told: Kept::new(), others: Others::of(sentence.names, aim.mentions) }
    }

    /// Multiplies the weight of the next entry, whose nearest mention stands at a distance.
    pub(super) fn weigh(
        &mut self,
        sentence: &Sentence<'_>,
        aim: &Aim<'_>,
        (mention, distance): (&Range<usize>, usize),
        entry: &mut Weighed,
    ) {
        let (from, to) = (entry.hit.from, entry.hit.to);
        let told = self.told.of(mention, || Told::of(sentence, mention));
        // The division is by a number that is known here.
        let (mut factor, other_clause) = if aim.named {
            (nearness(distance, HALF_LIFE), OTHER_CLAUSE)
        } else {
            (nearness(distance, HALF_LIFE_TOPIC), OTHER_CLAUSE_TOPIC)
        };
        let apart = sentence.words[mention.start].clause != sentence.words[from].clause
            && !(entry.hit.class == EntryClass::Judge
                && distance <= LONGEST_APPOSITION
                && is_apposition(sentence, mention, from..to));
        if apart || (told.opens_clause && to < mention.start) {
            factor *= other_clause;
        }
        if self.others.nearest(from, to) < distance {
            factor *= OTHER_NAME;
        }
        if names_others(sentence, aim, mention, from..to) {
            factor *= OTHERS_NAMED;
        }
        if aim.named && told.owns && is_object_of_noun(sentence, mention, from) {
            factor *= ABOUT;
        }
        if self.heading && distance > 1 && !entry.rules.contains(Rule::Role) {
            factor *= IN_HEADING;
        }
        if factor < 1.0 {
            entry.weigh(factor, Rule::Proximity);
        }
    }
}

/// What a mention and the words before it tell.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Whether it opens a clause, which an entry may stand before: "… a disgrace because A left".
    opens_clause: bool,
    /// Whether it owns what follows.
    owns: bool,
}

impl Told {
    fn of(sentence: &Sentence<'_>, mention: &Range<usize>) -> Self {
        Self {
            opens_clause: opens_clause(sentence, mention),
            owns: sentence.is_possessive(mention.end - 1),
        }
    }
}

const CONJUNCTIONS: [&str; 9] =
    ["although", "because", "if", "since", "though", "unless", "when", "whereas", "while"];

/// Whether a mention opens a clause.
fn opens_clause(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    if sentence.near(mention.start.saturating_sub(2), mention.start) & OPENS == 0 {
        return false;
    }
    let word = |at: Option<usize>| at.and_then(|at| sentence.word(at)).unwrap_or_default();
    let before = word(mention.start.checked_sub(1));
    let before = if before == "the" { word(mention.start.checked_sub(2)) } else { before };
    CONJUNCTIONS.contains(&before)
}

/// How many words an apposition may have.
const LONGEST_APPOSITION: usize = 3;

/// "The liar, A, left" and "A, a liar, left": a comma that joins.
fn is_apposition(sentence: &Sentence<'_>, mention: &Range<usize>, entry: Range<usize>) -> bool {
    const LONGEST: usize = LONGEST_APPOSITION;
    let article = |at: usize| {
        sentence.is(DETERMINER, at)
            && matches!(sentence.bytes(at), b"the" | b"a" | b"an" | b"The" | b"A" | b"An")
    };
    let comma = |at: usize| sentence.words.get(at).is_none_or(|word| word.before == Gap::Break);
    let before = || {
        entry.end == mention.start
            && comma(mention.end)
            && (entry.start.saturating_sub(LONGEST)..entry.start).any(article)
    };
    let behind = || {
        mention.end < entry.start
            && entry.start - mention.end <= LONGEST
            && comma(mention.end)
            && article(mention.end)
            && clause(sentence.words, mention.end) == clause(sentence.words, entry.start)
    };
    before() || behind()
}

/// The names of others in a sentence, passed over in its order.
#[derive(Debug)]
struct Others<'r> {
    mentions: &'r [Range<usize>],
    /// Where the last one ends.
    before: Option<usize>,
    next: Option<&'r NameSpan>,
    /// Those behind the next one.
    names: std::slice::Iter<'r, NameSpan>,
}

impl<'r> Others<'r> {
    fn of(names: &'r [NameSpan], mentions: &'r [Range<usize>]) -> Self {
        let mut others = Self { mentions, before: None, next: None, names: names.iter() };
        others.pass();
        others
    }

    /// Goes on to the next name of somebody else.
    fn pass(&mut self) {
        self.before = self.next.map(|name| name.to).or(self.before);
        let Self { names, mentions, .. } = self;
        self.next = names.find(|name| {
            let own = |own: &Range<usize>| own.start < name.to && name.from < own.end;
            !name.doubtful && !mentions.iter().any(own)
        });
    }

    /// How many words lie between an entry, which stands behind the one that was asked for before, and the nearest name.
    fn nearest(&mut self, from: usize, to: usize) -> usize {
        while self.next.is_some_and(|name| name.from < from) {
            self.pass();
        }
        let before = self.before.map_or(usize::MAX, |end| from.saturating_sub(end));
        let behind = self.next.map_or(usize::MAX, |name| name.from.saturating_sub(to));
        before.min(behind)
    }
}

/// Behind what the target owns, and before what that is about.
pub(in super::super) const BEFORE_OBJECT: [&str; 8] =
    ["about", "against", "for", "on", "over", "toward", "towards", "with"];

/// Whether an entry stands behind the preposition of what a target owns: "A's remarks on the historic deal".
fn is_object_of_noun(sentence: &Sentence<'_>, mention: &Range<usize>, entry: usize) -> bool {
    const LONGEST: usize = 3;
    let about = |at: usize| {
        sentence.is(OBJECT, at)
            && sentence.word(at).is_some_and(|word| BEFORE_OBJECT.contains(&word))
    };
    let mut reach = mention.end + 1..entry.min(mention.end + LONGEST);
    sentence.any_cue & OBJECT != 0 && reach.any(about)
}

/// People whom a plural names by what they do are others than who has a name of his own.
pub(in super::super) const OTHERS: [&str; 40] = [
    "attackers",
    "bandits",
    "bombers",
    "burglars",
    "criminals",
    "crooks",
    "culprits",
    "dictators",
    "enemies",
    "experts",
    "extremists",
    "fans",
    "fanatics",
    "friends",
    "gangs",
    "gangsters",
    "gunmen",
    "hackers",
    "heroes",
    "hijackers",
    "hooligans",
    "insurgents",
    "jihadists",
    "killers",
    "kidnappers",
    "looters",
    "martyrs",
    "mercenaries",
    "murderers",
    "offenders",
    "pirates",
    "rapists",
    "rebels",
    "refugees",
    "rioters",
    "smugglers",
    "terrorists",
    "thieves",
    "thugs",
    "vandals",
];

/// "Offenders", "heroes": somebody else, unless the target is called so.
fn names_others(
    sentence: &Sentence<'_>,
    aim: &Aim<'_>,
    mention: &Range<usize>,
    entry: Range<usize>,
) -> bool {
    const CALLED: [&str; 10] =
        ["are", "were", "as", "be", "been", "like", "is", "was", "called", "become"];
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let others = aim.named && sentence.is(PEOPLE, entry.end - 1);
    let called = || {
        mention.end <= entry.start
            && (mention.end.max(entry.start.saturating_sub(4))..entry.start)
                .any(|at| CALLED.contains(&word(at)))
    };
    others && !inside(mention, entry.start, entry.end) && !called()
}

/// Whether the words of a mention hold the words of an entry, as in "the defeated leader".
pub(super) fn inside(mention: &Range<usize>, from: usize, to: usize) -> bool {
    mention.start <= from && to <= mention.end
}

/// The clause of a word.
pub(super) fn clause(words: &[Word], at: usize) -> u32 {
    words.get(at).map_or(u32::MAX, |word| word.clause)
}

#[cfg(test)]
mod tests {
    use super::super::super::near::near_of;
    use super::*;

    #[test]
    fn conjunctions_have_numbers() {
        assert!(CONJUNCTIONS.iter().all(|word| near_of(word) & OPENS != 0));
    }

    #[test]
    fn every_half_life_halves() {
        for half_life in [HALF_LIFE, HALF_LIFE_TOPIC] {
            for distance in 0..800 {
                let expected = 0.5_f64.powf(distance as f64 / half_life as f64);
                assert!(
                    (nearness(distance, half_life) / expected - 1.0).abs() < 1e-14,
                    "{distance}"
                );
            }
            assert!(nearness(usize::MAX, half_life).abs() < f64::MIN_POSITIVE);
        }
    }
}
