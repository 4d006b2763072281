//! A file that is carried by hand: messages sealed one after the other to a code that travels another way, and signed by the PC that made
//! them. What the messages say is not known here. Nothing in it is readable without the code but the work, the salt and who signed.
//!
//! ```text
//! mark | length of the head | head (JSON) | { length, last? | sealed message } ... | signature over the SHA-256 of all before it
//! ```

use std::fmt;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::carry_code::CarryCode;
use crate::cost::Cost;
use crate::derive::{fields, hkdf};
use crate::error::{CarryFault, RandomFault};
use crate::hex::{HexBytes, from_hex, to_hex};
use crate::random::{Random, random_array};

/// What a carried file begins with, the number of its form included.
const MARK: &[u8; 16] = b"holdfast-carry-1";
const SIGNATURE: usize = 64;
const MOST_HEAD: u32 = 4096;
/// Longest sealed message that is read, in bytes: several times what is sent in one transaction.
const MOST_MESSAGE: u32 = 64 * 1024 * 1024;
/// Set in the length of the last message.
const LAST: u32 = 1 << 31;

/// What a PC signs with; 32 bytes that live in its encrypted database.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SigningKey([u8; 32]);

/// Who signed: the public half.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signer([u8; 32]);

impl SigningKey {
    pub fn random(random: &mut dyn Random) -> Result<Self, RandomFault> {
        random_array(random).map(Self)
    }

