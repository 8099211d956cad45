// Made by `friendboard schema types` of the program's own types.

/** A value as JSON has it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Members of other names are refused. */
export interface Request {
  /** A built-in board; leaderboard where there is no template. */
  board?: "leaderboard" | "friend-list" | "neighbours" | "surpass" | "podium" | "group" | "weekly" | "rank-change" | "duel" | "mini";
  /** Friend data; Nothing is no friends. */
  data?: { [name: string]: Json } | Json[] | string;
  /** The time it is, for `ago` and a board's own texts; without it, nobody says. */
  date?: string | number;
  /** By whose rules the board is read; without it, as its root says. */
  dialect?: "css" | "layout" | null;
  /** Device px per px. */
  dpr?: number;
  /** Height of the canvas, px at dpr 1. */
  height: number;
  /** The key whose value is the score; without it, the first that reads as one. */
  key?: string;
  /** The board's own texts. */
  locale?: string | { [name: string]: string };
  /** Which score is better. */
  order?: "desc" | "asc" | "none";
  /** How many places a page has, where the data is a page of a longer order. */
  pageSize?: number;
  /** Ids of nodes that are shown pressed. */
  pressed?: string[];
  /** Offsets of scroll views by their id, px. */
  scroll?: { [name: string]: [number, number] };
  /** The player's own openid; without it, as the data says. */
  selfOpenid?: string;
  /** Older scores count as none. */
  since?: string | number;
  /** The state that is shown; without it, as the data says. */
  state?: "ready" | "loading" | "empty" | "denied" | "error" | null;
  /** Its style sheets, JSON; a later one wins. */
  styles?: string[];
  /** A template, XML, for `Request::compile`. */
  template?: string;
  /** Colours. */
  theme?: "light" | "dark" | "neon" | "paper" | "candy" | { [name: string]: string };
  /** What decides between equal scores, before their times do: cost_ms:asc, or a list of such. */
  thenBy?: string | string[];
  /** Which rank equal scores get. */
  ties?: "competition" | "dense" | "ordinal";
  /** How many friends are shown; without it, all. */
  top?: number;
  /** Further values that the template names. */
  variables?: { [name: string]: Json };
  /** Width of the canvas, px at dpr 1. */
  width: number;
  /** Where friends stand who have no score. */
  withoutScore?: "last" | "left-out";
  /** On whose clocks dates are shown. */
  zone?: string;
}

/** Members of other names are refused. */
export interface Options {
  /** A built-in board; leaderboard where there is no template. */
  board?: "leaderboard" | "friend-list" | "neighbours" | "surpass" | "podium" | "group" | "weekly" | "rank-change" | "duel" | "mini";
  /** Ms after which data is asked for anew. */
  dataAge?: number;
  /** When the context's clock is 0: for periods. */
  date?: string | number;
  /** By whose rules the boards are read; without it, as their roots say. */
  dialect?: "css" | "layout" | null;
  /** The number of the first page in messages. */
  firstPage?: number;
  /** The key whose value is the score, or a path into its JSON; without it, as the data says. */
  key?: string;
  /** The keys of the cloud storage that are asked for; none: that of `key`, else `score`. What a board shows of `friend.kv` beside it is named here, the score's first. */
  keyList?: string[];
  /** The board's own texts. */
  locale?: string | { [name: string]: string };
  /** Which score is better. */
  order?: "desc" | "asc" | "none";
  /** Scores from before the running period count as none. */
  period?: "day" | "week" | "month" | null;
  /** The platform that the board asks for data and sends messages by. */
  platform?: "tiktok" | "wechat" | "douyin";
  /** The player's own openid; without it, as messages and data say. */
  selfOpenid?: string;
  /** What invitations say. */
  share?: ShareSettings;
  /** Older scores count as none. */
  since?: string | number;
  /** Texts by key, over those of the locale. */
  strings?: { [name: string]: string };
  /** Its style sheets, JSON; a later one wins. */
  styles?: string[];
  /** A template of the game's own, XML. */
  template?: string;
  /** Colours. */
  theme?: "light" | "dark" | "neon" | "paper" | "candy" | { [name: string]: string };
  /** What decides between equal scores, before their times do: cost_ms:asc, or a list of such. */
  thenBy?: string | string[];
  /** Which rank equal scores get. */
  ties?: "competition" | "dense" | "ordinal";
  /** How many friends are shown; without it, all. */
  top?: number;
  /** Further globals of templates. */
  variables?: { [name: string]: Json };
  /** Where friends stand who have no score. */
  withoutScore?: "last" | "left-out";
  /** Which of the game's own messages mean what. */
  words?: { [name: string]: string } | { [name: string]: string }[];
  /** On whose clocks a period begins. */
  zone?: string;
}

/** What invitations say; what is not here is as `ShareText` has it. */
export interface ShareSettings {
  /** Picture. */
  imageUrl?: string;
  /** A JSON text for the game that the message opens (D). */
  query?: string;
  /** Line below it. */
  subtitle?: string;
  /** The template that passed the platform's review (D). */
  templateId?: string;
  /** 1 or 2, as a number or as text (T). */
  templateType?: 1 | 2 | "1" | "2" | null;
  /** Title. */
  title?: string;
}

