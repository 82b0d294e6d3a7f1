//! How each anchor buys: its procurement team, its own rules and its attitudes.

use super::error::PlaceError;
use super::table::Table;

/// How an anchor buys: staff, its own rules, weights, attitudes. Values of contracts are over their whole
/// length and include VAT, as the thresholds in law do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamFacts {
    /// Procurement staff, full-time equivalent.
    pub officers_fte: f64,
    /// Contract managers who watch social value and quality, full-time equivalent.
    pub monitoring_fte: f64,
    /// 0 uses all the discretion that the rules allow, 1 none.
    pub risk_aversion: f64,
    /// Shares of the score; the three sum to 1.
    pub price_weight: f64,
    pub quality_weight: f64,
    pub social_value_weight: f64,
    /// No social value is asked below this value.
    pub social_value_from_gbp: f64,
    /// Direct award below this value.
    pub quotes_from_gbp: f64,
    /// Formal tender from this value; quotes below it.
    pub tender_from_gbp: f64,
    /// Months before award at which suppliers are usually engaged.
    pub lead_months: u16,
    /// Share of spend by devolved buyers who do not follow the policy.
    pub off_policy_share: f64,
    /// To the shared plan, 0 to 1.
    pub commitment: f64,
    /// Premium over the cheapest that it will pay for social ends, share of price.
    pub price_tolerance: f64,
    /// Multiplies the category's framework share.
    pub framework_factor: f64,
    /// What small enterprises hold of its contracts by value at the start.
    pub small_firms_share: f64,
}

/// The team of a row of `procurement_teams.csv`.
pub fn team(table: &Table, row: usize) -> Result<TeamFacts, PlaceError> {
    let team = TeamFacts {
        officers_fte: table.number(row, "officers_fte")?,
        monitoring_fte: table.number(row, "monitoring_fte")?,
        risk_aversion: table.share(row, "risk_aversion")?,
        price_weight: table.share(row, "price_weight")?,
        quality_weight: table.share(row, "quality_weight")?,
        social_value_weight: table.share(row, "social_value_weight")?,
        social_value_from_gbp: table.number(row, "social_value_from_gbp")?,
        quotes_from_gbp: table.number(row, "quotes_from_gbp")?,
        tender_from_gbp: table.number(row, "tender_from_gbp")?,
        lead_months: table.number(row, "lead_months")? as u16,
        off_policy_share: table.share(row, "off_policy_share")?,
        commitment: table.share(row, "commitment")?,
        price_tolerance: table.share(row, "price_tolerance")?,
        framework_factor: table.number(row, "framework_factor")?,
        small_firms_share: table.share(row, "small_firms_share")?,
    };
    let weights = team.price_weight + team.quality_weight + team.social_value_weight;
    if (weights - 1.0).abs() > 1e-9 {
        return Err(table.wrong(row, "price_weight", "the three weights must sum to 1"));
    }
    if team.quotes_from_gbp > team.tender_from_gbp {
        return Err(table.wrong(row, "quotes_from_gbp", "must not exceed tender_from_gbp"));
    }
    Ok(team)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,officers_fte,monitoring_fte,risk_aversion,price_weight,quality_weight,\
        social_value_weight,social_value_from_gbp,quotes_from_gbp,tender_from_gbp,lead_months,off_policy_share,\
        commitment,price_tolerance,framework_factor,small_firms_share";

    fn read(row: &str) -> Result<TeamFacts, PlaceError> {
        team(&Table::parse("teams.csv", &format!("{HEAD}\n{row}\n")).unwrap(), 0)
    }

    #[test]
    fn weights_that_do_not_sum_to_one_are_refused() {
        assert!(read("a,1,0,0.5,0.6,0.3,0.1,100000,10000,30000,6,0.2,0.5,0,1,0.2").is_ok());
        let message =
            read("a,1,0,0.5,0.6,0.3,0.2,100000,10000,30000,6,0.2,0.5,0,1,0.2").unwrap_err().to_string();
        assert!(message.contains("teams.csv:2") && message.contains("sum to 1"), "{message}");
    }

    #[test]
    fn shares_and_floors_out_of_range_are_refused() {
        let message =
            read("a,1,0,1.5,0.6,0.3,0.1,100000,10000,30000,6,0.2,0.5,0,1,0.2").unwrap_err().to_string();
        assert!(message.contains("risk_aversion") && message.contains("1.5"), "{message}");
        let message =
            read("a,1,0,0.5,0.6,0.3,0.1,100000,50000,30000,6,0.2,0.5,0,1,0.2").unwrap_err().to_string();
        assert!(message.contains("tender_from_gbp"), "{message}");
    }
}
