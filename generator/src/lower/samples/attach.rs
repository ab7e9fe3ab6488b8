//! The samples of each operation: found by the places that the IR keeps.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, Parameter, ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use super::super::answers::EVENT;
use super::{Maker, Way};
use crate::diagnostics::Pointer;
use crate::ir::{self, Payload, Sample};
use crate::normalize::{Document, Operation, resolve};

/// What texts in a target hold beside their name: all that it could be broken by.
const HOSTILE: &str = "ü/&=+# %2F";

/// Makes the samples of all operations.
pub(in crate::lower) fn attach(document: &Document, operations: &mut [Option<ir::Operation>]) {
    let maker = Maker::new(document);
    for (declared, operation) in document.operations.iter().zip(operations) {
        if let Some(operation) = operation {
            operation.samples = Some(samples(document, declared, operation, &maker));
        }
    }
}

fn samples(document: &Document, declared: &Operation, operation: &ir::Operation, maker: &Maker) -> ir::Samples {
    let twin = declared.twin.iter().map(|twin| &twin.parameter);
    let parameters: HashMap<&Pointer, &Parameter> =
        declared.parameters.iter().chain(twin).map(|(at, parameter)| (at, &**parameter)).collect();
    let of_param = |param: &ir::Param| parameter(parameters.get(&param.at).copied(), param, maker);
    let contents = contents(document, declared);
    let content = |at: &Pointer, way| {
        let declared = contents.get(at).copied();
        let schema = declared.and_then(|declared| declared.schema.as_ref());
        let example = declared.and_then(|declared| example(declared.example.as_ref(), &declared.examples));
        maker.sample(schema, example, "value", way)
    };
    ir::Samples {
        params: operation.params.iter().map(of_param).collect(),
        scoped: operation.scoped.as_ref().map(|scoped| of_param(&scoped.param)),
        contents: operation
            .body
            .iter()
            .flat_map(|body| &body.contents)
            .map(|one| {
                let sample = content(&one.at, Way::Sent);
                // Without lines or members such a body is none at all.
                let may_vanish =
                    matches!(one.payload, Payload::JsonLines(_) | Payload::JsonSequence(_) | Payload::Form { .. });
                if may_vanish { filled(sample) } else { sample }
            })
            .collect(),
        successes: operation
            .answers
            .successes
            .iter()
            .map(|case| {
                let sample = content(&case.at, Way::Received);
                if matches!(case.answer, ir::Answer::Events(_)) { event_data(sample) } else { sample }
            })
            .collect(),
        errors: operation.answers.errors.iter().map(|case| content(&case.at, Way::Received)).collect(),
    }
}

fn parameter(declared: Option<&Parameter>, param: &ir::Param, maker: &Maker) -> Sample {
    let data = declared.map(Parameter::parameter_data_ref);
    let example = data.and_then(|data| example(data.example.as_ref(), &data.examples));
    let is_encoded = matches!(declared, Some(Parameter::Path { .. } | Parameter::Query { .. }));
    let name = match param.ty {
        ir::TypeRef::String if is_encoded => format!("{} {HOSTILE}", param.wire),
        _ => param.wire.clone(),
    };
    let schema = data.and_then(|data| match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.first().and_then(|(_, content)| content.schema.as_ref()),
    });
    // An empty list or object is left out of a request, which a required one may not be.
    filled(maker.sample(schema, example, &name, Way::Sent))
}

/// The sample with something in it.
fn filled(sample: Sample) -> Sample {
    let is_empty = match &sample.least {
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    let least = if is_empty { sample.full.clone() } else { sample.least };
    Sample { least, ..sample }
}

/// Of an event that is described with its id and name, the data.
fn event_data(sample: Sample) -> Sample {
    let data = |value: &Value| {
        let members = value.as_object()?;
        let is_event = members.len() > 1 && members.keys().all(|key| EVENT.contains(&key.as_str()));
        members.get("data").filter(|_| is_event).cloned()
    };
    match data(&sample.full) {
        // What is least has no data, but an event without data is none.
        Some(full) => Sample { least: full.clone(), full },
        None => sample,
    }
}

/// What an operation's body and responses hold, by its place.
fn contents<'a>(document: &'a Document, operation: &'a Operation) -> HashMap<Pointer, &'a MediaType> {
    let mut found = HashMap::new();
    let mut add = |at: &Pointer, content: &'a IndexMap<String, MediaType>| {
        let at = at.child("content");
        found.extend(content.iter().map(|(media_type, declared)| (at.child(media_type), declared)));
    };
    if let Some((at, body)) = &operation.body {
        add(at, &body.content);
    }
    let at = operation.at.child("responses");
    let by_status = operation.responses.responses.iter().map(|(status, response)| (status.to_string(), response));
    let default = operation.responses.default.iter().map(|response| ("default".to_owned(), response));
    for (name, response) in by_status.chain(default) {
        if let Some((at, response)) = resolve(&document.components.responses, "responses", &at.child(&name), response) {
            add(&at, &response.content);
        }
    }
    found
}

/// The one example, or the first of several.
fn example<'a>(one: Option<&'a Value>, several: &'a IndexMap<String, ReferenceOr<Example>>) -> Option<&'a Value> {
    one.or_else(|| match several.values().next() {
        Some(ReferenceOr::Item(example)) => example.value.as_ref(),
        _ => None,
    })
}
