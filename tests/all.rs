
mod place_leeds;
mod place_town;
