//! How do other programs read our matrices, and we theirs? As text, in the Matrix Market format.
//!
//! A banner, comments, a line with the size, then a line for each entry: row and column counted from 1,
//! and the value. Source: Boisvert, Pozo and Remington (1996), *The Matrix Market Exchange Formats:
//! Initial Design*, NISTIR 5935.

mod chunks;
mod header;
mod lines;
mod places;
mod read;
mod value;
mod write;

#[cfg(test)]
mod tests;
