//! TikTok mini games.

use super::call::Call;
use super::facts::{Facts, Offer, Spelling};
use super::storage::{Measure, Storage};

pub(super) static FACTS: Facts = Facts {
    name: "tiktok",
    global: Some("TTMinis.game"),
    calls: &[
        // 'Client version 40.3.0 or higher for sharing capabilities.'
        Offer::open_data(Call::ShareToUser).since_client(40, 3, 0),
        Offer::main(Call::ShareAppMessage).since_client(40, 3, 0),
        Offer::main(Call::ShareToStory).since_client(40, 3, 0),
        Offer::main(Call::AuthorizeOpenContext),
        Offer::both(Call::SetUserCloudStorage),
        Offer::both(Call::RemoveUserCloudStorage),
        Offer::open_data(Call::GetUserCloudStorage),
        Offer::open_data(Call::GetUserCloudStorageKeys),
        Offer::open_data(Call::GetFriendCloudStorage).with_permission(),
        Offer::both(Call::CanIUse),
    ],
    permission: Some(Call::AuthorizeOpenContext),
    storage: Some(Storage {
        // The documents say nothing about the number of pairs: the ceiling is ours.
        pairs: 1_024,
        measure: Measure::Characters,
        key: 128,
        value: Some(2_048),
        pair: None,
        stored_as: "data",
        own_as: "KVDataList",
        has_rank_keys: false,
        numbers: &[],
    }),
    spelling: Spelling { success: Some("errMsg"), failure: "errMsg", names_call: true, number: None },
};
