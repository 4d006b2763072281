//! Whether what is posted goes packed: only to a server that has said so in an answer (RFC 7694), until it refuses one. Kept for one run
//! of the program and no longer.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;

/// What one server has said of packed requests.
#[derive(Debug, Default)]
pub(crate) struct Packing {
    offered: AtomicBool,
    refused: AtomicBool,
}

impl Packing {
    /// Takes note of the `Accept-Encoding` of an answer; an answer without one says nothing.
    pub fn heard(&self, accepts: Option<&str>) {
        if let Some(accepts) = accepts {
            self.offered.store(takes_gzip(accepts), Ordering::Relaxed);
        }
    }

    /// Whether packed requests are taken.
    pub fn is_taken(&self) -> bool {
        self.offered.load(Ordering::Relaxed) && !self.refused.load(Ordering::Relaxed)
    }

    /// One was refused, whatever the server says.
    pub fn refused(&self) {
        self.refused.store(true, Ordering::Relaxed);
    }
}

/// `gzip` by name or by `*`, and not with a weight of nothing.
fn takes_gzip(accepts: &str) -> bool {
    let mut named = None;
    let mut others = false;
    for part in accepts.split(',') {
        let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        let taken = weight.is_none_or(|weight| weight > 0.0);
        match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => named = Some(taken),
            "*" => others = taken,
            _ => {}
        }
    }
    named.unwrap_or(others)
}

/// The body by gzip; None when that makes it no smaller.
pub(crate) fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_server_says_it_takes_is_sent() {
        let rows = [
            ("gzip", true),
            ("deflate, GZIP;q=0.5", true),
            ("*", true),
            ("*, gzip;q=0", false),
            ("gzip; q=0", false),
            ("identity", false),
            ("", false),
        ];
        for (accepts, taken) in rows {
            let packing = Packing::default();
            packing.heard(Some(accepts));
            assert_eq!(packing.is_taken(), taken, "{accepts}");
        }
    }

    #[test]
    fn it_is_remembered_until_it_is_taken_back_or_refused() {
        let packing = Packing::default();
        packing.heard(None);
        assert!(!packing.is_taken(), "nothing was said");
        packing.heard(Some("gzip"));
        packing.heard(None);
        assert!(packing.is_taken());
        packing.heard(Some("identity"));
        assert!(!packing.is_taken());
        packing.heard(Some("gzip"));
        packing.refused();
        packing.heard(Some("gzip"));
        assert!(!packing.is_taken(), "what it does counts more than what it says");
    }

    #[test]
    fn what_does_not_get_smaller_goes_as_it_is() {
        assert!(packed(b"{}").is_none());
        assert!(packed(&[b'x'; 4096]).is_some_and(|packed| packed.len() < 100));
    }
}
