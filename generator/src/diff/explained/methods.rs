//! Methods, routes and operationIds.

use super::{Code, Text};

pub(super) fn text(code: Code) -> Option<Text> {
    Some(match code {
        Code::RouteChanged => [
            "The caller's code is the same, compiles, and asks something else of the server: it may read, write or \
             delete what nobody meant. Nothing but this line tells, so it is silent.",
            "users().get_user(id) calls GET /users/{id}",
            "users().get_user(id) calls GET /{tenant}/users/{id}",
            "With the lock a method stays on its route, so look for a `[[moved]]` or `rename` entry that leads it \
             elsewhere. If it is meant, say so in the release note; if not, take the entry out.",
        ],
        Code::IdMoved => [
            "The method is called what it was called and is where it was: the lock sees to that. But an operationId \
             is what people look up in documentation, and what other generators name methods by; whoever follows it \
             calls another route without an error. So it is silent.",
            "createToken is POST /users/{id}/tokens",
            "createToken is POST /robots/{id}/tokens",
            "Tell those who know the API by its operationIds. In this SDK there is nothing to do.",
        ],
        Code::IdChanged => [
            "The route and the method are the same; rustdoc's search finds the method by the new id, and no longer by \
             the old one. Only the documentation says it.",
            "get: {operationId: listPets}",
            "get: {operationId: findPets}",
            "Nothing. To call the method after its new id, rename it in the settings: that breaks the build.",
        ],
        Code::MethodAdded => [
            "There is more than before, and what was there is untouched: additive.",
            "users().list_users()",
            "users().list_users(), users().get_user(id)",
            "Nothing.",
        ],
        Code::MethodRemoved => [
            "Code that calls it does not compile. The name is retired: no other route ever gets it unless the settings \
             say so, so old code cannot come to mean something else.",
            "users().delete_user(id)",
            "error[E0599]: no method named `delete_user`",
            "If the line names another route for its operationId, the route may have moved: paste the `[[moved]]` that \
             `generate` shows, and the method keeps its name. Otherwise say in the release note what to call instead.",
        ],
        Code::MethodRenamed => [
            "The route is there as before, under another Rust path; code that names the old one does not compile.",
            "users().get_user(id)",
            "accounts().get_user(id)",
            "If nobody asked for it, restore the lock from the last release (`git checkout -- specs/NAME.lock`) and \
             generate again. Otherwise name both paths in the release note.",
        ],
        Code::ScopeAdded => [
            "A twin of the route, one path parameter longer, is called by the same method with a setter. Calls \
             without it go where they went: additive.",
            "flows().list()",
            "flows().list(), flows().list().tenant(\"acme\")",
            "Nothing. If the twin had a method of its own, that one is told as `method-removed`.",
        ],
        Code::ScopeRemoved => [
            "Code that sets the scope does not compile, and the route inside it can no longer be called in this way.",
            "flows().list().tenant(\"acme\")",
            "error[E0599]: no method named `tenant`",
            "Look whether the twin's route is gone from the document, or only differs now in more than its path: then \
             it has a method of its own, told as `method-added`.",
        ],
        Code::ModuleAdded => [
            "A tag is new, or has its first operations. Additive: nothing else is touched, and the default features \
             switch it on.",
            "client.users()",
            "client.users(), client.roles()",
            "Whoever names features one by one adds the new one.",
        ],
        Code::ModuleRemoved => [
            "The client's method, the type behind it and the cargo feature are gone. Code that uses one of them does \
             not compile, nor does a manifest that names the feature.",
            "features = [\"users\"]",
            "the package `..` does not have the feature `users`",
            "The lines on its methods tell where each route went. To keep the module's name for another tag, rename \
             it in the settings: `[modules.Tag]`.",
        ],
        Code::ModuleRenamed => [
            "The tag is the same, but the client's method, the type and the feature have another name. Code that \
             names the old one does not compile.",
            "client.goods()",
            "client.stock()",
            "Take the `[modules.Tag]` entry out of the settings if it was not meant.",
        ],
        Code::FeatureChanged => [
            "An API of one module has no features of modules; with a second one, each has its own. Who builds without \
             the default features has to name it, or the module is not there: that breaks their build.",
            "{default-features = false, features = [\"native-tls\"]}",
            "{default-features = false, features = [\"native-tls\", \"pets\"]}",
            "Name the feature, or `all`, in the release note.",
        ],
        Code::Deprecated => [
            "Methods and setters that are deprecated warn whoever compiles; types and members say so in their \
             documentation. Everything works as before, but Semantic Versioning asks for a minor version (item 7), \
             and a build that denies warnings fails.",
            "fn update_flow(..)",
            "#[deprecated] fn update_flow(..)",
            "Say what to use instead. If the operation stays after all, `[[undeprecate]]` in the settings takes the \
             warning back.",
        ],
        Code::DocsChanged => [
            "A summary, a description, an example or a rule for a value reads otherwise. Code does what it did. A rule \
             such as a longest length is not checked by the SDK, but the server may hold to it.",
            "maxLength: 80",
            "maxLength: 60",
            "Read it once: a changed description is sometimes the only sign of a changed behaviour.",
        ],
        _ => return None,
    })
}
