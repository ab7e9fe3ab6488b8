//! Which type an example is an example of.

use std::collections::{BTreeMap, BTreeSet};

use specsmith::diagnostics::{Place, Pointer, Report};
use specsmith::{TypedMember, TypedPlace};

use super::collect::{Example, is_json};

/// The types of a document by their places.
pub(super) struct Types<'a> {
    places: BTreeMap<&'a str, &'a TypedPlace>,
    /// The same by places that do not tell the parts of an `allOf` apart.
    merged: BTreeMap<String, &'a TypedPlace>,
    /// Where operations begin that were refused.
    refused: BTreeSet<String>,
}

/// The type of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) ty: String,
    /// The member that the example is one of, which may be read in a way of its own.
    pub(super) member: Option<TypedMember>,
    /// The schema that the type is made of, if that is another than the example's own.
    pub(super) schema: Option<Pointer>,
}

impl<'a> Types<'a> {
    pub(super) fn new(places: &'a [TypedPlace], report: &Report) -> Self {
        let by_place = places.iter().map(|place| (place.at.as_str(), place)).collect();
        let merged = places.iter().map(|place| (merged(place.at.as_str()), place)).collect();
        let refused = report.diagnostics().iter().filter(|told| told.code == "operation-refused");
        let refused = refused.filter_map(|told| match &told.place {
            Place::Document(at) => Some(at.as_str().split('/').take(4).collect::<Vec<_>>().join("/")),
            _ => None,
        });
        Self { places: by_place, merged, refused: refused.collect() }
    }

    /// The type of an example, or why it has none.
    pub(super) fn of(&self, example: &Example) -> Result<Typed, String> {
        let own = example.of.as_str();
        let typed = |place: &TypedPlace, schema: Option<&str>| {
            let is_optional = place.is_bare && example.value.is_null();
            let ty = if is_optional { format!("Option<{}>", place.ty) } else { place.ty.clone() };
            let member = place.member.clone().filter(|_| !is_optional);
            Typed { ty, member, schema: schema.map(Pointer::parse) }
        };
        if let Some(place) = self.places.get(own) {
            return Ok(typed(place, None));
        }
        if let Some(place) = self.merged.get(&merged(own)) {
            return Ok(typed(place, Some(place.at.as_str())));
        }
        // A part says something of the whole.
        let mut around = own;
        while let Some(whole) = without_part(around) {
            if let Some(place) = self.places.get(whole) {
                return Ok(typed(place, Some(whole)));
            }
            around = whole;
        }
        // Whatever is inside any JSON value is one.
        let ends = own.rmatch_indices('/').map(|(end, _)| &own[..end]);
        for outer in ends {
            match self.places.get(outer) {
                Some(place) if place.ty.contains("serde_json::Value") => {
                    return Ok(Typed { ty: "serde_json::Value".to_owned(), member: None, schema: None });
                }
                _ => {}
            }
        }
        Err(self.reason(own))
    }

    fn reason(&self, at: &str) -> String {
        let segments: Vec<String> = Pointer::parse(at).segments().collect();
        let begins = at.split('/').take(4).collect::<Vec<_>>().join("/");
        let has = |words: &[&str]| segments.iter().any(|segment| words.contains(&segment.as_str()));
        let contents = segments.iter().zip(segments.iter().skip(1)).filter(|(key, _)| *key == "content");
        let is_other = contents.into_iter().any(|(_, media_type)| media_type.contains('/') && !is_json(media_type));
        let is_component = match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["components", kind, ..] => kind != "schemas",
            // Those of Swagger 2.0.
            ["parameters" | "responses", ..] => true,
            _ => false,
        };
        let reason = if segments.first().is_some_and(|first| first == "webhooks") {
            "of a webhook"
        } else if self.refused.contains(&begins) {
            "of an operation that was refused"
        } else if is_other {
            "of a media type other than JSON"
        } else if has(&["not", "if", "then", "else", "propertyNames", "contains", "dependentSchemas"]) {
            "of a rule, which has no values of its own"
        } else if has(&["headers"]) {
            "of a header that no success has"
        } else if is_component {
            "of a component that no operation uses"
        } else {
            "of no type of its own"
        };
        reason.to_owned()
    }
}

/// A place without the numbers of parts.
fn merged(at: &str) -> String {
    let mut out = String::new();
    let mut rest = at;
    while let Some((before, after)) = rest.split_once("/allOf/") {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(before);
        if digits == 0 || !matches!(after.as_bytes().get(digits), None | Some(b'/')) {
            out.push_str("/allOf/");
            rest = after;
        } else {
            rest = &after[digits..];
        }
    }
    out + rest
}

/// What a schema is a part or an alternative of.
fn without_part(at: &str) -> Option<&str> {
    let (list, index) = at.rsplit_once('/')?;
    let (whole, key) = list.rsplit_once('/')?;
    let is_part = ["allOf", "anyOf", "oneOf"].contains(&key) && index.bytes().all(|byte| byte.is_ascii_digit());
    is_part.then_some(whole)
}
