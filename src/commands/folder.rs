//! Knowledge from a disk: reading a folder, and its findings for a person.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Stop;
use crate::diagnostic::{Diagnostic, Place, Severity, text};
use crate::engine::Engine;
use crate::knowledge::{self, File, Knowledge};
use crate::limits;

/// The files of a folder, or the embedded ones.
///
/// # Errors
/// Every file that cannot be read, as a finding.
pub(super) fn files(folder: Option<&Path>) -> Result<Vec<File>, Stop> {
    let Some(folder) = folder else { return Ok(knowledge::embedded_files()) };
    let mut found = Reading::default();
    found.folder(folder, "", 0);
    if found.findings.is_empty() { Ok(found.files) } else { Err(Stop::Findings(found.findings, found.files)) }
}

/// The knowledge in files.
///
/// # Errors
/// All findings, if any of them is an error.
pub(super) fn knowledge(files: Vec<File>) -> Result<Knowledge, Stop> {
    Knowledge::parse(&files).map_err(|findings| Stop::Findings(findings, files))
}

/// The engine on a folder, or on the embedded knowledge, as of today. A folder
/// starts from its compiled form where it has one of just these files; else it
/// is trained now.
///
/// # Errors
/// All findings, if any of them is an error.
pub(super) fn engine(folder: Option<&Path>) -> Result<Engine, Stop> {
    let Some(folder) = folder else { return Ok(Engine::embedded(today())) };
    let files = files(Some(folder))?;
    let bytes = std::fs::read(compiled(folder)).unwrap_or_default();
    let hash = Knowledge::hash_of(&files);
    match Engine::compiled(bytes.into(), &hash, today()).or_else(|| Engine::shipped(&hash, today())) {
        Some(engine) => Ok(engine),
        None => Ok(Engine::new(knowledge(files)?.on(today()))),
    }
}

/// Where the compiled form of a folder is.
pub(super) fn compiled(folder: &Path) -> PathBuf {
    folder.join("compiled.askwell")
}

/// Today, where the program runs.
pub(super) fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// A finding with its excerpt.
pub(super) fn rendered(finding: &Diagnostic, files: &[File], color: bool) -> String {
    let source = files.iter().find(|(path, _)| *path == finding.place.file);
    text::render(finding, source.map(|(_, text)| text.as_str()), color)
}

/// How many findings there are, in words.
pub(super) fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

/// Deepest level of folders that is read: claims may be sorted into one more.
const DEEPEST: usize = 3;

#[derive(Default)]
struct Reading {
    files: Vec<File>,
    findings: Vec<Diagnostic>,
}

impl Reading {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if prefix.is_empty() { folder.display().to_string() } else { prefix.to_owned() };
                self.unreadable(&name, &error, "name a knowledge folder; `askwell init DIR` writes one");
                return;
            }
        };
        let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let relative = format!("{prefix}{name}");
            if path.is_dir() {
                if depth < DEEPEST && !name.starts_with('.') {
                    self.folder(&path, &format!("{relative}/"), depth + 1);
                }
            } else if knowledge::is_yaml(&relative) {
                self.file(&path, relative);
            }
        }
    }

    fn file(&mut self, path: &Path, relative: String) {
        if self.files.len() >= limits::KNOWLEDGE_FILES {
            return;
        }
        let size = std::fs::metadata(path).map_or(0, |m| m.len());
        if size > limits::KNOWLEDGE_FILE_BYTES {
            self.findings.push(Diagnostic::error(
                "file-too-large",
                Place::file(&relative),
                format!("this file has {size} bytes"),
                format!("split it: a file may have {} at most", limits::KNOWLEDGE_FILE_BYTES),
            ));
            return;
        }
        match std::fs::read(path) {
            Err(error) => self.unreadable(&relative, &error, "check that the file may be read"),
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.files.push((relative, text)),
                Err(error) => self.findings.push(Diagnostic::error(
                    "not-utf-8",
                    Place::file(&relative),
                    format!("byte {} is no UTF-8", error.utf8_error().valid_up_to()),
                    "save the file as UTF-8",
                )),
            },
        }
    }

    fn unreadable(&mut self, name: &str, error: &std::io::Error, help: &str) {
        self.findings.push(Diagnostic::error(
            "unreadable",
            Place::file(name),
            format!("cannot be read: {error}"),
            help,
        ));
    }
}
