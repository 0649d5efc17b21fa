//! Which time zone does a name in the news stand for?

/// Names of zones as written in the news, with the offset from UTC in minutes. Names that stand for
/// two zones ("IST": India, Israel, Ireland) or change with the season ("ET") have none.
const ZONES: &[(&str, Option<i32>)] = &[
    ("GMT", Some(0)),
    ("UTC", Some(0)),
    ("Z", Some(0)),
    ("WET", Some(0)),
    ("WEST", Some(60)),
    ("WAT", Some(60)),
    ("CET", Some(60)),
    ("CEST", Some(120)),
    ("CAT", Some(120)),
    ("EET", Some(120)),
    ("SAST", Some(120)),
    ("EEST", Some(180)),
    ("EAT", Some(180)),
    ("MSK", Some(180)),
    ("TRT", Some(180)),
    ("IRST", Some(210)),
    ("IRDT", Some(270)),
    ("PKT", Some(300)),
    ("WIB", Some(420)),
    ("ICT", Some(420)),
    ("SGT", Some(480)),
    ("HKT", Some(480)),
    ("AWST", Some(480)),
    ("JST", Some(540)),
    ("KST", Some(540)),
    ("AEST", Some(600)),
    ("AEDT", Some(660)),
    ("NZST", Some(720)),
    ("NZDT", Some(780)),
    ("NDT", Some(-150)),
    ("BRT", Some(-180)),
    ("ADT", Some(-180)),
    ("EDT", Some(-240)),
    ("EST", Some(-300)),
    ("MDT", Some(-360)),
    ("MST", Some(-420)),
    ("PDT", Some(-420)),
    ("PST", Some(-480)),
    ("ACST", None),
    ("AST", None),
    ("BDST", None),
    ("BST", None),
    ("CDT", None),
    ("CST", None),
    ("CT", None),
    ("ET", None),
    ("GST", None),
    ("IST", None),
    ("MT", None),
    ("PT", None),
];

/// Whether a word names a zone.
pub(super) fn is_zone(word: &str) -> bool {
    find(word).is_some()
}

fn find(word: &str) -> Option<&'static (&'static str, Option<i32>)> {
    ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))
}

/// Minutes east of UTC for a zone as written: `GMT`, `UTC+3`, `+03:30`, `-0500`.
pub(super) fn minutes(written: &str) -> Option<i32> {
    let digits_from = written.find(['+', '-', '−']).unwrap_or(written.len());
    let (name, shift) = written.split_at(digits_from);
    let base = if name.is_empty() { 0 } else { find(name.trim_end())?.1? };
    Some(base + shift_minutes(shift)?)
}

fn shift_minutes(shift: &str) -> Option<i32> {
    if shift.is_empty() {
        return Some(0);
    }
    let sign = if shift.starts_with('+') { 1 } else { -1 };
    let digits: String = shift.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 | 4 => digits.split_at(digits.len() - 2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60 && minutes % 15 == 0).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_offsets_only_if_one_is_meant() {
        let cases = [
            ("GMT", Some(0)),
            ("EST", Some(-300)),
            ("GMT+3", Some(180)),
            ("UTC+03:30", Some(210)),
            ("-0500", Some(-300)),
            ("IST", None),
            ("ET", None),
            ("+99:00", None),
            ("XYZ", None),
        ];
        for (written, expected) in cases {
            assert_eq!(minutes(written), expected, "{written}");
        }
    }
}
