//! What another program of the same person can find out about a process.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom},
    process::Stdio,
};

use anyhow::{Context as _, Result};

use crate::process::command;

/// As much as is read at a time.
const PIECE: usize = 1 << 20;

/// Whether `secret` is somewhere in the memory that process `pid` can write to.
///
/// # Errors
/// The system's, where it does not let us look.
pub fn memory_holds(pid: u32, secret: &str) -> io::Result<bool> {
    let secret = secret.as_bytes();
    let maps = fs::read_to_string(format!("/proc/{pid}/maps"))?;
    let mut memory = File::open(format!("/proc/{pid}/mem"))?;
    let mut piece = vec![0; PIECE];
    for (begin, end) in maps.lines().filter_map(writable) {
        // Pieces overlap, so that no secret is cut in two.
        for at in (begin..end).step_by(PIECE - secret.len()) {
            let length = usize::try_from(end - at).map_or(PIECE, |left| left.min(PIECE));
            memory.seek(SeekFrom::Start(at))?;
            // Pages that went away since, or that nobody may read, are passed over.
            if memory.read_exact(&mut piece[..length]).is_ok()
                && piece[..length].windows(secret.len()).any(|part| part == secret)
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// First and last address of a line of `maps` that can be written to.
fn writable(line: &str) -> Option<(u64, u64)> {
    let mut words = line.split(' ');
    let (begin, end) = words.next()?.split_once('-')?;
    let permissions = words.next()?;
    let address = |text| u64::from_str_radix(text, 16).ok();
    permissions.starts_with("rw").then_some((address(begin)?, address(end)?))
}

/// What a debugger says first when it is told to take hold of process `pid`.
pub fn debugger_says(pid: u32) -> Result<String> {
    let mut debugger = command("strace");
    debugger.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    debugger.args(["-e", "trace=none", "-p", &pid.to_string()]).stderr(Stdio::piped());
    let mut debugger = debugger.spawn().context("strace cannot be started; is it installed?")?;
    let mut said = String::new();
    let stderr = debugger.stderr.take().context("it is piped")?;
    BufReader::new(stderr).read_line(&mut said)?;
    debugger.kill()?;
    debugger.wait()?;
    Ok(said)
}
