//! Reading, answering and writing side by side, and how they end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, BufWriter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::Service;
use super::lines::{self, Line};
use crate::limits;

/// How long a client that does not read is waited for once the end has come
/// (protocol).
const PATIENCE: Duration = Duration::from_secs(1);

/// How long requests are still answered after a signal to stop. It leaves time
/// to be gone within a second (protocol).
const FINISHING: Duration = Duration::from_millis(800);

/// How long lines are still read after a signal to stop: what a client sent
/// before it is in the pipe by then and counts as in flight.
const LAST_LINES: Duration = Duration::from_millis(50);

/// Room for lines that wait to be answered, in bytes. It bounds memory, and is
/// large so that the end of the input is seen behind a burst of requests even
/// while the client does not read.
const LINES_BYTES: usize = 8 << 20;

/// What a waiting line costs beside its bytes: its place in the queue and in
/// the allocator. It keeps a flood of empty lines within [`LINES_BYTES`].
const LINE_OVERHEAD: usize = 128;

/// Replies that wait to be written. Each is below 64 KiB, so they take 4 MiB at
/// most; more would not make a slow reader faster.
const REPLIES: usize = 64;

/// Bytes that are written at once. A pipe takes them in pages; small pieces
/// show sooner that a slow client does read.
const PIECE: usize = 8_192;

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything in flight was answered and written.
    Finished,
    /// The client closed its end; nobody is there to answer.
    Closed,
    /// The client did not read what was ready for it.
    Stalled,
}

/// How far serving has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// No more requests will come.
    InputEnded,
    /// A signal came, then.
    Stopped(Instant),
}

/// Serves requests from `input` to `output` until the input ends or `stop`
/// resolves.
///
/// # Errors
/// When the input cannot be read (what came before is answered) or the output
/// not written, unless it was closed.
pub async fn serve<R, W>(
    service: Arc<Service>,
    input: R,
    output: W,
    stop: impl Future<Output = ()>,
) -> io::Result<End>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let (to_answer, lines) = mpsc::unbounded_channel();
    let (to_write, replies) = mpsc::channel(REPLIES);
    let (phase, watched) = watch::channel(Phase::Open);
    let reading = read_all(input, to_answer, watched.clone());
    let answering = answer_all(service, lines, to_write);
    let writing = write_all(output, replies, watched);
    tokio::pin!(reading, answering, writing, stop);
    let (mut input_ended, mut answered, mut stopped) = (None, false, false);
    loop {
        tokio::select! {
            end = &mut writing => return match (end, input_ended) {
                (Ok(End::Finished), Some(Err(error))) => Err(error),
                (end, _) => end,
            },
            read = &mut reading, if input_ended.is_none() => {
                input_ended = Some(read);
                phase.send_if_modified(|phase| {
                    let open = *phase == Phase::Open;
                    if open {
                        *phase = Phase::InputEnded;
                    }
                    open
                });
            }
            () = &mut answering, if !answered => answered = true,
            () = &mut stop, if !stopped => {
                stopped = true;
                phase.send_replace(Phase::Stopped(Instant::now()));
            }
        }
    }
}

/// A line with the room that it takes in the queue, given back when it has
/// been answered.
type Waiting = (Line, OwnedSemaphorePermit);

/// Reads lines into the queue until the input ends or serving is stopped.
async fn read_all(
    input: impl AsyncRead + Unpin,
    queue: mpsc::UnboundedSender<Waiting>,
    mut phase: watch::Receiver<Phase>,
) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(LINES_BYTES));
    let mut input = BufReader::with_capacity(limits::LINE_BYTES, input);
    let reading = async {
        while let Some(line) = lines::next(&mut input).await? {
            let bytes = match &line {
                Line::Bytes(bytes) => bytes.len(),
                Line::TooLong => 0,
            };
            tracing::trace!(bytes, "line");
            let cost = u32::try_from(bytes + LINE_OVERHEAD).unwrap_or(u32::MAX);
            let Ok(permit) = Arc::clone(&room).acquire_many_owned(cost).await else { break };
            if queue.send((line, permit)).is_err() {
                break;
            }
        }
        Ok(())
    };
    tokio::select! {
        biased;
        () = after_stop(&mut phase, LAST_LINES) => Ok(()),
        ended = reading => match ended {
            Err(error) if is_gone(&error) => Ok(()),
            ended => ended,
        },
    }
}

