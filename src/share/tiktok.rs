//! TikTok: `shareToUser`, `shareAppMessage`, `shareToStory`, `authorizeOpenContext`.
//!
//! The platform's documents name the options and no error numbers; failures are `{errMsg: "NAME:fail …"}`, whose texts
//! after `fail` are ours, except for `cancel`.

use serde::Serialize;

use super::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use super::circumstances::{Circumstances, Network};
use super::common::{missing_image, person};
use super::outcome::{Calls, FromArguments, ShareCall, outcome};
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform, first_error};

/// The calls that are run here.
pub(super) const CALLS: Calls = &[
    (Call::ShareToUser, outcome::<ShareToUser>),
    (Call::ShareAppMessage, outcome::<ShareAppMessage>),
    (Call::ShareToStory, outcome::<ShareToStory>),
    (Call::AuthorizeOpenContext, outcome::<AuthorizeOpenContext>),
];

/// How a message looks: `templateType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum TemplateType {
    /// 1: call to action, with title, subtitle, picture and one button.
    #[default]
    CallToAction,
    /// 2: interactive, the picture full-bleed with two quick answers.
    Interactive,
}

/// What all three share calls have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Picture; required, but for a story.
    pub image_url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Line below it.
    pub subtitle: Option<String>,
    /// `templateType` as it was written; absent: 1.
    pub template_type: Option<i64>,
}

impl Message {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self {
            image_url: reader.text("imageUrl"),
            title: reader.text("title"),
            subtitle: reader.text("subtitle"),
            template_type: reader.integer("templateType"),
        }
    }

    /// The template that the request asks for; the first where it asks for none that there is.
    #[must_use]
    pub fn template(&self) -> TemplateType {
        if self.template_type == Some(2) { TemplateType::Interactive } else { TemplateType::CallToAction }
    }

    fn check(&self, call: Call, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        check_client(call, circumstances, &mut findings);
        // 'shareToStory({success, fail})': the story shows what the platform takes of the game.
        if self.image_url.is_none() && call != Call::ShareToStory {
            findings.push(missing("imageUrl"));
        }
        if let Some(other) = self.template_type.filter(|kind| !(1..=2).contains(kind)) {
            findings.push(invalid("templateType", &format!("expected 1 or 2, found {other}")));
        }
        if let Some(image) = &self.image_url {
            findings.extend(missing_image(circumstances.state(image), image, "imageUrl"));
        }
        check_platform(circumstances, &mut findings);
        findings
    }

    fn card(&self, kind: CardKind, circumstances: &Circumstances<'_>) -> CardModel {
        let app = &circumstances.platform.app;
        let buttons: &[&str] = match kind {
            CardKind::TiktokInteractive => &["Maybe later", "I'm in!"],
            CardKind::TiktokStory => &["Play"],
            _ => &["Play now"],
        };
        CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: self.title.clone().unwrap_or_default(),
            subtitle: self.subtitle.clone().unwrap_or_default(),
            image: match &self.image_url {
                None if kind == CardKind::TiktokStory => Image::of(ImageKind::Icon, &app.icon),
                image => Image::named(image.as_deref().unwrap_or_default()),
            },
            image_ratio: if kind == CardKind::TiktokStory { [9, 16] } else { [5, 4] },
            buttons: buttons.iter().map(ToString::to_string).collect(),
            mark: "Mini game".to_owned(),
            ..CardModel::new(Platform::TikTok, kind)
        }
    }

    fn card_kind(&self) -> CardKind {
        match self.template() {
            TemplateType::CallToAction => CardKind::TiktokCallToAction,
            TemplateType::Interactive => CardKind::TiktokInteractive,
        }
    }
}

fn check_client(call: Call, circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
    if let Some(since) = Platform::TikTok.since(call).filter(|since| circumstances.client_is_older(since)) {
        let client = circumstances.client.as_ref().map(ToString::to_string).unwrap_or_default();
        findings.push(
            Finding::undocumented("client-too-old", "not supported in this version of the client")
                .because(format!("client {client}, needs {since} or newer; ask canIUse('{}') first", call.name())),
        );
    }
}

