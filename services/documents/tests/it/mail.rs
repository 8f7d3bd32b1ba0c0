//! Electronic mail: out of a real folder into the queue, sealed; taken apart when it is marked; statuses written back as
//! files; and what senders ask about documents that came before.

use std::fs;

use edxml::{BusinessKind, Content, Message, Organisation, Status, StatusCode};
use schema_documents::{
    AnswerMail, DiscardIntake, DownloadEdxml, DownloadIntake, GetIncoming, GetIntakeProposal, GetMail, GetMailState,
    IncomingState, IntakeField, IntakeReading, IntakeReason, IntakeState, ListMail, MailKind, MarkIntakeCitizenLetter,
    MarkIntakeOfficial,
};
use testbed::{Pair, pdf::page};
use wire::id::MailId;

use crate::{
    files::{held, sweep},
    intake::holding,
    outgoing::issue,
    post_room::{PostRoom, about, letter, message},
};

const CANARY: &str = "CHIM-HOANG-YEN-7713 kinh gui dong chi";

#[tokio::test]
async fn a_letter_comes_sealed_is_taken_apart_when_marked_and_leaves_the_folder() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let room = PostRoom::open(pair).await;
        let pdf = page("Giay moi hop");
        let files: [(&str, &[u8]); 2] = [("giay-moi.pdf", &pdf), ("chay.exe", b"MZ\x90\x00")];
        let path = room.drop("thu-1.eml", letter(1, "Kính gửi văn phòng", &files));
        room.collect().await;
        let waiting = room.queue(None).await.remove(0);
        let outside = waiting.mail.clone().unwrap();
        assert_eq!((outside.kind, outside.from, outside.deliveries), (MailKind::Letter, None, 1));
        assert_eq!((waiting.file, waiting.parts.len()), (None, 0), "nobody has read it");

        // The same letter by another way, and the same file that is not removed yet.
        let mut again = fs::read(&path).unwrap();
        let way = again.windows(3).position(|piece| piece == b"mx1").unwrap();
        again[way + 2] = b'9';
        room.drop("thu-1-lai.eml", again);
        room.collect().await;
        room.collect().await;
        assert_eq!(fs::read_dir(room.folder.path()).unwrap().count(), 0, "what was taken is removed");

        let official = room.house.clerk.call(&MarkIntakeOfficial { id: waiting.id }).await.unwrap();
        let names: Vec<_> = official.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["noi-dung.txt", "giay-moi.pdf"]);
        let mail = official.mail.unwrap();
        assert_eq!((mail.deliveries, mail.remarks[0].code.as_str()), (2, "mail.file_not_accepted"));
        let part = DownloadIntake { id: waiting.id, part: Some(official.parts[1].id) };
        assert_eq!(room.house.clerk.call(&part).await.unwrap().name, "giay-moi.pdf");

        let document = room.registered(1, waiting.id).await;
        let names: Vec<_> = document.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["noi-dung.txt", "giay-moi.pdf", "thu-1.eml"]);
        assert_eq!(room.codes().await, Vec::<&str>::new(), "letters are answered by people");
        room.house.close().await;
    }
}

