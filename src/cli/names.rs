//! What entries of a policy may name: the anchors of the cities that the program carries, and the categories of what they buy.

use crate::place::{self, LEEDS, PRESTON, Place};
use std::fmt::Write;
use std::path::Path;

/// After the keys of an entry: the ids for `anchors` and `categories`.
pub(super) fn of_cities() -> String {
    let mut told = String::from("\nWhat `anchors` and `categories` of an entry may name:\n\n");
    let mut categories = Vec::new();
    for name in [LEEDS, PRESTON[0]] {
        let Ok(Place::City(city)) = place::load(name, Path::new("")) else { continue };
        let anchors: Vec<&str> = city.anchors.iter().map(|anchor| anchor.id.as_str()).collect();
        let _ = writeln!(told, "- anchors of {}: {}", city.name, anchors.join(", "));
        for category in city.categories {
            if !categories.contains(&category.id) {
                categories.push(category.id);
            }
        }
    }
    let _ = writeln!(told, "- categories: {}", categories.join(", "));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_lever_takes_are_listed() {
        let told = of_cities();
        assert!(
            told.contains("- anchors of Leeds: council, ") && told.contains("- anchors of Preston: "),
            "{told}"
        );
        assert!(told.contains("- categories: works, "), "{told}");
    }
}
