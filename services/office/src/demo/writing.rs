//! What the offices of the demo write: drafts, a second version, numbers given.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use schema_documents::{
    AddDraft, AnswerReview, AskReviews, AttachIssuedOutgoingFile, DispatchOutgoing, DraftOutgoing, DraftRelated,
    ExecutionSigner, GetExecution, IssueOutgoing, OutgoingRecipient, RecordSealImprint, RelationKind, ReviewKind,
    Reviewer, SealOutgoing, SetRecipients, SignOutgoing, Tier,
};
use schema_identity::GetMe;
use wire::{Secrecy, Urgency, id::OutgoingId};

use super::{
    desk::Desk,
    pdf,
    script::{Asked, Issue, Outgoing, Stays, Week},
    week::Running,
};

/// Who gives the numbers.
const CLERK: &str = "vanthu";
/// What a ticket for an outgoing document must have been given for.
const OUTGOING: &str = "outgoing_document";
/// How often it is looked whether a document is laid out, and how long one waits between.
const LOOKS: u32 = 600;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Begins the drafts of a day, and issues what is signed on it.
pub(super) async fn write<'a>(
    desk: &mut Desk<'_>,
    office: &mut Running<'a>,
    week: &'a Week,
    number: usize,
) -> Result<()> {
    for outgoing in week.outgoing.iter().filter(|outgoing| outgoing.day == number) {
        let id = draft(desk, office, outgoing).await?;
        office.drafts.push((id, outgoing));
    }
    for (id, outgoing) in &office.drafts {
        if let Some(issue) = outgoing.issue.as_ref().filter(|issue| issue.day == number) {
            number_given(desk, office, *id, outgoing, issue).await?;
        }
    }
    Ok(())
}

