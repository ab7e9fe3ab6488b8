//! The changes as one page: nothing is loaded from elsewhere, and without its script all is shown.

mod escape;
mod excerpt;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use specsmith::diff::{Code, Severity, Step};

use super::shown::{At, Group, Row, Shown};
use escape::{Plain, Sentence, Text};
use excerpt::Lines;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Both documents, by lines.
struct Documents<'a> {
    old: Lines<'a>,
    new: Lines<'a>,
}

/// The whole page.
pub(super) fn page(shown: &Shown) -> String {
    let mut out = head(shown);
    verdict(&mut out, shown);
    out.push_str("<div class=\"columns\">\n<div class=\"tools\">\n");
    let groups = shown.groups();
    filters(&mut out, &groups);
    contents(&mut out, &groups);
    out.push_str("</div>\n<main id=\"changes\">\n");
    let documents = Documents { old: Lines::new(shown.old.source.text()), new: Lines::new(shown.new.source.text()) };
    let ids = ids(shown);
    for (index, group) in groups.iter().enumerate() {
        let name = Plain(group.name);
        let _ = writeln!(
            out,
            "<section id=\"m{index}\" data-module=\"{name}\">\n<h2>{} <small>{}</small></h2>",
            Text(group.name),
            counted(group.rows.len(), "change")
        );
        group.rows.iter().for_each(|row| change(&mut out, row, ids[&std::ptr::from_ref(*row)], &documents));
        out.push_str("</section>\n");
    }
    out.push_str("<p id=\"nothing\" hidden>No change is so.</p>\n</main>\n</div>\n");
    out.push_str("<footer>Lines and columns are those of the documents as they were read; a place that is written by reference stands where it is defined.</footer>\n");
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}
