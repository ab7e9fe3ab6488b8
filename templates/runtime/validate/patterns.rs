//! Patterns of ECMA 262, read once each.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use regress::Regex;

static READ: LazyLock<Mutex<HashMap<&'static str, Option<Arc<Regex>>>>> = LazyLock::new(Mutex::default);

/// Whether a pattern is found in a text; one that cannot be read rules nothing out.
pub(crate) fn is_found(pattern: &'static str, text: &str) -> bool {
    let read = {
        let mut patterns = READ.lock().unwrap_or_else(PoisonError::into_inner);
        patterns.entry(pattern).or_insert_with(|| read(pattern).map(Arc::new)).clone()
    };
    read.is_none_or(|regex| regex.find(text).is_some())
}

/// Whether a text is a pattern.
pub(crate) fn is_pattern(text: &str) -> bool {
    Regex::with_flags(text, "u").is_ok()
}

/// JSON Schema asks for Unicode; many patterns are written without a thought of it.
fn read(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).ok()
}
