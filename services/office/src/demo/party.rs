//! The organisations of the Party in each office: the tree down to the cells, the roll with and without accounts, a
//! committee of a term, and one member who moved.

use anyhow::Result;
use schema_identity::{
    CreatePartyCommittee, CreatePartyMember, CreatePartyOrganisation, GetMe, PartyInstrument, PartyMembershipKind,
    PartyOrganisationKind, PartyPost, PartySeatManner, SeatPartyMember, TransferPartyMember,
};
use wire::{
    Day,
    id::{PartyMemberId, PartyOrganisationId},
};

use super::{desk::Desk, hiring::Place, script};

/// Who keeps the roll.
const CHIEF: &str = "chanhvp";
/// Those of the staff who are on the roll, with their posts in the committee.
const STAFF: [(&str, Option<PartyPost>); 4] = [
    ("bithu", Some(PartyPost::Secretary)),
    ("phobithu", Some(PartyPost::StandingDeputySecretary)),
    ("chanhvp", Some(PartyPost::StandingBoardMember)),
    ("vanthu", None),
];
/// Members without an account.
const VILLAGERS: [&str; 3] = ["Quách Văn Thử Sức", "Lường Thị Làm Mẫu", "Triệu Văn Tham Khảo"];

fn day(year: i32, month: u8, day: u8) -> Result<Day> {
    Ok(Day::new(year, month, day)?)
}

fn act(number: &str, day: Day, place: &Place) -> PartyInstrument {
    PartyInstrument { number: number.to_owned(), day, body: format!("Ban Thường vụ {}", place.committee) }
}

/// Makes them in each of these offices.
pub(crate) async fn keep(desk: &mut Desk<'_>, places: &[&Place]) -> Result<()> {
    for place in places {
        let (top, office, village) = tree(desk, place).await?;
        let committee = CreatePartyCommittee {
            organisation: top,
            congress: "Đại hội lần thứ I, nhiệm kỳ 2025–2030".to_owned(),
            from: day(2025, 8, 15)?,
            to: None,
            instrument: act("21-QĐ/TU", day(2025, 8, 14)?, place),
        };
        let committee = desk.ask(&place.who(CHIEF), &committee).await?.id;
        for (role, post) in STAFF {
            let person = desk.ask(&place.who(role), &GetMe {}).await?.person;
            let call = CreatePartyMember { person: Some(person.id), ..entering(place, office, &person.full_name)? };
            let member = desk.ask(&place.who(CHIEF), &call).await?.id;
            if let Some(post) = post {
                let (from, manner) = (day(2025, 8, 15)?, PartySeatManner::Elected);
                let instrument = act("22-QĐ/TU", from, place);
                let seat = SeatPartyMember { id: committee, member, post, manner, from, instrument };
                desk.ask(&place.who(CHIEF), &seat).await?;
            }
        }
        let mut moves: Option<PartyMemberId> = None;
        for name in VILLAGERS {
            let member = desk.ask(&place.who(CHIEF), &entering(place, village, name)?).await?.id;
            moves = Some(member);
        }
        if let Some(id) = moves {
            let from = day(2026, 3, 2)?;
            let (kind, instrument) = (PartyMembershipKind::Regular, act("05-GT/ĐU", from, place));
            let call = TransferPartyMember { id, organisation: office, kind, from, to: None, instrument };
            desk.ask(&place.who(CHIEF), &call).await?;
        }
    }
    Ok(())
}

/// The organisation at the top, the cell of those who work in the office, and another.
async fn tree(
    desk: &mut Desk<'_>,
    place: &Place,
) -> Result<(PartyOrganisationId, PartyOrganisationId, PartyOrganisationId)> {
    use PartyOrganisationKind::{AboveBase, Base, BaseCell, Cell, Central};
    let kind = if place.code == script::PROVINCE { Central } else { AboveBase };
    let of = [("Tỉnh ủy", "Đảng bộ tỉnh"), ("Thành ủy", "Đảng bộ thành phố"), ("Đảng ủy", "Đảng bộ")];
    let name = of.iter().fold(place.committee.clone(), |name, (committee, all)| name.replacen(committee, all, 1));
    let top = found(desk, place, (&name, kind), None).await?;
    let base = found(desk, place, ("Đảng bộ Cơ quan", Base), Some(top)).await?;
    let office = found(desk, place, ("Chi bộ Văn phòng", Cell), Some(base)).await?;
    found(desk, place, ("Chi bộ Xây dựng Đảng", Cell), Some(base)).await?;
    let village = found(desk, place, ("Chi bộ thôn Ví Dụ", BaseCell), Some(top)).await?;
    Ok((top, office, village))
}

async fn found(
    desk: &mut Desk<'_>,
    place: &Place,
    (name, kind): (&str, PartyOrganisationKind),
    parent: Option<PartyOrganisationId>,
) -> Result<PartyOrganisationId> {
    let from = day(2025, 7, 1)?;
    let call = CreatePartyOrganisation {
        office: place.id,
        name: name.to_owned(),
        kind,
        code: None,
        parent,
        from,
        instrument: act("01-QĐ/TU", from, place),
    };
    Ok(desk.ask(&place.who(CHIEF), &call).await?.id)
}

fn entering(place: &Place, organisation: PartyOrganisationId, name: &str) -> Result<CreatePartyMember> {
    let from = day(2025, 7, 1)?;
    Ok(CreatePartyMember {
        organisation,
        full_name: name.to_owned(),
        person: None,
        admitted: day(2014, 5, 19)?,
        official: Some(day(2015, 5, 19)?),
        from,
        instrument: Some(act("01-QĐ/TU", from, place)),
    })
}
