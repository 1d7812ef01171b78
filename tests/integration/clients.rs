//! Properties of the clients under `examples/clients`, each run as its users
//! run it, against the built program: the conversation goes on although the
//! process is killed between two messages; a red flag is shown as one; what a
//! client cannot get is said and ends nothing. And the website's properties
//! that need no browser.
//!
//! A client whose interpreter is missing is skipped, with a line on stderr.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::fixture::Folder;

/// A client: its interpreter, a script that fails where that is too old, and
/// its program under `examples/clients`.
struct Client {
    interpreter: &'static str,
    check: &'static [&'static str],
    program: &'static str,
}

const NODE: Client = Client {
    interpreter: "node",
    check: &["-e", "process.exit(''.toWellFormed ? 0 : 1)"],
    program: "node/chat.mjs",
};
const PYTHON: Client = Client {
    interpreter: "python3",
    check: &["-c", "from asyncio import timeout"],
    program: "python/chat.py",
};
const PHP: Client = Client {
    interpreter: "php",
    check: &["-r", "exit(PHP_VERSION_ID < 80100 ? 1 : 0);"],
    program: "php/chat.php",
};
const SHELL: Client =
    Client { interpreter: "sh", check: &["-c", "jq --version && timeout 1 true"], program: "shell/chat.sh" };

/// Where the consultation's address stands alone, a reply ends.
const LAST_LINE: &str = "https://example.org/book";

impl Client {
    /// Whether it can run here; says aloud when not.
    fn runs(&self) -> bool {
        let check = Command::new(self.interpreter).args(self.check).output();
        let runs = check.is_ok_and(|output| output.status.success());
        if !runs {
            let mut stderr = std::io::stderr();
            writeln!(stderr, "skipped: {} needs a recent {}", self.program, self.interpreter).unwrap();
        }
        runs
    }

    fn start(&self, askwell: &Path) -> Conversation {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients");
        let mut child = Command::new(self.interpreter)
            .arg(examples.join(self.program))
            .env("ASKWELL", askwell)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("ASKWELL_KNOWLEDGE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let replies = BufReader::new(child.stdout.take().unwrap());
        Conversation { child, replies }
    }

    /// The whole output for lines that are known in advance.
    fn output(&self, askwell: &Path, lines: &[u8]) -> String {
        let mut conversation = self.start(askwell);
        conversation.child.stdin.take().unwrap().write_all(lines).unwrap();
        let text = std::io::read_to_string(&mut conversation.replies).unwrap();
        assert!(conversation.child.wait().unwrap().success(), "{text}");
        text
    }
}

struct Conversation {
    child: Child,
    replies: BufReader<ChildStdout>,
}

impl Conversation {
    /// Sends a message and reads its reply.
    fn ask(&mut self, text: &str) -> String {
        writeln!(self.child.stdin.as_mut().unwrap(), "{text}").unwrap();
        let mut reply = String::new();
        while !reply.trim_end().ends_with(LAST_LINE) {
            assert!(self.replies.read_line(&mut reply).unwrap() > 0, "it ended after {reply:?}");
        }
        reply
    }
}

/// The program behind a script that notes the id of each of its processes.
struct Noted {
    folder: Folder,
}

impl Noted {
    fn new() -> Self {
        let folder = Folder::new();
        let script = format!(
            "#!/bin/sh\necho $$ >>'{}'\nexec '{}' \"$@\" --knowledge '{}'\n",
            folder.path().join("ids").display(),
            env!("CARGO_BIN_EXE_askwell"),
            folder.path().display(),
        );
        folder.write("askwell", script);
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path().join("askwell"), executable).unwrap();
        Self { folder }
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("askwell")
    }

    /// Kills the newest process; one that has ended by itself is no failure.
    fn kill(&self) {
        let newest = self.ids().pop().unwrap();
        Command::new("kill").args(["-9", &newest]).stderr(Stdio::null()).status().unwrap();
    }

    fn ids(&self) -> Vec<String> {
        let ids = std::fs::read_to_string(self.folder.path().join("ids")).unwrap();
        ids.lines().map(str::to_owned).collect()
    }
}

fn a_conversation_survives(client: &Client) {
    if !client.runs() {
        return;
    }
    let askwell = Noted::new();
    let mut conversation = client.start(&askwell.program());
    let first = conversation.ask("is the dose big?");
    assert!(first.contains("The dose is small."), "{first}");
    assert_eq!(first.matches("automated program").count(), 1, "{first}");
    for _ in 0..3 {
        askwell.kill();
        // A number means something within the conversation alone.
        let next = conversation.ask("1");
        assert!(next.contains("The box is blue."), "{next}");
        assert!(!next.contains("automated program"), "the disclosure came once:\n{next}");
        askwell.kill();
        conversation.ask("is the dose big?");
    }
    assert!(askwell.ids().len() >= 4, "each kill took a process");
    drop(conversation.child.stdin.take());
    assert!(conversation.child.wait().unwrap().success());
}

fn red_flags_stand_out(client: &Client) {
    if !client.runs() {
        return;
    }
    let askwell = Noted::new();
    let text = client.output(&askwell.program(), b"I can't breathe\nis the dose big?\n");
    let (banner, rest) = text.split_once('\n').unwrap();
    assert_eq!(banner, "*** PLEASE READ THIS FIRST (911) ***");
    let (alarm, reply) = rest.split_once("This is an automated program.").unwrap();
    assert!(alarm.contains("911") && !alarm.contains(LAST_LINE), "{text}");
    // The reply after it opens with the reminder.
    let (reminder, _) = reply.split_once("The dose is small.").unwrap();
    assert!(reminder.contains("911") && !reminder.contains("***"), "{text}");
}

fn bad_input_ends_nothing(client: &Client) {
    if !client.runs() {
        return;
    }
    let askwell = Noted::new();
    let long = "a".repeat(70_000);
    let lines: [&[u8]; 6] = [
        b"",
        b"\"; \\ $(false) `false` %s",
        b"\xff\xfe",
        "é \u{2028} 👍".as_bytes(),
        long.as_bytes(),
        b"is the dose big?",
    ];
    let mut input = lines.join(&b'\n');
    input.push(b'\n');
    let text = client.output(&askwell.program(), &input);
    assert!(text.contains("The dose is small."), "{text}");
    // Without the program each message gets an honest line, and not its own words.
    let text = client.output(Path::new("/nonexistent/askwell"), b"zebra\n");
    assert!(text.starts_with("No answer") && text.contains("call 911"), "{text}");
    assert!(!text.contains("zebra"), "{text}");
}

macro_rules! clients {
    ($($name:ident: $client:expr),*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn a_conversation_survives_killed_processes() {
                a_conversation_survives(&$client);
            }

            #[test]
            fn red_flags() {
                red_flags_stand_out(&$client);
            }

            #[test]
            fn bad_input() {
                bad_input_ends_nothing(&$client);
            }
        }
    )*};
}

clients!(node: NODE, python: PYTHON, php: PHP, shell: SHELL);

#[test]
fn the_website_without_a_browser() {
    if !NODE.runs() {
        return;
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/website/tests/site.test.mjs");
    let output = Command::new("node")
        .arg("--test")
        .arg(tests)
        .env("ASKWELL", env!("CARGO_BIN_EXE_askwell"))
        .env_remove("ASKWELL_KNOWLEDGE")
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
    assert!(!report.contains("# pass 0"), "{report}");
}
