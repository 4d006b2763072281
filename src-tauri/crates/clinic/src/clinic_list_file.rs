//! A clinic list as a file of comma-separated values: what may stand in it, and its rows with the lines they begin on. Who a row is about
//! is not judged here.

use std::iter::Peekable;
use std::str::Chars;

use domain::codes;

/// Most bytes of a file.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Most rows below the line with the names of the columns.
pub const MOST_ROWS: usize = 10_000;
/// Most cells of a line.
const MOST_CELLS: usize = 200;

codes! {
    /// Why a file is not taken as a whole; nothing of it is then on any list.
    ListFault {
        Unreadable = "unreadable",
        TooLarge = "too_large",
        /// Bytes that are no UTF-8 and no UTF-16 with its mark.
        Encoding = "encoding",
        Empty = "empty",
        MissingColumn = "missing_column",
        /// Two columns have the same meaning.
        ColumnTwice = "column_twice",
        TooManyRows = "too_many_rows",
        /// A quotation mark is opened and not closed on its line. Were the lines below it read on as the same cell, people would
        /// be lost from the list, and their names would stand in somebody else's row.
        OpenQuote = "open_quote",
        NoRows = "no_rows",
    }
}

codes! {
    /// What a column is about.
    ListColumn {
        On = "on",
        Time = "time",
        NhsNumber = "nhs_number",
        Family = "family",
        Given = "given",
        Born = "born",
        Clinic = "clinic",
        Reason = "reason",
        Nurse = "nurse",
    }
}

impl ListColumn {
    fn needed(self) -> bool {
        !matches!(self, ListColumn::Clinic | ListColumn::Reason | ListColumn::Nurse)
    }

    /// The names under which hospital systems write it, in letters and digits alone.
    fn names(self) -> &'static [&'static str] {
        match self {
            ListColumn::On => &["date", "day", "clinicdate", "appointmentdate", "apptdate"],
            ListColumn::Time => &["time", "start", "starttime", "appointmenttime", "appttime", "clinictime"],
            ListColumn::NhsNumber => &["nhsnumber", "nhsno", "nhs"],
            ListColumn::Family => &["familyname", "family", "surname", "lastname"],
            ListColumn::Given => {
                &["givenname", "givennames", "given", "firstname", "firstnames", "forename", "forenames"]
            }
            ListColumn::Born => &["dateofbirth", "birthdate", "born", "dob"],
            ListColumn::Clinic => &["clinic", "clinicname", "cliniccode"],
            ListColumn::Reason => &["reason", "appointmenttype", "appttype", "type", "visittype"],
            ListColumn::Nurse => &["nurse", "clinician", "seenby", "with"],
        }
    }
}

/// Why the file is not taken, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct NotTaken {
    pub fault: ListFault,
    /// Counted from 1.
    pub line: Option<usize>,
    /// With `missing_column` and `column_twice`.
    pub columns: Vec<ListColumn>,
}

impl From<ListFault> for NotTaken {
    fn from(fault: ListFault) -> NotTaken {
        NotTaken { fault, line: None, columns: Vec::new() }
    }
}

/// One row of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    /// None: it has another number of cells than the file has columns, too many, or a quotation mark in the wrong place.
    pub cells: Option<Cells>,
}

/// The cells of the columns that are known, as they stand in the file.
#[derive(Default, PartialEq, Eq)]
pub struct Cells(Vec<(ListColumn, String)>);

