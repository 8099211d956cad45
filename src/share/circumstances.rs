//! What a share call meets outside of its own request: the client, the person, the files, the platform's state.
//!
//! All of it is given; the room asks no clock, no disk and no network.

use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::platform::{Domain, Version};
use crate::sorted::BTreeMap;

/// What the person in front of the share panel does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Person {
    /// Sends it.
    #[default]
    Accept,
    /// Closes the panel.
    Cancel,
    /// Would send it, but the app that it goes to is not installed (WPS shares to WeChat).
    NoApp,
}

/// Facts of a file that a request names; what is not known is `None` and is not checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct FileFacts {
    /// Size in bytes.
    pub bytes: Option<u64>,
    /// Width of a picture or a video, in px.
    pub width: Option<u32>,
    /// Height of a picture or a video, in px.
    pub height: Option<u32>,
    /// Length of a video, in seconds.
    pub seconds: Option<f64>,
}

/// What the host knows of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FileState {
    /// The host can't tell, as for `ttfile://` outside of a phone; nothing is checked then.
    #[default]
    Unknown,
    /// There is no such file.
    Missing,
    /// It is there and can't be read.
    Unreadable,
    /// It is there.
    Readable(FileFacts),
}

/// The files of the game as far as the host knows them; the only way from this room to a disk.
pub trait Files {
    /// What is known of a path as the request spells it; never called for `http(s)` and `data:` addresses.
    fn state(&self, path: &str) -> FileState;
}

/// A host that knows no files.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn state(&self, _path: &str) -> FileState {
        FileState::Unknown
    }
}

/// Files from a list; what is not in it is missing.
///
/// ```
/// use friendboard::share::{FileState, Files, ListedFiles};
/// let text = r#"{"a.mp4": {"readable": {"seconds": 12}}, "b.png": "unreadable"}"#;
/// let files: ListedFiles = friendboard::json::read(text, "files.json", &friendboard::Limits::default())?;
/// assert_eq!(files.state("b.png"), FileState::Unreadable);
/// assert_eq!(files.state("c.png"), FileState::Missing);
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ListedFiles(pub BTreeMap<String, FileState>);

impl Files for ListedFiles {
    fn state(&self, path: &str) -> FileState {
        self.0.get(path).copied().unwrap_or(FileState::Missing)
    }
}

/// The network as the platform finds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// It answers.
    #[default]
    Available,
    /// There is none.
    Unavailable,
    /// Requests run into their time limit.
    TimesOut,
}

/// The app that shares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct App {
    /// Its name, the title where a request has none.
    pub name: String,
    /// Its icon: an address or a path; empty: a placeholder with the name's first letter.
    pub icon: String,
    /// Its description in the platform's console.
    pub description: String,
    /// The page that is open, a full path that begins with `/` (W).
    pub page: String,
}

/// A share template that the platform's review has passed (D, `templateId`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Template {
    /// Title.
    pub title: String,
    /// Text below it.
    pub desc: String,
    /// Picture.
    pub image_url: String,
}

/// A friend that was picked in the invitation panel (D).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Invited {
    /// Nickname.
    pub name: String,
    /// Address of the avatar.
    pub icon: String,
}

/// Faults inside of Douyin that no request shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DouyinFault {
    /// 10403: the platform's business answered with something unknown.
    UnknownBusiness,
    /// 10401: the common information of the request was refused.
    InvalidCommonInfo,
    /// 10401: the share board could not be shown.
    ShowBoard,
    /// 10401: the share itself failed.
    Share,
    /// 21110: the cut template could not be used.
    CutTemplate,
    /// 20001: the task's game is not known.
    TaskGameId,
    /// 21500: who plays could not be found out (`shareMessageToFriend`).
    UserInfo,
    /// 0: what is shared could not be found out (`shareMessageToFriend`).
    ShareInfo,
    /// 20000: the friend has had as many invitations today as the platform lets through (`shareMessageToFriend`).
    FrequencyControl,
}

/// Douyin's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DouyinState {
    /// Channels that the app has no permission for (21101).
    pub denied_channels: Vec<String>,
    /// Channels that this host app does not have (20000).
    pub unsupported_channels: Vec<String>,
    /// True where this host app can't send a picture of one's own (21112).
    pub share_image_unsupported: bool,
    /// Stickers that are not to be had (21108).
    pub unavailable_stickers: Vec<String>,
    /// Cut templates that are not to be had (21109).
    pub unavailable_cut_templates: Vec<String>,
    /// The app's sharing is denied (21111).
    pub sharing_denied: bool,
    /// The app's sharing is barred, so that its share information can't be had ('get shareInfo return null').
    pub sharing_barred: bool,
    /// A fault inside of the platform.
    pub fault: Option<DouyinFault>,
    /// Seconds since the link was shared; it ends after [45 days](super::douyin::LINK_DAYS).
    pub link_age: u64,
    /// Templates that passed the review, by id.
    pub templates: BTreeMap<String, Template>,
    /// Who is picked in the invitation panel: the platform tells of the first friend only, and of no group.
    pub invited: Vec<Invited>,
}

impl Default for DouyinState {
    fn default() -> Self {
        Self {
            denied_channels: Vec::new(),
            unsupported_channels: Vec::new(),
            share_image_unsupported: false,
            unavailable_stickers: Vec::new(),
            unavailable_cut_templates: Vec::new(),
            sharing_denied: false,
            sharing_barred: false,
            fault: None,
            link_age: 0,
            templates: BTreeMap::new(),
            // Somebody is picked when an invitation is sent; who it is matters only to a script that says so.
            invited: vec![Invited { name: "好友".to_owned(), icon: String::new() }],
        }
    }
}

