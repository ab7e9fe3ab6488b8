//! What values obey beyond their types: the rules of a schema, free of OpenAPI's spellings.

use serde::Serialize;
use serde_json::Value;

use super::TypeId;

/// The rules of one schema: a value must obey all of them.
pub type Rules = Vec<Rule>;

/// A rule; one on values of another kind than the one at hand says nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Rule {
    /// Null is valid, whatever the rules beside it say; stands first.
    OrNull,
    /// A value of one of these kinds.
    Is(Vec<Kind>),
    /// One of these values.
    Values(Vec<Value>),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// A pattern of ECMA 262 that is found somewhere in the text.
    Pattern(String),
    /// A format that can be judged.
    Format(Format),
    /// At least, or more than, a number.
    Minimum {
        /// The number as it is written.
        limit: String,
        /// Whether it is none of the values itself.
        exclusive: bool,
    },
    /// At most, or less than, a number.
    Maximum {
        /// The number as it is written.
        limit: String,
        /// Whether it is none of the values itself.
        exclusive: bool,
    },
    /// A multiple of a number.
    MultipleOf(String),
    /// At least so many elements.
    MinItems(u64),
    /// At most so many elements.
    MaxItems(u64),
    /// No two elements are equal.
    Unique,
    /// The first elements, one after the other.
    Prefix(Vec<Rules>),
    /// All elements behind the first so many.
    Items(usize, Rules),
    /// Some of the elements are so.
    Contains {
        /// How they are.
        rules: Rules,
        /// At least so many.
        least: u64,
        /// At most so many.
        most: Option<u64>,
    },
    /// At least so many members.
    MinProperties(u64),
    /// At most so many members.
    MaxProperties(u64),
    /// These members are there.
    Required(Vec<String>),
    /// Members.
    Members {
        /// By their names.
        named: Vec<(String, Rules)>,
        /// By patterns of their names.
        patterned: Vec<(String, Rules)>,
        /// All others.
        rest: Rest,
    },
    /// The names of all members.
    Names(Rules),
    /// Where the first is there, the others are too.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// Where a member is there, the whole obeys more rules.
    Dependent(Vec<(String, Rules)>),
    /// All of these.
    All(Vec<Rules>),
    /// At least one of these.
    Any(Vec<Rules>),
    /// Exactly one of these.
    One(Vec<Rules>),
    /// Which rules there are is told by a member.
    Tagged {
        /// The member.
        member: String,
        /// The rules by its values.
        tagged: Vec<(String, Rules)>,
        /// Those of all other values.
        others: Rules,
    },
    /// Not so.
    Not(Rules),
    /// If the first holds, the second does, else the third.
    When(Rules, Rules, Rules),
    /// The rules of a type.
    Of(TypeId),
    /// There is no such value.
    Never,
}

/// What is said of the members that nothing names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Rest {
    /// Nothing.
    Open,
    /// There are none.
    Closed,
    /// Each is so.
    Each(Rules),
}

/// The kinds of JSON values; every integer is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names of JSON Schema")]
pub enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }
}

/// The formats that can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names of JSON Schema and of OpenAPI")]
pub enum Format {
    Byte,
    Date,
    DateTime,
    Duration,
    Email,
    Hostname,
    Int32,
    Int64,
    Ipv4,
    Ipv6,
    JsonPointer,
    Regex,
    RelativeJsonPointer,
    Time,
    Uint32,
    Uint64,
    Uri,
    UriReference,
    UriTemplate,
    Uuid,
}

impl Format {
    /// The format of this name, if it can be judged.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "byte" => Self::Byte,
            "date" => Self::Date,
            "date-time" => Self::DateTime,
            "duration" => Self::Duration,
            "email" => Self::Email,
            "hostname" => Self::Hostname,
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "json-pointer" => Self::JsonPointer,
            "regex" => Self::Regex,
            "relative-json-pointer" => Self::RelativeJsonPointer,
            "time" => Self::Time,
            "uint32" => Self::Uint32,
            "uint64" => Self::Uint64,
            "uri" => Self::Uri,
            "uri-reference" => Self::UriReference,
            "uri-template" => Self::UriTemplate,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }
}

/// A rule in words; `{}` stands for the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The words.
    pub rule: &'static str,
    /// The value as the document writes it; empty if there is none.
    pub value: String,
}

impl Told {
    /// The whole, the value written by a function.
    pub fn text(&self, written: impl Fn(&str) -> String) -> String {
        self.rule.replace("{}", &written(&self.value))
    }
}

impl Rule {
    /// What documentation says of it, where a type does not say it.
    pub fn told(&self) -> Option<Told> {
        let counted = |one: &'static str, many: &'static str, number: u64| {
            (if number == 1 { one } else { many }, number.to_string())
        };
        let (rule, value) = match self {
            Self::Pattern(pattern) => ("the pattern {}", pattern.clone()),
            Self::MinLength(least) => counted("at least {} character", "at least {} characters", *least),
            Self::MaxLength(most) => counted("at most {} character", "at most {} characters", *most),
            Self::Minimum { limit, exclusive: false } => ("at least {}", limit.clone()),
            Self::Minimum { limit, exclusive: true } => ("more than {}", limit.clone()),
            Self::Maximum { limit, exclusive: false } => ("at most {}", limit.clone()),
            Self::Maximum { limit, exclusive: true } => ("less than {}", limit.clone()),
            Self::MultipleOf(of) => ("a multiple of {}", of.clone()),
            Self::MinItems(least) => counted("at least {} element", "at least {} elements", *least),
            Self::MaxItems(most) => counted("at most {} element", "at most {} elements", *most),
            Self::Unique => ("no two elements alike", String::new()),
            Self::MinProperties(least) => counted("at least {} member", "at least {} members", *least),
            Self::MaxProperties(most) => counted("at most {} member", "at most {} members", *most),
            _ => return None,
        };
        Some(Told { rule, value })
    }

    /// The rules inside it.
    pub fn inner(&self) -> Vec<&Rules> {
        match self {
            Self::Prefix(parts) | Self::All(parts) | Self::Any(parts) | Self::One(parts) => parts.iter().collect(),
            Self::Items(_, rules) | Self::Contains { rules, .. } | Self::Names(rules) | Self::Not(rules) => vec![rules],
            Self::Members { named, patterned, rest } => {
                let each = match rest {
                    Rest::Each(rules) => Some(rules),
                    Rest::Open | Rest::Closed => None,
                };
                named.iter().chain(patterned).map(|(_, rules)| rules).chain(each).collect()
            }
            Self::Tagged { tagged, others, .. } => tagged.iter().map(|(_, rules)| rules).chain([others]).collect(),
            Self::Dependent(dependent) => dependent.iter().map(|(_, rules)| rules).collect(),
            Self::When(condition, then, otherwise) => vec![condition, then, otherwise],
            _ => Vec::new(),
        }
    }
}
