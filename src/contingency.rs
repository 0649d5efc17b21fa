//! Do two things go together more than chance allows? A table of two rows and two columns.

/// How often something occurs in a target group and in a reference group; the totals are above 0.
pub(crate) struct Contingency {
    pub(crate) target: u64,
    pub(crate) reference: u64,
    pub(crate) target_total: u64,
    pub(crate) reference_total: u64,
}

impl Contingency {
    /// G² and χ², negative if the target group has less than its share.
    pub(crate) fn signed(&self) -> (f64, f64) {
        let cells = [
            (self.target, self.target_total, 1.0),
            (self.reference, self.reference_total, -1.0),
            (self.target_total - self.target, self.target_total, -1.0),
            (self.reference_total - self.reference, self.reference_total, 1.0),
        ];
        let total = (self.target_total + self.reference_total) as f64;
        let used = (self.target + self.reference) as f64;
        let columns = [used, used, total - used, total - used];
        // All four cells differ from what is expected by as much: (a d − b c) / N, exact in integers.
        let product = |a: u64, b: u64| i128::from(a) * i128::from(b);
        let cross =
            product(self.target, self.reference_total) - product(self.reference, self.target_total);
        let excess = cross as f64 / total;
        let (mut g2, mut chi2) = (0.0, 0.0);
        for ((observed, row, sign), column) in cells.into_iter().zip(columns) {
            let expected = row as f64 * column / total;
            if expected > 0.0 {
                // O ln(O / E) without the loss of digits where O is close to E.
                if observed > 0 {
                    g2 += 2.0 * observed as f64 * (sign * excess / expected).ln_1p();
                }
                chi2 += excess * excess / expected;
            }
        }
        match cross.signum() {
            0 => (0.0, 0.0),
            sign => (sign as f64 * g2.max(0.0), sign as f64 * chi2),
        }
    }

    pub(crate) fn relative_risk(&self) -> Option<f64> {
        let share = |count: u64, total: u64| count as f64 / total as f64;
        (self.reference > 0).then(|| {
            share(self.target, self.target_total) / share(self.reference, self.reference_total)
        })
    }

    pub(crate) fn log_ratio(&self) -> f64 {
        let share = |count: u64, total: u64| (count as f64).max(0.5) / total as f64;
        (share(self.target, self.target_total) / share(self.reference, self.reference_total)).log2()
    }
}

/// The upper tail of the χ² distribution with one degree of freedom, which is `erfc(√(x / 2))`.
pub(crate) fn p_value(statistic: f64) -> f64 {
    libm::erfc((statistic / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn groups_can_change_places(a in 0..500_u64, b in 0..500_u64, c in 1..5000_u64, d in 1..5000_u64) {
            prop_assume!(a + b > 0);
            let table = Contingency { target: a, reference: b, target_total: a + c, reference_total: b + d };
            let swapped = Contingency { target: b, reference: a, target_total: b + d, reference_total: a + c };
            let (g2, chi2) = table.signed();
            let (g2_swapped, chi2_swapped) = swapped.signed();
            prop_assert!((g2 + g2_swapped).abs() <= 1e-9 * g2.abs().max(1.0));
            prop_assert!((chi2 + chi2_swapped).abs() <= 1e-9 * chi2.abs().max(1.0));
            prop_assert!((table.log_ratio() + swapped.log_ratio()).abs() < 1e-9);
            prop_assert!(g2.is_finite() && chi2.is_finite());
        }
    }
}
