//! The languages that nobody speaks, in which tests try the screens. Only a build for development can be started in one; which there
//! are belongs to `ui/src/words/tried.ts`.

/// What is run in the page before anything of it: names the language to try, or nothing.
#[cfg(debug_assertions)]
#[expect(clippy::disallowed_methods, reason = "tests say by it what to try; what is shipped does not have it")]
pub fn script() -> String {
    match std::env::var("HOLDFAST_LANGUAGE").as_deref() {
        Ok("pseudo") => "window.holdfastLanguage = 'pseudo'".to_owned(),
        Ok("rtl") => "window.holdfastLanguage = 'rtl'".to_owned(),
        _ => String::new(),
    }
}

/// Nothing, in what is shipped.
#[cfg(not(debug_assertions))]
pub fn script() -> String {
    String::new()
}
