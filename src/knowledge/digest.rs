//! Digests: of all files in use, and of the text that a review is bound to.

use sha2::{Digest, Sha256};

use super::{Claim, File};

/// Bytes of a digest that are shown: 64 bits tell texts of one practice apart,
/// and a person can still compare them by eye.
const SHOWN_BYTES: usize = 8;

/// A digest of files: equal files, equal hash, whatever their order on disk.
pub(super) fn of_files(files: &[&File]) -> String {
    let mut sorted: Vec<_> = files.to_vec();
    sorted.sort();
    let parts = sorted.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
    of_parts(parts)
}

impl Claim {
    /// The digest that `review.of` must equal for a review to hold: of
    /// everything that a patient reads in the answer, and of its sources.
    #[must_use]
    pub fn digest(&self) -> String {
        let claim = self.claim.as_deref().unwrap_or_default();
        let why = self.why.as_deref().unwrap_or_default();
        let fixed = [self.title.as_str(), claim, self.verdict.word(), &self.answer, why];
        let cited =
            self.citations.iter().flat_map(|c| [c.source.as_str(), c.section.as_deref().unwrap_or_default()]);
        of_parts(fixed.into_iter().chain(cited))
    }
}

/// Hashes texts with their lengths, so that no two lists of texts collide by
/// moving a boundary.
fn of_parts<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().take(SHOWN_BYTES).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
