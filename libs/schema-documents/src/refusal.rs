//! Why `documents` says no.

use wire::{Day, Instant, id::*};

wire::refusals! {
    /// Why `documents` says no.
    pub enum Refusal {
        /// A required field is absent or blank.
        FieldMissing { name: String } => Invalid, "documents.field_missing",
            en "`{name}` is missing: fill it in", vi "thiếu `{name}`: hãy điền vào";
        /// A text is longer than the register takes.
        FieldTooLong { name: String, limit: usize } => Invalid, "documents.field_too_long",
            en "`{name}` is longer than {limit} characters: shorten it",
            vi "`{name}` dài quá {limit} ký tự: hãy rút gọn";
        /// A text holds a character that nobody can see.
        FieldUnclean { name: String, position: usize } => Invalid, "documents.field_unclean",
            en "character {position} of `{name}` is a control character: remove it",
            vi "ký tự thứ {position} của `{name}` là ký tự điều khiển: hãy xóa đi";
        /// A number lies outside what makes sense.
        FieldOutOfRange { name: String, least: i64, most: i64 } => Invalid, "documents.field_out_of_range",
            en "`{name}` must lie between {least} and {most}", vi "`{name}` phải từ {least} đến {most}";
        /// Too many items in a list.
        TooMany { name: String, limit: usize } => Invalid, "documents.too_many",
            en "`{name}` holds more than {limit} items: name fewer", vi "`{name}` có quá {limit} mục: hãy bớt đi";
        /// A cursor that no list of this service gave.
        CursorUnknown => Invalid, "documents.cursor_unknown",
            en "this cursor was not given by this list: begin again without one",
            vi "con trỏ trang không phải của danh sách này: hãy bắt đầu lại từ trang đầu", field "cursor";
        /// A search over more days than one list may look at.
        RangeTooLong { days: i64 } => Invalid, "documents.range_too_long",
            en "a search for words looks at {days} days of arrivals at most: choose a shorter range",
            vi "tìm theo từ chỉ xét tối đa {days} ngày đến: hãy chọn khoảng ngắn hơn", field "from";

        /// A day that has not come yet.
        DayInFuture { name: String, day: Day } => Invalid, "documents.day_in_future",
            en "`{name}` is {day}, which has not come yet: correct the day",
            vi "`{name}` là {day}, chưa tới: hãy sửa ngày";
        /// A document dated after the day it arrived.
        DatedAfterArrival { document_day: Day, arrived: Day } => Invalid, "documents.dated_after_arrival",
            en "the document is dated {document_day} but arrived on {arrived}: correct one of the days",
            vi "văn bản đề ngày {document_day} nhưng đến ngày {arrived}: hãy sửa một trong hai ngày",
            field "document_day";
        /// A due day before the day of arrival.
        DueBeforeArrival { due: Day, arrived: Day } => Invalid, "documents.due_before_arrival",
            en "the due day {due} lies before the arrival day {arrived}: correct it",
            vi "hạn xử lý {due} trước ngày đến {arrived}: hãy sửa lại", field "due";
        /// A due day on a document that nobody is to process.
        DueWithoutProcessing => Invalid, "documents.due_without_processing",
            en "only a document to be processed has a due day: leave out `due` or choose `to_process`",
            vi "chỉ văn bản cần xử lý mới có hạn: hãy bỏ hạn hoặc chọn xử lý", field "due";
        /// A day earlier than that of the last number given.
        LateEntry { last_day: Day } => Conflict, "documents.late_entry",
            en "the last number of this register was given for {last_day}: confirm the earlier day with `late`",
            vi "số cuối của sổ này thuộc ngày {last_day}: hãy xác nhận vào sổ muộn bằng `late`", field "late";

        /// What lies above the secrecy ceiling may not be described here.
        AboveCeiling { name: String } => Invalid, "documents.above_ceiling",
            en "a document of this degree may not be described in this system: leave out `{name}` to enter the masked line, and take the document to the desk for secret documents",
            vi "hệ thống này không được lưu nội dung văn bản ở độ mật này: hãy bỏ `{name}` để chỉ ghi dòng che, và chuyển văn bản tới bộ phận quản lý tài liệu mật",
            instrument "Luật 117/2025/QH15";
        /// The register never holds the summary of a top-secret document.
        TopSecretSummary => Invalid, "documents.top_secret_summary",
            en "the summary of a top-secret document is not entered in the register: leave it out",
            vi "không ghi trích yếu văn bản tuyệt mật vào sổ: hãy bỏ trích yếu",
            field "summary", instrument "Luật 117/2025/QH15";
        /// A masked line takes nothing that would describe the document.
        Masked => Conflict, "documents.masked",
            en "only a masked line of this document is kept here: work on it goes through the desk for secret documents",
            vi "ở đây chỉ giữ dòng che của văn bản này: việc xử lý qua bộ phận quản lý tài liệu mật";

        /// A reason for masked lines, given for another.
        NotMasked => Invalid, "documents.not_masked",
            en "this line is not masked: leave out `masked_reason` and say why in `reason`",
            vi "đây không phải dòng che: hãy bỏ `masked_reason` và ghi lý do vào `reason`", field "masked_reason";

        /// The same paper was entered before.
        LikelyDuplicate { id: IncomingId, number: i64, arrived: Day, symbol: String } => Conflict,
            "documents.likely_duplicate",
            en "this looks like number {number} of {arrived} (`{symbol}`): open that one, or confirm a further copy with `duplicate_of`",
            vi "văn bản này có thể trùng số đến {number} ngày {arrived} (`{symbol}`): hãy mở văn bản đó, hoặc xác nhận bản gửi thêm bằng `duplicate_of`",
            field "duplicate_of";
        /// The line was voided before.
        AlreadyVoided => Conflict, "documents.already_voided",
            en "this number is voided already: enter the document anew if it is needed",
            vi "số này đã hủy: hãy vào sổ lại nếu cần";
        /// The disposition is that already, with the same due day.
        AlreadyDisposed => Conflict, "documents.already_disposed",
            en "the document has this disposition already: choose another or leave it",
            vi "văn bản đã ở hướng xử lý này: hãy chọn hướng khác hoặc giữ nguyên", field "disposition";
        /// Work from it is not closed, and programme owns its due day.
        WorkOwed { assignment: AssignmentId } => Conflict, "documents.work_owed",
            en "work on this document is under way (assignment {assignment}): ask for an extension there to move the day, or withdraw the work first and then dispose of the document anew",
            vi "văn bản này đã giao việc (nhiệm vụ {assignment}): muốn đổi hạn hãy xin gia hạn nhiệm vụ đó, hoặc thu hồi nhiệm vụ rồi cho hướng xử lý khác", field "disposition";
        /// The paper is not at any desk.
        NotAtDesk => Conflict, "documents.not_at_desk",
            en "the document lies at no desk: pass it to one first", vi "văn bản chưa được chuyển tới đâu: hãy chuyển trước";
        /// The paper is at that desk already.
        AtThatDesk { unit_name: String } => Conflict, "documents.at_that_desk",
            en "the document lies at `{unit_name}` already: take it back or pass it on",
            vi "văn bản đang ở `{unit_name}`: hãy nhận lại hoặc chuyển nơi khác", field "unit";
        /// The same content is attached already.
        FileAttachedAlready { name: String } => Conflict, "documents.file_attached_already",
            en "the same content is attached already as `{name}`: attach another file",
            vi "nội dung này đã đính kèm với tên `{name}`: hãy chọn tệp khác", field "ticket";
        /// An attached file was being cleared away as unused.
        FileCleared { until: Instant } => Busy, "documents.file_cleared",
            en "a file of this very content is being cleared away as unused: upload it again after {until}",
            vi "tệp có đúng nội dung này đang được dọn vì không dùng: hãy tải lên lại sau {until}", field "ticket";
        /// A letter of which nothing was counted.
        NothingCounted => Invalid, "documents.nothing_counted",
            en "count the sheets or the envelopes: one of `sheets` and `envelopes` must be above 0",
            vi "hãy đếm số tờ hoặc số bì: `sheets` hoặc `envelopes` phải lớn hơn 0", field "envelopes";

        /// No such genre on that day.
        GenreUnknown { genre: String, day: Day } => Invalid, "documents.genre_unknown",
            en "there is no genre `{genre}` on {day}: choose one from the list of genres",
            vi "ngày {day} không có thể loại `{genre}`: hãy chọn trong danh mục thể loại",
            field "genre", instrument "Quy định 399-QĐ/TW";
        /// A genre that bears no code and therefore no number of a series.
        GenreUncoded { genre: String } => Invalid, "documents.genre_uncoded",
            en "the genre `{genre}` has no code and is not numbered by series: choose another genre",
            vi "thể loại `{genre}` không có ký hiệu nên không đánh số theo sổ: hãy chọn thể loại khác", field "genre";
        /// A body code that cannot stand in a symbol.
        BodyCodeUnfit { body_code: String } => Invalid, "documents.body_code_unfit",
            en "`{body_code}` cannot be the body in a symbol: write it as in `VPTU`",
            vi "`{body_code}` không thể là ký hiệu cơ quan: hãy viết như `VPTU`", field "body_code";
        /// A body code of another tier of the Party.
        BodyCodeForeign { body_code: String } => Invalid, "documents.body_code_foreign",
            en "`{body_code}` is the code of a body of another tier: issue under a code of this office, such as that of its issuing unit",
            vi "`{body_code}` là ký hiệu của cơ quan cấp khác: hãy dùng ký hiệu của cơ quan mình, như của đơn vị ban hành",
            field "body_code", instrument "Hướng dẫn 05-HD/VPTW";
        /// A body code that nobody is known to bear here.
        BodyCodeUnknown { body_code: String } => Invalid, "documents.body_code_unknown",
            en "no body of this office is known by the code `{body_code}`: correct it, name the issuing unit that bears it, or open a register for it first",
            vi "chưa biết cơ quan nào ở đây dùng ký hiệu `{body_code}`: hãy sửa lại, chọn đơn vị ban hành có ký hiệu đó, hoặc mở sổ cho ký hiệu đó trước",
            field "body_code";
        /// Another register numbers the same code, though not this genre.
        CodeNumbered { id: RegisterId, code: String, genre: String } => Conflict, "documents.code_numbered",
            en "register {id} already gives numbers to the code `{code}` of this body, but not to `{genre}`: one code has one series, so open a register for `{genre}` by hand if it is to count for itself",
            vi "sổ {id} đã cấp số cho ký hiệu `{code}` của cơ quan này nhưng không cho `{genre}`: mỗi ký hiệu một dãy số, nếu `{genre}` có dãy số riêng thì hãy tự mở sổ";
        /// Files of an issued document are the business of whoever may issue.
        IssuedFiles => Conflict, "documents.issued_files",
            en "the document is issued: whoever may issue attaches the signed copy, by `issued-files`",
            vi "văn bản đã ban hành: người có quyền ban hành đính kèm bản ký, qua `issued-files`";
        /// The document is not issued.
        NotIssued => Conflict, "documents.not_issued",
            en "the document is not issued: attach the file to the draft", vi "văn bản chưa ban hành: hãy đính kèm tệp vào dự thảo";
        /// The document is not a draft any more.
        NotADraft => Conflict, "documents.not_a_draft",
            en "the document is no draft any more: what was issued does not change, begin a new document",
            vi "văn bản không còn là dự thảo: văn bản đã ban hành không sửa được, hãy soạn văn bản mới";
        /// The text was changed after it was read.
        DraftChanged { ordinal: u32 } => Conflict, "documents.draft_changed",
            en "the text has another version by now: read version {ordinal}, then issue it",
            vi "nội dung đã có bản khác: hãy đọc bản {ordinal} rồi ban hành", field "draft";
        /// There is no text and no file to issue.
        NothingToIssue => Conflict, "documents.nothing_to_issue",
            en "the document has neither a text nor a file: add one before it is issued",
            vi "văn bản chưa có nội dung hoặc tệp: hãy bổ sung trước khi ban hành";
        /// Nobody would get it.
        NoRecipients => Conflict, "documents.no_recipients",
            en "the document has no recipients: name them before it is issued",
            vi "văn bản chưa có nơi nhận: hãy ghi nơi nhận trước khi ban hành", field "recipients";
        /// It answers a document whose line was voided.
        AnswersVoided { id: IncomingId } => Conflict, "documents.answers_voided",
            en "the incoming document {id} is voided: answer another one",
            vi "văn bản đến {id} đã hủy: hãy chọn văn bản khác", field "replies_to";

        /// No arrival register is open on that day.
        NoArrivalRegister { day: Day } => Conflict, "documents.no_arrival_register",
            en "no arrival register gives numbers on {day}: open one",
            vi "chưa có sổ văn bản đến cho ngày {day}: hãy mở sổ";
        /// No series is open for this body and genre on that day.
        NoSeries { body_code: String, genre: String, day: Day } => Conflict, "documents.no_series",
            en "no register gives numbers to `{genre}` of `{body_code}` on {day}: open one with its first number",
            vi "chưa có sổ cấp số cho `{genre}` của `{body_code}` ngày {day}: hãy mở sổ với số bắt đầu";
        /// The period of a register makes no sense.
        PeriodUnfit => Invalid, "documents.period_unfit",
            en "the period is not one: `last_day` may not lie before `first_day`, and a year begins and ends in one calendar year",
            vi "thời hạn của sổ không hợp lệ: `last_day` không được trước `first_day`, sổ năm phải nằm trong một năm",
            field "last_day";
        /// A register of this kind has no body or genres, or needs a body.
        ScopeUnfit => Invalid, "documents.scope_unfit",
            en "an arrival register has no body and no genres; a register of issued documents needs `body_code`",
            vi "sổ văn bản đến không có cơ quan và thể loại; sổ văn bản đi phải có `body_code`", field "body_code";
        /// Another register already numbers some of the same.
        RegisterOverlaps { id: RegisterId } => Conflict, "documents.register_overlaps",
            en "register {id} already gives these numbers in this period: close it first or choose another period",
            vi "sổ {id} đã cấp số này trong thời hạn này: hãy khóa sổ đó hoặc chọn thời hạn khác";
        /// The register gives no numbers any more.
        RegisterClosed { id: RegisterId } => Conflict, "documents.register_closed",
            en "register {id} is closed: open the next one", vi "sổ {id} đã khóa: hãy mở sổ tiếp theo";
        /// The register gave numbers after the day it is to end.
        RegisterUsedLater { last_day: Day } => Conflict, "documents.register_used_later",
            en "this register gave a number for {last_day}: close it on that day or later",
            vi "sổ này đã cấp số cho ngày {last_day}: hãy khóa từ ngày đó trở đi", field "last_day";

        /// The last day of a body's state lies before its first.
        BodyPeriodUnfit { from: Day } => Invalid, "documents.body_period_unfit",
            en "`to` lies before `from` ({from}): correct one of the days",
            vi "`to` trước `from` ({from}): hãy sửa một trong hai ngày", field "to";
        /// The same code stands recorded for some of these days.
        BodyOverlaps { id: IssuingBodyId, code: String, from: Day } => Conflict, "documents.body_overlaps",
            en "`{code}` is recorded from {from} on as {id}: end that state first, or choose other days",
            vi "`{code}` đã được ghi từ ngày {from} ({id}): hãy kết thúc bản ghi đó trước, hoặc chọn ngày khác",
            field "from";
        /// The state of the body has ended.
        BodyEnded { to: Day } => Conflict, "documents.body_ended",
            en "this state of the body ended on {to} already: record the next one",
            vi "bản ghi này đã kết thúc ngày {to}: hãy ghi bản tiếp theo", field "to";
        /// A document of a later day bears the seal.
        BodyUsedLater { id: IssuingBodyId, dated: Day } => Conflict, "documents.body_used_later",
            en "a document of {dated} bears the seal of {id}: end it on that day or later",
            vi "văn bản ngày {dated} đã đóng con dấu của {id}: hãy kết thúc từ ngày đó trở đi", field "to";
        /// The sheet's last day is no sensible one.
        BlockExpiryUnfit { most: i64 } => Invalid, "documents.block_expiry_unfit",
            en "`expires` must be today or at most {most} days from today",
            vi "`expires` phải từ hôm nay đến tối đa {most} ngày sau", field "expires";
        /// The register gives no numbers today.
        RegisterNotToday { id: RegisterId } => Conflict, "documents.register_not_today",
            en "register {id} gives no numbers today: reserve in the register of today",
            vi "sổ {id} hôm nay không cấp số: hãy giữ số ở sổ của ngày hôm nay", field "register";
        /// Another sheet bears this label.
        SheetTaken { sheet: String } => Conflict, "documents.sheet_taken",
            en "a sheet `{sheet}` of this register was reserved before: label this one otherwise",
            vi "sổ này đã có phiếu giữ số `{sheet}`: hãy đặt tên phiếu khác", field "sheet";
        /// The number is not one that the block holds back.
        NumberNotHeld { number: i64 } => Conflict, "documents.number_not_held",
            en "number {number} is not held back by this block: choose one of `held`",
            vi "số {number} không còn được giữ trong khối này: hãy chọn một số trong `held`", field "number";
        /// The sheet was written outside its time.
        WrittenOutside { from: Instant, to: Day } => Invalid, "documents.written_outside",
            en "numbers were written on this sheet from {from} to {to} and not later than now: correct the moment",
            vi "phiếu này chỉ ghi số từ {from} đến hết ngày {to} và không sau lúc này: hãy sửa thời điểm",
            field "written_at";
        /// The document's day is not one for this number of the sheet.
        DayOffSheet { day: Day, written: Day } => Invalid, "documents.day_off_sheet",
            en "the number was written on {written}, so that {day} is not its day: correct one of them",
            vi "số được ghi ngày {written} nên không thể là ngày {day}: hãy sửa lại";
        /// The block belongs to another register than the document needs.
        BlockUnfit { register: RegisterId } => Conflict, "documents.block_unfit",
            en "the numbers of this block belong to register {register}, which does not number this: choose another block",
            vi "các số này thuộc sổ {register}, không dùng cho văn bản này: hãy chọn khối số khác", field "id";
        /// Nothing of the block is held back any more.
        NothingHeld => Conflict, "documents.nothing_held",
            en "no number of this block is held back any more", vi "khối này không còn số nào đang giữ";
        /// The act is no draft any more.
        OpeningNotDraft => Conflict, "documents.opening_not_draft",
            en "this opening act is no draft any more: begin another one",
            vi "văn bản mở sổ này không còn là dự thảo: hãy lập văn bản khác";
        /// An act that would do nothing.
        OpeningEmpty => Conflict, "documents.opening_empty",
            en "the opening act opens no register and brings no papers: add one of them",
            vi "văn bản mở sổ chưa có sổ và chưa có văn bản kèm theo: hãy bổ sung";
        /// The spreadsheet has rows to be mended.
        OpeningFaulty { faulty: u32, row: u32, why: String } => Conflict, "documents.opening_faulty",
            en "{faulty} faults stand in the spreadsheet, the first in row {row} (`{why}`): read them with `check`, mend them and upload it again",
            vi "bảng tính còn {faulty} lỗi, lỗi đầu ở dòng {row} (`{why}`): hãy xem bằng `check`, sửa rồi tải lên lại";
        /// A register of the act was used, or a paper worked on.
        OpeningUsed { id: RegisterId } => Conflict, "documents.opening_used",
            en "register {id} has given numbers since, or its imported papers were worked on: the act stands; void single papers instead",
            vi "sổ {id} đã cấp số hoặc văn bản nhập kèm đã được xử lý: không hoàn tác được; hãy hủy từng văn bản";
        /// The act is on its way.
        OpeningUnderWay => Conflict, "documents.opening_under_way",
            en "the papers of this opening act are being entered or voided: wait until it is done",
            vi "đang nhập hoặc hoàn tác các văn bản của văn bản mở sổ này: hãy đợi xong";
        /// The act was undone.
        OpeningUndone => Conflict, "documents.opening_undone",
            en "this opening act was undone: begin another one", vi "văn bản mở sổ này đã hoàn tác: hãy lập văn bản khác";

        /// A document to be processed without a unit that leads.
        LeadMissing => Invalid, "documents.lead_missing",
            en "a document to be processed needs the one unit that leads: name it in `lead`",
            vi "văn bản cần xử lý phải có một đơn vị chủ trì: hãy chọn `lead`", field "routing/lead";
        /// A lead for a document that nobody is to process.
        LeadWithoutProcessing => Invalid, "documents.lead_without_processing",
            en "only a document to be processed has a lead and units that help: leave them out or choose `to_process`",
            vi "chỉ văn bản cần xử lý mới có đơn vị chủ trì, phối hợp: hãy bỏ đi hoặc chọn xử lý", field "routing/lead";
        /// One unit in two parts.
        UnitTwice { id: UnitId } => Invalid, "documents.unit_twice",
            en "unit {id} stands there twice: it leads, helps or is to know, one of these",
            vi "đơn vị {id} được nêu hai lần: chỉ chủ trì, phối hợp hoặc để biết", field "routing";
        /// The document has an instruction in force.
        Instructed { id: InstructionId } => Conflict, "documents.instructed",
            en "the document is instructed ({id}): only another instruction changes what happens with it",
            vi "văn bản đã có bút phê ({id}): chỉ bút phê khác mới thay đổi hướng xử lý";
        /// The proposal does not wait any more.
        ProposalAnswered => Conflict, "documents.proposal_answered",
            en "this proposal does not wait any more: read what waits for the document now",
            vi "phiếu đề xuất này không còn chờ ý kiến: hãy xem lại phiếu hiện hành", field "proposal";
        /// An instruction that says nothing and answers no proposal.
        RoutingMissing => Invalid, "documents.routing_missing",
            en "an instruction that answers no proposal says itself what is to happen: fill in `routing`",
            vi "bút phê không theo phiếu đề xuất phải ghi rõ hướng xử lý: hãy điền `routing`", field "routing";
        /// Nobody instructs what they proposed.
        OwnProposal => Denied, "documents.own_proposal",
            en "you proposed this yourself, or act for who did: another instructs it",
            vi "phiếu này do chính bạn, hoặc người bạn thay mặt, đề xuất: hãy để người khác cho ý kiến";
        /// An instruction written before the document came, or not yet.
        WrittenUnfit { written: Day, arrived: Day } => Invalid, "documents.written_unfit",
            en "the instruction cannot be written on {written}: the document arrived on {arrived}, and tomorrow has not come",
            vi "bút phê không thể ghi ngày {written}: văn bản đến ngày {arrived} và ngày ghi không được ở tương lai",
            field "written";
        /// The author could not instruct on that day.
        AuthorUnfit { day: Day } => Invalid, "documents.author_unfit",
            en "the author could not instruct in this position on {day}: correct the person, the position or the day",
            vi "người được nêu không có quyền cho ý kiến ở chức vụ này ngày {day}: hãy sửa người, chức vụ hoặc ngày",
            field "author";
        /// One's own hand needs no transcription.
        OwnHand => Conflict, "documents.own_hand",
            en "this is your own instruction: give it directly instead of transcribing it",
            vi "đây là bút phê của chính bạn: hãy cho ý kiến trực tiếp, không cần nhập lại";
        /// The instruction was given here, not on paper.
        NotTranscribed => Conflict, "documents.not_transcribed",
            en "this instruction was given here and not transcribed from paper: there is nothing to confirm",
            vi "bút phê này được cho trực tiếp trên hệ thống, không phải nhập từ giấy: không cần xác nhận";
        /// The transcription was confirmed or objected to before.
        TranscriptionAnswered => Conflict, "documents.transcription_answered",
            en "this transcription was confirmed or objected to already: read it again",
            vi "bản nhập bút phê này đã được xác nhận hoặc phản hồi: hãy xem lại";
        /// Nobody confirms their own transcription.
        OwnTranscription => Denied, "documents.own_transcription",
            en "you transcribed this yourself, or act for who did: its author or the chief of office answers for it",
            vi "chính bạn, hoặc người bạn thay mặt, đã nhập bút phê này: hãy để người bút phê hoặc Chánh Văn phòng xác nhận";
        /// Neither the author nor the chief of office.
        NotConfirmer => Denied, "documents.not_confirmer",
            en "a transcription is confirmed by its author or by the chief of office: leave it to them",
            vi "chỉ người bút phê hoặc Chánh Văn phòng được xác nhận: hãy để họ xác nhận";
        /// Not the author.
        NotAuthor => Denied, "documents.not_author",
            en "only the author, or whoever stands in for the author, objects to a transcription: tell them",
            vi "chỉ người bút phê hoặc người thay mặt mới được phản hồi: hãy báo cho họ";

        /// An item that nobody has marked official.
        IntakeSealed => Conflict, "documents.intake_sealed",
            en "this item is sealed and unread: mark it official first", vi "mục này còn niêm phong, chưa ai đọc: hãy đánh dấu văn bản công trước";
        /// An item that was entered, destroyed or found a citizen's letter.
        IntakeSettled => Conflict, "documents.intake_settled",
            en "this item is settled already: read the queue again", vi "mục này đã được xử lý: hãy xem lại hàng chờ";
        /// The item stands so already.
        IntakeUnchanged => Conflict, "documents.intake_unchanged",
            en "the item stands so already: read it again", vi "mục này đã ở trạng thái đó: hãy xem lại";
        /// Files larger than the queue takes.
        IntakeTooLarge { most: u64 } => TooLarge, "documents.intake_too_large",
            en "the queue takes files of 100 MB at most, and {most} bytes in one call: split the file, or bring in fewer at once",
            vi "hàng chờ nhận mỗi tệp tối đa 100 MB, mỗi lần tối đa {most} byte: hãy tách tệp hoặc nhập ít tệp hơn mỗi lần",
            field "tickets";
        /// No such item, or not within reach.
        IntakeMissing { id: IntakeItemId } => Missing, "documents.intake_missing",
            en "there is no item {id} in the queue", vi "không có mục {id} trong hàng chờ";
        /// No such batch, or not within reach.
        IntakeBatchMissing { id: IntakeBatchId } => Missing, "documents.intake_batch_missing",
            en "there is no batch {id}", vi "không có lô nhập {id}";
        /// No such proposal, or not within reach.
        ProposalMissing { id: ProposalId } => Missing, "documents.proposal_missing",
            en "there is no proposal {id}", vi "không có phiếu đề xuất {id}";
        /// No such instruction, or not within reach.
        InstructionMissing { id: InstructionId } => Missing, "documents.instruction_missing",
            en "there is no instruction {id}", vi "không có bút phê {id}";
        /// No such body, or not within reach.
        IssuingBodyMissing { id: IssuingBodyId } => Missing, "documents.issuing_body_missing",
            en "there is no issuing body {id}", vi "không có cơ quan ban hành {id}";
        /// No such block, or not within reach.
        NumberBlockMissing { id: NumberBlockId } => Missing, "documents.number_block_missing",
            en "there is no block of numbers {id}", vi "không có khối số {id}";
        /// No such act, or not within reach.
        OpeningActMissing { id: OpeningActId } => Missing, "documents.opening_act_missing",
            en "there is no opening act {id}", vi "không có văn bản mở sổ {id}";
        /// No such incoming document, or not within reach.
        IncomingMissing { id: IncomingId } => Missing, "documents.incoming_missing",
            en "there is no incoming document {id}", vi "không có văn bản đến {id}";
        /// No such letter, or not within reach.
        LetterMissing { id: IncomingId } => Missing, "documents.letter_missing",
            en "there is no citizen's letter {id}", vi "không có đơn thư {id}";
        /// No such outgoing document, or not within reach.
        OutgoingMissing { id: OutgoingId } => Missing, "documents.outgoing_missing",
            en "there is no outgoing document {id}", vi "không có văn bản đi {id}";
        /// No such version.
        DraftMissing { id: DraftId } => Missing, "documents.draft_missing",
            en "the document has no version {id}", vi "văn bản không có bản dự thảo {id}";
        /// Nothing to print.
        TextNotThere => Conflict, "documents.text_not_there",
            en "the document has no text here to print: write one, or look at its files",
            vi "văn bản chưa có nội dung ở đây để in: hãy soạn nội dung hoặc xem tệp kèm theo";
        /// Nobody lays papers out just now.
        PressAway => Busy, "documents.press_away",
            en "the page cannot be laid out just now: try again shortly; the text stays as it is",
            vi "hiện chưa dàn trang in được: hãy thử lại sau giây lát; nội dung vẫn giữ nguyên";
        /// No such file.
        FileMissing { id: FileId } => Missing, "documents.file_missing",
            en "the document has no file {id}", vi "văn bản không có tệp {id}";
        /// No such register, or not within reach.
        RegisterMissing { id: RegisterId } => Missing, "documents.register_missing",
            en "there is no register {id}", vi "không có sổ {id}";
        /// No such unit on that day.
        UnitUnknown { id: UnitId } => Invalid, "documents.unit_unknown",
            en "there is no unit {id} that fits here: choose one from the list of units",
            vi "không có đơn vị {id} phù hợp: hãy chọn trong danh mục đơn vị";
    }
}
