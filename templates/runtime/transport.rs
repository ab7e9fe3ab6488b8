//! The exchange of messages, and the redirects.
//!
//! The connections are hyper's own. reqwest, which stands above it, puts `Accept: */*` on every
//! request that has no `Accept` and lets nobody take it out, and rewrites the target.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use http::uri::{PathAndQuery, Uri};
use http::{Method, Request, StatusCode};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

use super::cases::choose;
use super::client::{Client, Inner};
use super::error::{Error, Failure, Refused, TransportError};
use super::live::Live;
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::response::Received;
use super::target;

#[cfg(feature = "rustls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
type Connector = hyper_tls::HttpsConnector<HttpConnector>;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
type Connector = HttpConnector;

/// The connections.
pub(crate) type Http = legacy::Client<Connector, Outgoing>;

/// The id behind which a stream of events goes on.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How many redirects are followed.
const HOPS: usize = 10;

/// A request, ready to be sent.
pub(crate) struct Message {
    pub(crate) target: PathAndQuery,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Outgoing,
    pub(crate) timeout: Option<Duration>,
}

/// Sets up the connections; none is opened yet.
pub(crate) fn connect(timeout: Option<Duration>) -> Result<Http, String> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(timeout);
    let connector = secure(http)?;
    Ok(legacy::Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector))
}

