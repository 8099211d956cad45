//! The platform's side of a script: what its calls answer, how long they take, and when they fail.

use super::people::People;
use super::pictures::ScriptFiles;
use super::script::{Faults, Latency, Script};
use crate::cloud::{Cloud, CloudStorage};
use crate::error::{Diagnostic, Diagnostics, Place, closest};
use crate::json::Value;
use crate::platform::{Answer, Call, Domain, Fault, Version};
use crate::reading::Reading;
use crate::share::{self, Circumstances};

/// A platform that answers as a script says.
pub struct Service {
    cloud: Cloud<People>,
    client: Option<Version>,
    library: Option<Version>,
    files: ScriptFiles,
    latency: Latency,
    faults: Faults,
}

/// What a call comes to.
pub struct Reply {
    /// After so many ms.
    pub after: u64,
    /// True for `success`.
    pub success: bool,
    /// JSON.
    pub json: String,
    /// What its author should know of it.
    pub said: Diagnostics,
}

impl Service {
    /// A platform from a script, and who plays, where that is known.
    pub fn new(script: &Script, reading: &mut Reading<'_>) -> (Self, Option<String>) {
        let (people, known) = People::read(&script.friends, &script.groups, reading);
        let player = script.self_openid.clone().or(known);
        let mut cloud =
            Cloud::new(script.settings.platform, player.as_deref().unwrap_or_default(), people).with_unknown_rank_keys();
        cloud.set_authorised(script.authorized);
        let service = Self {
            cloud,
            client: script.client.clone(),
            library: script.library.clone(),
            files: ScriptFiles::new(&script.assets, reading.limits),
            latency: script.latency.clone(),
            faults: script.faults.clone(),
        };
        (service, player)
    }

    /// From here on other things fail.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// From here on calls take so long.
    pub fn set_latency(&mut self, latency: Latency) {
        self.latency = latency;
    }

    /// What fails.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// How long things take.
    pub fn latency(&self) -> &Latency {
        &self.latency
    }

    /// What a call of the board's comes to, and when. It is made in the open data domain; to be asked for the friend
    /// relation is the game's part, so that what a board asks for by a tap is made in the main domain.
    pub fn call(&mut self, name: &str, arguments: &Value) -> Reply {
        let after = self.latency.calls.get(name).copied().unwrap_or(0);
        let mut said = Diagnostics::new();
        let is_the_games = self.cloud.platform().permission_call().is_some_and(|call| call.name() == name);
        let domain = if is_the_games { Domain::Main } else { Domain::OpenData };
        let answer = self.make(domain, name, arguments, &mut said);
        let group = group_of(arguments);
        let json = match self.cloud.storage().as_written(group) {
            Some(written) if answer.is_success() && reads_people(name) => written.to_owned(),
            _ => answer.complete().to_json(),
        };
        Reply { after, success: answer.is_success(), json, said }
    }

    /// What a call of a game's own script comes to, and when: all of it is made in the open data domain.
    #[cfg(feature = "script")]
    pub fn call_of_script(&mut self, name: &str, arguments: &Value) -> Reply {
        let after = self.latency.calls.get(name).copied().unwrap_or(0);
        let mut said = Diagnostics::new();
        let answer = self.make(Domain::OpenData, name, arguments, &mut said);
        let json = match self.cloud.storage().as_written(group_of(arguments)) {
            Some(written) if answer.is_success() && reads_people(name) => written.to_owned(),
            _ => answer.complete().to_json(),
        };
        Reply { after, success: answer.is_success(), json, said }
    }

    /// What a call comes to that is made in a domain: of the game's own steps, or of the board.
    pub fn make(&mut self, domain: Domain, name: &str, arguments: &Value, said: &mut Diagnostics) -> Answer {
        let platform = self.cloud.platform();
        let call = match self.find(domain, name) {
            Ok(call) => call,
            Err(refusal) => {
                let (answer, why) = *refusal;
                said.push(why);
                return answer;
            }
        };
        if let Some(fault) = self.fault(name) {
            return Answer::Fail(fault);
        }
        if call == Call::CanIUse {
            let schema = arguments.as_text().or_else(|| arguments.get("schema")?.as_text()).unwrap_or_default();
            return Answer::Success(platform.can_i_use(schema, self.client.as_ref(), self.library.as_ref()).into());
        }
        let mut of_storage = Diagnostics::new();
        if let Ok(answer) = self.cloud.call(domain, name, arguments, &mut of_storage) {
            // That something is not allowed is on the board: it needs no word beside.
            if self.cloud.is_authorised() || !platform.needs_permission(call) {
                said.extend(of_storage);
            }
            return self.with_group(answer, name, arguments, said);
        }
        if share::share_calls(platform).any(|known| known == call) {
            return self.share(domain, call, arguments, said);
        }
        if platform.needs_permission(call) && !self.cloud.is_authorised() {
            let number = platform.storage().and_then(|storage| storage.number(Fault::NotAllowed));
            return Answer::failure(platform, call, "auth deny", number);
        }
        if call == Call::GetUserInfo {
            return self.user_info(domain, arguments);
        }
        if platform.permission_call() == Some(call) {
            self.cloud.set_authorised(true);
        } else {
            let message = format!("{call} succeeds with nothing: a script knows no more of it");
            let hint = "let it fail by the script's `faults`, where that is to be seen";
            said.push(Diagnostic::warning("no-answer", message, Place::default()).hint(hint));
        }
        Answer::of(platform, call, None, [])
    }

