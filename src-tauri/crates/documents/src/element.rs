//! What each stretch of text is within the document (a cell, an item, a heading), kept through the layout.
//!
//! A reader's structure tree can be written from it without laying anything out again.

/// What a part of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The root; always element 0.
    Document,
    /// Name and address of the trust, on page 1.
    Letterhead,
    /// 1 to 3.
    Heading(u8),
    Paragraph,
    List,
    Item,
    /// Bullet or number of an item.
    Label,
    /// Text of an item.
    ItemBody,
    Table,
    Row,
    /// A column's head.
    ColumnHead,
    /// A row's head: the name of a fact.
    RowHead,
    Cell,
    /// A frame with a title.
    Boxed,
    /// Lines or boxes to write on.
    Signature,
}

/// Number of an element within its document, in reading order from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(u32);

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    pub kind: Kind,
    /// `None` for the document alone.
    pub parent: Option<ElementId>,
}

/// All elements of a document in reading order; a parent stands before its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elements(Vec<Element>);

impl Elements {
    pub(crate) fn new() -> Elements {
        Elements(vec![Element { kind: Kind::Document, parent: None }])
    }

    /// The document itself.
    pub const ROOT: ElementId = ElementId(0);

    pub(crate) fn add(&mut self, kind: Kind, parent: ElementId) -> ElementId {
        // A document of four thousand million elements does not fit in memory, so the number always does.
        let id = ElementId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(Element { kind, parent: Some(parent) });
        id
    }

    /// The element, `None` where the id is of another document.
    pub fn get(&self, id: ElementId) -> Option<Element> {
        self.0.get(usize::try_from(id.0).ok()?).copied()
    }

    /// Every element with its id, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (ElementId, Element)> + '_ {
        (0u32..).map(ElementId).zip(self.0.iter().copied())
    }
}
