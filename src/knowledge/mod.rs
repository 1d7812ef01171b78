//! The practice's knowledge: claims, sources, words, as validated types.
//!
//! [`Knowledge::parse`] takes the texts of the files and gives either
//! knowledge in which every reference holds, or all findings. Raw trees
//! (`tree`) and validated types never mix. Refuses to match anything and to
//! read a disk: files come as `(path, text)` pairs.

mod claims;
mod digest;
mod practice;
mod reader;
mod safety;
mod smalltalk;
mod sources;
pub(crate) mod tree;
mod vocabulary;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{self, Diagnostic, Place};
use crate::limits;

pub use claims::{Citation, Claim, Places, Review, Verdict};
pub use practice::{Consultation, Numbers, Practice};
pub use reader::Located;
pub(crate) use safety::group_name;
pub use safety::{
    ANY_SIGN, Flag, Frames, Level, NUMBER, Pattern, ROLES, STEPS, SafetyExample, SafetyRules, Sign, SignKind,
    Step, YEAR,
};
pub use smalltalk::SmallTalk;
pub use sources::{Kind, Source};
pub use vocabulary::Vocabulary;

use reader::Findings;

/// One file of a knowledge folder: its path relative to the folder, with `/`,
/// and its text.
pub type File = (String, String);

/// The embedded knowledge, as `(path, text)` pairs in the order of the paths.
static EMBEDDED: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// A knowledge base in which every reference holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Knowledge {
    /// The practice that answers.
    pub practice: Practice,
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// The claims, in the order of the files (by path) and within them.
    pub claims: Vec<Claim>,
    /// Synonyms, misspellings and subjects that this knowledge is not about.
    pub vocabulary: Vocabulary,
    /// The red flags and their fixed texts.
    pub safety: SafetyRules,
    /// What the screen for red flags learns from; empty once it has, so that no
    /// process carries thousands of messages about.
    pub safety_examples: Vec<SafetyExample>,
    /// Greetings, thanks and questions about the program itself.
    pub smalltalk: Vec<SmallTalk>,
    /// A digest of all files in use: equal files, equal hash.
    pub hash: String,
    /// Digest of the files that the red-flag screen is made of.
    pub safety_hash: String,
}

/// The files of the embedded knowledge.
#[must_use]
pub fn embedded_files() -> Vec<File> {
    fn collect(dir: &include_dir::Dir<'_>, files: &mut Vec<File>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.push((path, file.contents_utf8().unwrap_or_default().to_owned()));
        }
        for dir in dir.dirs() {
            collect(dir, files);
        }
    }
    let mut files = Vec::new();
    collect(&EMBEDDED, &mut files);
    files.sort();
    files
}

impl Knowledge {
    /// Reads a knowledge base from its files. Where `safety.yaml`,
    /// `safety-examples.yaml`, `smalltalk.yaml` or `vocabulary.yaml` are absent,
    /// the embedded ones serve.
    ///
    /// # Errors
    /// All findings, sorted by place, if any of them is an error.
    pub fn parse(files: &[File]) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Findings::new();
        let defaults = embedded_files();
        let files = in_use(files, &defaults);
        let hash = digest::of_files(&files);
        let is_safety = |file: &&&File| SAFETY.contains(&file.0.as_str());
        let safety_hash = digest::of_files(&files.iter().filter(is_safety).copied().collect::<Vec<_>>());
        let mut parts = Parts::default();
        for (path, text) in &files {
            parts.read(path, text, &mut findings);
        }
        let knowledge = parts.finish(hash, safety_hash, &mut findings);
        diagnostic::sort(&mut findings);
        findings.truncate(limits::FINDINGS);
        match knowledge {
            Some(knowledge) if !diagnostic::has_errors(&findings) => Ok(knowledge),
            _ => Err(findings),
        }
    }

    /// The digest that the knowledge in these files would have, without
    /// reading them.
    #[must_use]
    pub fn hash_of(files: &[File]) -> String {
        digest::of_files(&in_use(files, &embedded_files()))
    }

    /// The knowledge that is shipped with the program.
    ///
    /// # Panics
    /// If the shipped files have an error, which a test excludes.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(&embedded_files()).unwrap_or_else(|findings| panic!("embedded knowledge: {findings:?}"))
    }

    /// The same knowledge on a day: what has expired before it is withheld. It
    /// stays in the list, so that nothing has to be trained anew.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        for claim in &mut self.claims {
            claim.withheld = claim.expires.is_some_and(|last| last < today);
        }
        self
    }

    /// The claims that may be shown, in the order of the files.
    pub fn shown(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|c| !c.withheld)
    }

    /// The claim with an id, if it may be shown.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.shown().find(|c| c.id == id)
    }

    /// The source with an id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }
}

/// The files that the red-flag screen is made of.
const SAFETY: [&str; 2] = ["safety-examples.yaml", "safety.yaml"];

