//! Which addresses of the network pictures may come from.
//!
//! Friend data comes from outside, and so do the addresses in it. A server that fetched whatever they name could be made
//! to ask its own network for things: so only public addresses are reached, on the web's own ports, unless the one who
//! runs it names a host.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use reqwest::Url;
use url::Host;

use crate::error::{Error, ErrorKind, Result};

/// The ports that are reached without a host being named.
const PORTS: [u16; 2] = [80, 443];

/// Which addresses may be fetched: public ones on ports 80 and 443, and named hosts wherever they are.
///
/// ```
/// use friendboard::host::headless::AddressPolicy;
/// let policy = AddressPolicy::default();
/// assert!(policy.check("https://images.example/a.png").is_ok());
/// assert!(policy.check("http://127.1/a.png").is_err());
/// let policy = policy.allow("localhost:8080".parse()?);
/// assert!(policy.check("http://localhost:8080/a.png").is_ok());
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AddressPolicy {
    allowed: Vec<AllowedHost>,
}

/// A host that may be reached wherever it is: `HOST` on ports 80 and 443, `HOST:PORT` on that port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedHost {
    host: Host<String>,
    port: Option<u16>,
}

/// How an address that may be fetched is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// At public addresses only; what a name resolves to is checked at the connection.
    Public,
    /// Wherever it is: the host is named.
    Named,
}

impl AddressPolicy {
    /// The same policy with one more host that may be reached wherever it is.
    #[must_use]
    pub fn allow(mut self, host: AllowedHost) -> Self {
        self.allowed.push(host);
        self
    }

    /// Reads an address and says how it may be reached. Names are not resolved here: the connection does that, once, and
    /// takes only what [`refusal`] lets through.
    ///
    /// # Errors
    /// [`ErrorKind::Picture`] with what was refused, and how to allow it where that is possible.
    pub fn check(&self, address: &str) -> Result<(Url, Reach)> {
        let url = Url::parse(address).map_err(|error| refused(format!("an http or https address was expected: {error}")))?;
        let reach = self.check_url(&url)?;
        Ok((url, reach))
    }

    /// [`AddressPolicy::check`] for an address that is read already.
    ///
    /// # Errors
    /// As there.
    pub fn check_url(&self, url: &Url) -> Result<Reach> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused(format!("an http or https address was expected, found {}:", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("an address without a user name or password was expected"));
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(refused("an address with a host was expected"));
        };
        let name = Named { host: &host, port };
        if self.allowed.iter().any(|allowed| allowed.is(&host, port)) {
            return Ok(Reach::Named);
        }
        if !PORTS.contains(&port) {
            return Err(refused(format!("port {port} is refused: only 80 and 443 are reached")).hint(name.to_string()));
        }
        let literal = match host {
            Host::Ipv4(address) => IpAddr::V4(address),
            Host::Ipv6(address) => IpAddr::V6(address),
            Host::Domain(_) => return Ok(Reach::Public),
        };
        match refusal(literal) {
            Some(why) => Err(refused(format!("{literal} is refused: it is {why}")).hint(name.to_string())),
            None => Ok(Reach::Public),
        }
    }
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Picture, message)
}

/// How to allow an address; as text, the hint of its refusal.
pub(super) struct Named<'a, S> {
    pub host: &'a Host<S>,
    pub port: u16,
}

impl<S: AsRef<str>> fmt::Display for Named<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host {
            Host::Domain(name) => write!(f, "--allow-host {}", name.as_ref())?,
            Host::Ipv4(address) => write!(f, "--allow-host {address}")?,
            Host::Ipv6(address) => write!(f, "--allow-host [{address}]")?,
        }
        if !PORTS.contains(&self.port) {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(" lets it be fetched, if you trust it")
    }
}

impl AllowedHost {
    fn is(&self, host: &Host<&str>, port: u16) -> bool {
        let same = match (&self.host, host) {
            // The trailing dot of a name that is complete changes nothing of who is meant.
            (Host::Domain(ours), Host::Domain(theirs)) => ours.trim_end_matches('.') == theirs.trim_end_matches('.'),
            (Host::Ipv4(ours), Host::Ipv4(theirs)) => ours == theirs,
            (Host::Ipv6(ours), Host::Ipv6(theirs)) => ours == theirs,
            _ => false,
        };
        same && self.port.map_or_else(|| PORTS.contains(&port), |allowed| allowed == port)
    }
}