/** Members of other names are refused. */
export interface Circumstances {
  /** The client's version. */
  client?: string;
  /** The domain that the call is made in: `main` or `open-data`; absent: whichever it belongs to. */
  domain?: "main" | "open-data" | null;
  /** All files that there are; absent: nothing is known of files. */
  files?: ListedFiles;
  /** The base library's version (W, D). */
  library?: string;
  /** What the person does. */
  person?: Person;
  /** The platform's state. */
  platform?: PlatformState;
}

/** The app that shares. */
export interface App {
  /** Its description in the platform's console. */
  description?: string;
  /** Its icon: an address or a path; empty: a placeholder with the name's first letter. */
  icon?: string;
  /** Its name, the title where a request has none. */
  name?: string;
  /** The page that is open, a full path that begins with `/` (W). */
  page?: string;
}
/** Faults inside of Douyin that no request shows. */
export type DouyinFault = "unknown-business" | "invalid-common-info" | "show-board" | "share" | "cut-template" | "task-game-id" | "user-info" | "share-info" | "frequency-control";

/** Douyin's state. */
export interface DouyinState {
  /** Channels that the app has no permission for (21101). */
  deniedChannels?: string[];
  /** A fault inside of the platform. */
  fault?: DouyinFault;
  /** Who is picked in the invitation panel: the platform tells of the first friend only, and of no group. */
  invited?: Invited[];
  /** Seconds since the link was shared; it ends after 45 days. */
  linkAge?: number;
  /** True where this host app can't send a picture of one's own (21112). */
  shareImageUnsupported?: boolean;
  /** The app's sharing is barred, so that its share information can't be had ('get shareInfo return null'). */
  sharingBarred?: boolean;
  /** The app's sharing is denied (21111). */
  sharingDenied?: boolean;
  /** Templates that passed the review, by id. */
  templates?: { [name: string]: Template };
  /** Cut templates that are not to be had (21109). */
  unavailableCutTemplates?: string[];
  /** Stickers that are not to be had (21108). */
  unavailableStickers?: string[];
  /** Channels that this host app does not have (20000). */
  unsupportedChannels?: string[];
}

/** A ticket's facts, as the platform hands them out encrypted (W). */
export interface EncryptedShareInfo {
  /** Base64 of AES-128-CBC. */
  encryptedData?: string;
  /** Base64 of 16 bytes. */
  iv?: string;
}

/** Facts of a file that a request names; what is not known is Nothing and is not checked. */
export interface FileFacts {
  /** Size in bytes. */
  bytes?: number;
  /** Height of a picture or a video, in px. */
  height?: number;
  /** Length of a video, in seconds. */
  seconds?: number;
  /** Width of a picture or a video, in px. */
  width?: number;
}
/** What the host knows of a path. */
export type FileState = "unknown" | "missing" | "unreadable" | { [name: string]: Json };

/** A friend that was picked in the invitation panel (D). */
export interface Invited {
  /** Address of the avatar. */
  icon?: string;
  /** Nickname. */
  name?: string;
}
/** Files from a list; what is not in it is missing. */
export type ListedFiles = { [name: string]: FileState };

/** The forward menu as `showShareMenu`, `hideShareMenu` and `updateShareMenu` left it (W). */
export interface Menu {
  /** `hideShareMenu` was called last. */
  hidden?: boolean;
  /** The page has no `onShareAppMessage`: the menu has no forward button then. */
  noHandler?: boolean;
  /** The next message is an updatable one. */
  updatable?: Updatable;
  /** Messages to groups carry a ticket. */
  withShareTicket?: boolean;
}
/** The network as the platform finds it. */
export type Network = "available" | "unavailable" | "times-out";
/** What the person in front of the share panel does. */
export type Person = "accept" | "cancel" | "no-app";

/** The state of the platform around the call. */
export interface PlatformState {
  /** The app that shares. */
  app?: App;
  /** The code that `authorizeOpenContext` gives, which the game's server exchanges (T). */
  authorizationCode?: string;
  /** The person has granted what the call needs (friend relation, profile, album). */
  authorized?: boolean;
  /** The call came from a tap of the person's. */
  clickedByUser?: boolean;
  /** Douyin's own. */
  douyin?: DouyinState;
  /** The network. */
  network?: Network;
  /** WeChat's own. */
  wechat?: WeChatState;
}
/** Where a WeChat message goes. */
export type SentTo = "friend" | "group";

/** A share template that the platform's review has passed (D, `templateId`). */
export interface Template {
  /** Text below it. */
  desc?: string;
  /** Picture. */
  imageUrl?: string;
  /** Title. */
  title?: string;
}

/** An updatable message (W). */
export interface Updatable {
  /** The activity that it belongs to. */
  activityId?: string;
  /** How many have joined. */
  memberCount?: string;
  /** How many there can be. */
  roomLimit?: string;
}

/** WeChat's state. */
export interface WeChatState {
  /** The forward menu. */
  menu?: Menu;
  /** Seconds since the activity was created; it ends after 24 hours. */
  messageAge?: number;
  /** State of an updatable message: 0 members are joining, 1 it has begun. */
  messageState?: number;
  /** Where the message goes. */
  sentTo?: SentTo;
  /** Tickets of this run of the app: the platform's answers to `getShareInfo`, by ticket. */
  shareTickets?: { [name: string]: EncryptedShareInfo };
}
