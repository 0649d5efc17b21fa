//! Which endings does each step look for?

/// An ending of at most 8 letters as a number, so that it is compared in one step, and what takes its place.
pub(super) struct Ending {
    pub(super) letters: u64,
    pub(super) mask: u64,
    pub(super) len: usize,
    pub(super) other: &'static [u8],
}

impl Ending {
    const fn new(ending: &[u8], other: &'static [u8]) -> Self {
        let (mut letters, mut at) = (0, 0);
        while at < ending.len() {
            letters = letters << 8 | ending[at] as u64;
            at += 1;
        }
        Self { letters, mask: u64::MAX >> (64 - 8 * ending.len()), len: ending.len(), other }
    }
}

/// Words that are stems once a plural is gone.
pub(super) static WHOLE: [Ending; 8] = [
    Ending::new(b"inning", b""),
    Ending::new(b"outing", b""),
    Ending::new(b"canning", b""),
    Ending::new(b"herring", b""),
    Ending::new(b"earring", b""),
    Ending::new(b"proceed", b""),
    Ending::new(b"exceed", b""),
    Ending::new(b"succeed", b""),
];

// Endings by their last letter but one; where one ends in another, the longer comes first. Those of step 2:
pub(super) static TIONAL: [Ending; 2] =
    [Ending::new(b"ational", b"ate"), Ending::new(b"tional", b"tion")];
pub(super) static NCI: [Ending; 2] = [Ending::new(b"enci", b"ence"), Ending::new(b"anci", b"ance")];
pub(super) static IZER: [Ending; 1] = [Ending::new(b"izer", b"ize")];
pub(super) static OGI: [Ending; 1] = [Ending::new(b"ogi", b"og")];
pub(super) static LI: [Ending; 8] = [
    Ending::new(b"lessli", b"less"),
    Ending::new(b"entli", b"ent"),
    Ending::new(b"ousli", b"ous"),
    Ending::new(b"fulli", b"ful"),
    Ending::new(b"abli", b"able"),
    Ending::new(b"alli", b"al"),
    Ending::new(b"bli", b"ble"),
    Ending::new(b"li", b""),
];
pub(super) static ATION: [Ending; 3] =
    [Ending::new(b"ization", b"ize"), Ending::new(b"ation", b"ate"), Ending::new(b"ator", b"ate")];
pub(super) static NESS: [Ending; 4] = [
    Ending::new(b"iveness", b"ive"),
    Ending::new(b"fulness", b"ful"),
    Ending::new(b"ousness", b"ous"),
    Ending::new(b"alism", b"al"),
];
pub(super) static ITI: [Ending; 3] =
    [Ending::new(b"biliti", b"ble"), Ending::new(b"aliti", b"al"), Ending::new(b"iviti", b"ive")];

// Those of step 3:
pub(super) static ICAL: [Ending; 3] =
    [Ending::new(b"ational", b"ate"), Ending::new(b"tional", b"tion"), Ending::new(b"ical", b"ic")];
pub(super) static ONLY_NESS: [Ending; 1] = [Ending::new(b"ness", b"")];
pub(super) static ICATE: [Ending; 2] = [Ending::new(b"icate", b"ic"), Ending::new(b"iciti", b"ic")];
pub(super) static FUL: [Ending; 1] = [Ending::new(b"ful", b"")];
pub(super) static ATIVE: [Ending; 1] = [Ending::new(b"ative", b"")];
pub(super) static ALIZE: [Ending; 1] = [Ending::new(b"alize", b"al")];

// Those of step 4:
pub(super) static AL: [Ending; 1] = [Ending::new(b"al", b"")];
pub(super) static ANCE: [Ending; 2] = [Ending::new(b"ance", b""), Ending::new(b"ence", b"")];
pub(super) static ER: [Ending; 1] = [Ending::new(b"er", b"")];
pub(super) static IC: [Ending; 1] = [Ending::new(b"ic", b"")];
pub(super) static ABLE: [Ending; 2] = [Ending::new(b"able", b""), Ending::new(b"ible", b"")];
pub(super) static ENT: [Ending; 4] = [
    Ending::new(b"ement", b""),
    Ending::new(b"ment", b""),
    Ending::new(b"ant", b""),
    Ending::new(b"ent", b""),
];
pub(super) static ION: [Ending; 1] = [Ending::new(b"ion", b"")];
pub(super) static ISM: [Ending; 1] = [Ending::new(b"ism", b"")];
pub(super) static ATE: [Ending; 2] = [Ending::new(b"ate", b""), Ending::new(b"iti", b"")];
pub(super) static OUS: [Ending; 1] = [Ending::new(b"ous", b"")];
pub(super) static IVE: [Ending; 1] = [Ending::new(b"ive", b"")];
pub(super) static IZE: [Ending; 1] = [Ending::new(b"ize", b"")];
