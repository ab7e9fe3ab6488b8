//! What is on the wire, row by row: the second SDK has of everything one (specs/wire.yaml), and is
//! called against local servers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod answers;
mod bodies;
mod coverage;
mod declared;
mod field;
mod forms;
mod pages;
mod parameters;
mod seen;
mod sent;
mod streams;
mod support;
mod types;
