//! What the usual labels of input-output tables mean.

use super::usual::{COLUMNS, ROWS};
use crate::scenario::nearest;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowRole {
    Sector,
    Output,
    /// Output, with imports of like goods in it where the table has them.
    Supply,
    /// A sum of other rows.
    Subtotal,
    Imports,
    /// Imports of goods like the sector's, which its buyers buy: no payment of the sector.
    Competing,
    /// Taxes less subsidies on products, or taxes not told apart.
    Taxes,
    ProductionTaxes,
    /// Compensation of employees: what a household row is made of.
    Income,
    /// Employers' social contributions, the part of compensation that is not wages and salaries.
    Contributions,
    Surplus,
    /// Consumption of fixed capital, which gross value added and a gross surplus hold.
    Depreciation,
    ValueAdded,
    /// Another payment that is part of the column's sum.
    Primary,
    Employment,
    Ignored,
}

/// What value added is made of where its parts stand apart.
pub(super) const PARTS_OF_VALUE_ADDED: [RowRole; 4] =
    [RowRole::Income, RowRole::Contributions, RowRole::Surplus, RowRole::ProductionTaxes];

/// What a column is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ColumnRole {
    Sector,
    Households,
    Final,
    /// Final demand in all, or the only column of it.
    AllFinal,
    Output,
    /// What is sold in all: output, with imports of like goods in it where the table has them.
    Use,
    Subtotal,
    Ignored,
}

/// Letters and digits only, in small letters, without what stands in brackets or after "at".
fn plain(label: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    for end in ["atbasicprices", "basicprices", "atpurchasersprices", "gbpm", "gbpmillion", "gbp"] {
        if let Some(stem) = out.strip_suffix(end) {
            out = stem.to_owned();
        }
    }
    out
}

/// Words of sums of what sectors buy.
const SUMS: &[&str] = &["domestic", "consumption", "purchases", "use", "inputs"];

/// The usual label most like this one.
pub(super) fn near_row(label: &str) -> Option<&'static str> {
    nearest(
        &plain(label),
        ROWS.iter().flat_map(|(_, labels)| labels.split_whitespace()).filter(|l| l.len() > 3),
    )
}

pub(super) fn near_column(label: &str) -> Option<&'static str> {
    nearest(
        &plain(label),
        COLUMNS.iter().flat_map(|(_, labels)| labels.split_whitespace()).filter(|l| l.len() > 3),
    )
}

/// The role of a row by its label, if it is one of the usual ones or holds a word that tells.
pub(super) fn row(label: &str) -> Option<RowRole> {
    usual_row(label).or_else(|| {
        let text = plain(label);
        // Results that stand under a table: "Employment multiplier", "GVA effect".
        if ["multiplier", "effect", "growth", "index"].iter().any(|word| text.contains(word)) {
            return None;
        }
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Some(match () {
            () if has(&["ofwhich", "employeessocial"]) && !has(&["wages", "compensation"]) => {
                RowRole::Ignored
            }
            () if has(&["ofwhich"]) => RowRole::Ignored,
            // Between purchases at home and those of residents, as the world's tables have it.
            () if has(&["directpurchases", "transportmargins"])
                || has(&["purchases"]) && has(&["nonresid"])
                || has(&["cif"]) && has(&["fob"]) =>
            {
                RowRole::Primary
            }
            () if has(&["socialcontributions", "socialsecuritycontributions"])
                && !has(&["wages", "salaries", "compensation"]) =>
            {
                RowRole::Contributions
            }
            () if has(&["intermediate"]) => RowRole::Subtotal,
            // Before value added, of which it is no part.
            () if has(&["valueaddedtax", "valueaddedtypetax"]) => RowRole::Taxes,
            () if has(&["compensation", "wagesandsalaries", "wagessalaries"]) => RowRole::Income,
            // Pay with the income of the self-employed, as regional tables give it.
            () if has(&["mixedincome"]) && has(&["wages", "salaries"]) => RowRole::Income,
            () if has(&["operatingsurplus", "mixedincome", "selfemploymentincome"]) => RowRole::Surplus,
            () if has(&["valueadded", "valuedadded", "gva"]) => RowRole::ValueAdded,
            () if has(&["totaloutput", "grossoutput", "industryoutput"]) => RowRole::Output,
            // A cost of production in the United States' accounts, sales taxes among them.
            () if has(&["businesstax"]) => RowRole::ProductionTaxes,
            // Before imports: "taxes on production and imports" are taxes.
            () if has(&["tax"]) && has(&["production"]) => RowRole::ProductionTaxes,
            () if has(&["taxes", "taxon"]) => RowRole::Taxes,
            () if has(&["imports", "importedproducts", "importedgoods"]) => RowRole::Imports,
            () if has(&["fixedcapital", "depreciation"]) => RowRole::Depreciation,
            // What employment costs or earns, or the land it takes, is no number of jobs.
            () if has(&["employment"]) && has(&["cost", "wage", "salar", "payroll"]) => RowRole::Income,
            () if has(&["employment"]) && has(&["income", "earning", "land", "densit"]) => return None,
            () if has(&["fulltimeequivalent", "employment", "jobs"]) => RowRole::Employment,
            // "Use", but not that within "household".
            () if text.starts_with("total") && has_apart(&text, SUMS) => RowRole::Subtotal,
            () => return None,
        })
    })
}

