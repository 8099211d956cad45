//! What a tap does: an event for the game, and the actions that are built in.

use std::sync::Arc;

use super::input::Event;
use super::options::ShareText;
use super::{Occasion, OpenDataContext, Purpose};
use crate::error::{Diagnostic, Place};
use crate::friends::{PlatformFailure, RankEntry};
use crate::json::Value;
use crate::name::display_name;
use crate::number::Number;
use crate::platform::Call;
use crate::scene::{Content, Node, NodeId};

impl OpenDataContext {
    /// A tap on nodes, the topmost first: the first of them that has an action acts.
    pub(super) fn tap(&mut self, nodes: &[NodeId]) {
        // A button without an action is one that does nothing now; what it stands in is not meant.
        let acts = |node: &&Node| node.action.is_some() || matches!(node.content, Content::Button(_));
        let Some(node) = nodes.iter().filter_map(|id| self.prepared.scene.nodes.get(*id)).find(acts) else { return };
        let Some(action) = node.action.clone() else { return };
        let entry = self.friend_of(node).cloned();
        let friend = entry.as_ref().map_or(Value::Null, told);
        let (id, data) = (Arc::clone(&node.id), Arc::clone(&node.data));
        self.event(Event::Tap { action: Arc::clone(&action), id, data, friend });
        match &*action {
            "invite" => self.share(entry.as_ref(), true),
            "share" => self.share(entry.as_ref(), false),
            "authorize" => self.authorize(),
            "retry" => {
                self.pictures.forgive(&self.prepared.scene);
                self.refresh();
                self.tell_state();
            }
            "wholeBoard" => self.switch(Occasion::WholeBoard),
            // The event is all that the game's own actions have.
            _ => {}
        }
    }

    /// The friend that a node is about: by its `data-openid`, else by that of a node that it stands in.
    fn friend_of(&self, node: &Node) -> Option<&RankEntry> {
        let mut at = Some(node);
        while let Some(node) = at {
            if let Some((_, openid)) = node.data.iter().find(|(name, _)| &**name == "openid") {
                return self.ranking.entries().iter().find(|entry| !openid.is_empty() && entry.friend.openid == *openid);
            }
            at = node.parent.and_then(|parent| self.prepared.scene.nodes.get(parent));
        }
        None
    }

    /// Sends a friend a message.
    fn share(&mut self, entry: Option<&RankEntry>, is_invitation: bool) {
        let Some(entry) = entry.filter(|entry| !entry.friend.openid.is_empty()) else {
            let message = "nobody to send it to: the tap is the main domain's, which can open the contact list";
            return self.say(Diagnostic::warning("no-recipient", message, Place::default()));
        };
        let openid = Arc::clone(&entry.friend.openid);
        if self.marks.get(&openid) == Some(&"sending") {
            return;
        }
        let text = if is_invitation { &self.options.invite } else { &self.options.share };
        let ShareText { title, subtitle, image_url, template_type } = text;
        let arguments = Value::map([
            ("openid", Value::from(Arc::clone(&openid))),
            ("title", Value::from(filled(title, entry))),
            ("subtitle", Value::from(filled(subtitle, entry))),
            ("imageUrl", Value::from(filled(image_url, entry))),
            ("templateType", Value::from(Number::from(usize::from(*template_type)))),
        ]);
        self.mark(&openid, Some("sending"));
        self.call("shareToUser", arguments, Purpose::Share { openid });
    }

    fn authorize(&mut self) {
        let Some(call) = self.options.platform.permission_call() else { return };
        let arguments = match call {
            Call::AuthorizeOpenContext => Value::map([("get_status_only", false)]),
            _ => Value::Map(Arc::default()),
        };
        self.call(call.name(), arguments, Purpose::Authorize);
    }

    /// Takes what became of a call.
    pub(super) fn call_answered(&mut self, purpose: Purpose, success: bool, json: &str) {
        let answer = Value::from_json(json, self.renderer.limits()).unwrap_or_default();
        let text = answer.get("errMsg").and_then(Value::as_text).unwrap_or_default().to_owned();
        match purpose {
            Purpose::Share { openid } => {
                // Who thinks better of it has not failed.
                let cancelled = !success && text.to_ascii_lowercase().contains("cancel");
                let mark = if success { Some("sent") } else { Some("failed").filter(|_| !cancelled) };
                self.mark(&openid, mark);
                if !success && !cancelled {
                    self.say(failed("shareToUser", &text));
                }
            }
            Purpose::Authorize => {
                // The `code` of a success is for the game's server; that there is a success is all that counts here.
                if success && !PlatformFailure::is_failure_message(&text) {
                    self.refresh();
                    self.tell_state();
                } else {
                    self.say(failed(self.options.platform.permission_call().map_or("", Call::name), &text));
                }
            }
            Purpose::Store if success => self.refresh(),
            Purpose::Store => self.say(failed("setUserCloudStorage", &text)),
        }
    }

    fn mark(&mut self, openid: &Arc<str>, mark: Option<&'static str>) {
        match mark {
            Some(mark) => {
                self.marks.insert(Arc::clone(openid), mark);
            }
            None => {
                self.marks.remove(openid);
            }
        }
        while self.marks.len() > self.renderer.limits().context_marks {
            self.marks.pop_first();
        }
        self.stale.scene |= self.shown.is_some();
    }
}

fn failed(call: &str, text: &str) -> Diagnostic {
    let said = if text.is_empty() { "the platform gave no reason" } else { text };
    Diagnostic::warning("call-failed", format!("{call} failed: {said:.300}"), Place::default())
}

/// A friend as events tell it.
fn told(entry: &RankEntry) -> Value {
    let friend = &entry.friend;
    Value::map([
        ("openid", Value::from(Arc::clone(&friend.openid))),
        ("nickname", Value::from(Arc::clone(&friend.nickname))),
        ("avatarUrl", Value::from(Arc::clone(&friend.avatar_url))),
        ("rank", entry.rank.map_or(Value::Null, |rank| Value::from(Number::from(rank)))),
        ("score", friend.score.as_ref().map_or(Value::Null, |score| Value::from(score.value.clone()))),
        ("isSelf", Value::from(entry.is_self)),
    ])
}

/// A text with a friend's own name, score and rank in it.
fn filled(text: &str, entry: &RankEntry) -> String {
    let score = entry.friend.score.as_ref().map(|score| score.value.to_string()).unwrap_or_default();
    let rank = entry.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let name = display_name(&entry.friend.nickname);
    // Each place is filled once: what is filled in is not looked at again.
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let places = [("{name}", &*name), ("{score}", &score), ("{rank}", &rank)];
        let place = places.iter().find(|(place, _)| from.starts_with(place));
        let (value, length) = place.map_or(("{", 1), |(place, value)| (value, place.len()));
        out.push_str(value);
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}
