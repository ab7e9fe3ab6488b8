//! References by `$id`, `$anchor` and `$dynamicAnchor`: each becomes a pointer into the document.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Pass;
use super::version::Version;
use crate::diagnostics::Pointer;
use crate::load::kinds::{Kind, walk};
use crate::load::{lookup, reference_to};

/// What may hold a reference; the last two are read as if no other schema could redirect them.
const KEYWORDS: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

pub(super) fn resolve(root: &mut Value, pass: &mut Pass<'_>) {
    if pass.version < Version::V3_1 {
        return;
    }
    let index = Index::of(root);
    let mut found = Vec::new();
    walk(root, &mut |value, _, at| {
        for keyword in KEYWORDS {
            if let Some(reference) = value.get(keyword).and_then(Value::as_str) {
                let target = index.target(reference, at, root);
                if target.is_some() || keyword != "$ref" {
                    let text = target.map_or_else(|| reference.to_owned(), |target| reference_to(&target));
                    found.push((at.clone(), keyword, text));
                }
            }
        }
    });
    for (at, keyword, text) in found {
        let Some(Value::Object(node)) = root.pointer_mut(at.as_str()) else { continue };
        if keyword != "$ref" {
            node.shift_remove(keyword);
            pass.left_out(&at.child(keyword), keyword, "it is read as `$ref`, whoever extends the schema");
            pass.moved(&at.child("$ref"), &at.child(keyword));
        }
        node.insert("$ref".to_owned(), text.into());
    }
}

/// The schemas that have a URI or a name.
struct Index {
    /// Schemas with a URI of their own, outer before inner ones; first the document.
    resources: Vec<(Pointer, String)>,
    /// By the URI around them and their name.
    anchors: HashMap<(String, String), Pointer>,
}

impl Index {
    fn of(root: &Value) -> Self {
        let own = root.get("$self").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut index = Self { resources: vec![(Pointer::default(), own)], anchors: HashMap::new() };
        walk(root, &mut |value, kind, at| {
            if kind != Kind::Schema {
                return;
            }
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            let (uri, name) = text("$id").map_or(("", None), |id| match id.split_once('#') {
                Some((uri, name)) => (uri, Some(name).filter(|name| !name.is_empty())),
                None => (id, None),
            });
            if !uri.is_empty() {
                let uri = join(&index.around(at).1, uri);
                index.resources.push((at.clone(), uri));
            }
            let base = index.around(at).1.clone();
            for name in [name, text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
                index.anchors.entry((base.clone(), name.to_owned())).or_insert_with(|| at.clone());
            }
        });
        index
    }

    /// The innermost resource around a node.
    fn around(&self, at: &Pointer) -> &(Pointer, String) {
        let is_around = |(resource, _): &&(Pointer, String)| {
            let below = at.as_str().strip_prefix(resource.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let innermost = self.resources.iter().filter(is_around).max_by_key(|(resource, _)| resource.as_str().len());
        innermost.unwrap_or(&self.resources[0])
    }

    /// Where a reference leads, unless it is a plain pointer already or leads out of the document.
    fn target(&self, reference: &str, at: &Pointer, root: &Value) -> Option<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (resource, base) = if uri.is_empty() {
            self.around(at)
        } else {
            let full = join(&self.around(at).1, uri);
            self.resources.iter().find(|(_, base)| !base.is_empty() && (*base == full || base == uri))?
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        if fragment.is_empty() || fragment.starts_with('/') {
            let target = Pointer::parse(format!("{}{fragment}", resource.as_str()));
            let is_plain = uri.is_empty() && resource.as_str().is_empty();
            // A pointer from the document's root, though the schema has a URI, is what many write.
            return (!is_plain && lookup(root, &target).is_some()).then_some(target);
        }
        let named = self.anchors.get(&(base.clone(), fragment.clone().into_owned()));
        let anywhere = || self.anchors.iter().filter(|((_, name), _)| *name == fragment).map(|(_, at)| at).min();
        named.or_else(|| anywhere().filter(|_| uri.is_empty())).cloned()
    }
}

/// A reference by its base (RFC 3986, section 5.2), as far as identifiers of schemas go.
fn join(base: &str, uri: &str) -> String {
    let is_absolute = uri.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    if is_absolute || base.is_empty() {
        return uri.to_owned();
    }
    let authority = base.find("://").map_or(0, |at| at + 3);
    let host = base[authority..].find('/').map_or(base.len(), |slash| authority + slash);
    if uri.starts_with('/') {
        return format!("{}{uri}", &base[..host]);
    }
    let folder = base[host..].rfind('/').map_or(host, |slash| host + slash);
    format!("{}/{}", &base[..folder], uri.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn identifiers_are_relative_to_what_is_around_them() {
        for (base, uri, full) in [
            ("", "user", "user"),
            ("https://a.example/schemas/root.json", "user", "https://a.example/schemas/user"),
            ("https://a.example/schemas/root.json", "./user", "https://a.example/schemas/user"),
            ("https://a.example/schemas/root.json", "/user", "https://a.example/user"),
            ("https://a.example", "user", "https://a.example/user"),
            ("https://a.example/x", "urn:example:user", "urn:example:user"),
        ] {
            assert_eq!(join(base, uri), full);
        }
    }
}