#[cfg(feature = "rustls")]
fn secure(http: HttpConnector) -> Result<Connector, String> {
    let provider = rustls::crypto::ring::default_provider();
    let builder = hyper_rustls::HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(provider)
        .map_err(|error| format!("TLS cannot be set up: {error}"))?;
    Ok(builder.https_or_http().enable_http1().enable_http2().wrap_connector(http))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn secure(http: HttpConnector) -> Result<Connector, String> {
    let tls = native_tls::TlsConnector::new();
    let tls = tls.map_err(|error| format!("TLS cannot be set up: {error}"))?;
    Ok((http, tls.into()).into())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn secure(mut http: HttpConnector) -> Result<Connector, String> {
    http.enforce_http(true);
    Ok(http)
}

impl Message {
    /// When the time for its answer is up, if it begins now.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.timeout.and_then(|limit| Instant::now().checked_add(limit))
    }

    /// The same message once more, if its body can be sent a second time.
    pub(crate) fn again(&self) -> Option<Self> {
        let body = self.body.again()?;
        Some(Self { target: self.target.clone(), headers: self.headers.clone(), body, timeout: self.timeout })
    }
}

/// Asks once more, from behind the event with the given id.
pub(crate) type Again = Box<dyn Fn(Option<String>) -> Pin<Box<dyn Future<Output = Result<Live, Error>> + Send>> + Send>;

/// Sends a message and takes in the answer, or its head where the rest is read while it comes; only
/// a 2xx one is `Ok`.
pub(crate) async fn exchange(
    client: &Client,
    operation: &'static Operation,
    message: Message,
    deadline: Option<Instant>,
) -> Result<Received, Error> {
    let once_more = if operation.answers.iter().any(|case| case.streamed) { message.again() } else { None };
    let mut live = follow(&client.inner, operation, message, deadline).await?;
    if !live.status.is_success() {
        return Err(collect(live, deadline).await?.into());
    }
    let case = choose(operation.answers, live.status, &live.headers);
    if !case.is_some_and(|case| operation.answers[case].streamed) {
        let received = collect(live, deadline).await?;
        return Ok(Received { case, ..received });
    }
    let again = once_more.map(|message| again(client.clone(), operation, message));
    let (status, headers) = (live.status, std::mem::take(&mut live.headers));
    live.headers.clone_from(&headers);
    Ok(Received { operation, status, headers, body: Bytes::new(), case, live: Some(live), again })
}

/// Takes in the rest of an answer.
async fn collect(mut live: Live, deadline: Option<Instant>) -> Result<Received, Error> {
    let (operation, status) = (live.operation, live.status);
    let body = within(deadline, live.collect()).await;
    let body = body.map_err(|elapsed| failed(operation, Some(status), Failure::Timeout, elapsed))??;
    Ok(Received { operation, status, headers: live.headers, body, case: None, live: None, again: None })
}

fn again(client: Client, operation: &'static Operation, message: Message) -> Again {
    Box::new(move |last| {
        let (client, message) = (client.clone(), message.again());
        Box::pin(async move {
            let refused = || Error::Refused(Refused::new(Some(operation.id), "the body cannot be sent again"));
            let mut message = message.ok_or_else(refused)?;
            // In UTF-8, as it came (HTML Living Standard, section 9.2.4); some ids no header can hold.
            if let Some(last) = last.and_then(|last| HeaderValue::from_bytes(last.as_bytes()).ok()) {
                message.headers.insert(LAST_EVENT_ID, last);
            }
            let deadline = message.deadline();
            let live = follow(&client.inner, operation, message, deadline).await?;
            if live.status.is_success() { Ok(live) } else { Err(collect(live, deadline).await?.into()) }
        })
    })
}

/// Sends a message again for each redirect that may be followed, until there is an answer's head.
async fn follow(
    client: &Inner,
    operation: &'static Operation,
    message: Message,
    deadline: Option<Instant>,
) -> Result<Live, Error> {
    let refused = |error: String| Error::Refused(Refused::new(Some(operation.id), error));
    let method = operation.verb().map_err(|error| refused(error.to_string()))?;
    let base = Uri::builder()
        .scheme(client.base.scheme.clone())
        .authority(client.base.authority.clone())
        .path_and_query(message.target)
        .build();
    let mut uri = base.map_err(|error| refused(error.to_string()))?;
    let mut body = message.body;
    let mut hops = 0;
    loop {
        let again = body.again();
        let mut request = Request::new(body);
        *request.method_mut() = method.clone();
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = message.headers.clone();
        let response = within(deadline, client.http.request(request)).await;
        let response = response.map_err(|elapsed| failed(operation, None, Failure::Timeout, elapsed))?;
        let response = response.map_err(|error| {
            let failure = match error.is_connect() {
                true if timed_out(&error) => Failure::ConnectTimeout,
                true => Failure::Connect,
                false if timed_out(&error) => Failure::Timeout,
                false => Failure::Exchange,
            };
            failed(operation, None, failure, error)
        })?;
        let (head, answer) = response.into_parts();
        if hops < HOPS
            && let Some(again) = again
            && let Some(next) = next(&method, &uri, head.status, &head.headers)
        {
            (uri, body) = (next, again);
            hops += 1;
            continue;
        }
        return Ok(Live::new(operation, head, answer));
    }
}

/// What a future gives, unless the time is up first.
async fn within<F: Future>(deadline: Option<Instant>, future: F) -> Result<F::Output, Elapsed> {
    match deadline {
        Some(deadline) => timeout_at(deadline, future).await,
        None => Ok(future.await),
    }
}

/// Where a redirect leads, if it is one to follow (RFC 9110 section 15.4).
///
/// Only to the same scheme, host and port, so that credentials never reach another; and only where
/// the method stays what it is: a `DELETE` never becomes a `GET`.
fn next(method: &Method, uri: &Uri, status: StatusCode, headers: &HeaderMap) -> Option<Uri> {
    let follow = match status {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            [Method::GET, Method::HEAD].contains(method)
        }
        _ => false,
    };
    if !follow {
        return None;
    }
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let location = location.split('#').next()?;
    let found = Uri::try_from(location).ok()?;
    let here = match (found.scheme(), found.authority()) {
        // Two slashes begin another authority (RFC 3986 section 4.2), which `Uri` takes for a path.
        (None, None) => location.starts_with('/') && !location.starts_with("//"),
        (scheme, authority) => scheme == uri.scheme() && authority == uri.authority(),
    };
    let whole = found.path_and_query().map_or("/", PathAndQuery::as_str);
    // No API needs dot segments here, and none is resolved.
    if !here || target::dotted(whole.split('?').next()?) {
        return None;
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(whole.parse().ok()?);
    Uri::from_parts(parts).ok()
}

fn failed(
    operation: &'static Operation,
    status: Option<StatusCode>,
    kind: Failure,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> Error {
    Error::Transport(Box::new(TransportError::new(operation, status, kind, source)))
}

/// Whether a limit on connecting is what failed; the connector tells it by its source alone.
fn timed_out(error: &(dyn std::error::Error + 'static)) -> bool {
    let is_limit = |error: &std::io::Error| error.kind() == std::io::ErrorKind::TimedOut;
    let found = error.downcast_ref().is_some_and(is_limit);
    found || error.source().is_some_and(timed_out)
}
