//! `Page.onShareAppMessage(options)`, and `shareAppMessage` of mini games, which takes the same and opens the list itself.

use serde::Serialize;

use super::spelling::{answer, invalid};
use super::status::status;
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform};
use crate::share::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use crate::share::circumstances::{Circumstances, Network, SentTo};
use crate::share::common::{missing_image, other_ratio, person};
use crate::share::outcome::{FromArguments, ShareCall};

/// Where a forward comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The forward button of the page's menu.
    #[default]
    Menu,
    /// A `<button open-type="share">` of the page.
    Button,
}

/// What the handler gives back, with the options that it was called with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnShareAppMessage {
    /// Where the forward comes from.
    pub from: Origin,
    /// Title; absent: the app's name.
    pub title: Option<String>,
    /// Path; absent: the current page.
    pub path: Option<String>,
    /// Picture, 5:4; absent: the page from its top.
    pub image_url: Option<String>,
    /// Query of a mini game.
    pub query: Option<String>,
    /// Picture that passed the review, by its number.
    pub image_url_id: Option<String>,
    /// Messages to groups carry a ticket, as `showShareMenu({withShareTicket: true})` before it.
    pub with_share_ticket: Option<bool>,
}

impl OnShareAppMessage {
    fn read_options(&mut self, reader: &mut ArgumentReader<'_>) {
        match reader.text("from").as_deref() {
            Some("button") => self.from = Origin::Button,
            Some("menu") => self.from = Origin::Menu,
            _ => {}
        }
        reader.pass_over(&["target", "webViewUrl"]);
    }

    fn read_message(&mut self, reader: &mut ArgumentReader<'_>) {
        self.title = reader.text("title");
        self.path = reader.text("path");
        self.image_url = reader.text("imageUrl");
        self.query = reader.text("query");
        self.image_url_id = reader.text("imageUrlId");
        reader.pass_over(&["toCurrentGroup", "promise", "desc"]);
    }

    /// True for a button on a page without the handler.
    fn has_no_effect(&self, circumstances: &Circumstances<'_>) -> bool {
        self.from == Origin::Button && circumstances.platform.wechat.menu.no_handler
    }

    fn check_path(&self, findings: &mut Vec<Finding>) {
        if let Some(path) = self.path.as_ref().filter(|path| !path.starts_with('/')) {
            let shown: String = path.chars().take(80).collect();
            findings.push(
                Finding::undocumented("path", "path must be a full path that begins with /")
                    .at("path")
                    .because(format!("found {shown:?}; did you mean {:?}?", format!("/{shown}"))),
            );
        }
    }

    fn check_image(&self, circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
        let Some(image) = &self.image_url else { return };
        let state = circumstances.state(image);
        findings.extend(missing_image(state, image, "imageUrl"));
        findings.extend(other_ratio(state));
    }
}

impl FromArguments for OnShareAppMessage {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let mut request = Self::default();
        request.read_options(reader);
        request.read_message(reader);
        request.with_share_ticket = reader.boolean("withShareTicket");
        // The two halves may also be given apart: what the handler was called with, and what it gave back.
        if let Some(mut options) = reader.object("options") {
            request.read_options(&mut options);
            options.finish();
        }
        for half in ["return", "result"] {
            if let Some(mut given) = reader.object(half) {
                request.read_message(&mut given);
                given.finish();
            }
        }
        request
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for OnShareAppMessage {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let menu = &circumstances.platform.wechat.menu;
        if self.has_no_effect(circumstances) {
            let text = "the button has no effect: the page has no onShareAppMessage";
            findings.push(Finding::warning("no-handler", text).at("from").because("nothing is sent and no callback is called"));
            return findings;
        }
        if self.from == Origin::Menu && menu.no_handler {
            findings.push(
                Finding::undocumented("no-handler", "the page has no onShareAppMessage")
                    .because("the menu has a forward button only where the page defines the handler"),
            );
        }
        if self.from == Origin::Menu && menu.hidden {
            findings
                .push(Finding::undocumented("menu-hidden", "the forward menu is hidden").because("call showShareMenu first"));
        }
        self.check_path(&mut findings);
        self.check_image(circumstances, &mut findings);
        if circumstances.platform.network != Network::Available {
            findings.push(Finding::undocumented("network", "network unavailable"));
        }
        findings.extend(person(circumstances, Finding::text_only("cancel", "cancel")));
        findings
    }

    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer {
        if self.has_no_effect(circumstances) {
            return Answer::Nothing;
        }
        // Whatever the handler is called, its callbacks are told of shareAppMessage.
        let wechat = &circumstances.platform.wechat;
        let with_ticket = self.with_share_ticket.unwrap_or(wechat.menu.with_share_ticket);
        let tickets = (wechat.sent_to == SentTo::Group && with_ticket)
            .then(|| ("shareTickets", Value::list(wechat.share_tickets.keys())));
        answer(Call::ShareAppMessage, findings, tickets)
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        if self.has_no_effect(circumstances) {
            return Vec::new();
        }
        let app = &circumstances.platform.app;
        let wechat = &circumstances.platform.wechat;
        let image = match &self.image_url {
            Some(image) => Image::named(image),
            None => Image::of(ImageKind::PageTop, ""),
        };
        vec![CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: self.title.clone().unwrap_or_else(|| app.name.clone()),
            image: Image { bytes_most: Some(crate::share::weight::MINI_PROGRAM_IMAGE), ..image },
            status: wechat.menu.updatable.as_ref().map(|message| status(message, wechat)),
            mark: "小程序".to_owned(),
            ..CardModel::new(Platform::WeChat, CardKind::WechatMiniProgram)
        }]
    }
}
