//! Which words does a stretch of plain text hold? Read 64 bytes at a time, with a bit for each.
//!
//! Where a word ends cannot be guessed, so a loop over the letters of one stumbles at each. Here whole
//! windows are told apart by the same few steps whatever they hold, and the edges of their words
//! are the places where a row of bits changes.

// All of it is one loop, compiled for the vectors at hand.
#![allow(clippy::inline_always)]

use super::lanes::Lanes;

/// Bytes that are looked at together.
pub(super) const WIDTH: usize = 64;

/// What each of 64 bytes is, a bit each, the first byte's lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Window {
    letters: u64,
    capitals: u64,
    digits: u64,
    spaces: u64,
    /// `'` and `` ` ``: part of a word between two letters.
    quotes: u64,
    stops: u64,
    hyphens: u64,
    slashes: u64,
    commas: u64,
    /// What needs a closer look: signs that begin or join words of some kind, and all that is not ASCII.
    odd: u64,
}

impl Window {
    #[inline(always)]
    fn new<L: Lanes>(lanes: L, bytes: &[u8; WIDTH]) -> Self {
        let mut window = Self::default();
        for (part, bytes) in bytes.chunks_exact(L::WIDTH).enumerate() {
            let bytes = lanes.load(bytes);
            let is = |byte| lanes.is(bytes, byte);
            let within = |first, last| lanes.within(bytes, first, last);
            let or = |a, b| lanes.or(a, b);
            let letters = lanes.within(or(bytes, lanes.all(0x20)), b'a', b'z');
            let spaces = or(is(b' '), within(b'\t', b'\r'));
            // `#$%&`, `@` and `_`; bytes outside ASCII have the highest bit.
            let odd = or(or(within(b'#', b'&'), is(b'@')), or(is(b'_'), bytes));
            let at = |found| lanes.highest_bits(found) << (L::WIDTH * part);
            window.letters |= at(letters);
            window.capitals |= at(within(b'A', b'Z'));
            window.commas |= at(is(b','));
            window.digits |= at(within(b'0', b'9'));
            window.spaces |= at(spaces);
            window.quotes |= at(or(is(b'\''), is(b'`')));
            window.stops |= at(is(b'.'));
            window.hyphens |= at(is(b'-'));
            window.slashes |= at(is(b'/'));
            window.odd |= at(odd);
        }
        window
    }
}

impl Window {
    /// Without its first bytes, as if blanks stood behind the last: the end of a text is as good as white space.
    #[inline(always)]
    fn without_first(self, bytes: usize) -> Self {
        let rest = |bits: u64| bits >> bytes;
        Self {
            letters: rest(self.letters),
            capitals: rest(self.capitals),
            digits: rest(self.digits),
            spaces: rest(self.spaces) | !rest(u64::MAX),
            quotes: rest(self.quotes),
            stops: rest(self.stops),
            hyphens: rest(self.hyphens),
            slashes: rest(self.slashes),
            commas: rest(self.commas),
            odd: rest(self.odd),
        }
    }
}

/// The words and numbers that a window begins with, as far as they are plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// A bit for each byte of a word or number; between two of them there is a byte of neither.
    pub(super) words: u64,
    /// The bytes of numbers.
    pub(super) numbers: u64,
    /// Small letters, capitals, white space and commas.
    pub(super) lower: u64,
    pub(super) capitals: u64,
    pub(super) spaces: u64,
    pub(super) commas: u64,
    /// How many bytes were read: to the end of white space.
    pub(super) read: usize,
    /// Whether the stretch that begins there is not plain, or too long to tell.
    pub(super) stopped: bool,
}

impl Plain {
    /// Reads up to the last white space of a text before anything that is not plain.
    ///
    /// Plain are ASCII letters, with a quote between two of them; and digits with no letter beside
    /// them, nor another digit behind one sign. What lies between two words holds none of the
    /// signs that `odd` names, and no full stop or hyphen if it is not white space.
    #[inline(always)]
    pub(super) fn read(lanes: impl Lanes, text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        let short;
        // At the end of a text, with bytes that were read before, or after which blanks are put.
        let (bytes, n_before) = match (rest.first_chunk(), text.last_chunk()) {
            (Some(bytes), _) => (bytes, 0),
            (None, Some(last)) => (last, WIDTH - rest.len()),
            (None, None) => {
                short = padded(rest);
                (&short, 0)
            }
        };
        let plain = Self::of(Window::new(lanes, bytes).without_first(n_before));
        Self { read: plain.read.min(rest.len()), ..plain }
    }

    #[inline(always)]
    fn of(window: Window) -> Self {
        let Window { letters, capitals, digits, spaces, .. } = window;
        let Window { quotes, stops, hyphens, slashes, commas, odd, .. } = window;
        let inner = quotes & letters << 1 & letters >> 1;
        // Between two letters and two letters, where none stands for itself.
        let parting = hyphens & letters << 1 & letters << 2 & letters >> 1 & letters >> 2;
        let joints = stops | hyphens & !parting;
        let words = letters | inner | digits;
        let gaps = !(words | spaces | odd);
        // The sum carries over the end of each run of gaps that holds a joint, and over nothing else.
        let behind_joints = gaps.wrapping_add(joints) & !gaps;
        let not_plain = odd
            | behind_joints & words
            | digits & (letters << 1 | letters >> 1)
            | gaps & digits << 1 & digits >> 1
            | slashes & (gaps << 1 | gaps >> 1);
        // What follows the last white space may go on behind the window.
        let whole = up_to_last(spaces);
        let stop = not_plain & whole;
        let before = whole & stop.wrapping_sub(1) & !stop;
        let read = if stop == 0 { whole } else { up_to_last(spaces & before) };
        Self {
            words: words & read,
            numbers: digits & read,
            lower: letters & !capitals,
            capitals,
            spaces,
            commas,
            read: read.count_ones() as usize,
            stopped: stop != 0 || whole == 0,
        }
    }
}

/// The bytes of a short text with blanks behind them.
#[inline(always)]
fn padded(rest: &[u8]) -> [u8; WIDTH] {
    let mut bytes = [b' '; WIDTH];
    bytes[..rest.len()].copy_from_slice(rest);
    bytes
}

/// All bits up to the highest that is set, and that one.
#[inline(always)]
fn up_to_last(bits: u64) -> u64 {
    u64::MAX.checked_shr(bits.leading_zeros()).unwrap_or(0)
}
