//! Lines from a stream, never more of one in memory than may be read.

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

use crate::limits;

/// A line as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its bytes, without the line end.
    Bytes(Vec<u8>),
    /// It was longer than [`limits::LINE_BYTES`]; its bytes are gone.
    TooLong,
}

/// The next line, which `\n`, `\r\n` or the end of the input ends; `None`
/// after the last one.
///
/// # Errors
/// When the input cannot be read.
pub(super) async fn next(input: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<Line>> {
    // One byte more than a line may have: it may be the `\r` of its end.
    const KEPT: usize = limits::LINE_BYTES + 1;
    let mut kept = Vec::new();
    let mut length = 0_usize;
    loop {
        let available = match input.fill_buf().await {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            available => available?,
        };
        let end = available.iter().position(|byte| *byte == b'\n');
        let piece = &available[..end.unwrap_or(available.len())];
        kept.extend_from_slice(&piece[..piece.len().min(KEPT - kept.len())]);
        length = length.saturating_add(piece.len());
        let used = piece.len() + usize::from(end.is_some());
        if used == 0 && length == 0 {
            return Ok(None);
        }
        input.consume(used);
        if end.is_some() || used == 0 {
            break;
        }
    }
    if length <= KEPT && kept.last() == Some(&b'\r') {
        kept.pop();
        length -= 1;
    }
    Ok(Some(if length > limits::LINE_BYTES { Line::TooLong } else { Line::Bytes(kept) }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio::io::BufReader;

    use super::*;

    /// All lines of an input that arrives in pieces of `piece` bytes.
    fn lines(input: &[u8], piece: usize) -> Vec<Line> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut reader = BufReader::with_capacity(piece, input);
            let mut lines = Vec::new();
            while let Some(line) = next(&mut reader).await.unwrap() {
                lines.push(line);
            }
            lines
        })
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(input in "[ab\r\n]{0,200}", piece in 1_usize..50) {
            let expected: Vec<Line> = input
                .split_inclusive('\n')
                .map(|l| l.strip_suffix('\n').unwrap_or(l))
                .map(|l| Line::Bytes(l.strip_suffix('\r').unwrap_or(l).into()))
                .collect();
            prop_assert_eq!(lines(input.as_bytes(), piece), expected);
        }

        #[test]
        fn only_the_length_decides(over in 0_usize..3, crlf: bool, last: bool, piece in 1_usize..100_000) {
            let length = limits::LINE_BYTES - 1 + over;
            let mut input = vec![b'x'; length];
            input.extend_from_slice(if crlf { b"\r" } else { b"" });
            input.extend_from_slice(if last { b"" } else { b"\nnext" });
            let read = lines(&input, piece);
            let expected =
                if length > limits::LINE_BYTES { Line::TooLong } else { Line::Bytes(vec![b'x'; length]) };
            prop_assert_eq!(&read[0], &expected);
            let next = (!last).then(|| Line::Bytes(b"next".to_vec()));
            prop_assert_eq!(read.get(1), next.as_ref());
        }
    }

    #[test]
    fn what_is_too_long_is_not_held() {
        let mut input = vec![b'x'; 10 * limits::LINE_BYTES];
        input.extend_from_slice(b"\r\nnext");
        assert_eq!(lines(&input, 4096), [Line::TooLong, Line::Bytes(b"next".to_vec())]);
    }
}
