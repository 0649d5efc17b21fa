//! What surrounds a saved model? Eight letters, a version, a length, a checksum.

use std::io::{Read, Write};

use crate::error::{Error, Result};

/// Every file begins with this.
const MAGIC: [u8; 8] = *b"undertne";

/// Bytes before the payload: magic, version (`u32`), length (`u64`), CRC-32 (`u32`), little-endian.
const HEADER: usize = 24;

/// Writes a payload behind its header.
pub(super) fn write(mut writer: impl Write, version: u32, payload: &[u8]) -> Result<()> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(version.to_le_bytes());
    header.extend((payload.len() as u64).to_le_bytes());
    header.extend(crc32fast::hash(payload).to_le_bytes());
    writer
        .write_all(&header)
        .and_then(|()| writer.write_all(payload))
        .and_then(|()| writer.flush())
        .map_err(|error| Error::io(None, error))
}

/// Reads a payload of the given version, to the end of the file.
///
/// Memory grows with what is there, not with what the header says.
pub(super) fn read(mut reader: impl Read, version: u32) -> Result<Vec<u8>> {
    let mut header = Vec::with_capacity(HEADER);
    take(&mut reader, HEADER as u64, &mut header)?;
    if header.len() < HEADER || header[..8] != MAGIC {
        return Err(Error::saved("this is not a model that undertone saved"));
    }
    let found = number(&header[8..12]);
    if found != u64::from(version) {
        let message = format!("format version {found}, but this release reads version {version}");
        return Err(Error::saved(message));
    }
    let (length, checksum) = (number(&header[12..20]), number(&header[20..24]));
    let mut payload = Vec::new();
    take(&mut reader, length, &mut payload)?;
    if payload.len() as u64 != length {
        let message = format!("cut short: {} of {length} bytes", payload.len());
        return Err(Error::saved(message));
    }
    if u64::from(crc32fast::hash(&payload)) != checksum {
        return Err(Error::saved("damaged: the checksum does not fit"));
    }
    let mut beyond = Vec::new();
    take(&mut reader, 1, &mut beyond)?;
    if !beyond.is_empty() {
        return Err(Error::saved(format!("there is more after the {length} bytes of the model")));
    }
    Ok(payload)
}

fn take(reader: &mut impl Read, limit: u64, to: &mut Vec<u8>) -> Result<()> {
    reader.take(limit).read_to_end(to).map(drop).map_err(|error| Error::io(None, error))
}

/// At most eight bytes as a number, the least significant first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_is_noticed() {
        let mut file = Vec::new();
        write(&mut file, 3, b"payload").unwrap();
        assert_eq!(read(&file[..], 3).unwrap(), b"payload");
        assert!(read(&file[..], 4).is_err_and(|error| error.is_saved()));
        for length in 0..file.len() {
            assert!(read(&file[..length], 3).is_err_and(|error| error.is_saved()), "{length}");
        }
        for place in 0..file.len() {
            let mut damaged = file.clone();
            damaged[place] ^= 0x55;
            assert!(read(&damaged[..], 3).is_err_and(|error| error.is_saved()), "{place}");
        }
        file.push(0);
        assert!(read(&file[..], 3).is_err_and(|error| error.is_saved()));
    }
}
