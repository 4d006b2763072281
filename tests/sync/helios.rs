//! The suite against helios-hfs, a real trust server that validates what it is given: over
//! TLS, and signed in.

use std::sync::OnceLock;
use std::sync::mpsc::channel;

use kit::TrustServer;

#[path = "both.rs"]
mod both;

pub(crate) use both::{network, of_patient, versions};

/// How many sequences of acts and faults are played against it.
pub const SEQUENCES: u64 = 100;

pub type Trust = TrustServer;

/// One of the test's own.
pub fn a_server() -> TrustServer {
    TrustServer::start_signed_in()
}

/// The server that the tests of this suite share, each with patients of its own.
pub fn server() -> &'static TrustServer {
    static SERVER: OnceLock<TrustServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        let (started, starting) = channel();
        // It ends with the thread that starts it, so that thread must not end with the first test.
        std::thread::spawn(move || {
            started.send(TrustServer::start_signed_in()).unwrap();
            loop {
                std::thread::park();
            }
        });
        starting.recv().expect("the trust server starts")
    })
}
