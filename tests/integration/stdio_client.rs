//! A client of the protocol for the tests: in memory, or of the program. Every
//! line that it reads is held against the published schema.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use askwell::engine::Engine;
use askwell::knowledge::Knowledge;
use askwell::stdio::{End, Loader, Service, serve};
use serde_json::{Value, json};

use crate::fixture::{CLAIMS, PRACTICE, SMALLTALK, SOURCES};

/// An engine on the fixture's knowledge with `claims` in place of its own.
pub(crate) fn engine(claims: &str) -> Engine {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let files = [
        file("practice.yaml", PRACTICE),
        file("sources.yaml", SOURCES),
        file("smalltalk.yaml", SMALLTALK),
        file("claims/all.yaml", claims),
    ];
    Engine::new(Knowledge::parse(&files).unwrap())
}

/// A service on the fixture's knowledge that cannot reload: it has no state, so
/// all tests share one.
pub(crate) fn small() -> Arc<Service> {
    static SMALL: LazyLock<Arc<Service>> = LazyLock::new(|| Arc::new(Service::new(engine(CLAIMS), None)));
    Arc::clone(&SMALL)
}

/// A service on the fixture's knowledge with a loader.
pub(crate) fn reloading(load: Box<Loader>) -> Arc<Service> {
    Arc::new(Service::new(engine(CLAIMS), Some(load)))
}

/// What comes back for an input that ends.
pub(crate) fn exchange(service: &Arc<Service>, input: impl AsRef<[u8]>) -> Vec<Value> {
    let (end, output) = raw_exchange(service, input.as_ref());
    assert_eq!(end, End::Finished);
    lines(&output)
}

/// The end and all bytes that come back for an input that ends.
pub(crate) fn raw_exchange(service: &Arc<Service>, input: &[u8]) -> (End, Vec<u8>) {
    let mut output = Vec::new();
    let served = serve(Arc::clone(service), input, &mut output, std::future::pending());
    let end = runtime().block_on(served).unwrap();
    (end, output)
}

/// The reply to one request.
pub(crate) fn call(service: &Arc<Service>, method: &str, params: Value) -> Value {
    let mut replies = exchange(service, request(1, method, params));
    assert_eq!(replies.len(), 1);
    let reply = replies.remove(0);
    assert_eq!(reply["id"], 1);
    if let Some(result) = reply.get("result") {
        let schema = &SCHEMA["x-methods"][method]["result"];
        let validator =
            jsonschema::validator_for(&json!({ "$defs": SCHEMA["$defs"], "$ref": schema["$ref"] }));
        validator.unwrap().validate(result).unwrap();
    }
    reply
}

/// A request as a line; without `params` where they are null.
pub(crate) fn request(id: impl Into<Value>, method: &str, params: Value) -> String {
    let mut request = json!({ "jsonrpc": "2.0", "id": id.into(), "method": method });
    if !params.is_null() {
        request["params"] = params;
    }
    format!("{request}\n")
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

/// The published schema.
pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(askwell::wire::schema);

static RESPONSE: LazyLock<jsonschema::Validator> = LazyLock::new(|| definition("Response"));
static REQUEST: LazyLock<jsonschema::Validator> = LazyLock::new(|| definition("Request"));

fn definition(name: &str) -> jsonschema::Validator {
    let schema = json!({ "$defs": SCHEMA["$defs"], "$ref": format!("#/$defs/{name}") });
    jsonschema::validator_for(&schema).unwrap()
}

/// Whether the published schema takes a request.
pub(crate) fn is_valid_request(request: &Value) -> bool {
    REQUEST.is_valid(request)
}

/// Lines of the protocol, each valid and within its limit.
pub(crate) fn lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "the last line is not whole");
    text.split_terminator('\n').map(valid).collect()
}

fn valid(line: &str) -> Value {
    assert!(line.len() + 1 < 65_536, "{} bytes", line.len());
    let value: Value = serde_json::from_str(line).unwrap();
    if let Err(error) = RESPONSE.validate(&value) {
        panic!("{error} in {value}");
    }
    assert!(value.get("result").is_some() != value.get("error").is_some(), "{value}");
    value
}

/// The program, running.
pub(crate) struct Running {
    child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    pub(crate) stdout: Option<BufReader<ChildStdout>>,
}

impl Running {
    /// Starts `askwell stdio` on a folder, or on the embedded knowledge.
    pub(crate) fn start(folder: Option<&std::path::Path>, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_askwell"));
        command.env_remove("ASKWELL_KNOWLEDGE");
        if let Some(folder) = folder {
            command.arg("--knowledge").arg(folder);
        }
        command.arg("stdio").args(arguments);
        Self::spawn(command)
    }

    pub(crate) fn spawn(mut command: Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdin, stdout }
    }

    pub(crate) fn send(&mut self, lines: impl AsRef<[u8]>) {
        self.stdin.as_mut().unwrap().write_all(lines.as_ref()).unwrap();
    }

    /// The next reply.
    pub(crate) fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.as_mut().unwrap().read_line(&mut line).unwrap();
        valid(line.strip_suffix('\n').expect("a whole line"))
    }

    /// One request and its reply.
    pub(crate) fn ask(&mut self, text: &str) -> Value {
        self.send(request("ask", "ask", json!({ "text": text })));
        self.receive()
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// The memory that the process holds, in bytes, where the system tells.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok().map(|kib: u64| kib * 1024)
    }

    /// Waits for the end, `limit` at most.
    pub(crate) fn wait(&mut self, limit: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < limit, "still running after {limit:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What is left on stdout and stderr of a process that has ended.
    pub(crate) fn rest(&mut self) -> (String, String) {
        use std::io::Read;
        let (mut out, mut err) = (String::new(), String::new());
        if let Some(stdout) = &mut self.stdout {
            stdout.read_to_string(&mut out).unwrap();
        }
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (out, err)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
