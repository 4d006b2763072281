//! Prints the screen's side of the contract; `cargo xtask bindings` keeps it in `ui/src/ipc/bindings.ts`.

fn main() {
    print!("{}", clinic::bindings());
}
