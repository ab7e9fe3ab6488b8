//! What a call takes.

use super::{Code, Text};

pub(super) fn text(code: Code) -> Option<Text> {
    Some(match code {
        Code::ParameterAdded => [
            "There is a setter more; calls that do not use it send what they sent. Additive.",
            "list_pets()",
            "list_pets().size(20)",
            "Nothing.",
        ],
        Code::ParameterRequired => [
            "Required parameters without a default are arguments, so each call needs one more: it does not compile \
             until it is given.",
            "list_pets()",
            "list_pets(kind)",
            "Give the value. If the server does without it, tell the document's owner: a default makes it a setter.",
        ],
        Code::ParameterOptional => [
            "What was an argument is a setter: calls that pass the argument do not compile. Or the default of a setter is \
             no longer sent, and the server takes the same value without it: nothing but the request changes.",
            "list_pets(kind)",
            "list_pets().kind(kind)",
            "Move the argument into the setter.",
        ],
        Code::ParameterRemoved => [
            "Calls that give it do not compile. The server ignores or refuses it from now on.",
            "list_pets().size(20)",
            "error[E0599]: no method named `size`",
            "Look whether another parameter took its place: it is told as `parameter-added` or `parameter-required`.",
        ],
        Code::ParameterWire => [
            "A parameter is gone, and another has come that is called the same in Rust, as `sortBy` and `sort-by` are. \
             Calls compile as before and send the new one: right if it is the same thing spelled otherwise. Silent.",
            "sort_by(1) sends sortBy=1",
            "sort_by(1) sends sort-by=1",
            "Look whether it means the same.",
        ],
        Code::ParameterRenamed => [
            "The same parameter is sent, but its setter has another name in Rust, most often because another \
             parameter came that would have had the same one. Calls do not compile.",
            "a_b(1) sends a-b=1",
            "a_b_query(1) sends a-b=1",
            "Take the new name.",
        ],
        Code::ParameterType => [
            "The argument or setter takes another type; most calls do not compile. Where the new type is made from \
             the old one by itself some do, but nobody can count on it.",
            "size(i64)",
            "size(i32)",
            "Convert the value.",
        ],
        Code::ParameterStyle => [
            "The value is the same in Rust and is written otherwise in the request: commas for repeated names, JSON for \
             plain text. A server that reads the old form gets something else, and no compiler tells: silent.",
            "sort=a&sort=b",
            "sort=a,b",
            "Make sure that the server runs the version of the document before the SDK goes out.",
        ],
        Code::ParameterDefault => [
            "A call that does not give the parameter means something else: the server takes another value, or the SDK \
             sends one that it did not send, or no longer does. The code is the same: silent.",
            "list_pets() gives 10 at most",
            "list_pets() gives 25 at most",
            "Give the value where the old one is meant.",
        ],
        Code::ParameterPlace => [
            "The call is the same, but the value goes elsewhere: from the query into a header, say. Logs, caches and \
             proxies see another request, and an older server does not find it: silent.",
            "GET /pets?token=x",
            "GET /pets with the header `token: x`",
            "Make sure that the server runs the version of the document before the SDK goes out.",
        ],
        Code::ArgumentsReordered => [
            "Arguments follow the document's order. Two of the same type that change places compile as before and \
             mean each other: silent, and the worst of its kind.",
            "delete_toy(pet, toy)",
            "delete_toy(toy, pet)",
            "Restore the order in the document if you can. Otherwise tell it first thing in the release note.",
        ],
        Code::BodyAdded => [
            "A request may have a body, given by a setter; calls without it send what they sent. Additive.",
            "restart(id)",
            "restart(id).body(&options)",
            "Nothing.",
        ],
        Code::BodyRemoved => [
            "Calls that give the body do not compile.",
            "delete_by_query(&query)",
            "delete_by_query()",
            "Look whether parameters took its place; they are told as `parameter-added`.",
        ],
        Code::BodyRequired => [
            "A required body is an argument, one that is not is a setter. When that changes, calls do not compile.",
            "restart(id).body(&options)",
            "restart(id, &options)",
            "Move the body.",
        ],
        Code::BodyMediaType => [
            "One media type instead of another is sent with the same code: silent. Where one became several, or \
             several one, the argument has another type: it breaks the build. One more among several is additive, \
             unless it has the type of another, which then no longer becomes the body by itself.",
            "Content-Type: application/json",
            "Content-Type: application/merge-patch+json",
            "Where a choice was made, name the variant: `UpdatePetBody::Json(..)`.",
        ],
        Code::BodyStyle => [
            "A member of a form is written otherwise; the code that gives it is the same: silent.",
            "marks=a,b",
            "marks=a|b",
            "Make sure that the server runs the version of the document before the SDK goes out.",
        ],
        Code::BodyType => [
            "The body is made from another type; calls do not compile.",
            "add_pet(&Pet)",
            "add_pet(&NewPet)",
            "Make the new type. The lines on both types tell how they differ.",
        ],
        Code::PartAdded => [
            "A form may have one more part, given by a setter. Additive.",
            "UploadForm::new(file)",
            "UploadForm::new(file).note(\"of May\")",
            "Nothing.",
        ],
        Code::PartRequired => [
            "Required parts are arguments of the form's `new`, others are setters. When that changes, code does not \
             compile.",
            "UploadForm::new(file).name(\"a\")",
            "UploadForm::new(file, \"a\")",
            "Move the part.",
        ],
        Code::PartRemoved => [
            "Code that gives the part does not compile. `.part(..)` still adds any part by its name.",
            "UploadForm::new(file).note(\"of May\")",
            "error[E0599]: no method named `note`",
            "Leave it out, or add it by its name if the server still reads it.",
        ],
        Code::PartType => [
            "The part is made from another type: a file instead of a text, several instead of one. Code does not \
             compile.",
            ".note(\"of May\")",
            ".note(Part::file(\"may.txt\", ..))",
            "Give what the part holds now.",
        ],
        Code::PartMediaType => [
            "The part is sent under another media type by the same code: silent.",
            "file: image/png",
            "file: image/jpeg",
            "Make sure that the content is what it is called.",
        ],
        _ => return None,
    })
}
