//! Connections: so many at a time, and none that never reads what it is sent.

use axum_server::accept::Accept;
use std::{
    future::{Ready, ready},
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

/// How long a client may take to read a piece of its response.
const READING: Duration = Duration::from_secs(30);

/// Files that the process needs beside its connections.
const OTHER_FILES: u64 = 64;

/// Takes connections while there is room, and drops the others at once.
#[derive(Clone)]
pub struct Connections {
    room: Arc<Semaphore>,
}

impl Connections {
    /// Room for `most` connections, or for as many as the system lets the process open.
    pub fn new(most: usize) -> Self {
        let files = rlimit::increase_nofile_limit(most as u64 + OTHER_FILES).unwrap_or(u64::MAX);
        let room = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX).clamp(1, most);
        if room < most {
            tracing::warn!(room, "the system lets this process open fewer files than --max-connections needs");
        }
        Self { room: Arc::new(Semaphore::new(room)) }
    }
}

impl<S> Accept<TcpStream, S> for Connections {
    type Stream = Pin<Box<TimeoutStream<TcpStream>>>;
    type Service = Held<S>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            return ready(Err(io::Error::other("there are as many connections as may be")));
        };
        // A small answer must not wait for a larger one to fill its packet.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(READING));
        ready(Ok((Box::pin(stream), Held { service, _permit: Arc::new(permit) })))
    }
}

/// The service of a connection, which keeps its place until the connection ends.
#[derive(Clone)]
pub struct Held<S> {
    service: S,
    _permit: Arc<OwnedSemaphorePermit>,
}

impl<S: Service<R>, R> Service<R> for Held<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.service.call(request)
    }
}
