//! How do loops use the vectors that a processor has? They are compiled once more for AVX2, and which of
//! the two runs is decided as the program runs.
//!
//! Plain x86-64 has vectors of four numbers; most processors of the last ten years have eight. Nothing is
//! fused or summed in another order, so the bits are the same either way.

/// Runs a loop compiled for the widest vectors at hand. What it calls has to be inlined into it.
///
/// Costs a load and a call, so it goes around a block of rows and not around a row.
#[inline]
pub(crate) fn wide<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