/// Where a WeChat message goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SentTo {
    /// A friend: no ticket.
    #[default]
    Friend,
    /// A group: a ticket, where the menu was told to give tickets.
    Group,
}

/// The forward menu as `showShareMenu`, `hideShareMenu` and `updateShareMenu` left it (W).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Menu {
    /// `hideShareMenu` was called last.
    pub hidden: bool,
    /// The page has no `onShareAppMessage`: the menu has no forward button then.
    pub no_handler: bool,
    /// Messages to groups carry a ticket.
    pub with_share_ticket: bool,
    /// The next message is an updatable one.
    pub updatable: Option<Updatable>,
}

/// An updatable message (W).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Updatable {
    /// The activity that it belongs to.
    pub activity_id: String,
    /// How many have joined.
    pub member_count: String,
    /// How many there can be.
    pub room_limit: String,
}

/// A ticket's facts, as the platform hands them out encrypted (W).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct EncryptedShareInfo {
    /// Base64 of AES-128-CBC.
    pub encrypted_data: String,
    /// Base64 of 16 bytes.
    pub iv: String,
}

/// WeChat's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct WeChatState {
    /// The forward menu.
    pub menu: Menu,
    /// Where the message goes.
    pub sent_to: SentTo,
    /// Tickets of this run of the app: the platform's answers to `getShareInfo`, by ticket.
    pub share_tickets: BTreeMap<String, EncryptedShareInfo>,
    /// State of an updatable message: 0 members are joining, 1 it has begun.
    pub message_state: u8,
    /// Seconds since the activity was created; it ends after 24 hours.
    pub message_age: u64,
}

/// The state of the platform around the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PlatformState {
    /// The call came from a tap of the person's.
    pub clicked_by_user: bool,
    /// The person has granted what the call needs (friend relation, profile, album).
    pub authorized: bool,
    /// The network.
    pub network: Network,
    /// The app that shares.
    pub app: App,
    /// The code that `authorizeOpenContext` gives, which the game's server exchanges (T).
    pub authorization_code: String,
    /// Douyin's own.
    pub douyin: DouyinState,
    /// WeChat's own.
    pub wechat: WeChatState,
}

impl Default for PlatformState {
    fn default() -> Self {
        Self {
            clicked_by_user: true,
            authorized: true,
            network: Network::Available,
            app: App::default(),
            authorization_code: "friendboard".to_owned(),
            douyin: DouyinState::default(),
            wechat: WeChatState::default(),
        }
    }
}

/// Everything that a share call meets.
///
/// ```
/// use friendboard::share::{Circumstances, NoFiles, Person};
/// let mut circumstances = Circumstances::new(&NoFiles);
/// circumstances.person = Person::Cancel;
/// circumstances.client = Some("40.3.0".parse().unwrap());
/// ```
#[derive(Clone)]
pub struct Circumstances<'a> {
    /// The client's version; `None`: new enough for everything.
    pub client: Option<Version>,
    /// The base library's version, which is another number (W, D); `None`: new enough for everything.
    pub library: Option<Version>,
    /// The domain that the call is made in; `None`: whichever it belongs to.
    pub domain: Option<Domain>,
    /// What the person does.
    pub person: Person,
    /// The files that the request may name.
    pub files: &'a dyn Files,
    /// The platform's state.
    pub platform: PlatformState,
    /// Ceilings for the request.
    pub limits: Limits,
}

impl<'a> Circumstances<'a> {
    /// A new client, a person who sends, a platform where all is well.
    #[must_use]
    pub fn new(files: &'a dyn Files) -> Self {
        Self {
            client: None,
            library: None,
            domain: None,
            person: Person::Accept,
            files,
            platform: PlatformState::default(),
            limits: Limits::default(),
        }
    }

    /// True where the client is known to be older than this version.
    pub(super) fn client_is_older(&self, since: &Version) -> bool {
        self.client.as_ref().is_some_and(|client| client < since)
    }

    /// True where the base library is known to be older than this version.
    pub(super) fn library_is_older(&self, since: &Version) -> bool {
        self.library.as_ref().is_some_and(|library| library < since)
    }

    /// What is known of a path: `Unknown` for what is no local path.
    pub(super) fn state(&self, path: &str) -> FileState {
        if is_remote(path) || path.starts_with("data:") { FileState::Unknown } else { self.files.state(path) }
    }
}

/// Circumstances as a document: a script's, a test's.
///
/// ```
/// use friendboard::share::{CircumstancesData, Person};
/// let text = r#"{"client": "40.3.0", "person": "cancel", "platform": {"app": {"name": "2048"}}}"#;
/// let data: CircumstancesData = friendboard::json::read(text, "circumstances.json", &friendboard::Limits::default())?;
/// assert_eq!(data.circumstances().person, Person::Cancel);
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CircumstancesData {
    /// The client's version.
    pub client: Option<Version>,
    /// The base library's version (W, D).
    pub library: Option<Version>,
    /// The domain that the call is made in: `main` or `open-data`; absent: whichever it belongs to.
    pub domain: Option<Domain>,
    /// What the person does.
    pub person: Person,
    /// All files that there are; absent: nothing is known of files.
    pub files: Option<ListedFiles>,
    /// The platform's state.
    pub platform: PlatformState,
}

impl CircumstancesData {
    /// The circumstances that the document says, with the usual ceilings.
    #[must_use]
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            client: self.client.clone(),
            library: self.library.clone(),
            domain: self.domain,
            person: self.person,
            files: self.files.as_ref().map_or(&NoFiles as &dyn Files, |files| files),
            platform: self.platform.clone(),
            limits: Limits::default(),
        }
    }
}

/// True for an `http` or `https` address.
pub(super) fn is_remote(address: &str) -> bool {
    let starts = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}
