//! Which rules are switched on, and which touched a piece of evidence?

use std::fmt;

/// A rule of the stance scorer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Rule {
    /// An entry inside a name ("Justice Department", "Hope Hicks") says nothing.
    Names,
    /// "very good", "somewhat slow".
    Intensity,
    /// "GREAT", "sooo good", "good!!!".
    Emphasis,
    /// "eased the crisis", "fears grew".
    Shifting,
    /// "not good", "failed to help", "without trust".
    Negation,
    /// "slow, but fair": what follows "but" counts more, what "although" introduces less.
    Contrast,
    /// "would help", "if it fails": what may be counts less than what is.
    Modality,
    /// "Is it fair?": what is asked counts less than what is said.
    Questions,
    /// "A is better than B" is good for A and not for B.
    Comparison,
    /// A bad event is no verdict on whom it befalls.
    Events,
    /// "A condemned B" says one thing of A and another of B.
    Role,
    /// What stands near the target, in its clause, and not nearer to somebody else, counts most.
    Proximity,
    /// What happens in a place is no verdict on it.
    Location,
    /// What the target itself says of others is not said of it.
    Speech,
    /// What others say of the target counts less than what the writer says.
    Attribution,
    /// What the headline and the first paragraph say counts more than what stands further down.
    Lead,
    /// The weight was learned from labelled texts.
    Learned,
}

const ALL: [(Rule, &str); 17] = [
    (Rule::Names, "names"),
    (Rule::Intensity, "intensity"),
    (Rule::Emphasis, "emphasis"),
    (Rule::Shifting, "shifting"),
    (Rule::Negation, "negation"),
    (Rule::Contrast, "contrast"),
    (Rule::Modality, "modality"),
    (Rule::Questions, "questions"),
    (Rule::Comparison, "comparison"),
    (Rule::Events, "events"),
    (Rule::Role, "role"),
    (Rule::Proximity, "proximity"),
    (Rule::Location, "location"),
    (Rule::Speech, "speech"),
    (Rule::Attribution, "attribution"),
    (Rule::Lead, "lead"),
    (Rule::Learned, "learned"),
];

impl Rule {
    /// The name in results.
    pub fn name(self) -> &'static str {
        ALL[self as usize].1
    }

    /// The rule with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.into_iter().find(|(_, known)| *known == name).map(|(rule, _)| rule)
    }
}

/// A set of rules: which are switched on, or which touched a piece of evidence.
///
/// ```
/// use undertone::{Rule, Rules};
///
/// let rules = Rules::all().without(Rule::Contrast);
/// assert!(rules.contains(Rule::Negation) && !rules.contains(Rule::Contrast));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules(u32);

impl Rules {
    /// Every rule.
    pub fn all() -> Self {
        Self((1 << ALL.len()) - 1)
    }

    /// No rule.
    pub fn none() -> Self {
        Self(0)
    }

    /// The set with one rule more.
    #[must_use]
    pub fn with(self, rule: Rule) -> Self {
        Self(self.0 | 1 << rule as u32)
    }

    /// The set with one rule less.
    #[must_use]
    pub fn without(self, rule: Rule) -> Self {
        Self(self.0 & !(1 << rule as u32))
    }

    /// The rules of both sets.
    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a rule is in the set.
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    /// The rules in the set, in the order in which they are applied.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        ALL.into_iter().map(|(rule, _)| rule).filter(move |&rule| self.contains(rule))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::all()
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Rules {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
