//! Properties: a signature changes the bytes of one review and no other, in
//! every layout; it is written at once and in one step; what is signed is no
//! longer asked for, until the text changes; what cannot be written says so.

use std::fs;

use crate::base;
use crate::fixture::{Folder, askwell};

const CLAIMS: &str = "claims/all.yaml";

/// Runs a review with these answers; what it prints, and the exit code.
fn review(folder: &Folder, answers: &str) -> (String, i32) {
    let mut command = askwell();
    command.arg("review").arg(folder.path()).args(["--today", "2026-12-01"]);
    let output = command.write_stdin(answers).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (text, output.status.code().unwrap())
}

fn read(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join(CLAIMS)).unwrap()
}

/// The lines that two texts do not share, each without its digest.
fn changed(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str, other: &str| {
        let others: Vec<&str> = other.split('\n').collect();
        text.split('\n')
            .filter(|line| !others.contains(line))
            .map(|line| line.split(", of: ").next().unwrap().split("of: \"").next().unwrap().to_owned())
            .collect()
    };
    (lines(before, after), lines(after, before))
}

#[test]
fn what_is_approved_is_signed_and_nothing_else_changes() {
    let folder = base::folder();
    let before = read(&folder);
    let (text, code) = review(&folder, "A. Test, MD\nwhat\na\ns\nq\n");
    assert_eq!(code, 0, "{text}");
    for part in [
        "3 answers to review",
        "Where can you park?",
        "There is a car park behind the office.",
        "The label, A regulator, 2024: https://example.org/label",
        "To change an answer",
        "Signed; next review by 2028-12-01.",
        "What people say: “Botox is permanent.” Verdict: false.",
        "1 signed, 1 skipped, 1 not looked at.",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    let (gone, new) = changed(&before, &read(&folder));
    assert_eq!(gone, ["    review: {status: pending}  # ask Dr. Test"]);
    assert_eq!(new, ["    review: {status: reviewed, by: \"A. Test, MD\", on: 2026-12-01, next: 2028-12-01"]);
    assert!(read(&folder).contains("\"}  # ask Dr. Test\n"));
    // No temporary file is left, and the next walk has one answer less.
    assert_eq!(fs::read_dir(folder.path().join("claims")).unwrap().count(), 1);
    assert!(review(&folder, "").0.contains("2 answers to review"));
}

#[test]
fn a_review_in_lines_of_its_own_keeps_its_layout() {
    let folder = base::folder();
    let before = read(&folder);
    review(&folder, "Dr. \"T\" {x} # y: z\ns\na\nq\n");
    let (gone, new) = changed(&before, &read(&folder));
    assert_eq!(gone, ["      status: pending  # due soon"]);
    let by = r#"      by: "Dr. \"T\" {x} # y: z""#;
    assert_eq!(
        new,
        [
            "      status: reviewed  # due soon",
            by,
            "      on: 2026-12-01",
            "      next: 2028-12-01",
            "      "
        ]
    );
    // Once more, after a change: the same lines hold the new signature.
    folder.replace(CLAIMS, "You can have it again.", "You may have it again.");
    folder.replace(CLAIMS, "      on: 2026-12-01\n", "      # seen at the meeting\n      on: 2026-12-01\n");
    let before = read(&folder);
    let (text, _) = review(&folder, "B. Test, RN\ns\na\nq\n");
    assert!(text.contains("lasting (changed since its review)"), "{text}");
    let (gone, new) = changed(&before, &read(&folder));
    assert_eq!(
        (gone, new),
        (vec![by.to_owned(), "      ".into()], vec!["      by: \"B. Test, RN\"".into(), "      ".into()])
    );
}

#[test]
fn every_layout_is_signed_or_refused_with_a_line_to_write() {
    let pending = "{status: pending}  # ask Dr. Test";
    let cases = [
        ("{ status: 'pending' }", true),
        ("{\"status\": \"pending\"}", true),
        ("\n      {status: pending}", true),
        ("\n      # nobody yet\n\n      status: \"pending\"   # note", true),
        ("\n     status: pending\n", true),
        ("{status: reviewed, by: \"A \\\" } B\", on: 2024-01-01, next: 2025-01-01, of: \"0\"}", true),
        (
            "\n      status: reviewed\n      of: \"0\"\n      by: 'A ''s # B'  # c\n      next: 2025-01-01\n      on: 2024-01-01",
            true,
        ),
        ("{status: pending # note\n      }", false),
        ("\n      status: >-\n        pending", false),
        ("{status: &x pending}", false),
    ];
    for (layout, signs) in cases {
        for end_of_line in ["\n", "\r\n"] {
            let folder = base::folder();
            folder.replace(CLAIMS, pending, layout);
            let text = format!("\u{feff}{}", read(&folder).replace('\n', end_of_line));
            folder.write(CLAIMS, &text);
            let (printed, code) = review(&folder, "A. Test, MD\na\nq\n");
            let after = read(&folder);
            if signs {
                assert_eq!(code, 0, "{layout:?}: {printed}");
                assert!(after.starts_with('\u{feff}') && after.contains("2028-12-01"), "{layout:?}: {after}");
                let lines = after.matches('\n').count();
                assert_eq!(after.matches(end_of_line).count(), lines, "{layout:?} mixes line ends");
                let comments = |text: &str| text.matches('#').count();
                assert_eq!(
                    comments(&after),
                    comments(&text) - usize::from(layout.contains("s # B")),
                    "{layout:?}"
                );
                assert!(review(&folder, "").0.contains("2 answers to review"), "{layout:?}");
            } else {
                assert_eq!((code, after), (1, text), "{layout:?}: {printed}");
                assert!(printed.contains("nothing was written") && printed.contains("of: \""), "{printed}");
            }
        }
    }
}

#[test]
fn a_shared_review_is_not_signed_for_two() {
    let folder = base::folder();
    folder.replace(CLAIMS, "{status: pending}  # ask Dr. Test", "&state {status: pending}");
    folder.replace(
        CLAIMS,
        "    personal: true\n    review: {status: pending}",
        "    personal: true\n    review: *state",
    );
    let before = read(&folder);
    let (text, code) = review(&folder, "A. Test, MD\na\n");
    assert_eq!((code, read(&folder) == before), (1, true), "{text}");
}

#[test]
fn the_file_keeps_its_mode_and_a_link_stays_a_link() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = base::folder();
        let (link, target) = (folder.path().join(CLAIMS), folder.path().join("real.txt"));
        fs::rename(&link, &target).unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert_eq!(review(&folder, "A. Test, MD\na\nq\n").1, 0);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::read_to_string(&target).unwrap().contains("A. Test, MD"));
    }
}

#[test]
fn all_signed_passes_a_strict_check() {
    let folder = base::folder();
    let (text, _) = review(&folder, "A. Test, MD\na\na\na\n");
    assert!(text.contains("3 signed, 0 skipped, 0 not looked at."), "{text}");
    let check = |today: &str| {
        let mut command = askwell();
        command.arg("check").arg(folder.path()).args(["--strict", "--today", today]);
        command.output().unwrap().status.code()
    };
    assert_eq!((check("2026-12-01"), check("2028-12-02")), (Some(0), Some(3)));
    assert!(review(&folder, "").0.contains("Nothing is pending, changed or due."));
}

#[test]
fn the_embedded_knowledge_cannot_be_signed() {
    let output = askwell().arg("review").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("askwell init"));
}
