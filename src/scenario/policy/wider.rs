//! Levers beyond the competition: own provision, budgets, land, pension funds.

use super::{By, Financing, Reach};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

entries! {
    /// Takes needs out of the market as their contracts end.
    insourcing: Insourcing {
        /// Share of the needs in reach. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
        /// Who provides instead.
        by: By,
    }

    /// A change to procurement budgets (austerity or growth).
    procurement_budget: ProcurementBudget {
        /// Change in percent of the budget without it. Neutral: 0.
        #[schemars(range(min = -100, max = 1000))]
        change_percent: f64,
    }

    /// Lets idle land and space of the anchors to social enterprises below the market's rent.
    rent_discount: RentDiscount {
        /// Discount on the rent of community interest companies, charities and co-operatives, in percent. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        discount_percent: f64,
        /// Who pays for it.
        #[serde(default)]
        financed_by: Financing,
    }

    /// Pension contributions of the anchors' staff that are invested in the city: works by its builders.
    pension_fund_local: PensionFundLocal {
        /// Share of the contributions of employers in the local government scheme. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        share: f64,
    }
}
