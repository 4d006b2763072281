//! `pdf`: a document made into the bytes that are printed, against Typst as a library and against WeasyPrint.
//!
//! Ours is the whole way from the record: words, layout, PDF. The opponents get the same document, part by part, in their own language
//! (`markup.rs`), made before the clock starts; both stay running with fonts and libraries loaded. Every turn is another patient, so
//! that nobody's memory of the last document stands in for work. The three take turns; the worst document counts.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use documents::Document;
use holdfast_benches::papers::{PAPERS, paper};
use holdfast_benches::{figure, markup, percentile};

const TURNS: u32 = 40;
const WARM_UP: u32 = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut typst = Opponent::start(Command::new(typst()?))?;
    let mut weasyprint = Opponent::start(weasyprint()?)?;
    let (mut worst_typst, mut least_weasyprint) = (Worst::default(), Worst::default());
    for name in PAPERS {
        let (mut ours, mut typsts, mut weasyprints) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..WARM_UP + TURNS {
            let (our_time, document, bytes) = make(name, turn)?;
            let typst_time = typst.make(folder.path(), "turn.typ", &markup::typst(&document))?;
            let weasyprint_time = weasyprint.make(folder.path(), "turn.html", &markup::html(&document))?;
            if turn >= WARM_UP {
                ours.push(our_time);
                typsts.push(typst_time);
                weasyprints.push(weasyprint_time);
            } else if turn == 0 {
                eprintln!("{name}: ours has {bytes} bytes");
            }
        }
        let median = |times: &[f64]| percentile(times, 50.0).ok_or("nothing was measured");
        let (our, typst, weasyprint) = (median(&ours)?, median(&typsts)?, median(&weasyprints)?);
        eprintln!("{name}: {our:.2} ms, Typst {typst:.2} ms, WeasyPrint {weasyprint:.1} ms");
        worst_typst.more(our / typst, name);
        least_weasyprint.less(weasyprint / our, name);
    }
    let said = |worst: &Worst, who: &str| format!("{who}, same document, turn by turn; worst: {}", worst.document);
    let library = "Typst 0.15 library, warm, cache kept as typst watch does";
    figure("pdf", "ratio_typst_p50", worst_typst.value, 1.15, &said(&worst_typst, library));
    let interpreter = "WeasyPrint 70, one warm interpreter";
    let figures = &said(&least_weasyprint, interpreter);
    figure("pdf", "weasyprint_times_slower_p50", least_weasyprint.value, 20.0, figures);
    Ok(())
}

/// One turn of ours: milliseconds, the document and how many bytes it came to.
fn make(name: &str, turn: u32) -> Result<(f64, Document, usize), Box<dyn std::error::Error>> {
    let record = paper(name, turn);
    let start = Instant::now();
    let document = record.document()?;
    let pdf = documents::pdf(&documents::lay_out(&document)?)?;
    Ok((start.elapsed().as_secs_f64() * 1000.0, document, pdf.len()))
}

#[derive(Default)]
struct Worst {
    value: f64,
    document: String,
}

impl Worst {
    fn more(&mut self, value: f64, document: &str) {
        if self.document.is_empty() || value > self.value {
            *self = Worst { value, document: document.to_owned() };
        }
    }

    fn less(&mut self, value: f64, document: &str) {
        if self.document.is_empty() || value < self.value {
            *self = Worst { value, document: document.to_owned() };
        }
    }
}

/// A program that makes the file named on a line of its input and answers how long that took.
struct Opponent {
    child: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Opponent {
    fn start(mut command: Command) -> Result<Opponent, Box<dyn std::error::Error>> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let asks = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().ok_or("no answers")?);
        Ok(Opponent { child, asks, answers })
    }

    fn make(&mut self, folder: &Path, file: &str, text: &str) -> Result<f64, Box<dyn std::error::Error>> {
        let path = folder.join(file);
        std::fs::write(&path, text)?;
        let asks = self.asks.as_mut().ok_or("it has ended")?;
        writeln!(asks, "{}", path.display())?;
        asks.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let took = line.split_whitespace().next().ok_or("an opponent could not make the document")?;
        Ok(took.parse()?)
    }
}

impl Drop for Opponent {
    fn drop(&mut self) {
        // Without input it ends by itself.
        self.asks = None;
        let _ended = self.child.wait();
    }
}

/// Builds the Typst opponent as the product is built, and answers where it is.
fn typst() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let opponent = std::env::current_exe()?.with_file_name("typst-opponent");
    let target = opponent.ancestors().nth(2).ok_or("a folder of builds")?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--package", "typst-opponent", "--target-dir"]).arg(target);
    if !cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status()?.success() {
        return Err("the Typst opponent does not build".into());
    }
    Ok(opponent)
}

/// WeasyPrint in an environment of its own beside the build, installed when it is not there.
fn weasyprint() -> Result<Command, Box<dyn std::error::Error>> {
    let home = std::env::current_exe()?.with_file_name("weasyprint-70.0");
    let python = home.join("bin/python");
    if !home.join("ready").is_file() {
        let run = |command: &mut Command| -> Result<(), Box<dyn std::error::Error>> {
            // Its words must not stand among the figures.
            let ended = command.stdout(Stdio::null()).status()?;
            if ended.success() { Ok(()) } else { Err("WeasyPrint could not be installed".into()) }
        };
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "weasyprint==70.0"]))?;
        std::fs::write(home.join("ready"), "")?;
    }
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("weasyprint_opponent.py"));
    Ok(command)
}
