//! Offers and requests: matched by kind, ward and size.

use crate::world::institutions::Kind;

/// How often an offer is of each kind, in the order of `Kind::ALL`: social value leans to skills (Leeds study, section
/// 4.4, which finds the lean; the shares are assumed).
const OFFERED: [f64; 5] = [0.4, 0.15, 0.15, 0.15, 0.15];
/// How much rather an offer goes to a request of its own kind, and to one of its supplier's ward (assumed).
const SAME_KIND: f64 = 3.0;
const SAME_WARD: f64 = 2.0;

/// The kind of an offer, by an even draw.
pub fn kind_of_offer(u: f64) -> Kind {
    let mut at = u;
    for (kind, share) in Kind::ALL.into_iter().zip(OFFERED) {
        at -= share;
        if at < 0.0 {
            return kind;
        }
    }
    Kind::Environment
}

/// Weight of a request for an offer: none where it is too large for it.
pub fn weight(offer: (Kind, Option<u8>, f64), request: (Kind, u8, f64)) -> f64 {
    if request.2 > offer.2 {
        return 0.0;
    }
    let kind = if offer.0 == request.0 { SAME_KIND } else { 1.0 };
    let ward = if offer.1 == Some(request.1) { SAME_WARD } else { 1.0 };
    kind * ward
}

/// What an offer is worth: its part of the contract's value without VAT, full marks being `cap_share` of it.
pub fn worth_of_offer(value_gbp: f64, cap_share: f64, real: f64) -> f64 {
    value_gbp * cap_share * real
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An offer of £4,000 in ward 3: same kind and ward 6, same kind 3, same ward 2, neither 1, too large 0.
    #[test]
    fn weights_by_hand() {
        let offer = (Kind::Skills, Some(3), 4000.0);
        for (request, expected) in [
            ((Kind::Skills, 3, 1000.0), 6.0),
            ((Kind::Skills, 4, 4000.0), 3.0),
            ((Kind::Space, 3, 1000.0), 2.0),
            ((Kind::Space, 4, 1000.0), 1.0),
            ((Kind::Skills, 3, 4001.0), 0.0),
        ] {
            assert_eq!(weight(offer, request), expected);
        }
    }

    /// Full marks are a tenth of £100,000; a quarter of them stands behind the claim: £2,500.
    #[test]
    fn worth_by_hand() {
        assert!((worth_of_offer(100_000.0, 0.1, 0.25) - 2500.0).abs() < 1e-9);
    }

    #[test]
    fn kinds_by_hand() {
        let of = [0.0, 0.39, 0.41, 0.56, 0.71, 0.99].map(kind_of_offer);
        let expected =
            [Kind::Skills, Kind::Skills, Kind::Materials, Kind::Expertise, Kind::Space, Kind::Environment];
        assert_eq!(of, expected);
    }
}
