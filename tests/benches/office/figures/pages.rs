//! Pages of the demo: how long a reader waits for a whole page at the door, and how much of it is the portal's own once
//! the time of the services is taken off.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use bus::{Bus, Seen};
use db::Db;
use reqwest::{Client, redirect::Policy};
use runtime::{Clock, Health, Life};
use serde_json::Value;
use service::{Keys, Platform, Running};
use tests::installation::topology;

use crate::{
    house::{House, Profile},
    round::{Figure, Goal, Report, at, interleaved},
};

/// Each page is read so often in a round.
const READS: usize = 40;
/// Milliseconds that 95 of 100 pages may take at most, whole and without the services.
const WHOLE: f64 = 60.0;
const OWN: f64 = 5.0;
const PATIENCE: Duration = Duration::from_secs(20);

/// Who reads which pages: the clerk, and the chief of office.
const READERS: [(&str, &[&str]); 2] = [
    ("th.vanthu", &["/van-ban/den", "/van-ban/den?loc=qua-han", "/ca-nhan"]),
    ("th.chanhvp", &["/ban-lam-viec", "/viec", "/van-ban/den"]),
];

/// Somebody's browser: what its cookie holds, and the pages it opens.
struct Reader {
    secret: String,
    paths: Vec<String>,
}

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let mut house = House::open(Profile::Demo, folder).await?;
    let http = Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let mut readers = Vec::new();
    for (username, paths) in READERS {
        readers.push(sign_in(&http, &house, username, paths).await?);
    }
    let origin = house.origin();
    let ours = async || read(&http, &origin, &readers, |taken| taken).await;
    let limit = async || read_one(&http, &origin, "/dang-nhap").await;
    let (ours, limit) = interleaved("pages.whole", ours, limit).await?;
    tell(report, "pages.whole", WHOLE, ("a page that asks nobody", &limit), &ours);

    house.stop().await?;
    let behind = Behind::start(&house).await?;
    let ours = async || read(&http, &behind.origin, &readers, |taken| taken.saturating_sub(behind.asked())).await;
    let limit = async || read_one(&http, &behind.origin, "/song").await;
    let (ours, limit) = interleaved("pages.own", ours, limit).await?;
    tell(report, "pages.own", OWN, ("an answer of two letters", &limit), &ours);
    behind.stop().await
}

fn tell(report: &mut Report, name: &str, most: f64, (limit_name, limit): (&str, &[Vec<f64>]), ours: &[Vec<f64>]) {
    let of = |rounds: &[Vec<f64>]| rounds.iter().map(|round| at(round, 0.95)).collect();
    let limit = (limit_name, of(limit));
    report.tell(Figure { name, unit: "ms at p95", ours: of(ours), limit, goal: Goal::AtMost(most) });
}

/// Signs in as a browser does, and finds the pages whose addresses hold ids.
async fn sign_in(http: &Client, house: &House, username: &str, paths: &[&str]) -> Result<Reader> {
    let accounts: Value = serde_json::from_slice(&std::fs::read(house.data().join("demo-accounts.json"))?)?;
    let mut all = accounts.as_array().into_iter().flatten();
    let account = all.find(|one| one["username"] == username).context("an account of the demo")?;
    let body = format!("username={username}&password={}", account["password"].as_str().unwrap_or_default());
    let request = http.post(format!("{}/dang-nhap", house.origin())).header("origin", house.origin());
    let answer = request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await?;
    let cookie = answer.headers().get("set-cookie").context("a session")?.to_str()?.to_owned();
    let secret = cookie.split(';').next().unwrap_or_default().to_owned();
    let mut reader = Reader { secret, paths: paths.iter().map(|path| (*path).to_owned()).collect() };
    let queue = page(http, &house.origin(), &reader, "/van-ban/den").await?;
    let id = queue.split("?xem=").nth(1).and_then(|rest| rest.split('"').next()).context("a letter")?;
    reader.paths.push(format!("/van-ban/den/{id}"));
    let book = http.get(format!("{}/van-ban/so", house.origin())).header("cookie", &reader.secret).send().await?;
    let book = book.headers().get("location").context("a register")?.to_str()?.to_owned();
    reader.paths.push(book);
    Ok(reader)
}

