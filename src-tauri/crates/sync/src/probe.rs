//! The check of a server: what it really does, asked with resources of the check's own. They are of the type `Basic`, marked as test, about
//! nobody, under ids made at random, and removed again. No record is read or written by it.

use std::pin::Pin;

use crate::fault::Fault;
use crate::probe_asking::Asking;
use crate::probe_report::{Check, Report};
use crate::probe_wire::Trial;

/// What a check needs from outside.
pub trait Surroundings: Sync {
    /// UTC milliseconds.
    fn now(&self) -> i64;

    /// 16 bytes of randomness, or None when there is none to be had.
    fn chance(&self) -> Option<[u8; 16]>;

    /// So many of so many questions are answered.
    fn answered(&self, _done: usize, _total: usize) {}
}

/// Why a check gave no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unchecked {
    /// The server could not be asked: it is not there, asks for patience, or does not know this PC.
    #[error("the server cannot be asked")]
    Server(Fault),
    /// There is no randomness to make ids of.
    #[error("no randomness")]
    Randomness,
}

/// Asks the server every question of [`Check`]; at most about forty requests, each within the time of any other. What it makes it removes, and
/// says what it could not remove. Dropped in the middle it leaves what it made until then.
pub fn probe<'a, W: Trial, S: Surroundings>(
    wire: &'a W,
    around: &'a S,
) -> Pin<Box<dyn Future<Output = Result<Report, Unchecked>> + Send + 'a>> {
    // Boxed for the same reason as a drain: who awaits it may move between threads.
    Box::pin(asked(wire, around))
}

async fn asked<W: Trial, S: Surroundings>(wire: &W, around: &S) -> Result<Report, Unchecked> {
    let at = around.now();
    let mut asking = Asking::new(wire, around)?;
    let software = asking.statement().await?;
    let asked = asking.questions().await;
    // Whatever came of it, nothing of the check stays there that can be removed.
    let left = asking.tidy().await;
    asked?;
    asking.clock();
    let mut findings = asking.findings;
    let place = |check: Check| Check::ALL.iter().position(|one| *one == check);
    findings.sort_by_key(|one| place(one.check));
    Ok(Report { address: wire.base().to_owned(), at, software, findings, left })
}
