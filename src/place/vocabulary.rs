//! The words that every room above shares, as closed sets.

use serde::{Deserialize, Serialize};

/// Give an enum its list of members, and each member its position.
macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$mdoc:meta])* $member:ident = $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum $name { $($(#[$mdoc])* #[serde(alias = $label)] $member),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$member),+];
            pub const COUNT: usize = Self::ALL.len();
            #[inline]
            pub const fn index(self) -> usize { self as usize }
            #[inline]
            pub const fn from_index(index: usize) -> $name { Self::ALL[index] }
            /// The word used for it in tables.
            pub const fn label(self) -> &'static str { match self { $($name::$member => $label),+ } }
        }
    };
}

closed_set! {
    /// Sections of the UK Standard Industrial Classification 2007. Section T (households as employers,
    /// GBP 7m of Leeds GVA and no counted jobs) is left out.
    Sector {
        A = "A", B = "B", C = "C", D = "D", E = "E", F = "F", G = "G", H = "H", I = "I", J = "J",
        K = "K", L = "L", M = "M", N = "N", O = "O", P = "P", Q = "Q", R = "R", S = "S",
    }
}

closed_set! {
    /// Where an account lives. The region is the rest of the city's county (West Yorkshire for Leeds), the
    /// country the rest of the United Kingdom.
    Zone { City = "city", Region = "region", Country = "country", World = "world" }
}

closed_set! {
    /// Who owns a supplier: it decides where profit, interest and buying go (MODEL section 2).
    Ownership {
        /// Sole trader or family firm.
        Family = "family",
        /// Independent company.
        Independent = "independent",
        /// Worker co-operative.
        Cooperative = "cooperative",
        /// Community interest company or charity (VCSE).
        Vcse = "vcse",
        /// Group with its headquarters in the city.
        LocalGroup = "local_group",
        /// Branch of a national group.
        NationalBranch = "national_branch",
        /// Branch of a multinational.
        MultinationalBranch = "multinational_branch",
        /// Private-equity or debt-structured group.
        Financialised = "financialised",
        /// School, surgery, court or other public body outside the network; pays no dividends.
        Public = "public",
    }
}

closed_set! {
    /// Size bands of the Inter-Departmental Business Register, by employees.
    SizeBand {
        To4 = "0-4", To9 = "5-9", To19 = "10-19", To49 = "20-49", To99 = "50-99", To249 = "100-249", From250 = "250+",
    }
}

closed_set! {
    /// How a household holds its home (Census 2021).
    Tenure {
        Outright = "owned outright", Mortgage = "mortgage", Council = "council rented",
        Association = "housing association", Private = "private rented",
    }
}

closed_set! {
    /// What households buy: COICOP divisions; rent is kept apart and is not among them.
    Purchase {
        Food = "food", AlcoholTobacco = "alcohol and tobacco", Clothing = "clothing",
        EnergyWaterRepairs = "energy, water and repairs", HouseholdGoods = "household goods", Health = "health",
        Transport = "transport", Communication = "communication", Recreation = "recreation and culture",
        Education = "education", RestaurantsHotels = "restaurants and hotels", Other = "other goods and services",
    }
}

closed_set! {
    /// What kind of institution an anchor is.
    AnchorKind {
        Council = "council", Nhs = "nhs", University = "university", College = "college", Utility = "utility",
        Authority = "authority", Culture = "culture", National = "national",
    }
}

closed_set! {
    /// Kinds of buyers for which shares of procurement are published apart.
    Buyers { Council = "council", Health = "health", Others = "others" }
}

impl Buyers {
    /// The kind of buyer that an anchor is.
    pub fn of(kind: Option<AnchorKind>) -> Buyers {
        match kind {
            Some(AnchorKind::Council) => Buyers::Council,
            Some(AnchorKind::Nhs) => Buyers::Health,
            _ => Buyers::Others,
        }
    }
}

closed_set! {
    /// How a need comes to be met (MODEL section 4, stages 1 and 3).
    Route {
        /// One supplier is asked.
        Direct = "direct award",
        /// A few are asked for a price; the lowest wins.
        Quotes = "quotes",
        /// A competition below the threshold in law; it may be reserved.
        BelowThreshold = "below-threshold tender",
        /// An advertised competition above it.
        Open = "open tender",
        /// Only members of a framework bid; social value was fixed when it was let.
        CallOff = "framework call-off",
        /// A list that suppliers may join at any time.
        DynamicMarket = "dynamic market",
        /// The contract goes on with its holder.
        Extension = "extension",
        /// Own staff or a wholly owned company.
        Own = "own provision",
        /// Another anchor provides.
        OtherAnchor = "other anchor",
    }
}

closed_set! {
    /// What can be meant by a local supplier: the eight definitions of the Leeds study (Youssef, Joubert, Waite
    /// and Brown 2025, section 4.4). `world/local.rs` says how each is measured.
    LocalDefinition {
        /// The unit that delivers lies in the city (the postcode on the invoice).
        Site = "site",
        /// The group's seat lies in the city.
        Headquarters = "headquarters",
        /// The firm or its group has a unit or a building in the city.
        Branch = "branch",
        /// Share of its pay that goes to residents.
        StaffResidence = "staff_residence",
        /// Share of its bought inputs that comes from sellers in the city.
        Materials = "materials",
        /// Share of the ownership claims on it that is held in the city.
        Ownership = "ownership",
        /// Share of the profit, interest and rent it pays that stays in the city.
        ProfitRetained = "profit_retained",
        /// Pounds re-spent in the city up the chain for each pound of its turnover.
        Upstream = "upstream",
    }
}

closed_set! {
    /// Class of a buyer, which sets its thresholds (Procurement Act 2023, schedule 1).
    Authority { Central = "central", SubCentral = "sub_central", Utility = "utility" }
}

closed_set! {
    /// What a contract is for, which sets its threshold.
    Subject { GoodsServices = "goods_services", Works = "works", LightTouch = "light_touch" }
}

/// How well a figure is known. Every parameter carries one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Seen in a retrieved publication.
    Published,
    /// Computed from published figures by a stated method.
    Derived,
    /// From memory, not seen.
    Recalled,
    /// Chosen; to be swept.
    Assumed,
}

/// The postcode of the supplier's site is what most anchors mean.
impl std::default::Default for LocalDefinition {
    fn default() -> Self {
        LocalDefinition::Site
    }
}
