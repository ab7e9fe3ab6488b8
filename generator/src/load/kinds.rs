//! What the nodes of an OpenAPI document are: one table for all versions, and a walk along it.
//!
//! Callbacks and links are left out: of the ones, only schemas are taken, as soon as they are among the
//! components, and nothing is made of the others.

use serde_json::Value;

use crate::diagnostics::Pointer;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The whole.
    Document,
    /// What is referred to by name.
    Components,
    /// A path.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A request's body.
    Body,
    /// A response.
    Response,
    /// A header of a response or part.
    Header,
    /// A media type of a body, response or parameter.
    MediaType,
    /// How a property of a form is written.
    Encoding,
    /// A schema, inside another too.
    Schema,
    /// A security scheme.
    SecurityScheme,
}

/// How a member holds nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    One,
    List,
    /// Under names that the API chose.
    Map,
    /// Likewise, but an `x-` is an extension.
    Extensible,
}

impl Kind {
    /// What a member of this node holds, if those are nodes.
    fn member(self, key: &str) -> Option<(Holds, Self)> {
        use Holds::{Extensible, List, Map, One};
        Some(match (self, key) {
            (Self::Document, "paths") => (Extensible, Self::PathItem),
            (Self::Document, "webhooks") => (Map, Self::PathItem),
            (Self::Document, "components") => (One, Self::Components),
            // Swagger 2.0 has the components at the top.
            (Self::Document, "definitions") | (Self::Components, "schemas") => (Map, Self::Schema),
            (Self::Document | Self::Components, "parameters") => (Map, Self::Parameter),
            (Self::Document | Self::Components, "responses") => (Map, Self::Response),
            (Self::Document, "securityDefinitions") => (Map, Self::SecurityScheme),
            (Self::Components, "securitySchemes") => (Map, Self::SecurityScheme),
            (Self::Components, "requestBodies") => (Map, Self::Body),
            (Self::Components, "headers") => (Map, Self::Header),
            (Self::Components, "pathItems") => (Map, Self::PathItem),
            (Self::Components, "mediaTypes") => (Map, Self::MediaType),
            (Self::PathItem | Self::Operation, "parameters") => (List, Self::Parameter),
            (Self::PathItem, "get" | "put" | "post" | "delete" | "options") => (One, Self::Operation),
            (Self::PathItem, "head" | "patch" | "trace" | "query") => (One, Self::Operation),
            (Self::PathItem, "additionalOperations") => (Map, Self::Operation),
            (Self::Operation, "requestBody") => (One, Self::Body),
            (Self::Operation, "responses") => (Extensible, Self::Response),
            (Self::Parameter | Self::Header | Self::MediaType | Self::Response, "schema") => (One, Self::Schema),
            (Self::MediaType, "itemSchema") => (One, Self::Schema),
            (Self::Parameter | Self::Header | Self::Body | Self::Response, "content") => (Map, Self::MediaType),
            (Self::Response | Self::Encoding, "headers") => (Map, Self::Header),
            (Self::MediaType, "encoding") => (Map, Self::Encoding),
            (Self::Schema, "properties" | "patternProperties" | "dependentSchemas") => (Map, Self::Schema),
            (Self::Schema, "$defs" | "definitions") => (Map, Self::Schema),
            (Self::Schema, "allOf" | "oneOf" | "anyOf" | "prefixItems") => (List, Self::Schema),
            (Self::Schema, "items" | "additionalItems" | "unevaluatedItems" | "contains") => (One, Self::Schema),
            (Self::Schema, "additionalProperties" | "unevaluatedProperties" | "propertyNames") => (One, Self::Schema),
            (Self::Schema, "not" | "if" | "then" | "else" | "contentSchema") => (One, Self::Schema),
            _ => return None,
        })
    }

    /// The members that should hold many nodes, under names or in a list, and hold a reference to
    /// others instead; and whether it is a list.
    pub(super) fn references_to_many(self, value: &Value) -> Vec<(String, bool)> {
        let members = value.as_object().into_iter().flatten();
        let found = members.filter_map(|(key, member)| {
            let (holds, _) = self.member(key)?;
            let is_reference = holds != Holds::One && member.get("$ref").is_some_and(Value::is_string);
            is_reference.then(|| (key.clone(), holds == Holds::List))
        });
        found.collect()
    }

