//! The usual labels of input-output tables, plain (see `labels`), with a space between.

use super::labels::{ColumnRole, RowRole};

/// Labels of rows.
pub(super) const ROWS: &[(RowRole, &str)] = &[
    (
        RowRole::Output,
        "output outputs totaloutput grossoutput totaloutputs totalinput totalinputs total totals \
         grossinput grossinputs totaloutlays totaloutlay outlays go \
         totalproduction turnover sales totalsales x xj p1 out",
    ),
    (RowRole::Supply, "totalsupply supply tsbp"),
    (
        RowRole::Subtotal,
        "intermediate totalintermediate intermediateconsumption totalintermediateconsumption \
         intermediateinputs totalintermediateinputs intermediateuse totalintermediateuse subtotal \
         domesticinputs totaldomesticinputs domesticintermediateconsumption totaldomestic \
         domesticproducts totaldomesticproducts totalpurchases ttlintfnl p2",
    ),
    (
        RowRole::Imports,
        "imports import importedinputs useofimports useofimportedproducts importsofgoodsandservices \
         totalimports otherimports foreignimports imp m p7",
    ),
    (
        RowRole::Taxes,
        "taxes taxesonproducts producttaxes nettax nettaxes nettaxesonproducts taxeslesssubsidies \
         taxeslesssubsidiesonproducts txsintfnl txsimpfnl tls indirecttaxes tlsproducts netindirecttaxes d21x31 vat importduties valueaddedtax",
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
         employeesincome payroll pay d1 d11 staffcosts wagebill grosswages labourcost \
         laborcost remunerationofemployees employeecosts employmentcosts costofemployment incomefromemployment",
    ),
    (
        RowRole::Surplus,
        "grossoperatingsurplus operatingsurplus surplus gos grossoperatingsurplusandmixedincome \
         gosandmixedincome profits profit mixedincome othervalueadded netoperatingsurplus capital \
         otherprimary surplusandmixedincome b2a3g b2g proprietorincome proprietorsincome \
         otherpropertyincome otherpropertytypeincome selfemploymentincome incomefromselfemployment",
    ),
    (RowRole::Depreciation, "depreciation consumptionoffixedcapital cfc capitalconsumption p51c k1"),
    (RowRole::Contributions, "employerscontributions employercontributions d12"),
    (
        RowRole::ValueAdded,
        "gva valueadded grossvalueadded totalvalueadded va totalgva gdp gvafactorcost b1g gdpatfactorcost gdpfactorcost valu",
    ),
    (
        RowRole::Primary,
        "primaryinputs totalprimaryinputs primary otherprimaryinputs payments paymentssector \
         otherpayments allotherpayments otherfinalpayments \
         leakages",
    ),
    (
        RowRole::Employment,
        "employment jobs job fte ftes fulltimeequivalents fulltimeequivalent employees headcount \
         workers emp employmentfte fteemployment ftejobs totalemployment personsemployed numberofemployees numberofjobs numberofworkers workforce",
    ),
];

/// Labels of columns.
pub(super) const COLUMNS: &[(ColumnRole, &str)] = &[
    (
        ColumnRole::Output,
        "output outputs totaloutput grossoutput total totals totalsales totalproduction \
         totaloutputs totalcommodityoutput totalindustryoutput x xi p1 out go",
    ),
    (ColumnRole::Use, "totaluse totaluses totaldemand totaldemandforproducts totalsupply supply ts tu"),
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
         consumerspending householddomesticspending cons pce hfce p3s14 consh",
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
         p51 p51g p52 p53 p52p53 p6 p3s13 p3s15 ggfc invnt dpabr consabr expo impo \
         consnp consg inven errors err statisticaldiscrepancy",
    ),
];
