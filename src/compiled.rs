//! The compiled form of a knowledge base: what was read, trained and compiled, ready to answer.
//!
//! Does: write the validated knowledge, its matcher and its red-flag screen as one array of bytes, and read them back
//! without parsing or training anything. Refuses: bytes of another version of the program (which may prepare words otherwise) or of
//! other files. Whoever can write such a file can write the knowledge folder as well: it is as trusted as that.

use bytes::Bytes;

use crate::dialogue::about::About;
use crate::knowledge::Knowledge;
use crate::learning::bytes::{Malformed, Reader, Strings, Writer};
use crate::matching::{self, Trained};
use crate::safety::Screen;
use crate::text::content::commonest;

/// A knowledge base and what was made of it, once.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What was read.
    pub knowledge: Knowledge,
    /// What was trained on its phrasings.
    pub trained: Trained,
    /// Its red flags.
    pub screen: Screen,
    /// The word that most titles share: the treatment.
    pub treatment: String,
    /// The bytes of what is learned about each claim: most processes need a few of them.
    pub about: Vec<Bytes>,
}

/// What a compiled form begins with; the digit is the version of the form.
const MAGIC: &[u8; 8] = b"askwell8";

impl Compiled {
    /// Makes everything of a knowledge base, but for a screen that is `ready`.
    #[must_use]
    pub fn new(mut knowledge: Knowledge, ready: Option<Screen>) -> Self {
        let examples = std::mem::take(&mut knowledge.safety_examples);
        let screen = ready.unwrap_or_else(|| {
            let harmless = matching::examples(&knowledge).map(|(_, text, _)| text);
            Screen::new(&knowledge.safety, &examples, harmless)
        });
        let trained = Trained::of(&knowledge);
        let titles: Vec<_> = knowledge.shown().map(|claim| trained.prepared(&claim.title)).collect();
        let treatment = commonest(&titles).unwrap_or_default();
        let about = (0..knowledge.claims.len())
            .map(|claim| {
                About::of(&knowledge, claim, &treatment, |text| trained.prepared(text)).to_bytes().into()
            })
            .collect();
        Self { knowledge, trained, screen, treatment, about }
    }

    /// The bytes of it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(MAGIC);
        out.texts(&identity(&self.knowledge.hash));
        out.array(self.treatment.as_bytes());
        // Plain data of strings, numbers and dates: there is nothing in it that could fail to be written.
        out.array(&postcard::to_allocvec(&self.knowledge).unwrap_or_default());
        self.about.iter().for_each(|about| out.array(about));
        self.screen.write(&mut out);
        self.trained.write(&mut out);
        out.finish()
    }

    /// Reads the bytes; where a [`Knowledge::hash_of`] is given, only if they are of just those files.
    ///
    /// # Errors
    /// When the bytes are not of this version and of just these files, are cut short or contradict themselves.
    pub fn from_bytes(bytes: Bytes, hash: Option<&str>) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, MAGIC)?;
        let made_from = reader.texts()?;
        if hash.is_some_and(|hash| made_from != identity(hash)) {
            return Err(Malformed);
        }
        let treatment = reader.text()?;
        let knowledge: Knowledge = postcard::from_bytes(&reader.block()?).map_err(|_| Malformed)?;
        let about = knowledge.claims.iter().map(|_| reader.block()).collect::<Result<_, _>>()?;
        let screen = Screen::read_from(&mut reader)?;
        let trained = Trained::read(&mut reader, &knowledge)?;
        reader.finish()?;
        if made_from == identity(&knowledge.hash) {
            Ok(Self { knowledge, trained, screen, treatment, about })
        } else {
            Err(Malformed)
        }
    }
}

fn identity(hash: &str) -> Strings {
    [env!("CARGO_PKG_VERSION"), hash].into_iter().collect()
}

#[cfg(test)]
mod tests {
    //! Properties: what was written is read; of other files, or cut short, nothing is.
    use super::Compiled;
    use crate::engine::Engine;
    use crate::knowledge::{Knowledge, embedded_files};

    #[test]
    fn belongs_to_its_files_alone() {
        let mut knowledge = Knowledge::embedded();
        knowledge.claims.truncate(3);
        let compiled = Engine::compile(knowledge);
        let bytes = bytes::Bytes::from(compiled.to_bytes());
        let hash = Knowledge::hash_of(&embedded_files());
        let read = Compiled::from_bytes(bytes.clone(), Some(&hash)).unwrap();
        assert_eq!(format!("{:?}", read.screen), format!("{:?}", compiled.screen));
        assert_eq!(read.to_bytes(), bytes);
        assert!(Compiled::from_bytes(bytes.clone(), Some("0123456789abcdef")).is_err());
        for end in (0..bytes.len()).step_by(bytes.len() / 97) {
            assert!(Compiled::from_bytes(bytes.slice(..end), None).is_err(), "cut at {end}");
        }
    }
}
