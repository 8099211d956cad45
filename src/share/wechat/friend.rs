//! `shareMessageToFriend`, in the open data domain: to one friend.

use serde::Serialize;

use super::spelling::{answer, invalid};
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform};
use crate::share::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use crate::share::circumstances::{Circumstances, Network, is_remote};
use crate::share::common::{missing_image, other_ratio, person};
use crate::share::outcome::{FromArguments, ShareCall};

/// `shareMessageToFriend`. The query that is sent along is set in the main domain, by `setMessageToFriendQuery`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareMessageToFriend {
    /// The friend; required.
    pub open_id: Option<String>,
    /// Title; absent: the game's name.
    pub title: Option<String>,
    /// Picture, 5:4: a file or a path of the package; absent, or an address on the network: the screen is taken.
    pub image_url: Option<String>,
    /// Picture that passed the review, by its number: it counts only where own pictures are barred.
    pub image_url_id: Option<String>,
}

impl ShareMessageToFriend {
    /// The picture, where it is one that the platform takes.
    fn image(&self) -> Option<&str> {
        self.image_url.as_deref().filter(|image| !is_remote(image))
    }
}

impl FromArguments for ShareMessageToFriend {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        Self {
            open_id: reader.text("openId"),
            title: reader.text("title"),
            image_url: reader.text("imageUrl"),
            image_url_id: reader.text("imageUrlId"),
        }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for ShareMessageToFriend {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.open_id.is_none() {
            let finding = Finding::undocumented("invalid-parameter", "parameter error: parameter.openId").at("openId");
            findings.push(finding.because("it is required and missing"));
        }
        if let Some(image) = self.image() {
            let state = circumstances.state(image);
            findings.extend(missing_image(state, image, "imageUrl"));
            findings.extend(other_ratio(state));
        } else if self.image_url.is_some() {
            let finding = Finding::warning("remote-image", "an address is not taken here: the screen is shown");
            findings.push(finding.at("imageUrl").because("give a path in the package or a file of the game's"));
        }
        if circumstances.platform.network != Network::Available {
            findings.push(Finding::undocumented("network", "network unavailable"));
        }
        if !circumstances.platform.authorized {
            findings.push(Finding::undocumented("not-authorized", "auth deny"));
        }
        findings.extend(person(circumstances, Finding::text_only("cancel", "cancel")));
        findings
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        answer(Call::ShareMessageToFriend, findings, [])
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        let app = &circumstances.platform.app;
        let image = self.image().map_or_else(|| Image::of(ImageKind::PageTop, ""), Image::named);
        vec![CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: self.title.clone().unwrap_or_else(|| app.name.clone()),
            image: Image { bytes_most: Some(crate::share::weight::MINI_PROGRAM_IMAGE), ..image },
            mark: "小程序".to_owned(),
            ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram)
        }]
    }
}
