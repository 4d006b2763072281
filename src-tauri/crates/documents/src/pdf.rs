//! The laid-out pages as a PDF file: embedded subsets of both faces, text that can be searched and copied, nothing active.
//!
//! Decides nothing about the pages. The same pages give the same bytes: dates and the file's identifier come in with them.

use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    Color, FontId, Greyscale, Line, LinePoint, OffsetDateTime, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, PdfWarnMsg, Point, Polygon, PolygonRing, Pt, Rect, TextItem, TextMatrix, WindingOrder,
};

use crate::error::Error;
use crate::fonts::{Faces, faces};
use crate::layout::{Ink, Laid, PAGE_HEIGHT, PAGE_WIDTH, Page, Paint, Run, Shape, Step};

/// Names of the faces within the file; their first six letters mark a subset, so they are capitals.
const REGULAR: &str = "HFSANS";
const BOLD: &str = "HFBOLD";

/// Writes the pages as a PDF file.
pub fn pdf(laid: &Laid) -> Result<Vec<u8>, Error> {
    let faces = faces()?;
    let mut document = PdfDocument::new(&laid.title);
    let made = OffsetDateTime::from_unix_timestamp(laid.marks.made_at.div_euclid(1000))
        .map_err(|fault| Error::Pdf(fault.to_owned()))?;
    let properties = &mut document.metadata.info;
    properties.creation_date = made;
    properties.modification_date = made;
    properties.metadata_date = made;
    properties.author.clone_from(&laid.author);
    properties.creator = "Holdfast".to_owned();
    properties.producer = "printpdf".to_owned();
    add_faces(&mut document, faces);
    document.pages = laid.pages.iter().map(page).collect();

    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: true, subset_fonts: true, secure: true, image_optimization: None };
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(PdfWarnMsg { msg, .. }) = warnings.first() {
        return Err(Error::Pdf(msg.clone()));
    }
    finish(&mut file, laid)?;
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|fault| Error::Pdf(fault.kind().to_string()))?;
    Ok(bytes)
}

fn add_faces(document: &mut PdfDocument, faces: &Faces) {
    for (name, face) in [(REGULAR, &faces.regular), (BOLD, &faces.bold)] {
        document.resources.fonts.map.insert(FontId(name.to_owned()), PdfFont::new(face.parsed.clone()));
    }
}

/// What printpdf leaves at random or empty: the file's identifier, the language, the properties of other standards.
fn finish(file: &mut lopdf::Document, laid: &Laid) -> Result<(), Error> {
    let fault = |fault: lopdf::Error| Error::Pdf(fault.to_string());
    file.version = "1.7".to_owned();
    let id = Object::String(laid.marks.file_id.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));

    let catalog = file.catalog_mut().map_err(fault)?;
    catalog.set("Lang", Object::string_literal("en-GB"));
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", viewer);

    let properties = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(fault)?;
    let properties = file.get_object_mut(properties).and_then(Object::as_dict_mut).map_err(fault)?;
    for unused in ["GTS_PDFXVersion", "Identifier", "Keywords", "Subject", "Trapped"] {
        properties.remove(unused.as_bytes());
    }
    let pages: Vec<_> = file.get_pages().into_values().collect();
    for page in pages {
        let page = file.get_object_mut(page).and_then(Object::as_dict_mut).map_err(fault)?;
        page.remove(b"Annots");
    }
    Ok(())
}

fn page(page: &Page) -> PdfPage {
    let mut ops = Vec::new();
    let mut fill = None;
    let mut thickness = None;
    for shape in &page.shapes {
        match shape.paint {
            Paint::Fill(grey) if fill != Some(grey) => {
                fill = Some(grey);
                ops.push(Op::SetFillColor { col: level(grey) });
            }
            Paint::Stroke(points) if thickness != Some(points) => {
                thickness = Some(points);
                ops.push(Op::SetOutlineThickness { pt: Pt(points) });
            }
            _ => {}
        }
        ops.push(drawn(shape));
    }
    ops.push(Op::StartTextSection);
    let mut look = None;
    for run in &page.runs {
        if look != Some((run.bold, run.size)) {
            look = Some((run.bold, run.size));
            let font = PdfFontHandle::External(FontId(if run.bold { BOLD } else { REGULAR }.to_owned()));
            ops.push(Op::SetFont { font, size: Pt(run.size) });
        }
        let grey = match run.ink {
            Ink::Black => 0.0,
            Ink::White => 1.0,
        };
        if fill != Some(grey) {
            fill = Some(grey);
            ops.push(Op::SetFillColor { col: level(grey) });
        }
        ops.extend(shown(run));
    }
    ops.push(Op::EndTextSection);
    let sheet = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

fn shown(run: &Run) -> [Op; 2] {
    [
        Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(run.x), Pt(upwards(run.y))) },
        Op::ShowText { items: vec![TextItem::Text(run.text.clone())] },
    ]
}

fn drawn(shape: &Shape) -> Op {
    let mut rings: Vec<PolygonRing> = Vec::new();
    let mut points = Vec::new();
    let mut closed = false;
    for step in &shape.path {
        match *step {
            Step::Move(x, y) => points = vec![point(x, y, false)],
            Step::Line(x, y) => points.push(point(x, y, false)),
            Step::Curve([a, b, c, d, e, f]) => {
                points.extend([point(a, b, true), point(c, d, true), point(e, f, false)])
            }
            Step::Close => {
                closed = true;
                rings.push(PolygonRing { points: std::mem::take(&mut points) });
            }
        }
    }
    if closed {
        let mode = match shape.paint {
            Paint::Fill(_) => PaintMode::Fill,
            Paint::Stroke(_) => PaintMode::Stroke,
        };
        Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order: WindingOrder::NonZero } }
    } else {
        Op::DrawLine { line: Line { points, is_closed: false } }
    }
}

fn point(x: f32, y: f32, bezier: bool) -> LinePoint {
    LinePoint { p: Point { x: Pt(x), y: Pt(upwards(y)) }, bezier }
}

fn level(grey: f32) -> Color {
    Color::Greyscale(Greyscale::new(grey, None))
}

/// PDF measures from the bottom of the page; rounded, because the difference of two rounded lengths need not be.
fn upwards(y: f32) -> f32 {
    ((PAGE_HEIGHT - y) * 100.0).round() / 100.0
}
