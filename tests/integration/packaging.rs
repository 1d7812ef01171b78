//! Properties of what is shipped beside the program: the image is built from
//! all that the build reads, with a compiler that is new enough; every file
//! that the documents link to is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn the_image_is_built_from_all_that_the_build_reads() {
    let image = read("Dockerfile");
    let from_context = |line: &&str| line.starts_with("COPY ") && !line.contains("--from");
    let mut copied = BTreeSet::new();
    for line in image.lines().filter(from_context) {
        let mut names: Vec<&str> = line.split_whitespace().skip(1).collect();
        names.pop();
        for name in names {
            assert!(root().join(name).exists(), "{line}: there is no {name}");
            copied.insert(name.to_owned());
        }
    }
    let mut wanted: BTreeSet<String> =
        ["Cargo.toml", "Cargo.lock", "build.rs", "src", "knowledge"].map(str::to_owned).into();
    let manifest = read("Cargo.toml");
    if manifest.contains("[[bench]]") {
        wanted.insert("benches".to_owned());
    }
    // What the build script names lies in a folder that is copied.
    for path in read("build.rs").split('"').filter(|text| text.starts_with("src/")) {
        assert!(root().join(path).exists(), "build.rs names {path}");
    }
    assert_eq!(copied, wanted);
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(image.contains(&format!("FROM rust:{version}-")), "the image is not built with Rust {version}");
}

#[test]
fn the_documents_link_to_what_is_there() {
    let mut links = 0;
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/stdio.md",
        "docs/physicians.md",
        "examples/clients/README.md",
        "examples/website/README.md",
    ] {
        let folder = root().join(document).parent().unwrap().to_owned();
        let text = read(document);
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                links += 1;
                assert!(folder.join(target).exists(), "{document} links to {target}");
            }
        }
    }
    assert!(links > 10, "only {links} links were read");
}
