//! What the API's document says about one parameter, as plain data.

/// A parameter of an operation.
///
/// Each begins as OpenAPI's defaults have it, and is told what differs; one of a path that is as
/// usual needs no description at all.
#[derive(Debug)]
pub(crate) struct Param {
    /// The name, not yet percent-encoded.
    pub(crate) name: &'static str,
    /// Where it goes.
    pub(crate) place: Place,
    /// How its value is written.
    pub(crate) style: Style,
    /// Whether the request is refused without it.
    pub(crate) required: bool,
    /// What is sent for a required parameter that was never set: one value, not a list.
    pub(crate) default: Option<&'static str>,
    /// Whether reserved characters go as they are (OpenAPI's `allowReserved`).
    pub(crate) reserved: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header of its own.
    Header,
    /// The header `Cookie`.
    Cookie,
}

/// How a value is written (OpenAPI 3.0, "Style Values"). Exploded, each member of a list or of an
/// object stands for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// `3,4`, in a path or header.
    Simple { explode: bool },
    /// `.3,4` and `.3.4`, in a path.
    Label { explode: bool },
    /// `;name=3,4` and `;name=3;name=4`, in a path.
    Matrix { explode: bool },
    /// `name=3,4` and `name=3&name=4`, in a query or cookie.
    Form { explode: bool },
    /// `name=3%204`, in a query.
    SpaceDelimited,
    /// `name=3%7C4`, in a query.
    PipeDelimited,
    /// `name%5Ba%5D=3&name%5Bb%5D=4`, in a query.
    DeepObject,
    /// One JSON text, where the document describes a parameter by `content`.
    Json,
    /// As the SDK's settings say, in a query.
    Keyed(&'static Keyed),
}

/// A list of objects, each a pair of its own: some members make the key, one is the value.
#[derive(Debug)]
pub(crate) struct Keyed {
    /// The key, with members as `{name}`.
    pub(crate) key: &'static str,
    /// The member that is the value.
    pub(crate) value: &'static str,
    /// Values of members that are spelled otherwise in the key.
    pub(crate) spelled: &'static [(&'static str, &'static str)],
}

impl Param {
    const fn new(name: &'static str, place: Place, style: Style) -> Self {
        Self { name, place, style, required: false, default: None, reserved: false }
    }

    /// A parameter of the path, which every request has.
    pub(crate) const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path, Style::Simple { explode: false }).required()
    }

    /// A parameter of the query.
    pub(crate) const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form { explode: true })
    }

    /// A header.
    pub(crate) const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple { explode: false })
    }

    /// A cookie.
    pub(crate) const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form { explode: true })
    }

    /// Writes it in another style.
    pub(crate) const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Refuses a request without it.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sends this if it is required and was never set.
    pub(crate) const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// Leaves reserved characters of its value as they are.
    pub(crate) const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }
}

impl Place {
    /// The place in a message.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}
