//! WPS Xiezuo: `shareMessage` to WeChat and its moments.
//!
//! The table of errors has three rows: the person cancels, WeChat is not installed, WeChat refuses. The third is what
//! everything becomes that the WeChat SDK behind the call does not take; its reason is in the finding.

use base64::Engine as _;
use serde::Serialize;

use super::card::{CardApp, CardKind, CardModel, Image, ImageKind};
use super::circumstances::{Circumstances, FileState, Network, Person, is_remote};
use super::common::missing_image;
use super::encoding::BASE64;
use super::length::over_bytes;
use super::outcome::{Calls, FromArguments, ShareCall, outcome};
use super::weight::{MINI_PROGRAM_IMAGE, THUMBNAIL};
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform, first_error};

/// The calls that are run here.
pub(super) const CALLS: Calls = &[(Call::ShareMessage, outcome::<ShareMessage>)];

/// The SDK's ceiling for a title, in bytes of UTF-8.
pub const TITLE_BYTES: usize = 512;
/// The SDK's ceiling for a description, in bytes of UTF-8.
pub const DESCRIPTION_BYTES: usize = 1024;
/// The SDK's ceiling for a text message, in bytes of UTF-8 (10 KiB).
pub const TEXT_BYTES: usize = 10 * 1024;
/// The SDK's ceiling for an address, in bytes (10 KiB).
pub const URL_BYTES: usize = 10 * 1024;

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MessageType {
    /// A text.
    Text,
    /// A web page.
    WebPage,
    /// A mini program; not to the moments.
    MiniProgram,
}

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Channel {
    /// WeChat's chats.
    #[serde(rename = "wx")]
    Chat,
    /// WeChat's moments.
    #[serde(rename = "wx_moments")]
    Moments,
}

impl Channel {
    fn named(name: &str) -> Option<Self> {
        match name {
            "wx" => Some(Self::Chat),
            "wx_moments" => Some(Self::Moments),
            _ => None,
        }
    }
}

/// A thumbnail as the request gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thumbnail {
    /// An address or path (the platform's own sample sends one).
    Address(String),
    /// Base64 of a picture of this many bytes, as a `data:` address.
    Inline {
        /// `data:image/…;base64,…`.
        address: String,
        /// Size of the decoded picture in bytes.
        bytes: usize,
        /// The request had the `data:` prefix, which the platform does not take.
        prefixed: bool,
    },
    /// Neither: no base64, or base64 of something that is no picture.
    Broken,
}

/// `content`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// Text of a text message.
    pub text: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Address of the page; for a mini program, the page for clients that know none.
    pub webpage_url: Option<String>,
    /// Original id of the mini program.
    pub user_name: Option<String>,
    /// Messages to groups carry a ticket.
    pub with_share_ticket: bool,
    /// Thumbnail.
    pub thumb_image: Option<Thumbnail>,
    /// Page of the mini program; absent: its home page.
    pub path: Option<String>,
    /// Written as in the platform's own sample: `{title, url, text, image}`.
    pub sample_form: bool,
}

/// `shareMessage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareMessage {
    /// What is sent; `None` where the request says nothing that is known.
    #[serde(rename = "type")]
    pub kind: Option<MessageType>,
    /// Where it goes, each once, in the request's order; a chat where the request names nothing that is known.
    pub channels: Vec<Channel>,
    /// Channels that there are none of.
    pub unknown_channels: Vec<String>,
    /// What is sent.
    pub content: Content,
}

impl FromArguments for ShareMessage {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        // The SDK's caller wraps the options as {params, onSuccess, onError}.
        if reader.has("params") && !reader.has("type") {
            return match reader.object("params") {
                Some(mut params) => {
                    let request = Self::read_options(&mut params);
                    params.finish();
                    request
                }
                None => Self::default(),
            };
        }
        Self::read_options(reader)
    }

    fn invalid(found: &Invalid) -> Finding {
        refused("invalid-parameter", &found.path, found.reason.clone())
    }
}

impl ShareMessage {
    fn read_options(reader: &mut ArgumentReader<'_>) -> Self {
        let kind = reader.text("type");
        let channels = reader.texts("channelType");
        reader.pass_over(&["showAIAgentEntrance"]);
        // The table of parameters calls it channelObject, the sample content.
        let field = reader.spelling(&["content", "channelObject"]);
        let kind = match kind.as_deref() {
            Some("text") => Some(MessageType::Text),
            Some("webPage") => Some(MessageType::WebPage),
            Some("miniProgram") => Some(MessageType::MiniProgram),
            _ => None,
        };
        let content = field.and_then(|field| reader.object(field)).map(|content| Content::read(content, kind));
        let (mut known, mut unknown_channels) = (Vec::new(), Vec::new());
        for name in channels {
            match Channel::named(&name) {
                Some(channel) if known.contains(&channel) => {}
                Some(channel) => known.push(channel),
                None => unknown_channels.push(name),
            }
        }
        if known.is_empty() {
            // The sample has no channel at all: the chat is what it shows.
            known.push(Channel::Chat);
        }
        Self { kind, channels: known, unknown_channels, content: content.unwrap_or_default() }
    }
}

