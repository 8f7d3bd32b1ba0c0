//! `vanphong enrol`: takes a one-time code into use.

use std::io::{IsTerminal as _, stdin};

use anyhow::{Context as _, Result, ensure};
use schema_identity::{Enrol, Hidden};

use crate::{Settings, cli, line::Line};

/// Asks for the password and sends code, name and password to the office.
pub(crate) async fn run(settings: &Settings, enrol: cli::Enrol) -> Result<()> {
    let mut line = Line::open(settings).await?;
    let asked = tokio::task::spawn_blocking(password).await.context("asking for the password broke off")?;
    let done = match asked {
        Ok(password) => {
            let code = Hidden::from(enrol.code.as_str());
            line.ask(&Enrol { code, username: enrol.username, password: Hidden::from(password.as_str()) }).await
        }
        Err(error) => Err(error),
    };
    line.close().await;
    let username = done?.username;
    println!("Đã nhận tài khoản. Tên đăng nhập: {username}");
    println!("The account is ready: sign in as `{username}`.");
    Ok(())
}

/// The password: asked for twice without showing it on a terminal, otherwise the first line of the standard input.
fn password() -> Result<String> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line).context("cannot read the password from the standard input")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let cannot = "cannot read the password from the terminal";
    let first = rpassword::prompt_password("Mật khẩu, ít nhất 15 ký tự · password, at least 15 characters: ");
    let first = first.context(cannot)?;
    let second = rpassword::prompt_password("Nhập lại · again: ").context(cannot)?;
    ensure!(first == second, "the two passwords differ: begin again, the code is still good");
    Ok(first)
}
