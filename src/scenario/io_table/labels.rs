//! What the usual labels of input-output tables mean.

use crate::scenario::nearest;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowRole {
    Sector,
    Output,
    /// A sum of other rows.
    Subtotal,
    Imports,
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
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Some(match () {
            () if has(&["ofwhich", "employeessocial"]) && !has(&["wages", "compensation"]) => {
                RowRole::Ignored
            }
            () if has(&["ofwhich"]) => RowRole::Ignored,
            () if has(&["socialcontributions", "socialsecuritycontributions"])
                && !has(&["wages", "salaries", "compensation"]) =>
            {
                RowRole::Contributions
            }
            () if has(&["intermediate"]) => RowRole::Subtotal,
            () if has(&["compensation", "wagesandsalaries", "wagessalaries"]) => RowRole::Income,
            () if has(&["operatingsurplus", "mixedincome"]) => RowRole::Surplus,
            () if has(&["valueadded", "valuedadded", "gva"]) => RowRole::ValueAdded,
            () if has(&["totaloutput", "grossoutput", "industryoutput"]) => RowRole::Output,
            // Before imports: "taxes on production and imports" are taxes.
            () if has(&["tax"]) && has(&["production"]) => RowRole::ProductionTaxes,
            () if has(&["taxes", "taxon"]) => RowRole::Taxes,
            () if has(&["imports", "importedproducts", "importedgoods"]) => RowRole::Imports,
            () if has(&["fixedcapital", "depreciation"]) => RowRole::Depreciation,
            () if has(&["fulltimeequivalent", "employment", "jobs"]) => RowRole::Employment,
            () if text.starts_with("total") && has(SUMS) => RowRole::Subtotal,
            () => return None,
        })
    })
}

/// Usual labels, plain, with a space between.
const ROWS: &[(RowRole, &str)] = &[
    (
        RowRole::Output,
        "output outputs totaloutput grossoutput totaloutputs totalinput totalinputs total totals \
         grossinput grossinputs totalsupply supply totaloutlays totaloutlay outlays \
         totalproduction turnover sales totalsales x xj p1",
    ),
    (
        RowRole::Subtotal,
        "intermediate totalintermediate intermediateconsumption totalintermediateconsumption \
         intermediateinputs totalintermediateinputs intermediateuse totalintermediateuse subtotal \
         domesticinputs totaldomesticinputs domesticintermediateconsumption totaldomestic \
         domesticproducts totaldomesticproducts totalpurchases p2",
    ),
    (
        RowRole::Imports,
        "imports import importedinputs useofimports useofimportedproducts importsofgoodsandservices \
         totalimports otherimports foreignimports imp m p7",
    ),
    (
        RowRole::Taxes,
        "taxes taxesonproducts producttaxes nettax nettaxes nettaxesonproducts taxeslesssubsidies \
         taxeslesssubsidiesonproducts indirecttaxes tlsproducts netindirecttaxes d21x31",
    ),
    (
        RowRole::ProductionTaxes,
        "taxesonproduction productiontaxes othertaxesonproduction nettaxesonproduction \
         taxeslesssubsidiesonproduction othertaxeslesssubsidiesonproduction tlsproduction d29x39",
    ),
    (
        RowRole::Income,
        "compensationofemployees coe compensation employeecompensation wages wage wagesandsalaries \
         salaries labour labor labourincome laborincome earnings income householdincome household \
         households employmentincome hh labourservices laborservices labourcosts laborcosts \
         employeesincome payroll pay d1 d11",
    ),
    (
        RowRole::Surplus,
        "grossoperatingsurplus operatingsurplus surplus gos grossoperatingsurplusandmixedincome \
         gosandmixedincome profits profit mixedincome othervalueadded netoperatingsurplus capital \
         otherprimary surplusandmixedincome b2a3g b2g",
    ),
    (RowRole::Depreciation, "depreciation consumptionoffixedcapital cfc capitalconsumption p51c k1"),
    (RowRole::Contributions, "employerscontributions employercontributions d12"),
    (RowRole::ValueAdded, "gva valueadded grossvalueadded totalvalueadded va totalgva gdp gvafactorcost b1g"),
    (
        RowRole::Primary,
        "primaryinputs totalprimaryinputs primary otherprimaryinputs payments paymentssector \
         otherpayments allotherpayments otherfinalpayments \
         leakages",
    ),
    (
        RowRole::Employment,
        "employment jobs job fte ftes fulltimeequivalents fulltimeequivalent employees headcount \
         workers emp employmentfte fteemployment ftejobs totalemployment personsemployed",
    ),
];

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
            () if has(&["totaluse", "totaldemand", "totaloutput", "grossoutput", "industryoutput"]) => {
                ColumnRole::Output
            }
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

/// Usual labels, plain, with a space between.
const COLUMNS: &[(ColumnRole, &str)] = &[
    (
        ColumnRole::Output,
        "output outputs totaloutput grossoutput total totals totaluse totaluses totaldemand \
         totaldemandforproducts totalsales totalproduction totalsupply supply \
         totaloutputs totalcommodityoutput totalindustryoutput x xi p1 ts tu",
    ),
    (
        ColumnRole::Subtotal,
        "intermediate totalintermediate intermediateuse totalintermediateuse intermediatedemand \
         totalintermediatedemand intermediatesales subtotal p2",
    ),
    (
        ColumnRole::Households,
        "households household hh hhfce householdconsumption householdspending householdexpenditure \
         householdfinalconsumption householdfinalconsumptionexpenditure householdsfinalconsumption \
         householddemand privateconsumption consumerexpenditure consumers consumption \
         consumerspending householddomesticspending cons pce hfce p3s14",
    ),
    (
        ColumnRole::AllFinal,
        "final finaldemand totalfinaldemand finaluse finaluses totalfinaluse totalfinaluses \
         finaldemands finalconsumption tfu y f fd yi",
    ),
    (
        ColumnRole::Final,
        "otherfinaldemand otherfinaluse otherfinal exports export exportsofgoods exportsofservices \
         exportsofgoodsandservices totalexports restoftheworld row government govt gov \
         governmentconsumption governmentexpenditure governmentfinalconsumption \
         governmentfinalconsumptionexpenditure centralgovernment localgovernment publicconsumption \
         npish npishs investment capitalformation grosscapitalformation grossfixedcapitalformation \
         gfcf capital inventories stocks changesininventories changeininventories stockbuilding \
         valuables importsofgoodsandservices tourists tourism nonresidents restofuk restoftheuk restofworld ruk rukexports \
         rowexports netexports inv exp imp imports lessimports importsless touristexpenditure p3 p5 p5g p5m \
         p51 p51g p52 p53 p52p53 p6 p3s13 p3s15",
    ),
];

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
