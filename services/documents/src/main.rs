//! The service `documents` as a process of its own.

fn main() -> std::process::ExitCode {
    service::main(documents::service)
}
