mod output_files;
mod output_print;
