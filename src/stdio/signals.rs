//! What the operating system asks for: an end, or a reload.

use std::io;
use std::sync::Arc;

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

use super::Service;

/// Resolves at SIGTERM or SIGINT (elsewhere at Ctrl-C).
///
/// # Errors
/// When the system does not let a process wait for signals.
pub fn stop() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// What reloads a service: SIGHUP, where there is one. From its making on the
/// signal no longer ends the process.
pub struct Hangups {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Hangups {
    /// Waits for the signal from now on.
    ///
    /// # Errors
    /// When the system does not let a process wait for signals.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            signal: signal(SignalKind::hangup())?,
        })
    }

    /// Reloads at every signal, beside the answering, which goes on.
    pub async fn reload(self, service: Arc<Service>) {
        #[cfg(unix)]
        {
            let mut signal = self.signal;
            while signal.recv().await.is_some() {
                let service = Arc::clone(&service);
                // Success and failure have been logged, a panic too.
                let _ = tokio::task::spawn_blocking(move || service.reload().is_ok()).await;
            }
        }
        drop(service);
    }
}
