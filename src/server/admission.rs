//! How many requests a client may make: a bucket of tokens each, which fills at a steady rate.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use axum::http::HeaderMap;

use crate::cache::Cache;

/// Clients that are remembered; of more, the one that was not seen for the longest has a full bucket again.
const CLIENTS: usize = 65_536;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Who has the server's token.
    Token,
    /// An address: of IPv6 the network, as one client has all of it.
    Address(IpAddr),
}

impl Client {
    /// The client behind an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self::Address(match address {
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => IpAddr::V4(v4),
                None => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
            },
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// The address that a request comes from: of the connection or, behind so many proxies of ours, what the outermost of
/// them says. What a client itself says is never believed.
#[must_use]
pub fn origin(connection: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    if proxies == 0 {
        return connection;
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let outermost = hops.len().checked_sub(proxies).and_then(|index| hops.get(index));
    outermost.and_then(|hop| hop.parse().ok()).unwrap_or(connection)
}

/// Buckets by client.
pub struct Admission {
    buckets: Mutex<Cache<Client, Bucket>>,
    rate: f64,
    burst: f64,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Admission {
    /// So many requests a second, and so many at once; a rate of 0 lets all in.
    #[must_use]
    pub fn new(rate: f64, burst: f64) -> Self {
        Self { buckets: Mutex::new(Cache::with_capacity(CLIENTS)), rate, burst: burst.max(1.0) }
    }

    /// Whether a client may make one more request now.
    pub fn admits(&self, client: Client, now: Instant) -> bool {
        if self.rate <= 0.0 {
            return true;
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = match buckets.get(&client) {
            Some(bucket) => bucket,
            None => {
                buckets.insert(client, Bucket { tokens: self.burst, at: now }, 1);
                let Some(bucket) = buckets.get(&client) else { return true };
                bucket
            }
        };
        let waited = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.tokens = (bucket.tokens + waited * self.rate).min(self.burst);
        bucket.at = now;
        let admitted = bucket.tokens >= 1.0;
        if admitted {
            bucket.tokens -= 1.0;
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_client_gets_its_burst_then_its_rate_and_others_are_not_touched() {
        let admission = Admission::new(20.0, 40.0);
        let (a, b) = (Client::of("1.1.1.1".parse().unwrap()), Client::of("1.1.1.2".parse().unwrap()));
        let start = Instant::now();
        let admitted = |client, at| (0..100).filter(|_| admission.admits(client, at)).count();
        assert_eq!(admitted(a, start), 40);
        assert_eq!(admitted(a, start + Duration::from_secs(1)), 20);
        assert_eq!(admitted(b, start + Duration::from_secs(1)), 40);
        assert_eq!(admitted(a, start + Duration::from_mins(1)), 40);
        assert_eq!(admitted(Client::Token, start), 40);
        assert_eq!((0..1_000).filter(|_| Admission::new(0.0, 1.0).admits(a, start)).count(), 1_000);
    }

    #[test]
    fn one_network_of_ipv6_is_one_client_and_mapped_addresses_are_what_they_map() {
        let of = |text: &str| Client::of(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:1.2.3.4"), of("1.2.3.4"));
    }

    #[test]
    fn only_our_own_proxies_say_where_a_request_comes_from() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6, 1.2.3.4".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.9".parse().unwrap());
        let connection: IpAddr = "10.0.0.1".parse().unwrap();
        let from = |proxies| origin(connection, &headers, proxies).to_string();
        assert_eq!(from(0), "10.0.0.1");
        assert_eq!(from(1), "10.0.0.9");
        assert_eq!(from(2), "1.2.3.4");
        assert_eq!(from(9), "10.0.0.1", "fewer than there should be");
        let mut odd = HeaderMap::new();
        odd.insert("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(origin(connection, &odd, 1), connection);
    }
}
