//! The changes as one page: nothing is loaded from elsewhere, and without its script all is shown.

mod codes;
mod escape;
mod excerpt;
mod sides;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use specsmith::diagnostics::Pointer;
use specsmith::diff::{Code, Severity, Step};

use super::shown::{At, Group, Row, Shown, Side};
use escape::{Plain, Sentence, Text};
use excerpt::Lines;
use sides::{Part, parts};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A document and the other files that are a part of it, by lines.
struct Document<'a> {
    side: &'a Side,
    own: Lines<'a>,
    files: BTreeMap<&'a str, Lines<'a>>,
}

impl<'a> Document<'a> {
    fn new(side: &'a Side) -> Self {
        Self { side, own: Lines::new(side.source.text()), files: BTreeMap::new() }
    }

    /// The lines of the file that a node stands in.
    fn lines(&mut self, at: &Pointer) -> &Lines<'a> {
        let spot = self.side.spot(at);
        match spot.file {
            None => &self.own,
            Some(file) => self.files.entry(file).or_insert_with(|| Lines::new(spot.text)),
        }
    }
}

/// The whole page.
pub(super) fn page(shown: &Shown) -> String {
    let mut out = head(shown);
    verdict(&mut out, shown);
    let groups = shown.groups();
    if !groups.is_empty() {
        out.push_str("<div class=\"columns\">\n<div class=\"tools\">\n");
        filters(&mut out, &groups);
        contents(&mut out, &groups);
        out.push_str("</div>\n");
        changes(&mut out, shown, &groups);
        out.push_str("</div>\n");
        codes::explained(&mut out, shown);
        out.push_str("<a class=\"up\" href=\"#top\">↑ Top</a>\n");
        let _ = writeln!(out, "<script>{SCRIPT}</script>");
    }
    out + "<footer>Made by <code>cargo xtask diff --format html</code>.</footer>\n</body>\n</html>\n"
}

/// All changes, by module.
fn changes(out: &mut String, shown: &Shown, groups: &[Group<'_>]) {
    let (mut old, mut new) = (Document::new(&shown.old), Document::new(&shown.new));
    let mut number = 0;
    out.push_str("<main id=\"changes\">\n");
    for (index, group) in groups.iter().enumerate() {
        let (name, count) = (Plain(group.name), counted(group.rows.len(), "change"));
        let _ = writeln!(out, "<section id=\"m{index}\" data-module=\"{name}\">");
        let _ = writeln!(out, "<h2>{} <small>{count}</small></h2>", Text(group.name));
        for row in &group.rows {
            change(out, row, number, (&mut old, &mut new));
            number += 1;
        }
        out.push_str("</section>\n");
    }
    out.push_str("<p id=\"nothing\" hidden>No change matches.</p>\n</main>\n");
}

/// What comes before the body, with what the page may load: nothing but what is in it.
fn head(shown: &Shown) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let title = format!("{} to {}", shown.old.path, shown.new.path);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
         script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Changes from {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n",
        hash(STYLE),
        hash(SCRIPT),
        Plain(&title),
    )
}

/// The step of the version, and why it is no smaller one.
fn verdict(out: &mut String, shown: &Shown) {
    let (old, new) = (Text(&shown.old.path), Text(&shown.new.path));
    let _ = write!(
        out,
        "<header>\n<h1>What changes for those who use the SDK</h1>\n\
         <p class=\"documents\">from <code>{old}</code> to <code>{new}</code></p>\n\
         <div class=\"verdict\">\n<h2>The next version is <strong class=\"{step}\">{what}</strong></h2>\n<p>{why}</p>\n",
        step = shown.step,
        what = step_name(shown.step),
        why = step_reason(shown.step),
    );
    if shown.step != Step::None {
        let _ = writeln!(out, "<p class=\"aside\">Below 1.0 that is {}.</p>", shown.step.below_one());
    }
    out.push_str("<ul class=\"counts\">\n");
    for (severity, count) in shown.counts() {
        let name = severity.name();
        let _ = writeln!(out, "<li class=\"{name}\">{} <b>{count}</b> {}</li>", sign(severity), doing(severity, count));
    }
    out.push_str("</ul>\n");
    why(out, &reasons(shown));
    out.push_str("</div>\n</header>\n");
}

/// The reasons; where they would fill the screen, they are folded.
fn why(out: &mut String, reasons: &Reasons) {
    const FEW: usize = 6;
    if reasons.is_empty() {
        return;
    }
    let open = if reasons.len() <= FEW { " open" } else { "" };
    let kinds = counted(reasons.len(), "kind");
    let _ = writeln!(out, "<details{open}><summary>Why: {kinds} of changes</summary>\n<ul class=\"reasons\">");
    for ((_, code), (count, first)) in reasons {
        let _ = writeln!(
            out,
            "<li><b>{count}</b> <a href=\"#{}\"><code>{code}</code></a> <span>{}</span></li>",
            anchor(*first),
            Text(code.meaning())
        );
    }
    out.push_str("</ul>\n</details>\n");
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::None => "the same",
        Step::Patch => "a patch",
        Step::Minor => "a minor one",
        Step::Major => "a major one",
    }
}

fn step_reason(step: Step) -> &'static str {
    match step {
        Step::None => "Nothing changes for those who use the SDK.",
        Step::Patch => "Code compiles and does what it did; only the documentation says something else.",
        Step::Minor => "Code compiles and does what it did; there is more than before, or something is deprecated.",
        Step::Major => "Code stops compiling, or compiles and does something else.",
    }
}

