//! The same tests against a server of another dialect: opaque ETags, 200 for what was made, 404 for what was removed, no rollback.

use std::sync::OnceLock;

use kit::DialectServer;

#[path = "both.rs"]
mod both;

/// How many sequences of acts and faults are played against it.
pub const SEQUENCES: u64 = 1_900;

pub type Trust = DialectServer;

/// One of the test's own.
pub fn a_server() -> DialectServer {
    DialectServer::start()
}

/// The server that the tests share, each with patients of its own.
pub fn server() -> &'static DialectServer {
    static SERVER: OnceLock<DialectServer> = OnceLock::new();
    SERVER.get_or_init(DialectServer::start)
}
