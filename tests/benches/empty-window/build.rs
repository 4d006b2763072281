//! What Tauri needs to embed the page.

fn main() {
    tauri_build::build();
}
