//! Runs one of the servers for as long as somebody holds its standard input open: `testbed postgres` is what one run
//! of `./test` shares, and both are of use beside a service under development.

use std::io::{Read, stdin};

use anyhow::{Result, bail};
use testbed::{nats, postgres};

#[tokio::main]
async fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("postgres") => {
            let server = postgres::Server::start().await?;
            println!("{}", server.url());
            wait_for_end_of_input()
        }
        Some("nats") => {
            let server = nats::Server::start().await?;
            println!("{}", server.url());
            wait_for_end_of_input()
        }
        _ => bail!("say `testbed postgres` or `testbed nats`; its address is printed, and it runs until input ends"),
    }
}

fn wait_for_end_of_input() -> Result<()> {
    stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
