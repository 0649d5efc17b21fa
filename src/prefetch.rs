//! How does a look-up not wait for memory? By saying early what it will need.

/// Has the processor fetch an item of a slice while other work goes on; a hint, and nothing where there
/// is no such item or no such instruction.
#[inline]
pub(crate) fn prefetch<T>(items: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let (Some(item), Some(sse)) = (items.get(at), pulp::core_arch::x86::Sse::try_new()) {
        // 3 is `_MM_HINT_T0`: into all caches.
        sse._mm_prefetch::<3>(std::ptr::from_ref(item).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (items, at);
}
