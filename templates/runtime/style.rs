//! Values in OpenAPI's styles: those of RFC 6570, and three more for queries.
//!
//! Members are encoded one by one, and what stands between them is not, so that a comma inside of a
//! member cannot be taken for one between two. A member that is itself a list or an object is
//! compact JSON text, for no style says how else to write it; an object in `deepObject` style goes
//! as deep as it is.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::given::Given;
use super::param::{Keyed, Param, Style};

/// All but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What `allowReserved` leaves to be encoded: what no query holds (RFC 3986 section 3.4), and what
/// would end the value or be read as a blank.
const FORBIDDEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What no cookie's value holds (RFC 6265 section 4.1.1), and the mark of what is encoded.
const NO_COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b';').add(b'\\');

/// What no cookie's name holds beside that: it is a token (RFC 9110 section 5.6.2).
const NO_TOKEN: &AsciiSet = &NO_COOKIE
    .add(b'(')
    .add(b')')
    .add(b'/')
    .add(b':')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b']')
    .add(b'{')
    .add(b'}');

/// How a text is made fit for its place.
type Encode = fn(&str) -> String;

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn encode_cookie(text: &str) -> String {
    utf8_percent_encode(text, NO_COOKIE).to_string()
}

fn encode_token(text: &str) -> String {
    utf8_percent_encode(text, NO_TOKEN).to_string()
}

/// RFC 6570 section 3.2.3: reserved characters pass, and so does what is encoded already.
fn encode_forbidden(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = utf8_percent_encode(parts.next().unwrap_or_default(), FORBIDDEN).to_string();
    for part in parts {
        let is_escape = part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        out.push_str(if is_escape { "%" } else { "%25" });
        out.extend(utf8_percent_encode(part, FORBIDDEN));
    }
    out
}

/// The same inside of a list that commas divide.
fn encode_forbidden_and_comma(text: &str) -> String {
    encode_forbidden(text).replace(',', "%2C")
}