async fn page(http: &Client, origin: &str, reader: &Reader, path: &str) -> Result<String> {
    let answer = http.get(format!("{origin}{path}")).header("cookie", &reader.secret).send().await?;
    ensure!(answer.status() == 200, "`{path}` was answered with {}", answer.status());
    Ok(answer.text().await?)
}

/// How long each page took, in milliseconds, as `counted` counts it.
async fn read(
    http: &Client,
    origin: &str,
    readers: &[Reader],
    counted: impl Fn(Duration) -> Duration,
) -> Result<Vec<f64>> {
    let mut taken = Vec::new();
    for _ in 0..READS {
        for reader in readers {
            for path in &reader.paths {
                let begun = Instant::now();
                let text = page(http, origin, reader, path).await?;
                taken.push(counted(begun.elapsed()).as_secs_f64() * 1e3);
                ensure!(!text.contains("part-silent"), "a part of `{path}` was late");
            }
        }
    }
    Ok(taken)
}

async fn read_one(http: &Client, origin: &str, path: &str) -> Result<Vec<f64>> {
    let nobody = Reader { secret: String::new(), paths: Vec::new() };
    let mut taken = Vec::new();
    for _ in 0..READS {
        let begun = Instant::now();
        page(http, origin, &nobody, path).await?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(taken)
}

/// The services over what the demo kept and the portal before them, inside this program: calls can be watched here.
struct Behind {
    origin: String,
    calls: Arc<Mutex<Vec<(Instant, Instant)>>>,
    open: portal::Open,
    life: Life,
    running: Vec<Running>,
}

impl Behind {
    async fn start(house: &House) -> Result<Self> {
        let (bus, life, keys) = (Bus::local(), Life::new(), house.keys());
        let topology = topology();
        let names = topology.publishers.keys().map(String::as_str).chain(["gateway", "office"]);
        let public =
            names.map(|name| Ok((auth::service_issuer(name), keys.public(name)?))).collect::<Result<Vec<_>>>()?;
        let platform = Platform {
            bus: bus.clone(),
            clock: Clock::system(),
            life: life.clone(),
            health: Health::new(),
            blobs: blob::Store::folder(house.data().join("blobs"))?,
            keys: Arc::new(Keys::new(public)),
            key_folder: house.data().join("keys"),
            restored: false,
        };
        bus.prepare(&topology).await?;
        let mut running = Vec::new();
        for service in office::services() {
            let db = Db::open(&house.database(service.name())).await?;
            running.push(service::start(service, &platform, &keys, db, None).await?);
        }
        let calls: Arc<Mutex<Vec<(Instant, Instant)>>> = Arc::default();
        let told = Arc::clone(&calls);
        let observer = move |seen: Seen<'_>| {
            if let (Seen::Called { took, .. }, Ok(mut calls)) = (seen, told.lock()) {
                let now = Instant::now();
                calls.push((now.checked_sub(took).unwrap_or(now), now));
            }
        };
        let listen = ([127, 0, 0, 1], 0).into();
        let settings = portal::Settings { listen, ..portal::Settings::default() };
        let open = portal::start(bus.observed(Arc::new(observer)), Clock::system(), &life, settings).await?;
        let origin = format!("http://{}", open.address());
        Ok(Self { origin, calls, open, life, running })
    }

    /// How long at least one call was under way since this was asked last.
    fn asked(&self) -> Duration {
        let mut calls = self.calls.lock().map(|mut calls| std::mem::take(&mut *calls)).unwrap_or_default();
        calls.sort_unstable();
        let (mut sum, mut until) = (Duration::ZERO, None);
        for (from, to) in calls {
            let from = until.map_or(from, |until: Instant| from.max(until));
            sum += to.saturating_duration_since(from);
            until = Some(until.map_or(to, |until| until.max(to)));
        }
        sum
    }

    async fn stop(self) -> Result<()> {
        self.open.stop().await;
        for running in self.running {
            running.stop().await;
        }
        let late = self.life.stop_and_wait(PATIENCE).await;
        ensure!(late.is_empty(), "{late:?} did not end");
        Ok(())
    }
}