impl FromStr for AllowedHost {
    type Err = Error;

    /// Reads `HOST` or `HOST:PORT`; an IPv6 address with a port stands in brackets.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            let shown: String = text.chars().take(80).collect();
            Error::new(ErrorKind::Usage, format!("HOST or HOST:PORT was expected, found {shown:?}"))
                .hint("such as images.example, localhost:8080, 10.0.0.7 or [::1]:8080")
        };
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Ok(Self { host: Host::Ipv6(address), port: None });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && (!host.contains(':') || host.ends_with(']')) => {
                let digits = port.bytes().all(|byte| byte.is_ascii_digit());
                (host, Some(port.parse::<u16>().ok().filter(|&port| digits && port > 0).ok_or_else(wrong)?))
            }
            _ => (text, None),
        };
        // Only a host: what else an address may have would be passed over, or mean another host than it seems.
        if host.contains(['/', '\\', '?', '#', '@', '*', ' ']) {
            return Err(wrong());
        }
        let host = Host::parse(host).map_err(|error| wrong().source(error))?;
        Ok(Self { host, port })
    }
}

/// Why an address is not to be reached: what it is, where it is not a public one; `None` for a public one.
///
/// After IANA's registries of special-purpose addresses. An IPv6 address that carries an IPv4 one (mapped, compatible,
/// translated, 6to4, Teredo) is refused whatever it carries: no public name needs one.
///
/// ```
/// use friendboard::host::headless::refusal;
/// assert_eq!(refusal("1.1.1.1".parse().unwrap()), None);
/// assert_eq!(refusal("169.254.169.254".parse().unwrap()), Some("a link-local address"));
/// ```
#[must_use]
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => refusal_v4(address),
        IpAddr::V6(address) => refusal_v6(address),
    }
}

/// Blocks of IPv4 that are not public, with what they are, by their first address and their length in bits.
const IPV4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::UNSPECIFIED, 8, "an address of this network"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "a private address"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "an address shared by a carrier's customers"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "a loopback address"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "a link-local address"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "a private address"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "an address of a protocol"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(192, 31, 196, 0), 24, "an address of a protocol"),
    (Ipv4Addr::new(192, 52, 193, 0), 24, "an address of a protocol"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "a relay of 6to4"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "a private address"),
    (Ipv4Addr::new(192, 175, 48, 0), 24, "an address of a protocol"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "an address for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "a multicast address"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "a reserved address"),
];

fn refusal_v4(address: Ipv4Addr) -> Option<&'static str> {
    let inside = |(first, length, _): &&(Ipv4Addr, u32, &str)| {
        let shift = 32 - length;
        address.to_bits() >> shift == first.to_bits() >> shift
    };
    IPV4.iter().find(inside).map(|(_, _, what)| *what)
}

/// Blocks of IPv6 that are not public; of nested ones the inner first.
const IPV6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, "the unspecified address"),
    (Ipv6Addr::LOCALHOST, 128, "a loopback address"),
    (Ipv6Addr::UNSPECIFIED, 96, "an IPv4 address in IPv6 (compatible)"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "an IPv4 address in IPv6 (mapped)"),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, "an IPv4 address in IPv6 (translated)"),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, "an IPv4 address in IPv6 (NAT64)"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "an IPv4 address in IPv6 (NAT64)"),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, "an address that discards"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, "an IPv4 address in IPv6 (Teredo)"),
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48, "an address for benchmarks"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "an address of a protocol"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "an address for documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "an IPv4 address in IPv6 (6to4)"),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48, "an address of a protocol"),
    (Ipv6Addr::new(0x3ffe, 0, 0, 0, 0, 0, 0, 0), 16, "a reserved address"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "an address for documentation"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "a private address"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "a link-local address"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "a site-local address"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "a multicast address"),
];

fn refusal_v6(address: Ipv6Addr) -> Option<&'static str> {
    let within = |first: Ipv6Addr, length: u32| {
        let shift = 128 - length;
        address.to_bits() >> shift == first.to_bits() >> shift
    };
    if let Some((_, _, what)) = IPV6.iter().find(|(first, length, _)| within(*first, *length)) {
        return Some(what);
    }
    // All that was ever given out for public use is in 2000::/3.
    (!within(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)).then_some("a reserved address")
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
