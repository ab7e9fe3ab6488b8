//! Words that tell what is done, as ids and routes of APIs have them.

/// Words that are hardly anything but verbs.
const VERBS: &str = "\
    abort accept ack acknowledge acquire activate add adjust advance aggregate allocate allow alter analyze \
    apply approve assign associate attach authenticate authorize autocomplete ban begin bind boot bootstrap \
    borrow browse calculate call can cancel clear close collect combine commit compare compile complete compress \
    compute configure confirm connect consume convert cordon create crosspost deactivate deauthorize decline \
    decode decrypt delete demote deny deploy describe destroy detach detect determine disable discard disconnect \
    discover dismiss dispatch download dump duplicate edit eject elect elevate embed enable encode encrypt \
    enqueue enroll enter erase escalate establish evacuate eval evaluate evict exclude exec execute exists exit \
    expand expire explain export expunge extend extract fail fetch fill finalize find finish fire flush follow \
    forget format forward freeze generate get give grant halt handle has hide identify ignore impersonate import \
    include increment infer ingest initialize initiate insert inspect install instantiate introspect invalidate \
    invite invoke join kick kill launch leave list login logout lookup make merge migrate modify mount move mute \
    nack notify obtain open optimize overwrite parse pause perform persist play poll populate predict prepare \
    prepend print produce promote propose provision prune publish purge push put quarantine read reboot rebuild \
    receive reconcile recover redeem refund register reject remove rename render renew reopen repair replace \
    replay replicate reply rerun rescind resize resolve restart restore resume retire retrieve retry reveal \
    revert revoke rewind rotate save seal search select send set show shutdown simulate skip snooze solve spawn \
    start stat stop submit subscribe suggest summarize suspend swap sync synchronize take terminate toggle train \
    transcribe translate trash truncate unwrap upload upsert validate verify void wait wake wipe withdraw wrap \
    write";

/// Words that are verbs at the front of an id, and may be things in a route: `POST /users/{id}/lock`
/// locks, `GET /users/{id}/lock` gives a lock.
const NOUNS_TOO: &str = "\
    archive block book build capture change charge check claim clone copy count drain drop end exchange fork \
    index issue link load lock mark monitor order patch pin ping post preview process pull query queue rank rate \
    record refresh release reload report request reset return review rollback run sample scale scan schedule \
    setup share sign sort split star store stream switch tag test track transfer transition trigger undo update \
    upgrade use view vote watch";

/// What makes another verb of a verb.
const PREFIXES: [&str; 3] = ["de", "re", "un"];

/// Words before a verb that say how it is done.
const MANNERS: [&str; 6] = ["batch", "bulk", "force", "mass", "multi", "re"];

/// Verbs that take away, and so are what a `DELETE` of such a path does.
const ENDING: &str = "\
    cancel clear close delete destroy disable disconnect kill leave purge remove revoke stop terminate uninstall";

/// Verbs whose object may be many.
const OF_MANY: &str = "browse count export find import index list query search";

fn holds(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Whether a word tells what is done, where a verb is looked for.
pub(super) fn is_verb(word: &str) -> bool {
    let is_known = |word: &str| holds(VERBS, word) || holds(NOUNS_TOO, word);
    is_known(word) || PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).any(is_known)
}

/// Whether a word hardly means anything but what is done.
pub(super) fn is_certain(word: &str) -> bool {
    is_verb(word) && !holds(NOUNS_TOO, word)
}

/// How many words of the last segment of a route tell what a method does there, where it has something
/// to be done with or not.
pub(super) fn action(words: &[String], method: &str, has_object: bool) -> usize {
    let length = head(words);
    let Some(verb) = words[..length].last().map(String::as_str) else { return 0 };
    let is_done = match method {
        "post" if has_object => true,
        "delete" => holds(ENDING, verb),
        _ => !holds(NOUNS_TOO, verb),
    };
    if is_done { length } else { 0 }
}

/// Whether the verb may have many things as its object.
pub(super) fn is_of_many(verb: &str) -> bool {
    holds(OF_MANY, verb)
}

/// How many words at the front tell what is done: `get`, `bulk delete`, `create or update`.
pub(super) fn head(words: &[String]) -> usize {
    let is_verb_at = |index: usize| words.get(index).is_some_and(|word| is_verb(word));
    let is_manner = words.first().is_some_and(|word| MANNERS.contains(&word.as_str()));
    let mut length = match (is_verb_at(0), is_manner && is_verb_at(1)) {
        (_, true) => 2,
        (true, false) => 1,
        _ => return 0,
    };
    while words.get(length).is_some_and(|word| word == "or" || word == "and") && is_verb_at(length + 1) {
        length += 2;
    }
    length
}
