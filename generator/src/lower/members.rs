//! Names of members, with what the lock says of them: fields, values, variants, parameters, and what
//! else an operation has several of.

use std::collections::HashMap;

use super::schemas::Types;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Pointer, Report};
use crate::names::{Belonging, Ident, LockedMember, MemberKey, MemberKind, MemberScope, Route, Scope, Want};

/// A member that is to be named.
pub(super) struct Member {
    pub(super) at: Pointer,
    /// What tells it from others of its scope, whatever comes beside it.
    pub(super) key: MemberKey,
    pub(super) want: Want,
    /// Whether it may have its name without a line in the lock, if it is spelled like it.
    pub(super) may_own: bool,
}

impl Member {
    /// A member that is known by its name in the document.
    pub(super) fn of(at: &Pointer, want: Want) -> Self {
        Self { at: at.clone(), key: MemberKey::of(&[&want.original]), want, may_own: true }
    }
}

/// The places of what is counted in the document, by what it is called instead.
#[derive(Default)]
pub(super) struct Places(HashMap<String, Pointer>);

impl Places {
    /// Knows a node by this word among those beside it.
    pub(super) fn call(&mut self, at: &Pointer, word: &str) {
        if let Some((list, _)) = at.as_str().rsplit_once('/') {
            let place = self.of(&Pointer::parse(list)).child(word);
            self.0.insert(at.as_str().to_owned(), place);
        }
    }

    /// A place that stays when something is added beside it.
    pub(super) fn of(&self, at: &Pointer) -> Pointer {
        let text = at.as_str();
        let ends = std::iter::once(text.len()).chain(text.rmatch_indices('/').map(|(end, _)| end));
        let known = ends.filter(|_| !self.0.is_empty()).find_map(|end| Some((self.0.get(&text[..end])?, end)));
        let (mut place, mut rest) =
            known.map_or((String::new(), text), |(place, end)| (place.to_string(), &text[end..]));
        // Parameters of a path may come to be called otherwise.
        if let Some((path, inside)) = text.strip_prefix("/paths/").filter(|_| known.is_none()).map(split) {
            place = format!("/paths/{}", Route::new("", path).to_server().1);
            rest = inside;
        }
        let mut before = "";
        for segment in rest.split('/').skip(1) {
            // All parts of an `allOf` are one.
            if before != "allOf" || !segment.bytes().all(|byte| byte.is_ascii_digit()) {
                place.push('/');
                place.push_str(segment);
            }
            before = segment;
        }
        Pointer::parse(place)
    }
}

/// Where what is inside an operation stood before its route moved, if the settings say that it did.
pub(super) fn before_the_move(config: &Config, place: &Pointer) -> Option<Pointer> {
    let of = |route: &Route| {
        let (method, shape) = route.to_server();
        Pointer::default().child("paths").child(shape).child(method.to_lowercase())
    };
    config.moved.iter().find_map(|entry| {
        let moved = entry.as_ref();
        let (from, to) = (Route::parse(&moved.from)?, Route::parse(&moved.to)?);
        let inside = place.as_str().strip_prefix(of(&to).as_str()).filter(|inside| inside.starts_with('/'))?;
        (from != to).then(|| Pointer::parse(format!("{}{inside}", of(&from))))
    })
}

/// A segment, and what stands inside it.
fn split(text: &str) -> (&str, &str) {
    text.split_at(text.find('/').unwrap_or(text.len()))
}

impl<'a> Types<'a> {
    /// What has the members of a type at a place.
    pub(super) fn scope(&self, kind: MemberKind, at: &Pointer) -> MemberScope {
        MemberScope::of_type(kind, &self.places.of(at))
    }

    /// Names members.
    pub(super) fn name_members(
        &mut self,
        scope: &MemberScope,
        names: Scope<'a>,
        members: &[Member],
        report: &mut Report,
    ) -> Vec<Ident> {
        self.name_members_beside(&[], scope, names, members, report).0
    }

