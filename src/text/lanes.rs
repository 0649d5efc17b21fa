//! Sixteen bytes, compared in one step each.

#[cfg(not(target_arch = "x86_64"))]
pub(super) use self::portable::Lanes;
#[cfg(target_arch = "x86_64")]
pub(super) use self::sse2::Lanes;

/// With the instructions that every x86-64 has; compilers do not find them in the loops below.
#[cfg(target_arch = "x86_64")]
mod sse2 {
    use std::arch::x86_64::__m128i;

    use pulp::core_arch::x86::Sse2;

    /// Sixteen bytes, or for each of sixteen bytes yes (all bits) or no (none).
    #[derive(Clone, Copy)]
    pub(in super::super) struct Lanes {
        sse2: Sse2,
        bytes: __m128i,
    }

    impl Lanes {
        #[inline]
        pub(in super::super) fn new(bytes: [u8; 16]) -> Self {
            // Known as this is compiled, so nothing is left of the question.
            let Some(sse2) = Sse2::try_new() else { unreachable!("every x86-64 has SSE2") };
            let all = u128::from_le_bytes(bytes);
            let (high, low) = (((all >> 64) as u64).cast_signed(), (all as u64).cast_signed());
            Self { sse2, bytes: sse2._mm_set_epi64x(high, low) }
        }

        /// Which bytes are this one.
        #[inline]
        pub(in super::super) fn is(self, byte: u8) -> Self {
            self.with(self.sse2._mm_cmpeq_epi8(self.bytes, self.all(byte)))
        }

        /// Which bytes are between these two, or one of them.
        #[inline]
        pub(in super::super) fn within(self, first: u8, last: u8) -> Self {
            let from_first = self.sse2._mm_sub_epi8(self.bytes, self.all(first));
            let at_most = self.sse2._mm_min_epu8(from_first, self.all(last - first));
            self.with(self.sse2._mm_cmpeq_epi8(at_most, from_first))
        }

        /// The bits that are set in either.
        #[inline]
        pub(in super::super) fn or(self, other: Self) -> Self {
            self.with(self.sse2._mm_or_si128(self.bytes, other.bytes))
        }

        /// The highest bit of each byte, the first byte's lowest.
        #[inline]
        pub(in super::super) fn highest_bits(self) -> u16 {
            self.sse2._mm_movemask_epi8(self.bytes) as u16
        }

        fn with(self, bytes: __m128i) -> Self {
            Self { bytes, ..self }
        }

        fn all(self, byte: u8) -> __m128i {
            self.sse2._mm_set1_epi8(byte.cast_signed())
        }
    }
}

/// For other processors.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    /// As above.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Lanes([u8; 16]);

    impl Lanes {
        pub(in super::super) fn new(bytes: [u8; 16]) -> Self {
            Self(bytes)
        }

        pub(in super::super) fn is(self, byte: u8) -> Self {
            Self(self.0.map(|b| 0_u8.wrapping_sub(u8::from(b == byte))))
        }

        pub(in super::super) fn within(self, first: u8, last: u8) -> Self {
            Self(self.0.map(|b| 0_u8.wrapping_sub(u8::from((first..=last).contains(&b)))))
        }

        pub(in super::super) fn or(self, other: Self) -> Self {
            Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
        }

        pub(in super::super) fn highest_bits(self) -> u16 {
            let all = u128::from_le_bytes(self.0);
            // Each bit moves to a place of its own in the highest byte, and none meets another on the way.
            let of_eight = |eight: u64| {
                (eight >> 7 & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
            };
            (of_eight(all as u64) | of_eight((all >> 64) as u64) << 8) as u16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All 256 bytes, sixteen at a time.
    #[test]
    fn bytes_are_compared_each_for_itself() {
        for start in (0..=255_u8).step_by(16) {
            let bytes: [u8; 16] = std::array::from_fn(|at| start + at as u8);
            let expected = |is: &dyn Fn(u8) -> bool| {
                bytes.iter().enumerate().fold(0, |bits, (at, &b)| bits | u16::from(is(b)) << at)
            };
            let (lanes, portable) = (Lanes::new(bytes), portable::Lanes::new(bytes));
            let high = expected(&|b| b > 127);
            assert_eq!([lanes.highest_bits(), portable.highest_bits()], [high; 2]);
            for (first, last) in [(b'a', b'z'), (0, 0), (b'-', b'.'), (120, 140), (0, 255)] {
                let is = expected(&|b| b == first);
                let found = [lanes.is(first).highest_bits(), portable.is(first).highest_bits()];
                assert_eq!(found, [is; 2], "{first}");
                let within = expected(&|b| (first..=last).contains(&b));
                let found = [
                    lanes.within(first, last).highest_bits(),
                    portable.within(first, last).highest_bits(),
                ];
                assert_eq!(found, [within; 2], "{first} {last}");
                let either = [
                    lanes.is(first).or(lanes).highest_bits(),
                    portable.is(first).or(portable).highest_bits(),
                ];
                assert_eq!(either, [is | high; 2]);
            }
        }
    }
}
