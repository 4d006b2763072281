//! The bytes of one vault file: content, seal and checksum. Which of the two files counts, and when they are written, is in `vault`.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::derive::{hmac, hmac_fits};
use crate::secret::Dek;
use crate::slot::{RecoverySlot, Slot};

/// No vault file is longer, and no longer one is read: room for some 300 holders.
pub(crate) const MOST_BYTES: u64 = 256 * 1024;

const MARK: &[u8] = b"holdfast vault 1\n";

/// What the vault holds, under one generation number.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    pub generation: u64,
    pub database_id: String,
    pub slots: Vec<Slot>,
    pub recovery: Option<RecoverySlot>,
}

impl Content {
    fn is_whole(&self) -> bool {
        let ids: std::collections::BTreeSet<_> = self.slots.iter().map(|slot| &slot.holder.id).collect();
        (1..=64).contains(&self.database_id.len())
            && ids.len() == self.slots.len()
            && self.slots.iter().all(|slot| slot.holder.is_whole())
    }
}

/// One whole vault file: mark, content, HMAC-SHA256 by the vault's own key over both, SHA-256 over all of it.
/// The checksum finds torn files without any key; the HMAC finds altered ones once the DEK is known.
#[derive(Clone)]
pub(crate) struct VaultFile {
    pub content: Content,
    body: Vec<u8>,
    seal: [u8; 32],
}

impl VaultFile {
    /// Seals the content; nothing when it is not whole or does not fit into a file.
    pub fn sealed(content: Content, dek: &Dek) -> Option<Self> {
        let body = serde_json::to_vec(&content).ok()?;
        let seal = *hmac(&dek.vault_key(), &[MARK, &body]);
        let file = Self { content, body, seal };
        (file.content.is_whole() && file.to_bytes().len() as u64 <= MOST_BYTES).then_some(file)
    }

    /// Whether the content was sealed by a holder of this key.
    pub fn is_sealed_by(&self, dek: &Dek) -> bool {
        hmac_fits(&dek.vault_key(), &[MARK, &self.body], &self.seal)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = [MARK, &self.body, &self.seal].concat();
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// The file back from its bytes, or nothing when one bit of them is not as written.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (rest, checksum) = bytes.split_last_chunk::<32>()?;
        if Sha256::digest(rest).as_slice() != checksum {
            return None;
        }
        let (rest, seal) = rest.split_last_chunk::<32>()?;
        let body = rest.strip_prefix(MARK)?;
        let content: Content = serde_json::from_slice(body).ok()?;
        content.is_whole().then(|| Self { content, body: body.to_vec(), seal: *seal })
    }
}
