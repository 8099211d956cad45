//! Names to addresses, at the connection: what is not public never gets as far as a socket.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Reach, refusal};

/// Asks for a name's addresses; the system's resolver, but in tests.
pub(super) type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// The system's resolver.
pub(super) fn system() -> Lookup {
    Arc::new(|name| Ok((name, 0).to_socket_addrs()?.collect()))
}

/// A name all of whose addresses are refused.
#[derive(Debug)]
pub(super) struct RefusedName {
    name: String,
    address: SocketAddr,
    why: &'static str,
}

impl RefusedName {
    /// The one that an error comes from, if any.
    pub(super) fn behind<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a Self> {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(refused) = error.downcast_ref::<Self>() {
                return Some(refused);
            }
            cause = error.source();
        }
        None
    }
}

impl fmt::Display for RefusedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is refused: its address {} is {}", self.name, self.address.ip(), self.why)
    }
}

impl StdError for RefusedName {}

/// What a connection asks for the addresses of a name. It connects to nothing but what it is given here, so that a name
/// that resolves to something else a moment later gains nothing.
pub(super) struct Resolver {
    pub lookup: Lookup,
    pub reach: Reach,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, reach, name) = (Arc::clone(&self.lookup), self.reach, name.as_str().to_owned());
        let answer = Answer::default();
        let slot = Arc::clone(&answer.0);
        // The system's resolver can't be stopped, and may take half a minute: on a thread of its own it holds up nobody.
        let thread = thread::Builder::new().name("resolve".to_owned()).spawn(move || {
            let found = lookup(&name).map_err(Into::into).and_then(|found| admit(&name, found, reach));
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            slot.found = Some(found);
            if let Some(waker) = slot.waker.take() {
                waker.wake();
            }
        });
        match thread {
            Ok(_) => Box::pin(answer),
            Err(error) => Box::pin(std::future::ready(Err(error.into()))),
        }
    }
}

type Found = Result<Vec<SocketAddr>, Box<dyn StdError + Send + Sync>>;

/// The addresses of a name that may be connected to.
fn admit(name: &str, found: Vec<SocketAddr>, reach: Reach) -> Found {
    if reach == Reach::Named {
        return Ok(found);
    }
    let mut refused = None;
    let mut admitted = Vec::new();
    for address in found {
        match refusal(address.ip()) {
            None => admitted.push(address),
            Some(why) => refused = refused.or(Some(RefusedName { name: name.to_owned(), address, why })),
        }
    }
    match refused {
        Some(refused) if admitted.is_empty() => Err(Box::new(refused)),
        _ => Ok(admitted),
    }
}

#[derive(Default)]
struct Slot {
    found: Option<Found>,
    waker: Option<Waker>,
}

/// Addresses that a thread is looking up.
#[derive(Default)]
struct Answer(Arc<Mutex<Slot>>);

impl Future for Answer {
    type Output = Result<Addrs, Box<dyn StdError + Send + Sync>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = slot.found.take() {
            return Poll::Ready(found.map(|addresses| Box::new(addresses.into_iter()) as Addrs));
        }
        slot.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_admitted() {
        let addresses = |list: &[&str]| list.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect::<Vec<_>>();
        let mixed = addresses(&["127.0.0.1", "1.1.1.1", "::1", "2606:4700::1111", "::ffff:1.1.1.1", "100.64.0.1"]);
        let admitted = admit("mixed.example", mixed.clone(), Reach::Public).unwrap();
        assert_eq!(admitted, addresses(&["1.1.1.1", "2606:4700::1111"]));
        assert_eq!(admit("mixed.example", mixed.clone(), Reach::Named).unwrap(), mixed);
        assert!(admit("none.example", Vec::new(), Reach::Public).unwrap().is_empty());

        let error = admit("inner.example", addresses(&["169.254.169.254", "fd00::1"]), Reach::Public).unwrap_err();
        assert_eq!(error.to_string(), "inner.example is refused: its address 169.254.169.254 is a link-local address");
        let wrapped = io::Error::other(error);
        assert!(RefusedName::behind(wrapped.get_ref().unwrap()).is_some());
        assert!(RefusedName::behind(&io::Error::other("something else")).is_none());
    }
}
