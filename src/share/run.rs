//! From a call by its name to what comes of it.

use super::circumstances::Circumstances;
use super::outcome::{Calls, Outcome, REQUEST, Runner};
use super::{douyin, tiktok, wechat, wps};
use crate::error::{Diagnostics, Error, ErrorKind, Place, Result, closest};
use crate::json::Value;
use crate::platform::arguments::{self, Members, kind};
use crate::platform::{Call, Finding, Platform};

/// The platforms' own share calls.
fn calls(platform: Platform) -> Calls {
    match platform {
        Platform::TikTok => tiktok::CALLS,
        Platform::Douyin => douyin::CALLS,
        Platform::Wps => wps::CALLS,
        Platform::WeChat => wechat::CALLS,
    }
}

/// A platform's calls that can be run here, by the platform's own names.
pub fn share_calls(platform: Platform) -> impl Iterator<Item = Call> {
    calls(platform).iter().map(|&(call, _)| call)
}

/// A platform's share call of this name.
///
/// # Errors
/// `ErrorKind::Usage` with the known calls where the platform has none of this name.
///
/// ```
/// use friendboard::platform::{Call, Platform};
/// use friendboard::share::share_call;
/// assert_eq!(share_call(Platform::Wps, "shareMessage")?, Call::ShareMessage);
/// let error = share_call(Platform::Wps, "shareMesage").unwrap_err();
/// assert!(error.to_string().contains("did you mean 'shareMessage'?"));
/// # Ok::<(), friendboard::Error>(())
/// ```
pub fn share_call(platform: Platform, name: &str) -> Result<Call> {
    share_calls(platform).find(|call| call.name() == name).ok_or_else(|| no_share_call(platform, name))
}

fn no_share_call(platform: Platform, name: &str) -> Error {
    let names = || share_calls(platform).map(Call::name);
    let shown: String = name.chars().take(40).collect();
    let known = names().collect::<Vec<_>>().join(", ");
    let error = Error::new(ErrorKind::Usage, format!("{platform} has no share call {shown:?}; it has {known}"));
    match closest(name, names()) {
        Some(close) => error.hint(format!("did you mean '{close}'?")),
        None => error.hint("call names are written as the platform's documents write them"),
    }
}

fn runner(platform: Platform, call: Call) -> Result<Runner> {
    let known = calls(platform).iter().find(|(known, _)| *known == call);
    known.map(|&(_, runner)| runner).ok_or_else(|| no_share_call(platform, call.name()))
}

/// Runs a share call whose options are written as JSON: reads them, checks the call, answers it.
///
/// # Errors
/// `ErrorKind::Usage` where the platform has no such call, `ErrorKind::Data` where the options are no JSON object,
/// `ErrorKind::Limit` where they are over a ceiling. What the *platform* refuses is no error but an
/// [`Answer::Fail`](crate::platform::Answer::Fail).
pub fn run(
    platform: Platform,
    call: &str,
    options: &str,
    circumstances: &Circumstances<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome> {
    let call = share_call(platform, call)?;
    let members = arguments::parse(options, REQUEST, &circumstances.limits)?;
    run_members(platform, call, &members, circumstances, diagnostics)
}

/// Runs a share call with the options as a value.
///
/// # Errors
/// As [`run`].
pub fn run_value(
    platform: Platform,
    call: Call,
    options: &Value,
    circumstances: &Circumstances<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome> {
    match options {
        Value::Map(members) => run_members(platform, call, members, circumstances, diagnostics),
        Value::Null => run_members(platform, call, &Members::default(), circumstances, diagnostics),
        other => {
            let message = format!("expected the call's options as an object, found {}", kind(other));
            Err(Error::new(ErrorKind::Data, message).at(Place::document(REQUEST)))
        }
    }
}

fn run_members(
    platform: Platform,
    call: Call,
    members: &Members,
    circumstances: &Circumstances<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Outcome> {
    let barred = barred(platform, call, circumstances);
    Ok(runner(platform, call)?(members, circumstances, barred, diagnostics))
}

/// Why a call is not there at all: it is made in the other domain, or the base library is older than the call.
fn barred(platform: Platform, call: Call, circumstances: &Circumstances<'_>) -> Option<Finding> {
    if let Some(domain) = circumstances.domain
        && let Some(other) = platform.other_domain(call, domain)
    {
        let finding = Finding::undocumented("wrong-domain", format!("not supported in the {domain}"));
        return Some(finding.because(format!("{call} is called in the {other}")));
    }
    let since = platform.since_library(call).filter(|since| circumstances.library_is_older(since))?;
    let found = circumstances.library.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(
        Finding::undocumented("library-too-old", "not supported in this version of the base library")
            .because(format!("base library {found}, needs {since} or newer; ask canIUse('{call}') first")),
    )
}
