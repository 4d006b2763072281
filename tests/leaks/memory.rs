//! Looking through the memory of running processes, as whoever may debug them could. Needs the right to read other processes' memory.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use crate::scan::Scanner;

/// What stands in the memory of these processes.
pub fn look(processes: &[u32], scanner: &Scanner) -> Vec<String> {
    assert!(processes.len() >= 3, "the application, its page and its network process: {processes:?}");
    let mut found = Vec::new();
    let mut looked_at = 0;
    for process in processes {
        let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        let memory = File::open(format!("/proc/{process}/mem"))
            .expect("the test may read the memory of the processes it started: run it as root or with CAP_SYS_PTRACE");
        for part in parts(*process) {
            let (bytes, from) = read(&memory, &part);
            looked_at += bytes.len();
            found.extend(scanner.look(&bytes).iter().map(|what| format!("{what} in {} at {from:x}", name.trim())));
        }
    }
    assert!(looked_at > 50 << 20, "{looked_at} bytes are less than the application holds");
    found
}

/// A stretch of memory that is there.
struct Part {
    from: u64,
    length: usize,
}

const PAGE: u64 = 4_096;
/// Stretches larger than this are mostly reserved, not used: only their pages that are there are read.
const LARGE: u64 = 16 << 20;

/// The readable mappings that hold anything; of large ones the pages that are there.
fn parts(process: u32) -> Vec<Part> {
    let mappings = fs::read_to_string(format!("/proc/{process}/maps")).unwrap_or_default();
    let pages = File::open(format!("/proc/{process}/pagemap")).unwrap();
    let mut parts = Vec::new();
    for mapping in mappings.lines() {
        let mut words = mapping.split_ascii_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        if !rights.starts_with('r') || mapping.contains("[v") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        if to - from <= LARGE {
            parts.push(Part { from, length: usize::try_from(to - from).unwrap() });
        } else {
            parts.extend(present(&pages, from, to));
        }
    }
    parts
}

/// Runs of pages that are in memory or swapped out.
fn present(pages: &File, from: u64, to: u64) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut entries = vec![0; 8 << 16];
    let mut at = from;
    while at < to {
        let wanted = usize::try_from((to - at) / PAGE * 8).unwrap().min(entries.len());
        let read = pages.read_at(&mut entries[..wanted], at / PAGE * 8).unwrap_or_default();
        if read == 0 {
            break;
        }
        for entry in entries[..read].chunks_exact(8) {
            if u64::from_ne_bytes(entry.try_into().unwrap()) >> 62 != 0 {
                match parts.last_mut() {
                    Some(last) if last.from + last.length as u64 == at => last.length += PAGE as usize,
                    _ => parts.push(Part { from: at, length: PAGE as usize }),
                }
            }
            at += PAGE;
        }
    }
    parts
}

/// The bytes of a part; fewer when the process has given some of it back since.
fn read(memory: &File, part: &Part) -> (Vec<u8>, u64) {
    let mut bytes = vec![0; part.length];
    let mut filled = 0;
    while filled < bytes.len() {
        match memory.read_at(&mut bytes[filled..], part.from + filled as u64) {
            Ok(read) if read > 0 => filled += read,
            // A page that cannot be read is passed over.
            _ => filled = (filled / PAGE as usize + 1) * PAGE as usize,
        }
    }
    (bytes, part.from)
}
