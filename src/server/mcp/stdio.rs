//! Standard input and output: one assistant, which started this program.

use super::Faq;
use crate::{
    error::{Error, Result},
    server::{
        app::App,
        listen::{look, run_until},
    },
};
use rmcp::{ServiceExt as _, service::ServerInitializeError, transport};
use std::{io, sync::Arc};

/// Answers on standard input and output until the input ends. Nothing else may be written to standard output meanwhile.
/// `filters` are the conditions of calls that name none.
///
/// # Errors
/// When the first message is none of the protocol, or a stream breaks.
pub fn serve(app: App, filters: Vec<String>) -> Result<()> {
    let app = Arc::new(app);
    run_until(&app, speak(Arc::clone(&app), filters))
}

async fn speak(app: Arc<App>, filters: Vec<String>) -> Result<()> {
    let broken = |error: String| Error::io("cannot speak on", "standard input and output")(io::Error::other(error));
    tokio::spawn(look(Arc::clone(&app)));
    match Faq::new(app, filters).serve(transport::stdio()).await {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| broken(error.to_string())),
        // The input ended before it began.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(broken(error.to_string())),
    }
}