async fn draft(desk: &mut Desk<'_>, office: &Running<'_>, outgoing: &Outgoing) -> Result<OutgoingId> {
    let (place, writer) = (office.place, office.place.who(&outgoing.by));
    let answered = outgoing.answers.iter().map(|symbol| {
        let found = office.arrived.get(symbol.as_str()).copied();
        found.with_context(|| format!("`{symbol}`, which is to be answered, has not arrived"))
    });
    let call = DraftOutgoing {
        together_with: Vec::new(),
        office: place.id,
        genre: outgoing.genre.clone(),
        body_code: None,
        issuing_unit: Some(place.unit(&outgoing.unit)?),
        summary: Some(outgoing.summary.clone()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: answered.collect::<Result<Vec<_>>>()?,
        text: Some(outgoing.text.clone()),
        recipients: outgoing
            .recipients
            .iter()
            .map(|name| OutgoingRecipient { name: name.clone(), unit: None })
            .collect(),
    };
    let id = desk.ask(&writer, &call).await?.id;
    for asked in &outgoing.asked {
        opinion(desk, (&writer, &place.who(&asked.of)), id, asked).await?;
    }
    if let Some(text) = &outgoing.redraft {
        let note = Some("Tiếp thu ý kiến lãnh đạo Văn phòng".to_owned());
        desk.ask(&writer, &AddDraft { id, text: text.clone(), note }).await?;
    }
    Ok(id)
}

async fn number_given(
    desk: &mut Desk<'_>,
    office: &Running<'_>,
    id: OutgoingId,
    outgoing: &Outgoing,
    issue: &Issue,
) -> Result<()> {
    let (place, clerk) = (office.place, office.place.who(CLERK));
    let signer = issue.signer.as_ref().map(|role| place.who(role));
    let call = IssueOutgoing {
        draft: None,
        id,
        dated: None,
        late: false,
        signatory: Some(issue.signatory.clone()),
        signer: match &signer {
            Some(who) => Some(named(desk, who).await?),
            None => None,
        },
        copies: Some(issue.copies),
    };
    let issued = desk.ask(&clerk, &call).await?;
    if let Some(who) = signer {
        signed(desk, (&who, &clerk), id, issue.stays).await?;
    }
    if issue.sent {
        let tiers = vec![Tier::Communes];
        let call = DispatchOutgoing {
            id,
            offices: Vec::new(),
            tiers,
            circulation: None,
            limit: None,
            return_by: None,
            no_paper: true,
        };
        desk.ask(&clerk, &call).await?;
    }
    if issue.file && issued.seal.is_some() {
        desk.ask(&clerk, &RecordSealImprint { id, copies: issue.copies, note: None }).await?;
    }
    if issue.file {
        let symbol = issued.symbol.unwrap_or_default();
        let text = outgoing.redraft.as_ref().unwrap_or(&outgoing.text);
        let head = format!("{}\nSố {symbol}", place.committee);
        let page = pdf::page(&outgoing.summary, &[&head, text, &issue.signatory]);
        let name = format!("{}.pdf", symbol.replace('/', "_"));
        // The signed copy comes from whoever gave the number.
        let ticket = desk.upload(&clerk, (place.id, OUTGOING), &name, page).await?;
        desk.ask(&clerk, &AttachIssuedOutgoingFile { id, ticket }).await?;
    }
    Ok(())
}

/// Copies what arrived for others.
pub(super) async fn copy(desk: &mut Desk<'_>, office: &Running<'_>, week: &Week, number: usize) -> Result<()> {
    let (place, clerk) = (office.place, office.place.who(CLERK));
    for copied in week.copy.iter().filter(|copied| copied.day == number) {
        let incoming = office.arrived.get(copied.of.as_str()).copied();
        let call = DraftRelated {
            office: place.id,
            kind: RelationKind::FullCopy,
            outgoing: None,
            incoming: Some(
                incoming.with_context(|| format!("`{}`, which is to be copied, has not arrived", copied.of))?,
            ),
            genre: None,
            body_code: Some(copied.body.clone()),
        };
        let id = desk.ask(&place.who(&copied.by), &call).await?.id;
        let recipients = copied.recipients.iter().map(|name| OutgoingRecipient { name: name.clone(), unit: None });
        desk.ask(&place.who(&copied.by), &SetRecipients { id, recipients: recipients.collect() }).await?;
        let call = IssueOutgoing {
            id,
            dated: None,
            late: false,
            signatory: Some(copied.signatory.clone()),
            signer: None,
            copies: Some(copied.copies),
            draft: None,
        };
        desk.ask(&clerk, &call).await?;
        desk.ask(&clerk, &RecordSealImprint { id, copies: copied.copies, note: None }).await?;
    }
    Ok(())
}

/// Asks somebody for an opinion, which may come.
async fn opinion(desk: &mut Desk<'_>, (writer, of): (&str, &str), id: OutgoingId, asked: &Asked) -> Result<()> {
    let ExecutionSigner { person, position } = named(desk, of).await?;
    let call = AskReviews {
        id,
        kind: ReviewKind::Opinion,
        of: vec![Reviewer { person, position }],
        due: Some(desk.today().plus(5).context("the calendar goes on")?),
        question: Some(asked.question.clone()),
    };
    let reviews = desk.ask(writer, &call).await?.items;
    if let (Some(words), Some(review)) = (&asked.words, reviews.first()) {
        desk.ask(of, &AnswerReview { id: review.id, agreed: true, words: words.clone() }).await?;
    }
    Ok(())
}

/// Somebody in the position they hold.
async fn named(desk: &mut Desk<'_>, who: &str) -> Result<ExecutionSigner> {
    let me = desk.ask(who, &GetMe {}).await?;
    let post = me.posts.first().with_context(|| format!("`{who}` holds no position"))?;
    Ok(ExecutionSigner { person: me.person.id, position: post.position })
}

/// Signs and seals a document once it is laid out, as far as the script goes.
async fn signed(desk: &mut Desk<'_>, (who, clerk): (&str, &str), id: OutgoingId, stays: Option<Stays>) -> Result<()> {
    let mut tries = 1..LOOKS;
    let sha256 = loop {
        match desk.ask(clerk, &GetExecution { id }).await?.sha256 {
            Some(sha256) => break sha256,
            None => ensure!(tries.next().is_some(), "the demo waits in vain for a document to be laid out"),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    };
    if stays == Some(Stays::ToSign) {
        return Ok(());
    }
    let signed = desk.ask(who, &SignOutgoing { id, sha256 }).await?;
    if stays == Some(Stays::ToSeal) {
        return Ok(());
    }
    desk.ask(clerk, &SealOutgoing { id, sha256: signed.sha256.unwrap_or_default() }).await?;
    Ok(())
}
