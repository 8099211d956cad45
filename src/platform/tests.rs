//! The tables, against what the documents say.

use std::collections::BTreeSet;

use super::*;

const STORAGE: [Call; 8] = [
    Call::SetUserCloudStorage,
    Call::RemoveUserCloudStorage,
    Call::GetUserCloudStorage,
    Call::GetUserCloudStorageKeys,
    Call::GetFriendCloudStorage,
    Call::GetGroupCloudStorage,
    Call::GetCloudStorageByRelation,
    Call::SetUserGroup,
];

#[test]
fn names_are_read_and_written() {
    for platform in Platform::ALL {
        assert_eq!(platform.name().parse::<Platform>().unwrap(), platform);
        assert_eq!(crate::json::write(&platform), format!("\"{platform}\""), "serde writes another name");
        let calls: Vec<Call> = platform.calls().collect();
        assert_eq!(calls.iter().collect::<BTreeSet<_>>().len(), calls.len(), "{platform} has a call twice");
        assert!(platform.permission_call().is_none_or(|call| platform.offers(call)));
    }
    for &call in Call::ALL {
        assert_eq!(Call::from_name(call.name()), Some(call));
        assert!(Platform::ALL.into_iter().any(|platform| platform.offers(call)), "nobody has {call}");
    }
    let error = "wechta".parse::<Platform>().unwrap_err().to_string();
    assert_eq!(error, "expected tiktok, douyin, wps or wechat, found \"wechta\" (did you mean 'wechat'?)");
}

/// Friends' data is read in the open data domain only.
#[test]
fn storage_calls_stand_in_their_domains() {
    let in_both = ["setUserCloudStorage", "removeUserCloudStorage", "setUserGroup"];
    let own = ["getUserCloudStorage", "getUserCloudStorageKeys"];
    for (platform, friends) in [
        (Platform::TikTok, &["getFriendCloudStorage"][..]),
        (Platform::WeChat, &["getFriendCloudStorage", "getGroupCloudStorage"]),
        (Platform::Douyin, &["getCloudStorageByRelation"]),
    ] {
        for call in STORAGE {
            let name = call.name();
            let writes = in_both.contains(&name) && (name != "setUserGroup" || platform == Platform::Douyin);
            assert_eq!(platform.has(call, Domain::Main), writes, "{platform} {name} in the main domain");
            let reads = own.contains(&name) || friends.contains(&name);
            assert_eq!(platform.has(call, Domain::OpenData), writes || reads, "{platform} {name}");
            assert!(!friends.contains(&name) || platform.needs_permission(call), "{platform} {name}");
        }
    }
    for call in STORAGE {
        assert!(!Platform::Wps.offers(call));
    }
}

#[test]
fn a_call_is_there_from_its_version_on() {
    for (client, there) in [("40.2.9", false), ("40.3", true), ("40.10.0", true)] {
        let client = client.parse().unwrap();
        assert_eq!(Platform::TikTok.can_i_use("shareToStory", Some(&client), None), there);
        assert!(Platform::TikTok.can_i_use("getFriendCloudStorage", Some(&client), None), "no version is named");
    }
    assert!(!Platform::Douyin.can_i_use("shareToStory", None, None));
    assert_eq!(Platform::Wps.since(Call::ShareMessage), Some(Version::new(4, 25, 0)));
    assert_eq!(Platform::WeChat.since(Call::GetGroupInfo), None, "the base library is not the client");
    assert_eq!(Platform::WeChat.since_library(Call::GetGroupInfo), Some(Version::new(2, 10, 1)));
    for (library, there) in [("2.73.9", false), ("2.74.0", true), ("3.1", true)] {
        let library = library.parse().unwrap();
        assert_eq!(Platform::Douyin.can_i_use("shareMessageToFriend", None, Some(&library)), there);
        assert!(Platform::TikTok.can_i_use("shareToUser", None, Some(&library)), "TikTok's documents name clients");
    }
}

#[test]
fn failures_are_spelt_as_each_platform_does() {
    for (platform, call, expected) in [
        (Platform::TikTok, Call::ShareToUser, r#"{"fail":{"errMsg":"shareToUser:fail no"}}"#),
        (Platform::Douyin, Call::ShareAppMessage, r#"{"fail":{"errMsg":"shareAppMessage:fail no","errNo":7}}"#),
        (Platform::Wps, Call::ShareMessage, r#"{"fail":{"errno":7,"msg":"no"}}"#),
        (Platform::WeChat, Call::GetShareInfo, r#"{"fail":{"errCode":7,"errMsg":"getShareInfo:fail no"}}"#),
    ] {
        let answer = Answer::of(platform, call, Some(&Finding::error("code", 7, "no")), []);
        assert_eq!(crate::json::write(&answer), expected);
        assert!(!answer.is_success());
    }
    let sent = Answer::of(Platform::Wps, Call::ShareMessage, None, []);
    assert_eq!(crate::json::write(&sent), r#"{"success":{}}"#, "onSuccess gets nothing");
}
