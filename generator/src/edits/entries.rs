//! The entries of the settings that change the document, in one form.

use std::fmt;

use toml::Spanned;

use crate::config::{BodyOf, Config, Nodes, Retype};

/// An entry of the settings.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Where it begins.
    pub(super) byte: usize,
    pub(super) nodes: Nodes<'a>,
    pub(super) what: What<'a>,
    pub(super) reason: &'a str,
}

/// What it does.
#[derive(Debug)]
pub(super) enum What<'a> {
    Drop,
    Retype(&'a Retype),
    Mark(Vec<Mark>),
}

/// One thing that nodes are, or are not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) flag: Flag,
    pub(super) on: bool,
    /// Where the settings say so.
    pub(super) byte: usize,
}

/// What nodes can be marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Flag {
    Required,
    Nullable,
    Deprecated,
    ReadOnly,
    WriteOnly,
}

impl Flag {
    /// What it is called in a document.
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Nullable => "nullable",
            Self::Deprecated => "deprecated",
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
        }
    }
}

impl Entry<'_> {
    pub(super) fn drops(&self) -> bool {
        matches!(self.what, What::Drop)
    }

    pub(super) fn retypes(&self) -> bool {
        matches!(self.what, What::Retype(_))
    }

    pub(super) fn marks(&self) -> bool {
        matches!(self.what, What::Mark(_))
    }

    /// What it does, as a sentence about what it names.
    pub(super) fn says(&self) -> String {
        let nodes = Named(&self.nodes);
        match &self.what {
            What::Drop => format!("{nodes} are left out"),
            What::Retype(rule) => match (&rule.kind, &rule.format, &rule.reference) {
                (Some(kind), Some(format), _) => format!("{nodes} are read as {} of `{format}`", kind.as_ref()),
                (Some(kind), None, _) => format!("{nodes} are read as {}", kind.as_ref()),
                (_, _, Some(reference)) => format!("{nodes} are read as `{}`", reference.as_ref()),
                _ => format!("{nodes} are read as the settings say"),
            },
            What::Mark(marks) => {
                let said = marks.iter().map(|mark| {
                    let not = if mark.on { "" } else { "not " };
                    format!("{not}`{}`", mark.flag.keyword())
                });
                format!("{nodes} are {}", said.collect::<Vec<_>>().join(" and "))
            }
        }
    }
}

/// The nodes of an entry as they are told of.
struct Named<'a>(&'a Nodes<'a>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[String]| format!("`{}`", names.join("`, `"));
        match self.0 {
            Nodes::At(at) => f.write_str(&list(at)),
            Nodes::Operations(names) => write!(f, "operations {}", list(names)),
            Nodes::Parameters(names, []) => write!(f, "parameters {}", list(names)),
            Nodes::Parameters(names, operations) => write!(f, "parameters {} of {}", list(names), list(operations)),
            Nodes::Schemas(names) => write!(f, "schemas {}", list(names)),
            Nodes::Properties(schemas, names) => write!(f, "properties {} of {}", list(names), list(schemas)),
            Nodes::Body(BodyOf { operation, media_type }) => write!(f, "bodies `{media_type}` of `{operation}`"),
        }
    }
}

/// All entries that change the document, in the order of their kinds.
pub(super) fn of(config: &Config) -> Vec<Entry<'_>> {
    fn entry<'a, T>(
        entry: &'a Spanned<T>,
        nodes: Option<Nodes<'a>>,
        what: What<'a>,
        reason: &'a str,
    ) -> Option<Entry<'a>> {
        Some(Entry { byte: entry.span().start, nodes: nodes?, what, reason })
    }
    let retype = config.retype.iter().filter_map(|it| {
        let rule = it.as_ref();
        entry(it, rule.nodes(), What::Retype(rule), &rule.reason)
    });
    let optional = config.optional.iter().filter_map(|it| {
        let rule = it.as_ref();
        let mark = Mark { flag: Flag::Required, on: false, byte: it.span().start };
        let nodes = Nodes::Properties(&rule.schemas, &rule.properties);
        entry(it, Some(nodes), What::Mark(vec![mark]), &rule.reason)
    });
    let undeprecate = config.undeprecate.iter().filter_map(|it| {
        let rule = it.as_ref();
        let mark = Mark { flag: Flag::Deprecated, on: false, byte: it.span().start };
        entry(it, Some(Nodes::Operations(&rule.operations)), What::Mark(vec![mark]), &rule.reason)
    });
    let mark = config.mark.iter().filter_map(|it| {
        let rule = it.as_ref();
        let said = [
            (Flag::Required, &rule.required),
            (Flag::Nullable, &rule.nullable),
            (Flag::Deprecated, &rule.deprecated),
            (Flag::ReadOnly, &rule.read_only),
            (Flag::WriteOnly, &rule.write_only),
        ];
        let marks = said.into_iter().filter_map(|(flag, on)| {
            let on = on.as_ref()?;
            Some(Mark { flag, on: *on.as_ref(), byte: on.span().start })
        });
        entry(it, rule.nodes(), What::Mark(marks.collect()), &rule.reason)
    });
    let drop = config.drop.iter().filter_map(|it| {
        let rule = it.as_ref();
        entry(it, rule.nodes(), What::Drop, &rule.reason)
    });
    retype.chain(optional).chain(undeprecate).chain(mark).chain(drop).collect()
}
