//! How much one caller may ask for: requests a second by key or address.

use super::{app::App, auth, failure::Failure};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use std::{
    hash::{BuildHasher as _, RandomState},
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
};

/// Counts the requests of each caller.
pub struct Rates {
    limiter: Option<DefaultKeyedRateLimiter<u64>>,
    /// Callers are kept as hashes, keys among them: nothing here can be read back.
    hasher: RandomState,
}

impl Rates {
    /// So many requests a second, and as many at once; 0 for any number.
    pub fn new(a_second: u32) -> Self {
        let limiter = NonZeroU32::new(a_second).map(|rate| RateLimiter::keyed(Quota::per_second(rate)));
        Self { limiter, hasher: RandomState::new() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// 429 with the time to wait.
    fn check(&self, caller: &Caller<'_>) -> Result<(), Failure> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        let Err(early) = limiter.check_key(&self.hasher.hash_one(caller)) else { return Ok(()) };
        let wait = early.wait_time_from(limiter.clock().now()).as_secs_f64();
        let seconds = wait.ceil().max(1.0) as u64;
        let detail = format!("more requests than this server takes from one caller: try again in {seconds} s");
        Err(Failure {
            retry_after: Some(seconds),
            ..Failure::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
        })
    }

    /// Forgets callers that have not called for a while.
    pub fn forget(&self) {
        if let Some(limiter) = &self.limiter {
            limiter.retain_recent();
        }
    }
}

/// Who calls: a key that is known, or the address.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Caller<'r> {
    Key(&'r str),
    Address(IpAddr),
}

/// Lets through what its caller may still ask for.
pub async fn limit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    // Who watches over the server is never kept out.
    let watches = ["/healthz", "/readyz"].contains(&request.uri().path());
    let checked = match caller(&app, &request).filter(|_| !watches) {
        Some(caller) => app.rates.check(&caller),
        None => Ok(()),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

fn caller<'r>(app: &App, request: &'r Request) -> Option<Caller<'r>> {
    if let Some(secret) = auth::known_secret(app, request) {
        return Some(Caller::Key(secret));
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip();
    let forwarded = app.settings.behind_proxy.then(|| forwarded_for(request.headers())).flatten();
    Some(Caller::Address(network(forwarded.unwrap_or(peer))))
}

/// The address that the proxy in front of this server saw: the last one, which it wrote itself.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next()?.trim().parse().ok()
}

/// One caller has a whole network of IPv6 addresses, of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => mapped.into(),
            None => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        },
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_a_count_of_its_own() {
        let rates = Rates::new(2);
        let address = |last| Caller::Address(IpAddr::from([10, 0, 0, last]));
        assert!(rates.check(&address(1)).is_ok() && rates.check(&address(1)).is_ok());
        let failure = rates.check(&address(1)).unwrap_err();
        assert_eq!((failure.status.as_u16(), failure.retry_after), (429, Some(1)));
        assert!(rates.check(&address(2)).is_ok() && rates.check(&Caller::Key("k")).is_ok());
        assert!((0..9).all(|_| Rates::new(0).check(&address(1)).is_ok()));
    }

    #[test]
    fn a_caller_is_a_network_and_what_the_proxy_says() {
        assert_eq!(network("2001:db8::1:2:3:4".parse().unwrap()), "2001:db8::".parse::<IpAddr>().unwrap());
        assert_eq!(network("::ffff:10.0.0.1".parse().unwrap()), IpAddr::from([10, 0, 0, 1]));
        let headers =
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), "1.1.1.1, 10.0.0.9".parse().unwrap())]);
        assert_eq!(forwarded_for(&headers), Some(IpAddr::from([10, 0, 0, 9])));
    }
}
