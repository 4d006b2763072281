//! Process start. Nothing but the hand-over to the library lives here.

#[expect(clippy::disallowed_methods, reason = "the one home of the command line")]
fn main() -> std::process::ExitCode {
    holdfast::start(std::env::args_os().skip(1))
}
