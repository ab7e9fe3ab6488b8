//! What the caller said about parameters.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::or_empty::OrEmpty;
use super::param::{Param, Place, Style};
use super::text::IntoText;

/// A value for a parameter, or for a member of one. Members keep the order in which they came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    /// Taken back, and its default too; as a member, null, which no style can write.
    Nothing,
    /// A text.
    Text(String),
    /// A number or truth value, as JSON writes it.
    Bare(String),
    /// A list, perhaps an empty one.
    List(Vec<Given>),
    /// An object, perhaps an empty one.
    Object(Vec<(String, Given)>),
    /// No value of these; the request is refused, with this reason.
    Unusable(String),
}

/// A single value.
impl<T: Display> From<T> for Given {
    fn from(value: T) -> Self {
        Self::Text(value.to_string())
    }
}

impl Given {
    /// A text that may be left out.
    pub(crate) fn text(value: impl IntoText) -> Self {
        value.into_text().map_or(Self::Nothing, Self::Text)
    }

    /// A single value that may be left out.
    pub(crate) fn maybe<T: Display>(value: impl Into<Option<T>>) -> Self {
        value.into().map_or(Self::Nothing, Self::from)
    }

    /// A single value that may be left out, as JSON tells it.
    pub(crate) fn maybe_of<T: Serialize>(value: impl Into<Option<T>>) -> Self {
        Self::of(&value.into())
    }

    /// A single value that may be left out, or sent as nothing but its name.
    pub(crate) fn or_empty<T: Display>(value: impl Into<OrEmpty<T>>) -> Self {
        match value.into() {
            OrEmpty::Absent => Self::Nothing,
            OrEmpty::Empty => Self::Text(String::new()),
            OrEmpty::Value(value) => Self::from(value),
        }
    }

    /// A list of single values; an empty one is left out (RFC 6570 section 2.3), even where the
    /// parameter is required.
    pub(crate) fn list<T: Display>(members: impl IntoIterator<Item = impl Into<T>>) -> Self {
        Self::List(members.into_iter().map(|member| Self::from(member.into())).collect())
    }

    /// A list of any values.
    pub(crate) fn list_of<T: Serialize>(members: impl IntoIterator<Item = impl Into<T>>) -> Self {
        Self::List(members.into_iter().map(|member| Self::of(&member.into())).collect())
    }

    /// An object without a type of its own.
    pub(crate) fn object<T: Serialize>(members: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>) -> Self {
        let member = |(name, value): (_, _)| (Into::into(name), Self::of(&Into::<T>::into(value)));
        Self::Object(members.into_iter().map(member).collect())
    }

    /// A value without a type; null is none.
    pub(crate) fn any(value: impl Into<serde_json::Value>) -> Self {
        Self::of(&value.into())
    }

    /// Any value: what serde makes of it, in its order.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        let read = serde_json::to_string(value).and_then(|text| serde_json::from_str(&text));
        read.unwrap_or_else(|error| Self::Unusable(error.to_string()))
    }

    /// The members of a list or object that can be written: of an object with their names. A single
    /// value is none.
    pub(crate) fn members(&self) -> Vec<(Option<&str>, &Self)> {
        let all: Vec<_> = match self {
            Self::List(members) => members.iter().map(|member| (None, member)).collect(),
            Self::Object(members) => members.iter().map(|(name, member)| (Some(name.as_str()), member)).collect(),
            _ => Vec::new(),
        };
        all.into_iter().filter(|(_, member)| !matches!(member, Self::Nothing)).collect()
    }

    /// Whether there is nothing to write: RFC 6570 calls such a value undefined.
    pub(crate) fn is_undefined(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::List(_) | Self::Object(_) => self.members().is_empty(),
            _ => false,
        }
    }

    /// Whether it has members, be there none of them.
    pub(crate) fn is_compound(&self) -> bool {
        matches!(self, Self::List(_) | Self::Object(_))
    }

    /// The value as one text: a list or object as compact JSON.
    pub(crate) fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Bare(text) => text.into(),
            other => other.as_json().into(),
        }
    }

    /// The value as JSON text.
    pub(crate) fn as_json(&self) -> String {
        // Neither numbers nor texts fail, and names are texts.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The first reason not to send it.
    fn refusal(&self) -> Option<&str> {
        match self {
            Self::Unusable(reason) => Some(reason),
            Self::List(members) => members.iter().find_map(Self::refusal),
            Self::Object(members) => members.iter().find_map(|(_, member)| member.refusal()),
            _ => None,
        }
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing | Self::Unusable(_) => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bare(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) => value.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            Self::List(members) => serializer.collect_seq(members),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, member) in members {
                    map.serialize_entry(name, member)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Reads JSON, as far as a [`Given`] can tell it.
struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Given, E> {
        Ok(Given::Bare(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Given, E> {
        Ok(Given::Bare(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Given, E> {
        Ok(Given::Bare(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Given, E> {
        Ok(Given::Bare(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Given, E> {
        Ok(Given::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Given, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_element()? {
            members.push(member);
        }
        Ok(Given::List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Given, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Given::Object(members))
    }
}

/// The caller's values for the parameters of one operation; of several for one parameter, the last
/// counts.
#[derive(Clone, Default)]
pub(crate) struct Givens(Vec<(Place, &'static str, Given)>);

impl Givens {
    pub(crate) fn push(&mut self, place: Place, name: &'static str, given: Given) {
        self.0.push((place, name, given));
    }

    /// The value that was set last.
    pub(crate) fn last(&self, place: Place, name: &str) -> Option<&Given> {
        self.0.iter().rev().find(|(its, given, _)| *its == place && *given == name).map(|(_, _, value)| value)
    }

    /// The names that were given in a place.
    pub(crate) fn names(&self, place: Place) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter(move |(its, _, _)| *its == place).map(|(_, name, _)| *name)
    }

    /// The parameters of a place that are to be sent, in the document's order, with their values.
    pub(crate) fn all(
        &self,
        place: Place,
        params: &'static [Param],
    ) -> Result<Vec<(&'static Param, Cow<'_, Given>)>, String> {
        let params = || params.iter().filter(move |param| param.place == place);
        if let Some(name) = self.names(place).find(|name| params().all(|param| param.name != *name)) {
            return Err(format!("the operation has no {} parameter `{name}`", place.word()));
        }
        params().filter_map(|param| Some(self.choose(param).transpose()?.map(|value| (param, value)))).collect()
    }

    /// What to send for a parameter: the caller's value, or the default of one that is required.
    pub(crate) fn choose(&self, param: &Param) -> Result<Option<Cow<'_, Given>>, String> {
        let (place, name) = (param.place.word(), param.name);
        match (self.last(param.place, name), param.default.filter(|_| param.required)) {
            (Some(Given::Nothing), _) | (None, None) if param.required => {
                Err(format!("required {place} parameter `{name}` is missing"))
            }
            (Some(Given::Nothing), _) | (None, None) => Ok(None),
            (None, Some(default)) => Ok(Some(Cow::Owned(Given::from(default)))),
            (Some(given), _) => match given.refusal() {
                Some(reason) => Err(format!("{place} parameter `{name}` cannot be written: {reason}")),
                None if matches!(param.style, Style::Json) => Ok(Some(Cow::Owned(Given::Text(given.as_json())))),
                // A list without members was given, so it is not missing, but there is nothing to send.
                None => Ok((!given.is_undefined()).then_some(Cow::Borrowed(given))),
            },
        }
    }
}
