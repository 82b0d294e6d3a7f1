//! Levers on how needs are packaged and let, and who can take part.

use super::{Here, Levers, eased};
use crate::economy::plan::NeedRules;

impl Levers {
    /// How needs are packaged and let, and who can take part.
    pub(super) fn competition(&self, here: &Here, r: &mut NeedRules, dynamic_lawful: bool) {
        for l in here.at_half(&self.local_invitations) {
            r.local_invited = r.local_invited.max(l.at_least);
        }
        for l in here.at_half(&self.lots) {
            if l.number > r.lots {
                r.lots = l.number;
                r.lots_from_gbp = l.from_gbp;
            }
        }
        for l in here.at_half(&self.aggregation) {
            r.across = r.across.max(l.across);
        }
        for (l, s) in here.of(&self.quotes_threshold) {
            let wanted = r.tender_from_gbp.max(l.at_least_gbp);
            r.tender_from_gbp = eased(r.tender_from_gbp, wanted, s);
        }
        for (l, s) in here.of(&self.framework_use) {
            r.framework_factor *= 1.0 + s * l.change_percent / 100.0;
        }
        for (l, s) in here.of(&self.dynamic_market).filter(|_| dynamic_lawful) {
            r.dynamic_share = r.dynamic_share.max(s * l.share);
        }
        for (l, s) in here.of(&self.turnover_cap) {
            r.turnover_cap = eased(r.turnover_cap, r.turnover_cap.min(l.at_most), s);
        }
        for l in here.at_half(&self.early_engagement) {
            r.lead_months = r.lead_months.max(l.lead_months);
        }
        for (l, s) in here.of(&self.bid_support) {
            if s * l.saves_percent / 100.0 > r.bid_cost_saved {
                r.bid_cost_saved = s * l.saves_percent / 100.0;
                (r.bid_help_cost, r.bid_help_by) = (l.cost_per_gbp_spared, l.financed_by);
            }
        }
        for (l, s) in here.of(&self.insourcing) {
            if s * l.share > r.own_share {
                r.own_share = s * l.share;
                r.own_by = l.by;
            }
        }
        for (l, s) in here.of(&self.procurement_budget) {
            r.budget += s * l.change_percent / 100.0;
        }
        for (l, s) in here.of(&self.framework_lots) {
            r.framework_lots = r.framework_lots.max(s * l.share);
            r.framework_lots_by = l.financed_by;
        }
        for l in here.at_half(&self.pipeline_notices) {
            r.notice_months = r.notice_months.max(l.notice_months);
        }
        for (l, s) in here.of(&self.buyer_training) {
            r.off_policy_factor = r.off_policy_factor.min(1.0 - s * l.share);
        }
        for (l, s) in here.of(&self.legal_advice_pool) {
            r.challenge_factor = r.challenge_factor.min(1.0 - s * l.risk_cut_percent / 100.0);
        }
    }
}
