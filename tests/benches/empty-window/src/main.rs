//! A window with one focused input and nothing behind it: the least a Tauri application can be.

fn main() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!()) {
        eprintln!("empty-window: {error}");
        std::process::exit(1);
    }
}