    /// The nodes right below one: the keys that lead there, and what they are.
    pub(super) fn children(self, value: &Value) -> Vec<(String, Option<String>, Self)> {
        let mut children = Vec::new();
        for (key, member) in value.as_object().into_iter().flatten() {
            let Some((holds, kind)) = self.member(key) else { continue };
            match (holds, member) {
                // Whether others are allowed, not what they are.
                (Holds::One, Value::Bool(_)) if kind == Self::Schema && is_switch(key) => {}
                (Holds::One, Value::Array(elements)) if kind == Self::Schema && key == "items" => {
                    children.extend((0..elements.len()).map(|index| (key.clone(), Some(index.to_string()), kind)));
                }
                (Holds::One, _) => children.push((key.clone(), None, kind)),
                (Holds::List, Value::Array(elements)) => {
                    children.extend((0..elements.len()).map(|index| (key.clone(), Some(index.to_string()), kind)));
                }
                (Holds::Map, Value::Object(members)) => {
                    let own = members
                        .iter()
                        .filter(|(name, node)| self != Self::Components || !is_extension(key, name, node));
                    children.extend(own.map(|(name, _)| (key.clone(), Some(name.clone()), kind)));
                }
                (Holds::Extensible, Value::Object(members)) => {
                    let own = members.keys().filter(|name| !name.starts_with("x-"));
                    children.extend(own.map(|name| (key.clone(), Some(name.clone()), kind)));
                }
                _ => {}
            }
        }
        children
    }
}

/// Whether what stands among the components of a kind is an extension: a component may be called
/// `x-api-key`, too, and then it says what components of its kind say.
pub(crate) fn is_extension(components: &str, name: &str, node: &Value) -> bool {
    let telling = match components {
        "schemas" | "pathItems" | "mediaTypes" => return false,
        "parameters" => "in",
        "securitySchemes" => "type",
        "responses" => "description",
        "headers" => "schema",
        _ => "content",
    };
    name.starts_with("x-") && ["$ref", telling].iter().all(|key| node.get(key).is_none())
}

/// Whether true and false are more than a schema that allows all and one that allows nothing.
fn is_switch(key: &str) -> bool {
    matches!(key, "additionalProperties" | "additionalItems" | "unevaluatedProperties" | "unevaluatedItems")
}

/// Calls `visit` with every node of a document, parents first; it may change the node.
pub fn rewrite(root: &mut Value, visit: &mut dyn FnMut(&mut Value, Kind, &Pointer)) {
    rewrite_from(root, Kind::Document, &Pointer::default(), visit);
}

/// [`rewrite`] from one node on.
pub(crate) fn rewrite_from(
    value: &mut Value,
    kind: Kind,
    at: &Pointer,
    visit: &mut dyn FnMut(&mut Value, Kind, &Pointer),
) {
    visit(value, kind, at);
    for (key, inner, kind) in kind.children(value) {
        let at = at.child(&key);
        let Some(member) = value.get_mut(&key) else { continue };
        match inner {
            None => rewrite_from(member, kind, &at, visit),
            Some(inner) => {
                let at = at.child(&inner);
                let node = match member {
                    Value::Array(elements) => inner.parse().ok().and_then(|index: usize| elements.get_mut(index)),
                    member => member.get_mut(&inner),
                };
                if let Some(node) = node {
                    rewrite_from(node, kind, &at, visit);
                }
            }
        }
    }
}

/// Calls `visit` with every node of a document, parents first.
pub fn walk(root: &Value, visit: &mut dyn FnMut(&Value, Kind, &Pointer)) {
    walk_from(root, Kind::Document, &Pointer::default(), visit);
}

/// [`walk`] from one node on.
pub fn walk_from(value: &Value, kind: Kind, at: &Pointer, visit: &mut dyn FnMut(&Value, Kind, &Pointer)) {
    visit(value, kind, at);
    for (key, inner, kind) in kind.children(value) {
        let Some(member) = value.get(&key) else { continue };
        let at = at.child(&key);
        match inner {
            None => walk_from(member, kind, &at, visit),
            Some(inner) => {
                let node = match member {
                    Value::Array(elements) => inner.parse().ok().and_then(|index: usize| elements.get(index)),
                    member => member.get(&inner),
                };
                if let Some(node) = node {
                    walk_from(node, kind, &at.child(&inner), visit);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, walk};

    #[test]
    fn nodes_are_known_by_where_they_stand() {
        let document = json!({
            "paths": {
                "/a": {"get": {"responses": {"200": {"content": {"x/y": {"schema": {"type": "array", "items": {}}}}}, "x-a": {}}}},
                "x-paths": {"get": {}},
            },
            "components": {"schemas": {
                // A property may be called like a keyword, and an example may look like a schema.
                "A": {"properties": {"schema": {"properties": {"x-a": true}}, "items": {}}, "example": {"properties": {"b": {}}}},
                "B": {"additionalProperties": false, "allOf": [{"not": {}}]},
            }},
        });
        let mut schemas = Vec::new();
        walk(&document, &mut |_, kind, at| {
            if kind == Kind::Schema {
                schemas.push(at.to_string());
            }
        });
        let schema = "/paths/~1a/get/responses/200/content/x~1y/schema";
        let expected = [
            schema.to_owned(),
            format!("{schema}/items"),
            "/components/schemas/A".to_owned(),
            "/components/schemas/A/properties/schema".to_owned(),
            "/components/schemas/A/properties/schema/properties/x-a".to_owned(),
            "/components/schemas/A/properties/items".to_owned(),
            "/components/schemas/B".to_owned(),
            "/components/schemas/B/allOf/0".to_owned(),
            "/components/schemas/B/allOf/0/not".to_owned(),
        ];
        assert_eq!(schemas, expected);
    }
}
