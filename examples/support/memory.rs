//! How does glibc come by memory?

/// Has glibc keep the memory that is freed, which it otherwise hands back in large pieces and gets again page by page:
/// once a piece is freed, only larger ones are handed back. Nothing is written to it, so it costs nothing.
pub(super) fn keep() {
    /// The largest piece that counts is of 32 MB.
    const PIECE: usize = 31 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(PIECE)));
}
