//! Which few directions carry it?

mod columns;
mod dense;
mod embedding;
mod gather;
mod krylov;
mod lsa;
mod params;
mod svd;
mod tall;
#[cfg(test)]
mod tests;

pub(crate) use self::dense::eigen;
pub use self::embedding::Embedding;
pub(crate) use self::gather::gather;
pub use self::lsa::Lsa;
pub use self::params::{LsaParams, LsaValidParams};
