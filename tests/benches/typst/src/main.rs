//! Typst as it is quickest: one process, its standard library and the two typefaces loaded once, its memory of earlier layouts kept
//! as `typst watch` keeps it. A line in names a source file; a line out says how many milliseconds its PDF took, and its bytes.

use std::io::{BufRead, Write};
use std::time::Instant;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// How many documents ago a remembered layout may have been used: what `typst watch` gives.
const REMEMBERED: usize = 10;

struct Paper {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let faces: [&[u8]; 2] = [
        include_bytes!("../../../../assets/fonts/LiberationSans-Regular.ttf"),
        include_bytes!("../../../../assets/fonts/LiberationSans-Bold.ttf"),
    ];
    let fonts: Vec<Font> = faces.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    let main = RootedPath::new(VirtualRoot::Project, VirtualPath::new("/main.typ").map_err(|_| "a path")?).intern();
    let mut paper = Paper {
        library: LazyHash::new(Library::builder().build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        source: Source::new(main, String::new()),
    };
    let mut out = std::io::stdout();
    for path in std::io::stdin().lock().lines() {
        let text = std::fs::read_to_string(path?)?;
        let start = Instant::now();
        paper.source = Source::new(main, text);
        let document = typst::compile::<PagedDocument>(&paper).output.map_err(|faults| format!("{faults:?}"))?;
        let pdf =
            typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).map_err(|faults| format!("{faults:?}"))?;
        let took = start.elapsed();
        comemo::evict(REMEMBERED);
        writeln!(out, "{} {}", took.as_secs_f64() * 1000.0, pdf.len())?;
        out.flush()?;
    }
    Ok(())
}
