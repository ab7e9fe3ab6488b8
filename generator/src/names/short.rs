//! Short names: a method does not say again what its module says.

use super::keywords;
use super::verbs::head;
use super::words::{Words, singular};

/// What tags call a group of operations besides the things that it is about.
const GENERIC: [&str; 6] = ["api", "apis", "controller", "endpoints", "resource", "service"];

/// The name of a method without its module's noun; none if it does not say the noun, or is nothing
/// without it.
///
/// The noun is left out at the front (`repos/create-for-user` of `repos`), and where it is what is
/// acted on as a whole: behind the verb, and at the end or before `by` (`get_user`, `search_users_by_name`
/// of `users`). Anywhere else it says something: `update_user_groups`.
pub(crate) fn short_name(text: &str, module: &str, words: &Words) -> Option<String> {
    let whole = words.split(text);
    let nouns = nouns(&words.split(module));
    let inside = &whole[front(text, &whole, &nouns, words)..];
    let verbs = head(inside);
    let is_noun = |noun: &&Vec<String>| {
        let rest = inside.get(verbs + noun.len()).map(String::as_str);
        verbs > 0 && starts_with(&inside[verbs..], noun) && matches!(rest, None | Some("by"))
    };
    // Nothing but the module's noun stands behind `by id`.
    let is_last = |noun: &&Vec<String>| {
        let before = inside.len().saturating_sub(noun.len());
        let by = ["by".to_owned(), "id".to_owned()];
        verbs > 0 && inside[..before].ends_with(&by) && starts_with(&inside[before..], noun)
    };
    let short = match nouns.iter().find(is_noun) {
        Some(noun) => [&inside[..verbs], &inside[verbs + noun.len()..]].concat(),
        None => inside[..inside.len() - nouns.iter().find(is_last).map_or(0, Vec::len)].to_vec(),
    };
    let name = short.join("_");
    let is_name = keywords::escape(&name).as_ref() == Some(&name) && !name.starts_with(|c: char| c.is_ascii_digit());
    (short.len() < whole.len() && is_name).then_some(name)
}

/// What a module may be called inside an id: all its words or the last of them, with and without what
/// only says that it is a module. The longest come first.
pub(super) fn nouns(module: &[String]) -> Vec<Vec<String>> {
    let is_generic = |word: &String| GENERIC.contains(&word.as_str()) || is_version(word);
    let things = module.len() - module.iter().rev().take_while(|word| is_generic(word)).count();
    let mut nouns = vec![module.to_vec()];
    for end in [module.len(), things.max(1)] {
        for start in 0..end.min(module.len()) {
            let noun = &module[start..end];
            let is_thing =
                noun.iter().any(|word| !is_version(word) && !word.starts_with("api") && word != "controller");
            if is_thing && !nouns.iter().any(|other| other == noun) {
                nouns.push(noun.to_vec());
            }
        }
    }
    nouns.sort_by_key(|noun| std::cmp::Reverse(noun.len()));
    nouns
}

/// `v1`, `v2beta1`.
pub(super) fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the words begin with a noun, in the singular or in the plural.
pub(super) fn starts_with(words: &[String], noun: &[String]) -> bool {
    words.len() >= noun.len() && words.iter().zip(noun).all(|(a, b)| singular(a) == singular(b))
}

/// How many words at the front only name the module: a mark (`users/get`, `users.get`) or a verb behind
/// them shows that they do.
pub(super) fn front(text: &str, whole: &[String], nouns: &[Vec<String>], words: &Words) -> usize {
    let version = whole.iter().take_while(|word| is_version(word)).count();
    let is_marked = |length: usize| {
        let marks = text.match_indices(['/', '.', ':', '#']);
        marks.map(|(at, _)| words.split(&text[..at])).any(|front| front == whole[..length])
    };
    let is_generic = |word: &&String| GENERIC.contains(&word.as_str());
    let lengths = nouns.iter().filter(|noun| starts_with(&whole[version..], noun)).map(|noun| {
        let length = version + noun.len();
        length + whole[length..].iter().take_while(is_generic).count()
    });
    let mut fitting = lengths.filter(|length| {
        let rest = &whole[*length..];
        rest.first().is_some_and(|word| word != "by") && (head(rest) > 0 || is_marked(*length))
    });
    fitting.next().unwrap_or(0)
}
