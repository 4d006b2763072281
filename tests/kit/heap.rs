//! How much memory a piece of work holds at its peak: counted for the thread that does it, so that tests beside it do not matter.
#![allow(unsafe_code, reason = "an allocator cannot be written without it; everything is passed on to the system's")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, which also counts; a suite that measures makes it its own.
pub struct Counting;

// SAFETY: each call is passed on unchanged, and counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's promises are those that are asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the block is of this allocator, which is the system's.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both stand beside each other while one is copied into the other.
        count(size as isize);
        count(-(layout.size() as isize));
        // SAFETY: as above.
        unsafe { System.realloc(block, layout, size) }
    }
}

fn count(bytes: isize) {
    let _ended = LIVE.try_with(|live| {
        let now = live.get() + bytes;
        live.set(now);
        PEAK.try_with(|peak| peak.set(peak.get().max(now)))
    });
}

/// The peak of what this thread holds while the work is done, in bytes above what it held before.
pub async fn peak_of(work: impl Future) -> usize {
    let before = LIVE.get();
    PEAK.set(before);
    work.await;
    usize::try_from(PEAK.get() - before).unwrap_or(0)
}
