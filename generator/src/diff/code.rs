//! The kinds of changes, each with a name that stays and an explanation.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident $name:literal $meaning:literal,)*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, which does not change from version to version.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means for those who use the SDK.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    RouteChanged "route-changed" "A method compiles as before and calls another route.",
    IdMoved "id-moved" "An operationId is on another route than before. Methods keep their routes, but whoever looks the id up, or uses another generator, calls something else.",
    IdChanged "id-changed" "A route has another operationId; the method stays what it was.",
    MethodAdded "method-added" "A method is new.",
    MethodRemoved "method-removed" "A method is gone, and so is its route.",
    MethodRenamed "method-renamed" "The route is there, under another Rust path.",
    ScopeAdded "scope-added" "A method can be called inside a scope, such as a tenant, by a setter.",
    ScopeRemoved "scope-removed" "The setter that called a method inside a scope is gone.",
    ModuleAdded "module-added" "A module is new.",
    ModuleRemoved "module-removed" "A module is gone, and so is its feature.",
    ModuleRenamed "module-renamed" "A module has another name, and so have its feature and its type.",
    FeatureChanged "feature-changed" "A module needs another feature of the crate.",
    Deprecated "deprecated" "The document advises against it now, or does so no longer.",
    DocsChanged "docs-changed" "The document describes it otherwise.",
    RulesChanged "rules-changed" "`validate` asks something else of values than before.",
    ParameterAdded "parameter-added" "There is a setter more.",
    ParameterRequired "parameter-required" "A method takes an argument that it did not take before.",
    ParameterOptional "parameter-optional" "What had to be sent need not be any more: what was an argument is a setter, or a setter's default is no longer sent.",
    ParameterRemoved "parameter-removed" "An argument or a setter is gone.",
    ParameterWire "parameter-wire" "A setter sends another parameter than before; code compiles as before.",
    ParameterRenamed "parameter-renamed" "A setter has another name.",
    ParameterType "parameter-type" "A parameter has another type.",
    ParameterStyle "parameter-style" "A parameter is written otherwise in the request; code compiles as before.",
    ParameterDefault "parameter-default" "A parameter that is not given means something else than before.",
    ParameterPlace "parameter-place" "A parameter goes elsewhere in the request; code compiles as before.",
    ArgumentsReordered "arguments-reordered" "Arguments stand in another order; where their types are alike, code compiles as before.",
    BodyAdded "body-added" "A request may have a body now.",
    BodyRemoved "body-removed" "A request has no body any more.",
    BodyRequired "body-required" "A body must be given now, or need not be any more.",
    BodyMediaType "body-media-type" "A body goes under another media type, or under one of several.",
    BodyStyle "body-style" "A member of a form is written otherwise; code compiles as before.",
    BodyType "body-type" "A body has another type.",
    PartAdded "part-added" "A form may have one more part.",
    PartRequired "part-required" "A part must be given now, or need not be any more.",
    PartRemoved "part-removed" "A part of a form is gone.",
    PartType "part-type" "A part of a form has another type.",
    PartMediaType "part-media-type" "A part of a form goes under another media type; code compiles as before.",
    AnswerType "answer-type" "A method gives something else.",
    AnswerStatus "answer-status" "A success has another status; code compiles as before.",
    AnswerAccept "answer-accept" "Other media types are asked for; code compiles as before.",
    ErrorAdded "error-added" "An error is declared that was not.",
    ErrorRemoved "error-removed" "An error is no longer declared.",
    ErrorType "error-type" "A declared error has another body.",
    HeaderAdded "header-added" "An answer has one more declared header.",
    HeaderRemoved "header-removed" "A header is no longer declared.",
    HeaderType "header-type" "A declared header has another type.",
    AuthChanged "auth-changed" "Other credentials are sent than before; code compiles as before.",
    EventsChanged "events-changed" "Events are read otherwise: other ids mean nothing, or the end.",
    PagesAdded "pages-added" "A method's answers can be followed page by page.",
    PagesRemoved "pages-removed" "A method that followed pages is gone.",
    PagesChanged "pages-changed" "Pages are turned otherwise; code compiles as before.",
    TypeAdded "type-added" "A type is new.",
    TypeRemoved "type-removed" "A type is gone.",
    TypeRenamed "type-renamed" "A type has another name.",
    TypeKind "type-kind" "A type is made otherwise: a struct was an enum, or the other way about.",
    ConstructorAdded "constructor-added" "A type has `new`, because requests hold it now.",
    ConstructorRemoved "constructor-removed" "`new` or `default` of a type is gone.",
    FieldAdded "field-added" "A type has one more member.",
    FieldRequired "field-required" "A member must be given, or is always there, where it was not so.",
    FieldOptional "field-optional" "A member need not be there any more.",
    FieldNullable "field-nullable" "A member may be null now, or may not any more.",
    FieldRemoved "field-removed" "A member is gone.",
    FieldWire "field-wire" "A field is another member than before; code compiles as before.",
    FieldRenamed "field-renamed" "A member has another name in Rust.",
    FieldType "field-type" "A member has another type.",
    FieldDefault "field-default" "A member that is not given means something else than before.",
    FieldTag "field-tag" "A member that tells what an object is was given by the caller, and is set by `new` now, or the other way about, or to another value.",
    FieldSecret "field-secret" "`Debug` shows a member that it hid, or hides one that it showed.",
    ValueAdded "value-added" "An enum has one more value; until now it was read as unknown.",
    ValueRemoved "value-removed" "A value of an enum is gone.",
    ValueRenamed "value-renamed" "A variant of an enum has another name.",
    ValuesReordered "values-reordered" "The values of an enum stand in another order, which is the one they are sorted in.",
    VariantAdded "variant-added" "A union, or what a method gives, has one more variant; until now it was read as unknown.",
    VariantRemoved "variant-removed" "A variant of a union, or of what a method gives, is gone.",
    VariantRenamed "variant-renamed" "A variant has another name.",
    VariantType "variant-type" "A variant of a union, or of what a method gives, holds another type.",
    UnionTag "union-tag" "The variants of a union are told apart otherwise; code compiles as before.",
    BasePathChanged "base-path-changed" "The document's server has another path; clients that were built for the old one call other routes.",
    ServerChanged "server-changed" "The document names another server with the same path.",
    WebhookAdded "webhook-added" "There is a type more for what the server sends by itself.",
    WebhookRemoved "webhook-removed" "The type of what the server sent by itself is gone.",
    WebhookRenamed "webhook-renamed" "The type of what the server sends by itself has another name.",
    WebhookType "webhook-type" "What the server sends by itself is of another type.",
    OperationServer "operation-server" "The document gives a method another server than before; calls go where they went.",
    ClientChanged "client-changed" "A method of the client's builder sets something else; code compiles as before.",
    ClientRemoved "client-removed" "A method of the client's builder is gone.",
    ClientAdded "client-added" "A method of the client's builder is new.",
}

impl Code {
    /// The code of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
