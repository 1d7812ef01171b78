//! `askwell stdio`: serving a program.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use tracing::level_filters::LevelFilter;

use super::{Exit, Options, Stop, folder};
use crate::diagnostic::{Diagnostic, Place};
use crate::stdio::{End, Loader, Service, serve, signals, streams};

#[derive(Debug, Args)]
pub(super) struct Stdio {
    /// What to log on stderr. No level holds a word of a message.
    #[arg(long, value_enum, default_value_t = Log::Warn, value_name = "LEVEL")]
    log: Log,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Log {
    /// Nothing.
    Off,
    /// Defects of the program.
    Error,
    /// Also a reload that failed.
    Warn,
    /// Also start, reload and end.
    Info,
    /// Also one line a request: method, error code, time, size.
    Debug,
    /// Also the length of every line that comes in.
    Trace,
}

impl Stdio {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        self.log.start();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let end = runtime.block_on(start(options.knowledge.clone()));
        // A thread may still wait for stdin or stdout; the process need not.
        runtime.shutdown_background();
        let end = end?;
        tracing::info!(?end, "ended");
        Ok(match end {
            End::Finished | End::Closed => Exit::Done,
            End::Stalled => Exit::Failed,
        })
    }
}

/// Makes the engine, then serves. A signal that comes before it is ready ends
/// the program as one that comes later does.
async fn start(path: Option<PathBuf>) -> Result<End, Stop> {
    let stop = signals::stop()?;
    tokio::pin!(stop);
    let hangups = signals::Hangups::new()?;
    let folder = path.clone();
    let engine = tokio::select! {
        engine = tokio::task::spawn_blocking(move || folder::engine(folder.as_deref())) => engine??,
        () = &mut stop => return Ok(End::Finished),
    };
    let knowledge = engine.knowledge();
    tracing::info!(hash = knowledge.hash, claims = knowledge.shown().count(), "serving");
    let service = Arc::new(Service::new(engine, path.map(loader)));
    tokio::spawn(hangups.reload(Arc::clone(&service)));
    Ok(serve(service, streams::input()?, streams::output()?, stop).await?)
}

/// Reads a folder anew, as of the day on which it does.
fn loader(path: PathBuf) -> Box<Loader> {
    Box::new(move || {
        folder::engine(Some(&path)).map_err(|stop| match stop {
            Stop::Findings(findings, _) => findings,
            Stop::Failed(error) => vec![Diagnostic::error(
                "unreadable",
                Place::default(),
                format!("the folder cannot be read: {error:#}"),
                "check that it is there and may be read",
            )],
        })
    })
}

impl Log {
    /// Logs to stderr from now on. A panic is logged by its place alone: its
    /// message may quote what a patient wrote.
    fn start(self) {
        let level = match self {
            Self::Off => LevelFilter::OFF,
            Self::Error => LevelFilter::ERROR,
            Self::Warn => LevelFilter::WARN,
            Self::Info => LevelFilter::INFO,
            Self::Debug => LevelFilter::DEBUG,
            Self::Trace => LevelFilter::TRACE,
        };
        tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(std::io::stderr)
            .with_ansi(false)
            .with_target(false)
            .log_internal_errors(false)
            .init();
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "a defect of the program; please report it");
        }));
    }
}
