//! Reading on where a request was refused before its body had come.
//!
//! Over HTTP/1 many clients send their whole body before they look at the response. Closing the connection under them
//! resets it, and the refusal that says what is wrong is lost on the way. So the rest is read for a while and thrown away.

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody as _},
    extract::Request,
    http::{Version, header},
    middleware::Next,
    response::Response,
};
use futures_util::{Stream, StreamExt as _};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{runtime::Handle, time::timeout};

/// How long the rest of a body may take. What takes longer ends with its connection.
const LONGEST: Duration = Duration::from_secs(5);

/// Lets the rest of the body come while the request is answered, and after it.
pub async fn linger(request: Request, next: Next) -> Response {
    // HTTP/2 ends a stream without loss, and a client that waits for `100 Continue` sends nothing after a refusal.
    let whole = request.body().is_end_stream()
        || request.version() >= Version::HTTP_2
        || request.headers().contains_key(header::EXPECT);
    let request = if whole { request } else { request.map(|body| Body::from_stream(Lingering::new(body))) };
    next.run(request).await
}

/// A body that is read to its end when nobody wants it any more.
struct Lingering {
    /// None at its end.
    body: Option<BodyDataStream>,
}

impl Lingering {
    fn new(body: Body) -> Self {
        Self { body: Some(body.into_data_stream()) }
    }
}

impl Stream for Lingering {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let part = ready!(body.poll_next_unpin(context));
        if !matches!(part, Some(Ok(_))) {
            self.body = None;
        }
        Poll::Ready(part)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let (Some(mut rest), Ok(runtime)) = (self.body.take(), Handle::try_current()) {
            runtime.spawn(timeout(LONGEST, async move { while let Some(Ok(_)) = rest.next().await {} }));
        }
    }
}
