//! The readable text of a resource, as XHTML. Whatever people typed is text: nothing of it becomes markup.

use serde_json::{Value, json};

/// Text under construction.
pub(crate) struct Narrative(String);

impl Narrative {
    pub(crate) fn new() -> Narrative {
        Narrative(String::new())
    }

    /// A line of its own that names what follows.
    pub(crate) fn heading(mut self, words: &str) -> Narrative {
        self.0.push_str(&format!("<p><b>{}</b></p>", escaped(words)));
        self
    }

    /// Words with their line ends; nothing when there are none.
    pub(crate) fn paragraph(mut self, words: &str) -> Narrative {
        if !words.is_empty() {
            self.0.push_str(&format!("<p>{}</p>", escaped(words)));
        }
        self
    }

    /// One point for each text; nothing when there are none.
    pub(crate) fn points(mut self, words: &[String]) -> Narrative {
        if !words.is_empty() {
            let points: String = words.iter().map(|one| format!("<li>{}</li>", escaped(one))).collect();
            self.0.push_str(&format!("<ul>{points}</ul>"));
        }
        self
    }

    /// As a FHIR Narrative, generated from the resource's record.
    pub(crate) fn done(self) -> Value {
        json!({ "status": "generated", "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div>", self.0) })
    }
}

/// Text as it stands in XHTML; the two characters that XML cannot hold become U+FFFD.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            '\n' => text.push_str("<br/>"),
            '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_never_markup() {
        let typed = "<script>alert('x')</script> & \"me\"\nnext \u{ffff}";
        let text = Narrative::new().heading(typed).paragraph(typed).points(&[typed.to_owned()]).done();
        let typed = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;me&quot;<br/>next \u{fffd}";
        let div = format!("<p><b>{typed}</b></p><p>{typed}</p><ul><li>{typed}</li></ul>");
        assert_eq!(text["div"], format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{div}</div>"));
    }

    #[test]
    fn nothing_is_written_for_nothing() {
        let text = Narrative::new().heading("Sleep").paragraph("").points(&[]).done();
        assert_eq!(text["div"], "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><b>Sleep</b></p></div>");
    }
}
