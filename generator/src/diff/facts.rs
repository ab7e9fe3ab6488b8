//! Every fact of the IR by its name. One that is new does not compile here until somebody has thought
//! of what a change of it does to the SDK's users, and given it a row in `tests/diff/`.

use crate::ir::{
    Alternative, Answers, Api, ApiKey, Body, Case, ClientDefault, Content, Direction, EventRules, Field, FormRule,
    Header, Keyed, Module, Operation, Paging, Param, Part, Path, Response, Scoped, SecurityScheme, TypeDef, Variant,
    Webhook,
};

/// What is told; behind `not`, what is none of the SDK's surface or is told by something else.
macro_rules! facts {
    ($($of:ident: $($told:ident)* $(, not $($other:ident)*)?;)*) => {
        $(const _: fn(&$of) = |it| {
            let $of { $($told: _,)* $($($other: _,)*)? } = it;
        };)*
    };
}

facts! {
    // The document's version is not the SDK's; types and parameters tell the rest.
    Api: title description server modules client_defaults schemes api_keys types webhooks, not keyed version operations_in_document operations_refused;
    Module: name feature type_name tag description operations;
    ClientDefault: wire name description;
    ApiKey: name place wire description, not scheme;
    SecurityScheme: name scheme description;
    // Its types tell of its whole name, and `cargo xtask names` why it was given; samples are for the contract test.
    Operation: at name request ids method path scoped summary description deprecated server params body answers events paging security, not stem why samples;
    Scoped: at path summary description param;
    Param: at wire name place style required default ty reserved may_be_empty from_client description example deprecated;
    // Only the generated code itself uses the name.
    Keyed: key value spelled, not name;
    Body: at name required type_name contents description;
    Content: at variant media_type payload rules;
    FormRule: wire style reserved;
    Part: at wire name required repeated content media_type description;
    Answers: type_name other successes error_name errors headers_name headers accept responses;
    Case: at variant status media_type answer;
    Header: at wire name ty description;
    // Media types are those that are accepted.
    Response: status description, not media_types;
    EventRules: ignore last;
    Paging: pages items parameter turn elements element total;
    Path: wire, not members;
    // A module reaches a type no longer only where what referred to it is gone, which is told; where it
    // was written first, and its file, are nobody's business.
    TypeDef: at schema name description deprecated shape direction rules, not written called_back module modules;
    // Only requests make types; a type that is only read has nothing more than one that is both.
    Direction: request, not response;
    // What goes one way alone need not be there the other way, which is told.
    Field: at wire name ty presence boxed secret description default example rules deprecated tag, not only;
    // How it is sent is the business of whoever serves it.
    Webhook: at wire of name summary description ty, not method;
    Variant: wire name;
    Alternative: at name ty tags boxed;
}