    /// Who plays, to the game; who several openids are, to the board: `selfOpenId` stands for the player's own.
    fn user_info(&self, domain: Domain, arguments: &Value) -> Answer {
        let platform = self.cloud.platform();
        let person = |openid: &str| {
            let openid = if openid == "selfOpenId" { self.cloud.openid() } else { openid };
            let known = self.cloud.storage().player(openid).ok().flatten()?;
            Some([
                ("nickName", Value::from(known.nickname)),
                ("avatarUrl", Value::from(known.avatar_url)),
                ("openId", openid.into()),
            ])
        };
        let member = if domain == Domain::OpenData {
            let asked = arguments.get("openIdList").and_then(Value::as_list).unwrap_or_default();
            ("data", asked.iter().filter_map(Value::as_text).filter_map(person).map(Value::map).collect())
        } else {
            // The game's own server knows the openid; here it is not told.
            let own = person("selfOpenId").into_iter().flatten().filter(|(name, _)| *name != "openId");
            ("userInfo", Value::map(own))
        };
        Answer::of(platform, Call::GetUserInfo, None, [member])
    }

    /// The call of this name, where the platform has it in the domain and in these versions; else what is answered, and why.
    fn find(&self, domain: Domain, name: &str) -> Result<Call, Box<(Answer, Diagnostic)>> {
        let platform = self.cloud.platform();
        let shown: String = name.chars().take(60).collect();
        let known = Call::from_name(name);
        let (code, text, hint) = match known {
            Some(call) if platform.has(call, domain) => {
                // A message says itself what is too old for it.
                let is_message = share::share_calls(platform).any(|known| known == call);
                if is_message || platform.can_i_use(name, self.client.as_ref(), self.library.as_ref()) {
                    return Ok(call);
                }
                let since = platform.since_library(call).or_else(|| platform.since(call));
                let since = since.map(|since| format!("it is there from {since} on")).unwrap_or_default();
                ("too-old", "not supported in this version".to_owned(), since)
            }
            Some(call) => match platform.other_domain(call, domain) {
                Some(other) => ("wrong-domain", format!("not supported in the {domain}"), format!("call it in the {other}")),
                None => {
                    let is_message = [Call::ShareToUser, Call::ShareMessageToFriend].contains(&call);
                    let own = platform.friend_message_call().filter(|_| is_message);
                    let hint = own.map_or("it is another platform's".to_owned(), |own| format!("{platform} has {own}"));
                    ("no-such-call", "not supported".to_owned(), hint)
                }
            },
            None => {
                let close = closest(name, platform.calls().map(Call::name));
                let hint = close.map(|close| format!("did you mean '{close}'?")).unwrap_or_default();
                ("no-such-call", "not supported".to_owned(), hint)
            }
        };
        let answer = match known {
            Some(call) => Answer::failure(platform, call, &text, None),
            None => Answer::Fail(Value::map([("errMsg", format!("{shown}:fail {text}"))])),
        };
        let why = Diagnostic::warning(code, format!("{platform}: {shown} is {text}"), Place::default());
        Err(Box::new((answer, if hint.is_empty() { why } else { why.hint(hint) })))
    }

    /// The fault that the script has for a call now.
    fn fault(&mut self, name: &str) -> Option<Value> {
        let (fault, times) = self.faults.calls.get_mut(name)?;
        if let Some(left) = times {
            *left = left.checked_sub(1)?;
        }
        Some(fault.clone())
    }

    /// What a script knows of the group beside its members; and a word where nobody has anything under the keys.
    fn with_group(&self, answer: Answer, name: &str, arguments: &Value, said: &mut Diagnostics) -> Answer {
        let people = self.cloud.storage();
        let group = group_of(arguments);
        let members = match answer {
            Answer::Success(members) if reads_people(name) => members,
            other => return other,
        };
        let asked = arguments.get("keyList").and_then(Value::as_list).unwrap_or_default();
        let asked: Vec<&str> = asked.iter().filter_map(Value::as_text).collect();
        let unasked = people.unasked_keys(group, &asked);
        if !unasked.is_empty() {
            let shown = unasked.iter().take(5).map(|key| format!("`{key:.40}`")).collect::<Vec<_>>().join(", ");
            let message = format!("nobody has anything under the keys that are asked for: {}", asked.join(", "));
            let hint = format!("the script's data has {shown}: name what is wanted in `keyList`");
            said.push(Diagnostic::warning("unasked-keys", message, Place::document(name)).hint(hint));
        }
        Answer::Success(match people.group_facts(group) {
            Some(facts) => members.with("group", facts),
            None => members,
        })
    }

    /// The platform's own check of a message, with its words.
    fn share(&mut self, domain: Domain, call: Call, arguments: &Value, said: &mut Diagnostics) -> Answer {
        let platform = self.cloud.platform();
        let mut circumstances = Circumstances::new(&self.files);
        circumstances.client.clone_from(&self.client);
        circumstances.library.clone_from(&self.library);
        circumstances.domain = Some(domain);
        circumstances.platform.authorized = self.cloud.is_authorised();
        match share::run_value(platform, call, arguments, &circumstances, said) {
            Ok(outcome) => {
                if outcome.answer.is_success() && platform.permission_call() == Some(call) {
                    self.cloud.set_authorised(true);
                }
                outcome.answer
            }
            Err(error) => Answer::failure(platform, call, &error.to_string(), None),
        }
    }
}

/// True for a call that answers with a list of people.
fn reads_people(name: &str) -> bool {
    [Call::GetFriendCloudStorage, Call::GetGroupCloudStorage, Call::GetCloudStorageByRelation]
        .into_iter()
        .any(|call| call.name() == name)
}

/// The group that a call asks for.
fn group_of(arguments: &Value) -> Option<&str> {
    let named = ["shareTicket", "groupid", "groupId"].into_iter().find_map(|name| arguments.get(name));
    named.or_else(|| arguments.get("extra")?.get("groupId"))?.as_text()
}