#[tokio::test]
async fn nothing_of_a_citizens_mail_is_left_in_any_byte() {
    let room = PostRoom::open(Pair::LocalSqlite).await;
    let data = room.house.bench.platform.key_folder.parent().unwrap().to_owned();
    let pdf = page(CANARY);
    room.drop("don.eml", letter(7, CANARY, &[("don.pdf", &pdf)]));
    room.collect().await;
    room.collect().await;
    assert_eq!(fs::read_dir(room.folder.path()).unwrap().count(), 0);
    assert_eq!(holding(&data, &[CANARY]), Vec::<String>::new(), "sealed");
    let id = room.queue(None).await.remove(0).id;
    // One that was opened before it proved to be a citizen's.
    let opened = String::from_utf8(letter(8, "Kính gửi", &[])).unwrap().replace("Moi hop", CANARY);
    room.drop("mo-nham.eml", opened);
    room.collect().await;
    room.collect().await;
    let official = room.queue(Some(IntakeState::Waiting)).await.remove(1).id;
    room.house.clerk.call(&MarkIntakeOfficial { id: official }).await.unwrap();
    let proposed = room.house.clerk.call(&GetIntakeProposal { id: official }).await.unwrap();
    assert!(proposed.fields[0].value.contains(CANARY));
    let mark = MarkIntakeCitizenLetter { id: official, arrived: None, late: false, sheets: 1, envelopes: 0 };
    room.house.clerk.call(&mark).await.unwrap();
    // What a mark that was cut off would have left in the clear.
    let area = room.house.bench.platform.blobs.area("documents", &room.house.office.to_string()).unwrap();
    let mut begun = area.begin(10_000).await.unwrap();
    begun.write(pdf.clone().into()).await.unwrap();
    area.keep(begun).await.unwrap();
    let mark = MarkIntakeCitizenLetter { id, arrived: None, late: false, sheets: 1, envelopes: 0 };
    room.house.clerk.call(&mark).await.unwrap();
    sweep(&room.house.bench, room.house.office).await;
    sweep(&room.house.bench, room.house.office).await;
    room.house.bench.settled().await;
    assert_eq!((held(&room.house).await, holding(&data, &[CANARY])), (0, Vec::new()));
    room.house.close().await;
}

#[tokio::test]
async fn a_message_is_one_item_however_often_it_comes_and_its_sender_is_told() {
    let room = PostRoom::open(Pair::LocalPostgres).await;
    let first = message(12);
    let item = room.read("12.edxml", &first).await;
    let mut traced = first.clone();
    traced.trace = vec![edxml::Trace { organ_id: "G22".into(), at: room.house.bench.platform.clock.now().into() }];
    room.drop("12-lai.edxml", edxml::write_message(&traced).unwrap());
    room.collect().await;
    let parts: Vec<_> = item.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!((parts, item.mail.unwrap().from.as_deref()), (vec!["12.pdf"], Some("G09.01")));
    let proposal = room.house.clerk.call(&GetIntakeProposal { id: item.id }).await.unwrap();
    let fields: Vec<_> = proposal.fields.iter().map(|one| (one.field, one.value.as_str())).collect();
    let expected = [
        (IntakeField::Symbol, "12/BNV-VP"),
        (IntakeField::DocumentDay, "2026-07-01"),
        (IntakeField::AuthorBody, "Bộ Nội vụ"),
        (IntakeField::GenreName, "Công văn"),
        (IntakeField::Summary, "V/v rà soát đợt 12"),
    ];
    assert_eq!((fields, proposal.state), (expected.to_vec(), IntakeReading::Read));
    let document = room.registered(3, item.id).await;
    let gone = room.house.clerk.call(&GetIntakeProposal { id: item.id }).await.unwrap();
    assert_eq!((gone.fields, gone.state), (Vec::new(), IntakeReading::Unread));
    let told = room.told().await;
    let answered = &told[1].answers;
    assert_eq!(told.iter().map(|one| one.code.text()).collect::<Vec<_>>(), ["01", "03"]);
    assert_eq!(
        (answered.organ_id.as_str(), answered.document_id.as_str(), told[1].from.organ_id.as_str()),
        ("G09.01", first.document_id.as_str(), "A32.65")
    );

    let other = room.read("13.edxml", &message(13)).await;
    let discard = DiscardIntake { id: other.id, reason: IntakeReason::Misdirected };
    room.house.clerk.call(&discard).await.unwrap();
    let told = room.told().await;
    assert_eq!((told[3].code, told[3].description.as_str()), (StatusCode::Refused, "Gửi nhầm nơi nhận."));
    let mail = room
        .house
        .clerk
        .call(&ListMail { office: room.house.office, asking: false, outgoing: None, limit: None, cursor: None })
        .await
        .unwrap()
        .items;
    assert_eq!((mail.len(), mail[1].outside.deliveries), (2, 2));
    assert_eq!((mail[1].incoming, mail[1].progress.as_deref()), (Some(document.id), Some("03")));
    assert!(mail.iter().all(|one| one.told.iter().all(|status| status.written_at.is_some())));
    room.house.close().await;
}

