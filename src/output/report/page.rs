//! The page: head, tabs, sections, script. It asks for nothing from anywhere.

use super::data;
use super::view::View;
use super::{matters, people, sections};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");
const LICENCES: &str = include_str!("../../../assets/report/LICENSES.txt");
/// The browser itself refuses any request.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

type Tab = (&'static str, &'static str, fn(&View) -> Markup);

const TABS: [Tab; 9] = [
    ("answer", "The answer", sections::answer),
    ("pound", "Where a pound goes", sections::pound),
    ("differences", "Differences", sections::differences),
    ("months", "Month by month", sections::months),
    ("cost", "What it costs", sections::cost),
    ("people", "Who gains and loses", people::people),
    ("local", "What is local", sections::local),
    ("matters", "What matters", matters::matters),
    ("made", "How it was made", people::made),
];

pub fn page(view: &View) -> String {
    let title = format!("{}: {}", view.city, view.title);
    let markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                // No icon, so that none is asked for.
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#panel-answer" { "To the answer" }
                header {
                    h1 { (super::words::capital(&view.title)) }
                    p { (subtitle(view)) }
                    @if !view.description.is_empty() { p { (view.description) } }
                    div role="tablist" aria-label="Sections of the report" hidden {
                        @for (id, name, _) in TABS {
                            button type="button" role="tab" id=(format!("tab-{id}")) aria-controls=(format!("panel-{id}"))
                                aria-selected="false" tabindex="-1" { (name) }
                        }
                    }
                }
                main {
                    @for (id, name, section) in TABS {
                        section.panel role="tabpanel" id=(format!("panel-{id}")) aria-labelledby=(format!("tab-{id}")) tabindex="0" {
                            h2 { (name) }
                            (section(view))
                        }
                    }
                }
                footer {
                    p { "Made by recirc " (view.folder.manifest["recirc"].as_str().unwrap_or_default()) ". A simulation: what it shows follows \
                        from its model and data, whose figures are published, derived, recalled or assumed, as the project's page on data says." }
                    details { summary { "Licences of the libraries that draw the charts" } pre tabindex="0" { (LICENCES) } }
                }
                script type="application/json" id="data" { (PreEscaped(data::embedded(&data::data(view)))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string()
}

fn subtitle(view: &View) -> String {
    let size = if view.scale == 1.0 { "1:1".to_owned() } else { format!("scale {}", view.scale) };
    let of = |n: i64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (years, made) = (of(view.years, "year"), view.replicates as i64);
    let city = super::words::capital(&view.city);
    let manifest = &view.folder.manifest;
    if manifest["complete"] != false {
        return format!("{city} at {size}, {years}, {}.", of(made, "replicate"));
    }
    let last = manifest["last_month"].as_str().unwrap_or_default();
    format!(
        "{city} at {size}. Interrupted: {years} and {} were asked for, and what is here is {} up to {last}.",
        of(view.replicates_asked, "replicate"),
        of(made, "replicate"),
    )
}
