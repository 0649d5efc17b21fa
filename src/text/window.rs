//! Which words does a stretch of plain text hold? Read 64 bytes at a time, with a bit for each.
//!
//! Where a word ends cannot be guessed, so a loop over the letters of one stumbles at each. Here whole
//! windows are told apart by the same few steps whatever they hold, and the edges of their words
//! are the places where a row of bits changes.

use super::lanes::Lanes;

/// Bytes that are looked at together.
pub(super) const WIDTH: usize = 64;

/// What each of 64 bytes is, a bit each, the first byte's lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Window {
    letters: u64,
    digits: u64,
    spaces: u64,
    /// `'` and `` ` ``: part of a word between two letters.
    quotes: u64,
    stops: u64,
    hyphens: u64,
    slashes: u64,
    /// What needs a closer look: signs that begin or join words of some kind, and all that is not ASCII.
    odd: u64,
}

impl Window {
    #[inline]
    fn new(bytes: &[u8; WIDTH]) -> Self {
        let mut window = Self::default();
        for (quarter, bytes) in bytes.as_chunks().0.iter().enumerate() {
            let lanes = Lanes::new(*bytes);
            let letters = lanes.or(Lanes::new([0x20; 16])).within(b'a', b'z');
            let spaces = lanes.is(b' ').or(lanes.within(b'\t', b'\r'));
            let quotes = lanes.is(b'\'').or(lanes.is(b'`'));
            // `#$%&`, `@` and `_`; bytes outside ASCII have the highest bit.
            let odd = lanes.within(b'#', b'&').or(lanes.is(b'@')).or(lanes.is(b'_')).or(lanes);
            let at = |lanes: Lanes| u64::from(lanes.highest_bits()) << (16 * quarter);
            window.letters |= at(letters);
            window.digits |= at(lanes.within(b'0', b'9'));
            window.spaces |= at(spaces);
            window.quotes |= at(quotes);
            window.stops |= at(lanes.is(b'.'));
            window.hyphens |= at(lanes.is(b'-'));
            window.slashes |= at(lanes.is(b'/'));
            window.odd |= at(odd);
        }
        window
    }
}

/// The words and numbers that a window begins with, as far as they are plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// A bit for each byte of a word or number; between two of them there is a byte of neither.
    pub(super) words: u64,
    /// The bytes of numbers.
    pub(super) numbers: u64,
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
    #[inline]
    pub(super) fn read(rest: &[u8]) -> Self {
        match rest.first_chunk() {
            Some(bytes) => Self::of(Window::new(bytes)),
            None => Self::read_last(rest),
        }
    }

    /// The end of the text is as good as white space.
    #[cold]
    fn read_last(rest: &[u8]) -> Self {
        let mut bytes = [b' '; WIDTH];
        bytes[..rest.len()].copy_from_slice(rest);
        let plain = Self::of(Window::new(&bytes));
        Self { read: plain.read.min(rest.len()), ..plain }
    }

    #[inline]
    fn of(window: Window) -> Self {
        let Window { letters, digits, spaces, quotes, stops, hyphens, slashes, odd } = window;
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
            read: read.count_ones() as usize,
            stopped: stop != 0 || whole == 0,
        }
    }
}

/// All bits up to the highest that is set, and that one.
fn up_to_last(bits: u64) -> u64 {
    u64::MAX.checked_shr(bits.leading_zeros()).unwrap_or(0)
}
