//! A document of ours as Typst and as HTML, part by part: the same words, headings, tables, boxes, and what stands on every page.

use documents::{Blank, Block, Document, Level, Text, Voice};

/// How one language says the parts of a document.
trait Tongue {
    fn text(&self, text: &str) -> String;
    fn voice(&self, voice: Voice, inside: &str) -> String;
    fn heading(&self, level: u8, inside: &str, aside: &str) -> String;
    fn paragraph(&self, inside: &str) -> String;
    fn list(&self, numbered: bool, items: &[String]) -> String;
    fn table(&self, weights: &[u16], head: &[String], rows: &[Vec<String>]) -> String;
    fn boxed(&self, inside: &str) -> String;
    fn together(&self, inside: &str) -> String;
}

struct Typst;
struct Html;

impl Tongue for Typst {
    fn text(&self, text: &str) -> String {
        format!("#{};", quoted(text, "\\n"))
    }

    fn voice(&self, voice: Voice, inside: &str) -> String {
        match voice {
            Voice::Plain => inside.to_owned(),
            Voice::Bold => format!("#strong[{inside}]"),
            Voice::Large => format!("#text(size: 1.17em, strong[{inside}])"),
            Voice::Code => format!("#text(size: 1.67em, strong[{inside}])"),
            Voice::Tag => format!("#box(fill: black, inset: 2pt, text(fill: white, strong[{inside}]))"),
            Voice::Badge => format!("#box(stroke: 0.5pt, inset: 2pt, strong[{inside}])"),
        }
    }

    fn heading(&self, level: u8, inside: &str, aside: &str) -> String {
        format!("#heading(level: {level})[{inside} #h(1fr) {aside}]\n\n")
    }

    fn paragraph(&self, inside: &str) -> String {
        format!("#par[{inside}]\n\n")
    }

    fn list(&self, numbered: bool, items: &[String]) -> String {
        let items: String = items.iter().map(|item| format!("[{item}],")).collect();
        format!("#{}({items})\n\n", if numbered { "enum" } else { "list" })
    }

    fn table(&self, weights: &[u16], head: &[String], rows: &[Vec<String>]) -> String {
        let columns: String =
            (0..head.len()).map(|at| format!("{}fr,", weights.get(at).copied().unwrap_or(1))).collect();
        let cells = |row: &[String]| row.iter().map(|cell| format!("[{cell}],")).collect::<String>();
        let rows: String = rows.iter().map(|row| cells(row)).collect();
        format!("#table(columns: ({columns}), stroke: (bottom: 0.5pt), table.header({}), {rows})\n\n", cells(head))
    }

    fn boxed(&self, inside: &str) -> String {
        format!("#block(stroke: 1.5pt, radius: 3pt, inset: 8pt, width: 100%, breakable: false)[{inside}]\n\n")
    }

    fn together(&self, inside: &str) -> String {
        format!("#block(breakable: false)[{inside}]\n\n")
    }
}

impl Tongue for Html {
    fn text(&self, text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>")
    }

    fn voice(&self, voice: Voice, inside: &str) -> String {
        match voice {
            Voice::Plain => inside.to_owned(),
            Voice::Bold => format!("<b>{inside}</b>"),
            Voice::Large => format!("<b class=large>{inside}</b>"),
            Voice::Code => format!("<b class=code>{inside}</b>"),
            Voice::Tag => format!("<b class=tag>{inside}</b>"),
            Voice::Badge => format!("<b class=badge>{inside}</b>"),
        }
    }

    fn heading(&self, level: u8, inside: &str, aside: &str) -> String {
        format!("<h{level}>{inside} <span class=aside>{aside}</span></h{level}>")
    }

    fn paragraph(&self, inside: &str) -> String {
        format!("<p>{inside}</p>")
    }

    fn list(&self, numbered: bool, items: &[String]) -> String {
        let items: String = items.iter().map(|item| format!("<li>{item}</li>")).collect();
        if numbered { format!("<ol>{items}</ol>") } else { format!("<ul>{items}</ul>") }
    }