/// A part of a path.
pub(crate) fn path(name: &str, style: Style, given: &Given) -> String {
    match style {
        _ if given.is_undefined() => String::new(),
        Style::Label { explode } => {
            format!(".{}", joined(given, explode, if explode { "." } else { "," }, (encode, encode)))
        }
        Style::Matrix { explode } => pairs(encode(name), given, explode, ",", (encode, encode))
            .into_iter()
            // RFC 6570 section 3.2.7: an empty value leaves the name alone.
            .map(|(name, value)| if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") })
            .collect(),
        other => joined(given, matches!(other, Style::Simple { explode: true }), ",", (encode, encode)),
    }
}

/// The pairs of a query, with `=` between name and value.
pub(crate) fn query(param: &Param, given: &Given) -> Result<Vec<String>, String> {
    let name = encode(param.name);
    let value: Encode = if param.reserved { encode_forbidden } else { encode };
    let pairs = match param.style {
        Style::Form { explode: false } if param.reserved && given.is_compound() => {
            pairs(name, given, false, ",", (encode, encode_forbidden_and_comma))
        }
        Style::Form { explode } => pairs(name, given, explode, ",", (encode, value)),
        Style::SpaceDelimited => pairs(name, given, false, "%20", (encode, value)),
        Style::PipeDelimited => pairs(name, given, false, "%7C", (encode, value)),
        Style::DeepObject => {
            let mut found = Vec::new();
            deep(param.name, given, value, &mut found);
            found
        }
        Style::Keyed(keyed) => {
            keyed_pairs(keyed, given).map_err(|reason| format!("query parameter `{}`: {reason}", param.name))?
        }
        Style::Simple { .. } | Style::Label { .. } | Style::Matrix { .. } | Style::Json => {
            pairs(name, given, true, ",", (encode, value))
        }
    };
    Ok(pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
}

/// The pairs of the header `Cookie`. Values keep to RFC 6265: what it forbids is percent-encoded,
/// and so is `%`. The comma between members is OpenAPI's own, and goes as it is.
pub(crate) fn cookie(param: &Param, given: &Given) -> Vec<String> {
    let explode = !matches!(param.style, Style::Form { explode: false });
    let pairs = pairs(param.name.to_owned(), given, explode, ",", (encode_token, encode_cookie));
    pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect()
}

/// The value of a header, which is never percent-encoded.
pub(crate) fn header(param: &Param, given: &Given) -> Result<String, String> {
    if let (Style::Json, Given::Text(text)) = (param.style, given) {
        return Ok(ascii(text));
    }
    let explode = matches!(param.style, Style::Simple { explode: true });
    for (name, member) in given.members() {
        let name = name.unwrap_or_default();
        if name.contains(',') || member.as_text().contains(',') || (explode && name.contains('=')) {
            return Err(format!(
                "header parameter `{}` has a member with the character that stands between members",
                param.name
            ));
        }
    }
    Ok(joined(given, explode, ",", (str::to_owned, str::to_owned)))
}

/// JSON without characters beyond ASCII, which stand nowhere but in its texts.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// A value as one text: members of a list, or names and members of an object, in a row.
fn joined(given: &Given, explode: bool, separator: &str, (encode_name, encode_value): (Encode, Encode)) -> String {
    if !given.is_compound() {
        return encode_value(&given.as_text());
    }
    let members = given.members().into_iter().map(|(name, member)| {
        let member = encode_value(&member.as_text());
        match name {
            Some(name) if explode => format!("{}={member}", encode_name(name)),
            Some(name) => format!("{}{separator}{member}", encode_name(name)),
            None => member,
        }
    });
    members.collect::<Vec<_>>().join(separator)
}

/// A value as pairs: one in all, or one for each member. The name is encoded already.
fn pairs(
    name: String,
    given: &Given,
    explode: bool,
    separator: &str,
    (encode_name, encode_value): (Encode, Encode),
) -> Vec<(String, String)> {
    if given.is_undefined() {
        return Vec::new();
    }
    if !explode || !given.is_compound() {
        return vec![(name, joined(given, false, separator, (encode_name, encode_value)))];
    }
    let members = given.members().into_iter();
    let pair = |(member, value): (Option<&str>, &Given)| {
        (member.map_or_else(|| name.clone(), encode_name), encode_value(&value.as_text()))
    };
    members.map(pair).collect()
}

/// `name[a][b]=1`; a list repeats its key.
fn deep(key: &str, given: &Given, encode_value: Encode, found: &mut Vec<(String, String)>) {
    match given {
        Given::Object(_) => {
            for (name, member) in given.members() {
                deep(&format!("{key}[{}]", name.unwrap_or_default()), member, encode_value, found);
            }
        }
        Given::List(_) => {
            found.extend(given.members().into_iter().map(|(_, member)| (encode(key), encode_value(&member.as_text()))))
        }
        single => found.push((encode(key), encode_value(&single.as_text()))),
    }
}

/// A pair for each object, as the SDK's settings say. Whatever has no place there is refused: a
/// condition that is silently left out may well be the one that mattered.
fn keyed_pairs(keyed: &Keyed, given: &Given) -> Result<Vec<(String, String)>, String> {
    let elements: Vec<&Given> = match given {
        Given::List(elements) => elements.iter().collect(),
        single => vec![single],
    };
    let mut found = Vec::new();
    for (index, element) in elements.into_iter().enumerate() {
        keyed_pair(keyed, element, &mut found).map_err(|reason| format!("element {index}: {reason}"))?;
    }
    Ok(found)
}

fn keyed_pair(keyed: &Keyed, element: &Given, found: &mut Vec<(String, String)>) -> Result<(), String> {
    let members = element.members();
    let member = |wanted: &str| members.iter().find(|(name, _)| *name == Some(wanted)).map(|(_, member)| *member);
    let (mut key, mut rest, mut used) = (String::new(), keyed.key, vec![keyed.value]);
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
    {
        let text = match member(name) {
            Some(Given::Text(text) | Given::Bare(text)) => text.as_str(),
            Some(_) => return Err(format!("its `{name}` is no single value")),
            None => return Err(format!("it has no `{name}`")),
        };
        let spelled = keyed.spelled.iter().find(|(value, _)| *value == text);
        key.push_str(literal);
        key.push_str(spelled.map_or(text, |(_, spelled)| spelled));
        used.push(name);
        rest = after;
    }
    key.push_str(rest);
    if let Some((name, _)) = members.iter().find(|(name, _)| !name.is_some_and(|name| used.contains(&name))) {
        return Err(format!("its `{}` has no place in the query", name.unwrap_or_default()));
    }
    match member(keyed.value) {
        None => Err(format!("it has no `{}`", keyed.value)),
        Some(value) if value.is_undefined() => Err(format!("its `{}` is empty", keyed.value)),
        Some(value @ Given::List(_)) => {
            found.push((encode(&key), joined(value, false, ",", (encode, encode))));
            Ok(())
        }
        Some(value) => {
            deep(&key, value, encode, found);
            Ok(())
        }
    }
}
