//! What examples came to, as text and as JSON.

use super::{Miss, Proved};
use crate::diff::line;

/// How many misses of one document are shown, unless all are asked for.
const SHOWN: usize = 10;

/// The misses, what was left out and why, and the sum.
pub(super) fn text(proved: &Proved, verbose: bool) -> String {
    let mut out = String::new();
    for file in &proved.not_generated {
        out.push_str(&format!("{file}: not generated\n"));
    }
    for file in &proved.not_compiled {
        out.push_str(&format!("{file}: its types do not compile\n"));
    }
    misses(&proved.panics, verbose, &mut out);
    misses(&proved.misses, verbose, &mut out);
    if verbose {
        proved.untyped.iter().for_each(|at| out.push_str(&format!("of no type of its own: {at}\n")));
    }
    for (reason, count) in &proved.left_out {
        out.push_str(&format!("left out, {count} times: {}\n", line(reason)));
    }
    let (examples, made) = (proved.examples, proved.made);
    if made.all > 0 {
        out.push_str(&format!("{} made values: {} valid, {} preserved\n", made.all, made.valid, made.preserved));
    }
    out + &format!("{} examples: {} valid, {} preserved\n", examples.all, examples.valid, examples.preserved)
}

fn misses(misses: &[Miss], verbose: bool, out: &mut String) {
    for of_one in misses.chunk_by(|one, other| one.document == other.document) {
        let shown = if verbose { of_one.len() } else { SHOWN };
        for miss in of_one.iter().take(shown) {
            let place = format!("{} {}: {} as {}", miss.document, miss.at, miss.kind, miss.ty);
            out.push_str(&format!("{}\n  {}\n  {}\n", line(&place), line(&miss.given), line(&miss.came)));
        }
        if of_one.len() > shown {
            out.push_str(&format!("  and {} more of this document (--verbose shows all)\n", of_one.len() - shown));
        }
    }
}

/// Everything, for programs.
pub(super) fn json(proved: &Proved) -> Result<String, String> {
    serde_json::to_string_pretty(proved).map_err(|error| format!("cannot write JSON: {error}"))
}
