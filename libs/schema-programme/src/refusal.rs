//! Why programme says no.

use wire::{
    Day,
    id::{AssignmentId, CalendarEntryId, CalendarResourceId, PositionId, UnitId},
};

wire::refusals! {
    /// Why programme says no.
    pub enum Refusal {
        /// No such assignment where the caller may look.
        AssignmentMissing { id: AssignmentId } => Missing, "programme.assignment_missing",
            en "there is no assignment `{id}` here", vi "không có việc `{id}` ở đây";
        /// The state does not allow the act.
        NotNow { state: &'static str, act: &'static str, state_vi: &'static str, act_vi: &'static str } => Conflict,
            "programme.not_now",
            en "an assignment that is `{state}` does not allow `{act}`",
            vi "việc {state_vi}, không thể {act_vi}";
        /// The caller does not work on it.
        NotYours => Denied, "programme.not_yours",
            en "only the lead unit, its head and the handler may do this",
            vi "chỉ đơn vị chủ trì, người đứng đầu đơn vị và người xử lý được làm việc này";
        /// It is addressed to another position.
        NotAddressed => Denied, "programme.not_addressed",
            en "only the holder of the position it is addressed to or the head of the lead unit may accept it",
            vi "chỉ người giữ chức danh được giao hoặc người đứng đầu đơn vị chủ trì được nhận việc";
        /// Given by others.
        NotGiver => Denied, "programme.not_giver",
            en "only whoever gave the work, the direct head of the giver and those who oversee the office's work may do \
                this",
            vi "chỉ người giao việc, thủ trưởng trực tiếp của người giao và người theo dõi chung công việc của văn \
                phòng được làm việc này";
        /// Figures about another person.
        OwnOrDirectHead => Denied, "programme.own_or_direct_head",
            en "a list by person is for that person and the direct head of their position",
            vi "danh sách theo người chỉ dành cho chính người đó và thủ trưởng trực tiếp",
            field "handler";

        /// A reminder on the day of another one.
        RemindedToday => Conflict, "programme.reminded_today",
            en "the unit was reminded of this work today already; once a day is enough",
            vi "hôm nay đã đôn đốc việc này; mỗi ngày chỉ đôn đốc một lần";
        /// No title.
        TitleMissing => Invalid, "programme.title_missing",
            en "say what has to be done", vi "cần ghi nội dung việc", field "title";
        /// No product.
        ProductMissing => Invalid, "programme.product_missing",
            en "say what must lie on the table when the work is done", vi "cần ghi sản phẩm của việc",
            field "expected_product";
        /// No reason.
        ReasonMissing => Invalid, "programme.reason_missing",
            en "say why", vi "cần ghi lý do", field "reason";
        /// No note.
        NoteMissing => Invalid, "programme.note_missing",
            en "say what has been done", vi "cần ghi đã làm được gì", field "note";
        /// Nobody named to wait for.
        WaitUnclear => Invalid, "programme.wait_unclear",
            en "say who or what is waited for", vi "cần ghi chờ ai, chờ gì", field "on";
        /// No level named that can decide.
        LevelMissing => Invalid, "programme.level_missing",
            en "say who can decide", vi "cần ghi cấp có thẩm quyền quyết định", field "to";
        /// A text that is too long.
        TextTooLong { what: &'static str, most: u16 } => Invalid, "programme.text_too_long",
            en "`{what}` has more than {most} characters", vi "`{what}` dài quá {most} ký tự";
        /// A text with characters nobody can see.
        TextUnclean { what: &'static str, why: String } => Invalid, "programme.text_unclean",
            en "`{what}` cannot be stored: {why}", vi "không lưu được `{what}`: {why}";
        /// A percentage beyond the whole.
        PercentTooLarge => Invalid, "programme.percent_too_large",
            en "`percent` goes from 0 to 100", vi "`percent` từ 0 đến 100", field "percent";

        /// A source that must be named by its id.
        SourceIdMissing => Invalid, "programme.source_id_missing",
            en "an incoming document or a petition is named by its id",
            vi "văn bản đến, đơn thư phải được chỉ rõ bằng mã", field "source/id";
        /// A source without a name.
        SourceUnnamed => Invalid, "programme.source_unnamed",
            en "say where the work comes from", vi "cần ghi nguồn giao việc", field "source/label";
        /// The document cannot be found in this office.
        SourceMissing => Invalid, "programme.source_missing",
            en "this office has no such incoming document, or you may not read it",
            vi "văn phòng này không có văn bản đến đó, hoặc đồng chí không được đọc", field "source/id";
        /// The document is not to be processed.
        SourceNotToProcess => Conflict, "programme.source_not_to_process",
            en "only a document disposed `to process` gives work: dispose it so first",
            vi "chỉ văn bản có hướng xử lý là `giải quyết` mới được giao việc: hãy ghi hướng xử lý trước",
            field "source/id";
        /// The document is above what this installation may hold.
        SourceMasked => Conflict, "programme.source_masked",
            en "the content of this document may not be held here: give its work on paper",
            vi "nội dung văn bản này không được lưu trên hệ thống: hãy giao việc bằng văn bản giấy", field "source/id";
        /// The document gives no work any more.
        SourceGone => Conflict, "programme.source_gone",
            en "the document this work came from was voided or is not to be processed any more: close the work instead",
            vi "văn bản nguồn đã hủy hoặc không còn hướng xử lý `giải quyết`: không trả lại, hãy kết thúc việc";
        /// A unit that is unknown, of another office, or no longer there.
        UnitUnknown { unit: UnitId } => Invalid, "programme.unit_unknown",
            en "`{unit}` is no unit of this office that is in force",
            vi "`{unit}` không phải là đơn vị đang hoạt động của văn phòng";
        /// Handed over to the lead it has, while nobody has accepted it there.
        SameLead => Conflict, "programme.same_lead",
            en "it waits for this unit and position already: name another of them",
            vi "việc đang chờ đúng đơn vị và chức danh này nhận: hãy chọn đơn vị hoặc chức danh khác",
            field "lead_unit";
        /// The lead helps itself.
        LeadCoordinates => Invalid, "programme.lead_coordinates",
            en "the lead unit is not one of the coordinators", vi "đơn vị chủ trì không đồng thời là đơn vị phối hợp",
            field "coordinators";
        /// Too many coordinators, or one of them twice.
        CoordinatorsUnclear { most: u16 } => Invalid, "programme.coordinators_unclear",
            en "name each coordinating unit once, and at most {most}",
            vi "mỗi đơn vị phối hợp chỉ ghi một lần, nhiều nhất {most} đơn vị", field "coordinators";
        /// The larger work cannot take a part.
        ParentNotOwed => Conflict, "programme.parent_not_owed",
            en "the larger work is not of this office or no longer owed",
            vi "việc cha không thuộc văn phòng này hoặc đã xong", field "parent";

        /// Both a day and a term.
        DueTwice => Invalid, "programme.due_twice",
            en "give either `due` or `term`", vi "chỉ ghi ngày hạn hoặc thời hạn", field "term";
        /// A day that has passed.
        DuePast { due: Day } => Invalid, "programme.due_past",
            en "the due day {due} has passed", vi "ngày hạn {due} đã qua", field "due";
        /// A day later than the incoming document allows.
        DueAfterSource { due: Day } => Invalid, "programme.due_after_source",
            en "the document is due {due}: give no later day, an extension has to be asked for",
            vi "văn bản có hạn {due}: không giao hạn muộn hơn, cần thêm thời gian thì phải xin gia hạn", field "due";
        /// A term of no length or beyond the calendar.
        TermUnusable { why: String } => Invalid, "programme.term_unusable",
            en "the term gives no day: {why}", vi "thời hạn không cho ra ngày: {why}", field "term";

        /// Waiting for oneself.
        WaitOnLead => Invalid, "programme.wait_on_lead",
            en "the lead unit does not wait for itself", vi "đơn vị chủ trì không thể chờ chính mình", field "on_unit";
        /// A wait is open already.
        AlreadyWaiting { on: String } => Conflict, "programme.already_waiting",
            en "it already waits for `{on}`: end that wait first",
            vi "việc đang chờ `{on}`: hãy kết thúc lần chờ đó trước";
        /// No wait is open.
        NotWaiting => Conflict, "programme.not_waiting",
            en "it does not wait for anything", vi "việc không đang chờ";

        /// An extension is undecided.
        ExtensionPending { until: Day } => Conflict, "programme.extension_pending",
            en "an extension until {until} has been asked for and not decided yet",
            vi "đã xin gia hạn đến {until}, chưa có quyết định";
        /// No extension is undecided.
        ExtensionNotAsked => Conflict, "programme.extension_not_asked",
            en "no extension waits for a decision", vi "không có đề nghị gia hạn nào chờ quyết định";
        /// A day that is no extension.
        ExtensionNotLater { due: Day } => Invalid, "programme.extension_not_later",
            en "ask for a day after {due} that has not passed", vi "ngày xin gia hạn phải sau {due} và chưa qua",
            field "until";
        /// An extension one asked for, or of work one handles.
        OwnExtension => Denied, "programme.own_extension",
            en "whoever asked for the extension or handles the work does not decide it, nor does anyone in their position",
            vi "người xin gia hạn, người xử lý việc và người cùng chức danh đó không tự quyết định gia hạn";
        /// Work one handled, or that was handled in one's position.
        OwnWork => Denied, "programme.own_work",
            en "whoever handled the work neither closes nor returns it, nor does anyone in their position: somebody else \
                has to look at it",
            vi "người xử lý việc và người cùng chức danh đó không tự kết thúc hoặc trả lại việc: phải do người khác xem \
                xét";

        /// A pause without instrument or length, outside the term, or across another.
        PauseUnclear => Invalid, "programme.pause_unclear",
            en "a pause names its instrument, has a length, begins within the term and overlaps no other",
            vi "lần tạm dừng phải ghi căn cứ, có độ dài, bắt đầu trong thời hạn và không chồng lên lần khác",
            field "from";
        /// Done without proof.
        EvidenceMissing => Invalid, "programme.evidence_missing",
            en "name what proves that the work is done", vi "cần ghi bằng chứng hoàn thành", field "evidence";
        /// Proof that cannot be found: a document or file without its id, or without a name.
        EvidenceUnclear => Invalid, "programme.evidence_unclear",
            en "each piece of evidence has a label, and a document or file its id",
            vi "mỗi bằng chứng phải có tên, văn bản hoặc tệp phải có mã", field "evidence";
        /// More proof than one report holds.
        EvidenceTooMuch { most: u16 } => Invalid, "programme.evidence_too_much",
            en "name at most {most} pieces of evidence", vi "ghi nhiều nhất {most} bằng chứng", field "evidence";

        /// A past day.
        DayPast { day: Day } => Invalid, "programme.day_past",
            en "{day} has passed: this list tells what is owed today or later",
            vi "ngày {day} đã qua: danh sách này cho biết việc còn nợ từ hôm nay", field "as_of";
        /// A cursor of another list.
        CursorUnknown => Invalid, "programme.cursor_unknown",
            en "this cursor is not from this list", vi "con trỏ này không thuộc danh sách này", field "cursor";

        /// No such entry where the caller may look.
        EntryMissing { id: CalendarEntryId } => Missing, "programme.calendar_entry_missing",
            en "there is no calendar entry `{id}` here", vi "không có mục lịch `{id}` ở đây";
        /// The state of an entry does not allow the act.
        EntryNotNow { state: &'static str, act: &'static str, state_vi: &'static str, act_vi: &'static str } =>
            Conflict, "programme.calendar_not_now",
            en "a calendar entry that is `{state}` does not allow `{act}`",
            vi "mục lịch {state_vi}, không thể {act_vi}";
        /// Another leader, room or car is needed, or another time; or the conflict is confirmed.
        EntryConflicts { entry: CalendarEntryId, version: i64, with: String, from: String, to: String, on: String }
            => Conflict, "programme.calendar_conflict",
            en "at the same time `{with}` needs {on} ({from} to {to}): move one of the two, or confirm with \
                `confirmed` every conflict that the entry shows, this one as `{entry}` in version {version}",
            vi "trùng lịch với `{with}` ({from} đến {to}), cùng cần {on}: hãy dời một trong hai, hoặc xác nhận bằng \
                `confirmed` mọi mục trùng mà mục lịch nêu, mục này là `{entry}` phiên bản {version}",
            field "confirmed";
        /// Before approval an entry is its unit's.
        NotEntryOwner => Denied, "programme.calendar_not_yours",
            en "only whoever proposed the entry, the head of that unit and those who approve the calendar may do this",
            vi "chỉ người đề nghị, người đứng đầu đơn vị đề nghị và người duyệt lịch được làm việc này";
        /// No unit of the caller's in this office.
        NotMember => Denied, "programme.calendar_not_member",
            en "propose for a unit of this office in which you hold a position that may",
            vi "chỉ được đề nghị cho đơn vị của văn phòng mà đồng chí giữ chức danh có quyền đề nghị", field "unit";
        /// After approval an entry is the office's.
        NotApprover => Denied, "programme.calendar_not_approver",
            en "what was approved is changed and cancelled by those who approve the calendar",
            vi "lịch đã duyệt chỉ do người duyệt lịch điều chỉnh hoặc hủy";
        /// Nothing said about what is held.
        EntryTitleMissing => Invalid, "programme.calendar_title_missing",
            en "say what is held", vi "cần ghi nội dung", field "title";
        /// No place and no room.
        PlaceMissing => Invalid, "programme.calendar_place_missing",
            en "say where: name a room or a place", vi "cần ghi phòng họp hoặc địa điểm", field "place";
        /// It ends before it begins, or lasts too long.
        TimesUnclear { most: i64 } => Invalid, "programme.calendar_times_unclear",
            en "an entry ends after it begins, within {most} days", vi "giờ kết thúc phải sau giờ bắt đầu, trong {most} ngày",
            field "ends";
        /// It is over already.
        EntryPast => Invalid, "programme.calendar_past",
            en "this time has passed", vi "thời gian này đã qua", field "ends";
        /// A leader named twice, or more than a hall seats.
        LeadersUnclear { most: u16 } => Invalid, "programme.calendar_leaders_unclear",
            en "name each leader once, and at most {most}", vi "mỗi lãnh đạo chỉ ghi một lần, nhiều nhất {most}",
            field "leaders";
        /// A position that is not of this office or not in force.
        PositionUnknown { position: PositionId } => Invalid, "programme.calendar_position_unknown",
            en "`{position}` is no position of this office that is in force then",
            vi "`{position}` không phải là chức danh của văn phòng tại thời điểm đó", field "leaders";
        /// A room or car named twice, or too many.
        ResourcesUnclear { most: u16 } => Invalid, "programme.calendar_resources_unclear",
            en "name each room and car once, and at most {most}", vi "mỗi phòng, xe chỉ ghi một lần, nhiều nhất {most}",
            field "resources";
        /// A room or car that cannot be had then.
        ResourceUnknown { resource: CalendarResourceId } => Invalid, "programme.calendar_resource_unknown",
            en "`{resource}` is no room or car of this office that can be had then",
            vi "`{resource}` không phải là phòng, xe của văn phòng dùng được lúc đó", field "resources";
        /// The document cannot be found in this office.
        InvitationMissing => Invalid, "programme.calendar_invitation_missing",
            en "this office has no such incoming document in force, or you may not read it",
            vi "văn phòng này không có văn bản đến đó còn hiệu lực, hoặc đồng chí không được đọc", field "invitation";
        /// The document is secret.
        InvitationSecret => Conflict, "programme.calendar_invitation_secret",
            en "the whole office reads the calendar: enter what a secret paper invites to without naming the paper or \
                its content",
            vi "cả văn phòng đọc được lịch: việc theo giấy mời mật thì ghi lịch mà không nêu văn bản và nội dung mật",
            field "invitation";
        /// Confirmed more than can conflict.
        ConfirmedTooMuch { most: u16 } => Invalid, "programme.calendar_confirmed_too_much",
            en "confirm at most {most} conflicts", vi "xác nhận nhiều nhất {most} mục trùng", field "confirmed";
        /// Nothing to approve.
        WeekEmpty { week: Day } => Conflict, "programme.calendar_week_empty",
            en "nothing in the week of {week} waits to be approved or published",
            vi "tuần từ {week} không có mục nào chờ duyệt hoặc ban hành";
        /// More in a week than is approved at once.
        WeekTooFull { most: u64 } => Conflict, "programme.calendar_week_too_full",
            en "more than {most} entries wait: approve some of them one by one first",
            vi "có hơn {most} mục chờ duyệt: hãy duyệt riêng một số mục trước";

        /// No such room or car where the caller may look.
        ResourceMissing { id: CalendarResourceId } => Missing, "programme.calendar_resource_missing",
            en "there is no room or car `{id}` here", vi "không có phòng, xe `{id}` ở đây";
        /// No name.
        ResourceUnnamed => Invalid, "programme.calendar_resource_unnamed",
            en "give the room or car a name", vi "cần ghi tên phòng, xe", field "name";
        /// A name that another room or car bears.
        ResourceNameTaken { name: String } => Conflict, "programme.calendar_resource_name_taken",
            en "a room or car named `{name}` is in use", vi "đã có phòng, xe tên `{name}` đang dùng", field "name";
        /// Out of use already, or before it was.
        ResourceEnded => Conflict, "programme.calendar_resource_ended",
            en "it ends once, after its first day", vi "chỉ kết thúc một lần, sau ngày đầu sử dụng", field "to";
        /// Something needs it then.
        ResourceBooked { entry: CalendarEntryId, with: String, to: String } => Conflict,
            "programme.calendar_resource_booked",
            en "`{with}` (`{entry}`) needs it until {to}: move that first",
            vi "`{with}` (`{entry}`) cần dùng đến {to}: hãy dời mục đó trước", field "to";
    }
}
