//! WPS Xiezuo (WPS 协作).

use super::call::Call;
use super::facts::{Facts, Offer, Spelling};

pub(super) static FACTS: Facts = Facts {
    name: "wps",
    global: None,
    calls: &[Offer::main(Call::ShareMessage).since_client(4, 25, 0)],
    permission: None,
    storage: None,
    spelling: Spelling { success: None, failure: "msg", names_call: false, number: Some("errno") },
};
