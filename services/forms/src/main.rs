//! Forms as a process of its own.

fn main() -> std::process::ExitCode {
    service::main(forms::service)
}
