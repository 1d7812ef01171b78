//! `askwell ask`: one message, one reply.

use std::io::Write;

use clap::Args;

use super::{Exit, Options, Stop};
use crate::dialogue::Status;
use crate::terminal::render;
use crate::wire;

#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The message, in your own words.
    #[arg(required = true, value_name = "MESSAGE")]
    message: Vec<String>,
    /// Print the reply as one line of JSON, as the protocol has it.
    #[arg(long)]
    json: bool,
    /// Say why the candidates score as they do.
    #[arg(long)]
    explain: bool,
    /// The `context` of the reply before, to go on with its conversation.
    #[arg(long, value_name = "CONTEXT", default_value = "", hide_default_value = true)]
    context: String,
}

impl Ask {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        // The process ends with this answer: taking the engine apart would only delay it.
        let engine = std::mem::ManuallyDrop::new(options.engine()?);
        let message = self.message.join(" ");
        let reply = engine.answer(&engine.context(&self.context), &message);
        let explained = if self.explain { engine.explain(&message) } else { Vec::new() };
        let exit = if reply.status == Status::Unknown { Exit::Unknown } else { Exit::Done };
        let mut out = std::io::stdout().lock();
        if self.json {
            let json = serde_json::to_string(&wire::Reply::new(&reply, explained))?;
            writeln!(out, "{json}")?;
        } else {
            writeln!(out, "{}", render::reply(&reply, options.style()))?;
            if self.explain {
                writeln!(out, "\nCandidates (accepted from {:.3}):", engine.threshold())?;
            }
            for candidate in explained {
                writeln!(out, "{} {:.3}", candidate.id, candidate.confidence)?;
                if let Some(explanation) = candidate.explanation {
                    write!(out, "{}", render::explanation(&explanation))?;
                }
            }
        }
        out.flush()?;
        Ok(exit)
    }
}
