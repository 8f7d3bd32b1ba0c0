//! Programme as a process of its own.

fn main() -> std::process::ExitCode {
    service::main(programme::service)
}
