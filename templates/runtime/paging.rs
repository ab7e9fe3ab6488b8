//! Answers that come page by page.

use std::collections::HashSet;
use std::fmt::{self, Display};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::error::{Error, Refused};
use super::failure::DecodeError;
use super::given::Given;
use super::operation::Operation;
use super::param::Place;
use super::request::Request;
use super::response::{Received, Response};

/// How the answers of an operation follow one another.
pub(crate) trait Paged {
    /// What it answers.
    type Answer;
    /// An element of a page.
    type Item;

    /// What turns the page.
    const TURN: Turn;

    /// What an answer says about its page.
    fn look(answer: &Self::Answer) -> Seen;

    /// The elements of a page.
    fn take(answer: Self::Answer) -> Vec<Self::Item>;
}

/// The query parameter that turns the page.
#[derive(Clone, Copy)]
pub(crate) enum Turn {
    /// It counts pages.
    Page { name: &'static str, first: u64 },
    /// It counts elements.
    Offset { name: &'static str, first: u64 },
    /// It takes what the page before says.
    Cursor { name: &'static str },
}

/// What an answer says about its page.
pub(crate) struct Seen {
    /// How many elements the page has.
    pub(crate) items: usize,
    /// How many there are on all pages.
    pub(crate) total: Option<u64>,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
}

/// A number of elements; one that is below zero says nothing.
pub(crate) fn total(count: impl Display) -> Option<u64> {
    count.to_string().parse().ok()
}

/// The answers of an operation that come page by page, each asked for when it is wanted.
///
/// It is a [`Stream`], and [`next`](Self::next) gives the next page too. All of them are asked for by
/// the same request, retries and timeout included, but for the parameter that turns the page. It
/// begins with the page that the caller set, or else with the first.
///
/// It ends behind a page without elements, behind the last element where the answer says how many
/// there are, and where the answer names the next page, behind one that names none or one that was
/// there before. Where nothing of that is said, a page that is byte for byte the one before is an
/// [`Error::Decode`]: the server does not turn the page. So it always ends, unless the server has new
/// elements for ever.
///
/// After an error nothing follows. A body that is read while it is sent cannot be sent for a second
/// page: such a request is an [`Error::Refused`].
#[must_use = "nothing is asked for until the next page is"]
pub struct Pages<T> {
    request: Request<T>,
    turn: Turn,
    look: fn(&T) -> Seen,
    state: State<T>,
    /// The page, or the element, that is asked for.
    at: u64,
    /// How many elements there were up to here; none if it began somewhere in the middle.
    count: Option<u64>,
    /// Where pages began.
    cursors: HashSet<String>,
    /// The page before, as it came.
    before: Option<Bytes>,
}

enum State<T> {
    Ready,
    Asking(Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>),
    Done,
}

impl<T: Send + 'static> Pages<T> {
    /// The pages from the one on that the request asks for.
    pub(crate) fn of<P: Paged<Answer = T>>(mut request: Request<T>) -> Self {
        let turn = P::TURN;
        let (Turn::Page { name, .. } | Turn::Offset { name, .. } | Turn::Cursor { name }) = turn;
        let given = match request.values.params.last(Place::Query, name) {
            Some(Given::Text(text) | Given::Bare(text)) => Some(text.clone()),
            _ => None,
        };
        let (mut at, mut count, mut cursors) = (0, Some(0), HashSet::new());
        match (turn, given) {
            (Turn::Page { first, .. } | Turn::Offset { first, .. }, given) => match given.map(|text| text.parse()) {
                None => at = first,
                Some(Ok(number)) => at = number,
                Some(Err(_)) => {
                    request.values.refuse(format!("query parameter `{name}` is no number to count from"));
                }
            },
            (Turn::Cursor { .. }, Some(cursor)) => {
                cursors.insert(cursor);
                count = None;
            }
            (Turn::Cursor { .. }, None) => {}
        }
        match turn {
            Turn::Page { first, .. } => count = count.filter(|_| at == first),
            Turn::Offset { .. } => count = Some(at),
            Turn::Cursor { .. } => {}
        }
        Self { request, turn, look: P::look, state: State::Ready, at, count, cursors, before: None }
    }

    /// The next page, or `None` after the last.
    ///
    /// # Errors
    ///
    /// Fails as the request itself does, and nothing follows.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    fn ask(&mut self) -> Result<(), Error> {
        let operation = self.operation();
        let refused =
            || Error::Refused(Refused::new(Some(operation.id), "the body cannot be sent for each page again"));
        let request = self.request.again().ok_or_else(refused)?;
        self.state = State::Asking(Box::pin(request.send()));
        Ok(())
    }

    /// Prepares the request for the page after this one, if there is one.
    fn turn(&mut self, page: &Response<T>) -> Result<(), Error> {
        let Seen { items, total, next } = (self.look)(page.value());
        let counted = u64::try_from(items).unwrap_or(u64::MAX);
        self.count = self.count.map(|count| count.saturating_add(counted));
        let left = self.count.zip(total).map(|(count, total)| total.saturating_sub(count));
        let (name, value) = match self.turn {
            _ if items == 0 || left == Some(0) => return Ok(()),
            Turn::Cursor { name } => match next {
                Some(cursor) if !cursor.is_empty() && self.cursors.insert(cursor.clone()) => (name, cursor),
                _ => return Ok(()),
            },
            // Else nothing would end it.
            _ if left.is_none() && self.before.as_ref() == Some(page.body()) => return Err(self.unturned(page)),
            Turn::Page { name, .. } => {
                self.at = self.at.saturating_add(1);
                (name, self.at.to_string())
            }
            Turn::Offset { name, .. } => {
                self.at = self.at.saturating_add(counted);
                (name, self.at.to_string())
            }
        };
        self.before = Some(page.body().clone());
        self.request.values.params.push(Place::Query, name, Given::Text(value));
        self.state = State::Ready;
        Ok(())
    }

    /// The error of a page that is the one before.
    fn unturned(&self, page: &Response<T>) -> Error {
        let received = Received {
            operation: self.operation(),
            status: page.status(),
            headers: page.headers().clone(),
            body: page.body().clone(),
            case: None,
            live: None,
            again: None,
        };
        DecodeError::new(&received, ".".into(), "it is the page before once more: the server does not turn the page")
            .into()
    }
}

impl<T> Pages<T> {
    fn operation(&self) -> &'static Operation {
        self.request.values.operation
    }
}

