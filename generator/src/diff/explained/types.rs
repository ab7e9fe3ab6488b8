//! Types: what they hold, and how values are told apart.

use super::{Code, Text};

pub(super) fn text(code: Code) -> Option<Text> {
    Some(match code {
        Code::TypeAdded => ["A type is new; nothing else is touched. Additive.", "Pet", "Pet, Toy", "Nothing."],
        Code::TypeRemoved => [
            "The document has no such schema any more; code that names the type does not compile. Its name is \
             retired.",
            "models::Toy",
            "error[E0412]: cannot find type `Toy`",
            "The lines on members and methods that had it tell what is there instead.",
        ],
        Code::TypeRenamed => [
            "The same type has another Rust name: a schema's by an entry of the settings, or one that a method has of \
             its own. Code that names it does not compile.",
            "models::Color",
            "models::Colour",
            "Take the new name. If nobody asked for it, restore the lock and generate again.",
        ],
        Code::RulesChanged => [
            "The document asks something else of values than their types say: of elements, of a whole object, of what \
             must not be. The code is the same; only those who call `validate` (the feature of that name) see it.",
            "codes: each (at least 2 characters)",
            "codes: each (at least 3 characters)",
            "Look at the values that you send: the server may refuse some that it took.",
        ],
        Code::TypeKind => [
            "What was a struct is an enum, or a list, or anything else. Code that makes or reads it does not compile.",
            "struct Size { .. }",
            "type Size = String",
            "Write what concerns it anew. If the server sends what it sent, the document is wrong: `[[retype]]`.",
        ],
        Code::ConstructorAdded => [
            "Some request holds the type now, so callers make it: there is `new`. Additive.",
            "Pet, read only from answers",
            "Pet::new(name)",
            "Nothing.",
        ],
        Code::ConstructorRemoved => [
            "`new` is there for types that requests hold, and `default` where no member has to be given. The one that \
             is named is gone; code that calls it does not compile. Structs are open (`#[non_exhaustive]`), so there \
             is no other way to make one but to read it.",
            "Pet::new(name)",
            "error[E0599]: no function named `new`",
            "In tests, read it from JSON: `serde_json::from_value(..)`.",
        ],
        Code::FieldAdded => [
            "One more member; structs are open (`#[non_exhaustive]`), so no code breaks. Until now its value was among \
             the members that the document does not name; code that took it from there finds it in the field. \
             Additive.",
            "Pet { name }",
            "Pet { name, age: Option<i64> }",
            "Take it from the field, if you took it from the other members so far.",
        ],
        Code::FieldRequired => [
            "A member that must be there is an argument of `new`, and its field no `Option`: code that makes or reads \
             it does not compile. An answer without it is an error from now on.",
            "age: Option<i64>",
            "age: i64",
            "Give it, and drop the handling of `None`. If answers come without it, the document is wrong: \
             `[[optional]]`.",
        ],
        Code::FieldOptional => [
            "The member may be missing, so its field is an `Option`: code that reads it does not compile, and `new` no \
             longer takes it.",
            "age: i64",
            "age: Option<i64>",
            "Say what is to happen without it.",
        ],
        Code::FieldNullable => [
            "The member may be null, or may no longer be. Where absent, null and value are three things the field is a \
             `Nullable`, and code does not compile; where it is an `Option` both times, only what is sent for `None` \
             differs: silent.",
            "age: Option<i64>",
            "age: Nullable<i64>",
            "Say what null is to mean.",
        ],
        Code::FieldRemoved => [
            "The field is gone; code that reads or sets it does not compile. If the server still sends it, its value is \
             among the members that the document does not name.",
            "pet.color",
            "error[E0609]: no field `color`",
            "Do without it.",
        ],
        Code::FieldWire => [
            "A member is gone, and another has come that is called the same in Rust, as `userId` and `user_id` are. Code \
             compiles as before and goes on with the new one: right if it is the same thing spelled otherwise. Silent.",
            "pet.user_id is `userId`",
            "pet.user_id is `user_id`",
            "Look whether it means the same; if not, give one of them another name, or read the older from the other members.",
        ],
        Code::FieldRenamed => [
            "The same member has another Rust name, most often because another came that would have had the same one. \
             Code that names it does not compile.",
            "pet.a_b",
            "pet.a_b_value",
            "Take the new name.",
        ],
        Code::FieldType => [
            "The field has another type; code that makes or reads it does not compile.",
            "color: String",
            "color: Color",
            "Convert it. The lines on both types tell how they differ.",
        ],
        Code::FieldDefault => [
            "What the server takes when a request leaves the member out is another value. The code is the same: silent. \
             For a type that no request holds only the documentation says it.",
            "retries: 3 if absent",
            "retries: 5 if absent",
            "Set the member where the old value is meant.",
        ],
        Code::FieldTag => [
            "A member that tells what an object is has one value alone, so `new` sets it. Where that begins or ends, \
             `new` takes another number of arguments: it breaks the build. Where the value is another one, the same \
             code sends something else: silent.",
            "Cat::new() sends kind: cat",
            "Cat::new() sends kind: feline",
            "Make sure that the server knows the new value.",
        ],
        Code::FieldSecret => [
            "`Debug` shows a member that it hid: passwords may come into logs by the same code, so it is silent. One \
             that is hidden now is additive.",
            "password: \"[secret]\"",
            "password: \"hunter2\"",
            "If it is a secret, say so: `[[secrets]]` in the settings, or `format: password` in the document.",
        ],
        Code::ValueAdded => [
            "One more value of an enum, which is open, so each match has an arm for it already: additive. Until now it \
             came as the variant for unknown values.",
            "Color::{Red, Unknown(_)}",
            "Color::{Red, Green, Unknown(_)}",
            "Look for code that compares the text of an unknown value.",
        ],
        Code::ValueRemoved => [
            "The variant is gone; code that names it does not compile. If the server sends it all the same, it comes as \
             the variant for unknown values.",
            "Color::Green",
            "error[E0599]: no variant named `Green`",
            "Drop the arm. To send it all the same: `Color::from(\"GREEN\")`.",
        ],
        Code::ValueRenamed => [
            "The value is the same, its variant has another name. Code that names it does not compile.",
            "Color::Red",
            "Color::RedUpper",
            "Take the new name.",
        ],
        Code::ValuesReordered => [
            "Enums are ordered as the document lists their values. Nothing fails to compile, but sorting, ranges and \
             maps with such keys come out in another order: silent.",
            "Low < High",
            "High < Low",
            "Search for sorting by it. If it is never sorted, this changes nothing.",
        ],
        Code::VariantAdded => [
            "One more variant of an open enum: additive, and until now such a value came as the unknown one. If it \
             holds the type of another variant, neither is made from it by itself any more: that breaks the build.",
            "Animal::{Cat, Dog, Unknown(_)}",
            "Animal::{Cat, Dog, Cow, Unknown(_)}",
            "Handle it where it matters; name the variant where the compiler asks which is meant.",
        ],
        Code::VariantRemoved => [
            "The variant is gone; code that names it does not compile. If such a value comes all the same, it is the \
             unknown one.",
            "Animal::Dog(dog)",
            "error[E0599]: no variant named `Dog`",
            "Drop the arm.",
        ],
        Code::VariantRenamed => [
            "The variant is the same under another name, most often because another one came. Code that names it does \
             not compile.",
            "UpdatePetBody::Text(..)",
            "UpdatePetBody::CsvText(..)",
            "Take the new name.",
        ],
        Code::VariantType => [
            "The variant holds another type; code that makes or matches it does not compile.",
            "Sizes::List(Vec<String>)",
            "Sizes::List(Vec<i64>)",
            "Convert it.",
        ],
        Code::UnionTag => [
            "The same JSON is read as another variant, or the same variant is written with another tag, by the same \
             code: silent.",
            "{\"is\": \"cat\"} is a Cat",
            "{\"is\": \"feline\"} is a Cat",
            "Make sure that the server and the values you keep have the new tag; an old one is read as unknown.",
        ],
        _ => return None,
    })
}
