//! `faqt serve`: answers over HTTP.

use super::{IndexFlag, ask, build_options, terminal::clean};
use anyhow::{Result, bail};
use clap::Args;
use faqt::{
    config::{
        Config,
        server::{LogFormat, ServerSettings},
    },
    error::EXIT_OK,
    server::{App, logs, serve},
};
use std::{
    io::{self, Write as _},
    net::SocketAddr,
    path::PathBuf,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  faqt serve                                         on http://127.0.0.1:8080, for this machine alone
  faqt serve --addr 0.0.0.0:8080 --keys-file keys    for others, with keys
  faqt serve --public --key admin:SECRET --addr 0.0.0.0:8080 --rate 20

A key is KEY (for everything), ask:KEY or admin:KEY. Better than in a flag, which others on the
machine can see, it stands in FAQT_KEY (several: by commas) or in a file with a key a line,
which is read again when it changes. With no index yet, it is built from the corpus first.")]
// Each flag is on or off.
#[allow(clippy::struct_excessive_bools)]
pub struct ServeArgs {
    #[command(flatten)]
    index: IndexFlag,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT", env = "FAQT_ADDR")]
    addr: Option<SocketAddr>,
    /// A key that requests need: KEY, ask:KEY or admin:KEY
    #[arg(long = "key", value_name = "KEY", env = "FAQT_KEY", hide_env_values = true, value_delimiter = ',')]
    keys: Vec<String>,
    /// A file with a key a line
    #[arg(long, value_name = "FILE", env = "FAQT_KEYS_FILE")]
    keys_file: Option<PathBuf>,
    /// Let everybody ask; only what administrators do needs a key
    #[arg(long, env = "FAQT_PUBLIC")]
    public: bool,
    /// The address by which others reach this server, for links [default: what they call it]
    #[arg(long, value_name = "URL", env = "FAQT_PUBLIC_URL")]
    public_url: Option<String>,
    /// A name by which this server may be called, beside those of its address
    #[arg(long = "allowed-host", value_name = "NAME", env = "FAQT_ALLOWED_HOSTS", value_delimiter = ',')]
    allowed_hosts: Vec<String>,
    /// A site whose pages may ask, as in `https://example.com`, or `*` for all
    #[arg(long, value_name = "ORIGIN", env = "FAQT_CORS", value_delimiter = ',')]
    cors: Vec<String>,
    /// The certificate chain of TLS, as PEM
    #[arg(long, value_name = "FILE", env = "FAQT_TLS_CERT")]
    tls_cert: Option<PathBuf>,
    /// The private key of TLS, as PEM
    #[arg(long, value_name = "FILE", env = "FAQT_TLS_KEY")]
    tls_key: Option<PathBuf>,
    /// How many requests a second one key or address may make [default: any number]
    #[arg(long, value_name = "N", env = "FAQT_RATE")]
    rate: Option<u32>,
    /// A proxy stands in front: tell callers apart by the last address of `X-Forwarded-For`
    #[arg(long, env = "FAQT_BEHIND_PROXY")]
    behind_proxy: bool,
    /// How the log is written; `FAQT_LOG=warn`, `info` or `debug` says how much
    #[arg(long, value_enum, env = "FAQT_LOG_FORMAT")]
    log: Option<LogFormat>,
    /// Write questions into the log
    #[arg(long, env = "FAQT_LOG_QUESTIONS")]
    log_questions: bool,
    /// Build the index anew when a file of the corpus changes
    #[arg(long, env = "FAQT_WATCH")]
    watch: bool,
}

impl ServeArgs {
    /// The settings of the file, with what the flags say before them.
    fn settings(&self, config: &Config) -> ServerSettings {
        let file = config.server.clone();
        let list = |flags: &[String], file: Vec<String>| if flags.is_empty() { file } else { flags.to_vec() };
        ServerSettings {
            addr: self.addr.unwrap_or(file.addr),
            keys: list(&self.keys, file.keys),
            keys_file: self.keys_file.clone().or(file.keys_file),
            public: self.public || file.public,
            public_url: self.public_url.clone().or(file.public_url),
            allowed_hosts: list(&self.allowed_hosts, file.allowed_hosts),
            cors: list(&self.cors, file.cors),
            tls_cert: self.tls_cert.clone().or(file.tls_cert),
            tls_key: self.tls_key.clone().or(file.tls_key),
            behind_proxy: self.behind_proxy || file.behind_proxy,
            rate: self.rate.unwrap_or(file.rate),
            log: self.log.unwrap_or(file.log),
            log_questions: self.log_questions || file.log_questions,
            watch: self.watch || file.watch,
            ..file
        }
    }
}

pub fn run(args: &ServeArgs, config: &Config) -> Result<u8> {
    let settings = args.settings(config);
    if let Err(reason) = settings.check() {
        bail!("{reason}");
    }
    let folder = args.index.folder(config);
    ask::build_if_missing(&folder, config)?;
    let _log = logs::start(settings.log);
    let scheme = if settings.tls_cert.is_some() { "https" } else { "http" };
    let app = App::open(config, settings, build_options(Vec::new(), folder, config))?;
    serve(app, |addr| {
        // Whoever started the server may have closed this end.
        let _ = writeln!(io::stderr(), "{}", clean(&format!("faqt: listening on {scheme}://{addr}")));
    })?;
    Ok(EXIT_OK)
}
