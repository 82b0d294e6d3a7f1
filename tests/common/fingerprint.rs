//! Hashes of all that a city and a tracer hold, column by column, to tell where two differ.

use recirc::tracer::Tracer;
use recirc::world::City;
use recirc::world::anchors::Anchors;
use recirc::world::contracts::Contracts;
use recirc::world::employers::Employers;
use recirc::world::flows::Flows;
use recirc::world::households::Households;
use recirc::world::market::Market;
use recirc::world::suppliers::Suppliers;
use recirc::world::workers::Workers;
use std::fmt::{Debug, Write};

/// Each column by name, with a hash of its values.
pub type Fingerprint = Vec<(&'static str, u64)>;

/// The first column that differs between two fingerprints.
pub fn first_difference(a: &Fingerprint, b: &Fingerprint) -> Option<&'static str> {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).find(|(a, b)| a != b).map(|(a, _)| a.0)
}

/// Name and hash the fields of a struct. It is taken apart in full, so that a new column is a compile error
/// here until it is listed.
macro_rules! columns {
    ($print:ident, $of:expr, $table:literal, $Type:ident { $($field:ident),+ $(,)? }) => {
        let $Type { $($field),+ } = $of;
        $($print.push((concat!($table, ".", stringify!($field)), hash($field)));)+
    };
}

/// A hash of every column of a city.
pub fn fingerprint(city: &City) -> Fingerprint {
    let mut print =
        vec![("cash", hash(&city.cash)), ("money", hash(&city.money)), ("month", hash(&city.month))];
    print.push(("shocks", hash(&city.shocks)));
    print.push(("institutions", hash(&city.institutions)));
    columns!(
        print,
        &city.households,
        "households",
        Households {
            ward,
            decile,
            tenure,
            adults,
            children,
            pensioners,
            budget,
            deposits,
            steady,
            commitments,
            landlord,
            spending,
            fixed,
            credit_at_start,
            outlets,
            short_lists,
            workers_from,
            received_last,
            received,
            budgets,
        }
    );
    columns!(
        print,
        &city.workers,
        "workers",
        Workers {
            household,
            employer,
            post,
            status,
            sector,
            pay,
            skill_pay,
            hours,
            home,
            months_out,
            residents,
        }
    );
    columns!(
        print,
        &city.suppliers,
        "suppliers",
        Suppliers {
            identity,
            active,
            stand_in,
            sector,
            zone,
            ward,
            ownership,
            shop,
            owner,
            partners,
            vat,
            recipe,
            links,
            normal_sales,
            expected,
            expected_consumption,
            consumption,
            export_weight,
            received_last,
            sales_last,
            received,
            sales,
            turned_away,
            vat_due,
            staff_due,
            debt,
            quality,
            norm,
            age_months,
            contract_income,
            turnover,
            experience,
            premium,
        }
    );
    columns!(
        print,
        &city.employers,
        "employers",
        Employers { headcount, wage_bill, posts, pay_level, target_bill, pension, pay_ratio, normal_ni }
    );
    columns!(
        print,
        &city.anchors,
        "anchors",
        Anchors {
            id,
            name,
            kind,
            outside_income,
            irrecoverable_vat,
            procurement,
            received_last,
            received,
            normal_receipts,
            petty_factor,
            remitted,
            debt,
            reserve,
            advanced,
            petty,
            teams,
            commitment,
            own_commitment,
            extra_bill,
            council,
            water,
        }
    );
    columns!(
        print,
        &city.contracts,
        "contracts",
        Contracts {
            rows,
            categories,
            pools,
            reach,
            reference_price,
            framework_scale,
            small_reach,
            reference_markup,
            frameworks,
            law,
            local,
            coverage,
            labour_share,
            social_value_of_form,
            wage_gap,
            usual,
            deprivation,
            bound,
            awards,
            awarded,
            teams,
        }
    );
    columns!(
        print,
        &city.market,
        "market",
        Market {
            wage_index,
            tightness,
            tightness_seen_outside,
            reference_tightness,
            search,
            search_from_outside,
            starts_looking,
            target_unemployment,
            settling,
            pay_bands,
            boards,
            exports,
            export_payers,
            outlet_pools,
            sellers,
            link_pools,
            trades,
            place_of_sale,
            water_share,
            vat_share,
            closing_hazard,
            demand_ratio,
            closed,
            opened,
            open_posts,
            vacancies,
            seekers,
        }
    );
    columns!(
        print,
        &city.flows,
        "flows",
        Flows {
            purchases,
            household,
            supplier,
            links,
            backups,
            anchor,
            payments,
            extra,
            given,
            service,
            pay
        }
    );
    print
}

/// The same of a tracer: its record, and what is in hand.
pub fn fingerprint_of_tracer(tracer: &Tracer) -> Fingerprint {
    vec![("tracer.ledger", hash(&tracer.ledger)), ("tracer.in_hand", hash(&tracer.in_hand()))]
}

/// A hash of the text by which a value shows itself: exact for whole numbers and for floats, and the same for
/// any type, so that no field is overlooked.
pub fn hash(value: &impl Debug) -> u64 {
    let mut hasher = Hasher(0xcbf2_9ce4_8422_2325);
    write!(hasher, "{value:?}").unwrap();
    hasher.0
}

/// FNV-1a (Fowler, Noll and Vo), over eight bytes at a time.
struct Hasher(u64);

impl Write for Hasher {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for chunk in text.as_bytes().chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            let mixed = (self.0 ^ u64::from_le_bytes(bytes)).wrapping_mul(0x0100_0000_01b3);
            self.0 = mixed ^ mixed >> 29;
        }
        Ok(())
    }
}
