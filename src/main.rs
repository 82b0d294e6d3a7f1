//! The command `recirc`: hands the arguments over and returns the exit code.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    recirc::cli::main(std::env::args_os())
}
