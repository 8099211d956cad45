//! `shareAppMessage`, whose `channel` decides what it is: a message, an invitation, a video, a picture.
//!
//! Numbers and texts are those of the platform's table, with its `%s` filled in and its misspelling kept.

use serde::Serialize;

use super::spelling::{self, ended_link, invalid, template, unknown_template};
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding, Platform, Version, first_error};
use crate::share::card::{CardApp, CardKind, CardModel, Image, ImageKind, Seats, Status};
use crate::share::circumstances::{Circumstances, FileState, Network, is_remote};
use crate::share::common::person;
use crate::share::length::over_cjk;
use crate::share::outcome::{FromArguments, ShareCall};

/// Titles are shown up to here, in CJK characters.
pub const TITLE_MOST: usize = 14;
/// Descriptions are shown up to here, in CJK characters.
pub const DESC_MOST: usize = 28;
/// Videos below this many seconds are refused, as the recorder's guide says.
pub const VIDEO_SECONDS_LEAST: f64 = 3.0;
/// The base library from which on an invitation's success tells who was invited: `data`.
const INVITED_SINCE: [u32; 3] = [2, 54, 0];

const CHANNELS: [&str; 5] = ["invite", "video", "picture", "article", "token"];
const MEMBER_COUNT: &str = "memberCount";
const ROOM_LIMIT: &str = "roomLimit";

/// The options' `extra`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extra {
    /// Video to publish; absent: the camera opens.
    pub video_path: Option<String>,
    /// Topics of the video.
    pub video_topics: Vec<String>,
    /// Topics, by their newer name.
    #[serde(rename = "hashtag_list")]
    pub hashtag_list: Vec<String>,
    /// Sticker; not together with a cut template.
    pub sticker_id: Option<String>,
    /// Cut template; not together with a sticker.
    pub cut_template_id: Option<String>,
    /// The call fails where the cut template can't be had.
    pub abort_when_cut_template_unavailable: Option<bool>,
    /// Pictures to publish (channel `picture`).
    pub picture_path: Vec<String>,
    /// Picture of a message; not together with the team style.
    pub share_image_path: Option<String>,
    /// The message is a team invitation.
    pub use_team_invitation_style: bool,
    /// Activity of the team invitation.
    #[serde(rename = "activityID")]
    pub activity_id: Option<String>,
    /// `memberCount` and `roomLimit`.
    pub template_info: Option<Vec<(String, String)>>,
    /// Version that the invited one opens: `current` or `latest`.
    pub version_type: Option<String>,
}

/// `shareAppMessage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareAppMessage {
    /// What is shared; absent: a message in the platform's own panel.
    pub channel: Option<String>,
    /// A template that passed the platform's review.
    pub template_id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub desc: Option<String>,
    /// `key1=value1&key2=value2`, given to the game that is opened by the message.
    pub query: Option<String>,
    /// Picture; local only.
    pub image_url: Option<String>,
    /// More, by channel.
    pub extra: Extra,
}

impl FromArguments for ShareAppMessage {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let request = Self {
            channel: reader.text("channel"),
            template_id: reader.text("templateId"),
            title: reader.text("title"),
            desc: reader.text("desc"),
            query: reader.text("query"),
            image_url: reader.text("imageUrl"),
            extra: Extra::default(),
        };
        let extra = reader.object("extra").map(Extra::read).unwrap_or_default();
        Self { extra, ..request }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(&found.path, &found.reason)
    }
}

impl Extra {
    fn read(mut reader: ArgumentReader<'_>) -> Self {
        let extra = Self {
            video_path: reader.text("videoPath"),
            video_topics: reader.texts("videoTopics"),
            hashtag_list: reader.texts("hashtag_list"),
            sticker_id: reader.text("stickerId"),
            cut_template_id: reader.text("cutTemplateId"),
            abort_when_cut_template_unavailable: reader.boolean("abortWhenCutTemplateUnavailable"),
            picture_path: reader.texts("picturePath"),
            share_image_path: reader.text("shareImagePath"),
            use_team_invitation_style: reader.boolean("useTeamInvitationStyle").unwrap_or_default(),
            // The table of the call spells it with ID, the guide to team invitations with Id.
            activity_id: reader.spelling(&["activityID", "activityId"]).and_then(|field| reader.text(field)),
            template_info: reader.parameters("templateInfo", &[MEMBER_COUNT, ROOM_LIMIT]),
            version_type: reader.text("versionType"),
        };
        // Taken by the platform, and of no consequence for answer and card.
        reader.pass_over(&[
            "withVideoId",
            "createChallenge",
            "defaultBgm",
            "video_title",
            "videoTag",
            "contentTitle",
            "contentDescription",
            "ttgame_showcase_mgr_path",
            "ttgame_showcase_mgr_game_id",
        ]);
        reader.finish();
        extra
    }

