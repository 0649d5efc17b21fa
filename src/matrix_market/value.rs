//! What may stand as a value?

use std::fmt::Display;

/// A number of a matrix, as it stands in a file.
pub(super) trait Value: Copy + Display + Default + Send + Sync {
    /// The field of the banner when it is written.
    const FIELD: &'static str;
    /// What a file that says nothing but where entries stand says of each.
    const PATTERN: Self;
    /// What is read, for messages.
    const EXPECTED: &'static str;

    fn parse(text: &[u8]) -> Option<Self>;
}

impl Value for u32 {
    const FIELD: &'static str = "integer";
    const PATTERN: Self = 1;
    const EXPECTED: &'static str = "a whole number in 1..=4294967295";

    fn parse(text: &[u8]) -> Option<Self> {
        if let Some(count) = whole(text) {
            return u32::try_from(count).ok().filter(|&count| count > 0);
        }
        // Programs that keep counts as floats write them so.
        let count = str::from_utf8(text).ok()?.parse::<f64>().ok()?;
        let fits = count.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&count);
        // In range, and without a fraction.
        #[allow(clippy::cast_sign_loss)]
        fits.then_some(count as u32)
    }
}

impl Value for f32 {
    const FIELD: &'static str = "real";
    const PATTERN: Self = 1.0;
    const EXPECTED: &'static str = "a number, at least 0 and finite";

    fn parse(text: &[u8]) -> Option<Self> {
        let weight: f32 = str::from_utf8(text).ok()?.parse().ok()?;
        (weight >= 0.0 && weight.is_finite()).then_some(weight)
    }
}

/// Digits and nothing else.
pub(super) fn whole(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0_u64, |number, &byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_and_weights_are_finite() {
        for (text, count) in [
            ("1", Some(1)),
            ("4294967295", Some(u32::MAX)),
            ("3.0", Some(3)),
            ("2e+00", Some(2)),
            ("0", None),
            ("-1", None),
            ("4294967296", None),
            ("1.5", None),
            ("nan", None),
            ("", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(<u32 as Value>::parse(text.as_bytes()), count, "{text}");
        }
        for (text, weight) in [
            ("0.25", Some(0.25_f32)),
            ("1e-3", Some(0.001)),
            ("7", Some(7.0)),
            ("0", Some(0.0)),
            ("-0.5", None),
            ("inf", None),
            ("NaN", None),
            ("1e39", None),
            ("\u{e9}", None),
        ] {
            assert_eq!(<f32 as Value>::parse(text.as_bytes()), weight, "{text}");
        }
    }
}
