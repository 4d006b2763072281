//! In what servers differ although all of them speak FHIR R4: one switch each.

use std::hash::{DefaultHasher, Hash, Hasher};

/// How a server speaks. The default is what most do, and what the standard would like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub etags: Etags,
    /// What a PUT that made something is answered with: 201 or 200.
    pub create_status: u16,
    pub deleted: Deleted,
    /// A transaction that is refused leaves nothing behind; else what stands before the refused entry stays.
    pub rollback: bool,
    /// What a stale `ifMatch` inside a transaction is answered with: 412, 409 or, as helios-hfs does, 400.
    pub stale_in_transaction: u16,
    /// `ifNoneMatch: *` is held to; else what is there is overwritten in spite of it.
    pub if_none_match: bool,
    /// `ifMatch` is held to inside a transaction; else what is there is overwritten in spite of it.
    pub if_match_in_transaction: bool,
    /// `If-Match` is held to when a resource is put by itself; else what is there is overwritten in spite of it.
    pub if_match_alone: bool,
    /// The versions of a resource can be read.
    pub history: bool,
    /// A Provenance can be read and searched for; else it may only be written.
    pub provenance_read: bool,
    /// Answers to a transaction say by name which entry each is for; else they stand in the order of the entries.
    pub locations: bool,
    /// A transaction is refused when it refers to what is neither there nor in it.
    pub references_checked: bool,
    /// `lastUpdated` is cut to this many milliseconds; 1000 for a server that dates by the second.
    pub stamp: i64,
    /// The largest request that is taken, in bytes.
    pub most_bytes: Option<usize>,
    /// The media type of answers.
    pub media: &'static str,
}

/// How versions are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etags {
    /// `W/"3"`: the number of the version.
    Weak,
    /// `"9f86d081884c7d65"`: says nothing, and is never given twice.
    Opaque,
}

/// What the read of a removed resource is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    Gone410,
    NotFound404,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect {
            etags: Etags::Weak,
            create_status: 201,
            deleted: Deleted::Gone410,
            rollback: true,
            stale_in_transaction: 412,
            if_none_match: true,
            if_match_in_transaction: true,
            if_match_alone: true,
            history: true,
            provenance_read: true,
            locations: true,
            references_checked: false,
            stamp: 1,
            most_bytes: None,
            media: "application/fhir+json",
        }
    }
}

impl Dialect {
    /// As helios-hfs: a stale version inside a transaction is a bad request.
    pub fn helios() -> Dialect {
        Dialect { stale_in_transaction: 400, media: "application/json", ..Dialect::default() }
    }

    /// Everything otherwise: opaque ETags, 200 for what was made, 404 for what was removed, and no rollback.
    pub fn second() -> Dialect {
        Dialect {
            etags: Etags::Opaque,
            create_status: 200,
            deleted: Deleted::NotFound404,
            rollback: false,
            ..Dialect::default()
        }
    }

    pub(super) fn version_id(&self, name: &str, number: u64, commit: u64) -> String {
        match self.etags {
            Etags::Weak => number.to_string(),
            Etags::Opaque => {
                let mut hasher = DefaultHasher::new();
                (name, number, commit).hash(&mut hasher);
                format!("{:016x}", hasher.finish())
            }
        }
    }

    pub(super) fn etag(&self, version_id: &str) -> String {
        match self.etags {
            Etags::Weak => format!("W/\"{version_id}\""),
            Etags::Opaque => format!("\"{version_id}\""),
        }
    }

    pub(super) fn status(&self, made: bool) -> String {
        if made && self.create_status == 201 { "201 Created".to_owned() } else { "200 OK".to_owned() }
    }
}
