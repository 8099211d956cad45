//! `getShareInfo`: the encrypted facts of a share ticket. [`crate::share::info`] decrypts them.

use serde::Serialize;

use super::{failure, invalid};
use crate::share::answer::{Answer, Finding};
use crate::share::call::{Read, Request};
use crate::share::card::CardModel;
use crate::share::circumstances::{Circumstances, EncryptedShareInfo, Network};
use crate::share::request::{Invalid, Reader};

/// `getShareInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GetShareInfo {
    /// The ticket; required.
    pub share_ticket: Option<String>,
}

impl GetShareInfo {
    fn facts<'a>(&self, circumstances: &'a Circumstances<'_>) -> Option<&'a EncryptedShareInfo> {
        circumstances.platform.wechat.share_tickets.get(self.share_ticket.as_ref()?)
    }
}

impl Read for GetShareInfo {
    fn read(reader: &mut Reader<'_>) -> Self {
        let share_ticket = reader.text("shareTicket");
        reader.pass_over(&["timeout"]);
        Self { share_ticket }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl Request for GetShareInfo {
    fn check(&self, circumstances: &Circumstances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.share_ticket.is_none() {
            let text = "parameter error: parameter.shareTicket";
            let finding = Finding::undocumented("invalid-parameter", text).at("shareTicket");
            findings.push(finding.because("it is required and missing"));
        } else if self.facts(circumstances).is_none_or(|facts| facts.encrypted_data.is_empty()) {
            findings.push(
                Finding::undocumented("unknown-ticket", "the share ticket is not known")
                    .at("shareTicket")
                    .because("tickets exist only for messages sent to a group, and live as long as the app's run"),
            );
        }
        if circumstances.platform.network != Network::Available {
            findings.push(Finding::undocumented("network", "network unavailable"));
        }
        findings
    }

    fn answer(&self, findings: &[Finding], circumstances: &Circumstances<'_>) -> Answer {
        if let Some(failure) = failure("getShareInfo", findings) {
            return failure;
        }
        let facts = self.facts(circumstances).cloned().unwrap_or_default();
        Answer::success([
            ("errMsg", "getShareInfo:ok".into()),
            ("encryptedData", facts.encrypted_data.into()),
            ("iv", facts.iv.into()),
        ])
    }

    fn card(&self, _circumstances: &Circumstances<'_>) -> Option<CardModel> {
        None
    }
}