#[tokio::test]
async fn what_a_sender_asks_is_done_by_a_person_or_refused_with_a_reason() {
    let room = PostRoom::open(Pair::LocalSqlite).await;
    let (first, second) = (message(21), message(22));
    let item = room.read("21.edxml", &first).await;
    let kept = room.registered(1, item.id).await;
    let item = room.read("22.edxml", &second).await;
    let gone = room.registered(2, item.id).await;

    let waiting = room.drop("23.edxml", edxml::write_message(&about(BusinessKind::Revoke, &second, 23)).unwrap());
    room.collect().await;
    assert!(waiting.exists());
    let item = room.queue(None).await.remove(0);
    let id = item.mail.unwrap().id;
    let agree = |id: MailId| AnswerMail { id, agree: true, reason: None };
    assert_eq!(room.house.refused(&agree(id)).await, "documents.mail_nothing_asked", "nobody has read it");
    room.house.clerk.call(&MarkIntakeOfficial { id: item.id }).await.unwrap();
    let state = room.house.clerk.call(&GetMailState { office: room.house.office }).await.unwrap();
    assert_eq!((state.asking, state.is_set, state.trouble), (1, true, None));
    let done = room.house.clerk.call(&agree(id)).await.unwrap();
    assert_eq!((done.asks, done.incoming), (false, Some(gone.id)));
    let gone = room.house.clerk.call(&GetIncoming { id: gone.id }).await.unwrap();
    assert_eq!(gone.state, IncomingState::Voided);
    assert!(gone.files.iter().any(|file| file.name == "23.edxml"), "the request stays with what it undid");
    assert_eq!(room.house.refused(&agree(id)).await, "documents.mail_nothing_asked");

    let update = room.read("24.edxml", &about(BusinessKind::Update, &first, 24)).await;
    let id = update.mail.unwrap().id;
    let refuse = AnswerMail { id, agree: false, reason: Some("  ".into()) };
    assert_eq!(room.house.refused(&refuse).await, "documents.mail_reason_missing");
    let refuse = AnswerMail { reason: Some("Đã triển khai xong.".into()), ..refuse };
    room.house.clerk.call(&refuse).await.unwrap();
    let kept = room.house.clerk.call(&GetIncoming { id: kept.id }).await.unwrap();
    assert_eq!((kept.state, kept.files.len()), (IncomingState::Registered, 5));

    let stranger = room.read("25.edxml", &about(BusinessKind::Revoke, &message(99), 25)).await;
    assert_eq!(room.house.refused(&agree(stranger.mail.unwrap().id)).await, "documents.mail_target_missing");
    let told = room.told().await;
    let of = |message: &Message| {
        let ours = told.iter().filter(|one| one.answers.document_id == message.document_id);
        ours.map(|one| one.code.text()).collect::<Vec<_>>()
    };
    assert_eq!((of(&first), of(&second)), (vec!["01", "03", "16"], vec!["01", "03", "15"]));
    room.house.close().await;
}

#[tokio::test]
async fn what_cannot_be_taken_says_why_and_the_queue_goes_on() {
    let room = PostRoom::open(Pair::LocalSqlite).await;
    let broken = String::from_utf8(edxml::write_message(&message(31)).unwrap()).unwrap();
    room.drop("hong.edxml", broken.replace("QCVN_102_2016", "QCVN_999").replace("</edXML:Subject>", ""));
    let many: Vec<(String, Vec<u8>)> = (0..300).map(|at| (format!("{at}.pdf"), page(&at.to_string()))).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    room.drop("nhieu.eml", letter(3, "300 tep", &many));
    room.drop("rong.eml", b"");
    room.drop("may.exe", b"MZ\x90\x00\x03");
    room.drop("dang-ghi.eml.part", b"half");
    std::os::unix::fs::symlink("/etc/hostname", room.folder.path().join("lien-ket.eml")).unwrap();
    let none = letter(4, "", &[]);
    room.drop("khong-kem.eml", none);
    room.collect().await;
    assert_eq!(room.queue(Some(IntakeState::Waiting)).await.len(), 2, "the letters; the broken message is set aside");
    let aside = room.queue(Some(IntakeState::SetAside)).await.remove(0);
    assert_eq!(aside.reason, Some(IntakeReason::Unreadable));
    assert!(!aside.mail.unwrap().remarks.is_empty());
    for item in room.queue(Some(IntakeState::Waiting)).await {
        let official = room.house.clerk.call(&MarkIntakeOfficial { id: item.id }).await.unwrap();
        let remarks = official.mail.unwrap().remarks;
        if official.name.as_deref() == Some("nhieu.eml") {
            assert_eq!(remarks[0].code, "mail.too_many_files");
        }
        assert!(official.parts.len() <= 1 && official.file.is_some(), "the original is there in each case");
    }
    let quarantine = room.folder.path().join("quarantine");
    for name in ["rong.eml", "may.exe"] {
        let reason = fs::read_to_string(quarantine.join(format!("{name}.ly-do.txt"))).unwrap();
        assert!(quarantine.join(name).exists() && reason.contains("tệp") || reason.contains("Tệp"), "{name}");
    }
    let state = room.house.clerk.call(&GetMailState { office: room.house.office }).await.unwrap();
    assert!((2..=3).contains(&state.quarantined), "a link is passed over or set apart: {}", state.quarantined);
    room.house.close().await;
}

