//! The compiled form of a knowledge base: what was read and what was trained, ready to answer.
//!
//! Does: write the validated knowledge and its matcher as one array of bytes, and read them back without parsing or
//! training anything. Refuses: bytes of another version of the program (which may prepare words otherwise) or of
//! other files. Whoever can write such a file can write the knowledge folder as well: it is as trusted as that.

use super::Trained;
use super::bytes::{Malformed, Reader, Writer};
use crate::knowledge::Knowledge;

/// What a compiled form begins with; the digit is the version of the form.
const MAGIC: &[u8; 8] = b"askwell2";

/// The compiled form of a knowledge base and what was trained on it.
#[must_use]
pub fn to_bytes(knowledge: &Knowledge, trained: &Trained) -> Vec<u8> {
    let mut out = Writer::new(MAGIC);
    out.texts(&identity(&knowledge.hash));
    // Plain data of strings, numbers and dates: there is nothing in it that could fail to be written.
    out.array(&postcard::to_allocvec(knowledge).unwrap_or_default());
    trained.write(&mut out);
    out.finish()
}

/// Reads the compiled form of the files with this [`Knowledge::hash_of`].
///
/// # Errors
/// When the bytes are no compiled form of this version and of just these files, are cut short or contradict themselves.
pub fn from_bytes(bytes: &[u8], hash: &str) -> Result<(Knowledge, Trained), Malformed> {
    let mut reader = Reader::new(bytes, MAGIC)?;
    if reader.texts()? != identity(hash) {
        return Err(Malformed);
    }
    let knowledge: Knowledge = postcard::from_bytes(reader.block()?).map_err(|_| Malformed)?;
    let trained = Trained::read(&mut reader, &knowledge)?;
    reader.finish()?;
    if knowledge.hash == hash { Ok((knowledge, trained)) } else { Err(Malformed) }
}

fn identity(hash: &str) -> Vec<String> {
    vec![env!("CARGO_PKG_VERSION").to_owned(), hash.to_owned()]
}

#[cfg(test)]
mod tests {
    //! Properties: what was written is read; of other files, or cut short, nothing is.
    use super::{from_bytes, to_bytes};
    use crate::knowledge::{Knowledge, embedded_files};
    use crate::matching::Trained;

    #[test]
    fn belongs_to_its_files_alone() {
        let mut knowledge = Knowledge::embedded();
        knowledge.claims.truncate(3);
        let trained = Trained::of(&knowledge);
        let bytes = to_bytes(&knowledge, &trained);
        let hash = Knowledge::hash_of(&embedded_files());
        let (read, again) = from_bytes(&bytes, &hash).unwrap();
        assert_eq!(format!("{read:?}"), format!("{knowledge:?}"));
        assert_eq!(to_bytes(&read, &again), bytes);
        assert!(from_bytes(&bytes, "0123456789abcdef").is_err());
        for end in (0..bytes.len()).step_by(bytes.len() / 97) {
            assert!(from_bytes(&bytes[..end], &hash).is_err(), "cut at {end}");
        }
    }
}
