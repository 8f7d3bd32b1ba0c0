//! The process of identity alone.

fn main() -> std::process::ExitCode {
    service::main(identity::service)
}