impl<T: Send + 'static> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Done => return Poll::Ready(None),
                State::Ready => {
                    if let Err(error) = this.ask() {
                        this.state = State::Done;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Asking(page) => {
                    let page = ready!(page.as_mut().poll(cx));
                    this.state = State::Done;
                    return Poll::Ready(Some(page.and_then(|page| this.turn(&page).map(|()| page))));
                }
            }
        }
    }
}

/// Shows the operation only: values and answers may hold secrets.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &self.operation().id).finish_non_exhaustive()
    }
}

/// The elements of all pages of an operation, one after the other.
///
/// It is a [`Stream`], and [`next`](Self::next) gives the next element too. A page is asked for when
/// its first element is wanted. It begins, ends and fails like [`Pages`].
#[must_use = "nothing is asked for until the next element is"]
pub struct Items<I> {
    operation: &'static Operation,
    more: Box<More<I>>,
    page: std::vec::IntoIter<I>,
}

/// Gives the elements of the next page.
type More<I> = dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<Vec<I>, Error>>> + Send;

impl<I: 'static> Items<I> {
    pub(crate) fn of<P>(request: Request<P::Answer>) -> Self
    where
        P: Paged<Item = I>,
        P::Answer: Send + 'static,
    {
        let mut pages = Pages::of::<P>(request);
        let operation = pages.operation();
        let take = |page: Response<P::Answer>| P::take(page.into_inner());
        let more = move |cx: &mut Context<'_>| {
            let page = ready!(Pin::new(&mut pages).poll_next(cx));
            Poll::Ready(page.map(|page| page.map(take)))
        };
        Self { operation, more: Box::new(more), page: Vec::new().into_iter() }
    }
}

impl<I> Items<I> {
    /// The next element, or `None` after the last.
    ///
    /// # Errors
    ///
    /// Fails as the request of a page does, and nothing follows.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

/// Nothing of it is pinned.
impl<I> Unpin for Items<I> {}

impl<I> Stream for Items<I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!((this.more)(cx)) {
                Some(Ok(page)) => this.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Shows the operation only: elements may hold secrets.
impl<I> fmt::Debug for Items<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
