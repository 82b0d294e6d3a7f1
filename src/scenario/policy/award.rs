//! Levers on how bids are scored.

use super::{Group, Reach};
use crate::place::vocabulary::{LocalDefinition, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

entries! {
    /// Caps the weight of price in the award; quality and social value share the rest as before.
    price_weight: PriceWeight {
        /// Weight of price at the most, a share of one. Neutral: 1.
        #[schemars(range(min = 0, max = 1))]
        at_most: f64,
    }

    /// Raises the weight of social value; price and quality share the rest as before.
    social_value_weight: SocialValueWeight {
        /// Weight of social value at the least, a share of one. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        at_least: f64,
        /// Value from which social value is asked for, GBP including VAT, where the anchor's own rules say more.
        #[serde(default)]
        #[schemars(range(min = 0, max = 1000000000))]
        from_gbp: Option<f64>,
    }

    /// Extra points for a local bid, in the hundred, on tenders up to a value.
    local_preference: LocalPreference {
        /// Points in the hundred added to a local bid's score. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
        /// Largest whole-life contract value, GBP including VAT, to which it applies; never beyond the threshold
        /// in law.
        #[schemars(range(min = 0, max = 1000000000))]
        up_to_gbp: f64,
        /// How near a supplier's site must be to count at all.
        local: Zone,
        /// What makes a bid local: points are given in proportion to the supplier's share under this definition.
        #[serde(default)]
        definition: LocalDefinition,
    }

    /// Extra points for bids of a group of suppliers, below the threshold in law.
    group_preference: GroupPreference {
        /// Points in the hundred added to a bid's score. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
        /// Whose bids earn them.
        group: Group,
    }

    /// Raises the weight of quality; price and social value share the rest as before.
    quality_weight: QualityWeight {
        /// Weight of quality at the least, a share of one. Neutral: 0.
        #[schemars(range(min = 0, max = 1))]
        at_least: f64,
    }

    /// Sets what makes a bid local wherever one is preferred for it.
    definition_of_local: DefinitionOfLocal {
        /// The definition in use; each preference's own when left out.
        #[serde(default)]
        definition: Option<LocalDefinition>,
    }

    /// Takes points from bidders whose profit, interest and rent leave the city.
    extraction_penalty: ExtractionPenalty {
        /// Points in the hundred taken when all of it leaves, fewer in proportion. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
    }

    /// Credits community interest companies and charities for the value they have of their own.
    vcse_credit: VcseCredit {
        /// Points in the hundred. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
    }

    /// Gives points for work that goes to people of deprived wards (health inequality).
    deprivation_weight: DeprivationWeight {
        /// Points in the hundred when all of a bidder's staff live in the most deprived ward. Neutral: 0.
        #[schemars(range(min = 0, max = 100))]
        points: f64,
    }

    /// Lets preferences stand above the threshold too, as a region with rules of its own might.
    devolved_local_rules: DevolvedLocalRules {
        /// Value up to which preferences may stand, GBP including VAT; the threshold in law holds below it.
        /// Neutral: 0.
        #[schemars(range(min = 0, max = 1000000000))]
        up_to_gbp: f64,
    }
}
