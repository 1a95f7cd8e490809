//! Standard input and output: one assistant, which started this program.

use super::Faq;
use crate::{
    error::{Error, Result},
    server::{app::App, listen::look},
};
use rmcp::{ServiceExt as _, service::ServerInitializeError, transport};
use std::{io, sync::Arc};
use tokio::runtime;

/// Answers on standard input and output until the input ends. Nothing else may be written to standard output meanwhile.
/// `filters` are the conditions of calls that name none.
///
/// # Errors
/// When the first message is none of the protocol, or a stream breaks.
pub fn serve(app: App, filters: Vec<String>) -> Result<()> {
    let wrong = Error::io("cannot start", "the async runtime");
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(wrong)?;
    let app = Arc::new(app);
    let served = runtime.block_on(run(Arc::clone(&app), filters));
    app.recorder.finish();
    // A thread may still wait for input.
    runtime.shutdown_background();
    served
}

async fn run(app: Arc<App>, filters: Vec<String>) -> Result<()> {
    let broken = |error: String| Error::io("cannot speak on", "standard input and output")(io::Error::other(error));
    tokio::spawn(look(Arc::clone(&app)));
    match Faq::new(app, filters).serve(transport::stdio()).await {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| broken(error.to_string())),
        // The input ended before it began.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(broken(error.to_string())),
    }
}
