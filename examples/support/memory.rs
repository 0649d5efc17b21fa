//! How does glibc come by memory?

/// Has glibc keep the memory that is freed, which it otherwise hands back in large pieces and gets again page by page:
/// once a piece is freed, only larger ones are handed back. Nothing is written to it, so it costs nothing.
pub(super) fn keep() {
    /// The largest piece that counts is of 32 MB.
    const PIECE: usize = 31 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(PIECE)));
}

/// Has glibc ask for large pages where the system gives them to who asks: small ones take 2 µs each to come by, a tenth of
/// the time of all steps. It reads this setting as a program starts, so this one is started once more in its own place. With
/// any `GLIBC_TUNABLES` in its surroundings it goes on as it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn large_pages() {
    use std::os::unix::process::CommandExt as _;
    use std::{env, fs, process::Command};

    const SETTINGS: &str = "GLIBC_TUNABLES";
    const GIVEN_TO: &str = "/sys/kernel/mm/transparent_hugepage/enabled";
    let on_asking = || fs::read_to_string(GIVEN_TO).is_ok_and(|to| to.contains("[madvise]"));
    if env::var_os(SETTINGS).is_some() || !on_asking() {
        return;
    }
    let mut args = env::args_os();
    if let (Ok(program), Some(name)) = (env::current_exe(), args.next()) {
        let mut again = Command::new(program);
        // Comes back only if it fails, and then pages are small.
        let _ = again.arg0(name).args(args).env(SETTINGS, "glibc.malloc.hugetlb=1").exec();
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn large_pages() {}
