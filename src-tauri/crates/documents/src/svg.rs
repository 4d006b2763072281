//! The laid-out pages as SVG, for the preview: the same runs at the same places, in the typeface that the application bundles.
//!
//! Decides nothing about the pages. The text is escaped; there is no script, no style and no link in the result.

use std::fmt::Write;

use crate::layout::{Ink, Laid, PAGE_HEIGHT, PAGE_WIDTH, Page, Paint, Shape, Step};

/// One SVG image a page, in points; the page's name ("Page 1 of 3") is its accessible name.
///
/// Put the markup into a page that has the face "Liberation Sans"; an image file of its own does not see that face.
pub fn svg(laid: &Laid) -> Vec<String> {
    laid.pages.iter().map(page).collect()
}

fn page(page: &Page) -> String {
    let mut out = String::with_capacity(200 * page.runs.len() + 400);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE_WIDTH} {PAGE_HEIGHT}" role="img" aria-label="{}"><rect width="{PAGE_WIDTH}" height="{PAGE_HEIGHT}" fill="#fff"/>"##,
        escaped(&page.name)
    );
    for shape in &page.shapes {
        shape_markup(shape, &mut out);
    }
    // Kerning and ligatures are off in the layout; the declared length keeps the preview at the paper's widths.
    out.push_str(r#"<g font-family="Liberation Sans" text-rendering="optimizeSpeed">"#);
    for run in &page.runs {
        let weight = if run.bold { r#" font-weight="700""# } else { "" };
        let fill = match run.ink {
            Ink::Black => "",
            Ink::White => r##" fill="#fff""##,
        };
        let length = if run.text.chars().count() > 1 {
            format!(r#" textLength="{}" lengthAdjust="spacing""#, run.width)
        } else {
            String::new()
        };
        let _ = write!(
            out,
            r#"<text x="{}" y="{}" font-size="{}"{weight}{fill}{length}>{}</text>"#,
            run.x,
            run.y,
            run.size,
            kept(&escaped(&run.text))
        );
    }
    out.push_str("</g></svg>");
    out
}

fn shape_markup(shape: &Shape, out: &mut String) {
    out.push_str("<path d=\"");
    for step in &shape.path {
        let _ = match *step {
            Step::Move(x, y) => write!(out, "M{x} {y}"),
            Step::Line(x, y) => write!(out, "L{x} {y}"),
            Step::Curve([a, b, c, d, e, f]) => write!(out, "C{a} {b} {c} {d} {e} {f}"),
            Step::Close => write!(out, "Z"),
        };
    }
    let _ = match shape.paint {
        Paint::Fill(grey) => {
            let level = (grey.clamp(0.0, 1.0) * 255.0).round();
            write!(out, r#"" fill="rgb({level},{level},{level})"/>"#)
        }
        Paint::Stroke(thickness) => write!(out, r##"" fill="none" stroke="#000" stroke-width="{thickness}"/>"##),
    };
}

/// Spaces at either end, which SVG would leave out, as ones that it keeps.
fn kept(text: &str) -> String {
    let inner = text.trim_matches(' ');
    let (start, end) = (text.starts_with(' '), text.ends_with(' ') && !inner.is_empty());
    let space = |there: bool| if there { "\u{a0}" } else { "" };
    format!("{}{inner}{}", space(start), space(end))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