    /// The key as it was kept: 64 hexadecimal digits.
    pub fn from_text(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    /// To be kept in the encrypted database, and nowhere else.
    pub fn text(&self) -> Zeroizing<String> {
        to_hex(&self.0)
    }

    /// Who is seen to have signed.
    pub fn signer(&self) -> Result<Signer, CarryFault> {
        let public = self.pair()?.public_key().as_ref().try_into().map_err(|_| CarryFault::Work)?;
        Ok(Signer(public))
    }

    fn pair(&self) -> Result<Ed25519KeyPair, CarryFault> {
        Ed25519KeyPair::from_seed_unchecked(&self.0).map_err(|_| CarryFault::Work)
    }
}

impl Signer {
    /// 128 bits of its SHA-256 in eight groups of four, to be compared by eye or typed.
    pub fn fingerprint(&self) -> String {
        let digest = to_hex(&Sha256::digest(self.0));
        let shown: Vec<char> = digest.chars().take(32).collect();
        shown.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// Whether this was typed for it, in whatever case and with whatever between its groups.
    pub fn is(&self, typed: &str) -> bool {
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        plain(&self.fingerprint()) == plain(typed)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    cost: Cost,
    salt: HexBytes<16>,
    /// Before the number and the end of each message.
    nonce: HexBytes<16>,
    signer: HexBytes<32>,
}

/// The key of the messages, the start of their nonces, and how many there were.
struct Messages {
    key: Zeroizing<[u8; 32]>,
    nonce: [u8; 16],
    head: Vec<u8>,
    number: u32,
}

impl Messages {
    fn new(head: &Head, text: &[u8], code: &CarryCode) -> Result<Self, CarryFault> {
        if !head.cost.is_acceptable() {
            return Err(CarryFault::Work);
        }
        let work = head.cost.unlocking_key(&code.to_passphrase(), &head.salt.0).map_err(|_| CarryFault::Work)?;
        let key = hkdf(&*work, &fields(&[b"holdfast/1/carried"]));
        Ok(Self { key, nonce: head.nonce.0, head: text.to_owned(), number: 0 })
    }

    /// The nonce of the next message: none opens in another place, as the last when it is not, or before it.
    fn next(&mut self, last: bool) -> [u8; 24] {
        let mut nonce = [0; 24];
        let (number, end) = (self.number.to_be_bytes(), [u8::from(last)]);
        let parts = self.nonce.iter().chain(&number).chain(&end);
        for (to, from) in nonce.iter_mut().zip(parts) {
            *to = *from;
        }
        self.number += 1;
        nonce
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }
}

/// A carried file that is being written.
pub struct CarriedOut<W> {
    out: Hashing<W>,
    messages: Messages,
    signing: SigningKey,
}

impl<W: Write> CarriedOut<W> {
    /// Begins the file. Takes as long as the work of `cost`.
    pub fn begin(
        out: W,
        code: &CarryCode,
        signing: SigningKey,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<Self, CarryFault> {
        let signer = HexBytes(signing.signer()?.0);
        let head = Head { cost, salt: HexBytes(random_array(random)?), nonce: HexBytes(random_array(random)?), signer };
        let text = serde_json::to_vec(&head).map_err(io::Error::from)?;
        let messages = Messages::new(&head, &text, code)?;
        let mut out = Hashing { inner: out, hash: Sha256::new() };
        out.write_all(MARK)?;
        out.write_all(&u32::try_from(text.len()).map_err(|_| CarryFault::Work)?.to_be_bytes())?;
        out.write_all(&text)?;
        Ok(Self { out, messages, signing })
    }

    /// Seals the next message; the last one is said to be so.
    pub fn add(&mut self, message: &[u8], last: bool) -> Result<(), CarryFault> {
        let nonce = self.messages.next(last);
        let payload = Payload { msg: message, aad: &self.messages.head };
        let sealed = self.messages.cipher().encrypt((&nonce).into(), payload).map_err(|_| CarryFault::Work)?;
        let length =
            u32::try_from(sealed.len()).ok().filter(|length| *length <= MOST_MESSAGE).ok_or(CarryFault::Work)?;
        self.out.write_all(&(if last { length | LAST } else { length }).to_be_bytes())?;
        Ok(self.out.write_all(&sealed)?)
    }

    /// Signs it, and gives back what it was written to.
    pub fn finish(self) -> Result<W, CarryFault> {
        let Hashing { mut inner, hash } = self.out;
        inner.write_all(self.signing.pair()?.sign(&signed(hash)).as_ref())?;
        inner.flush()?;
        Ok(inner)
    }
}

/// What one message says, and whether it is the last.
type Message = (Zeroizing<Vec<u8>>, bool);

/// A carried file whose signature fits and that the code opens.
pub struct CarriedIn<R> {
    input: R,
    messages: Messages,
    over: bool,
    first: Option<Message>,
}

impl<R: Read + Seek> CarriedIn<R> {
    /// Reads all of it once for its signature, then opens it. `signer` is the fingerprint that the PC showed when it made the file.
    pub fn open(mut input: R, code: &CarryCode, signer: &str) -> Result<Self, CarryFault> {
        let (head, text) = read_head(&mut input)?;
        let at = input.stream_position()?;
        verify(&mut input, &head)?;
        if !Signer(head.signer.0).is(signer) {
            return Err(CarryFault::OtherSigner);
        }
        input.seek(SeekFrom::Start(at))?;
        let messages = Messages::new(&head, &text, code)?;
        let mut file = Self { input, messages, over: false, first: None };
        // Nobody changed it, so what does not open is not opened by this code.
        file.first = file.read_message().map_err(|fault| match fault {
            CarryFault::Changed => CarryFault::WrongCode,
            other => other,
        })?;
        Ok(file)
    }

    /// The next message; None after the last.
    pub fn message(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, CarryFault> {
        let next = match self.first.take() {
            Some(first) => Some(first),
            None if self.over => None,
            None => self.read_message()?,
        };
        self.over |= next.as_ref().is_none_or(|(_, last)| *last);
        Ok(next.map(|(message, _)| message))
    }

    fn read_message(&mut self) -> Result<Option<Message>, CarryFault> {
        let length = u32::from_be_bytes(array(&mut self.input)?);
        let (length, last) = (length & !LAST, length & LAST != 0);
        if length > MOST_MESSAGE {
            return Err(CarryFault::Changed);
        }
        let sealed = bytes(&mut self.input, length)?;
        let nonce = self.messages.next(last);
        let payload = Payload { msg: &sealed, aad: &self.messages.head };
        let opened = self.messages.cipher().decrypt((&nonce).into(), payload).map_err(|_| CarryFault::Changed)?;
        Ok(Some((Zeroizing::new(opened), last)))
    }
}

fn read_head<R: Read>(input: &mut R) -> Result<(Head, Vec<u8>), CarryFault> {
    let mark: [u8; MARK.len()] = array(input).map_err(|_| CarryFault::NotOne)?;
    let length = u32::from_be_bytes(array(input)?);
    if mark != *MARK || length > MOST_HEAD {
        return Err(CarryFault::NotOne);
    }
    let text = bytes(input, length)?;
    let head = serde_json::from_slice(&text).map_err(|_| CarryFault::Changed)?;
    Ok((head, text))
}

/// Whether the signature is that of who is named, over everything.
fn verify<R: Read + Seek>(input: &mut R, head: &Head) -> Result<(), CarryFault> {
    let length = input.seek(SeekFrom::End(0))?;
    let signed_length = length.checked_sub(SIGNATURE as u64).ok_or(CarryFault::Changed)?;
    input.seek(SeekFrom::Start(0))?;
    let mut all = Hashing { inner: io::sink(), hash: Sha256::new() };
    io::copy(&mut input.by_ref().take(signed_length), &mut all)?;
    let signature: [u8; SIGNATURE] = array(input)?;
    let public = UnparsedPublicKey::new(&ED25519, head.signer.0);
    public.verify(&signed(all.hash), &signature).map_err(|_| CarryFault::Changed)
}

fn signed(hash: Sha256) -> Vec<u8> {
    fields(&[b"holdfast/1/carried/signed", &hash.finalize()])
}

/// What ends too early was cut off.
fn array<const N: usize>(input: &mut impl Read) -> Result<[u8; N], CarryFault> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes).map_err(cut)?;
    Ok(bytes)
}

/// Grows with what is there, whatever length is claimed.
fn bytes(input: &mut impl Read, length: u32) -> Result<Vec<u8>, CarryFault> {
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == u64::from(length) { Ok(bytes) } else { Err(CarryFault::Changed) }
}

fn cut(error: io::Error) -> CarryFault {
    if error.kind() == ErrorKind::UnexpectedEof { CarryFault::Changed } else { error.into() }
}

/// Takes the hash of what goes through.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}

#[cfg(test)]
#[path = "carried_file_tests.rs"]
mod tests;