    fn count(&self, name: &str) -> Option<u32> {
        let (_, value) = self.template_info.as_ref()?.iter().find(|(known, _)| known == name)?;
        value.trim().parse().ok()
    }

    /// The team's seats, where both counts are given and read as numbers.
    #[must_use]
    pub fn seats(&self) -> Option<Seats> {
        Some(Seats { taken: self.count(MEMBER_COUNT)?, limit: self.count(ROOM_LIMIT)? })
    }
}

impl ShareAppMessage {
    fn channel(&self) -> &str {
        self.channel.as_deref().unwrap_or_default()
    }

    /// What the request itself is wrong about.
    fn check_request(&self, findings: &mut Vec<Finding>) {
        let extra = &self.extra;
        let channel = self.channel();
        if !channel.is_empty() && !CHANNELS.contains(&channel) {
            let close = crate::error::closest(channel, CHANNELS).map(|close| format!("; did you mean '{close}'?"));
            let shown: String = channel.chars().take(40).collect();
            findings.push(invalid("channel", &format!("there is no channel {shown:?}{}", close.unwrap_or_default())));
        }
        if extra.use_team_invitation_style && extra.share_image_path.is_some() {
            let text = "should not pass in useTmeaInvitationStyle and shareImagePath together";
            findings.push(Finding::error("exclusive-parameters", 20001, text).at("extra.shareImagePath"));
        }
        if extra.sticker_id.is_some() && extra.cut_template_id.is_some() {
            let text = "stickerId and cutTemplateId are mutually exclusive";
            findings.push(Finding::error("exclusive-parameters", 21107, text).at("extra.cutTemplateId"));
        }
        if channel == "picture" && extra.picture_path.is_empty() {
            findings.push(invalid("extra.picturePath", "it is required on the channel picture and missing"));
        }
        if extra.use_team_invitation_style {
            self.check_team(findings);
        }
        if let Some(version) = extra.version_type.as_deref()
            && !matches!(version, "current" | "latest")
        {
            let shown: String = version.chars().take(40).collect();
            findings.push(invalid("extra.versionType", &format!("expected current or latest, found {shown:?}")));
        }
    }

    fn check_team(&self, findings: &mut Vec<Finding>) {
        let extra = &self.extra;
        if extra.activity_id.is_none() {
            findings.push(invalid("extra.activityID", "a team invitation needs the activity that the server created"));
        }
        for name in [MEMBER_COUNT, ROOM_LIMIT] {
            if extra.count(name).is_none() {
                let reason = format!("a team invitation needs {name} as a whole number");
                findings.push(invalid("extra.templateInfo", &reason));
            }
        }
        if let Some(seats) = extra.seats().filter(|seats| seats.taken > seats.limit) {
            let text = format!("{} members on {} seats", seats.taken, seats.limit);
            findings.push(Finding::warning("too-many-members", text).at("extra.templateInfo"));
        }
    }

    /// What is worth knowing and stops nothing.
    fn advise(&self, findings: &mut Vec<Finding>) {
        let published = matches!(self.channel(), "video" | "picture");
        for (path, text, most) in [("title", &self.title, TITLE_MOST), ("desc", &self.desc, DESC_MOST)] {
            if let Some(found) = text.as_deref().and_then(|text| over_cjk(text, most)) {
                let text = format!("{found} CJK characters, of which about {most} are shown");
                findings.push(Finding::warning("text-too-long", text).at(path));
            }
        }
        if let Some(query) = &self.query
            && !query
                .split('&')
                .all(|pair| pair.split_once('=').is_some_and(|(key, _)| !key.is_empty() && !key.starts_with('?')))
        {
            let text = "expected key1=value1&key2=value2";
            findings.push(Finding::warning("query", text).at("query").because("the game that is opened can't read it"));
        }
        if let Some(image) = &self.image_url {
            if published {
                let text = format!("imageUrl has no effect on the channel {}", self.channel());
                findings.push(Finding::warning("no-effect", text).at("imageUrl"));
            } else if is_remote(image) {
                let finding = Finding::warning("remote-image", "an address is not taken here: the game's icon is shown");
                findings.push(finding.at("imageUrl").because("give a path in the package or a ttfile:// path"));
            }
        }
        if self.extra.use_team_invitation_style && !matches!(self.channel(), "" | "invite") {
            let text = format!("the team style has no effect on the channel {}", self.channel());
            findings.push(Finding::warning("no-effect", text).at("extra.useTeamInvitationStyle"));
        }
    }

