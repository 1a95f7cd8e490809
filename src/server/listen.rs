//! Listening: connections with their limits, TLS, the watch over index and keys, the graceful stop.

use super::{app::App, connections::Connections, jobs, routes::router};
use crate::{
    error::{Error, Result},
    watch::Watch,
};
use axum_server::{
    Handle, Server,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use hyper_util::rt::TokioTimer;
use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};
use tokio::{runtime, signal, time};

/// How long requests may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// The largest head of a request in bytes, and how many headers it may have.
const HEAD_BYTES: usize = 64 << 10;
const MOST_HEADERS: usize = 100;

/// How many requests of one HTTP/2 connection are answered at a time.
const MOST_STREAMS: u32 = 64;

/// How often the index and the keys are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Serves until the process is told to stop. `listening` is told the address once connections are taken.
///
/// # Errors
/// When the address cannot be listened on, or the certificate cannot be read.
pub fn serve(app: App, listening: impl FnOnce(SocketAddr)) -> Result<()> {
    let app = Arc::new(app);
    if app.settings.watch {
        watch(&app)?;
    }
    run_until(&app, run(Arc::clone(&app), listening))
}

/// Runs until `served` ends, and then writes down what was missed.
///
/// # Errors
/// As `served`, and when threads cannot be started.
pub fn run_until(app: &App, served: impl Future<Output = Result<()>>) -> Result<()> {
    let wrong = Error::io("cannot start", "the async runtime");
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(wrong)?;
    let served = runtime.block_on(served);
    app.recorder.finish();
    // What still runs has had its time, and a thread may wait for input.
    runtime.shutdown_background();
    served
}

/// Builds the index anew whenever the corpus changes.
fn watch(app: &Arc<App>) -> Result<()> {
    let watch = Watch::new(&app.build.corpus, &app.build.index)?;
    let app = Arc::clone(app);
    thread::spawn(move || {
        while watch.wait() {
            jobs::changed(&app);
        }
    });
    Ok(())
}

async fn run(app: Arc<App>, listening: impl FnOnce(SocketAddr)) -> Result<()> {
    let addr = app.settings.addr;
    let refused = |error| Error::io("cannot listen on", addr.to_string())(error);
    let listener = TcpListener::bind(addr).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    let tls = tls(&app).await?;
    let bound = listener.local_addr().map_err(refused)?;
    let handle = Handle::new();
    let idle = app.settings.idle_timeout();
    let connections = Connections::new(app.settings.max_connections);
    tokio::spawn(stop(Arc::clone(&app), handle.clone()));
    tokio::spawn(look(Arc::clone(&app)));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    listening(bound);
    let listening_on = axum_server::from_tcp(listener).map_err(refused)?;
    match tls {
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls).handshake_timeout(idle).acceptor(connections);
            limited(listening_on.acceptor(acceptor), handle, idle).serve(service).await
        }
        None => limited(listening_on.acceptor(connections), handle, idle).serve(service).await,
    }
    .map_err(refused)
}

/// A server that drops connections which send nothing, or too slowly.
fn limited<A>(server: Server<SocketAddr, A>, handle: Handle<SocketAddr>, idle: Duration) -> Server<SocketAddr, A> {
    let mut server = server.handle(handle).first_request_timeout(idle);
    let builder = server.http_builder();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .max_headers(MOST_HEADERS)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(idle)
        .keep_alive_timeout(idle)
        .max_concurrent_streams(MOST_STREAMS)
        .max_header_list_size(HEAD_BYTES as u32);
    server
}

async fn tls(app: &App) -> Result<Option<RustlsConfig>> {
    let (Some(cert), Some(key)) = (&app.settings.tls_cert, &app.settings.tls_key) else { return Ok(None) };
    // Another part of the process may have chosen one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let reason = |error: std::io::Error| Error::Config {
        place: format!("{} and {}", cert.display(), key.display()),
        reason: format!("cannot be used for TLS: {error}"),
    };
    RustlsConfig::from_pem_file(cert, key).await.map(Some).map_err(reason)
}

/// Stops gracefully at the first signal, at once at the second.
async fn stop(app: Arc<App>, handle: Handle<SocketAddr>) {
    signalled().await;
    tracing::info!("stopping: what has begun may finish within {} s", GRACE.as_secs());
    app.stopping();
    handle.graceful_shutdown(Some(GRACE));
    signalled().await;
    handle.shutdown();
}

async fn signalled() {
    #[cfg(unix)]
    {
        let term = signal::unix::signal(signal::unix::SignalKind::terminate());
        if let Ok(mut term) = term {
            tokio::select! {
                _ = signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    // Without a signal there is nothing to wait for.
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Takes over new generations and new keys, whoever made them.
pub async fn look(app: Arc<App>) {
    let mut ticks = time::interval(LOOK);
    let mut last_failure = String::new();
    loop {
        ticks.tick().await;
        let looked = tokio::task::spawn_blocking({
            let app = Arc::clone(&app);
            move || {
                app.keys.refresh();
                app.rates.forget();
                // Whoever has them wants them.
                if let Ok(mut misses) = app.misses.try_lock() {
                    misses.forget();
                }
                app.reload()
            }
        });
        match looked.await {
            Ok(Ok(true)) => {
                let opened = app.opened();
                tracing::info!(
                    generation = opened.engine.generation(),
                    units = opened.engine.len(),
                    "a new index answers"
                );
            }
            Ok(Ok(false)) | Err(_) => last_failure.clear(),
            Ok(Err(error)) => {
                let said = error.to_string();
                if said != last_failure {
                    tracing::error!(
                        "the index that was published last cannot be opened, the one before answers: {said}"
                    );
                }
                last_failure = said;
            }
        }
    }
}
