use std::process::ExitCode;

fn main() -> ExitCode {
    recirc::cli::main(std::env::args_os())
}
