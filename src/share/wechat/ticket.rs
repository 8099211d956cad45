//! `getShareInfo`: the encrypted facts of a share ticket. [`crate::share::info`] decrypts them.

use serde::Serialize;

use super::spelling::{answer, invalid};
use crate::json::Value;
use crate::platform::arguments::{ArgumentReader, Invalid};
use crate::platform::{Answer, Call, Finding};
use crate::share::card::CardModel;
use crate::share::circumstances::{Circumstances, EncryptedShareInfo, Network};
use crate::share::outcome::{FromArguments, ShareCall};

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

impl FromArguments for GetShareInfo {
    fn read(reader: &mut ArgumentReader<'_>) -> Self {
        let share_ticket = reader.text("shareTicket");
        reader.pass_over(&["timeout"]);
        Self { share_ticket }
    }

    fn invalid(found: &Invalid) -> Finding {
        invalid(found)
    }
}

impl ShareCall for GetShareInfo {
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
        let unknown = EncryptedShareInfo::default();
        let facts = self.facts(circumstances).unwrap_or(&unknown);
        let members = [("encryptedData", Value::from(&facts.encrypted_data)), ("iv", Value::from(&facts.iv))];
        answer(Call::GetShareInfo, findings, members)
    }

    fn cards(&self, _circumstances: &Circumstances<'_>) -> Vec<CardModel> {
        Vec::new()
    }
}
