//! What the codes of a page mean: more than fits beside each change.

use std::collections::BTreeSet;
use std::fmt::Write;

use specsmith::diff::Code;

use super::escape::{Sentence, Text};
use crate::diff::Shown;

/// Where a code is explained.
pub(super) fn anchor(code: Code) -> String {
    format!("code-{code}")
}

/// Each code that the page tells, explained.
pub(super) fn explained(out: &mut String, shown: &Shown) {
    let codes: BTreeSet<Code> = shown.changes.iter().map(|row| row.change.code).collect();
    out.push_str("<aside class=\"codes\" aria-labelledby=\"codes\">\n<h2 id=\"codes\">What the codes mean</h2>\n");
    for explanation in codes.into_iter().filter_map(|code| Some((code, code.explanation()?))) {
        let (code, explanation) = explanation;
        let _ = write!(
            out,
            "<div id=\"{}\">\n<h3><code>{code}</code></h3>\n<p class=\"meaning\">{}</p>\n<p>{}</p>\n\
             <p class=\"example\"><span>before</span> <code>{}</code> <span>after</span> <code>{}</code></p>\n<p>What to do: {}</p>\n</div>\n",
            anchor(code),
            Sentence(code.meaning()),
            Sentence(explanation.why),
            Text(explanation.before),
            Text(explanation.after),
            Sentence(explanation.advice),
        );
    }
    out.push_str("</aside>\n");
}
