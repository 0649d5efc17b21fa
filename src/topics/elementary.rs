//! Logarithms and exponentials of many numbers at once, the same bits on every platform.
//!
//! The system's differ in the last bit from one library to the next, and take one number at a time. These
//! are the polynomials of Cephes (Moshier 1989), without a branch, so that compilers work on several
//! numbers side by side; their relative error is below 3e-7.

/// The natural logarithm of a normal number above 0.
#[inline(always)]
pub(super) fn ln(value: f32) -> f32 {
    let bits = value.to_bits();
    let half = f32::from_bits((bits & 0x007F_FFFF) | 0x3F00_0000);
    let exponent = ((bits >> 23).cast_signed() - 126) as f32;
    let small = half < std::f32::consts::FRAC_1_SQRT_2;
    let x = if small { half + half - 1.0 } else { half - 1.0 };
    let exponent = if small { exponent - 1.0 } else { exponent };
    let square = x * x;
    let mut y = 7.037_683_6e-2;
    for factor in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ] {
        y = y * x + factor;
    }
    let y = y * x * square - 2.121_944_4e-4 * exponent - 0.5 * square;
    x + y + 0.693_359_4 * exponent
}

/// `e` to a power that is 0 or below; 0 below −87.
#[inline(always)]
pub(super) fn exp_of_negative(value: f32) -> f32 {
    /// Added and taken away again, it rounds to whole numbers.
    const ROUND: f32 = 12_582_912.0;
    let at_least = if value > -87.0 { value } else { -87.0 };
    let power = (at_least * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let x = at_least - power * 0.693_359_4 + power * 2.121_944_4e-4;
    let mut y = 1.987_569_1e-4;
    for factor in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        y = y * x + factor;
    }
    let y = y * x * x + x + 1.0;
    #[allow(clippy::cast_sign_loss)] // Powers are within −126..=0.
    let scale = f32::from_bits(((power as i32 + 127) as u32) << 23);
    if value > -87.0 { y * scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_those_of_the_library() {
        let mut value = 1e-30_f32;
        while value < 1e30 {
            let expected = f64::from(value).ln();
            assert!((f64::from(ln(value)) - expected).abs() <= 3e-7 * expected.abs().max(1e-1));
            value *= 1.003;
        }
        for step in 0..20_000 {
            let value = -0.004 * step as f32;
            let expected = f64::from(value).exp();
            assert!((f64::from(exp_of_negative(value)) / expected - 1.0).abs() < 3e-7, "{value}");
        }
        assert_eq!((exp_of_negative(0.0), exp_of_negative(-88.0)), (1.0, 0.0));
        assert_eq!((ln(1.0), exp_of_negative(f32::NEG_INFINITY)), (0.0, 0.0));
    }
}
