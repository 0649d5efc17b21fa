//! Reading on a thread of its own, a few blocks ahead of who needs them.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

use super::source::BLOCK;

/// How many blocks may wait.
const AHEAD: usize = 4;

/// The bytes of a source, read on another thread in blocks.
pub(super) struct Ahead {
    blocks: Receiver<io::Result<Vec<u8>>>,
    /// Blocks that were read, to be filled again.
    used: Sender<Vec<u8>>,
    block: Vec<u8>,
    /// How much of the block was read.
    at: usize,
}

impl Ahead {
    pub(super) fn of(mut source: impl Read + Send + 'static) -> Self {
        let (send, blocks) = sync_channel(AHEAD);
        let (used, again) = channel();
        // It ends with the source, at an error, or when nobody waits for its blocks.
        thread::spawn(move || {
            loop {
                let mut block: Vec<u8> = again.try_recv().unwrap_or_default();
                block.clear();
                let read = source.by_ref().take(BLOCK as u64).read_to_end(&mut block);
                let end = block.is_empty();
                // What stands before an error is handed over first.
                if !end && send.send(Ok(block)).is_err() {
                    return;
                }
                if let Err(error) = read {
                    // Nobody may be left to hear of it.
                    let _ = send.send(Err(error));
                    return;
                }
                if end {
                    return;
                }
            }
        });
        Self { blocks, used, block: Vec::new(), at: 0 }
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.block.len() {
            // Without a sender the source is at its end.
            let next = self.blocks.recv().unwrap_or_else(|_| Ok(Vec::new()))?;
            // Nobody may be left to fill it.
            let _ = self.used.send(std::mem::replace(&mut self.block, next));
            self.at = 0;
        }
        Ok(&self.block[self.at..])
    }

    fn consume(&mut self, n_bytes: usize) {
        self.at = (self.at + n_bytes).min(self.block.len());
    }
}

impl Read for Ahead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.fill_buf()?.read(into)?;
        self.consume(n_read);
        Ok(n_read)
    }
}
