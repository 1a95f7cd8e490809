//! Settings of `faqt serve`: the table `[server]` of `faqt.toml`.

use serde::Deserialize;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// How the server listens, whom it answers, and how much it takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
// What is on or off is named as such in the file.
#[allow(clippy::struct_excessive_bools)]
pub struct ServerSettings {
    /// The address and port to listen on.
    pub addr: SocketAddr,
    /// Keys: `KEY` for everything, `ask:KEY` for asking, `admin:KEY` for the rest.
    pub keys: Vec<String>,
    /// A file with a key a line; it is read again when it changes.
    pub keys_file: Option<PathBuf>,
    /// Everybody may ask; only what an administrator does needs a key.
    pub public: bool,
    /// The address by which others reach this server, for links; else what they call it.
    pub public_url: Option<String>,
    /// Names by which this server may be called beside those of its address.
    pub allowed_hosts: Vec<String>,
    /// Pages (`https://example.com`) whose scripts may ask; `*` for all.
    pub cors: Vec<String>,
    /// The certificate chain of TLS, as PEM.
    pub tls_cert: Option<PathBuf>,
    /// The private key of TLS, as PEM.
    pub tls_key: Option<PathBuf>,
    /// How the log is written.
    pub log: LogFormat,
    /// Whether questions stand in the log.
    pub log_questions: bool,
    /// Whether unanswered questions are kept in a log beside the index, for `faqt misses`.
    pub log_misses: bool,
    /// Whether the index is built anew when a file of the corpus changes.
    pub watch: bool,
    /// The largest body of a request, in bytes.
    pub max_body: usize,
    /// How many questions a batch may have.
    pub max_batch: usize,
    /// How many connections are open at a time.
    pub max_connections: usize,
    /// How many questions wait for a thread before others are refused.
    pub max_waiting: usize,
    /// How much memory replies may take that are kept for those who ask the same again, in bytes; 0 to keep none.
    pub keep_replies: usize,
    /// Whether a proxy stands in front: callers are told apart by the last address of `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// How many requests a second one key or address may make; 0 for any number.
    pub rate: u32,
    /// How long a request may take, in seconds.
    pub timeout_s: u64,
    /// How long a connection may send nothing, and the head of a request may take, in seconds.
    pub idle_timeout_s: u64,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// An object a line.
    Json,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            keys: Vec::new(),
            keys_file: None,
            public: false,
            public_url: None,
            allowed_hosts: Vec::new(),
            cors: Vec::new(),
            tls_cert: None,
            tls_key: None,
            log: LogFormat::default(),
            log_questions: false,
            log_misses: true,
            watch: false,
            max_body: 1 << 20,
            max_batch: 1000,
            max_connections: 4096,
            max_waiting: 512,
            keep_replies: 32 << 20,
            behind_proxy: false,
            rate: 0,
            timeout_s: 30,
            idle_timeout_s: 10,
        }
    }
}

impl ServerSettings {
    /// How long a request may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_s)
    }

    /// How long a connection may send nothing.
    pub fn idle_timeout(&self) -> Duration {
        Duration::from_secs(self.idle_timeout_s)
    }

    /// Checks what belongs together.
    ///
    /// # Errors
    /// What is wrong, with the remedy.
    pub fn check(&self) -> Result<(), String> {
        let has_keys = !self.keys.is_empty() || self.keys_file.is_some();
        let reachable = !self.addr.ip().is_loopback() || self.behind_proxy;
        if reachable && !has_keys && !self.public {
            return Err(format!(
                "{} can be reached from other machines and there is no key: give one with --key, FAQT_KEY or --keys-file, \
                 let everybody ask with --public, or listen on 127.0.0.1",
                self.addr
            ));
        }
        if self.tls_cert.is_some() != self.tls_key.is_some() {
            return Err("TLS needs both: a certificate (--tls-cert) and its private key (--tls-key)".to_owned());
        }
        if let Some(url) = &self.public_url
            && !(url.starts_with("http://") || url.starts_with("https://"))
        {
            return Err(format!("public_url `{url}` does not begin with http:// or https://"));
        }
        for (name, value) in [
            ("max_body", self.max_body),
            ("max_batch", self.max_batch),
            ("max_connections", self.max_connections),
            ("timeout_s", self.timeout_s as usize),
            ("idle_timeout_s", self.idle_timeout_s as usize),
        ] {
            if value == 0 {
                return Err(format!("{name} = 0 would refuse everything"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_address_than_loopback_needs_a_key() {
        let open = ServerSettings { addr: SocketAddr::from(([0, 0, 0, 0], 80)), ..ServerSettings::default() };
        assert!(open.check().unwrap_err().contains("no key"));
        let proxied = ServerSettings { behind_proxy: true, ..ServerSettings::default() };
        assert!(proxied.check().unwrap_err().contains("no key"));
        let kept = ServerSettings { keys: vec!["k".to_owned()], ..open };
        assert_eq!(kept.check(), Ok(()));
        assert_eq!(ServerSettings::default().check(), Ok(()));
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let half = ServerSettings { tls_cert: Some("a.pem".into()), ..ServerSettings::default() };
        assert!(half.check().unwrap_err().contains("--tls-key"));
        let zero = ServerSettings { timeout_s: 0, ..ServerSettings::default() };
        assert!(zero.check().unwrap_err().contains("timeout_s"));
    }
}
