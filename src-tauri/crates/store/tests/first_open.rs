//! The first databases of a process, opened by many threads at the same moment. A process has one first moment, so each round is one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};

use store::{Error, Keys, Store};
use zeroize::Zeroizing;

/// Processes; without `store::ready` about three in a hundred fail on two cores.
const ROUNDS: usize = 100;
const THREADS: u8 = 4;
const ROOM: &str = "HOLDFAST_FIRST_OPEN";

#[test]
fn threads_that_open_the_first_databases_together_all_find_the_cipher_ready() {
    if let Some(room) = std::env::var_os(ROOM) {
        return open_together(Path::new(&room));
    }
    for _ in 0..ROUNDS {
        let room = tempfile::TempDir::new().unwrap();
        let output = Command::new(std::env::current_exe().unwrap()).env(ROOM, room.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

fn open_together(room: &Path) {
    let there = AtomicU8::new(0);
    let one = |place: u8| -> Result<(), Error> {
        let path = room.join(format!("{place}.db"));
        // Spinning, because threads that are woken are woken one after another.
        there.fetch_add(1, Ordering::SeqCst);
        while there.load(Ordering::SeqCst) < THREADS {
            std::hint::spin_loop();
        }
        Store::create(&path, keys(place), Box::new(|| None))?.close()?;
        Store::open(&path, keys(place), Box::new(|| None))?.close()
    };
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|place| {
                scope.spawn({
                    let one = &one;
                    move || one(place)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let refused: Vec<_> = opened.into_iter().filter_map(Result::err).collect();
    assert!(refused.is_empty(), "{refused:?}");
}

fn keys(byte: u8) -> Keys {
    Keys { cipher: Zeroizing::new(format!("{byte:02x}").repeat(32)), audit: Zeroizing::new([byte; 32]) }
}
