//! The one window, the nurse's or the patient's: its size, and what the page in it may not do. What stands on the page belongs to `ui`.

use crate::events::WINDOW;
use std::future::Future;
use std::path::PathBuf;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent, async_runtime};

/// The web engine connects ahead to the host of a link before it asks whether the link may be followed, and a host's name can carry
/// words out. Through a proxy that is not there it asks nobody and reaches nobody; the own page needs no connection.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Whose window it is; each has its own page and its own capability, and a process has one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Nurse,
    /// Fills the screen: what else the desktop has is not for patients.
    Patient,
}

impl Page {
    /// The label that the capability names.
    pub fn label(self) -> &'static str {
        match self {
            Page::Nurse => WINDOW,
            Page::Patient => "patient",
        }
    }

    fn address(self) -> WebviewUrl {
        match self {
            Page::Nurse => WebviewUrl::default(),
            Page::Patient => WebviewUrl::App("patient.html".into()),
        }
    }
}

/// Opens the window with `web_folder` as the only place where the web engine keeps files; `closed` is what its closing asks for.
///
/// # Errors
/// No display, or no web engine.
pub fn open<F: Future<Output = ()> + Send + 'static>(
    app: &App,
    page: Page,
    web_folder: PathBuf,
    closed: impl Fn(AppHandle) -> F + Send + 'static,
) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, page.label(), page.address())
        .title("Holdfast")
        .fullscreen(page == Page::Patient)
        .inner_size(1366.0, 768.0)
        .min_inner_size(320.0, 320.0)
        .devtools(false)
        .general_autofill_enabled(false)
        .data_directory(web_folder)
        .proxy_url(Url::parse(NOWHERE).map_err(tauri::Error::InvalidUrl)?)
        .initialization_script(crate::language::script())
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let app = app.handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            async_runtime::spawn(closed(app.clone()));
        }
    });
    Ok(())
}

/// The page is served from inside the program; every other address is refused.
fn is_own_page(address: &Url) -> bool {
    address.scheme() == "tauri" && address.host_str() == Some("localhost") && address.port().is_none()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_page_may_be_opened() {
        assert!(is_own_page(&"tauri://localhost/".parse().unwrap()));
        assert!(is_own_page(&"tauri://localhost/index.html#x".parse().unwrap()));
        for other in [
            "https://example.org/",
            "http://localhost/",
            "tauri://example.org/",
            "tauri://localhost:81/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "blob:tauri://localhost/x",
            "javascript:0",
        ] {
            assert!(!is_own_page(&other.parse().unwrap()), "{other}");
        }
    }
}
