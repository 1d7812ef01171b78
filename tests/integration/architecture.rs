//! Properties: data flows one way, so no module uses one that stands below it;
//! the core does no I/O and knows no runtime.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules, each of which may use what stands in a row above its own.
const ORDER: &[&[&str]] = &[
    &["limits"],
    &["diagnostic"],
    &["text"],
    &["learning"],
    &["knowledge"],
    &["matching", "safety"],
    &["dialogue"],
    &["compiled"],
    &["engine"],
    &["check", "eval", "exchange"],
    &["wire"],
    &["terminal", "stdio"],
    &["commands"],
];

/// What the core must not name: files, clocks, processes, streams, threads.
const IO: &[&str] = &[
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "tokio",
    "Zoned",
];

fn row(module: &str) -> usize {
    ORDER.iter().position(|row| row.contains(&module)).unwrap_or_else(|| panic!("`{module}` is in no row"))
}

/// Every source file with the top-level module that it belongs to and its
/// text without tests and comments.
fn sources() -> Vec<(PathBuf, String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&root).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let code = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        (path, module, code)
    };
    files.into_iter().map(read).filter(|(_, module, _)| !matches!(module.as_str(), "lib" | "main")).collect()
}

#[test]
fn no_import_points_up() {
    let mut arrows = 0;
    for (path, module, code) in sources() {
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap().split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names.into_iter().filter(|n| !n.is_empty()) {
                let used = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                arrows += 1;
                assert!(
                    used == module || row(used) < row(&module),
                    "{}: `{module}` uses `{used}`, which does not stand above it",
                    path.display()
                );
            }
        }
    }
    assert!(arrows > 20, "only {arrows} imports were read");
}

#[test]
fn the_core_does_no_io() {
    for (path, module, code) in sources() {
        if row(&module) <= row("engine") {
            for name in IO {
                assert!(!code.contains(name), "{} names {name}", path.display());
            }
        }
    }
}