fn check_platform(circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
    if circumstances.platform.network != Network::Available {
        findings.push(Finding::undocumented("network", "network unavailable"));
    }
    if !circumstances.platform.authorized {
        findings.push(
            Finding::undocumented("not-authorized", "auth deny").because("call authorizeOpenContext before sharing to friends"),
        );
    }
    check_person(circumstances, findings);
}

fn check_person(circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
    findings.extend(person(circumstances, Finding::text_only("cancel", "cancel")));
}

fn invalid(path: &str, reason: &str) -> Finding {
    Finding::undocumented("invalid-parameter", format!("invalid parameter {path}")).at(path).because(reason)
}

fn missing(path: &str) -> Finding {
    invalid(path, "it is required and missing")
}

/// `{errMsg: "NAME:ok"}` or `{errMsg: "NAME:fail …"}`.
fn answer(call: Call, findings: &[Finding]) -> Answer {
    Answer::of(Platform::TikTok, call, first_error(findings), [])
}

/// `shareToUser`, in the open data domain: to one friend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareToUser {
    /// The friend; required.
    pub openid: Option<String>,
    /// What is sent.
    #[serde(flatten)]
    pub message: Message,
}

impl FromArguments for ShareToUser {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { openid: reader.text("openid"), message: Message::read(reader) }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl ShareCall for ShareToUser {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = self.message.check(Call::ShareToUser, circumstances);
        if self.openid.is_none() {
            findings.insert(0, missing("openid"));
        }
        findings
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::ShareToUser, findings)
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        vec![self.message.card(self.message.card_kind(), circumstances)]
    }
}

/// `shareAppMessage`, in the main domain: opens the contact list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareAppMessage {
    /// What is sent.
    #[serde(flatten)]
    pub message: Message,
}

impl FromArguments for ShareAppMessage {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { message: Message::read(reader) }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl ShareCall for ShareAppMessage {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        self.message.check(Call::ShareAppMessage, circumstances)
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::ShareAppMessage, findings)
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        vec![self.message.card(self.message.card_kind(), circumstances)]
    }
}

/// `shareToStory`, in the main domain: nothing has to be given; a picture that is given is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareToStory {
    /// What is sent.
    #[serde(flatten)]
    pub message: Message,
}

impl FromArguments for ShareToStory {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { message: Message::read(reader) }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl ShareCall for ShareToStory {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        self.message.check(Call::ShareToStory, circumstances)
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::ShareToStory, findings)
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        vec![self.message.card(CardKind::TiktokStory, circumstances)]
    }
}

/// `authorizeOpenContext`: asks for the friend relation, or only whether it was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AuthorizeOpenContext {
    /// Only the state is looked up; nobody is asked.
    pub get_status_only: bool,
}

impl FromArguments for AuthorizeOpenContext {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { get_status_only: reader.boolean("get_status_only").unwrap_or_default() }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl ShareCall for AuthorizeOpenContext {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if circumstances.platform.network != Network::Available {
            findings.push(Finding::undocumented("network", "network unavailable"));
        }
        // Who has granted it before is not asked again.
        if !circumstances.platform.authorized {
            if self.get_status_only {
                findings.push(
                    Finding::undocumented("not-authorized", "auth deny")
                        .because("call it without get_status_only to ask the person"),
                );
            } else {
                check_person(circumstances, &mut findings);
            }
        }
        findings
    }

    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer {
        if first_error(findings).is_some() {
            return answer(Call::AuthorizeOpenContext, findings);
        }
        Answer::Success(Value::map([("code", circumstances.platform.authorization_code.as_str())]))
    }

    fn cards(&self, _circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        Vec::new()
    }
}
