//! `vanphong`: the office in one program.

fn main() -> std::process::ExitCode {
    office::cli::main()
}
