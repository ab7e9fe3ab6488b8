//! What examples came to, as text and as JSON.

use std::collections::BTreeMap;

use super::{Miss, Proved};
use crate::corpus::floors::Compared;
use crate::diff::line;

/// How many misses of one cause are shown, unless all are asked for.
const SHOWN: usize = 5;

/// The misses, what was left out and why, and the sum.
pub(super) fn text(proved: &Proved, compared: &Compared, verbose: bool) -> String {
    let mut out = String::new();
    for told in &proved.stopped {
        out.push_str(&format!("{}\n", line(told)));
    }
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
    for (fault, count) in &proved.mended {
        out.push_str(&format!("mended for the validator, {count} times: {}\n", line(fault)));
    }
    for line in &compared.below {
        out.push_str(&format!("below the floor: {line}\n"));
    }
    for line in &compared.above {
        out.push_str(&format!("the floors could be raised: {line}\n"));
    }
    let (examples, made) = (proved.examples, proved.made);
    if made.all > 0 {
        out.push_str(&format!("{} made values: {} valid, {} preserved\n", made.all, made.valid, made.preserved));
    }
    out + &format!("{} examples: {} valid, {} preserved\n", examples.all, examples.valid, examples.preserved)
}

/// Values by what they lost, the most frequent first.
fn misses(misses: &[Miss], verbose: bool, out: &mut String) {
    let mut causes: BTreeMap<&str, Vec<&Miss>> = BTreeMap::new();
    misses.iter().for_each(|miss| causes.entry(&miss.cause).or_default().push(miss));
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, of_one)| std::cmp::Reverse(of_one.len()));
    for (cause, of_one) in causes {
        out.push_str(&format!("not preserved, {} times: {}\n", of_one.len(), line(cause)));
        let shown = if verbose { of_one.len() } else { SHOWN };
        for miss in of_one.iter().take(shown) {
            let within = if miss.within.is_empty() { String::new() } else { format!(", at {} of it", miss.within) };
            let place = format!("{} {} as {}{within}", miss.document, miss.at, miss.ty);
            out.push_str(&format!("  {}\n    {}\n    {}\n", line(&place), line(&miss.given), line(&miss.came)));
        }
        if of_one.len() > shown {
            out.push_str(&format!("  and {} more (--verbose shows all)\n", of_one.len() - shown));
        }
    }
}

/// Everything, for programs.
pub(super) fn json(proved: &Proved) -> Result<String, String> {
    serde_json::to_string_pretty(proved).map_err(|error| format!("cannot write JSON: {error}"))
}
