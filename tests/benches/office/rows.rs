//! The rows that one registration writes, of the size of those that the service has written.

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Result;
use uuid::Uuid;
use wire::Day;

use crate::{
    raw::Base,
    statements::{ALIKE, AUDIT, CLAIM, ENTRY, HISTORY, INCOMING, LATCH, OUTBOX, REGISTERS, REPLY, SEEN},
};

/// A parameter; a null has its type too.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
    Id(Option<Uuid>),
    Date(Option<Day>),
    Flag(bool),
    Json(serde_json::Value),
}

/// A statement and its parameters.
pub(crate) type Statement = (&'static str, Vec<Value>);

/// What every registration writes, taken from one that the service made.
pub(crate) struct Template {
    pub(crate) office: Uuid,
    person: Uuid,
    pub(crate) register: Uuid,
    principal: String,
    body_hash: String,
    reply: String,
    event: String,
    audit: [String; 3],
    particulars: serde_json::Value,
    next: AtomicI64,
}

impl Template {
    /// Reads back what the service has written for its last registration.
    pub(crate) async fn read(base: &Base, person: Uuid, office: Uuid, register: Uuid) -> Result<Self> {
        let claim =
            |column: &str| format!("SELECT {column} FROM claim WHERE reply IS NOT NULL ORDER BY at DESC LIMIT 1");
        let audit = |column: &str| format!("SELECT {column} FROM audit ORDER BY id DESC LIMIT 1");
        let audit = [audit("record"), audit("salt"), audit("leaf")];
        let particulars = base.text("SELECT CAST(particulars AS TEXT) FROM history ORDER BY at DESC LIMIT 1").await?;
        Ok(Self {
            office,
            person,
            register,
            principal: base.text(&claim("principal")).await?,
            body_hash: base.text(&claim("body_hash")).await?,
            reply: base.text(&claim("reply")).await?,
            event: base.text("SELECT body FROM outbox ORDER BY id DESC LIMIT 1").await?,
            audit: [base.text(&audit[0]).await?, base.text(&audit[1]).await?, base.text(&audit[2]).await?],
            particulars: serde_json::from_str(&particulars)?,
            next: AtomicI64::new(1),
        })
    }

    /// The place of the next letter.
    pub(crate) fn next(&self) -> i64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// What the service looks up before it begins, and what it writes before it takes the number.
    pub(crate) fn before(&self, key: &str, place: i64) -> Result<(Statement, [Statement; 4])> {
        let subject = "documents.register_incoming.v1";
        let claim = vec![text(subject), text(&self.principal), text(key)];
        let claimed = [claim.clone(), vec![text(&self.body_hash), now()]].concat();
        let symbol = format!("{place}-cv/vptu");
        let paper = text(&format!("paper 2026-06-18 {symbol} van phong tinh uy vi du"));
        let alike =
            vec![id(self.office), text(&symbol), day()?, text("van phong tinh uy vi du"), Value::Number(Some(200))];
        let kind = vec![id(self.office), text("incoming"), text("")];
        Ok((
            (SEEN, claim),
            [(CLAIM, claimed), (LATCH, vec![id(self.office), paper]), (ALIKE, alike), (REGISTERS, kind)],
        ))
    }

    /// What the service writes once it has the number.
    pub(crate) fn after(&self, key: &str, place: i64, number: i64, event: (Value, Value)) -> Result<[Statement; 6]> {
        let (document, none) = (runtime::fresh_id(), || Value::Text(None));
        let (incoming, entry) = (self.incoming(document, place, number)?, self.entry(document, number)?);
        let history = vec![
            id(runtime::fresh_id()),
            id(self.office),
            id(document),
            now(),
            id(self.person),
            text("registered"),
            Value::Json(self.particulars.clone()),
            none(),
        ];
        let outbox = vec![
            id(runtime::fresh_id()),
            event.0,
            event.1,
            text("incoming_registered.v1"),
            id(document),
            id(self.office),
            now(),
            none(),
            text(&self.event),
        ];
        let [record, salt, leaf] = &self.audit;
        let claim = vec![text("documents.register_incoming.v1"), text(&self.principal), text(key), text(&self.reply)];
        Ok([
            (INCOMING, incoming),
            (ENTRY, entry),
            (HISTORY, history),
            (OUTBOX, outbox),
            (AUDIT, vec![now(), text(record), text(salt), text(leaf)]),
            (REPLY, claim),
        ])
    }

    /// The row of the letter.
    fn incoming(&self, document: Uuid, place: i64, number: i64) -> Result<Vec<Value>> {
        let none = || Value::Text(None);
        let symbol = format!("{place}-CV/VPTU");
        let (author, summary) =
            ("Văn phòng Tỉnh ủy Ví Dụ", "V/v chuẩn bị nội dung làm việc với Thường trực Tỉnh ủy về tình hình quý III");
        let search = format!(
            "{place} cv vptu van phong tinh uy vi du v v chuan bi noi dung lam viec voi thuong truc tinh uy ve tinh hinh quy iii"
        );
        Ok(vec![
            id(document),
            id(self.office),
            Value::Number(Some(1)),
            id(self.register),
            Value::Number(Some(number)),
            today()?,
            now(),
            text("registered"),
            none(),
            text("open"),
            text("normal"),
            Value::Flag(false),
            text(author),
            Value::Id(None),
            text(&symbol),
            day()?,
            text("Công văn"),
            text(summary),
            Value::Number(Some(3)),
            none(),
            Value::Id(None),
            text("to_process"),
            Value::Date(None),
            Value::Date(None),
            none(),
            Value::Id(None),
            none(),
            Value::Id(None),
            Value::Number(None),
            text("van phong tinh uy vi du"),
            text(&symbol.to_lowercase()),
            text(&search),
        ])
    }

    /// The row of its number.
    fn entry(&self, document: Uuid, number: i64) -> Result<Vec<Value>> {
        let none = || Value::Text(None);
        Ok(vec![
            id(self.register),
            Value::Number(Some(number)),
            id(self.office),
            text("registered"),
            text("incoming"),
            today()?,
            id(document),
            Value::Id(None),
            none(),
            none(),
            none(),
            Value::Date(None),
            now(),
        ])
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(Some(text.to_owned()))
}

pub(crate) fn id(id: Uuid) -> Value {
    Value::Id(Some(id))
}

fn now() -> Value {
    Value::Number(Some(runtime::Clock::system().now().micros()))
}

fn day() -> Result<Value> {
    Ok(Value::Date(Some(Day::new(2026, 6, 18)?)))
}

pub(crate) fn today() -> Result<Value> {
    Ok(Value::Date(Some(runtime::Clock::system().now().day())))
}
