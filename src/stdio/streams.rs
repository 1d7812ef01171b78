//! The process's own stdin and stdout.
//!
//! Where they are pipes or sockets, as behind a website, the system tells when
//! they are ready; that saves two changes of thread a request over a thread
//! that waits in a read. What else they may be (a file, a terminal) has such a
//! thread.

use std::io;
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite};

/// Standard input.
///
/// # Errors
/// When it is closed or cannot be waited for.
pub fn input() -> io::Result<Pin<Box<dyn AsyncRead + Send>>> {
    #[cfg(unix)]
    match unix::Stream::of(io::stdin())? {
        unix::Stream::Pipe(file) => return Ok(Box::pin(tokio::net::unix::pipe::Receiver::from_file(file)?)),
        unix::Stream::Socket(socket) => return Ok(Box::pin(socket)),
        unix::Stream::Other => {}
    }
    Ok(Box::pin(tokio::io::stdin()))
}

/// Standard output.
///
/// # Errors
/// When it is closed or cannot be waited for.
pub fn output() -> io::Result<Pin<Box<dyn AsyncWrite + Send>>> {
    #[cfg(unix)]
    match unix::Stream::of(io::stdout())? {
        unix::Stream::Pipe(file) => return Ok(Box::pin(tokio::net::unix::pipe::Sender::from_file(file)?)),
        unix::Stream::Socket(socket) => return Ok(Box::pin(socket)),
        unix::Stream::Other => {}
    }
    Ok(Box::pin(tokio::io::stdout()))
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::fs::FileTypeExt;
    use std::os::unix::net::UnixStream as StdStream;

    use tokio::net::UnixStream;

    /// A standard stream by its sort.
    pub(super) enum Stream {
        Pipe(File),
        Socket(UnixStream),
        Other,
    }

    impl Stream {
        pub(super) fn of(stream: impl AsFd) -> io::Result<Self> {
            let file = File::from(stream.as_fd().try_clone_to_owned()?);
            let sort = file.metadata()?.file_type();
            if sort.is_fifo() {
                return Ok(Self::Pipe(file));
            }
            if sort.is_socket() {
                let socket = StdStream::from(OwnedFd::from(file));
                socket.set_nonblocking(true)?;
                return Ok(Self::Socket(UnixStream::from_std(socket)?));
            }
            Ok(Self::Other)
        }
    }
}
