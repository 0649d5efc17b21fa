//! Which bytes of a text could tell that a sentence ends? Few; the others are passed over many at a time.

// What is compiled for AVX2 has to be inlined into the closure that is.
#![allow(clippy::inline_always)]

use super::super::lanes::Lanes;

/// The first byte at or after `at` that has to be looked at: one that may be, or begin, a mark, a line break, a
/// colon or what opens a quotation or bracket.
pub(super) fn next_telling(bytes: &[u8], at: usize) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(v3) = pulp::x86::V3::try_new() {
            return v3.vectorize(
                #[inline(always)]
                || next_by(v3, bytes, at),
            );
        }
        pulp::core_arch::x86::Sse2::try_new().and_then(|sse2| next_by(sse2, bytes, at))
    }
    #[cfg(not(target_arch = "x86_64"))]
    next_by(super::super::lanes::Portable, bytes, at)
}

#[inline(always)]
fn next_by<L: Lanes>(lanes: L, bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut may_tell = if rest.len() >= L::WIDTH {
            may_tell(lanes, rest)
        } else if let Some(last) = bytes.last_chunk::<WIDEST>() {
            // With some that were looked at before.
            may_tell(lanes, &last[WIDEST - L::WIDTH..]) >> (L::WIDTH - rest.len())
        } else {
            let mut last = [b' '; WIDEST];
            last[..rest.len()].copy_from_slice(rest);
            may_tell(lanes, &last)
        };
        while may_tell != 0 {
            let found = at + may_tell.trailing_zeros() as usize;
            if tells(bytes[found]) {
                return Some(found);
            }
            may_tell &= may_tell - 1;
        }
        at += L::WIDTH;
    }
    None
}

/// The widest vectors, in bytes.
const WIDEST: usize = 32;

/// Whether a byte has to be looked at.
fn tells(byte: u8) -> bool {
    matches!(byte, b'.' | b'?' | b'!' | b'\n' | b'(' | b'[' | b'"' | b'\'' | b':')
        // Where the marks of `is_mark`, `«`, `“` and `‘` begin.
        || matches!(byte, 0xC2 | 0xD6 | 0xD8 | 0xDB | 0xE0..=0xE3 | 0xEF)
}

/// A bit for each of the first bytes that has to be looked at, and for some that have not.
#[inline(always)]
fn may_tell<L: Lanes>(lanes: L, bytes: &[u8]) -> u64 {
    let bytes = lanes.load(bytes);
    let is = |byte| lanes.is(bytes, byte);
    let within = |first, last| lanes.within(bytes, first, last);
    let or = |a, b| lanes.or(a, b);
    let marks = or(or(is(b'.'), is(b'?')), within(b'!', b'"'));
    let openers = or(or(within(b'\'', b'('), is(b'[')), or(is(b':'), is(b'\n')));
    lanes.highest_bits(or(or(marks, openers), within(0xC2, 0xEF)))
}

#[cfg(test)]
mod tests {
    use super::super::super::lanes::Portable;
    use super::*;

    #[test]
    fn every_byte_that_tells_is_found() {
        for byte in 0..=255_u8 {
            for at in [0, 7, 31, 32, 70, 79] {
                let mut bytes = [b'a'; 80];
                bytes[at] = byte;
                let expected = tells(byte).then_some(at);
                assert_eq!(next_telling(&bytes, 0), expected, "{byte} at {at}");
                assert_eq!(next_by(Portable, &bytes, 0), expected, "{byte} at {at}");
                assert_eq!(next_telling(&bytes, at + 1), None);
            }
        }
        assert_eq!(next_telling(b"", 0), None);
        assert_eq!(next_telling(b"a", 2), None);
    }
}
