//! Bytes that are compared many at a time, in one step each.
//!
//! A compiler does not find these instructions in a loop over bytes, so they are named. The same steps are
//! written for the vectors of different processors, and give the same answers.

// What is compiled for AVX2 has to be inlined into the loop that is.
#![allow(clippy::inline_always)]

/// The vectors of a processor.
pub(super) trait Lanes: Copy {
    /// Some bytes, or for each of them yes (all bits) or no (none).
    type Bytes: Copy;

    /// How many bytes there are in one.
    const WIDTH: usize;

    /// The first bytes of a slice.
    fn load(self, bytes: &[u8]) -> Self::Bytes;

    /// Which bytes are this one.
    fn is(self, bytes: Self::Bytes, byte: u8) -> Self::Bytes;

    /// Which bytes are between these two, or one of them.
    fn within(self, bytes: Self::Bytes, first: u8, last: u8) -> Self::Bytes;

    /// The bits that are set in either.
    fn or(self, a: Self::Bytes, b: Self::Bytes) -> Self::Bytes;

    /// The same byte everywhere.
    fn all(self, byte: u8) -> Self::Bytes;

    /// The highest bit of each byte, the first byte's lowest.
    fn highest_bits(self, bytes: Self::Bytes) -> u64;
}

/// Eight bytes from an offset on as a number; zeros behind the end.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// Sixteen bytes at a time, as every x86-64 can.
#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::core_arch::x86::Sse2 {
    type Bytes = std::arch::x86_64::__m128i;

    const WIDTH: usize = 16;

    #[inline(always)]
    fn load(self, bytes: &[u8]) -> Self::Bytes {
        self._mm_set_epi64x(eight(bytes, 8).cast_signed(), eight(bytes, 0).cast_signed())
    }

    #[inline(always)]
    fn is(self, bytes: Self::Bytes, byte: u8) -> Self::Bytes {
        self._mm_cmpeq_epi8(bytes, self.all(byte))
    }

    #[inline(always)]
    fn within(self, bytes: Self::Bytes, first: u8, last: u8) -> Self::Bytes {
        let from_first = self._mm_sub_epi8(bytes, self.all(first));
        self._mm_cmpeq_epi8(self._mm_min_epu8(from_first, self.all(last - first)), from_first)
    }

    #[inline(always)]
    fn or(self, a: Self::Bytes, b: Self::Bytes) -> Self::Bytes {
        self._mm_or_si128(a, b)
    }

    #[inline(always)]
    fn all(self, byte: u8) -> Self::Bytes {
        self._mm_set1_epi8(byte.cast_signed())
    }

    #[inline(always)]
    fn highest_bits(self, bytes: Self::Bytes) -> u64 {
        u64::from(self._mm_movemask_epi8(bytes).cast_unsigned())
    }
}

/// Thirty-two bytes at a time: AVX2.
#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V3 {
    type Bytes = std::arch::x86_64::__m256i;

    const WIDTH: usize = 32;

    #[inline(always)]
    fn load(self, bytes: &[u8]) -> Self::Bytes {
        let [a, b, c, d] = [0, 8, 16, 24].map(|at| eight(bytes, at).cast_signed());
        self.avx._mm256_set_epi64x(d, c, b, a)
    }

    #[inline(always)]
    fn is(self, bytes: Self::Bytes, byte: u8) -> Self::Bytes {
        self.avx2._mm256_cmpeq_epi8(bytes, self.all(byte))
    }

    #[inline(always)]
    fn within(self, bytes: Self::Bytes, first: u8, last: u8) -> Self::Bytes {
        let from_first = self.avx2._mm256_sub_epi8(bytes, self.all(first));
        let at_most = self.avx2._mm256_min_epu8(from_first, self.all(last - first));
        self.avx2._mm256_cmpeq_epi8(at_most, from_first)
    }

    #[inline(always)]
    fn or(self, a: Self::Bytes, b: Self::Bytes) -> Self::Bytes {
        self.avx2._mm256_or_si256(a, b)
    }

    #[inline(always)]
    fn all(self, byte: u8) -> Self::Bytes {
        self.avx._mm256_set1_epi8(byte.cast_signed())
    }

    #[inline(always)]
    fn highest_bits(self, bytes: Self::Bytes) -> u64 {
        u64::from(self.avx2._mm256_movemask_epi8(bytes).cast_unsigned())
    }
}

/// Eight bytes at a time in a number, for other processors.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[derive(Clone, Copy)]
pub(super) struct Portable;

#[cfg(any(test, not(target_arch = "x86_64")))]
impl Lanes for Portable {
    type Bytes = [u8; 8];

    const WIDTH: usize = 8;

    fn load(self, bytes: &[u8]) -> Self::Bytes {
        eight(bytes, 0).to_le_bytes()
    }

    fn is(self, bytes: Self::Bytes, byte: u8) -> Self::Bytes {
        bytes.map(|b| 0_u8.wrapping_sub(u8::from(b == byte)))
    }

    fn within(self, bytes: Self::Bytes, first: u8, last: u8) -> Self::Bytes {
        bytes.map(|b| 0_u8.wrapping_sub(u8::from((first..=last).contains(&b))))
    }

    fn or(self, a: Self::Bytes, b: Self::Bytes) -> Self::Bytes {
        std::array::from_fn(|at| a[at] | b[at])
    }

    fn all(self, byte: u8) -> Self::Bytes {
        [byte; 8]
    }

    fn highest_bits(self, bytes: Self::Bytes) -> u64 {
        // Each bit moves to a place of its own in the highest byte, and none meets another on the way.
        let bits = u64::from_le_bytes(bytes) >> 7 & 0x0101_0101_0101_0101;
        bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All 256 bytes, compared each for itself.
    fn check(lanes: impl Lanes) {
        fn bits<L: Lanes>(lanes: L, start: u8, is: impl Fn(u8) -> bool) -> u64 {
            let _ = lanes;
            (0..L::WIDTH as u8)
                .fold(0, |bits, at| bits | u64::from(is(start.wrapping_add(at))) << at)
        }
        let all: Vec<u8> = (0..=255).collect();
        for (start, bytes) in (0_u8..).step_by(8).zip(all.windows(32).step_by(8)) {
            let loaded = lanes.load(bytes);
            let high = bits(lanes, start, |b| b > 127);
            assert_eq!(lanes.highest_bits(loaded), high);
            for (first, last) in [(b'a', b'z'), (0, 0), (b'-', b'.'), (120, 140), (0, 255)] {
                let is = bits(lanes, start, |b| b == first);
                assert_eq!(lanes.highest_bits(lanes.is(loaded, first)), is, "{first}");
                let within = bits(lanes, start, |b| (first..=last).contains(&b));
                assert_eq!(lanes.highest_bits(lanes.within(loaded, first, last)), within);
                let either = lanes.or(lanes.is(loaded, first), loaded);
                assert_eq!(lanes.highest_bits(either), is | high);
            }
            assert_eq!(lanes.highest_bits(lanes.all(start)), bits(lanes, start, |_| start > 127));
        }
    }

    #[test]
    fn all_vectors_give_the_same_answers() {
        check(Portable);
        #[cfg(target_arch = "x86_64")]
        {
            pulp::core_arch::x86::Sse2::try_new().into_iter().for_each(check);
            pulp::x86::V3::try_new().into_iter().for_each(check);
        }
    }
}
