//! `shareMessageToFriend`, in the open data domain: a reviewed template to one friend.

use serde::Serialize;

use super::spelling::{ended_link, fault, invalid, template, unknown_template};
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform, first_error};
use crate::share::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use crate::share::circumstances::{Circumstances, DouyinFault, Network, Template};
use crate::share::common::person;
use crate::share::outcome::{FromArguments, ShareCall};

/// `shareMessageToFriend`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareMessageToFriend {
    /// The friend; required.
    pub open_id: Option<String>,
    /// The template that passed the platform's review: all that the message shows; required.
    pub template_id: Option<String>,
    /// A JSON text, given to the game that is opened by the message.
    pub query: Option<String>,
}

impl FromArguments for ShareMessageToFriend {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self { open_id: reader.text("openId"), template_id: reader.text("templateId"), query: reader.text("query") }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl ShareCall for ShareMessageToFriend {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (name, value) in [("openId", &self.open_id), ("templateId", &self.template_id)] {
            if value.is_none() {
                findings.push(invalid(name, "it is required and missing"));
            }
        }
        if let Some(query) = &self.query
            && Value::from_json(query, &circumstances.limits).is_err()
        {
            let finding = Finding::warning("query", "expected a JSON text such as {\"from\": \"board\"}");
            findings.push(finding.at("query").because("the game that is opened can't read it"));
        }
        findings.extend(unknown_template(self.template_id.as_deref(), circumstances));
        let state = &circumstances.platform;
        let of_this_call = [DouyinFault::UserInfo, DouyinFault::ShareInfo, DouyinFault::FrequencyControl];
        if let Some(found) = state.douyin.fault.filter(|found| of_this_call.contains(found)) {
            let (number, text) = fault(found);
            let finding = Finding::error("platform-fault", number, text);
            // What the platform tells the person.
            let is_too_often = found == DouyinFault::FrequencyControl;
            findings.push(if is_too_often {
                finding.because("今天TA接受到的邀请太多啦,明天再试试吧")
            } else {
                finding
            });
        } else if state.network != Network::Available || state.douyin.sharing_barred {
            let (number, text) = fault(DouyinFault::ShareInfo);
            findings.push(
                Finding::error("no-share-info", number, text).because(
                    "the share information could not be had: the network was too slow, or the app's sharing is barred",
                ),
            );
        }
        findings.extend(ended_link(circumstances));
        findings.extend(person(circumstances, Finding::error("cancel", 10_502, "cancel")));
        findings
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        Answer::of(Platform::Douyin, Call::ShareMessageToFriend, first_error(findings), [])
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        let app = &circumstances.platform.app;
        let Template { title, desc, image_url } = template(self.template_id.as_deref(), circumstances);
        let or = |given: String, console: &str| if given.is_empty() { console.to_owned() } else { given };
        vec![CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: or(title, &app.name),
            title_lines: 1,
            description: or(desc, &app.description),
            description_lines: 2,
            image: if image_url.is_empty() { Image::of(ImageKind::Icon, &app.icon) } else { Image::named(&image_url) },
            mark: "小游戏".to_owned(),
            ..CardModel::new(Platform::Douyin, CardKind::DouyinMessage)
        }]
    }
}