/// The files that are read, in the order of their paths: the YAML files, and
/// the embedded ones in the place of those that may be absent.
fn in_use<'a>(files: &'a [File], defaults: &'a [File]) -> Vec<&'a File> {
    let mut files: Vec<&File> = files.iter().filter(|(path, _)| is_yaml(path)).collect();
    files.sort();
    for name in SAFETY.into_iter().chain(["smalltalk.yaml", "vocabulary.yaml"]) {
        if !files.iter().any(|(path, _)| path == name) {
            files.extend(defaults.iter().find(|(path, _)| path == name));
        }
    }
    files
}

/// Whether a path names a YAML file that is not hidden.
#[must_use]
pub fn is_yaml(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    !name.starts_with('.')
        && (extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"))
}

/// What has been read so far.
#[derive(Default)]
struct Parts {
    practice: Option<Practice>,
    sources: Vec<(Source, Place)>,
    claims: Vec<Claim>,
    vocabulary: Vocabulary,
    safety: Option<SafetyRules>,
    safety_examples: Vec<SafetyExample>,
    smalltalk: Vec<SmallTalk>,
    has_sources: bool,
    has_claims: bool,
}

impl Parts {
    fn read(&mut self, path: &str, text: &str, findings: &mut Findings) {
        let root = match tree::parse(path, text) {
            Ok(root) => root,
            Err(finding) => {
                self.has_sources |= path == "sources.yaml";
                self.has_claims |= path.starts_with("claims");
                findings.push(finding);
                return;
            }
        };
        match path {
            "practice.yaml" => self.practice = practice::read(root, findings),
            "sources.yaml" => {
                self.has_sources = true;
                self.sources = sources::read(root, findings);
            }
            "vocabulary.yaml" => self.vocabulary = vocabulary::read(root, findings).unwrap_or_default(),
            "safety.yaml" => self.safety = safety::read(root, findings),
            "safety-examples.yaml" => self.safety_examples = safety::read_examples(root, findings),
            "smalltalk.yaml" => self.smalltalk = smalltalk::read(root, findings),
            "claims.yaml" => self.read_claims(root, findings),
            _ if path.starts_with("claims/") => self.read_claims(root, findings),
            _ => findings.push(Diagnostic::error(
                "unknown-file",
                Place::file(path),
                format!("`{path}` is no file of a knowledge folder"),
                "claims go into claims/; the others are practice, sources, vocabulary, safety, safety-examples, smalltalk (.yaml)",
            )),
        }
    }

    fn read_claims(&mut self, root: tree::Node, findings: &mut Findings) {
        self.has_claims = true;
        self.claims.extend(claims::read(root, findings));
    }

    fn finish(self, hash: String, safety_hash: String, findings: &mut Findings) -> Option<Knowledge> {
        for (there, name) in
            [(self.has_sources, "sources.yaml"), (self.has_claims, "claims/ (at least one file)")]
        {
            if !there {
                missing_file(name, findings);
            }
        }
        sources::check_unique(&self.sources, findings);
        claims::check_references(&self.claims, &self.sources, findings);
        claims::check_phrasings(&self.claims, findings);
        if self.practice.is_none() && !findings.iter().any(|f| f.place.file == "practice.yaml") {
            missing_file("practice.yaml", findings);
        }
        Some(Knowledge {
            practice: self.practice?,
            sources: self.sources.into_iter().map(|(s, _)| s).collect(),
            claims: self.claims,
            vocabulary: self.vocabulary,
            safety: self.safety?,
            safety_examples: self.safety_examples,
            smalltalk: self.smalltalk,
            hash,
            safety_hash,
        })
    }
}

fn missing_file(name: &str, findings: &mut Findings) {
    findings.push(Diagnostic::error(
        "missing-file",
        Place::file(name),
        format!("the knowledge folder has no {name}"),
        "`askwell init DIR` writes a complete folder to start from",
    ));
}

/// Reports every id that stands twice among `items`.
fn check_unique_ids<'a>(
    what: &str,
    items: impl Iterator<Item = (&'a str, &'a Place)>,
    findings: &mut Findings,
) {
    let mut first = BTreeMap::new();
    for (id, place) in items.filter(|(id, _)| !id.is_empty()) {
        if let Some(other) = first.get(id) {
            findings.push(Diagnostic::error(
                "duplicate-id",
                place.clone(),
                format!("{what} `{id}` exists twice"),
                format!("rename or remove one; the first is at {other}"),
            ));
        } else {
            first.insert(id, place);
        }
    }
}

/// Reads an id: lower-case letters, digits and hyphens.
fn read_id(fields: &mut reader::Fields, findings: &mut Findings) -> Option<Located> {
    let id = fields.required("id", findings)?;
    let valid = id.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !valid || id.text.len() > 64 {
        findings.push(Diagnostic::error(
            "id",
            id.place,
            format!("`{}` cannot be an id", id.text),
            "use lower-case letters, digits and hyphens, at most 64",
        ));
        return None;
    }
    Some(id)
}