#[tokio::test]
async fn an_issued_document_goes_out_as_a_message_and_its_status_comes_back() {
    let room = PostRoom::open(Pair::LocalSqlite).await;
    let draft = room.house.drafted().await;
    let issued = room.house.clerk.call(&issue(draft.id)).await.unwrap();
    let early = DownloadEdxml { id: issued.id, to: "G09.01".into() };
    assert_eq!(room.house.refused(&early).await, "documents.not_a_message", "it has no file yet");
    let ticket = room.house.upload_bytes(&room.house.clerk, page("Da ky"), "ban-ky.pdf", "outgoing_document").await;
    let attach = schema_documents::AttachIssuedOutgoingFile { id: issued.id, ticket };
    let issued = room.house.clerk.call(&attach).await.unwrap();
    let odd = DownloadEdxml { to: "không phải mã".into(), ..early.clone() };
    assert_eq!(room.house.refused(&odd).await, "documents.not_a_message");

    let download = room.house.clerk.call(&early).await.unwrap();
    let path = room.house.bench.platform.blobs.area("documents", &room.house.office.to_string()).unwrap();
    let content = path.open(&download.sha256, None).await.unwrap().bytes;
    let chunks: Vec<bytes::Bytes> = futures_util::TryStreamExt::try_collect(content).await.unwrap();
    let bytes = chunks.concat();
    assert_eq!(edxml::check(&bytes).into_iter().filter(|one| one.severity == edxml::Severity::Error).count(), 0);
    let Content::Message(back) = edxml::read(&bytes).unwrap().content else { panic!("no message") };
    assert_eq!(
        (format!("{}-{}", back.code.number, back.code.notation), back.promulgation.date.day, back.subject.as_str()),
        (issued.symbol.clone().unwrap(), issued.dated, issued.summary.as_deref().unwrap())
    );
    assert_eq!(
        (back.document_type.name.as_str(), back.attachments[0].bytes.len()),
        (issued.genre_name.as_str(), page("Da ky").len())
    );

    let receiver =
        Organisation { organ_id: "G09.01".into(), name: "Bộ Nội vụ".into(), ..Organisation::default() };
    let now = room.house.bench.platform.clock.now();
    let status = Status::of_receiver(&back, receiver.clone(), StatusCode::Accepted, now);
    room.drop("03.edxml", edxml::write_status(&status).unwrap());
    let mut strange = status.clone();
    strange.answers.code = "999/CV/XX".into();
    room.drop("la.edxml", edxml::write_status(&strange).unwrap());
    room.collect().await;
    assert_eq!(room.queue(None).await.len(), 0, "a status is nothing to be entered");
    let call =
        ListMail { office: room.house.office, asking: false, outgoing: Some(issued.id), limit: None, cursor: None };
    let mail = room.house.clerk.call(&call).await.unwrap().items.remove(0);
    assert_eq!((mail.outside.kind, mail.progress.as_deref()), (MailKind::Status, Some("03")));
    assert!(room.folder.path().join("quarantine").join("la.edxml").exists());
    assert_eq!(room.house.clerk.call(&GetMail { id: mail.outside.id }).await.unwrap(), mail);
    room.house.close().await;
}