impl Cells {
    /// Empty where the file has no such column.
    pub fn get(&self, column: ListColumn) -> String {
        self.0.iter().find(|(known, _)| *known == column).map(|(_, cell)| cell.clone()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cells")
    }
}

/// Reads the rows of a file. Cells stand between commas, semicolons or tabs, whichever the first line has most of; lines without anything
/// in them are none.
pub fn rows(bytes: &[u8]) -> Result<Vec<Row>, NotTaken> {
    let text = text(bytes)?;
    let mut records = Records::of(&text);
    let header = records.next().ok_or(ListFault::Empty)??;
    let columns = columns(&header)?;
    let mut rows = Vec::new();
    for record in records {
        let record = record?;
        if rows.len() >= MOST_ROWS {
            return Err(ListFault::TooManyRows.into());
        }
        let whole = !record.odd && record.cells.len() == columns.len();
        let known = columns.iter().zip(record.cells).filter_map(|(column, cell)| Some(((*column)?, cell)));
        rows.push(Row { line: record.line, cells: whole.then(|| Cells(known.collect())) });
    }
    if rows.is_empty() { Err(ListFault::NoRows.into()) } else { Ok(rows) }
}

fn text(bytes: &[u8]) -> Result<String, NotTaken> {
    if bytes.len() > MOST_BYTES {
        return Err(ListFault::TooLarge.into());
    }
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| odd.is_empty()).ok_or_else(|| NotTaken::from(ListFault::Encoding))
    };
    let text = if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        wide(rest, u16::from_le_bytes)?
    } else if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        wide(rest, u16::from_be_bytes)?
    } else {
        let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
        let wrong = |fault: std::str::Utf8Error| {
            let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            NotTaken { line: Some(line), ..ListFault::Encoding.into() }
        };
        std::str::from_utf8(bytes).map_err(wrong)?.to_owned()
    };
    // A file of something else than text reads as text more often than one thinks.
    if text.contains('\0') { Err(ListFault::Encoding.into()) } else { Ok(text) }
}

fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let often = |c: &char| first.matches(*c).count();
    // Of the same number the last is taken: a comma before the others.
    [';', '\t', ','].into_iter().max_by_key(often).unwrap_or(',')
}

/// The lines of a text that have something in them, read one at a time: what is in a file is never in memory a second time as a whole.
struct Records<'a> {
    text: Peekable<Chars<'a>>,
    between: char,
    /// The line that comes next, counted from 1.
    line: usize,
}

#[derive(Default)]
struct RecordOfCells {
    line: usize,
    /// The first [`MOST_CELLS`].
    cells: Vec<String>,
    /// There is something in one of them.
    filled: bool,
    /// A quotation mark stands where none can, or there are too many cells.
    odd: bool,
}

/// Where in a cell the reading is.
#[derive(PartialEq, Eq)]
enum At {
    Begin,
    Plain,
    /// In quotation marks.
    Quoted,
    /// After a quotation mark within them: a second one is a quotation mark of the text.
    Quote,
}

impl RecordOfCells {
    fn add(&mut self, cell: String) {
        self.filled |= !cell.trim().is_empty();
        if self.cells.len() < MOST_CELLS {
            self.cells.push(cell);
        } else {
            self.odd = true;
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<RecordOfCells, NotTaken>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.text.peek().is_some() {
            match self.record() {
                Ok(record) if !record.filled => {}
                read => return Some(read),
            }
        }
        None
    }
}

impl Records<'_> {
    fn of(text: &str) -> Records<'_> {
        Records { text: text.chars().peekable(), between: separator(text), line: 1 }
    }

    /// One line. No cell goes over its end: nobody writes a name, a date or a clinic in two lines, and a mark that was not closed does.
    fn record(&mut self) -> Result<RecordOfCells, NotTaken> {
        let (mut cell, mut at) = (String::new(), At::Begin);
        let mut record = RecordOfCells { line: self.line, ..RecordOfCells::default() };
        self.line += 1;
        while let Some(c) = self.text.next() {
            match (&at, c) {
                (_, '\n') => break,
                (_, '\r') => {
                    self.text.next_if_eq(&'\n');
                    break;
                }
                (At::Quoted, '"') => at = At::Quote,
                (At::Quoted, c) => cell.push(c),
                (At::Quote, '"') => {
                    cell.push('"');
                    at = At::Quoted;
                }
                (At::Begin, '"') => {
                    cell.clear();
                    at = At::Quoted;
                }
                (_, c) if c == self.between => {
                    record.add(std::mem::take(&mut cell));
                    at = At::Begin;
                }
                (At::Quote, c) if c.is_whitespace() => {}
                (At::Begin, c) if c.is_whitespace() => cell.push(c),
                (before, c) => {
                    record.odd |= c == '"' || matches!(before, At::Quote);
                    cell.push(c);
                    at = At::Plain;
                }
            }
        }
        if at == At::Quoted {
            return Err(NotTaken { line: Some(record.line), ..ListFault::OpenQuote.into() });
        }
        record.add(cell);
        Ok(record)
    }
}

