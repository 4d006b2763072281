//! What a document says, in order, without any position: the input of the layout.
//!
//! Every word that is printed comes in here; the layout has no words of its own.

/// One document, as it is to be printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub meta: Meta,
    pub blocks: Vec<Block>,
}

/// What stands around the text: on every page, and in the file's own properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// Title in the file's properties, for example "Your care plan"; the visible title is a [`Block::Title`].
    pub title: String,
    pub identifiers: Identifiers,
    /// Whose copy this is, for example "Patient copy"; top right of every page.
    pub copy: String,
    /// Kind and version, for example "Care plan, version 1"; bottom left of every page.
    pub version: String,
    /// Author in the file's properties, for example "Ruth Adeyemi".
    pub author: String,
    /// Author and date in words, for example "Signed 23-Nov-2026 11:24 by Ruth Adeyemi"; last line of every page.
    pub made: String,
    pub trust: Trust,
    pub size: BaseSize,
    /// A word across every page, for example "DRAFT" or "TRAINING"; it is also said in the header.
    pub watermark: Option<String>,
    pub words: Words,
    pub marks: FileMarks,
}

/// Who the document is about, in the parts that stand at the top of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifiers {
    /// For example "OKONKWO-BELL, Samuel (Mr)".
    pub name: String,
    /// For example "Born 02-Mar-1961".
    pub born: String,
    /// For example "NHS No. 999 000 0026".
    pub number: String,
    /// The badge beside a test number, for example "TEST"; `None` for real numbers.
    pub badge: Option<String>,
}

/// The trust whose paper this is. The name stands on every page; name and address lines head page 1 when there is an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    pub name: String,
    pub address: Vec<String>,
}

/// The words the pages themselves need, in the language of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Contains `{page}` and `{pages}`, for example "Page {page} of {pages}".
    pub page: String,
    /// Leads the line that says what follows, for example "On the next page:".
    pub next_page: String,
    /// What a part that goes on is called there; contains `{part}`, for example "more of {part}".
    pub more_of: String,
    /// The whole line when no name of a part fits in it, for example "This goes on over the page."
    pub goes_on: String,
    /// The first line of a page that begins within a part; contains `{part}`, for example "More of {part}".
    pub again: String,
    /// The whole first line when the name of the part does not fit, for example "This goes on from the page before."
    pub came: String,
}

/// What the file carries besides its pages; passed in, so that the same document gives the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileMarks {
    /// UTC milliseconds; creation and modification date of the file, to the second.
    pub made_at: i64,
    /// The identifier in the file's trailer, for example the bytes of the record's id.
    pub file_id: [u8; 16],
}

/// Size of the running text in points, 12 to 24; everything else follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BaseSize(u8);

impl BaseSize {
    /// The copy for the general practice.
    pub const GP: BaseSize = BaseSize(12);
    /// The patient's copy.
    pub const PATIENT: BaseSize = BaseSize(14);

    /// A size of 12 to 24 points, `None` outside of that.
    pub fn new(points: u8) -> Option<BaseSize> {
        (12..=24).contains(&points).then_some(BaseSize(points))
    }

    /// The size in points.
    pub fn points(self) -> f32 {
        f32::from(self.0)
    }
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The title of the document with lines under it, and lines at its right (below it where there is no room).
    Title {
        title: String,
        lines: Vec<Text>,
        aside: Vec<String>,
    },
    /// A heading; it never stands at the foot of a page, and a page that begins below it repeats its text.
    Heading {
        level: Level,
        text: String,
        score: Option<Score>,
    },
    Paragraph(Text),
    List {
        numbered: bool,
        items: Vec<Text>,
    },
    Table(Table),
    /// Facts with their names, as a table of two columns.
    KeyValues(Vec<KeyValue>),
    /// A frame with a title; whole on one page when it fits on one.
    Boxed {
        title: String,
        blocks: Vec<Block>,
    },
    /// Blocks that belong together under a heading of their own; up to a third of a page they are never divided.
    ///
    /// Higher ones stay whole too where that leaves no more than a third of a page empty. Where it would leave more, a page may end
    /// after any row of their table, and the next page names them again. All down to the first row is divided only if it is higher
    /// than half a page: as text is, or between the text and the table. Without a table they are divided as text is.
    /// Those that end in [`Block::Signatures`] are not divided, and have the row or the lines before them on their page.
    Together(Vec<Block>),
    /// Lines to write on.
    Signatures(Vec<Signature>),
    /// Boxes to tick with a pen, each with what can be marked about it; none is divided between two pages.
    Ticks(Ticks),
    /// Places to write in with a pen.
    Blanks(Vec<Blank>),
    /// One empty line; none at the top of a page.
    Spacer,
}

/// How deep a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    One,
    Two,
    Three,
}

/// A score at the right of a heading: words, and ten pips of which `value` are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0 to 10; more counts as 10.
    pub value: u8,
    /// For example "8 out of 10".
    pub words: String,
}

/// A table; each row has as many cells as the head, and the head is repeated on every page it reaches. Two rows stay
/// together where they are no higher than a third of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Text>>,
    /// The share of the width each column gets, as far as its longest word allows; a missing one counts as 1.
    pub weights: Vec<u16>,
}

/// A fact and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyValue {
    pub key: String,
    pub value: Text,
}

/// Two lines to write on, side by side, each with its label under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// For example "Samuel Okonkwo-Bell".
    pub who: String,
    /// For example "Date".
    pub date: String,
}

/// Boxes to tick, one below the other; the same can be marked about each.
///
/// What can be marked stands in columns under one head, which is repeated on every page it reaches; where the letters are too large
/// for that, and where there are lines to write on, below each text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// What each box says; without words a line to write on.
    pub rows: Vec<Text>,
    /// Boxes side by side with these words in them, of which one is marked: "1" to "10".
    pub scale: Vec<String>,
    /// What the scale means, for example "1 is a little, 10 is the worst it could be".
    pub meaning: String,
    /// Further boxes, with these words.
    pub more: Vec<String>,
}

/// A place to write in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    /// A line after its words.
    Line(String),
    /// Boxes for one character each below their words, in groups of so many: 3, 3 and 4 for an NHS number.
    Cells { words: String, groups: Vec<u8> },
    /// So many empty lines.
    Lines(u8),
}

/// Running text in one or more voices. A line feed within it starts a new line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

/// A stretch of text in one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub voice: Voice,
}

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Plain,
    Bold,
    /// Bold and a sixth larger: a telephone number to be found at once.
    Large,
    /// Bold and two thirds larger: what is copied from the page letter by letter. It stands in a paragraph of its own.
    Code,
    /// White on a black ground, never broken: URGENT.
    Tag,
    /// Framed, never broken: TEST beside a number that is not real.
    Badge,
}

impl Text {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Text {
        Text::default().and(Voice::Plain, text)
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Text {
        Text::default().and(Voice::Bold, text)
    }

    /// The same text with more after it; a space between the two is the caller's to put in.
    pub fn and(mut self, voice: Voice, text: impl Into<String>) -> Text {
        self.0.push(Span { text: text.into(), voice });
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::plain(text)
    }
}

/// The same text on one line: an NHS number, a telephone number, a date that must not be broken.
pub fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}
