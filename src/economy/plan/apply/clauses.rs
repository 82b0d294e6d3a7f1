//! Levers on what contracts bind their holders to. Of several entries the one that goes furthest stands.

use super::{Here, Levers};
use crate::economy::plan::NeedRules;

impl Levers {
    /// What contracts that are let now are to carry.
    pub(super) fn clauses(&self, here: &Here, r: &mut NeedRules) {
        let c = &mut r.clauses;
        for (l, s) in here.of(&self.living_wage_clause) {
            let level = (l.level * s) as f32;
            if level > c.all.living_wage {
                (c.all.living_wage, c.living_wage_from_gbp) = (level, l.from_gbp);
            }
        }
        for (l, s) in here.of(&self.local_hiring_clause) {
            let [residents, deprived] =
                [l.residents_times, l.deprived_times].map(|x| (1.0 + s * (x - 1.0)) as f32);
            if residents * deprived > c.all.residents_times * c.all.deprived_times {
                (c.all.residents_times, c.all.deprived_times) = (residents, deprived);
                (c.all.hiring_cost, c.hiring_from_gbp) = ((s * l.cost_percent / 100.0) as f32, l.from_gbp);
            }
        }
        for (l, s) in here.of(&self.local_subcontracting_clause) {
            let share = (l.share * s) as f32;
            if share > c.all.services {
                (c.all.services, c.services_from_gbp) = (share, l.from_gbp);
                c.all.services_dearer = (l.dearer_percent / 100.0) as f32;
            }
        }
        for (l, s) in here.of(&self.local_materials_clause) {
            let share = (l.share * s) as f32;
            if share > c.all.goods {
                (c.all.goods, c.goods_from_gbp) = (share, l.from_gbp);
                c.all.goods_dearer = (l.dearer_percent / 100.0) as f32;
            }
        }
        for l in here.at_half(&self.prompt_payment) {
            if l.days < r.clauses.all.days {
                (r.clauses.all.days, r.prompt_by) = (l.days, l.financed_by);
            }
        }
    }
}
