//! The files themselves: read back by lopdf and by the tools that others use, and compared with the layout and with each other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod kit;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use documents::*;
use kit::*;
use lopdf::Object;

fn file(name: &str, document: &Document) -> PathBuf {
    let path = scratch(&format!("{name}.pdf"));
    std::fs::write(&path, pdf(&lay_out(document).unwrap()).unwrap()).unwrap();
    path
}

/// Runs a tool on a file; a missing tool or a failure fails the test.
fn tool(program: &str, before: &[&str], path: &PathBuf, after: &[&str]) -> String {
    let output =
        Command::new(program).args(before).arg(path).args(after).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{program}: {text} {}", String::from_utf8_lossy(&output.stderr));
    text
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap_or_else(|_| object.as_i64().unwrap() as f32)
}

/// Code to text, and code to width in thousandths of the size.
type Declared = (BTreeMap<u16, char>, BTreeMap<u16, f32>);

/// What the file itself declares about each of its faces.
fn declared(file: &lopdf::Document) -> BTreeMap<String, Declared> {
    let page = *file.get_pages().values().next().unwrap();
    let mut out = BTreeMap::new();
    for (name, font) in file.get_page_fonts(page).unwrap() {
        let map = file.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
        let map = String::from_utf8(map.as_stream().unwrap().decompressed_content().unwrap()).unwrap();
        let mut texts = BTreeMap::new();
        for line in map.lines().filter(|line| line.starts_with('<') && line.contains("> <") && !line.contains("FFFF>"))
        {
            let (code, text) = line.split_once("> <").unwrap();
            let text = u32::from_str_radix(text.trim_end_matches('>'), 16).unwrap();
            texts.insert(u16::from_str_radix(code.trim_start_matches('<'), 16).unwrap(), char::from_u32(text).unwrap());
        }
        let inner = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
        let mut widths = BTreeMap::new();
        let list = inner.get(b"W").unwrap().as_array().unwrap();
        for pair in list.chunks(2) {
            for (offset, width) in pair[1].as_array().unwrap().iter().enumerate() {
                widths.insert(
                    u16::try_from(pair[0].as_i64().unwrap()).unwrap() + u16::try_from(offset).unwrap(),
                    number(width),
                );
            }
        }
        out.insert(String::from_utf8(name).unwrap(), (texts, widths));
    }
    out
}

/// x, y from the top, size, bold, text of each run, and the length that the file gives it.
type Shown = (f32, f32, f32, bool, String, f32);

fn shown_in_pdf(bytes: &[u8]) -> Vec<Vec<Shown>> {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let fonts = declared(&file);
    let mut pages = Vec::new();
    for page in file.get_pages().into_values() {
        let content = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
        let (mut font, mut size, mut at) = (String::new(), 0.0, (0.0, 0.0));
        let mut runs = Vec::new();
        for operation in content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => {
                    font = String::from_utf8(operands[0].as_name().unwrap().to_vec()).unwrap();
                    size = number(&operands[1]);
                }
                "Tm" => at = (number(&operands[4]), number(&operands[5])),
                "Tj" => {
                    let (texts, widths) = &fonts[&font];
                    let codes: Vec<u16> =
                        operands[0].as_str().unwrap().chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
                    let text = codes.iter().map(|code| texts[code]).collect();
                    let width: f32 = codes.iter().map(|code| widths[code]).sum::<f32>() * size / 1000.0;
                    runs.push((at.0, 841.89 - at.1, size, font == "HFBOLD", text, width));
                }
                "TJ" | "'" | "\"" => panic!("text shown by {}", operation.operator),
                _ => {}
            }
        }
        pages.push(runs);
    }
    pages
}

fn shown_in_svg(page: &str) -> Vec<Shown> {
    let attribute = |tag: &str, name: &str| -> Option<f32> {
        tag.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest.split('"').next().unwrap().parse().unwrap())
    };
    let plain = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
            .replace('\u{a0}', " ")
    };
    page.split("<text")
        .skip(1)
        .map(|rest| {
            let (tag, rest) = rest.split_once('>').unwrap();
            let text = plain(rest.split("</text>").next().unwrap());
            let at = |name: &str| attribute(tag, name).unwrap();
            (
                at("x"),
                at("y"),
                at("font-size"),
                tag.contains("font-weight=\"700\""),
                text,
                attribute(tag, "textLength").unwrap_or(0.0),
            )
        })
        .collect()
}

