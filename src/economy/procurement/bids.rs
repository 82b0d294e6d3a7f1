//! Stage 6, bids: price, quality and social value.
//!
//! Price = unit cost × (1 + mark-up), over the reference price of the category. Unit cost follows wages, the
//! bidder's own luck (half of its variance the firm's, half the contract's), distance, the volume it can
//! spread its overheads over, the cost of changing over from the holder, and what its offer promises.

use super::bidders::{Known, Size, standing};
use super::{Chance, promises};
use crate::base::draws::{Purpose, short};
use crate::base::money::{WHOLE, pounds};
use crate::economy::institutions::mentored;
use crate::place::vocabulary::Zone;
use crate::scenario::settings::{BiddingRules, SocialValueRules};
use crate::world::City;
use crate::world::clauses::Clauses;
use crate::world::contracts::Promise;
use crate::world::suppliers::SupplierId;

/// Bounds of the effect of volume on cost.
const VOLUME_COUNTS: (f64, f64) = (0.75, 1.33);

/// What a buyer sees of a bid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bid {
    pub supplier: SupplierId,
    pub incumbent: bool,
    pub price: f64,
    pub mark_up: f64,
    /// 0 to 1, as seen; and as it is.
    pub quality: f64,
    pub true_quality: f64,
    pub promise: Promise,
    /// Points for belonging to a group that is preferred, and for being local.
    pub preference: f64,
    pub cost_of_bid_gbp: f64,
    /// What help to bid spares the bidder.
    pub spared_gbp: f64,
    /// Part of the price paid for clauses without more work done.
    pub same_work: f64,
}

/// The competition as a bidder sees it.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Of the need or lot, for draws.
    pub key: u64,
    pub category: u8,
    pub size: Size,
    /// Whole-life value without VAT, GBP.
    pub value_gbp: f64,
    /// Bidders that each one reckons with.
    pub rivals: usize,
    /// Somebody holds the contract now.
    pub held: bool,
    pub failed: bool,
    /// Share of its contracts that the buyer follows up, and how far it sees through claims.
    pub coverage: f64,
    /// What the contract will bind its holder to, the part of it that is kept, the discount on idle space.
    pub clauses: Clauses,
    pub kept: f64,
    pub rent_discount: f64,
    pub seen_through: f64,
    /// Rise of costs by dearer energy.
    pub energy_in_cost: f64,
}

/// How volume bears on unit cost: `(V/V₀)^−e`, V being no more than half of the bidder's turnover.
pub fn volume_factor(elasticity: f64, yearly_gbp: f64, usual_gbp: f64, turnover_gbp: f64) -> f64 {
    if usual_gbp <= 0.0 {
        return 1.0;
    }
    let volume = yearly_gbp.min(0.5 * turnover_gbp).max(1.0);
    libm::pow(volume / usual_gbp, -elasticity).clamp(VOLUME_COUNTS.0, VOLUME_COUNTS.1)
}

/// What a promise adds to the price: the part passed through of what will be delivered, and the fixed cost.
pub fn cost_of_promise(of: &SocialValueRules, delivers: f64, value_gbp: f64) -> f64 {
    if delivers <= 0.0 {
        return 0.0;
    }
    of.pass_through * of.cap_share * delivers + (of.fixed_cost_gbp / value_gbp.max(1.0)).min(0.1)
}

fn distance(of: &BiddingRules, zone: Zone) -> f64 {
    match zone {
        Zone::City => 0.0,
        Zone::Region => of.distance_cost_region,
        Zone::Country | Zone::World => of.distance_cost_country,
    }
}

/// One supplier's bid.
pub fn bid(city: &City, call: &Call, known: &Known, promise: Promise, chance: &Chance) -> Bid {
    let rules = &city.settings.procurement;
    let of = &rules.bidding;
    let s = known.supplier;
    let identity = city.suppliers.identity[s];
    let labour = city.suppliers.recipe[s].pay as f64 / WHOLE as f64;
    let wages =
        if city.settings.mechanisms.prices { 1.0 + labour * (city.market.wage_index - 1.0) } else { 1.0 };
    let of_firm = chance.fixed.normal(Purpose::SupplierTrait, identity, 1 << 16 | u32::from(call.category));
    let of_bid = chance.month.normal(Purpose::BidPrice, call.key, short(identity));
    let luck = libm::exp(of.cost_spread * std::f64::consts::FRAC_1_SQRT_2 * (of_firm + of_bid));
    let usual = city.contracts.categories[call.category as usize].value_median;
    let turnover = 12.0 * pounds(standing(city, s));
    let volume = volume_factor(of.scale_elasticity, call.size.yearly_gbp, usual, turnover);
    let change = if call.held && !known.incumbent {
        city.contracts.categories[call.category as usize].switching_cost
    } else {
        0.0
    };
    let delivers = promises::delivered(&rules.social_value, &promise, call.coverage);
    let promised = cost_of_promise(&rules.social_value, delivers, call.value_gbp);
    let haste = if call.failed { rules.delivery.failure_premium } else { 0.0 };
    let added = super::clauses::added(city, s, call);
    let cost = wages
        * luck
        * volume
        * (1.0 + call.energy_in_cost)
        * (1.0
            + distance(of, city.suppliers.zone[s])
            + change
            + promised
            + haste
            + added.same_work
            + added.more_work);
    let mark_up = super::entry::mark_up(of, call.rivals);
    let true_quality = f64::from(city.suppliers.quality[s]);
    let sees = city.contracts.categories[call.category as usize].quality_seen;
    let blind = if known.incumbent { 0.0 } else { libm::sqrt(1.0 - sees * sees) };
    let noise =
        of.quality_spread * blind * chance.month.normal(Purpose::BidQuality, call.key, short(identity));
    // Who is mentored writes a better bid.
    let mentoring = match mentored(city, s) {
        Some(_) => city.settings.institutions.mentored_quality,
        None => 0.0,
    };
    Bid {
        supplier: s,
        incumbent: known.incumbent,
        price: cost * (1.0 + mark_up),
        mark_up,
        quality: (true_quality + noise + mentoring).clamp(0.0, 1.0),
        true_quality,
        promise,
        preference: 0.0,
        cost_of_bid_gbp: 0.0,
        spared_gbp: 0.0,
        same_work: added.same_work,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    /// Four times the usual volume at −0.05: 4^−0.05 = 0.933; a firm of too small a turnover gains nothing.
    #[test]
    fn volume_by_hand() {
        assert!((volume_factor(0.05, 400_000.0, 100_000.0, 1e9) - 0.933_03).abs() < 1e-4);
        assert!((volume_factor(0.05, 400_000.0, 100_000.0, 200_000.0) - 1.0).abs() < 1e-9);
    }

    /// Half of 10% x 0.2 = 1%, and £2,000 on £100,000 = 2%: together 3%; on £1m 1.2%.
    #[test]
    fn social_value_is_dearer_for_small_contracts() {
        let of =
            load("leeds/baseline", &[]).unwrap_or_else(|e| panic!("{e}")).settings.procurement.social_value;
        let of = SocialValueRules { cap_share: 0.1, pass_through: 0.5, fixed_cost_gbp: 2000.0, ..of };
        assert!((cost_of_promise(&of, 0.2, 100_000.0) - 0.03).abs() < 1e-12);
        assert!((cost_of_promise(&of, 0.2, 1_000_000.0) - 0.012).abs() < 1e-12);
        assert_eq!(cost_of_promise(&of, 0.0, 100_000.0), 0.0);
    }
}
