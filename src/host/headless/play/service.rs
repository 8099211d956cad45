//! The platform's side of a script: what its calls answer, how long they take, and when they fail.

use std::collections::BTreeMap;

use super::people::People;
use super::script::{Faults, Script};
use crate::cloud::Cloud;
use crate::error::{Diagnostic, Diagnostics, Place};
use crate::json::Value;
use crate::platform::{Answer, Call, Domain, Platform, Version};
use crate::reading::Reading;
use crate::share::{self, Circumstances, NoFiles, PlatformState};

/// A platform that answers as a script says.
pub struct Service {
    cloud: Cloud<People>,
    client: Option<Version>,
    latency: BTreeMap<String, u64>,
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
        let mut cloud = Cloud::new(script.platform, player.as_deref().unwrap_or_default(), people).with_unknown_rank_keys();
        cloud.set_authorised(script.authorized);
        let service =
            Self { cloud, client: script.client.clone(), latency: script.latency.clone(), faults: script.faults.clone() };
        (service, player)
    }

    /// From here on other things fail.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// From here on calls take so long.
    pub fn set_latency(&mut self, latency: BTreeMap<String, u64>) {
        self.latency = latency;
    }

    /// What fails.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// How long a call or a picture takes, ms.
    pub fn latency(&self, name: &str) -> u64 {
        self.latency.get(name).copied().unwrap_or(0)
    }

    /// What a call of the open data context comes to, and when.
    pub fn call(&mut self, name: &str, arguments: &Value) -> Reply {
        let after = self.latency(name);
        let mut said = Diagnostics::new();
        if let Some(fault) = self.fault(name) {
            return Reply { after, success: false, json: fault.to_json(), said };
        }
        let answer = self.answer(name, arguments, &mut said);
        let group = group_of(arguments);
        let json = match self.cloud.storage().as_written(group) {
            Some(written) if answer.is_success() && reads_people(name) => written.to_owned(),
            _ => answer.complete().to_json(),
        };
        Reply { after, success: answer.is_success(), json, said }
    }

    /// The fault that the script has for a call now.
    fn fault(&mut self, name: &str) -> Option<Value> {
        let (fault, times) = self.faults.calls.get_mut(name)?;
        if let Some(left) = times {
            *left = left.checked_sub(1)?;
        }
        Some(fault.clone())
    }

    fn answer(&mut self, name: &str, arguments: &Value, said: &mut Diagnostics) -> Answer {
        let platform = self.cloud.platform();
        let Some(call) = Call::from_name(name) else {
            return Answer::Fail(Value::map([("errMsg", format!("{name}:fail not supported"))]));
        };
        let mut of_storage = Diagnostics::new();
        if let Ok(answer) = self.cloud.call(Domain::OpenData, name, arguments, &mut of_storage) {
            // That something is not allowed is on the board: it needs no word beside.
            if self.cloud.is_authorised() || !platform.needs_permission(call) {
                said.extend(of_storage);
            }
            return self.with_group(answer, name, arguments, said);
        }
        if share::share_calls(platform).any(|known| known == call) {
            return self.share(platform, call, arguments, said);
        }
        if platform.permission_call() == Some(call) {
            self.cloud.set_authorised(true);
        }
        Answer::of(platform, call, None, [])
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
    fn share(&mut self, platform: Platform, call: Call, arguments: &Value, said: &mut Diagnostics) -> Answer {
        let mut circumstances = Circumstances::new(&NoFiles);
        circumstances.client.clone_from(&self.client);
        circumstances.platform = PlatformState { authorized: self.cloud.is_authorised(), ..circumstances.platform };
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

    /// Stores pairs of the player's own, as the game does in its main domain.
    pub fn store(&mut self, pairs: &[(String, Value)], said: &mut Diagnostics) -> Answer {
        let pairs = pairs.iter().map(|(key, value)| {
            let text = value.as_text().map_or_else(|| value.to_json(), str::to_owned);
            Value::map([("key", Value::from(key)), ("value", Value::from(text))])
        });
        let stored_as = self.cloud.platform().storage().map_or("KVDataList", |storage| storage.stored_as);
        self.main_call(Call::SetUserCloudStorage, &Value::map([(stored_as, Value::list(pairs))]), said)
    }

    /// Removes pairs of the player's own, as the game does in its main domain.
    pub fn remove(&mut self, keys: &[String], said: &mut Diagnostics) -> Answer {
        self.main_call(Call::RemoveUserCloudStorage, &Value::map([("keyList", Value::list(keys))]), said)
    }

    fn main_call(&mut self, call: Call, arguments: &Value, said: &mut Diagnostics) -> Answer {
        match self.cloud.call(Domain::Main, call.name(), arguments, said) {
            Ok(answer) => answer,
            Err(error) => Answer::failure(self.cloud.platform(), call, &error.to_string(), None),
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
