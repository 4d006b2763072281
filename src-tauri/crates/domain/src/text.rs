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

/// What a server said, where it is one line as people write them: at most [`LINE`] characters, none that only steers how others are shown.
pub fn told(said: &str) -> Option<&str> {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let said = said.trim_matches(' ');
    (!said.is_empty() && said.chars().count() <= LINE && !said.contains(steers)).then_some(said)
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
    fn what_a_server_said_is_one_clean_line_or_nothing() {
        assert_eq!(told(" Zoë O’Pretend "), Some("Zoë O’Pretend"));
        assert_eq!(told(&"x".repeat(LINE)).map(str::len), Some(LINE));
        for said in
            ["", " ", "a\nb", "a\tb", "a\u{0}b", "a\u{1b}[2J", "a\u{202e}b", "a\u{2067}b", "a\u{2028}b", "a\u{61c}b"]
        {
            assert_eq!(told(said), None, "{said:?}");
        }
        assert_eq!(told(&"x".repeat(LINE + 1)), None);
    }

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
