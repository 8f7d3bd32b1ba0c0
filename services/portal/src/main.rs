//! The portal as a process of its own.

fn main() -> std::process::ExitCode {
    portal::process::main()
}