    /// What this client, this host app and this app's standing do not allow.
    fn check_platform(&self, circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
        let (channel, extra, state) = (self.channel(), &self.extra, &circumstances.platform.douyin);
        // 'Only Douyin 20.6 and newer' for the invitation panel; 'from client 30.9.0 on' for team invitations.
        let team = extra.use_team_invitation_style.then(|| Version::new(30, 9, 0));
        let since = team.or_else(|| (channel == "invite").then(|| Version::new(20, 6, 0)));
        let too_old = since.filter(|since| circumstances.client_is_older(since));
        if too_old.is_some() || matches!(channel, "article" | "token") {
            let reason = match too_old {
                Some(since) => format!("it needs client {since} or newer"),
                None => format!("the channel {channel} is Toutiao's"),
            };
            findings.push(Finding::error("unsupported", 10301, "feature is not supported in app").because(reason));
        }
        if !channel.is_empty() && state.unsupported_channels.iter().any(|other| other == channel) {
            findings.push(Finding::error("unsupported-channel", 20000, format!("not support channel:{channel}")).at("channel"));
        }
        if extra.share_image_path.is_some() && state.share_image_unsupported {
            let finding = Finding::error("unsupported", 21112, "share image feature not support");
            findings.push(finding.at("extra.shareImagePath"));
        }
        if !circumstances.platform.clicked_by_user {
            let finding = Finding::error("not-clicked", 21102, "can not be shared without clicking by user");
            findings.push(finding.because("call it from the handler of a tap"));
        }
        if !circumstances.platform.authorized {
            findings.push(Finding::error("not-authorized", 10200, "auth deny"));
        }
        if state.denied_channels.iter().any(|other| other == channel) {
            let text = format!("permission denied,channel: {channel}");
            findings.push(Finding::error("permission-denied", 21101, text).at("channel"));
        }
        if state.sharing_denied {
            findings.push(Finding::error("sharing-denied", 21111, "share permission denied"));
        }
        for (id, gone, number, name) in [
            (&extra.sticker_id, &state.unavailable_stickers, 21108, "stickerId"),
            (&extra.cut_template_id, &state.unavailable_cut_templates, 21109, "cutTemplateId"),
        ] {
            let Some(id) = id.as_ref().filter(|id| gone.contains(id)) else { continue };
            let text = format!("{name} unavailable {id}");
            // A cut template that can't be had is left out, unless the game asked to be told.
            if name == "cutTemplateId" && extra.abort_when_cut_template_unavailable == Some(false) {
                findings.push(Finding::warning("unavailable", text).at("extra.cutTemplateId"));
            } else {
                findings.push(Finding::error("unavailable", number, text).at(format!("extra.{name}")));
            }
        }
    }

    /// The files that the request names.
    fn check_files(&self, circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
        let extra = &self.extra;
        let published = matches!(self.channel(), "video" | "picture");
        let image = self.image_url.as_ref().filter(|_| !published);
        let mut named = Vec::new();
        named.extend(extra.video_path.as_ref().map(|path| ("extra.videoPath".to_owned(), path)));
        named.extend(extra.share_image_path.as_ref().map(|path| ("extra.shareImagePath".to_owned(), path)));
        named.extend(image.map(|path| ("imageUrl".to_owned(), path)));
        named.extend(extra.picture_path.iter().enumerate().map(|(i, path)| (format!("extra.picturePath[{i}]"), path)));
        for (place, path) in named {
            match circumstances.state(path) {
                FileState::Missing => {
                    findings.push(Finding::error("file-missing", 21103, format!("file not exist path:{path}")).at(place));
                }
                FileState::Unreadable => {
                    let text = format!("file not readable path:{path}");
                    findings.push(Finding::error("file-unreadable", 21104, text).at(place));
                }
                FileState::Readable(facts)
                    if place == "extra.videoPath" && facts.seconds.is_some_and(|seconds| seconds < VIDEO_SECONDS_LEAST) =>
                {
                    let text = format!("video file is too short path:{path}");
                    let reason = format!("it needs {VIDEO_SECONDS_LEAST} seconds at least");
                    findings.push(Finding::error("video-too-short", 21105, text).at(place).because(reason));
                }
                FileState::Readable(_) | FileState::Unknown => {}
            }
        }
    }

