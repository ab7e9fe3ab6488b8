//! What the runtime sends and downloads beyond whole bodies, by the raw bytes. The runtime is
//! included, not linked: much of it can be reached by generated code alone.

#[allow(dead_code, unused_macros, unreachable_pub, reason = "each test uses a part")]
#[allow(clippy::wrong_self_convention, reason = "what is public there is not here")]
#[path = "../../src/runtime/mod.rs"]
#[rustfmt::skip]
mod runtime;
#[path = "../support/mod.rs"]
mod support;

mod download;
mod form;
mod multipart;
mod upload;

use std::error::Error as StdError;

use runtime::{Client, Error, Operation, Request, decode};
use support::{Recorded, Serve, Server};

// The runtime names what its crate exports.
#[allow(unused_imports, reason = "as its crate does")]
pub(crate) use runtime::{Multipart, Response, Upload};

type Outcome = Result<(), Box<dyn StdError>>;

/// An operation of an API that nobody described.
fn operation(method: &'static str) -> &'static Operation {
    Box::leak(Box::new(Operation {
        id: "send",
        method,
        path: "/content",
        scoped: None,
        params: &[],
        accept: None,
        auth: &[],
        answers: &[],
    }))
}

fn request(server: &Server, method: &'static str) -> Result<Request<()>, Error> {
    let client = Client::builder(server.url("/")).build()?;
    Ok(Request::new(&client, operation(method), decode::empty))
}

/// What a server sees of a request that is sent with a body.
async fn sent(body: impl FnOnce(Request<()>) -> Request<()>) -> Result<Recorded, Box<dyn StdError>> {
    let server = Server::start(Some(Serve::new(204))).await?;
    body(request(&server, "POST")?).send().await?;
    Ok(server.take_last().ok_or("nothing came")?)
}

/// The error and its sources, in one line.
fn reasons(error: &dyn StdError) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", reasons(source)),
        None => error.to_string(),
    }
}
