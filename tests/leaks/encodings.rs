//! The forms in which a text or a key may lie somewhere: as itself, and as programs write it when they keep or pass it on.

use crate::Marker;

/// One form of one marker.
pub struct Encoded {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Every form in which a marker is looked for in files.
pub fn every_encoding(marker: &Marker) -> Vec<Encoded> {
    let mut all = in_memory(marker);
    let bytes = &marker.bytes;
    let mut add = |how: &str, bytes: Vec<u8>| all.push(Encoded { name: format!("{} as {how}", marker.name), bytes });
    add("hex", hex(bytes, false).into_bytes());
    add("hex in capitals", hex(bytes, true).into_bytes());
    for (how, last) in [("base64", b"+/"), ("base64 for URLs", b"-_")] {
        for shift in 0..3 {
            add(&format!("{how}, shifted by {shift}"), base64(bytes, *last, shift));
        }
    }
    add("URL escapes", escaped(bytes, |byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte), true));
    add(
        "URL escapes in small letters",
        escaped(bytes, |byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte), false),
    );
    add("URL escapes of every byte", escaped(bytes, |_| false, true));
    if let Some(text) = text(marker) {
        add("JSON escapes", json(text, false, false));
        add("JSON escapes in capitals", json(text, false, true));
        add("JSON escapes of every letter", json(text, true, false));
        add("JSON escapes of every letter in capitals", json(text, true, true));
    }
    all
}

/// The forms in which a program holds a marker.
pub fn in_memory(marker: &Marker) -> Vec<Encoded> {
    let name = |how: &str| format!("{} as {how}", marker.name);
    match text(marker) {
        None => vec![
            Encoded { name: name("bytes"), bytes: marker.bytes.clone() },
            Encoded { name: name("hex digits"), bytes: hex(&marker.bytes, false).into_bytes() },
        ],
        Some(text) => vec![
            Encoded { name: name("UTF-8"), bytes: marker.bytes.clone() },
            Encoded { name: name("UTF-16LE"), bytes: text.encode_utf16().flat_map(u16::to_le_bytes).collect() },
            Encoded { name: name("UTF-16BE"), bytes: text.encode_utf16().flat_map(u16::to_be_bytes).collect() },
            // As an engine of scripts keeps text without a letter beyond it.
            Encoded { name: name("Latin-1"), bytes: latin_1(text).unwrap_or_else(|| marker.bytes.clone()) },
        ],
    }
}

fn text(marker: &Marker) -> Option<&str> {
    marker.text.then(|| std::str::from_utf8(&marker.bytes).unwrap())
}

fn latin_1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

fn hex(bytes: &[u8], capitals: bool) -> String {
    bytes.iter().map(|byte| if capitals { format!("{byte:02X}") } else { format!("{byte:02x}") }).collect()
}

fn escaped(bytes: &[u8], plain: impl Fn(u8) -> bool, capitals: bool) -> Vec<u8> {
    let escape = |byte: &u8| match plain(*byte) {
        true => vec![*byte],
        false => format!("%{}", hex(&[*byte], capitals)).into_bytes(),
    };
    bytes.iter().flat_map(escape).collect()
}

fn json(text: &str, every: bool, capitals: bool) -> Vec<u8> {
    let escape = |unit: u16| if capitals { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
    let mut written = String::new();
    for letter in text.chars() {
        match letter {
            '"' if !every => written.push_str("\\\""),
            '\n' if !every => written.push_str("\\n"),
            letter if letter.is_ascii() && !every => written.push(letter),
            letter => written.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| escape(*unit))),
        }
    }
    written.into_bytes()
}

/// The digits of base 64 that these bytes alone decide when they begin `shift` bytes after a group of three.
fn base64(bytes: &[u8], last: [u8; 2], shift: usize) -> Vec<u8> {
    let digits: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(last).collect();
    let bits: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1)).collect();
    // Where the first digit begins that holds no bit of what stands before.
    let begins = (6 - shift * 8 % 6) % 6;
    bits[begins..]
        .chunks_exact(6)
        .map(|six| digits[six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit))])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_found_wherever_it_begins() {
        // Source: RFC 4648, 10, and its neighbours made with coreutils' base64.
        assert_eq!(base64(b"foobar", *b"+/", 0), b"Zm9vYmFy");
        // "xfoobar" is eGZvb2Jhcg==: the first digit holds bits of the x, the last six bits end with the r.
        assert!(b"eGZvb2Jhcg".windows(7).any(|at| at == base64(b"foobar", *b"+/", 1).as_slice()));
        // "xyfoobar" is eHlmb29iYXI=.
        assert!(b"eHlmb29iYXI".windows(7).any(|at| at == base64(b"foobar", *b"+/", 2).as_slice()));
    }

    #[test]
    fn escapes_are_what_programs_write() {
        assert_eq!(escaped("é a".as_bytes(), |byte| byte.is_ascii_alphanumeric(), true), b"%C3%A9%20a");
        assert_eq!(json("é a", false, false), b"\\u00e9 a");
        assert_eq!(json("é", true, true), b"\\u00E9");
        assert_eq!(json("😀", false, false), b"\\ud83d\\ude00");
    }
}
