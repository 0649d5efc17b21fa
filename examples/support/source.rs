//! Files, packed or not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::ahead::Ahead;
use super::{Failure, Outcome};

/// Bytes that are unpacked at once; of fewer, the window of 32 KB is copied too often.
pub(super) const BLOCK: usize = 1 << 18;

/// What to call a file in messages.
pub(super) fn shown(path: &Path) -> String {
    if is_standard_input(path) { "standard input".into() } else { path.display().to_string() }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Opens a file, or standard input for `-`; gzip is told by its first bytes.
pub(super) fn open(path: &Path) -> Outcome<Box<dyn BufRead>> {
    let failed = |error: io::Error| Failure::new(format!("{}: {error}", shown(path)));
    let source: Box<dyn Read + Send> = if is_standard_input(path) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(failed)?)
    };
    let mut source = BufReader::with_capacity(1 << 16, source);
    let gzip = source.fill_buf().map_err(failed)?.starts_with(&[0x1F, 0x8B]);
    if !gzip {
        return Ok(Box::new(source));
    }
    let unpacked = MultiGzDecoder::new(source);
    Ok(if rayon::current_num_threads() > 1 {
        Box::new(Ahead::of(unpacked))
    } else {
        Box::new(BufReader::with_capacity(BLOCK, unpacked))
    })
}

/// The text of a file or of standard input.
pub fn read_text(path: &Path) -> Outcome<String> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("{}: {error}", shown(path))))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|&byte| byte == b'\n').count();
        Failure::new(format!("{}:{line}: expected UTF-8, found another encoding", shown(path)))
    })
}
