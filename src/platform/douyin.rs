//! Douyin (抖音) mini games.

use super::call::Call;
use super::facts::{Facts, Offer, Spelling};
use super::storage::{Fault, Measure, Storage};

pub(super) static FACTS: Facts = Facts {
    name: "douyin",
    global: Some("tt"),
    calls: &[
        Offer::main(Call::ShareAppMessage),
        Offer::open_data(Call::ShareMessageToFriend).since_library(2, 74, 0),
        Offer::main(Call::OpenSetting),
        Offer::both(Call::SetUserCloudStorage),
        Offer::both(Call::RemoveUserCloudStorage),
        Offer::open_data(Call::GetUserCloudStorage),
        Offer::open_data(Call::GetUserCloudStorageKeys),
        Offer::open_data(Call::GetCloudStorageByRelation).with_permission(),
        Offer::both(Call::SetUserGroup),
        Offer::both(Call::GetImRankData),
        Offer::main(Call::GetUserInfo),
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
        own_as: "data",
        has_rank_keys: true,
        // Those of the server's `set_user_storage`, whose effect the documents call the same, of 'auth deny' and of
        // 'invalid param'.
        numbers: &[
            (Fault::KeyLength, 40_009),
            (Fault::PairLength, 40_010),
            (Fault::RankValue, 40_011),
            (Fault::PairCount, 60_001),
            (Fault::NotAllowed, 10_200),
            (Fault::Parameter, 20_001),
            (Fault::Pair, 20_001),
            (Fault::Group, 20_001),
            (Fault::Unavailable, -1),
        ],
    }),
    spelling: Spelling { success: Some("errMsg"), failure: "errMsg", names_call: true, number: Some("errNo") },
};
