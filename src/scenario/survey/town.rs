//! A survey as a town for the simulator, whose LM3 is the survey's.
//!
//! The surveyed body is the town's anchor and R1 what it spends in a month. Each receiver in the area is a
//! supplier of the town that passes its rate on; receivers outside stand in the country. Staff are receivers
//! like suppliers: what they are paid for work stands as what they sell. What is spent again reaches two shops
//! that buy from each other at the average rate of the receivers, and so on without end.

use super::{Kind, Survey};
use std::fmt::Write;

/// Pounds a month that R1 should reach, so that whole pence do not show in four decimals.
const ENOUGH: f64 = 1e6;

/// The town file; `later` is the rate of the rounds after the third.
pub fn town_text(survey: &Survey, later: f64) -> String {
    let mut times = 1.0;
    while survey.income * times < ENOUGH {
        times *= 10.0;
    }
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut buys: Vec<(String, f64)> = Vec::new();
    let mut receivers = String::new();
    for (k, payee) in survey.payees.iter().enumerate() {
        let (inside, outside) = match payee.kind {
            Kind::Staff => (payee.second_round(), 0.0),
            Kind::Supplier if payee.local > 0.0 => (payee.second_round(), 0.0),
            Kind::Supplier => (0.0, if payee.respend > 0.0 { payee.paid } else { 0.0 }),
        };
        let Some((amount, zone)) = [(inside, "city"), (outside, "country")].into_iter().find(|of| of.0 > 0.0)
        else {
            continue;
        };
        let id = format!("payee_{}", k + 1);
        receivers += &supplier((&id, &quote(&payee.name), zone), ("high_street", payee.respend));
        buys.push((id, amount * times));
    }
    let spent: f64 = buys.iter().map(|(_, amount)| amount).sum();
    buys.push(("away".into(), (survey.income * times - spent).max(0.0)));
    let list: Vec<String> = buys.iter().map(|(id, amount)| format!("{id} = {amount}")).collect();
    let scale = if times > 1.0 {
        format!("# Pounds are {times} times the survey's, so that whole pence do not show in the ratios.\n")
    } else {
        String::new()
    };
    let mut text = String::new();
    let _ = write!(
        text,
        "# An LM3 survey as a town, written by `recirc lm3`.\n{scale}\
         # Of each pound the body spends, receivers in the town get R2 and spend R3 there; later rounds go on at the\n\
         # receivers' average rate. Everything else leaks to the rest of the country.\n\n\
         name = {}\n\n\
         [[anchor]]\nid = \"body\"\nname = {}\nkind = \"culture\"\nbuys = {{ {} }}\n\n",
        quote(&format!("Survey of {}", survey.organisation)),
        quote(&survey.organisation),
        list.join(", ")
    );
    text += &receivers;
    text += &supplier(("away", "\"Everybody else, outside\"", "country"), ("high_street", 0.0));
    text += &supplier(("high_street", "\"High street\"", "city"), ("market", later));
    text += &supplier(("market", "\"Market\"", "city"), ("high_street", later));
    // A town has a household, which here neither receives nor spends.
    text += "[[household]]\nid = \"bystander\"\n";
    text
}

fn supplier((id, name, zone): (&str, &str, &str), (seller, rate): (&str, f64)) -> String {
    let rest = ((1.0 - rate) * 1e12).round() / 1e12;
    format!(
        "[[supplier]]\nid = \"{id}\"\nname = {name}\nsector = \"S\"\nzone = \"{zone}\"\nownership = \"independent\"\n\
         buys = {{ {seller} = {rate}, country = {rest} }}\nsurplus = {{ country = 1.0 }}\n\n"
    )
}

/// The scenario that runs a town file: the textbook model, with a burn-in that lets every round arrive.
pub fn scenario_text(name: &str, town_file: &str) -> String {
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        "# Runs an LM3 survey as a town: `recirc run` on this file gives the survey's LM3.\n\
         schema = 1\nname = {}\nplace = {}\n\n[run]\nburn_in_months = 240\nyears = 1\n",
        quote(name),
        quote(town_file)
    )
}