/// Replies that are made before they are written while more requests wait. Each
/// write wakes the client: 1,000 messages took 4 to 30 % less than with one.
const TOGETHER: usize = 8;

/// Answers the lines of the queue in their order. An answer takes less time
/// than a change of thread, so it is made where lines are read and replies
/// written, a few at a time: both go on in between.
async fn answer_all(
    service: Arc<Service>,
    mut queue: mpsc::UnboundedReceiver<Waiting>,
    replies: mpsc::Sender<Vec<u8>>,
) {
    let mut made = 0;
    while let Some((line, room)) = queue.recv().await {
        let reply = service.respond(&line).await;
        drop(room);
        if let Some(reply) = reply
            && replies.send(reply).await.is_err()
        {
            return;
        }
        made += 1;
        if made % TOGETHER == 0 {
            tokio::task::yield_now().await;
        }
    }
}

/// Writes replies until there are no more, and flushes whenever none is ready.
async fn write_all(
    output: impl AsyncWrite + Unpin,
    mut replies: mpsc::Receiver<Vec<u8>>,
    mut phase: watch::Receiver<Phase>,
) -> io::Result<End> {
    let mut output = BufWriter::with_capacity(PIECE, output);
    loop {
        let reply = tokio::select! {
            biased;
            reply = replies.recv() => reply,
            () = after_stop(&mut phase, FINISHING) => None,
        };
        let Some(reply) = reply else { break };
        let mut next = Some(reply);
        while let Some(reply) = next {
            for piece in reply.chunks(PIECE) {
                if let Some(end) = patiently(output.write_all(piece), &mut phase).await? {
                    return Ok(end);
                }
            }
            next = replies.try_recv().ok();
        }
        if let Some(end) = patiently(output.flush(), &mut phase).await? {
            return Ok(end);
        }
    }
    Ok(End::Finished)
}

/// Waits for something to be written; says how serving ended if it cannot be.
async fn patiently(
    write: impl Future<Output = io::Result<()>>,
    phase: &mut watch::Receiver<Phase>,
) -> io::Result<Option<End>> {
    tokio::select! {
        biased;
        written = write => match written {
            Err(error) if is_gone(&error) => Ok(Some(End::Closed)),
            Err(error) => Err(error),
            Ok(()) => Ok(None),
        },
        () = out_of_patience(phase) => Ok(Some(End::Stalled)),
    }
}

/// Whether the client has closed its end: of a pipe, or of a socket.
fn is_gone(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset)
}

/// Resolves when a client that does not read has been waited for long enough:
/// from now on after the end of the input, from the signal on after that.
async fn out_of_patience(phase: &mut watch::Receiver<Phase>) {
    loop {
        let limit = match *phase.borrow_and_update() {
            Phase::Open => None,
            Phase::InputEnded => Some(Instant::now() + PATIENCE),
            Phase::Stopped(at) => Some(at + PATIENCE),
        };
        tokio::select! {
            () = until(limit) => return,
            changed = phase.changed() => if changed.is_err() {
                return std::future::pending().await;
            },
        }
    }
}

/// Resolves a while after a signal to stop.
async fn after_stop(phase: &mut watch::Receiver<Phase>, pause: Duration) {
    let stopped = phase.wait_for(|phase| matches!(phase, Phase::Stopped(_))).await.map(|phase| *phase);
    match stopped {
        Ok(Phase::Stopped(at)) => sleep_until(at + pause).await,
        _ => std::future::pending().await,
    }
}

/// Resolves at a time, or never.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