fn has_apart(text: &str, words: &[&str]) -> bool {
    let text = text.replace("household", " ");
    words.iter().any(|word| text.contains(word))
}

pub(super) fn usual_row(label: &str) -> Option<RowRole> {
    let text = plain(label);
    ROWS.iter()
        .find(|(_, labels)| labels.split_whitespace().any(|label| label == text))
        .map(|(role, _)| *role)
}

/// The role of a column by its label, if it is one of the usual ones or holds a word that tells.
pub(super) fn column(label: &str) -> Option<ColumnRole> {
    usual_column(label).or_else(|| {
        let text = plain(label);
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Some(match () {
            () if has(&["intermediate"]) => ColumnRole::Subtotal,
            () if has(&["totalfinal"]) => ColumnRole::AllFinal,
            () if has(&["totaluse", "totaldemand"]) => ColumnRole::Use,
            () if has(&["totaloutput", "grossoutput", "industryoutput"]) => ColumnRole::Output,
            // Tourists, whose households are elsewhere.
            () if has(&["nonresid", "nonres"]) => ColumnRole::Final,
            // Non-profit institutions serve households and are none.
            () if has(&["nonprofit", "npish", "servinghouseholds"])
                && !text.replace("servinghouseholds", "").contains("household") =>
            {
                ColumnRole::Final
            }
            () if has(&["household"]) && has(&["consum", "expend", "spend", "final"])
                || has(&["personalconsum", "privateconsum", "privatefinal", "personalexpend"]) =>
            {
                ColumnRole::Households
            }
            () if has(&[
                "export",
                "government",
                "capitalformation",
                "gfcf",
                "inventor",
                "valuables",
                "finalconsumption",
                "finaldemand",
                "investment",
                "tourist",
                "restof",
                "consumption",
            ]) =>
            {
                if text.starts_with("totaldomestic") {
                    ColumnRole::Subtotal
                } else {
                    ColumnRole::Final
                }
            }
            () => return None,
        })
    })
}

pub(super) fn usual_column(label: &str) -> Option<ColumnRole> {
    let text = plain(label);
    COLUMNS
        .iter()
        .find(|(_, labels)| labels.split_whitespace().any(|label| label == text))
        .map(|(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_units_do_not_matter() {
        assert_eq!(row("Compensation of Employees (GBP m)"), Some(RowRole::Income));
        assert_eq!(row("compensation_of_employees"), Some(RowRole::Income));
        assert_eq!(row("Total output at basic prices"), Some(RowRole::Output));
        assert_eq!(row("Employment (FTE)"), Some(RowRole::Employment));
        assert_eq!(column("FINAL_DEMAND"), Some(ColumnRole::AllFinal));
        assert_eq!(row("Widgets"), None);
        assert_eq!(row("Total household income"), None);
        assert_eq!(row("Employment multiplier"), None);
        assert_eq!(row("GVA effects"), None);
        assert_eq!(row("Total use at purchasers' prices"), Some(RowRole::Subtotal));
        assert_eq!(row("Value added tax"), Some(RowRole::Taxes));
        assert_eq!(row("Value added type taxes (VAT)"), Some(RowRole::Taxes));
        assert_eq!(row("Value added, total"), Some(RowRole::ValueAdded));
        assert_eq!(row("Employment costs"), Some(RowRole::Income));
        assert_eq!(row("Income from employment"), Some(RowRole::Income));
        assert_eq!(row("Self-employment income"), Some(RowRole::Surplus));
        assert_eq!(row("Wages and mixed income"), Some(RowRole::Income));
        assert_eq!(row("Gross operating surplus and mixed income"), Some(RowRole::Surplus));
        assert_eq!(row("Employment land (ha)"), None);
        assert_eq!(row("Use of imported products, cif"), Some(RowRole::Imports));
        assert_eq!(row("Taxes less subsidies on production"), Some(RowRole::ProductionTaxes));
        assert_eq!(row("taxes_less_subsidies_on_products_2019"), Some(RowRole::Taxes));
        assert_eq!(column("exports_goods_eu"), Some(ColumnRole::Final));
        assert_eq!(
            column("Households final consumption expenditure, domestic"),
            Some(ColumnRole::Households)
        );
    }
}
