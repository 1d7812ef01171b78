//! A temporary knowledge folder, and the program run on it.

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// The smallest folder that is valid.
pub(crate) const PRACTICE: &str = "practice:
  name: Test practice
  location: Testville
  disclosure: This is an automated program.
  consultation: {prompt: Book a visit., url: https://example.org/book}
";

pub(crate) const SOURCES: &str = "sources:
  - {id: article, title: An article, publisher: A society, kind: authority, url: https://example.org/a, accessed: 2026-11-23}
";

pub(crate) const CLAIMS: &str = "claims:
  - id: dose
    title: How large is the dose?
    claim: The dose is large.
    verdict: false
    answer: The dose is small.
    why: People confuse it with another one.
    sources: [{source: article, section: Dose}]
    asks: [how large is the dose, what dose do people get, dose size]
    affirms: [the dose is large, is the dose big, they give a lot]
    denies: [the dose is small, is the dose tiny, they give only a little]
    related: [colour]
    review: {status: pending}
  - id: colour
    title: Which colour has the box?
    answer: The box is blue.
    sources: [{source: article}]
    asks: [which colour has the box, what colour is the packaging, is the carton blue or green]
    review: {status: pending}
";

/// The embedded small talk has examples of all that is off the subject: too
/// much to learn from for each test.
pub(crate) const SMALLTALK: &str = "smalltalk:
  - {id: greeting, phrasings: [hello, hi there, good morning], reply: Hello!}
";

/// A knowledge folder that is removed when it goes out of scope.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A small valid folder.
    pub(crate) fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("practice.yaml", PRACTICE);
        folder.write("sources.yaml", SOURCES);
        folder.write("claims/all.yaml", CLAIMS);
        folder.write("smalltalk.yaml", SMALLTALK);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with its parents.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces a text that stands in a file.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(from), "{from:?} is not in {path}");
        self.write(path, text.replace(from, to));
    }

    /// The program, using this folder.
    pub(crate) fn askwell(&self) -> Command {
        let mut command = askwell();
        command.arg("--knowledge").arg(self.path());
        command
    }
}

/// The program, on its embedded knowledge, with an environment of its own.
pub(crate) fn askwell() -> Command {
    let mut command = Command::cargo_bin("askwell").unwrap();
    command.env_remove("ASKWELL_KNOWLEDGE").env_remove("NO_COLOR");
    command
}
