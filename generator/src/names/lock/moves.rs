//! Routes that are likely the same under another path.

use super::{Lock, LockedOperation, Route};
use crate::names::route::telling as segments;

impl Lock {
    /// The route that is gone, and likely lives on as this one: the same path but for parameters
    /// between, or the same operationId on a path that is much the same.
    pub(crate) fn likely_move<'a>(
        &'a self,
        route: &Route,
        id: Option<&str>,
        is_gone: impl Fn(&Route) -> bool,
    ) -> Option<&'a LockedOperation> {
        let candidates = self.operations.iter().filter(|line| {
            !line.folded && !line.route.is_like(route) && line.route.method == route.method && is_gone(&line.route)
        });
        let scored = candidates.filter_map(|line| Some((score(line, route, id)?, line)));
        // Of two as likely the first in the order of routes, so that the same is offered in every run.
        scored.min_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.route.path.cmp(&y.route.path))).map(|(_, line)| line)
    }
}

fn score(line: &LockedOperation, route: &Route, id: Option<&str>) -> Option<(bool, bool, bool)> {
    let same_id = id.is_some() && line.id.as_deref() == id;
    let (old, new) = (segments(&line.route.path), segments(&route.path));
    let scoped = is_scoped(&old, &new) || is_scoped(&new, &old);
    let alike = same_id && tail(&old) == tail(&new) && shared(&old, &new) * 3 >= old.len().max(new.len()) * 2;
    (scoped || alike).then_some((same_id, scoped, !line.retired))
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

fn same(a: &str, b: &str) -> bool {
    a == b || (is_parameter(a) && is_parameter(b))
}

/// How many parameters a path ends in: a collection is no item.
fn tail(path: &[&str]) -> usize {
    path.iter().rev().take_while(|segment| is_parameter(segment)).count()
}

/// Whether a path is another one with parameters added between.
fn is_scoped(short: &[&str], long: &[&str]) -> bool {
    let mut left = short.iter().peekable();
    for segment in long {
        if left.peek().is_some_and(|next| same(next, segment)) {
            left.next();
        } else if !is_parameter(segment) {
            return false;
        }
    }
    left.next().is_none() && tail(short) == tail(long)
}

/// The length of the longest common subsequence.
fn shared(a: &[&str], b: &[&str]) -> usize {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (index, y) in b.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if same(x, y) { before + 1 } else { above.max(row[index]) };
            before = above;
        }
    }
    row[b.len()]
}