/// The kinds of changes that ask for the step, each with how many there are and the number of the
/// first. What no compiler tells comes first.
type Reasons = BTreeMap<(bool, Code), (usize, usize)>;

fn reasons(shown: &Shown) -> Reasons {
    let mut reasons = BTreeMap::new();
    let rows = shown.groups().into_iter().flat_map(|group| group.rows);
    for (index, row) in rows.enumerate().filter(|(_, row)| row.change.step() == shown.step) {
        reasons.entry((row.change.severity == Severity::Breaking, row.change.code)).or_insert((0, index)).0 += 1;
    }
    reasons
}

/// Where a change stands in the page, by its number.
fn anchor(index: usize) -> String {
    format!("c{}", index + 1)
}

/// The controls that choose what is shown; the script shows them.
fn filters(out: &mut String, groups: &[Group<'_>]) {
    out.push_str(
        "<form id=\"filters\" aria-label=\"Filters\" hidden>\n\
         <label><span class=\"label\">Search names, routes and codes</span>\
         <input type=\"search\" name=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>\n\
         <fieldset><legend>Severity</legend>\n",
    );
    for severity in Severity::ALL {
        let (name, sign) = (severity.name(), sign(severity));
        let _ = writeln!(
            out,
            "<label class=\"{name}\"><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked>{sign} {name}</label>"
        );
    }
    out.push_str(
        "</fieldset>\n<label><span class=\"label\">Module</span><select name=\"module\">\
         <option value=\"\">all</option>\n",
    );
    for group in groups {
        let _ = writeln!(out, "<option value=\"{name}\">{name}</option>", name = Plain(group.name));
    }
    out.push_str(
        "</select></label>\n<div class=\"buttons\"><button type=\"reset\">Show all</button>\
         <button type=\"button\" id=\"open\">Unfold all</button>\
         <button type=\"button\" id=\"close\">Fold all</button></div>\n\
         <output id=\"told\" aria-live=\"polite\"></output>\n</form>\n",
    );
}

/// Links to the modules.
fn contents(out: &mut String, groups: &[Group<'_>]) {
    if groups.is_empty() {
        return;
    }
    out.push_str("<nav aria-label=\"Modules\">\n<h2>Modules</h2>\n<ul>\n");
    for (index, group) in groups.iter().enumerate() {
        let (name, count) = (Text(group.name), group.rows.len());
        let _ = writeln!(out, "<li><a href=\"#m{index}\">{name}</a> <span>{count}</span></li>");
    }
    out.push_str("</ul>\n</nav>\n");
}

/// One change: what it is, and both documents beside each other.
fn change(out: &mut String, row: &Row, index: usize, (old, new): (&mut Document<'_>, &mut Document<'_>)) {
    let change = &row.change;
    let (severity, code) = (change.severity, change.code);
    let _ = write!(
        out,
        "<article class=\"{name}\" id=\"{}\" data-severity=\"{name}\">\n<div class=\"what\">\n\
         <h3><span class=\"severity\">{} {name}</span> <code>{}</code>",
        anchor(index),
        sign(severity),
        Text(&change.rust),
        name = severity.name(),
    );
    if let Some(route) = &change.route {
        let _ = write!(out, " <code class=\"route\">{}</code>", Text(route));
    }
    let _ = write!(
        out,
        "</h3>\n<p>{}</p>\n<p class=\"code\"><a href=\"#{}\"><code>{code}</code></a> {}</p>\n</div>\n",
        Sentence(&change.message),
        codes::anchor(code),
        Sentence(code.meaning())
    );
    // What hurts is open.
    let open = if matches!(severity, Severity::Breaking | Severity::Silent) { " open" } else { "" };
    let _ = writeln!(out, "<details{open}><summary>Before and after</summary>\n<div class=\"sides\">");
    let (before, after) = parts(change.before.as_deref(), change.after.as_deref());
    let (was, is) = (row.old.as_ref().zip(change.old.as_ref()), row.new.as_ref().zip(change.new.as_ref()));
    side(out, ("was", "before"), &before, was, old);
    side(out, ("is", "after"), &after, is, new);
    out.push_str("</div>\n</details>\n</article>\n");
}

/// What it was or is, with its place.
fn side(
    out: &mut String,
    (class, name): (&str, &str),
    text: &Part<'_>,
    place: Option<(&At, &Pointer)>,
    document: &mut Document<'_>,
) {
    let _ = write!(out, "<figure class=\"{class}\"><figcaption>{name}");
    if let Some((at, _)) = place {
        let _ = write!(out, " <code>{}</code>", Text(&at.to_string()));
    }
    let _ = write!(out, "</figcaption>{text}");
    if let Some((at, pointer)) = place {
        let _ = write!(out, "{}", document.lines(pointer).around(&at.span));
    }
    out.push_str("</figure>\n");
}

/// A sign beside the word, for those who see no colours.
fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "✕",
        Severity::Silent => "≠",
        Severity::Additive => "+",
        Severity::Docs => "¶",
    }
}

/// What so many changes do.
fn doing(severity: Severity, count: usize) -> &'static str {
    match (severity, count) {
        (_, 1) => severity.meaning(),
        (Severity::Breaking, _) => "break the build",
        (Severity::Silent, _) => "change behaviour silently",
        (Severity::Additive, _) => "add something",
        (Severity::Docs, _) => "change the documentation",
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
