//! `showShareMenu`, `hideShareMenu`, `updateShareMenu`.

use serde::Serialize;

use super::spelling::{answer, invalid};
use super::status::status;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform};
use crate::share::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use crate::share::circumstances::{Circumstances, Menu, Updatable};
use crate::share::outcome::{FromArguments, ShareCall};

const MEMBER_COUNT: &str = "member_count";
const ROOM_LIMIT: &str = "room_limit";

/// `showShareMenu`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShowShareMenu {
    /// Messages to groups carry a ticket.
    pub with_share_ticket: bool,
}

impl ShowShareMenu {
    /// The menu as the call leaves it.
    pub fn apply(&self, menu: &mut Menu) {
        menu.hidden = false;
        menu.with_share_ticket = self.with_share_ticket;
    }
}

impl FromArguments for ShowShareMenu {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let with_share_ticket = reader.boolean("withShareTicket").unwrap_or_default();
        reader.pass_over(&["menus", "showShareItems"]);
        Self { with_share_ticket }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for ShowShareMenu {
    fn check(&self, _circumstances: &Circumstances<'_>) -> Vec<Finding> {
        Vec::new()
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::ShowShareMenu, findings, [])
    }

    fn cards(&self, _circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        Vec::new()
    }
}

/// `hideShareMenu`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HideShareMenu {}

impl HideShareMenu {
    /// The menu as the call leaves it.
    pub fn apply(&self, menu: &mut Menu) {
        menu.hidden = true;
    }
}

impl FromArguments for HideShareMenu {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        reader.pass_over(&["menus", "hideShareItems"]);
        Self {}
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for HideShareMenu {
    fn check(&self, _circumstances: &Circumstances<'_>) -> Vec<Finding> {
        Vec::new()
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::HideShareMenu, findings, [])
    }

    fn cards(&self, _circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        Vec::new()
    }
}

/// `updateShareMenu`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateShareMenu {
    /// Messages to groups carry a ticket; absent: as before.
    pub with_share_ticket: Option<bool>,
    /// The next message is an updatable one.
    pub is_updatable_message: bool,
    /// The activity that the server created.
    pub activity_id: Option<String>,
    /// `templateInfo.parameterList`: `member_count` and `room_limit`.
    pub parameters: Option<Vec<(String, String)>>,
}

impl UpdateShareMenu {
    fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.as_ref()?.iter().find(|(known, _)| known == name)?;
        if value.is_empty() { None } else { Some(value) }
    }

    /// The updatable message that the call declares; `None` where it declares none, or one that lacks something.
    #[must_use]
    pub fn updatable(&self) -> Option<Updatable> {
        if !self.is_updatable_message {
            return None;
        }
        Some(Updatable {
            activity_id: self.activity_id.clone()?,
            member_count: self.parameter(MEMBER_COUNT)?.to_owned(),
            room_limit: self.parameter(ROOM_LIMIT)?.to_owned(),
        })
    }

    /// The menu as the call leaves it.
    pub fn apply(&self, menu: &mut Menu) {
        if let Some(with_share_ticket) = self.with_share_ticket {
            menu.with_share_ticket = with_share_ticket;
        }
        menu.updatable = self.updatable();
    }
}

impl FromArguments for UpdateShareMenu {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let mut request = Self {
            with_share_ticket: reader.boolean("withShareTicket"),
            is_updatable_message: reader.boolean("isUpdatableMessage").unwrap_or_default(),
            activity_id: reader.text("activityId"),
            parameters: None,
        };
        if let Some(mut info) = reader.object("templateInfo") {
            request.parameters = info.parameters("parameterList", &[MEMBER_COUNT, ROOM_LIMIT]);
            info.finish();
        }
        reader.pass_over(&["toDoActivityId", "isPrivateMessage"]);
        request
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for UpdateShareMenu {
    fn check(&self, _circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.is_updatable_message {
            if self.activity_id.is_some() || self.parameters.is_some() {
                let text = "activityId and templateInfo have no effect without isUpdatableMessage";
                findings.push(Finding::warning("no-effect", text).at("isUpdatableMessage"));
            }
            return findings;
        }
        let missing = |path: &str, reason: &str| {
            let text = format!("parameter error: parameter.{path}");
            Finding::undocumented("invalid-parameter", text).at(path).because(reason)
        };
        if self.activity_id.is_none() {
            findings.push(missing("activityId", "an updatable message needs the activity that the server created"));
        }
        let path = "templateInfo.parameterList";
        for name in [MEMBER_COUNT, ROOM_LIMIT] {
            if self.parameter(name).is_none() {
                findings.push(missing(path, &format!("an updatable message needs {name}")));
            }
        }
        let count = |name| self.parameter(name).map(|value| value.trim().parse::<u32>());
        if let (Some(members), Some(limit)) = (count(MEMBER_COUNT), count(ROOM_LIMIT)) {
            match (members, limit) {
                (Ok(members), Ok(limit)) if members > limit => {
                    let text = format!("{members} members in a room for {limit}");
                    findings.push(Finding::warning("too-many-members", text).at(path));
                }
                (Ok(_), Ok(_)) => {}
                _ => findings.push(Finding::warning("no-number", "counts are shown as they are written").at(path)),
            }
        }
        findings
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::UpdateShareMenu, findings, [])
    }

    /// The message that the next forward makes, where it is an updatable one.
    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        let app = &circumstances.platform.app;
        let card = |message: Updatable| CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: app.name.clone(),
            image: Image::of(ImageKind::PageTop, ""),
            status: Some(status(&message, &circumstances.platform.wechat)),
            mark: "小程序".to_owned(),
            ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram)
        };
        self.updatable().map(card).into_iter().collect()
    }
}
