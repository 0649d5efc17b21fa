//! How is work spread over cores without changing the answer? Fixed blocks, results in their order.
//!
//! Where a block begins depends on the amount of work alone, never on the number of threads, and
//! partial results are combined from the first block to the last. So one thread and eight round
//! alike.

use std::ops::Range;

#[cfg(feature = "rayon")]
use rayon::prelude::*;

/// The least number of rows worth handing to another thread.
const MIN_ROWS: usize = 512;

/// The most partial results kept at once.
const MAX_BLOCKS: usize = 64;

/// Rows in a block when partial results of `n` rows are combined: at least 512, and at most 64
/// blocks, so that partial results stay small whatever `n` is.
pub(crate) fn block_rows(n: usize) -> usize {
    n.div_ceil(MAX_BLOCKS).max(MIN_ROWS)
}

/// What `work` says about each block of `size` of the numbers `0..n`, in order.
pub(crate) fn map_blocks<T: Send>(
    n: usize,
    size: usize,
    work: impl Fn(Range<usize>) -> T + Sync + Send,
) -> Vec<T> {
    let block = |index: usize| index * size..((index + 1) * size).min(n);
    if n > 0 && n <= size {
        return vec![work(0..n)];
    }
    let n_blocks = n.div_ceil(size);
    #[cfg(feature = "rayon")]
    return (0..n_blocks).into_par_iter().map(|index| work(block(index))).collect();
    #[cfg(not(feature = "rayon"))]
    return (0..n_blocks).map(|index| work(block(index))).collect();
}

/// Hands `values`, rows of `width` numbers, to `work` in pieces of `size` rows, with the row that
/// each piece begins with.
pub(crate) fn fill_rows<T: Send>(
    values: &mut [T],
    width: usize,
    size: usize,
    work: impl Fn(usize, &mut [T]) + Sync + Send,
) {
    if width == 0 || values.is_empty() {
        return;
    }
    if values.len() <= width * size {
        return work(0, values);
    }
    #[cfg(feature = "rayon")]
    values
        .par_chunks_mut(width * size)
        .enumerate()
        .for_each(|(index, piece)| work(index * size, piece));
    #[cfg(not(feature = "rayon"))]
    values
        .chunks_mut(width * size)
        .enumerate()
        .for_each(|(index, piece)| work(index * size, piece));
}

/// Rows of `values`, of which row `i` is `starts[i]..starts[i + 1]`, in pieces of many rows.
pub(crate) fn ragged<'v, T>(
    starts: &[usize],
    values: &'v mut [T],
) -> Vec<(Range<usize>, &'v mut [T])> {
    let n_rows = starts.len().saturating_sub(1);
    let mut rest = values;
    let pieces = (0..n_rows).step_by(MIN_ROWS).map(|first| {
        let end = (first + MIN_ROWS).min(n_rows);
        let (piece, after) = std::mem::take(&mut rest).split_at_mut(starts[end] - starts[first]);
        rest = after;
        (first..end, piece)
    });
    pieces.collect()
}

/// Hands each piece of work to any thread.
pub(crate) fn for_each<T: Send>(pieces: Vec<T>, work: impl Fn(T) + Sync + Send) {
    #[cfg(feature = "rayon")]
    pieces.into_par_iter().for_each(work);
    #[cfg(not(feature = "rayon"))]
    pieces.into_iter().for_each(work);
}

/// What `work` says about each piece, in order, found on any thread.
pub(crate) fn map_each<T: Send, R: Send>(
    pieces: Vec<T>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "rayon")]
    return pieces.into_par_iter().map(work).collect();
    #[cfg(not(feature = "rayon"))]
    return pieces.into_iter().map(work).collect();
}

/// How many threads there are to work on.
pub(crate) fn n_threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "rayon"))]
    return 1;
}

/// Does both, at the same time if there are threads.
pub(crate) fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "rayon")]
    return rayon::join(a, b);
    #[cfg(not(feature = "rayon"))]
    return (a(), b());
}

/// Does all of some work on one of the threads, so that its many small parts need not be handed over and waited for
/// one by one from outside.
pub(crate) fn inside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    #[cfg(feature = "rayon")]
    return rayon::scope(|_| work());
    #[cfg(not(feature = "rayon"))]
    return work();
}

/// Sorts things of which no two are equal.
pub(crate) fn sort_distinct_by<T: Send>(
    things: &mut [T],
    compare: impl Fn(&T, &T) -> std::cmp::Ordering + Sync,
) {
    #[cfg(feature = "rayon")]
    things.par_sort_unstable_by(compare);
    #[cfg(not(feature = "rayon"))]
    things.sort_unstable_by(compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_everything_in_order() {
        assert_eq!(map_blocks(5, 2, |range| range), [0..2, 2..4, 4..5]);
        assert!(map_blocks(0, 2, |range| range).is_empty());
        assert_eq!((block_rows(1), block_rows(640_000)), (512, 10_000));
        let mut values = [0; 6];
        fill_rows(&mut values, 2, 2, |row, piece| piece.fill(row));
        assert_eq!(values, [0, 0, 0, 0, 2, 2]);
    }

    #[test]
    fn ragged_rows_are_cut_between_rows() {
        let starts: Vec<usize> = (0..=2 * MIN_ROWS + 1).map(|row| row / 2).collect();
        let mut values = vec![0; MIN_ROWS];
        let pieces = ragged(&starts, &mut values);
        let sizes: Vec<_> = pieces.iter().map(|(rows, piece)| (rows.len(), piece.len())).collect();
        assert_eq!(sizes, [(MIN_ROWS, MIN_ROWS / 2), (MIN_ROWS, MIN_ROWS / 2), (1, 0)]);
        assert!(ragged(&[0], &mut [0; 0]).is_empty());
    }
}
