mod output_files;
mod output_print;
mod place_leeds;
mod place_town;
