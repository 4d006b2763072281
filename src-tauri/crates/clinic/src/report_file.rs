//! A report as the bytes of a file: CSV that no spreadsheet takes for a formula, or JSON. Whose events they are stands in it only when
//! that was asked for.

use domain::nhs_number::NhsNumber;
use domain::patient::Patient;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::report_view::{ConcernFigures, FiguresView, PointFigures, ReportFormat};

/// Columns that say whose an event is.
const PERSON: [&str; 5] = ["nhs_number", "hospital_number", "family", "given", "born"];

/// What a file of figures says of itself: what each of two of them hides may be worked out of both.
const FIGURES_NOTE: &str =
    "Do not subtract the figures of two periods from each other: the difference could name somebody.";

/// A table of text, with what stands in its head.
pub(crate) struct Table {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// One event on its way into a file.
pub(crate) struct EventRow<'a> {
    pub on: Date,
    pub cells: Vec<String>,
    pub patient: &'a Patient,
}

impl Table {
    /// Numbers the rows and says whose each is, when it is to be said; in the order of their days and codes, which tells nothing of the
    /// patients.
    pub fn numbered(columns: &[&'static str], mut rows: Vec<EventRow<'_>>, identified: bool) -> Table {
        rows.sort_by(|one, other| (one.on, &one.cells).cmp(&(other.on, &other.cells)));
        let mut head = vec!["row"];
        head.extend(PERSON.iter().filter(|_| identified));
        head.extend(columns);
        let line = |(number, row): (usize, EventRow<'_>)| {
            let mut line = vec![number.to_string()];
            line.extend(person(row.patient).into_iter().filter(|_| identified));
            line.extend(row.cells);
            line
        };
        Table { columns: head, rows: (1..).zip(rows).map(line).collect() }
    }

    /// The figures of a team, one number a row, and last what must not be done with them.
    pub fn figures(figures: &FiguresView) -> Table {
        let mut rows = Vec::new();
        let mut add =
            |figure: &str, of: &str, number: String| rows.push(vec![figure.to_owned(), of.to_owned(), number]);
        let number = |number: Option<u32>| number.map_or_else(|| "hidden".to_owned(), |number| number.to_string());
        for PointFigures { point, offered, completed, planned, without_concern } in &figures.points {
            let at = point.map_or("all", |point| point.code());
            add("offered", at, number(*offered));
            add("completed", at, number(*completed));
            add("planned", at, number(*planned));
            add("without_concern", at, number(*without_concern));
        }
        for ConcernFigures { text, patients, median_change, scored_again } in &figures.concerns {
            add("raised_by", text, patients.to_string());
            add("scored_again_by", text, number(*scored_again));
            let change = median_change.map_or_else(|| "hidden".to_owned(), |change| change.to_string());
            add("median_change", text, change);
        }
        add("note", "all", FIGURES_NOTE.to_owned());
        Table { columns: vec!["figure", "of", "number"], rows }
    }

    /// The bytes of the file. CSV follows RFC 4180 in UTF-8; only where something beyond ASCII stands in it, it begins with the mark by
    /// which spreadsheets know that, because programs that read codes and days stumble over it.
    pub fn bytes(&self, format: ReportFormat, about: Map<String, Value>) -> Vec<u8> {
        match format {
            ReportFormat::Csv => self.csv().into_bytes(),
            ReportFormat::Json => {
                let row = |row: &Vec<String>| -> Value {
                    let cells = self.columns.iter().zip(row);
                    cells.map(|(column, cell)| ((*column).to_owned(), json!(cell))).collect::<Map<_, _>>().into()
                };
                let mut whole = about;
                whole.insert("rows".to_owned(), self.rows.iter().map(row).collect());
                let mut text = format!("{:#}", Value::from(whole));
                text.push('\n');
                text.into_bytes()
            }
        }
    }

    fn csv(&self) -> String {
        let mut text = self.columns.join(",") + "\r\n";
        for row in &self.rows {
            text.push_str(&row.iter().map(|cell| safe(cell)).collect::<Vec<_>>().join(","));
            text.push_str("\r\n");
        }
        if text.is_ascii() { text } else { format!("\u{feff}{text}") }
    }
}

/// One cell of a CSV file. What a spreadsheet would work out gets an apostrophe before it, by which it is text; a number is none.
fn safe(cell: &str) -> String {
    let number = |digits: &str| digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok();
    let negative = cell.strip_prefix('-').is_some_and(number);
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !negative;
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if formula || cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn person(patient: &Patient) -> [String; 5] {
    [
        patient.nhs_number.as_ref().map(NhsNumber::digits).unwrap_or_default(),
        patient.hospital_number.clone(),
        patient.name.family.clone(),
        patient.name.given.clone(),
        patient.born.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_worked_out_by_a_spreadsheet() {
        for (cell, written) in [
            ("=1+1", "\"'=1+1\""),
            ("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""),
            ("-2+3", "\"'-2+3\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("-2.5", "-2.5"),
            ("-inf", "\"'-inf\""),
            ("-2e", "\"'-2e\""),
            ("Invented, \"Ann\"", "\"Invented, \"\"Ann\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("O’Fiction", "O’Fiction"),
            ("", ""),
        ] {
            assert_eq!(safe(cell), written);
        }
    }

    #[test]
    fn only_a_file_with_more_than_ascii_begins_with_the_mark() {
        let table = |cell: &str| Table { columns: vec!["family"], rows: vec![vec![cell.to_owned()]] };
        assert_eq!(table("Invented").csv(), "family\r\nInvented\r\n");
        assert_eq!(table("Łęcka").csv(), "\u{feff}family\r\nŁęcka\r\n");
    }
}
