//! What is on the wire, for each media type that a body may have and each kind of answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod bodies;
mod forms;
mod parameters;
mod seen;
mod sent;
mod streams;
mod support;
