//! From a refresh token to an answer that rests on fresh authority, and pages of the directory, in an installation of
//! 300,000 units and 60,000 positions.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tests::client::Client;

use crate::{
    clerk::Clerk,
    house::{House, Profile},
    peopling::{self, POSITIONS, UNITS},
    raw::Base,
    round::{Figure, Goal, Report, at, interleaved},
};

/// People who begin a session in a round, and pages read in it.
const STARTS: usize = 300;
const PAGES: usize = 300;
/// At least as many rounds as there are.
const ROUNDS: usize = 4;

/// What the answer about authority reads, as one statement each.
const RAW: [&str; 4] = [
    "SELECT COUNT(*) FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id
     WHERE s.id = (SELECT id FROM session LIMIT 1 OFFSET @) AND s.ended IS NULL AND a.state = 'active' AND p.active",
    "SELECT COUNT(*) FROM appointment a JOIN position p ON p.id = a.position_id
     WHERE a.person_id = (SELECT person_id FROM session LIMIT 1 OFFSET @)",
    "SELECT COUNT(*) FROM delegation l JOIN position p ON p.id = l.position_id
     JOIN appointment a ON a.id = l.deputy_appointment_id
     WHERE l.deputy_id = (SELECT person_id FROM session LIMIT 1 OFFSET @)",
    "SELECT COUNT(*) FROM office_reach WHERE ancestor_id = (SELECT office_id FROM session LIMIT 1 OFFSET @)",
];
const RAW_UNITS: &str = "SELECT COUNT(*) FROM (SELECT * FROM unit_version WHERE folded > 'to tiep dan so @' ORDER BY folded, unit_id LIMIT 51)";
const RAW_POSITIONS: &str = "SELECT COUNT(*) FROM (SELECT * FROM position WHERE office_id = x'#' AND id > unhex(printf('%012x', 1610000000000 + @)) ORDER BY id LIMIT 51)";
const RAW_PEOPLE: &str = "SELECT COUNT(*) FROM (SELECT * FROM person WHERE office_id = x'#' AND folded > 'nguyen van @' ORDER BY folded, id LIMIT 51)";

const RAW_THEN: &str = "SELECT COUNT(*) FROM (SELECT * FROM person WHERE office_id = x'#' AND folded > 'nguyen van @'
    AND id IN (SELECT person_id FROM appointment WHERE office_id = x'#' AND from_day <= '2026-01-01' AND to_day IS NULL)
    ORDER BY folded, id LIMIT 51)";

pub(crate) async fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let house = House::open(Profile::Standalone, folder).await?;
    let clerk = house.clerk().await?;
    let base = Base::open(&house.database("identity")).await?;
    peopling::fill(&base, &clerk.office).await?;
    let people = (0..(STARTS * ROUNDS) as u64).map(|step| somewhere(step, POSITIONS));
    let tokens = peopling::sessions(&base, people).await?;
    let (door, mut unused) = (clerk.signed_in().await?, tokens.chunks(STARTS));
    let (ours, limit) = interleaved(
        "people.authority",
        async || starts(&door, unused.next().context("sessions that nobody has used")?).await,
        async || {
            let mut taken = Vec::new();
            for step in 0..STARTS {
                let begun = Instant::now();
                for sql in RAW {
                    base.number(&sql.replace('@', &step.to_string())).await?;
                }
                taken.push(begun.elapsed().as_secs_f64() * 1e3);
            }
            Ok(taken)
        },
    )
    .await?;
    tell(report, "people.authority", 30.0, &ours, &limit);
    let office = clerk.office.replace('-', "");
    let lists = [
        ("people.units", "/api/v1/units?limit=50".to_owned(), RAW_UNITS, UNITS),
        ("people.positions", format!("/api/v1/positions?office={}&limit=50", clerk.office), RAW_POSITIONS, 4_000),
        ("people.people", format!("/api/v1/people?office={}&limit=50", clerk.office), RAW_PEOPLE, 4_000),
        ("people.then", format!("/api/v1/people?office={}&as_of=2026-01-01&limit=50", clerk.office), RAW_THEN, 4_000),
    ];
    for (name, path, sql, count) in lists {
        let sql = sql.replace('#', &office);
        let ours = async || pages(&clerk, &path).await;
        let limit = async || raw_pages(&base, &sql, count).await;
        let (ours, limit) = interleaved(name, ours, limit).await?;
        tell(report, name, 50.0, &ours, &limit);
    }
    house.close().await
}

/// Trades refresh tokens, each of another person, and asks with the fresh token who that person is: nobody knows yet what
/// they may do. Milliseconds of both calls together.
async fn starts(door: &Client, tokens: &[String]) -> Result<Vec<f64>> {
    let mut taken = Vec::new();
    for token in tokens {
        let begun = Instant::now();
        let refresh = door.http().post(door.url("/api/v1/token-refreshes")).json(&json!({ "refresh_token": token }));
        let fresh: Value = refresh.send().await?.json().await?;
        let fresh = fresh["access_token"].as_str().with_context(|| format!("a token: {fresh}"))?;
        let me = door.http().get(door.url("/api/v1/me")).bearer_auth(fresh).send().await?;
        let me: Value = me.json().await?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
        ensure!(me["posts"].as_array().is_some_and(|posts| !posts.is_empty()), "somebody with a post: {me}");
    }
    Ok(taken)
}

/// Pages of 50, each after the other, from the beginning again after the last; milliseconds each.
async fn pages(clerk: &Clerk, path: &str) -> Result<Vec<f64>> {
    let person = clerk.signed_in().await?;
    let (mut taken, mut cursor) = (Vec::new(), String::new());
    while taken.len() < PAGES {
        let begun = Instant::now();
        let page = person.get(&format!("{path}{cursor}")).await.ok();
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
        let Some(next) = page["next"].as_str() else {
            cursor.clear();
            continue;
        };
        ensure!(page["items"].as_array().is_some_and(|items| items.len() == 50), "a page of 50: {page}");
        let url = reqwest::Url::parse_with_params("http://x/", [("cursor", next)])?;
        cursor = format!("&{}", url.query().unwrap_or_default());
    }
    Ok(taken)
}

async fn raw_pages(base: &Base, sql: &str, count: u64) -> Result<Vec<f64>> {
    let mut taken = Vec::new();
    for page in 0..PAGES as u64 {
        let begun = Instant::now();
        base.number(&sql.replace('@', &somewhere(page, count).to_string())).await?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(taken)
}

/// A number that jumps about.
fn somewhere(step: u64, count: u64) -> u64 {
    step * 7_919_003 % count
}

/// Nine and a half of ten take no longer than this.
fn tell(report: &mut Report, name: &str, most: f64, ours: &[Vec<f64>], limit: &[Vec<f64>]) {
    let of = |rounds: &[Vec<f64>]| rounds.iter().map(|taken| at(taken, 0.95)).collect::<Vec<_>>();
    let limit = ("its statements through the raw driver", of(limit));
    report.tell(Figure { name, unit: "ms at p95", ours: of(ours), limit, goal: Goal::AtMost(most) });
}
