//! How do loops use the vectors that a processor has? They are compiled once more for AVX2, and which of
//! the two runs is decided as the program runs.
//!
//! Plain x86-64 has vectors of four numbers; most processors of the last ten years have eight. Nothing is
//! fused or summed in another order, so the bits are the same either way.

pub(crate) use pulp::{Simd, WithSimd};

/// Runs a loop compiled for the widest vectors at hand. What it calls has to be inlined into it.
///
/// A short loop can be a closure. A long one has to be a [`WithSimd`] whose method is `#[inline(always)]`,
/// since a closure that the compiler finds too long to inline stays as it is.
///
/// Costs a load and a call, so it goes around a block of rows and not around a row.
#[inline]
pub(crate) fn wide<W: WithSimd>(work: W) -> W::Output {
    pulp::Arch::new().dispatch(work)
}