/// Every x and y (from the top) of every path on each page of the file.
fn drawn_in_pdf(bytes: &[u8]) -> Vec<Vec<f32>> {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let page = |page| {
        let content = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
        let paths = content.operations.into_iter().filter(|op| ["m", "l", "c"].contains(&op.operator.as_str()));
        let points = paths.flat_map(|op| op.operands.iter().map(number).collect::<Vec<_>>());
        points.enumerate().map(|(index, n)| if index % 2 == 1 { 841.89 - n } else { n }).collect()
    };
    file.get_pages().into_values().map(page).collect()
}

fn drawn_in_svg(page: &str) -> Vec<f32> {
    let paths = page.split("<path d=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    paths
        .flat_map(|path| path.split(|c: char| c.is_ascii_alphabetic() || c == ' ').filter(|part| !part.is_empty()))
        .map(|part| part.parse().unwrap())
        .collect()
}

#[test]
fn both_sinks_draw_the_shapes_of_the_layout_and_nothing_else() {
    let mut marked = gp_summary();
    marked.meta.watermark = Some("DRAFT".to_owned());
    for document in [sample_plan(), marked] {
        let laid = lay_out(&document).unwrap();
        let (pdf, svg) = (drawn_in_pdf(&pdf(&laid).unwrap()), svg(&laid));
        for ((page, pdf), svg) in laid.pages.iter().zip(pdf).zip(svg) {
            let meant: Vec<f32> = page.shapes.iter().flat_map(points).collect();
            assert!(meant.len() > 50);
            for shown in [pdf, drawn_in_svg(&svg)] {
                assert_eq!(shown.len(), meant.len());
                assert!(shown.iter().zip(&meant).all(|(shown, meant)| (shown - meant).abs() < 0.02));
            }
        }
    }
}

fn hostile() -> Document {
    let mut document = document(vec![
        paragraph("<script>alert('x')</script> & \"quotes\" ]]> <!-- -->"),
        paragraph(") Tj ET (more \\) \\( \\\\ % comment << /JS (x) >> endstream endobj"),
        heading("</text></svg> {page} of {pages} {part} 100% \\n"),
        list(&["£118.75 ’quoted’ café Gŵyn Łukasz ŷ ł Ŷ “x” – µ"]),
    ]);
    document.meta.identifiers.name = "O'<b>BRIEN\\</b>), \"Zoë\" (Ms)".to_owned();
    document.meta.title = ") /JS (x) é’".to_owned();
    document
}

#[test]
fn both_sinks_show_the_runs_of_the_layout_and_nothing_else() {
    for document in [sample_plan(), gp_summary(), sized(sample_plan(), 24), hostile()] {
        let laid = lay_out(&document).unwrap();
        let (pdf, svg) = (shown_in_pdf(&pdf(&laid).unwrap()), svg(&laid));
        assert_eq!((pdf.len(), svg.len()), (laid.pages.len(), laid.pages.len()));
        for ((page, pdf), svg) in laid.pages.iter().zip(pdf).zip(svg) {
            let svg = shown_in_svg(&svg);
            assert_eq!((page.runs.len(), page.runs.len()), (pdf.len(), svg.len()));
            for ((run, pdf), svg) in page.runs.iter().zip(pdf).zip(svg) {
                for (sink, shown) in [("pdf", pdf), ("svg", svg)] {
                    let near = |a: f32, b: f32| (a - b).abs() < 0.02;
                    assert!(
                        near(shown.0, run.x) && near(shown.1, run.y) && near(shown.2, run.size),
                        "{sink} {shown:?} {run:?}"
                    );
                    assert_eq!((shown.3, &shown.4), (run.bold, &run.text), "{sink}");
                    assert!(near(shown.5, run.width) || run.text.chars().count() == 1, "{sink} {shown:?} {run:?}");
                }
            }
        }
    }
}

#[test]
fn other_programs_find_nothing_wrong_with_the_file() {
    let mut draft = sized(gp_summary(), 18);
    draft.meta.watermark = Some("DRAFT".to_owned());
    for (name, document) in
        [("care", sample_plan()), ("summary", gp_summary()), ("draft", draft), ("hostile", hostile())]
    {
        let path = file(name, &document);
        let said = tool("qpdf", &["--check"], &path, &[]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        let properties = tool("pdfinfo", &[], &path, &[]);
        let value = |key: &str| {
            let line = properties
                .lines()
                .find(|line| line.starts_with(key))
                .unwrap_or_else(|| panic!("{key} in {properties}"));
            line.split_once(':').unwrap().1.trim().to_owned()
        };
        assert_eq!(value("Title"), document.meta.title);
        assert_eq!(value("Author"), "Ruth Adeyemi");
        assert_eq!(value("JavaScript"), "no");
        assert_eq!(value("Form"), "none");
        assert_eq!(value("Page size"), "595.28 x 841.89 pts (A4)");
        assert_eq!(value("Pages"), lay_out(&document).unwrap().pages.len().to_string());
        let fonts = tool("pdffonts", &[], &path, &[]);
        for line in fonts.lines().skip(2) {
            let columns: Vec<&str> = line.split_whitespace().rev().collect();
            // From the right: object, generation, unicode, subset, embedded.
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{fonts}");
        }
        assert_eq!(fonts.lines().count(), 4, "{fonts}");
    }
}

#[test]
fn pdftotext_gives_every_letter_back_and_the_identifiers_on_every_page() {
    let path = file("text", &sample_plan());
    let text = tool("pdftotext", &["-layout"], &path, &["-"]);
    for part in ["£118.75", "They’ve", "café", "Gŵyn Lłoyd", "“Biscuit", "•", "8 out of 10", "020 7946 0112"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    for (index, page) in text.split('\u{c}').filter(|page| !page.is_empty()).enumerate() {
        for part in [
            "OKONKWO-BELL, Samuel (Mr)",
            "Born 2 March 1961",
            "NHS No. 999 000 0026",
            "Patient copy",
            "Care plan, version 1",
        ] {
            assert!(page.contains(part), "{part} on page {index}");
        }
        assert!(page.contains(&format!("Page {} of 2", index + 1)));
    }
    let path = file("hostile-text", &hostile());
    let text = squeezed(&tool("pdftotext", &["-layout"], &path, &["-"]));
    for part in [
        "<script>alert('x')</script> & \"quotes\" ]]> <!-- -->",
        "\\) \\( \\\\ % comment",
        "ŷ ł Ŷ “x” – µ",
        "{page} of {pages}",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn the_watermark_is_seen_but_not_read() {
    let plain = tool("pdftotext", &["-layout"], &file("unmarked", &gp_summary()), &["-"]);
    let mut marked = gp_summary();
    marked.meta.watermark = Some("DRAFT".to_owned());
    let text = tool("pdftotext", &["-layout"], &file("marked", &marked), &["-"]);
    assert_eq!(squeezed(&text).replace("DRAFT · ", ""), squeezed(&plain));
    assert_eq!(text.matches("DRAFT").count(), 2);
    let laid = lay_out(&marked).unwrap();
    for page in &laid.pages {
        assert!(matches!(page.shapes[0].paint, Paint::Fill(grey) if grey > 0.8));
    }
    marked.meta.watermark = Some("ÉBAUCHE".to_owned());
    assert_eq!(lay_out(&marked), Err(Error::NoGlyph { character: 'É', place: Place::Meta }));
}

#[test]
fn the_file_holds_nothing_active_and_no_way_out() {
    for document in [sample_plan(), hostile()] {
        let file = lopdf::Document::load_mem(&pdf(&lay_out(&document).unwrap()).unwrap()).unwrap();
        for object in file.objects.values() {
            let dictionary = match object {
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            for key in [
                "JS",
                "JavaScript",
                "AA",
                "OpenAction",
                "Annots",
                "A",
                "URI",
                "AcroForm",
                "EmbeddedFiles",
                "Launch",
                "AF",
            ] {
                assert!(!dictionary.has(key.as_bytes()), "{key} in {dictionary:?}");
            }
        }
        assert_eq!(file.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_also_at_the_same_time() {
    let first = pdf(&lay_out(&sample_plan()).unwrap()).unwrap();
    let same: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| pdf(&lay_out(&sample_plan()).unwrap()).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(same.iter().all(|bytes| *bytes == first));
    let mut other = sample_plan();
    other.meta.marks.file_id = *b"another document";
    assert_ne!(pdf(&lay_out(&other).unwrap()).unwrap(), first);
    let file = lopdf::Document::load_mem(&first).unwrap();
    let properties = file.get_object(file.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let made = properties.as_dict().unwrap().get(b"CreationDate").unwrap().as_str().unwrap();
    assert_eq!(made, b"D:20261123103100+00'00'");
}

#[test]
fn the_preview_is_escaped_and_has_no_script_style_or_link() {
    for page in svg(&lay_out(&hostile()).unwrap()) {
        for part in ["<script", "style=", "href", "<style", " on", "url("] {
            assert!(!page.replace(" on the", "").contains(part), "{part}");
        }
        assert!(page.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 595.28 841.89\" role=\"img\" aria-label=\"Page 1 of 1\">"));
        assert_eq!((page.matches("<svg").count(), page.matches("</svg>").count()), (1, 1));
    }
}

#[test]
fn a_subset_is_small() {
    let bytes = pdf(&lay_out(&sample_plan()).unwrap()).unwrap();
    // Both faces whole would be 800 thousand bytes.
    assert!(bytes.len() < 60_000, "{}", bytes.len());
}
