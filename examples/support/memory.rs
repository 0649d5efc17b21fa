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
/// any other `GLIBC_TUNABLES` in its surroundings it goes on as it is.
///
/// glibc 2.36 took the setting in 41 of 90 starts only, so a start without large pages is followed by another; each takes a
/// millisecond.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn large_pages() {
    use std::os::unix::process::CommandExt as _;
    use std::{env, process::Command};

    const SETTINGS: &str = "GLIBC_TUNABLES";
    /// As often as it stands there the program was started for it.
    const LARGE: &str = "glibc.malloc.hugetlb=1";
    const STARTS: usize = 8;
    let given = env::var_os(SETTINGS).unwrap_or_default();
    let given = given.to_string_lossy();
    let starts = given.split_terminator(':').count();
    let ours = given.split_terminator(':').all(|setting| setting == LARGE);
    if !ours || starts == STARTS || !given_on_asking() || (starts > 0 && taken()) {
        return;
    }
    let mut args = env::args_os();
    if let (Ok(program), Some(name)) = (env::current_exe(), args.next()) {
        let mut again = Command::new(program);
        again.arg0(name).args(args).env(SETTINGS, [LARGE].repeat(starts + 1).join(":"));
        // Comes back only if it fails, and then pages are small.
        let _ = again.exec();
    }
}

/// Whether the system gives large pages to who asks for them.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn given_on_asking() -> bool {
    let to = std::fs::read_to_string("/sys/kernel/mm/transparent_hugepage/enabled");
    to.is_ok_and(|to| to.contains("[madvise]"))
}

/// Whether large pages were asked for.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn taken() -> bool {
    let maps = std::fs::read_to_string("/proc/self/smaps").unwrap_or_default();
    maps.lines().any(|line| line.starts_with("VmFlags:") && line.contains(" hg"))
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn large_pages() {}
