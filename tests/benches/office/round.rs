//! Interleaved rounds, medians, and how a figure is told: to people on a line, to programs as JSON.

use anyhow::Result;
use serde_json::{Value, json};

use crate::machine;

/// How often each side of a comparison is measured, in turn.
const ROUNDS: usize = 3;

/// Measures ours and the limit in turn: what the machine does meanwhile befalls both.
pub(crate) async fn interleaved<A, B>(
    what: &str,
    mut ours: impl AsyncFnMut() -> Result<A>,
    mut limit: impl AsyncFnMut() -> Result<B>,
) -> Result<(Vec<A>, Vec<B>)> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        eprintln!("  {what}: round {round} of {ROUNDS}");
        first.push(ours().await?);
        second.push(limit().await?);
    }
    Ok((first, second))
}

/// What must hold of a figure.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// Ours is at least this many times the limit.
    TimesAtLeast(f64),
    /// Ours is at most this many times the limit.
    TimesAtMost(f64),
    /// Ours exceeds the limit by at most this much.
    MoreByAtMost(f64),
    /// Ours is at most this.
    AtMost(f64),
}

impl Goal {
    /// What is judged in one round.
    fn judged(self, ours: f64, limit: f64) -> f64 {
        match self {
            Self::TimesAtLeast(_) | Self::TimesAtMost(_) => ours / limit,
            Self::MoreByAtMost(_) => ours - limit,
            Self::AtMost(_) => ours,
        }
    }

    fn is_met(self, value: f64) -> bool {
        match self {
            Self::TimesAtLeast(least) => value >= least,
            Self::TimesAtMost(most) | Self::MoreByAtMost(most) | Self::AtMost(most) => value <= most,
        }
    }

    fn words(self, unit: &str) -> String {
        match self {
            Self::TimesAtLeast(least) => format!("at least {least} × the limit"),
            Self::TimesAtMost(most) => format!("at most {most} × the limit"),
            Self::MoreByAtMost(most) => format!("at most {most} {unit} more than the limit"),
            Self::AtMost(most) => format!("at most {most} {unit}"),
        }
    }
}

/// One figure: a value for each round, ours and the limit's.
pub(crate) struct Figure<'a> {
    pub(crate) name: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) ours: Vec<f64>,
    /// What the limit is, and its values.
    pub(crate) limit: (&'a str, Vec<f64>),
    pub(crate) goal: Goal,
}

/// Every figure of this run.
#[derive(Default)]
pub(crate) struct Report(Vec<Value>);

impl Report {
    /// Tells a figure at once and keeps it for the file.
    pub(crate) fn tell(&mut self, figure: Figure<'_>) {
        let Figure { name, unit, ours, limit: (limit_name, limit), goal } = figure;
        let judged: Vec<f64> = ours.iter().zip(&limit).map(|(ours, limit)| goal.judged(*ours, *limit)).collect();
        let times: Vec<f64> = ours.iter().zip(&limit).map(|(ours, limit)| ours / limit).collect();
        let meets = goal.is_met(median(&judged));
        let (load, cpus) = (machine::load(), machine::cpus());
        println!(
            "{name}: {} {unit}; limit ({limit_name}): {} {unit}; ratio {}; {} {}; load average {}, {cpus} CPUs",
            spread(&ours),
            spread(&limit),
            spread(&times),
            if meets { "meets" } else { "falls short of" },
            goal.words(unit),
            load.map(|load| format!("{load:.2}")).join(" "),
        );
        self.0.push(json!({
            "name": name, "unit": unit, "ours": ours, "limit": limit, "limit_name": limit_name, "ratios": times,
            "ratio": median(&times), "median": median(&ours), "judged": median(&judged), "goal": goal.words(unit), "meets": meets,
            "load_average": load, "cpus": cpus,
        }));
    }

    /// One JSON object for each figure.
    pub(crate) fn lines(&self) -> &[Value] {
        &self.0
    }
}

/// The median with the least and the most, as in `412 (398..430)`.
fn spread(values: &[f64]) -> String {
    let short = |value: f64| {
        let places = if value.abs() >= 100.0 { 0 } else { 2 };
        format!("{value:.places$}")
    };
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{} ({}..{})", short(median(values)), short(least), short(most))
}

/// The middle value; that below the middle of an even number.
pub(crate) fn median(values: &[f64]) -> f64 {
    at(values, 0.5)
}

/// The value below which this share of the values lies.
pub(crate) fn at(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