/// What each column of the file is about; None for one that is not known, which nobody needs.
fn columns(header: &RecordOfCells) -> Result<Vec<Option<ListColumn>>, NotTaken> {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let meant = |name: &String| {
        let name = plain(name);
        ListColumn::ALL.iter().copied().find(|column| column.names().contains(&name.as_str()))
    };
    let columns: Vec<_> = header.cells.iter().map(meant).collect();
    let often = |column: &ListColumn| columns.iter().filter(|known| **known == Some(*column)).count();
    let twice: Vec<_> = ListColumn::ALL.iter().copied().filter(|column| often(column) > 1).collect();
    if !twice.is_empty() {
        return Err(NotTaken { line: Some(header.line), columns: twice, ..ListFault::ColumnTwice.into() });
    }
    let missing: Vec<_> = ListColumn::ALL.iter().copied().filter(|one| one.needed() && often(one) == 0).collect();
    if !missing.is_empty() {
        return Err(NotTaken { line: Some(header.line), columns: missing, ..ListFault::MissingColumn.into() });
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Date,Time,NHS No.,Surname,Forename,DOB";

    fn cells(row: &Row) -> Vec<String> {
        let cells = row.cells.as_ref().unwrap();
        ListColumn::ALL.iter().map(|column| cells.get(*column)).filter(|cell| !cell.is_empty()).collect()
    }

    fn fault(text: &str) -> (ListFault, Option<usize>) {
        let NotTaken { fault, line, .. } = rows(text.as_bytes()).unwrap_err();
        (fault, line)
    }

    #[test]
    fn cells_between_commas_semicolons_or_tabs() {
        for between in [",", ";", "\t"] {
            let text = format!("{HEADER}\n23/11/2026,0940,,Invented,Anna,14/07/1956\n").replace(',', between);
            let rows = rows(text.as_bytes()).unwrap();
            assert_eq!((rows.len(), rows[0].line), (1, 2));
            assert_eq!(cells(&rows[0]), ["23/11/2026", "0940", "Invented", "Anna", "14/07/1956"], "{between:?}");
        }
    }

    #[test]
    fn quotation_marks_hold_separators_and_themselves() {
        let text =
            format!("{HEADER}\r\n23/11/2026,0940,,\"O\"\"Invented, the elder\" ,Anna,14/07/1956\r\n\r\nx,0941,,B,C,d");
        let rows = rows(text.as_bytes()).unwrap();
        assert_eq!(cells(&rows[0])[2], "O\"Invented, the elder");
        assert_eq!((rows[0].line, rows[1].line), (2, 4), "a line without anything in it is counted");
    }

    #[test]
    fn a_cell_that_goes_over_the_end_of_its_line_costs_the_file_whatever_the_next_mark_is_followed_by() {
        let with = |first: &str, second: &str| {
            format!(
                "{HEADER},Reason,Nurse\na,b,c,Anna,e,f,x,y\na,b,c,Bea,e,f,{first},Ruth\na,b,c,Cat,e,f,x,y\na,b,c,Dot,e,f,{second},Ruth\n"
            )
        };
        for end in ["\n", "\r\n", "\r"] {
            let of = |first, second| fault(&with(first, second).replace('\n', end));
            let open = (ListFault::OpenQuote, Some(3));
            assert_eq!(of("\"Review", "\"Review"), open, "text after it: Cat and Dot would be lost with Bea's row");
            assert_eq!(of("\"Review", "\""), open, "a separator after it: Cat and Dot would be Bea's reason");
            assert_eq!(of("Review", "\"the"), (ListFault::OpenQuote, Some(5)));
        }
        assert_eq!(fault(&format!("\"{HEADER}\na,b,c,d,e,f\n")), (ListFault::OpenQuote, Some(1)));
    }

    #[test]
    fn lines_without_content_and_cells_without_end_are_not_kept() {
        assert_eq!(fault("\"\",,\n\r\n\r"), (ListFault::Empty, None));
        for nothing in ["\n", ","] {
            assert_eq!(Records::of(&nothing.repeat(MOST_BYTES / nothing.len())).count(), 0);
        }
        let long = "a,".repeat(MOST_BYTES / 2);
        let kept: Vec<_> = Records::of(&long).map(|record| record.unwrap().cells.len()).collect();
        assert_eq!(kept, [MOST_CELLS]);
        let late = format!("{}a", ",".repeat(MOST_CELLS));
        let text = format!("{HEADER}\na,b,c,d,e,f\n{late}\na,b,c,d,e,f\n");
        let whole: Vec<_> = rows(text.as_bytes()).unwrap().iter().map(|row| (row.line, row.cells.is_some())).collect();
        assert_eq!(whole, [(2, true), (3, false), (4, true)], "something far out is no blank line");
        let wide =
            |cells: usize| format!("{HEADER}{}\na,b,c,d,e,f{}\n", ",x".repeat(cells - 6), ",x".repeat(cells - 6));
        let taken = |cells| rows(wide(cells).as_bytes()).unwrap()[0].cells.is_some();
        assert!(taken(MOST_CELLS) && !taken(MOST_CELLS + 1));
    }

    #[test]
    fn a_mark_in_the_wrong_place_and_a_wrong_number_of_cells_cost_their_row_alone() {
        let text =
            format!("{HEADER}\na,b,c,d\"e,f,g\na,b,c,\"d\"e,f,g\na,b,c,d,e\na,b,c,d,e,f,g\na,b,c,d,e,f\n\n ,,,,,\n");
        let read = rows(text.as_bytes()).unwrap();
        let whole: Vec<_> = read.iter().map(|row| (row.line, row.cells.is_some())).collect();
        assert_eq!(whole, [(2, false), (3, false), (4, false), (5, false), (6, true)]);
    }

    #[test]
    fn utf_8_with_its_mark_and_utf_16_are_read_and_other_bytes_are_refused_by_line() {
        let text = format!("{HEADER}\n23/11/2026,0940,,Łęcka,Zoë,14/07/1956\n");
        let marked = format!("\u{feff}{text}");
        let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big] {
            assert_eq!(cells(&rows(bytes).unwrap()[0])[2], "Łęcka");
        }
        let latin = [text.replace("Łęcka", "A").replace("Zoë", "").as_bytes(), b"a,b,c,Zo\xeb,d,e\n"].concat();
        assert_eq!(rows(&latin).unwrap_err(), NotTaken { line: Some(3), ..ListFault::Encoding.into() });
        assert_eq!(rows(&[&little[..], &[0]].concat()).unwrap_err().fault, ListFault::Encoding, "half a character");
        assert_eq!(fault("PK\u{3}\u{4}\0\0"), (ListFault::Encoding, None), "a spreadsheet is no text");
    }

    #[test]
    fn columns_go_by_any_of_their_names_once_each_and_none_that_is_needed_is_missing() {
        let odd = "CLINIC DATE,start_time,nhs-number,last name,given names,Date of Birth,Colour\n1,2,3,4,5,6,7\n";
        assert_eq!(cells(&rows(odd.as_bytes()).unwrap()[0]), ["1", "2", "3", "4", "5", "6"]);
        let missing = rows(b"Date,Time,Surname,Forename\n1,2,3,4\n").unwrap_err();
        assert_eq!(
            (missing.fault, missing.columns),
            (ListFault::MissingColumn, vec![ListColumn::NhsNumber, ListColumn::Born])
        );
        let twice = rows(format!("{HEADER},Last name\n1,2,3,4,5,6,7\n").as_bytes()).unwrap_err();
        assert_eq!((twice.fault, twice.columns), (ListFault::ColumnTwice, vec![ListColumn::Family]));
    }

    #[test]
    fn nothing_in_it_too_much_in_it_and_a_mark_that_is_never_closed() {
        assert_eq!(fault(""), (ListFault::Empty, None));
        assert_eq!(fault(" \n,,\n"), (ListFault::Empty, None));
        assert_eq!(fault(HEADER), (ListFault::NoRows, None));
        assert_eq!(
            fault(&format!("{HEADER}\na,b,c,d,e,f\na,b,\"c,d,e,f\na,b,c,d,e,f\n")),
            (ListFault::OpenQuote, Some(3))
        );
        let many = format!("{HEADER}\n{}", "a,b,c,d,e,f\n".repeat(MOST_ROWS));
        assert_eq!(rows(many.as_bytes()).unwrap().len(), MOST_ROWS);
        assert_eq!(fault(&format!("{many}a,b,c,d,e,f\n")), (ListFault::TooManyRows, None));
        assert_eq!(
            fault(&format!("{many}a,b,c,d,e,f\n\"")),
            (ListFault::TooManyRows, None),
            "nothing below the first row too many is read"
        );
        assert_eq!(rows(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().fault, ListFault::TooLarge);
    }
}
