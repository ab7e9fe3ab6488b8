//! What every operation of this crate shares: the client, the request, the answer and its errors.
//!
//! Nothing in here knows the API. The generated modules describe each operation as a `static`
//! [`Operation`] and hand it, with the caller's values, to a [`Request`].

#![allow(unused_imports, reason = "one runtime serves every API; this one need not use all of it")]

mod auth;
mod cases;
mod client;
pub(crate) mod decode;
mod disposition;
mod download;
mod error;
mod event_stream;
mod events;
mod failure;
pub(crate) mod fields;
mod form;
mod given;
mod headers;
mod items;
mod lines;
mod live;
mod multipart;
mod nullable;
pub(crate) mod one_of;
mod operation;
mod or_empty;
mod outgoing;
pub(crate) mod paging;
mod param;
mod partial;
mod reconnect;
mod records;
mod request;
mod response;
mod retries;
mod retry_after;
mod style;
mod target;
mod text;
mod transport;
mod upload;
#[cfg(feature = "validate")]
pub(crate) mod validate;
mod values;

pub use client::{Client, ClientBuilder};
pub use download::Download;
pub use error::{Error, Refused, TransportError};
pub use event_stream::{Event, Events};
pub use failure::{DecodeError, StatusError};
pub use lines::Lines;
pub use multipart::{Multipart, Part};
pub use nullable::Nullable;
pub use or_empty::OrEmpty;
pub use paging::{Items, Pages};
pub use reconnect::Reconnect;
pub use response::Response;
pub use retries::Retries;
pub use text::IntoText;
pub use upload::Upload;
#[cfg(feature = "validate")]
pub use validate::{Validate, Violation, Violations};

pub(crate) use event_stream::EventRules;
pub(crate) use failure::declared;
pub(crate) use given::Given;
pub(crate) use operation::{Case, Operation, Scheme, Scoped, Status};
pub(crate) use param::{Keyed, Param, Place, Style};
pub(crate) use request::{Put, Request, request_methods};
pub(crate) use response::Received;
