//! Text that people type: what is kept, what is refused. Text is text everywhere and is never interpreted.

/// Longest answer in free text, in characters.
pub const LONG: usize = 4000;
/// Longest single-line field, in characters.
pub const LINE: usize = 200;

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    #[error("too long")]
    TooLong,
    #[error("has a control character")]
    Control,
}

impl TextFault {
    /// The reason's message key.
    pub fn reason(self) -> &'static str {
        match self {
            TextFault::TooLong => "too_long",
            TextFault::Control => "control_character",
        }
    }
}

/// One line: trimmed, runs of white space made one space, at most [`LINE`] characters; empty is allowed.
pub fn line(typed: &str) -> Result<String, TextFault> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    checked(text, LINE)
}

/// Several lines: trimmed at both ends, line ends made `\n`, at most [`LONG`] characters; empty is allowed.
pub fn lines(typed: &str) -> Result<String, TextFault> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    checked(text, LONG)
}

/// A month as typed: its number, or at least three letters of its English name (`7`, `07`, `Jul`, `july`).
pub fn month(typed: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let typed = typed.trim().to_lowercase();
    if let Ok(number) = typed.parse() {
        return Some(number);
    }
    let place = NAMES.iter().position(|name| typed.len() >= 3 && name.starts_with(&typed))?;
    i8::try_from(place + 1).ok()
}

fn checked(text: String, most: usize) -> Result<String, TextFault> {
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(TextFault::Control);
    }
    if text.chars().count() > most {
        return Err(TextFault::TooLong);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_number_or_a_name() {
        assert_eq!((month("7"), month(" 07 "), month("Jul"), month("july")), (Some(7), Some(7), Some(7), Some(7)));
        assert_eq!((month("may"), month("Sept"), month("DEC")), (Some(5), Some(9), Some(12)));
        assert_eq!((month("ju"), month("juli"), month(""), month("seven")), (None, None, None, None));
    }

    #[test]
    fn keeps_words_as_said_and_names_what_it_cannot_keep() {
        assert_eq!(line("  Siân   Łęcka "), Ok("Siân Łęcka".to_owned()));
        assert_eq!(lines("who walks\r\nthe dog?\n"), Ok("who walks\nthe dog?".to_owned()));
        assert_eq!(line("<script>alert(1)</script>"), Ok("<script>alert(1)</script>".to_owned()));
        assert_eq!(line("a\u{0}b"), Err(TextFault::Control));
        assert_eq!(line(&"é".repeat(LINE)).map(|t| t.chars().count()), Ok(LINE));
        assert_eq!(line(&"é".repeat(LINE + 1)), Err(TextFault::TooLong));
    }
}
