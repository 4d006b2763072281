//! Makes a history that fails as short as it can be while it still fails.

use super::history::History;

/// How many times at most a shorter one is tried.
const MOST: usize = 400;

/// The shortest history found that still `fails`; this one does.
pub fn shrink(history: &History, fails: impl Fn(&History) -> bool) -> History {
    let mut shortest = history.clone();
    let (mut tries, mut chunk) = (0, shortest.moments.len().div_ceil(2));
    while chunk > 0 {
        let (mut at, mut dropped) = (0, false);
        while at < shortest.moments.len() && tries < MOST {
            let mut shorter = shortest.clone();
            shorter.moments.drain(at..(at + chunk).min(shortest.moments.len()));
            tries += 1;
            if fails(&shorter) {
                (shortest, dropped) = (shorter, true);
            } else {
                at += chunk;
            }
        }
        if tries >= MOST {
            break;
        }
        if !dropped || chunk > 1 {
            chunk /= 2;
        }
    }
    shortest
}
