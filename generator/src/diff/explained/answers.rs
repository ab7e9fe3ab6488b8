//! What a call gives.

use super::{Code, Text};

pub(super) fn text(code: Code) -> Option<Text> {
    Some(match code {
        Code::AnswerType => [
            "The method gives another type; code that uses the value does not compile.",
            "list_pets() gives Vec<Pet>",
            "list_pets() gives Page",
            "Take the value from where it is now. The lines on the types tell how they differ.",
        ],
        Code::AnswerStatus => [
            "The value is read as before, for any success is. Code that looks at the status finds another one: silent.",
            "200",
            "201",
            "Search for `.status()` on the answers of this method; `is_success()` is true for both.",
        ],
        Code::AnswerAccept => [
            "The request asks for other media types (`Accept`). The server chooses by them, so it may answer \
             something else to the same code: silent.",
            "Accept: application/json",
            "Accept: application/vnd.pets+json",
            "Make sure that the server answers in the new media type; one that does not know it may refuse with 406.",
        ],
        Code::ErrorAdded => [
            "The document declares an error that it did not. It is one more variant of the method's error type, \
             which is open: additive. Without a body, only the documentation says it.",
            "404",
            "404, 409",
            "Handle it where it matters: `ListPetsError::of(&error)`.",
        ],
        Code::ErrorRemoved => [
            "The variant for it is gone, so code that matches on it does not compile. Errors without a body, among \
             others without one, stood in the documentation alone.",
            "ListPetsError::NotFound(fault)",
            "error[E0599]: no variant named `NotFound`",
            "Look at `Error::status()` instead: a server may answer so all the same.",
        ],
        Code::ErrorType => [
            "The error's body is of another type: code that matches on it does not compile. Where nothing read it so \
             far it is additive, and where only the media type differs it is silent: an answer in the old one is no \
             longer read as this error.",
            "404: Fault",
            "404: Problem",
            "Read the new type; status, headers and body of any error stay at hand.",
        ],
        Code::HeaderAdded => [
            "One more header of a success is declared, and is a field of the method's headers type, which is open. \
             Additive.",
            "ListPetsHeaders { x_total }",
            "ListPetsHeaders { x_total, x_page }",
            "Nothing.",
        ],
        Code::HeaderRemoved => [
            "The field is gone, and code that reads it does not compile.",
            "headers.x_total",
            "error[E0609]: no field `x_total`",
            "If the server still sends it: `response.headers().get(\"x-total\")`.",
        ],
        Code::HeaderType => [
            "The field has another type; code that reads it does not compile.",
            "x_total: Option<i64>",
            "x_total: Option<String>",
            "Convert it.",
        ],
        Code::AuthChanged => [
            "The same call sends other credentials, or none, or some where it sent none: it may be refused, or a \
             secret goes where it did not go. The code is the same: silent.",
            "a token",
            "a token, or user and password",
            "See that clients are given what the operation asks for now.",
        ],
        Code::EventsChanged => [
            "The settings say otherwise which ids of events mean nothing and which the end. A stream may end earlier, \
             or never, with the same code: silent.",
            "[[events]] last = [\"end\"]",
            "[[events]] last = [\"stop\"]",
            "Try it against the server; a stream that never ends is only seen there.",
        ],
        Code::PagesAdded => [
            "`.pages()` and `.items()` go on from page to page. `.send()` is what it was: additive.",
            "list_pets().send()",
            "list_pets().items()",
            "Nothing.",
        ],
        Code::PagesRemoved => [
            "Code that follows pages does not compile: the settings no longer say how, or the operation no longer fits.",
            "list_pets().items()",
            "error[E0599]: no method named `items`",
            "If the server still answers in pages, mend the `[[pages]]` entry.",
        ],
        Code::PagesChanged => [
            "Pages are turned otherwise, or the elements are taken from elsewhere: the same code may see some twice, or \
             miss some. Silent, unless the elements have another type, which breaks the build.",
            "page = 1, 2, 3",
            "page = 0, 1, 2",
            "Count once: as many elements as the server says there are.",
        ],
        _ => return None,
    })
}
