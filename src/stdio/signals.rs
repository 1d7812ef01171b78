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

/// Reloads at every SIGHUP for as long as it is polled, beside the answering,
/// which goes on.
///
/// # Errors
/// When the system does not let a process wait for signals.
pub fn reload(service: Arc<Service>) -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        #[cfg(unix)]
        while hangup.recv().await.is_some() {
            let service = Arc::clone(&service);
            // A panic has been reported by then; the next signal is served.
            let _ = tokio::task::spawn_blocking(move || service.reload().is_ok()).await;
        }
        #[cfg(not(unix))]
        drop(service);
    })
}
