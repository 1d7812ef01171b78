//! Properties of the chat on a terminal: Ctrl-C clears a line, then says how to
//! leave, then leaves with 130; Ctrl-D and the words for it leave with 0; text
//! is wrapped and no address is broken; what is for a screen reader draws
//! nothing twice. `script` makes the terminal; without it they are skipped.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";

/// A command line on a terminal; `None` where there is no `script`, said aloud.
fn terminal(program: &str, variables: &[(&str, &str)]) -> Option<Command> {
    if Command::new("script").arg("--version").output().is_err() {
        let mut stderr = std::io::stderr();
        writeln!(stderr, "skipped: a terminal needs `script`").unwrap();
        return None;
    }
    let mut command = Command::new("script");
    command.args(["-qec", program, "/dev/null"]).env("TERM", "xterm").env("SHELL", "/bin/sh");
    for name in ["NO_COLOR", "CLICOLOR", "FORCE_HYPERLINK", "ASKWELL_KNOWLEDGE"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    Some(command)
}

/// The program on a terminal of 60 columns.
struct Screen {
    child: Child,
    keys: ChildStdin,
    shown: Arc<Mutex<Vec<u8>>>,
}

impl Screen {
    /// Starts it; `None` where there is no terminal.
    fn start(options: &str, variables: &[(&str, &str)]) -> Option<Self> {
        let program = format!("stty cols 60 rows 40; exec '{}' {options}", env!("CARGO_BIN_EXE_askwell"));
        let mut command = terminal(&program, variables)?;
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (keys, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let shown = Arc::new(Mutex::new(Vec::new()));
        let to_show = Arc::clone(&shown);
        thread::spawn(move || {
            let mut piece = [0; 4_096];
            while let Ok(length @ 1..) = stdout.read(&mut piece) {
                to_show.lock().unwrap().extend_from_slice(&piece[..length]);
            }
        });
        let mut screen = Self { child, keys, shown };
        let greeting = screen.wait_for("> ");
        assert!(greeting.contains("not medical advice") && greeting.contains("/help"), "{greeting}");
        Some(screen)
    }

    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().unwrap()).replace("\r\n", "\n")
    }

    /// Waits for something new that holds a text; what was new.
    fn wait_for(&mut self, text: &str) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        while !self.shown().contains(text) {
            assert!(Instant::now() < end, "{text:?} is not in {:?}", self.shown());
            thread::sleep(Duration::from_millis(10));
        }
        // The prompt behind it, and the terminal in its new state.
        thread::sleep(Duration::from_millis(150));
        let shown = self.shown();
        self.shown.lock().unwrap().clear();
        shown
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn exit(mut self) -> i32 {
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.child.kill().unwrap();
        panic!("it does not end: {:?}", self.shown())
    }
}

#[test]
fn ctrl_c_clears_then_warns_then_leaves() {
    for (options, variables) in [("", &[][..]), ("--accessible", &[]), ("", &[("TERM", "dumb")])] {
        let Some(mut screen) = Screen::start(options, variables) else { return };
        screen.press("/nonsense");
        screen.wait_for("/nonsense");
        screen.press(CTRL_C);
        if options.is_empty() && variables.is_empty() {
            thread::sleep(Duration::from_millis(300));
            assert!(!screen.shown().contains("To leave"), "{options}: a line that has text is cleared alone");
            screen.press(CTRL_C);
        }
        screen.wait_for("To leave, press Ctrl-C once more");
        // What was typed is gone, and any line in between starts anew.
        screen.press("/privacy\n");
        let shown = screen.wait_for("sends nothing anywhere");
        assert!(!shown.contains("no such command"), "{shown}");
        screen.press(CTRL_C);
        screen.wait_for("To leave");
        screen.press(CTRL_C);
        assert_eq!(screen.exit(), 130, "{options} {variables:?}");
    }
}

#[test]
fn ctrl_d_and_the_words_for_it_leave() {
    for options in ["", "--accessible"] {
        for keys in [CTRL_D, "exit\n", "quit\n", "/quit\n"] {
            let Some(mut screen) = Screen::start(options, &[]) else { return };
            screen.press(keys);
            assert_eq!(screen.exit(), 0, "{keys:?}");
        }
    }
}

#[test]
fn lines_are_wrapped_and_no_address_is_broken() {
    let Some(mut screen) = Screen::start("--color never", &[]) else { return };
    let mut longest = 0;
    for (keys, last) in
        [("/topics\n", "insurance pay"), ("/sources\n", "https"), ("is botox permanent?\n", "drhilinski.com")]
    {
        screen.press(keys);
        let shown = screen.wait_for(last);
        for line in shown.lines().filter(|line| !line.contains('\u{1b}')) {
            let broken = line.chars().count() > 60 && line.trim().contains(' ') && !line.contains("https://");
            assert!(!broken, "{line:?} is too wide");
            longest = longest.max(line.chars().count());
        }
    }
    assert!(longest > 50, "{longest}");
    screen.press("/quit\n");
    assert_eq!(screen.exit(), 0);
}

#[test]
fn for_a_screen_reader_nothing_is_drawn_twice() {
    let Some(mut screen) = Screen::start("--accessible --color never", &[]) else { return };
    screen.press("is botox permanent?\n");
    let shown = screen.wait_for("Consultation: ");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    for label in ["Question: ", "Answer: ", "Source 1: "] {
        assert!(shown.contains(label), "{shown}");
    }
    screen.press(CTRL_D);
    assert_eq!(screen.exit(), 0);
}

#[test]
fn colour_and_links_are_for_terminals_that_have_them() {
    let ask = "ask 'is botox permanent?'";
    let shown = |options: &str, variables: &[(&str, &str)]| {
        let program = format!("'{}' {ask} {options}", env!("CARGO_BIN_EXE_askwell"));
        let output = terminal(&program, variables)?.stdin(Stdio::null()).output().unwrap();
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(coloured) = shown("", &[]) else { return };
    assert!(coloured.contains("\u{1b}[1m"), "{coloured:?}");
    for variable in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
        let plain = shown("", &[variable]).unwrap();
        assert!(plain.contains("temporary") && !plain.contains("\u{1b}["), "{variable:?}: {plain:?}");
    }
    assert!(shown("--color always", &[("NO_COLOR", "1")]).unwrap().contains("\u{1b}[1m"));
    let linked = shown("", &[("FORCE_HYPERLINK", "1")]).unwrap();
    assert!(linked.contains("\u{1b}]8;;https://") && linked.contains("\u{1b}\\https://"), "{linked:?}");
}
