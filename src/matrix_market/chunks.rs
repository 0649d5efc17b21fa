//! How is a file read on all threads? In chunks that end with a line, each split into pieces.

use std::io::{BufRead, Read};
use std::ops::Range;

use super::header::Header;
use super::lines::{Entry, counts, entry};
use super::value::Value;
use crate::parallel::map_blocks;
use crate::{Error, Result};

/// Bytes read at a time: enough work for the threads, little memory.
const CHUNK: usize = 1 << 21;

/// Bytes of a piece.
const PIECE: usize = 1 << 17;

/// Entries of one piece of a chunk.
struct Piece<T> {
    entries: Vec<Entry<T>>,
    n_lines: usize,
    fault: Option<Error>,
}

/// Hands every entry behind the head to `take`, in the order of the file; how many lines there are.
pub(super) fn for_each_entry<T: Value>(
    mut source: impl BufRead,
    header: &Header,
    mut take: impl FnMut(Entry<T>) -> Result<()>,
) -> Result<usize> {
    let mut chunk = Vec::new();
    let mut n_lines = header.line;
    loop {
        // What was left has no line's end.
        let rest = chunk.len();
        let read = (&mut source).take(CHUNK as u64).read_to_end(&mut chunk);
        let read = read.map_err(|error| Error::io(None, error))?;
        // The last line may have no end.
        let end = if read == 0 { rest } else { line_end(&chunk, rest) };
        for piece in pieces::<T>(&chunk[..end], header) {
            for mut entry in piece.entries {
                entry.line += n_lines;
                take(entry)?;
            }
            if let Some(error) = piece.fault {
                return Err(error.lines_down(n_lines));
            }
            n_lines += piece.n_lines;
        }
        chunk.drain(..end);
        if read == 0 {
            return Ok(n_lines);
        }
    }
}

/// Where the last whole line ends, if one does behind `from`; else 0.
fn line_end(text: &[u8], from: usize) -> usize {
    text[from..].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| from + at + 1)
}

fn pieces<T: Value>(chunk: &[u8], header: &Header) -> Vec<Piece<T>> {
    let cuts = cuts(chunk);
    map_blocks(cuts.len(), 1, |block| piece(&chunk[cuts[block.start].clone()], header))
}

/// Pieces of about [`PIECE`] bytes that end with a line.
fn cuts(chunk: &[u8]) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while start < chunk.len() {
        let rest = chunk.get(start + PIECE..).unwrap_or_default();
        let line = rest.iter().position(|&byte| byte == b'\n');
        let end = line.map_or(chunk.len(), |at| start + PIECE + at + 1);
        cuts.push(start..end);
        start = end;
    }
    cuts
}

/// The entries of a text up to the first fault, lines counted from 1.
fn piece<T: Value>(text: &[u8], header: &Header) -> Piece<T> {
    // A line of an entry has six bytes at least; most have about sixteen.
    let mut piece = Piece { entries: Vec::with_capacity(text.len() / 16), n_lines: 0, fault: None };
    let lines = text.strip_suffix(b"\n").unwrap_or(text);
    if text.is_empty() {
        return piece;
    }
    for line in lines.split(|&byte| byte == b'\n') {
        piece.n_lines += 1;
        if !counts(line) {
            continue;
        }
        match entry(line, piece.n_lines, header) {
            Ok(entry) => piece.entries.push(entry),
            Err(error) => {
                piece.fault = Some(error);
                break;
            }
        }
    }
    piece
}
