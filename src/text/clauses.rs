//! Where does another clause begin than punctuation says?

use super::words::{Gap, Shape, Word};

/// What may open a clause behind "and" or "but".
pub(crate) const OPENS: [&str; 6] = ["he", "it", "she", "that", "they", "we"];

/// "A is calm and that she left", "A left and it grew": where "and" or "but" opens a clause with a subject of
/// its own, a clause begins without a comma.
pub(super) fn part_conjuncts(text: &str, words: &mut [Word]) {
    let written = |word: &Word| &text[word.start..word.end];
    let opens = |words: &[Word], at: usize| {
        matches!(written(&words[at]), "and" | "but")
            && words
                .get(at + 1)
                .is_some_and(|next| next.before == Gap::Space && OPENS.contains(&written(next)))
    };
    // Most words are not so long.
    let may_be = |word: &Word| word.end - word.start == 3 && word.before == Gap::Space;
    let first =
        words.iter().enumerate().skip(1).find(|(at, word)| may_be(word) && opens(words, *at));
    let Some((first, _)) = first else { return };
    let mut added = 0;
    for at in first..words.len() {
        added += u32::from(may_be(&words[at]) && opens(words, at));
        words[at].clause += added;
    }
}

/// How many words an apposition may have.
const LONGEST_APPOSITION: usize = 8;

/// And a bracket behind a name: "the Harbour Council (HC) resigned".
const LONGEST_BRACKET: usize = 3;

/// "Ann Hale, the mayor, resigned": what stands between two commas behind a name and begins with an
/// article or with "who" belongs to the name, and the clause goes on behind it. So does what stands
/// in a short bracket.
pub(super) fn join_appositions(text: &str, words: &mut [Word]) {
    const STARTS: [&str; 4] = ["the", "a", "an", "who"];
    let gap = |words: &[Word], at: usize| &text[words[at - 1].end..words[at].start];
    let comma = |words: &[Word], at: usize| {
        let gap = gap(words, at);
        gap.starts_with(',') && gap.trim_end() == ","
    };
    let bracket = |words: &[Word], at: usize, mark: &str| {
        let gap = gap(words, at);
        gap.contains(mark) && gap.trim() == mark
    };
    // Most sentences have no two gaps that part clauses.
    if words.last().is_none_or(|last| last.clause < 2) {
        return;
    }
    let mut from = 1;
    let mut joined = 0;
    while from < words.len() {
        if words[from].before != Gap::Break {
            words[from].clause -= joined;
            from += 1;
            continue;
        }
        let named = matches!(words[from - 1].shape, Shape::Capital | Shape::Upper);
        let opens = named
            && comma(words, from)
            && STARTS.contains(&&text[words[from].start..words[from].end]);
        let bracketed = named && bracket(words, from, "(");
        let longest = if bracketed { LONGEST_BRACKET } else { LONGEST_APPOSITION };
        let last = words.len().min(from + longest + 1);
        let end = || (from + 1..last).find(|&at| words[at].before == Gap::Break);
        let end = if opens || bracketed { end() } else { None };
        let closes =
            |end: &usize| (opens && comma(words, *end)) || (bracketed && bracket(words, *end, ")"));
        if let Some(end) = end.filter(closes) {
            words[from..end].iter_mut().for_each(|word| word.clause -= joined + 1);
            joined += 2;
            words[end].clause -= joined;
            from = end + 1;
        } else {
            words[from].clause -= joined;
            from += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;

    #[test]
    fn an_apposition_interrupts_no_clause() {
        let clauses = |text: &str| {
            let mut words = Words::default();
            words.read(text, 0..text.len());
            words.as_slice().iter().map(|word| word.clause).collect::<Vec<_>>()
        };
        assert_eq!(clauses("Ann Hale, the mayor, left, then."), [0, 0, 0, 0, 0, 1]);
        assert_eq!(clauses("Bo, who won, left, he said."), [0, 0, 0, 0, 1, 1]);
        assert_eq!(clauses("Ann Hale, the mayor left."), [0, 0, 1, 1, 1]);
        assert_eq!(clauses("They left, the mayor too, then."), [0, 0, 1, 1, 1, 2]);
    }
}
