//! How identity says no.

use wire::Day;

use crate::{Hidden, RowError, WebAuthnJson};

wire::refusals! {
    /// Why identity says no.
    pub enum Refusal {
        /// The office is not there.
        OfficeMissing => Missing, "identity.office_missing", en "there is no such office", vi "không có văn phòng này";
        /// The centre has nothing above it.
        OfficeIsCentre => Conflict, "identity.office_is_centre",
            en "this office is the centre: it stands below none and does not end",
            vi "đây là văn phòng của Trung ương: không đặt dưới văn phòng khác, không kết thúc";
        /// An office stands below one of the tier above, on every day.
        OfficeTier => Invalid, "identity.office_tier",
            en "a province stands below the centre and a commune below a province, on every day",
            vi "tỉnh phải thuộc Trung ương và xã phải thuộc tỉnh, vào mọi ngày", field "parent";
        /// Something still stands below the office or in it after that day.
        OfficeInUse { to: Day } => Conflict, "identity.office_in_use",
            en "offices below it or positions in it still stand on {to} or later: end or move them first",
            vi "từ ngày {to} vẫn còn văn phòng cấp dưới hoặc chức danh thuộc văn phòng này: \
                hãy kết thúc hoặc chuyển chúng trước",
            field "to";
        /// Nothing new begins in an office that has ended.
        OfficeEnded => Conflict, "identity.office_ended",
            en "this office has ended: do it in the office that succeeds it",
            vi "văn phòng này đã kết thúc: hãy làm ở văn phòng kế thừa", field "office";
        /// Whoever an act names, it names once.
        LineageBad { most: usize } => Invalid, "identity.lineage_bad",
            en "name each once and none as its own successor, at most {most}; a split has two or more, one of them `main`",
            vi "mỗi bên chỉ nêu một lần, không tự kế thừa chính mình, tối đa {most}; \
                khi chia phải có từ hai bên trở lên và `main` là một trong số đó";
        /// An ended office or unit has the successors that its act named.
        LineageNamed => Conflict, "identity.lineage_named",
            en "an act has named its successors already",
            vi "đã có văn bản xác định bên kế thừa";
        /// An act of that day or later needs it to stand until then.
        LineageLater { to: Day } => Conflict, "identity.lineage_later",
            en "an act of {to} or later names it, or a unit of it, as predecessor or successor",
            vi "có văn bản từ ngày {to} trở đi nêu đơn vị này là bên được kế thừa hoặc bên kế thừa", field "to";
        /// The unit is not there, or not on that day.
        UnitMissing => Missing, "identity.unit_missing",
            en "there is no such unit on that day", vi "không có đơn vị này vào ngày đó";
        /// The person is not there, or out of scope.
        PersonMissing => Missing, "identity.person_missing", en "there is no such person", vi "không có người này";
        /// The position is not there, or out of scope.
        PositionMissing => Missing, "identity.position_missing",
            en "there is no such position", vi "không có chức danh này";
        /// The appointment is not there, or out of scope.
        AppointmentMissing => Missing, "identity.appointment_missing",
            en "there is no such appointment", vi "không có quyết định bổ nhiệm này";
        /// The account is not there, or out of scope.
        AccountMissing => Missing, "identity.account_missing",
            en "there is no such account", vi "không có tài khoản này";
        /// A text is empty or too long.
        TextLength { field: String, most: usize } => Invalid, "identity.text_length",
            en "`{field}` needs 1 to {most} characters", vi "`{field}` phải có từ 1 đến {most} ký tự";
        /// A text holds a character that nobody can see.
        TextUnclean { field: String, position: usize } => Invalid, "identity.text_unclean",
            en "character {position} of `{field}` cannot be seen: remove it",
            vi "ký tự thứ {position} của `{field}` không nhìn thấy được: hãy xóa nó";
        /// The cursor is not one that this list gave.
        CursorBad => Invalid, "identity.cursor_bad",
            en "`cursor` is not one that this list gave: begin without it",
            vi "`cursor` không phải do danh sách này cấp: hãy bắt đầu lại không có nó", field "cursor";
        /// The interval ends before it has begun.
        IntervalEmpty => Invalid, "identity.interval_empty",
            en "`to` is the first day after the end, so it must come after `from`",
            vi "`to` là ngày đầu tiên sau khi kết thúc nên phải sau `from`", field "to";
        /// The interval reaches beyond what it depends on.
        IntervalOutside { what: String, from: Day, to: Option<Day> } => Invalid, "identity.interval_outside",
            en "the dates must lie within those of the {what}, which begins on {from}",
            vi "thời gian phải nằm trong thời gian của {what}, bắt đầu từ ngày {from}", field "from";
        /// The unit would stand below itself on some day.
        UnitCycle { day: Day } => Conflict, "identity.unit_cycle",
            en "on {day} the unit would stand below itself",
            vi "vào ngày {day} đơn vị sẽ nằm dưới chính nó", field "parent";
        /// The committee itself has no place to move to.
        UnitIsRoot => Conflict, "identity.unit_is_root",
            en "this unit is the committee itself: it is not moved or ended",
            vi "đơn vị này là chính cấp ủy: không chuyển, không kết thúc";
        /// Something still stands in the unit after that day.
        UnitInUse { to: Day } => Conflict, "identity.unit_in_use",
            en "units or positions still stand in this unit on {to} or later: end or move them first",
            vi "từ ngày {to} vẫn còn đơn vị hoặc chức danh thuộc đơn vị này: hãy kết thúc hoặc chuyển chúng trước",
            field "to";
        /// A role that there is not.
        RoleUnknown { role: String } => Invalid, "identity.role_unknown",
            en "there is no role `{role}`: see the list of roles",
            vi "không có vai trò `{role}`: xem danh sách vai trò", field "roles";
        /// Only the administrator's role may look below.
        ReachMixed => Invalid, "identity.reach_mixed",
            en "only a position with the one role `administrator` may look below its office",
            vi "chỉ chức danh có duy nhất vai trò `administrator` mới được xem các văn phòng cấp dưới", field "reach";
        /// Nobody gives a reach they do not have.
        ReachDenied => Denied, "identity.reach_denied",
            en "only who looks below the office may give that reach",
            vi "chỉ người có phạm vi xuống cấp dưới mới được giao phạm vi ấy", field "reach";
        /// The unit has a head already.
        HeadTaken => Conflict, "identity.head_taken",
            en "the unit has a head in that time already",
            vi "trong thời gian ấy đơn vị đã có người đứng đầu", field "head";
        /// The direct head must be a position that exists in that time.
        ReportsToBad => Invalid, "identity.reports_to_bad",
            en "`reports_to` must be a position in force on the first day",
            vi "`reports_to` phải là chức danh có hiệu lực vào ngày đầu", field "reports_to";
        /// A position would come to be its own head.
        ReportsToCycle { day: Day } => Conflict, "identity.reports_to_cycle",
            en "on {day} the position would be a head of its own head",
            vi "vào ngày {day} chức danh sẽ là cấp trên của chính thủ trưởng mình", field "reports_to";
        /// Somebody else holds the head's position.
        PositionHeld => Conflict, "identity.position_held",
            en "this position of a head is held in that time already",
            vi "trong thời gian ấy chức danh đứng đầu này đã có người giữ", field "position";
        /// The person holds that position already.
        AlreadyAppointed => Conflict, "identity.already_appointed",
            en "the person holds this position in that time already",
            vi "trong thời gian ấy người này đã giữ chức danh này", field "person";
        /// Nobody gives themselves authority.
        OwnAppointment => Denied, "identity.own_appointment",
            en "nobody appoints themselves: another administrator must do it",
            vi "không ai tự bổ nhiệm mình: phải do quản trị viên khác làm", field "person";
        /// Appointments to the position go on after that day.
        PositionInUse { to: Day } => Conflict, "identity.position_in_use",
            en "the position is held on {to} or later: end the appointments first",
            vi "từ ngày {to} vẫn có người giữ chức danh này: hãy kết thúc bổ nhiệm trước", field "to";
        /// It has ended already.
        AlreadyEnded { to: Day } => Conflict, "identity.already_ended",
            en "it ended on {to} already", vi "đã kết thúc từ ngày {to}", field "to";
        /// A disabled person is given nothing.
        PersonDisabled => Conflict, "identity.person_disabled",
            en "this person is disabled: enable them first",
            vi "người này đang bị ngừng: hãy cho hoạt động lại trước", field "person";
        /// Nobody shuts themselves out.
        OwnAccount => Conflict, "identity.own_account",
            en "this is your own account: another administrator must do it",
            vi "đây là tài khoản của chính bạn: phải do quản trị viên khác làm";
        /// The person has an account.
        AccountExists => Conflict, "identity.account_exists",
            en "this person has an account already", vi "người này đã có tài khoản", field "person";
        /// A shut account is not given codes.
        AccountDisabled => Conflict, "identity.account_disabled",
            en "this account is disabled: enable it first", vi "tài khoản này đang bị khóa: hãy mở lại trước";
        /// The one-time code opens nothing.
        EnrolmentBad => Invalid, "identity.enrolment_bad",
            en "the code is wrong, used or too old: ask for a new one",
            vi "mã sai, đã dùng hoặc quá hạn: hãy xin mã mới", field "code";
        /// The name cannot be one to sign in with.
        UsernameBad => Invalid, "identity.username_bad",
            en "a name to sign in with has 3 to 64 letters, digits, `.`, `-`, `_`, `@`",
            vi "tên đăng nhập gồm 3 đến 64 chữ, số, `.`, `-`, `_`, `@`", field "username";
        /// The name belongs to another account.
        UsernameTaken => Conflict, "identity.username_taken",
            en "this name is taken: choose another", vi "tên này đã có người dùng: hãy chọn tên khác", field "username";
        /// The password is too short.
        PasswordShort { least: usize } => Invalid, "identity.password_short",
            en "the password needs at least {least} characters: a sentence of a few words does well",
            vi "mật khẩu cần ít nhất {least} ký tự: nên dùng một câu gồm vài từ", field "password";
        /// The password is too long.
        PasswordLong { most: usize } => Invalid, "identity.password_long",
            en "the password has more than {most} bytes: shorten it",
            vi "mật khẩu dài quá {most} byte: hãy rút ngắn", field "password";
        /// The password is made of what attackers try first.
        PasswordCommon => Invalid, "identity.password_common",
            en "the password is made of well-known passwords: add words of your own",
            vi "mật khẩu ghép từ những mật khẩu phổ biến: hãy thêm từ của riêng bạn", field "password";
        /// The password stands in the list of breached passwords.
        PasswordBreached => Invalid, "identity.password_breached",
            en "this password was found in data stolen elsewhere: choose another",
            vi "mật khẩu này có trong dữ liệu đã bị lộ ở nơi khác: hãy chọn mật khẩu khác", field "password";
        /// The password repeats one pattern.
        PasswordSimple => Invalid, "identity.password_simple",
            en "the password repeats one pattern: use several different words",
            vi "mật khẩu lặp lại một mẫu: hãy dùng nhiều từ khác nhau", field "password";
        /// The password holds the name to sign in with.
        PasswordHasName => Invalid, "identity.password_has_name",
            en "the password holds the name to sign in with: leave the name out",
            vi "mật khẩu chứa tên đăng nhập: hãy bỏ tên ra", field "password";
        /// The current password is not this one.
        CurrentPasswordWrong => Invalid, "identity.current_password_wrong",
            en "the current password is wrong", vi "mật khẩu hiện tại không đúng", field "current_password";
        /// Too many passwords wait to be checked.
        Crowded => Busy, "identity.crowded",
            en "too many passwords are being checked just now: try again shortly",
            vi "đang có quá nhiều mật khẩu chờ kiểm tra: hãy thử lại sau giây lát";
        /// Name or password is wrong, or the account is shut; which of these is not told.
        SignInRefused => Unauthenticated, "identity.sign_in_refused",
            en "name or password is wrong, or the account is not open",
            vi "sai tên đăng nhập hoặc mật khẩu, hoặc tài khoản không mở";
        /// Too many failures.
        SignInLimited { seconds: u32 } => Limited, "identity.sign_in_limited",
            en "too many failed attempts: try again in {seconds} s",
            vi "sai quá nhiều lần: hãy thử lại sau {seconds} giây";
        /// The refresh token opens nothing.
        RefreshRefused => Unauthenticated, "identity.refresh_refused",
            en "the refresh token is wrong, used or too old: sign in again",
            vi "mã gia hạn sai, đã dùng hoặc quá hạn: hãy đăng nhập lại";
        /// The session has ended, or its account or person is disabled.
        SessionEnded => Unauthenticated, "identity.session_ended",
            en "the session has ended: sign in again", vi "phiên làm việc đã kết thúc: hãy đăng nhập lại";
        /// Rows of an import are wrong.
        RowsWrong { count: usize, errors: Vec<RowError> } => Invalid, "identity.rows_wrong",
            en "{count} rows are wrong and nothing was kept: see `errors`",
            vi "{count} dòng sai, chưa ghi dòng nào: xem `errors`", field "rows";
        /// Too many rows in one call.
        RowsTooMany { most: usize } => Invalid, "identity.rows_too_many",
            en "one call takes at most {most} rows: send the rest in further calls",
            vi "mỗi lần gửi tối đa {most} dòng: hãy gửi phần còn lại trong các lần sau", field "rows";
        /// No template of bodies is known for that day.
        TemplateMissing { day: Day } => Invalid, "identity.template_missing",
            en "no template of bodies is known for {day}", vi "chưa có mẫu tổ chức cho ngày {day}", field "from";
        /// The delegation is not there, or out of scope.
        DelegationMissing => Missing, "identity.delegation_missing",
            en "there is no such delegation", vi "không có ủy quyền này";
        /// Only the holder, a direct head or an administrator lends powers or takes them back.
        DelegationDenied => Denied, "identity.delegation_denied",
            en "only the holder of the position, its direct head or an administrator may do this",
            vi "chỉ người giữ chức danh, thủ trưởng trực tiếp hoặc quản trị viên được làm việc này", field "position";
        /// Nobody takes the powers of another for themselves.
        DelegationToSelf => Denied, "identity.delegation_to_self",
            en "nobody lends powers to themselves or back to the holder",
            vi "không ai tự ủy quyền cho mình hoặc ủy quyền lại cho chính người giữ chức danh", field "deputy";
        /// An order needs its decision.
        OrderWithoutInstrument => Invalid, "identity.order_without_instrument",
            en "name the decision: standing in for another, or in a post, is by an order",
            vi "cần ghi quyết định: phân công thay người khác hoặc phụ trách chức danh phải có văn bản", field "instrument";
        /// The position does not give what is to be lent.
        PermissionNotHeld { permission: String } => Invalid, "identity.permission_not_held",
            en "`{permission}` cannot be lent: the position, or what was lent to you, does not give it",
            vi "không thể ủy quyền `{permission}`: chức danh, hoặc phần được ủy quyền cho bạn, không có quyền ấy",
            field "permissions";
        /// Some permissions are never lent.
        PermissionNeverLent { permission: String } => Denied, "identity.permission_never_lent",
            en "`{permission}` is never lent: appoint another administrator instead",
            vi "`{permission}` không được ủy quyền: hãy bổ nhiệm thêm quản trị viên", field "permissions";
        /// Nothing is lent.
        PermissionsEmpty => Invalid, "identity.permissions_empty",
            en "name the permissions that are lent", vi "cần nêu các quyền được ủy quyền", field "permissions";
        /// The person does not hold the position on that day.
        PositionNotHeld { day: Day } => Invalid, "identity.position_not_held",
            en "this person does not hold the position in this office on {day}",
            vi "người này không giữ chức danh ấy ở văn phòng này vào ngày {day}", field "position";
        /// What is lent is not passed on unless that was said.
        NotPassedOn => Denied, "identity.not_passed_on",
            en "this delegation may not be passed on, or not for longer or with more than it says",
            vi "ủy quyền này không được ủy quyền lại, hoặc không được lại dài hơn, rộng hơn mức đã giao",
            field "passed_on_from";
        /// An absence has an end.
        AbsenceWithoutEnd => Invalid, "identity.absence_without_end",
            en "name the day of coming back", vi "cần ghi ngày trở lại làm việc", field "to";
        /// An amount or the number of genres is out of bounds.
        BoundsBad => Invalid, "identity.bounds_bad",
            en "a bound names at most 40 genres and an amount that is not below zero",
            vi "giới hạn gồm nhiều nhất 40 thể loại và số tiền không âm", field "genres";
        /// It was taken back already.
        DelegationRevoked => Conflict, "identity.delegation_revoked",
            en "this delegation was taken back already", vi "ủy quyền này đã bị thu hồi";
        /// The absence is not there, or out of scope.
        AbsenceMissing => Missing, "identity.absence_missing", en "there is no such absence", vi "không có lượt vắng mặt này";
        /// The cover must be of the same person and position and lie within.
        CoverBad => Invalid, "identity.cover_bad",
            en "the cover must be a delegation of this person and position that holds on the first day",
            vi "người thay phải theo ủy quyền của chính người và chức danh này, có hiệu lực vào ngày đầu", field "cover";
        /// The hand-over is not there, or not for the caller.
        HandoverMissing => Missing, "identity.handover_missing",
            en "there is no such hand-over for you", vi "không có biên bản bàn giao này dành cho bạn";
        /// Only the two and the direct head draw a list up.
        HandoverDenied => Denied, "identity.handover_denied",
            en "only the two whose post it is, or its direct head, draw this up",
            vi "chỉ hai người bàn giao hoặc thủ trưởng trực tiếp được lập biên bản này", field "position";
        /// Two people hand over.
        HandoverOfOne => Invalid, "identity.handover_of_one",
            en "a post is handed over from one person to another", vi "bàn giao phải giữa hai người khác nhau",
            field "incoming";
        /// Too many pieces of work in one list.
        HandoverTooLong { most: usize } => Invalid, "identity.handover_too_long",
            en "one list holds at most {most} pieces of work: draw up a second one",
            vi "mỗi biên bản gồm nhiều nhất {most} việc: hãy lập thêm biên bản", field "items";
        /// The caller has signed.
        HandoverSigned => Conflict, "identity.handover_signed",
            en "you have signed this hand-over already", vi "bạn đã ký biên bản bàn giao này";
        /// The import is not there, or out of scope.
        ImportMissing => Missing, "identity.import_missing", en "there is no such import", vi "không có lượt nhập này";
        /// Units are imported by whoever may change units.
        ImportUnitsDenied => Denied, "identity.import_units_denied",
            en "importing units takes the permission to change units in this office",
            vi "nhập đơn vị cần quyền sửa đổi đơn vị ở văn phòng này", field "kind";
        /// The file is no spreadsheet.
        ImportUnreadable => Invalid, "identity.import_unreadable",
            en "the file is no spreadsheet that can be read: save it as XLSX, or as CSV in UTF-8",
            vi "tệp không phải bảng tính đọc được: hãy lưu thành XLSX, hoặc CSV mã UTF-8", field "ticket";
        /// The spreadsheet is too long.
        ImportTooLong { most: u32 } => TooLarge, "identity.import_too_long",
            en "the spreadsheet has more than {most} rows or is too large: divide it into several files",
            vi "bảng tính có quá {most} dòng hoặc quá lớn: hãy chia thành nhiều tệp", field "ticket";
        /// A mapping names too many columns.
        ImportColumns { most: usize } => Invalid, "identity.import_columns",
            en "a mapping names at most {most} columns", vi "chỉ rõ nhiều nhất {most} cột", field "columns";
        /// What is in force is no draft.
        ImportNotDraft => Conflict, "identity.import_not_draft",
            en "this import is no draft any more: begin another", vi "lượt nhập này không còn là dự thảo: hãy lập lượt khác";
        /// Rows must be mended first.
        ImportFaulty { faulty: u32, row: u32, why: String } => Invalid, "identity.import_faulty",
            en "{faulty} faults are to be mended first; the first is in row {row} (`{why}`): try the import out to see all",
            vi "còn {faulty} lỗi phải sửa trước; lỗi đầu tiên ở dòng {row} (`{why}`): hãy kiểm tra thử để xem đủ";
        /// A job works on it, or the draft has changed meanwhile.
        ImportUnderWay => Conflict, "identity.import_under_way",
            en "an import of this office is under way, or this one has just changed: look at it again shortly",
            vi "đang có lượt nhập của văn phòng này, hoặc lượt này vừa thay đổi: hãy xem lại sau giây lát";
        /// It was undone.
        ImportUndone => Conflict, "identity.import_undone",
            en "this import was undone: begin another", vi "lượt nhập này đã hoàn tác: hãy lập lượt khác";
        /// Something of it is in use.
        ImportUsed { row: u32 } => Conflict, "identity.import_used",
            en "what row {row} made is in use: it has an account, was changed, or something stands in it",
            vi "nội dung từ dòng {row} đã được dùng: đã có tài khoản, đã thay đổi hoặc đã có người, đơn vị trong đó";
        /// The organisation is not there, not on that day, or out of scope.
        PartyOrganisationMissing => Missing, "identity.party_organisation_missing",
            en "there is no such party organisation on that day", vi "không có tổ chức đảng này vào ngày đó";
        /// The code is not one of party organisations.
        PartyCodeBad => Invalid, "identity.party_code_bad",
            en "the code has five groups of digits, such as `38.168.053.000.001`",
            vi "mã tổ chức đảng gồm năm nhóm chữ số, ví dụ `38.168.053.000.001`", field "code";
        /// The organisation would stand where its kind does not belong.
        PartyPlaceBad { day: Day } => Invalid, "identity.party_place_bad",
            en "on {day} it would not stand below an organisation of a fitting kind: a cell or a section below a base \
                organisation or a section, a base organisation below one above",
            vi "vào ngày {day} tổ chức đảng không trực thuộc cấp phù hợp: chi bộ, đảng bộ bộ phận trực thuộc đảng bộ \
                cơ sở; tổ chức cơ sở đảng trực thuộc cấp trên",
            field "parent";
        /// An office keeps one organisation without one above.
        PartyTopTaken { day: Day } => Conflict, "identity.party_top_taken",
            en "on {day} this office keeps another organisation without one above: name one in `parent`",
            vi "vào ngày {day} văn phòng này đã có một tổ chức đảng đứng đầu: hãy nêu cấp trên trong `parent`",
            field "parent";
        /// A cell does not become anything else.
        PartyKindFixed => Conflict, "identity.party_kind_fixed",
            en "a cell stays a cell and no other becomes one: found the new organisation, and split or merge this one",
            vi "chi bộ không đổi thành đảng bộ và ngược lại: hãy lập tổ chức mới rồi chia tách hoặc sáp nhập",
            field "kind";
        /// Something needs the organisation until later.
        PartyInUse { to: Day } => Conflict, "identity.party_in_use",
            en "organisations below it, members or an act of {to} or later need it: end or move them first",
            vi "từ ngày {to} vẫn còn tổ chức trực thuộc, đảng viên hoặc văn bản cần đến tổ chức này: \
                hãy kết thúc hoặc chuyển trước",
            field "to";
        /// Members belong to cells.
        PartyNotCell => Invalid, "identity.party_not_cell",
            en "members belong to cells, and a cell is succeeded by a cell",
            vi "đảng viên sinh hoạt tại chi bộ, và chi bộ chỉ do chi bộ kế thừa", field "organisation";
        /// An act moves too many members at once.
        PartyMembersMany { most: usize } => Invalid, "identity.party_members_many",
            en "one act moves at most {most} members: do it in several acts",
            vi "mỗi văn bản chuyển tối đa {most} đảng viên: hãy chia thành nhiều văn bản";
        /// The member is not there, or out of scope.
        PartyMemberMissing => Missing, "identity.party_member_missing",
            en "there is no such party member", vi "không có đảng viên này";
        /// The person is on a roll.
        PartyMemberEntered => Conflict, "identity.party_member_entered",
            en "this person is on a roll already: transfer the member",
            vi "người này đã có trong danh sách đảng viên: hãy chuyển sinh hoạt đảng", field "person";
        /// The dates of a member contradict each other.
        PartyDatesBad => Invalid, "identity.party_dates_bad",
            en "admission comes first, then the first day in a cell and the day of becoming official",
            vi "ngày kết nạp phải trước ngày vào chi bộ và ngày chính thức", field "admitted";
        /// A later membership is written down already.
        PartyMembershipLater { from: Day } => Conflict, "identity.party_membership_later",
            en "a membership of {from}, after that day, is written down: memberships follow each other",
            vi "đã ghi sinh hoạt đảng từ ngày {from}, sau ngày này: phải ghi lần lượt theo thời gian", field "from";
        /// The member is in that cell.
        PartySameCell => Conflict, "identity.party_same_cell",
            en "the member belongs to this cell on that day", vi "đảng viên đã sinh hoạt tại chi bộ này vào ngày đó",
            field "organisation";
        /// A temporary membership stands beside a regular one.
        PartyTemporaryBad => Invalid, "identity.party_temporary_bad",
            en "a temporary membership, and no other, has `to`; until then the member has a regular one elsewhere, and no \
                other temporary one",
            vi "chỉ sinh hoạt đảng tạm thời có `to`; đến ngày đó phải đang sinh hoạt chính thức nơi khác và không trùng \
                lần tạm thời khác",
            field "to";
        /// The member has died.
        PartyMemberDied => Conflict, "identity.party_member_died",
            en "the roll says that this member has died", vi "danh sách ghi đảng viên này đã từ trần";
        /// The member belongs to no cell on that day.
        PartyNotOnRoll { day: Day } => Conflict, "identity.party_not_on_roll",
            en "the member belongs to no cell on {day}", vi "đảng viên không sinh hoạt tại chi bộ nào vào ngày {day}";
        /// The committee is not there, or out of scope.
        PartyCommitteeMissing => Missing, "identity.party_committee_missing",
            en "there is no such party committee", vi "không có cấp ủy này";
        /// The terms of an organisation's committees follow each other.
        PartyTermOverlaps { from: Day } => Conflict, "identity.party_term_overlaps",
            en "the committee of the term from {from} on is written down: terms follow each other",
            vi "đã ghi cấp ủy của nhiệm kỳ từ ngày {from}: các nhiệm kỳ phải nối tiếp nhau", field "from";
        /// The post of a member is not there, or out of scope.
        PartySeatMissing => Missing, "identity.party_seat_missing",
            en "nobody holds this post in a committee", vi "không có cấp ủy viên này";
        /// The committee has a secretary.
        PartySecretaryTaken { day: Day } => Conflict, "identity.party_secretary_taken",
            en "the committee has a secretary on {day}: end that post first",
            vi "cấp ủy đã có bí thư vào ngày {day}: hãy kết thúc chức vụ đó trước", field "post";
        /// The member has that post, or one that begins later.
        PartySeatHeld => Conflict, "identity.party_seat_held",
            en "the member has this post on that day, or one that begins later",
            vi "đảng viên đã giữ chức vụ này vào ngày đó, hoặc có chức vụ bắt đầu sau", field "post";
        /// There are accounts already.
        BootstrapDone => Conflict, "identity.bootstrap_done",
            en "the installation has accounts already: an administrator makes further ones",
            vi "hệ thống đã có tài khoản: quản trị viên tạo các tài khoản tiếp theo";
        /// The password is right; the account asks for more. `passkey` are `PublicKeyCredentialRequestOptionsJSON`, absent
        /// when no passkey of the account can answer.
        SecondFactorRequired {
            continuation: Hidden, expires_in: u64, totp: bool, passkey: Option<WebAuthnJson>, recovery_codes: u32,
        } => Unauthenticated, "identity.second_factor_required",
            en "the second step is needed: give a proof to `sign-in/second-factor` within {expires_in} s",
            vi "cần bước xác thực thứ hai: hãy gửi bằng chứng tới `sign-in/second-factor` trong {expires_in} giây";
        /// The first step of the sign-in counts no more.
        ContinuationBad => Unauthenticated, "identity.continuation_bad",
            en "this sign-in was finished, has waited too long, or the account has changed: begin again",
            vi "lần đăng nhập này đã xong, chờ quá lâu hoặc tài khoản đã thay đổi: hãy đăng nhập lại từ đầu";
        /// Not exactly one proof, or one of a kind that does not count here.
        ProofUnfit => Invalid, "identity.proof_unfit",
            en "give exactly one proof of a kind that this account has and this call takes",
            vi "hãy gửi đúng một bằng chứng, thuộc loại tài khoản này đang dùng và việc này chấp nhận", field "proof";
        /// The proof does not hold.
        ProofWrong => Invalid, "identity.proof_wrong",
            en "the code or answer is wrong, was used already, or came too late",
            vi "mã hoặc câu trả lời sai, đã dùng rồi hoặc đến quá muộn", field "proof";
        /// The session is not there, is over, or is another's.
        SessionMissing => Missing, "identity.session_missing",
            en "you have no such session", vi "bạn không có phiên làm việc này";
        /// Codes are asked for already.
        TotpInUse => Conflict, "identity.totp_in_use",
            en "an authenticator app is in use already: remove it first",
            vi "đã dùng một ứng dụng tạo mã: hãy gỡ nó trước";
        /// There is nothing to confirm or to remove.
        TotpMissing => Conflict, "identity.totp_missing",
            en "there is no authenticator app to confirm or remove: begin first",
            vi "chưa có ứng dụng tạo mã để xác nhận hoặc gỡ: hãy bắt đầu trước";
        /// Recovery codes stand beside a factor.
        FactorMissing => Conflict, "identity.factor_missing",
            en "recovery codes need a second factor beside them: add one first",
            vi "mã khôi phục phải đi cùng yếu tố thứ hai: hãy thêm yếu tố trước";
        /// Passkeys are bound to a named host.
        PasskeysUnset => Conflict, "identity.passkeys_unset",
            en "passkeys need a named host behind https: the operator sets `public_origin`",
            vi "khóa truy cập cần một tên máy chủ dùng https: người vận hành đặt `public_origin`";
        /// The passkey is not there, or is another's.
        PasskeyMissing => Missing, "identity.passkey_missing",
            en "you have no such passkey", vi "bạn không có khóa truy cập này";
        /// The answer of the authenticator does not hold.
        PasskeyBad { what: String } => Invalid, "identity.passkey_bad",
            en "the answer of the authenticator does not hold: {what}",
            vi "câu trả lời của thiết bị xác thực không hợp lệ: {what}", field "credential";
        /// The installation has a list of models.
        PasskeyModel => Invalid, "identity.passkey_model",
            en "this installation takes passkeys of certain models only, and this is none of them: ask your administrator",
            vi "hệ thống chỉ nhận một số mẫu thiết bị xác thực và thiết bị này không thuộc danh sách: hãy hỏi quản trị viên",
            field "credential";
        /// The credential stands here already.
        PasskeyKnown => Conflict, "identity.passkey_known",
            en "this passkey is registered already", vi "khóa truy cập này đã được đăng ký";
        /// More passkeys than anybody needs.
        PasskeysMost { most: u32 } => Conflict, "identity.passkeys_most",
            en "an account has at most {most} passkeys: remove one first",
            vi "một tài khoản có nhiều nhất {most} khóa truy cập: hãy gỡ bớt trước";
        /// The recovery is not there, has lapsed, or is out of scope.
        RecoveryMissing => Missing, "identity.recovery_missing",
            en "there is no such recovery, or it has lapsed", vi "không có yêu cầu khôi phục này, hoặc đã hết hạn";
        /// One recovery at a time.
        RecoveryWaits => Conflict, "identity.recovery_waits",
            en "a recovery of this account waits already: confirm or refuse it",
            vi "tài khoản này đang có yêu cầu khôi phục chờ xác nhận: hãy xác nhận hoặc từ chối";
        /// The second administrator is another person.
        RecoveryAlone => Denied, "identity.recovery_alone",
            en "you asked for this recovery yourself: another administrator must confirm it",
            vi "chính bạn đã yêu cầu khôi phục: phải do quản trị viên khác xác nhận";
    }
}
