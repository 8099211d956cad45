//! What is done upon a tap, and upon the answers to what was asked of the platform beside data.

use std::sync::Arc;

use super::calls;
use super::data::own_stored;
use super::pending::Purpose;
use super::{Reaction, Session};
use crate::context::exchange::Tap;
use crate::context::input::Event;
use crate::context::messages::Profile;
use crate::context::options::Occasion;
use crate::context::outbox::Outbox;
use crate::error::{Diagnostic, Place};
use crate::friends::{PlatformFailure, RankEntry};
use crate::json::Value;
use crate::number::Number;
use crate::platform::Call;
use crate::scene::Mark;

impl Session {
    /// Acts upon a tap: an event for the game, and the actions that are built in.
    pub(in crate::context) fn act(&mut self, tap: Tap, now: f64, outbox: &mut Outbox) -> Reaction {
        let Tap { action, id, data, openid } = tap;
        let on_stage = Arc::clone(&self.on_stage);
        let is_it = |entry: &RankEntry<'_>| openid.as_ref().is_some_and(|openid| *entry.friend.openid() == **openid);
        let entry = on_stage.entries().find(|entry| is_it(entry) && !entry.friend.openid().is_empty());
        let friend = entry.map_or(Value::Null, friend_value);
        outbox.event(Event::Tap { action: Arc::clone(&action), id, data, friend });
        match &*action {
            "invite" => self.share(entry, true, now, outbox),
            "share" => self.share(entry, false, now, outbox),
            "authorize" => {
                if let Some(call) = calls::authorize(&self.options) {
                    self.call(call, Purpose::Authorize, outbox);
                }
            }
            "retry" => {
                self.refresh(now, outbox);
                self.report_state(outbox);
                return Reaction::Retry;
            }
            "wholeBoard" if self.switch(Occasion::WholeBoard, outbox) => return Reaction::AnotherBoard,
            // The event is all that the game's own actions have.
            _ => {}
        }
        Reaction::Nothing
    }

    /// Sends a friend a message.
    fn share(&mut self, entry: Option<RankEntry<'_>>, is_invitation: bool, now: f64, outbox: &mut Outbox) {
        let Some(entry) = entry.filter(|entry| !entry.friend.openid().is_empty()) else {
            let message = "nobody to send it to: the tap is the main domain's, which can open the contact list";
            return outbox.say(Diagnostic::warning("no-recipient", message, Place::default()));
        };
        let openid: Arc<str> = Arc::from(entry.friend.openid());
        if self.marks.get(&openid) == Some(Mark::Sending) {
            return;
        }
        let text = if is_invitation { &self.options.invite } else { &self.options.share };
        let Some(call) = calls::share(text, entry, self.options.platform) else {
            let message = format!("{} has no call that sends a friend a message", self.options.platform);
            return outbox.say(Diagnostic::warning("no-recipient", message, Place::default()));
        };
        self.marks.set(&openid, Mark::Sending, now);
        self.revision += 1;
        self.call(call, Purpose::Share { openid }, outbox);
    }

    /// Shows another board of the same data; false where it is shown already.
    pub(super) fn switch(&mut self, occasion: Occasion, outbox: &mut Outbox) -> bool {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.occasion != occasion) else { return false };
        shown.occasion = occasion;
        self.revision += 1;
        self.reported = None;
        self.report_state(outbox);
        true
    }

    /// Takes what became of a call beside those for data.
    pub(super) fn call_answered(&mut self, purpose: Purpose, success: bool, json: &str, now: f64, outbox: &mut Outbox) {
        let answer = Value::from_json(json, &self.limits).unwrap_or_default();
        let text = answer.get("errMsg").and_then(Value::as_text).unwrap_or_default();
        match purpose {
            Purpose::Share { openid } => {
                // Who thinks better of it has not failed.
                let is_cancelled = !success && text.to_ascii_lowercase().contains("cancel");
                if is_cancelled {
                    self.marks.remove(&openid);
                } else {
                    self.marks.set(&openid, if success { Mark::Sent } else { Mark::Failed }, now);
                }
                self.revision += 1;
                if !success && !is_cancelled {
                    let name = self.options.platform.friend_message_call().map_or("", Call::name);
                    outbox.say(call_failed(name, text));
                }
            }
            Purpose::Authorize => {
                // The `code` of a success is for the game's server; that there is a success is all that counts here.
                if success && !PlatformFailure::is_failure_message(text) {
                    self.refresh(now, outbox);
                    self.report_state(outbox);
                } else {
                    let name = self.options.platform.permission_call().map_or("", Call::name);
                    outbox.say(call_failed(name, text));
                }
            }
            Purpose::OwnStored { key, value } => {
                let stored =
                    if success { own_stored(json, key.as_ref().or(self.options.keys.first()), &self.limits) } else { None };
                let better =
                    stored.filter(|stored| self.data.own().is_some_and(|own| !self.is_better(&own.score.value, stored)));
                match better {
                    Some(better) => {
                        self.data.forget_own();
                        self.revision += 1;
                        let message = format!("a score is not better than {better}, which is stored: it is not stored");
                        outbox.say_once(&Diagnostic::warning("not-better", message, Place::default()));
                    }
                    None => self.call(calls::store(key, value, &self.options), Purpose::Store, outbox),
                }
            }
            Purpose::WhoPlays => {
                let person = answer.get("data").and_then(Value::as_list).and_then(<[Value]>::first).filter(|_| success);
                let Some(person) = person else { return };
                let text = |name: &str| person.get(name).and_then(Value::as_text).map(Arc::from).unwrap_or_default();
                self.set_profile(&Profile { nickname: text("nickName"), avatar_url: text("avatarUrl") });
                if self.options.rank.self_openid.is_none() && !text("openId").is_empty() {
                    self.set_self(text("openId"));
                }
            }
            Purpose::Store if success => self.refresh(now, outbox),
            Purpose::Store => outbox.say(call_failed(Call::SetUserCloudStorage.name(), text)),
        }
    }
}

fn call_failed(call: &str, text: &str) -> Diagnostic {
    let said = if text.is_empty() { "the platform gave no reason" } else { text };
    Diagnostic::warning("call-failed", format!("{call} failed: {said:.300}"), Place::default())
}

/// A friend as events tell of one.
fn friend_value(entry: RankEntry<'_>) -> Value {
    let friend = entry.friend;
    Value::map([
        ("openid", Value::from(friend.openid())),
        ("nickname", Value::from(friend.nickname())),
        ("avatarUrl", Value::from(friend.avatar_url())),
        ("rank", entry.rank.map_or(Value::Null, |rank| Value::from(Number::from(rank)))),
        ("score", entry.score.map_or(Value::Null, |score| Value::from(score.value.clone()))),
        ("isSelf", Value::from(entry.is_self)),
    ])
}
