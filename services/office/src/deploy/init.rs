//! `vanphong deploy init`: everything that a deployment as services needs before its first start. What is there is
//! kept, so that it may be run at every upgrade; it says what it made.

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::{Context as _, Result};
use service::Service;
use wire::Instant;

use super::{
    broker::{self, Certificate, Places},
    certificates::{self, Made, ROOT},
    folder::{self, Folder, Report},
    keys,
    rights::{self, ADMINISTRATOR, GATEWAY, MONITOR, OPERATOR, PORTAL},
    roles,
};

/// The folders of the servers' data.
const DATA: [&str; 6] = ["nats", "postgres", "blobs", "identity-issuing", "search", "mail"];

/// What the operator wants.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The folder of keys and configuration.
    pub out: PathBuf,
    /// The folder of databases, streams and files.
    pub data: PathBuf,
    /// What clients write before the path; the one of the last run when absent.
    pub origin: Option<String>,
    /// Whether every key, password and certificate shall be new. The authority stays.
    pub rotate: bool,
}

/// Makes what is missing.
///
/// # Errors
/// When a file cannot be read or written, or holds what it should not.
pub fn init(services: &[Service], wish: &Wish, now: Instant) -> Result<Report> {
    let mut folder = Folder::open(&wish.out)?;
    let (root, made) = certificates::prepare(&mut folder, wish, now)?;
    broker_users(&mut folder, services, wish.rotate)?;
    let names: Vec<String> = services.iter().map(|service| service.name().to_owned()).collect();
    let speakers = [names.clone(), vec![GATEWAY.to_owned(), OPERATOR.to_owned()]].concat();
    keys::signing(&mut folder, &speakers, wish.rotate)?;
    let sealing = services.iter().filter(|service| service.seals());
    sealing.map(Service::name).try_for_each(|name| keys::sealing(&mut folder, name))?;
    databases(&mut folder, &names, wish.rotate)?;
    let migrating = names.iter().map(|name| format!("{name}-migrate"));
    for name in speakers.into_iter().chain(migrating).chain([ADMINISTRATOR, MONITOR, PORTAL].map(str::to_owned)) {
        folder.write(&format!("{name}/{ROOT}"), &root)?;
    }
    // Identity keeps its signing keys in a folder below its own, which is mounted there and must therefore exist.
    folder.below("identity/issuing")?;
    let owner = folder.owner;
    data(wish, owner)?;
    folder.write(".env", &environment(wish, owner, &made)?)?;
    folder.close()
}

fn broker_users(folder: &mut Folder, services: &[Service], fresh: bool) -> Result<()> {
    let mut users = BTreeMap::new();
    for (name, rights) in rights::all(services) {
        let nkey = keys::nkey(folder, &name, fresh)?;
        users.insert(name, (nkey, rights));
    }
    folder.write("nats/nats.conf", &broker::configuration(&in_container(), &users))
}

/// As the server sees itself in its container. Its monitoring is on the inner network, which nothing outside reaches.
fn in_container() -> Places {
    let file = |name: &str| format!("/etc/nats/{name}");
    Places {
        listen: "0.0.0.0:4222".to_owned(),
        monitor: "0.0.0.0:8222".to_owned(),
        store: "/data".to_owned(),
        certificate: Certificate { cert: file("server.pem"), key: file("server.key") },
    }
}

fn databases(folder: &mut Folder, services: &[String], fresh: bool) -> Result<()> {
    let all = services.iter().map(|service| keys::roles(folder, service, fresh)).collect::<Result<Vec<_>>>()?;
    folder.write("postgres/init.sql", &roles::statements(&all))?;
    // The superuser's password is asked for at the first start only; a new one would not be taken.
    folder.secret("postgres/password", false, || Ok(keys::password())).map(drop)
}

fn data(wish: &Wish, owner: (u32, u32)) -> Result<()> {
    folder::make_private(&wish.data)?;
    let mut made = vec![wish.data.clone()];
    made.extend(DATA.map(|name| wish.data.join(name)));
    // The gateway's folder holds the places where its keys and the files are mounted.
    made.extend(["gateway", "gateway/keys", "gateway/blobs"].map(|name| wish.data.join(name)));
    for path in made.iter().filter(|path| !path.exists()) {
        folder::make_private(path)?;
    }
    made.iter().try_for_each(|path| folder::give_one(path, owner))
}

/// What the compose file asks of its environment.
fn environment(wish: &Wish, owner: (u32, u32), made: &Made) -> Result<String> {
    let absolute = |path: &PathBuf| std::path::absolute(path).context("the working folder is gone");
    let (state, data) = (absolute(&wish.out)?, absolute(&wish.data)?);
    let (origin, port) = (&made.origin, certificates::port(&made.origin));
    Ok(format!(
        "# Made by `vanphong deploy init`: `docker compose --env-file {state}/.env up --detach`.\n\
         VANPHONG_STATE='{state}'\nVANPHONG_DATA='{data}'\nVANPHONG_USER='{user}:{group}'\n\
         VANPHONG_ORIGIN='{origin}'\nVANPHONG_PORT='{port}'\n",
        state = state.display(),
        data = data.display(),
        user = owner.0,
        group = owner.1,
    ))
}
