//! What the methods do.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use super::lines::Line;
use super::request::{Call, Request};
use super::shorten::shorten;
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::limits;
use crate::wire::{
    AskParams, Claim, ClaimParams, Claims, ClaimsParams, Error, Id, Outcome, Questions, Reloaded, Reply,
    Response, Success, SuggestParams,
};

/// Makes an engine from a knowledge folder as it is now, or says what is wrong
/// with it.
pub type Loader = dyn Fn() -> Result<Engine, Vec<Diagnostic>> + Send + Sync;

/// The engine that answers, and how to get the next one.
///
/// A request takes the engine once and keeps it to its end, so an answer is
/// never made from two sorts of knowledge.
pub struct Service {
    engine: RwLock<Arc<Engine>>,
    load: Option<Box<Loader>>,
    /// Held while an engine is made, so that an older one cannot replace a
    /// newer one.
    loading: Mutex<()>,
}

impl Service {
    /// A service on an engine. Without a loader, as with the embedded
    /// knowledge, a reload changes nothing.
    #[must_use]
    pub fn new(engine: Engine, load: Option<Box<Loader>>) -> Self {
        Self { engine: RwLock::new(Arc::new(engine)), load, loading: Mutex::new(()) }
    }

    /// Makes an engine from the knowledge as it is now and puts it in place of
    /// the old one, which finishes what it has begun.
    ///
    /// # Errors
    /// The findings about a broken folder; the old engine goes on.
    pub fn reload(&self) -> Result<Arc<Engine>, Vec<Diagnostic>> {
        let Some(load) = &self.load else { return Ok(self.engine()) };
        let _one_at_a_time = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = load().map(Arc::new);
        match &loaded {
            Ok(engine) => {
                *self.engine.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(engine);
                tracing::info!(hash = engine.knowledge().hash, "knowledge reloaded");
            }
            Err(findings) => {
                tracing::warn!(findings = findings.len(), "not reloaded; the old knowledge goes on serving");
                for finding in findings.iter().take(limits::RELOAD_FINDINGS) {
                    tracing::warn!("{finding}");
                }
            }
        }
        loaded
    }

    fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The line that answers a line, with its line end; `None` where none is
    /// due.
    pub(super) async fn respond(self: &Arc<Self>, line: &Line) -> Option<Vec<u8>> {
        let begun = Instant::now();
        let request = match line {
            Line::Bytes(bytes) => Request::read(bytes)?,
            Line::TooLong => Request::too_long(),
        };
        let method = request.call.as_ref().map_or("none", Call::method);
        let result = match request.call {
            Ok(call) => self.result(call).await,
            Err(error) => Err(error),
        };
        let code = result.as_ref().err().map_or(0, |error| error.code);
        let reply = request.id.map(|id| written(id, result));
        // Names, numbers and times alone: never a word of a patient.
        tracing::debug!(
            method,
            code,
            micros = begun.elapsed().as_micros(),
            bytes = reply.as_ref().map_or(0, Vec::len),
            "request"
        );
        reply
    }

    /// Does what is asked: at once, or, where it takes seconds, on a thread of
    /// its own.
    async fn result(self: &Arc<Self>, call: Call) -> Result<Success, Error> {
        if call != Call::Reload {
            return self.guarded(&call);
        }
        let service = Arc::clone(self);
        let reloading = tokio::task::spawn_blocking(move || service.guarded(&call));
        reloading.await.unwrap_or_else(|_| Err(Error::internal()))
    }

    /// Does what is asked; a defect that shows itself by a panic costs one
    /// request, not the process.
    fn guarded(&self, call: &Call) -> Result<Success, Error> {
        catch_unwind(AssertUnwindSafe(|| self.call(call))).unwrap_or_else(|_| Err(Error::internal()))
    }

    fn call(&self, call: &Call) -> Result<Success, Error> {
        let engine = self.engine();
        let knowledge = engine.knowledge();
        Ok(match call {
            Call::Hello => Success::Hello(knowledge.into()),
            Call::Ask(params) => Success::Reply(ask(&engine, params)),
            Call::Suggest(params) => Success::Questions(suggest(&engine, params)),
            Call::Claims(params) => Success::Claims(claims(&engine, params)),
            Call::Claim(ClaimParams { id }) => match knowledge.claim(id) {
                Some(claim) => Success::Claim(Claim::new(knowledge, claim)),
                None => return Err(Error::wrong_member("id", "names no claim; `claims` lists them")),
            },
            Call::Reload => match self.reload() {
                Ok(engine) => Success::Reloaded(Reloaded { knowledge: engine.knowledge().into() }),
                Err(findings) => return Err(Error::not_reloaded(&findings)),
            },
        })
    }
}

fn ask(engine: &Engine, params: &AskParams) -> Reply {
    let context = engine.context(params.context.as_deref().unwrap_or_default());
    let reply = engine.answer(&context, &params.text);
    let explained = if params.explain == Some(true) { engine.explain(&params.text) } else { Vec::new() };
    Reply::new(&reply, explained)
}

/// The first questions whose title begins with the prefix.
fn suggest(engine: &Engine, params: &SuggestParams) -> Questions {
    let prefix = params.prefix.as_deref().unwrap_or_default().trim_start().to_lowercase();
    let limit = params.limit.unwrap_or(limits::COMPLETIONS).min(limits::COMPLETIONS_MAX);
    let claims = engine.knowledge().shown();
    let found = claims.filter(|claim| claim.title.to_lowercase().starts_with(&prefix));
    Questions { questions: found.take(limit).map(Into::into).collect() }
}

fn claims(engine: &Engine, params: &ClaimsParams) -> Claims {
    let limit = params.limit.unwrap_or(limits::CLAIMS_PAGE).min(limits::CLAIMS_PAGE);
    let page = engine.knowledge().shown().skip(params.offset.unwrap_or(0)).take(limit);
    Claims { claims: page.map(Into::into).collect(), total: engine.knowledge().shown().count() }
}

/// A response as a line that is shorter than [`limits::LINE_OUT_BYTES`].
fn written(id: Id, result: Result<Success, Error>) -> Vec<u8> {
    let response = Response::new(id, Outcome::from(result));
    match line(&response) {
        Some(line) => line,
        None => shortened(response),
    }
}

/// A response that does not fit, shortened until it does.
fn shortened(response: Response<Outcome>) -> Vec<u8> {
    let Response { id, outcome, .. } = response;
    let mut short = Response::new(id.clone(), serde_json::to_value(outcome).unwrap_or_default());
    tracing::debug!("a result does not fit into a line and is shortened");
    while shorten(&mut short.outcome) {
        if let Some(line) = line(&short) {
            return line;
        }
    }
    let error: Response<Outcome> = Response::new(id, Outcome::Error(Error::internal()));
    line(&error).unwrap_or_default()
}

/// A response as a line; `None` where it is too long for one.
fn line<O: serde::Serialize>(response: &Response<O>) -> Option<Vec<u8>> {
    let mut line = Vec::with_capacity(4_096);
    serde_json::to_writer(&mut line, response).ok()?;
    line.push(b'\n');
    (line.len() < limits::LINE_OUT_BYTES).then_some(line)
}