    /// Network and inner faults, and last of all the person.
    fn check_sending(circumstances: &Circumstances<'_>, findings: &mut Vec<Finding>) {
        let platform = &circumstances.platform;
        findings.extend(ended_link(circumstances));
        if platform.network == Network::Unavailable {
            findings.push(Finding::error("network", 10103, "network unavailable"));
        }
        if platform.network == Network::TimesOut || platform.douyin.sharing_barred {
            findings.push(
                Finding::text_only("no-share-info", "get shareInfo return null").because(
                    "the share information could not be had: the network was too slow, or the app's sharing is barred",
                ),
            );
        }
        if let Some(fault) = platform.douyin.fault {
            let (number, text) = spelling::fault(fault);
            findings.push(Finding::error("platform-fault", number, text));
        }
        findings.extend(person(circumstances, Finding::error("cancel", 10502, "cancel")));
    }

    /// Title, text and picture by the platform's order: what the code gives, then the template, then the console.
    fn content(&self, circumstances: &Circumstances<'_>) -> (String, String, Image) {
        let platform = &circumstances.platform;
        let template = template(self.template_id.as_deref(), circumstances);
        let first = |given: Option<&String>, template: &str, console: &str| match given {
            Some(given) => given.clone(),
            None if template.is_empty() => console.to_owned(),
            None => template.to_owned(),
        };
        let given = self.extra.share_image_path.as_ref().or(self.image_url.as_ref()).filter(|path| !is_remote(path));
        let image = first(given, &template.image_url, "");
        let image = if image.is_empty() { Image::of(ImageKind::Icon, &platform.app.icon) } else { Image::named(&image) };
        (
            first(self.title.as_ref(), &template.title, &platform.app.name),
            first(self.desc.as_ref(), &template.desc, &platform.app.description),
            image,
        )
    }
}

impl ShareCall for ShareAppMessage {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.check_request(&mut findings);
        self.check_platform(circumstances, &mut findings);
        self.check_files(circumstances, &mut findings);
        self.advise(&mut findings);
        findings.extend(unknown_template(self.template_id.as_deref(), circumstances));
        Self::check_sending(circumstances, &mut findings);
        findings
    }

    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer {
        // 'When several friends or groups are invited, only one friend is told of, and of groups nothing.'
        let invited = || {
            let first = circumstances.platform.douyin.invited.iter().take(1);
            Value::list(first.map(|friend| Value::map([("name", &friend.name), ("icon", &friend.icon)])))
        };
        let [major, minor, patch] = INVITED_SINCE;
        let tells = self.channel() == "invite" && !circumstances.library_is_older(&Version::new(major, minor, patch));
        let data = tells.then(|| ("data", invited()));
        Answer::of(Platform::Douyin, Call::ShareAppMessage, first_error(findings), data)
    }

    fn cards(&self, circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        let (title, description, image) = self.content(circumstances);
        let app = &circumstances.platform.app;
        let extra = &self.extra;
        let kind = match self.channel() {
            "video" => CardKind::DouyinVideo,
            "picture" => CardKind::DouyinPicture,
            _ if extra.use_team_invitation_style => CardKind::DouyinTeam,
            _ => CardKind::DouyinMessage,
        };
        let seats = extra.seats().filter(|_| kind == CardKind::DouyinTeam);
        let mut card = CardModel {
            app: CardApp { name: app.name.clone(), icon: app.icon.clone() },
            title,
            title_lines: 1,
            description,
            description_lines: 2,
            image,
            seats,
            mark: "小游戏".to_owned(),
            ..CardModel::new(Platform::Douyin, kind)
        };
        match kind {
            CardKind::DouyinTeam => {
                // The guide to team invitations has this text for a team that is still open.
                card.status = seats.map(|seats| Status {
                    text: format!("成员正在加入，当前 {}/{} 人", seats.taken, seats.limit),
                    color: "#fe2c55".to_owned(),
                });
                let full = seats.is_some_and(|seats| seats.taken >= seats.limit);
                card.buttons = vec![if full { "已满员" } else { "立即加入" }.to_owned()];
            }
            CardKind::DouyinVideo => {
                let video = extra.video_path.as_deref().unwrap_or_default();
                card.image = Image::of(if video.is_empty() { ImageKind::None } else { ImageKind::VideoFrame }, video);
                card.image_ratio = [9, 16];
                card.topics = topics(extra);
            }
            CardKind::DouyinPicture => {
                card.image = Image::named(extra.picture_path.first().map_or("", String::as_str));
                card.image_ratio = [3, 4];
                card.topics = topics(extra);
            }
            _ => {}
        }
        vec![card]
    }
}

/// Topics without `#`, each once, the newer list first; a topic ends at its first space, as on the platform.
fn topics(extra: &Extra) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for topic in extra.hashtag_list.iter().chain(&extra.video_topics) {
        let topic = topic.trim().trim_start_matches(['#', '＃']).split_whitespace().next().unwrap_or_default();
        if !topic.is_empty() && !topics.iter().any(|known| known == topic) {
            topics.push(topic.to_owned());
        }
    }
    topics
}
