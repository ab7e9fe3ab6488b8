//! The client as a whole.

use super::{Code, Text};

pub(super) fn text(code: Code) -> Option<Text> {
    Some(match code {
        Code::BasePathChanged => [
            "The path of the document's server stands before every route. Clients are built with an address of their \
             own, so nothing fails to compile; but one that ends in the old path calls routes that may no longer be \
             there: silent.",
            "https://api.example.com/v1",
            "https://api.example.com/v2",
            "Change the address that clients are built with, together with the server.",
        ],
        Code::ServerChanged => [
            "The document names another server with the same path. Clients are built with an address of their own; \
             only the documentation shows this one.",
            "https://api.example.com",
            "https://www.example.com",
            "See whether the address that you use will go on to work.",
        ],
        Code::WebhookAdded => [
            "The document describes a webhook or a callback more. Whoever serves such requests has a type for it.",
            "",
            "pub type PetAdded = models::Pet;",
            "Nothing to do; serve it if you want to hear of it.",
        ],
        Code::WebhookRemoved => [
            "The document describes a webhook or a callback no more, or not as JSON. Code that names its type does not \
             compile.",
            "pub type PetAdded = models::Pet;",
            "",
            "Ask whether the server still sends it; its type may be in `models` all the same.",
        ],
        Code::WebhookRenamed => [
            "The same webhook or callback is there, but its type has another name. Code that names it does not compile.",
            "webhooks::PetAdded",
            "webhooks::PetIsAdded",
            "Write the new name.",
        ],
        Code::WebhookType => [
            "A webhook or a callback holds something else. Code that reads its members does not compile.",
            "pub type PetAdded = models::Pet;",
            "pub type PetAdded = models::Animal;",
            "Read the members of the new type.",
        ],
        Code::OperationServer => [
            "An operation, or its path, has servers of its own in the document, and they are others than before. Calls \
             go to the address of the client, as they did, which may be the wrong one now: silent.",
            "servers: [{url: https://upload.example.com}]",
            "servers: [{url: https://upload.example.org}]",
            "Call it by a second client, which is built with the address of that server.",
        ],
        Code::ClientRemoved => [
            "A method of the client's builder is gone, with its API key or path parameter. Code that calls it does not \
             compile.",
            "Client::builder(url).key(\"..\")",
            "error[E0599]: no method named `key`",
            "See what operations ask for now: it is told as `auth-changed`.",
        ],
        Code::ClientAdded => [
            "The client's builder has one more method. Additive.",
            "Client::builder(url)",
            "Client::builder(url).key(\"..\")",
            "Give the key, if operations that you call ask for it.",
        ],
        Code::ClientChanged => [
            "The builder's method is called what it was and sets something else: a header of another name, or a query \
             parameter. The code is the same: silent.",
            "the header X-Key",
            "the query parameter key",
            "Make sure that the server takes it from there. A key in the query stands in logs.",
        ],
        _ => return None,
    })
}
