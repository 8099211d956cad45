//! WeChat (微信) mini games and mini programs. Versions are those of the base library in the typings.

use super::call::Call;
use super::facts::{Facts, Offer, Spelling};
use super::storage::{Fault, Measure, Storage};

pub(super) static FACTS: Facts = Facts {
    name: "wechat",
    global: Some("wx"),
    calls: &[
        Offer::main(Call::OnShareAppMessage),
        Offer::main(Call::ShareAppMessage),
        Offer::main(Call::ShowShareMenu).since_library(1, 1, 0),
        Offer::main(Call::HideShareMenu).since_library(1, 1, 0),
        Offer::main(Call::UpdateShareMenu).since_library(1, 2, 0),
        Offer::main(Call::GetShareInfo).since_library(1, 1, 0),
        Offer::open_data(Call::ShareMessageToFriend).since_library(2, 9, 0),
        Offer::main(Call::SetMessageToFriendQuery),
        Offer::main(Call::OpenSetting),
        Offer::both(Call::SetUserCloudStorage).since_library(1, 9, 92),
        Offer::both(Call::RemoveUserCloudStorage).since_library(1, 9, 92),
        Offer::open_data(Call::GetUserCloudStorage).since_library(1, 9, 92),
        Offer::open_data(Call::GetUserCloudStorageKeys).with_permission().since_library(2, 16, 1),
        Offer::open_data(Call::GetFriendCloudStorage).with_permission().since_library(1, 9, 92),
        Offer::open_data(Call::GetGroupCloudStorage).with_permission().since_library(1, 9, 92),
        Offer::open_data(Call::GetPotentialFriendList).with_permission().since_library(2, 9, 0),
        Offer::open_data(Call::GetGroupInfo).with_permission().since_library(2, 10, 1),
        Offer::main(Call::GetGroupEnterInfo).since_library(2, 10, 4),
        Offer::open_data(Call::GetGroupMembersInfo).since_library(3, 7, 12),
        Offer::both(Call::GetUserInfo).with_permission(),
        Offer::open_data(Call::ModifyFriendInteractiveStorage).since_library(2, 7, 7),
        Offer::main(Call::GetUserInteractiveStorage).with_permission().since_library(2, 7, 7),
        Offer::both(Call::CanIUse),
    ],
    permission: Some(Call::OpenSetting),
    storage: Some(Storage {
        pairs: 128,
        measure: Measure::Bytes,
        key: 128,
        value: None,
        pair: Some(1_024),
        stored_as: "KVDataList",
        own_as: "KVDataList",
        has_rank_keys: false,
        // Those of the server's `setUserStorage`, which has the same limits, and −12006 of 'not authorised'.
        numbers: &[
            (Fault::KeyLength, 87_019),
            (Fault::PairLength, 87_016),
            (Fault::PairCount, 87_018),
            (Fault::NotAllowed, -12_006),
            (Fault::Unavailable, -1),
        ],
    }),
    spelling: Spelling { success: Some("errMsg"), failure: "errMsg", names_call: true, number: Some("errCode") },
};