impl Content {
    fn read(mut reader: ArgumentReader<'_>, kind: Option<MessageType>) -> Self {
        let sample_form = kind != Some(MessageType::Text)
            && !["webpageUrl", "thumbImage", "description"].iter().any(|field| reader.has(field))
            && ["url", "text", "image"].iter().any(|field| reader.has(field));
        let (description, url, image) =
            if sample_form { ("text", "url", "image") } else { ("description", "webpageUrl", "thumbImage") };
        let content = Self {
            text: if sample_form { None } else { reader.text("text") },
            title: reader.text("title"),
            description: reader.text(description),
            webpage_url: reader.text(url),
            user_name: reader.text("userName"),
            with_share_ticket: reader.boolean("withShareTicket").unwrap_or_default(),
            thumb_image: reader.long_text(image).map(|text| Thumbnail::read(&text)),
            path: reader.text("path"),
            sample_form,
        };
        reader.finish();
        content
    }
}

impl Thumbnail {
    fn read(text: &str) -> Self {
        let text = text.trim();
        let data = text.strip_prefix("data:").map(|rest| rest.split_once("base64,").map_or("", |(_, data)| data));
        let prefixed = data.is_some();
        if !prefixed && (is_remote(text) || looks_like_path(text)) {
            return Self::Address(text.to_owned());
        }
        // Encoders break lines; the SDK's decoder passes them over.
        let data: String = data.unwrap_or(text).chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let Ok(bytes) = BASE64.decode(&data) else {
            return Self::Broken;
        };
        match media_type(&bytes) {
            Some(media) => Self::Inline { address: format!("data:{media};base64,{data}"), bytes: bytes.len(), prefixed },
            None => Self::Broken,
        }
    }
}

/// True for what can only be a path: a scheme of the platform's, or a name with the ending of a picture's file.
fn looks_like_path(text: &str) -> bool {
    let name = text.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    text.contains("://") || [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|ending| name.ends_with(ending))
}

/// The media type of a picture by its first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Row 1900100 of the table, with the reason that it does not tell.
fn refused(code: &'static str, path: &str, reason: impl Into<String>) -> Finding {
    Finding::error(code, 1_900_100, "WeChat sharing failed").at(path).because(reason)
}

impl ShareMessage {
    fn check_content(&self, findings: &mut Vec<Finding>) {
        let content = &self.content;
        let needs = |path: &str, there: bool, findings: &mut Vec<Finding>| {
            if !there {
                findings.push(refused("missing", path, "it is required and missing"));
            }
        };
        match self.kind {
            None => findings.push(refused("invalid-parameter", "type", "expected text, webPage or miniProgram")),
            Some(MessageType::Text) => needs("content.text", content.text.is_some(), findings),
            Some(MessageType::WebPage) => needs("content.webpageUrl", content.webpage_url.is_some(), findings),
            Some(MessageType::MiniProgram) => {
                needs("content.webpageUrl", content.webpage_url.is_some(), findings);
                needs("content.userName", content.user_name.is_some(), findings);
                if self.channels.contains(&Channel::Moments) {
                    let reason = "a mini program can't go to the moments; send it to wx only";
                    findings.push(refused("moments", "channelType", reason));
                }
            }
        }
        for (path, text, most) in [
            ("content.title", &content.title, TITLE_BYTES),
            ("content.description", &content.description, DESCRIPTION_BYTES),
            ("content.text", &content.text, TEXT_BYTES),
            ("content.webpageUrl", &content.webpage_url, URL_BYTES),
        ] {
            if let Some(found) = text.as_deref().and_then(|text| over_bytes(text, most)) {
                findings.push(refused("too-long", path, format!("the WeChat SDK takes {most} bytes, found {found}")));
            }
        }
        if content.sample_form {
            let text = "content is written as in the platform's sample: {title, url, text, image}";
            findings.push(
                Finding::warning("sample-form", text)
                    .at("content")
                    .because("the table of parameters has {title, description, webpageUrl, thumbImage}"),
            );
        }
    }