    /// Names members, and what generated code itself has beside them: `own` is what that would best be
    /// called.
    pub(super) fn name_members_beside(
        &mut self,
        own: &[&str],
        scope: &MemberScope,
        mut names: Scope<'a>,
        members: &[Member],
        report: &mut Report,
    ) -> (Vec<Ident>, Ident) {
        let spelling = self.lock.spelling(scope.kind());
        let lines = self.lines(scope);
        let line_of = |member: &Member| lines.iter().copied().find(|line| line.key == member.key);
        let kept: Vec<Option<&LockedMember>> = members.iter().map(line_of).collect();
        let is_kept = |line: &LockedMember| kept.iter().flatten().any(|kept| kept.name == line.name);
        names.take(lines.iter().filter(|line| !is_kept(line)).map(|line| line.name.as_str()));

        // A member that has such a name has it in the lock; what comes beside members that were there
        // before gets none.
        let own_want = Want {
            candidates: own.iter().map(|word| (*word).to_owned()).collect(),
            ..Want::of(own.first().unwrap_or(&"own"))
        };
        if members.is_empty() && lines.is_empty() {
            return (Vec::new(), names.claim_one(own_want));
        }
        let own_names = if own.is_empty() { Vec::new() } else { names.all(&own_want) };
        let mut own_name = None;
        if !own.is_empty() && self.lock.knows(scope) {
            let mut free = names.clone();
            free.take(lines.iter().map(|line| line.name.as_str()));
            let name = free.claim_one(own_want.clone());
            names.take([name.as_str()].into_iter());
            own_name = Some(name);
        }

        let kind = scope.kind();
        let firsts: Vec<String> = members.iter().map(|member| names.first(&member.want)).collect();
        let all = || members.iter().zip(&firsts).zip(&kept);
        let wants: Vec<Want> = all()
            .map(|((member, first), line)| {
                let own = line.is_none() && belonging(member, first, first, kind).is_own(first, spelling);
                Want { own, ..member.want.clone() }.keeping(line.map(|line| line.name.as_str()))
            })
            .collect();
        let idents = names.claim(&wants);
        for (((member, first), line), name) in all().zip(&idents) {
            let belonging = match own_names.iter().any(|own| own == name.as_str()) {
                true => Belonging::Decided,
                false => belonging(member, name.as_str(), first, kind),
            };
            self.given.add(scope, member.key.clone(), name.as_str(), belonging);
            if line.is_none() && !lines.is_empty() {
                let best = names.best(&member.want);
                let owner = lines.iter().find(|line| line.key != member.key && line.name == best);
                owner.into_iter().for_each(|owner| report.push(refused(member, name, owner)));
            }
        }
        let own_name = own_name.unwrap_or_else(|| names.claim_one(own_want));
        (idents, own_name)
    }

    /// What the lock says of a scope: where a route has moved, or its path's parameters came to be called
    /// otherwise, of the route before as well.
    fn lines(&self, scope: &MemberScope) -> Vec<&'a LockedMember> {
        let before = self.config.moved.iter().filter_map(|entry| {
            let moved = entry.as_ref();
            let to = Route::parse(&moved.to).filter(|to| scope.is_at(to))?;
            Route::parse(&moved.from).filter(|from| *from != to)
        });
        let of_route = |route: &Route| MemberScope::of_route(scope.kind(), route);
        let mut lines: Vec<&LockedMember> = Vec::new();
        let inside = before_the_move(self.config, &scope.place());
        let inside = inside.map(|place| MemberScope::of_type(scope.kind(), &place));
        for scope in before.map(|from| of_route(&from)).chain(inside).chain([scope.clone()]) {
            lines.extend(self.lock.of_members(&scope));
        }
        if let Some(route) = scope.route() {
            for like in self.lock.of_route(&route).filter(|like| like.route != route) {
                let like = of_route(&like.route);
                let new: Vec<_> = self
                    .lock
                    .of_members(&like)
                    .filter(|line| !lines.iter().any(|known| known.key == line.key))
                    .collect();
                lines.extend(new);
            }
        }
        lines
    }
}

/// Whose the name of a member is.
fn belonging(member: &Member, name: &str, first: &str, kind: MemberKind) -> Belonging {
    match kind.spelled_as() {
        _ if !member.may_own || name != first => Belonging::Decided,
        Some(_) => Belonging::Spelled(member.want.original.clone()),
        None if kind != MemberKind::Variant || name == member.want.original => Belonging::Own,
        None => Belonging::Decided,
    }
}

fn refused(member: &Member, name: &Ident, owner: &LockedMember) -> Diagnostic {
    let (code, what) = if owner.retired { ("name-retired", ", which is gone") } else { ("name-taken", "") };
    let message = format!(
        "`{}` is not called `{}`: the name belongs to {}{what}",
        member.want.original,
        owner.name,
        owner.subject()
    );
    let help = if owner.retired {
        "nothing to do, if that name will do; to give it the name all the same, take the line out of the lock"
    } else {
        "nothing to do: what was there before keeps its name"
    };
    Diagnostic::note(code, Place::Document(member.at.clone()), message)
        .label(format!("called `{name}` instead"))
        .help(help)
        .related(Place::Lock(owner.at), "it was given here")
}