    fn table(&self, weights: &[u16], head: &[String], rows: &[Vec<String>]) -> String {
        let all: u16 = (0..head.len()).map(|at| weights.get(at).copied().unwrap_or(1)).sum();
        let width = |at: usize| 100 * weights.get(at).copied().unwrap_or(1) / all.max(1);
        let head: String =
            head.iter().enumerate().map(|(at, cell)| format!("<th style='width:{}%'>{cell}</th>", width(at))).collect();
        let row = |row: &Vec<String>| row.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>();
        let rows: String = rows.iter().map(|cells| format!("<tr>{}</tr>", row(cells))).collect();
        format!("<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    }

    fn boxed(&self, inside: &str) -> String {
        format!("<div class=boxed>{inside}</div>")
    }

    fn together(&self, inside: &str) -> String {
        format!("<div class=together>{inside}</div>")
    }
}

/// The document as a Typst source.
pub fn typst(document: &Document) -> String {
    let meta = &document.meta;
    let line = |text: &str| Typst.text(text);
    format!(
        "#set page(paper: \"a4\", margin: 20mm, header: [{} #h(1fr) {} \\ {} #h(1fr) {} #line(length: 100%)], \
         footer: context [#line(length: 100%) {} #h(1fr) Page #counter(page).display(\"1 of 1\", both: true) \\ {}])\n\
         #set text(font: \"Liberation Sans\", size: {}pt, lang: \"en\", region: \"GB\", hyphenate: false)\n#set par(justify: false)\n{}",
        line(&meta.identifiers.name),
        line(&meta.identifiers.number),
        line(&meta.identifiers.born),
        line(&meta.copy),
        line(&format!("{} {}", meta.version, meta.trust.name)),
        line(&meta.made),
        meta.size.points(),
        blocks(&Typst, &document.blocks)
    )
}

/// The document as a page of HTML for print.
pub fn html(document: &Document) -> String {
    let meta = &document.meta;
    let said = |text: &str| quoted(text, "\\a ");
    format!(
        "<!doctype html><html lang=en-GB><meta charset=utf-8><style>@page {{ size: A4; margin: 32mm 20mm 30mm;
         @top-left {{ content: {}; white-space: pre; }} @top-right {{ content: {}; white-space: pre; }}
         @bottom-left {{ content: {}; white-space: pre; }} @bottom-right {{ content: 'Page ' counter(page) ' of ' counter(pages); }} }}
         body {{ font: {}pt/1.4 'Liberation Sans'; }} h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.2em; }} h3 {{ font-size: 1em; }}
         .aside {{ float: right; }} .large {{ font-size: 1.17em; }} .tag {{ background: #000; color: #fff; }}
         .badge {{ border: 1px solid; }} .boxed {{ border: 2px solid; border-radius: 4px; padding: 8pt; break-inside: avoid; }}
         .together {{ break-inside: avoid; }} table {{ width: 100%; border-collapse: collapse; table-layout: fixed; }}
         td, th {{ text-align: left; border-bottom: 1px solid; vertical-align: top; }}</style><body>{}",
        said(&format!("{}\n{}", meta.identifiers.name, meta.identifiers.born)),
        said(&format!("{}\n{}", meta.identifiers.number, meta.copy)),
        said(&format!("{} {}\n{}", meta.version, meta.trust.name, meta.made)),
        meta.size.points(),
        blocks(&Html, &document.blocks)
    )
}

fn blocks(tongue: &impl Tongue, all: &[Block]) -> String {
    all.iter().map(|block| self::block(tongue, block)).collect()
}

fn block(tongue: &impl Tongue, block: &Block) -> String {
    let said =
        |text: &Text| -> String { text.0.iter().map(|span| tongue.voice(span.voice, &tongue.text(&span.text))).collect() };
    match block {
        Block::Title { title, lines, aside } => {
            let under: String = lines.iter().map(|line| tongue.paragraph(&said(line))).collect();
            let aside: String = aside.iter().map(|line| tongue.paragraph(&tongue.text(line))).collect();
            tongue.heading(1, &tongue.text(title), "") + &under + &aside
        }
        Block::Heading { level, text, score } => {
            let level = match level {
                Level::One => 1,
                Level::Two => 2,
                Level::Three => 3,
            };
            let score = score.as_ref().map(|score| tongue.text(&score.words)).unwrap_or_default();
            tongue.heading(level, &tongue.text(text), &score)
        }
        Block::Paragraph(text) => tongue.paragraph(&said(text)),
        // What is for a pen is on no paper that is measured; its words are enough.
        Block::Ticks(ticks) => tongue.list(false, &ticks.rows.iter().map(said).collect::<Vec<_>>()),
        Block::Blanks(blanks) => {
            let words = blanks.iter().filter_map(|blank| match blank {
                Blank::Line(words) | Blank::Cells { words, .. } => Some(tongue.text(words)),
                Blank::Lines(_) => None,
            });
            tongue.list(false, &words.collect::<Vec<_>>())
        }
        Block::List { numbered, items } => tongue.list(*numbered, &items.iter().map(said).collect::<Vec<_>>()),
        Block::Table(table) => {
            let head: Vec<_> = table.head.iter().map(|cell| tongue.text(cell)).collect();
            let rows: Vec<Vec<_>> = table.rows.iter().map(|row| row.iter().map(said).collect()).collect();
            tongue.table(&table.weights, &head, &rows)
        }
        Block::KeyValues(facts) => {
            let rows: Vec<_> = facts.iter().map(|fact| vec![tongue.text(&fact.key), said(&fact.value)]).collect();
            tongue.table(&[30, 70], &[String::new(), String::new()], &rows)
        }
        Block::Boxed { title, blocks: inside } => {
            tongue.boxed(&(tongue.heading(2, &tongue.text(title), "") + &blocks(tongue, inside)))
        }
        Block::Together(inside) => tongue.together(&blocks(tongue, inside)),
        Block::Signatures(lines) => {
            lines.iter().map(|line| tongue.paragraph(&tongue.text(&format!("{} {}", line.who, line.date)))).collect()
        }
        Block::Spacer => tongue.paragraph(""),
    }
}

/// A string as both languages quote it; they differ in how they write a line end.
fn quoted(text: &str, line_end: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', line_end))
}