    fn check_thumbnail(&self, circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
        let path = if self.content.sample_form { "content.image" } else { "content.thumbImage" };
        let most = self.weight();
        match &self.content.thumb_image {
            None => {}
            Some(Thumbnail::Broken) => {
                findings.push(refused("thumbnail", path, "expected the base64 of a PNG, JPEG, GIF or WebP picture"));
            }
            Some(Thumbnail::Inline { bytes, prefixed, .. }) => {
                if *prefixed {
                    let finding = Finding::warning("data-prefix", "the data: prefix is left out for the platform");
                    findings.push(finding.at(path).because("thumbImage is the base64 alone"));
                }
                Self::check_weight(*bytes as u64, most, path, findings);
            }
            Some(Thumbnail::Address(address)) => {
                let state = circumstances.state(address);
                findings.extend(missing_image(state, address, path));
                if let FileState::Readable(facts) = state {
                    Self::check_weight(facts.bytes.unwrap_or_default(), most, path, findings);
                }
            }
        }
    }

    fn check_weight(found: u64, most: u32, path: &str, findings: &mut Vec<Finding>) {
        if found > u64::from(most) {
            let text = format!("the picture weighs {found} bytes; WeChat takes {most}");
            findings.push(
                Finding::warning("too-heavy", text).at(path).because("it is encoded anew, at the best quality that fits"),
            );
        }
    }

    /// Weight in bytes that the thumbnail may have.
    fn weight(&self) -> u32 {
        if self.kind == Some(MessageType::MiniProgram) { MINI_PROGRAM_IMAGE } else { THUMBNAIL }
    }
}

impl ShareCall for ShareMessage {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(since) = Platform::Wps.since(Call::ShareMessage).filter(|since| circumstances.client_is_older(since)) {
            findings.push(
                Finding::error("client-too-old", 1_900_100, "WeChat sharing failed")
                    .because(format!("the call needs client {since} or newer")),
            );
        }
        // The SDK asks for WeChat before it looks at the message.
        if circumstances.person == Person::NoApp {
            findings.push(Finding::error("not-installed", 1_900_000, "WeChat not installed"));
        }
        for channel in &self.unknown_channels {
            let close = crate::error::closest(channel, ["wx", "wx_moments"]).map(|close| format!("; did you mean '{close}'?"));
            let shown: String = channel.chars().take(40).collect();
            let reason = format!("expected wx or wx_moments, found {shown:?}{}", close.unwrap_or_default());
            findings.push(refused("unknown-channel", "channelType", reason));
        }
        self.check_content(&mut findings);
        self.check_thumbnail(circumstances, &mut findings);
        if circumstances.platform.network != Network::Available {
            findings.push(Finding::error("network", 1_900_100, "WeChat sharing failed").because("the network does not answer"));
        }
        if circumstances.person == Person::Cancel {
            findings.push(Finding::error("cancel", 1_041_001, "User canceled"));
        }
        findings
    }

    fn answer(&self, findings: &[Finding], _circumstances: &Circumstances<'_>) -> Answer {
        // `onSuccess` gets nothing for third-party apps.
        Answer::of(Platform::Wps, Call::ShareMessage, first_error(findings), [])
    }

    /// One for each channel: a chat shows another card than the moments.
    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        let Some(kind) = self.kind else { return Vec::new() };
        self.channels.iter().map(|&channel| self.card(kind, channel, circumstances)).collect()
    }
}

impl ShareMessage {
    fn card(&self, message: MessageType, channel: Channel, circumstances: &Circumstances<'_>) -> CardModel {
        let content = &self.content;
        let app = &circumstances.platform.app;
        let kind = match message {
            _ if channel == Channel::Moments => CardKind::WechatMoments,
            MessageType::Text => CardKind::WechatText,
            MessageType::WebPage => CardKind::WechatWebPage,
            MessageType::MiniProgram => CardKind::WechatMiniProgram,
        };
        let image = match &content.thumb_image {
            None | Some(Thumbnail::Broken) => Image::default(),
            Some(Thumbnail::Address(address)) => Image::named(address),
            Some(Thumbnail::Inline { address, .. }) => Image::of(ImageKind::Inline, address),
        };
        let mini_program = kind == CardKind::WechatMiniProgram;
        // WeChat shows a link without a title by its address.
        let address = content.webpage_url.as_ref().filter(|_| self.kind == Some(MessageType::WebPage));
        CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title: content.title.as_ref().or(address).cloned().unwrap_or_default(),
            description: content.text.as_ref().or(content.description.as_ref()).cloned().unwrap_or_default(),
            image: Image { bytes_most: Some(self.weight()), ..image },
            // A text has no title at all.
            title_lines: if self.kind == Some(MessageType::Text) { 0 } else { 2 },
            image_ratio: if mini_program { [5, 4] } else { [1, 1] },
            mark: if mini_program { "小程序" } else { "" }.to_owned(),
            ..CardModel::new(Platform::Wps, kind)
        }
    }
}
