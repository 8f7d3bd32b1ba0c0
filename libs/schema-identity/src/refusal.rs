//! How identity says no.

use wire::Day;

use crate::{Hidden, RowError, WebAuthnJson, WorkDay};

wire::refusals! {
    /// Why identity says no.
    pub enum Refusal {
        OfficeMissing => Missing, "identity.office_missing", en "there is no such office", vi "không có văn phòng này";
        OfficeIsCentre => Conflict, "identity.office_is_centre",
            en "this office is the centre: it stands below none and does not end",
            vi "đây là văn phòng của Trung ương: không đặt dưới văn phòng khác, không kết thúc";
        OfficeTier => Invalid, "identity.office_tier",
            en "a province stands below the centre and a commune below a province, on every day",
            vi "tỉnh phải thuộc Trung ương và xã phải thuộc tỉnh, vào mọi ngày", field "parent";
        OfficeInUse { to: Day } => Conflict, "identity.office_in_use",
            en "offices below it or positions in it still stand on {to} or later: end or move them first",
            vi "từ ngày {to} vẫn còn văn phòng cấp dưới hoặc chức danh thuộc văn phòng này: \
                hãy kết thúc hoặc chuyển chúng trước", field "to";
        OfficeEnded => Conflict, "identity.office_ended",
            en "this office has ended: do it in the office that succeeds it",
            vi "văn phòng này đã kết thúc: hãy làm ở văn phòng kế thừa", field "office";
        LineageBad { most: usize } => Invalid, "identity.lineage_bad",
            en "name each once and none as its own successor, at most {most}; a split has two or more, one of them `main`",
            vi "mỗi bên chỉ nêu một lần, không tự kế thừa chính mình, tối đa {most}; \
                khi chia phải có từ hai bên trở lên và `main` là một trong số đó";
        LineageNamed => Conflict, "identity.lineage_named", en "an act has named its successors already",
            vi "đã có văn bản xác định bên kế thừa";
        LineageLater { to: Day } => Conflict, "identity.lineage_later",
            en "an act of {to} or later names it, or a unit of it, as predecessor or successor",
            vi "có văn bản từ ngày {to} trở đi nêu đơn vị này là bên được kế thừa hoặc bên kế thừa", field "to";
        ClosureMissing => Missing, "identity.closure_missing",
            en "there is no such closure of the office", vi "không có đợt đóng cửa này";
        ClosureDays { most: u16 } => Invalid, "identity.closure_days",
            en "a closure has 1 to {most} days, the last of them not before the first",
            vi "mỗi đợt đóng cửa từ 1 đến {most} ngày, ngày cuối không trước ngày đầu", field "last";
        ClosureOverlaps { first: Day, last: Day } => Conflict, "identity.closure_overlaps",
            en "the office is shut from {first} to {last} already: cancel that first",
            vi "cơ quan đã ghi đóng cửa từ {first} đến {last}: hãy hủy đợt đó trước", field "first";
        ClosureCancelled => Conflict, "identity.closure_cancelled",
            en "this closure was cancelled already", vi "đợt đóng cửa này đã hủy";
        TelephoneBad => Invalid, "identity.telephone_bad", en "a telephone has 3 to 40 digits, spaces and `+ - . ( )`",
            vi "số điện thoại gồm 3 đến 40 chữ số, dấu cách và `+ - . ( )`", field "telephone";
        EmailBad => Invalid, "identity.email_bad", en "this is no e-mail address, such as `vanphong@tinh.example`",
            vi "đây không phải địa chỉ thư điện tử, ví dụ `vanphong@tinh.example`", field "email";
        HoursBad { day: WorkDay } => Invalid, "identity.hours_bad",
            en "name each day once, and times such as `07:30`, each later than the one before (see {day:?})",
            vi "mỗi ngày nêu một lần, giờ ghi như `07:30` và giờ sau muộn hơn giờ trước (xem {day:?})", field "hours";
        EmblemBad { most_kib: u32, most_pixels: u32 } => Invalid, "identity.emblem_bad",
            en "the emblem must be a PNG of at most {most_kib} KiB and {most_pixels} pixels on each side",
            vi "biểu trưng phải là ảnh PNG, tối đa {most_kib} KiB, mỗi cạnh tối đa {most_pixels} điểm ảnh", field "ticket";
        EmblemMissing => Missing, "identity.emblem_missing",
            en "this office has no emblem", vi "cơ quan này chưa có biểu trưng";
        UnitMissing => Missing, "identity.unit_missing",
            en "there is no such unit on that day", vi "không có đơn vị này vào ngày đó";
        PersonMissing => Missing, "identity.person_missing", en "there is no such person", vi "không có người này";
        PositionMissing => Missing, "identity.position_missing",
            en "there is no such position", vi "không có chức danh này";
        AppointmentMissing => Missing, "identity.appointment_missing",
            en "there is no such appointment", vi "không có quyết định bổ nhiệm này";
        AccountMissing => Missing, "identity.account_missing",
            en "there is no such account", vi "không có tài khoản này";
        TextLength { field: String, most: usize } => Invalid, "identity.text_length",
            en "`{field}` needs 1 to {most} characters", vi "`{field}` phải có từ 1 đến {most} ký tự";
        TextUnclean { field: String, position: usize } => Invalid, "identity.text_unclean",
            en "character {position} of `{field}` cannot be seen: remove it",
            vi "ký tự thứ {position} của `{field}` không nhìn thấy được: hãy xóa nó";
        CursorBad => Invalid, "identity.cursor_bad", en "`cursor` is not one that this list gave: begin without it",
            vi "`cursor` không phải do danh sách này cấp: hãy bắt đầu lại không có nó", field "cursor";
        IntervalEmpty => Invalid, "identity.interval_empty",
            en "`to` is the first day after the end, so it must come after `from`",
            vi "`to` là ngày đầu tiên sau khi kết thúc nên phải sau `from`", field "to";
        IntervalOutside { what: String, from: Day, to: Option<Day> } => Invalid, "identity.interval_outside",
            en "the dates must lie within those of the {what}, which begins on {from}",
            vi "thời gian phải nằm trong thời gian của {what}, bắt đầu từ ngày {from}", field "from";
        UnitCycle { day: Day } => Conflict, "identity.unit_cycle", en "on {day} the unit would stand below itself",
            vi "vào ngày {day} đơn vị sẽ nằm dưới chính nó", field "parent";
        UnitIsRoot => Conflict, "identity.unit_is_root",
            en "this unit is the committee itself: it is not moved or ended",
            vi "đơn vị này là chính cấp ủy: không chuyển, không kết thúc";
        UnitInUse { to: Day } => Conflict, "identity.unit_in_use",
            en "units or positions still stand in this unit on {to} or later: end or move them first",
            vi "từ ngày {to} vẫn còn đơn vị hoặc chức danh thuộc đơn vị này: hãy kết thúc hoặc chuyển chúng trước",
            field "to";
        RoleUnknown { role: String } => Invalid, "identity.role_unknown",
            en "there is no role `{role}`: see the list of roles",
            vi "không có vai trò `{role}`: xem danh sách vai trò", field "roles";
        RolesCentreOnly => Denied, "identity.roles_centre_only",
            en "only an administrator of the centre changes what roles give",
            vi "chỉ quản trị viên của Văn phòng Trung ương mới được thay đổi quyền của vai trò";
        RightUnknown { role: String, permission: String } => Invalid, "identity.right_unknown",
            en "the release gives `{role}` no right `{permission}`: only what it gives can be withheld",
            vi "bản phát hành không cho vai trò `{role}` quyền `{permission}`: chỉ rút được quyền đang cho",
            field "withheld";
        RightNeverWithheld { permission: String } => Conflict, "identity.right_never_withheld",
            en "the administrator keeps `{permission}`, so that this can be undone",
            vi "vai trò quản trị luôn giữ quyền `{permission}` để còn hoàn lại được", field "withheld";
        OwnRightUnconfirmed { permission: String } => Conflict, "identity.own_right_unconfirmed",
            en "this takes `{permission}` from a role of your own: confirm that you mean it",
            vi "việc này rút quyền `{permission}` khỏi vai trò của chính đồng chí: hãy xác nhận thêm một lần",
            field "own_right_confirmed";
        RoleVersionStale { version: i64 } => Conflict, "identity.role_version_stale",
            en "somebody saved version {version} meanwhile: look at it first",
            vi "đã có người lưu phiên bản {version}: hãy xem lại trước", field "replaces";
        RoleVersionSame => Conflict, "identity.role_version_same",
            en "this withholds what is withheld already", vi "nội dung không khác phiên bản đang dùng", field "withheld";
        InstrumentLater => Invalid, "identity.instrument_later",
            en "the decision bears a day to come", vi "ngày quyết định ở sau hôm nay", field "instrument_day";
        ReachMixed => Invalid, "identity.reach_mixed",
            en "only a position with the one role `administrator` may look below its office",
            vi "chỉ chức danh có duy nhất vai trò `administrator` mới được xem các văn phòng cấp dưới", field "reach";
        ReachDenied => Denied, "identity.reach_denied", en "only who looks below the office may give that reach",
            vi "chỉ người có phạm vi xuống cấp dưới mới được giao phạm vi ấy", field "reach";
        HeadTaken => Conflict, "identity.head_taken", en "the unit has a head in that time already",
            vi "trong thời gian ấy đơn vị đã có người đứng đầu", field "head";
        ReportsToBad => Invalid, "identity.reports_to_bad",
            en "`reports_to` must be a position in force on the first day",
            vi "`reports_to` phải là chức danh có hiệu lực vào ngày đầu", field "reports_to";
        ReportsToCycle { day: Day } => Conflict, "identity.reports_to_cycle",
            en "on {day} the position would be a head of its own head",
            vi "vào ngày {day} chức danh sẽ là cấp trên của chính thủ trưởng mình", field "reports_to";
        PositionHeld => Conflict, "identity.position_held", en "this position of a head is held in that time already",
            vi "trong thời gian ấy chức danh đứng đầu này đã có người giữ", field "position";
        AlreadyAppointed => Conflict, "identity.already_appointed",
            en "the person holds this position in that time already",
            vi "trong thời gian ấy người này đã giữ chức danh này", field "person";
        OwnAppointment => Denied, "identity.own_appointment",
            en "nobody appoints themselves: another administrator must do it",
            vi "không ai tự bổ nhiệm mình: phải do quản trị viên khác làm", field "person";
        PositionInUse { to: Day } => Conflict, "identity.position_in_use",
            en "the position is held on {to} or later: end the appointments first",
            vi "từ ngày {to} vẫn có người giữ chức danh này: hãy kết thúc bổ nhiệm trước", field "to";
        AlreadyEnded { to: Day } => Conflict, "identity.already_ended",
            en "it ended on {to} already", vi "đã kết thúc từ ngày {to}", field "to";
        PersonDisabled => Conflict, "identity.person_disabled", en "this person is disabled: enable them first",
            vi "người này đang bị ngừng: hãy cho hoạt động lại trước", field "person";
        OwnAccount => Conflict, "identity.own_account", en "this is your own account: another administrator must do it",
            vi "đây là tài khoản của chính bạn: phải do quản trị viên khác làm";
        AccountExists => Conflict, "identity.account_exists",
            en "this person has an account already", vi "người này đã có tài khoản", field "person";
        AccountDisabled => Conflict, "identity.account_disabled",
            en "this account is disabled: enable it first", vi "tài khoản này đang bị khóa: hãy mở lại trước";
        EnrolmentBad => Invalid, "identity.enrolment_bad", en "the code is wrong, used or too old: ask for a new one",
            vi "mã sai, đã dùng hoặc quá hạn: hãy xin mã mới", field "code";
        UsernameBad => Invalid, "identity.username_bad",
            en "a name to sign in with has 3 to 64 letters, digits, `.`, `-`, `_`, `@`",
            vi "tên đăng nhập gồm 3 đến 64 chữ, số, `.`, `-`, `_`, `@`", field "username";
        UsernameTaken => Conflict, "identity.username_taken",
            en "this name is taken: choose another", vi "tên này đã có người dùng: hãy chọn tên khác", field "username";
        PasswordShort { least: usize } => Invalid, "identity.password_short",
            en "the password needs at least {least} characters: a sentence of a few words does well",
            vi "mật khẩu cần ít nhất {least} ký tự: nên dùng một câu gồm vài từ", field "password";
        PasswordLong { most: usize } => Invalid, "identity.password_long",
            en "the password has more than {most} bytes: shorten it",
            vi "mật khẩu dài quá {most} byte: hãy rút ngắn", field "password";
        PasswordCommon => Invalid, "identity.password_common",
            en "the password is made of well-known passwords: add words of your own",
            vi "mật khẩu ghép từ những mật khẩu phổ biến: hãy thêm từ của riêng bạn", field "password";
        PasswordBreached => Invalid, "identity.password_breached",
            en "this password was found in data stolen elsewhere: choose another",
            vi "mật khẩu này có trong dữ liệu đã bị lộ ở nơi khác: hãy chọn mật khẩu khác", field "password";
        PasswordSimple => Invalid, "identity.password_simple",
            en "the password repeats one pattern: use several different words",
            vi "mật khẩu lặp lại một mẫu: hãy dùng nhiều từ khác nhau", field "password";
        PasswordHasName => Invalid, "identity.password_has_name",
            en "the password holds the name to sign in with: leave the name out",
            vi "mật khẩu chứa tên đăng nhập: hãy bỏ tên ra", field "password";
        CurrentPasswordWrong => Invalid, "identity.current_password_wrong",
            en "the current password is wrong", vi "mật khẩu hiện tại không đúng", field "current_password";
        Crowded => Busy, "identity.crowded", en "too many passwords are being checked just now: try again shortly",
            vi "đang có quá nhiều mật khẩu chờ kiểm tra: hãy thử lại sau giây lát";
        SignInRefused => Unauthenticated, "identity.sign_in_refused",
            en "name or password is wrong, or the account is not open",
            vi "sai tên đăng nhập hoặc mật khẩu, hoặc tài khoản không mở";
        SignInLimited { seconds: u32 } => Limited, "identity.sign_in_limited",
            en "too many failed attempts: try again in {seconds} s",
            vi "sai quá nhiều lần: hãy thử lại sau {seconds} giây";
        RefreshRefused => Unauthenticated, "identity.refresh_refused",
            en "the refresh token is wrong, used or too old: sign in again",
            vi "mã gia hạn sai, đã dùng hoặc quá hạn: hãy đăng nhập lại";
        SessionEnded => Unauthenticated, "identity.session_ended",
            en "the session has ended: sign in again", vi "phiên làm việc đã kết thúc: hãy đăng nhập lại";
        RowsWrong { count: usize, errors: Vec<RowError> } => Invalid, "identity.rows_wrong",
            en "{count} rows are wrong and nothing was kept: see `errors`",
            vi "{count} dòng sai, chưa ghi dòng nào: xem `errors`", field "rows";
        RowsTooMany { most: usize } => Invalid, "identity.rows_too_many",
            en "one call takes at most {most} rows: send the rest in further calls",
            vi "mỗi lần gửi tối đa {most} dòng: hãy gửi phần còn lại trong các lần sau", field "rows";
        TemplateMissing { day: Day } => Invalid, "identity.template_missing",
            en "no template of bodies is known for {day}", vi "chưa có mẫu tổ chức cho ngày {day}", field "from";
        DelegationMissing => Missing, "identity.delegation_missing",
            en "there is no such delegation", vi "không có ủy quyền này";
        DelegationDenied => Denied, "identity.delegation_denied",
            en "only the holder of the position, its direct head or an administrator may do this",
            vi "chỉ người giữ chức danh, thủ trưởng trực tiếp hoặc quản trị viên được làm việc này", field "position";
        DelegationToSelf => Denied, "identity.delegation_to_self",
            en "nobody lends powers to themselves or back to the holder",
            vi "không ai tự ủy quyền cho mình hoặc ủy quyền lại cho chính người giữ chức danh", field "deputy";
        OrderWithoutInstrument => Invalid, "identity.order_without_instrument",
            en "name the decision: standing in for another, or in a post, is by an order",
            vi "cần ghi quyết định: phân công thay người khác hoặc phụ trách chức danh phải có văn bản", field "instrument";
        PermissionNotHeld { permission: String } => Invalid, "identity.permission_not_held",
            en "`{permission}` cannot be lent: the position, or what was lent to you, does not give it",
            vi "không thể ủy quyền `{permission}`: chức danh, hoặc phần được ủy quyền cho bạn, không có quyền ấy",
            field "permissions";
        PermissionNeverLent { permission: String } => Denied, "identity.permission_never_lent",
            en "`{permission}` is never lent: appoint another administrator instead",
            vi "`{permission}` không được ủy quyền: hãy bổ nhiệm thêm quản trị viên", field "permissions";
        PermissionsEmpty => Invalid, "identity.permissions_empty",
            en "name the permissions that are lent", vi "cần nêu các quyền được ủy quyền", field "permissions";
        PositionNotHeld { day: Day } => Invalid, "identity.position_not_held",
            en "this person does not hold the position in this office on {day}",
            vi "người này không giữ chức danh ấy ở văn phòng này vào ngày {day}", field "position";
        NotPassedOn => Denied, "identity.not_passed_on",
            en "this delegation may not be passed on, or not for longer or with more than it says",
            vi "ủy quyền này không được ủy quyền lại, hoặc không được lại dài hơn, rộng hơn mức đã giao",
            field "passed_on_from";
        AbsenceWithoutEnd => Invalid, "identity.absence_without_end",
            en "name the day of coming back", vi "cần ghi ngày trở lại làm việc", field "to";
        BoundsBad => Invalid, "identity.bounds_bad",
            en "a bound names at most 40 genres and an amount that is not below zero",
            vi "giới hạn gồm nhiều nhất 40 thể loại và số tiền không âm", field "genres";
        DelegationRevoked => Conflict, "identity.delegation_revoked",
            en "this delegation was taken back already", vi "ủy quyền này đã bị thu hồi";
        AbsenceMissing => Missing, "identity.absence_missing", en "there is no such absence", vi "không có lượt vắng mặt này";
        CoverBad => Invalid, "identity.cover_bad",
            en "the cover must be a delegation of this person and position that holds on the first day",
            vi "người thay phải theo ủy quyền của chính người và chức danh này, có hiệu lực vào ngày đầu", field "cover";
        HandoverMissing => Missing, "identity.handover_missing",
            en "there is no such hand-over for you", vi "không có biên bản bàn giao này dành cho bạn";
        HandoverDenied => Denied, "identity.handover_denied",
            en "only the two whose post it is, or its direct head, draw this up",
            vi "chỉ hai người bàn giao hoặc thủ trưởng trực tiếp được lập biên bản này", field "position";
        HandoverOfOne => Invalid, "identity.handover_of_one",
            en "a post is handed over from one person to another", vi "bàn giao phải giữa hai người khác nhau",
            field "incoming";
        HandoverTooLong { most: usize } => Invalid, "identity.handover_too_long",
            en "one list holds at most {most} pieces of work: draw up a second one",
            vi "mỗi biên bản gồm nhiều nhất {most} việc: hãy lập thêm biên bản", field "items";
        HandoverSigned => Conflict, "identity.handover_signed",
            en "you have signed this hand-over already", vi "bạn đã ký biên bản bàn giao này";
        ImportMissing => Missing, "identity.import_missing", en "there is no such import", vi "không có lượt nhập này";
        ImportUnitsDenied => Denied, "identity.import_units_denied",
            en "importing units takes the permission to change units in this office",
            vi "nhập đơn vị cần quyền sửa đổi đơn vị ở văn phòng này", field "kind";
        ImportUnreadable => Invalid, "identity.import_unreadable",
            en "the file is no spreadsheet that can be read: save it as XLSX, or as CSV in UTF-8",
            vi "tệp không phải bảng tính đọc được: hãy lưu thành XLSX, hoặc CSV mã UTF-8", field "ticket";
        ImportTooLong { most: u32 } => TooLarge, "identity.import_too_long",
            en "the spreadsheet has more than {most} rows or is too large: divide it into several files",
            vi "bảng tính có quá {most} dòng hoặc quá lớn: hãy chia thành nhiều tệp", field "ticket";
        ImportColumns { most: usize } => Invalid, "identity.import_columns",
            en "a mapping names at most {most} columns", vi "chỉ rõ nhiều nhất {most} cột", field "columns";
        ImportNotDraft => Conflict, "identity.import_not_draft",
            en "this import is no draft any more: begin another", vi "lượt nhập này không còn là dự thảo: hãy lập lượt khác";
        ImportFaulty { faulty: u32, row: u32, why: String } => Invalid, "identity.import_faulty",
            en "{faulty} faults are to be mended first; the first is in row {row} (`{why}`): try the import out to see all",
            vi "còn {faulty} lỗi phải sửa trước; lỗi đầu tiên ở dòng {row} (`{why}`): hãy kiểm tra thử để xem đủ";
        ImportUnderWay => Conflict, "identity.import_under_way",
            en "an import of this office is under way, or this one has just changed: look at it again shortly",
            vi "đang có lượt nhập của văn phòng này, hoặc lượt này vừa thay đổi: hãy xem lại sau giây lát";
        ImportUndone => Conflict, "identity.import_undone",
            en "this import was undone: begin another", vi "lượt nhập này đã hoàn tác: hãy lập lượt khác";
        ImportUsed { row: u32 } => Conflict, "identity.import_used",
            en "what row {row} made is in use: it has an account, was changed, or something stands in it",
            vi "nội dung từ dòng {row} đã được dùng: đã có tài khoản, đã thay đổi hoặc đã có người, đơn vị trong đó";
        PartyOrganisationMissing => Missing, "identity.party_organisation_missing",
            en "there is no such party organisation on that day", vi "không có tổ chức đảng này vào ngày đó";
        PartyCodeBad => Invalid, "identity.party_code_bad",
            en "the code has five groups of digits, such as `38.168.053.000.001`",
            vi "mã tổ chức đảng gồm năm nhóm chữ số, ví dụ `38.168.053.000.001`", field "code";
        PartyPlaceBad { day: Day } => Invalid, "identity.party_place_bad",
            en "on {day} it would not stand below an organisation of a fitting kind: a cell or a section below a base \
                organisation or a section, a base organisation below one above",
            vi "vào ngày {day} tổ chức đảng không trực thuộc cấp phù hợp: chi bộ, đảng bộ bộ phận trực thuộc đảng bộ \
                cơ sở; tổ chức cơ sở đảng trực thuộc cấp trên", field "parent";
        PartyTopTaken { day: Day } => Conflict, "identity.party_top_taken",
            en "on {day} this office keeps another organisation without one above: name one in `parent`",
            vi "vào ngày {day} văn phòng này đã có một tổ chức đảng đứng đầu: hãy nêu cấp trên trong `parent`",
            field "parent";
        PartyKindFixed => Conflict, "identity.party_kind_fixed",
            en "a cell stays a cell and no other becomes one: found the new organisation, and split or merge this one",
            vi "chi bộ không đổi thành đảng bộ và ngược lại: hãy lập tổ chức mới rồi chia tách hoặc sáp nhập",
            field "kind";
        PartyInUse { to: Day } => Conflict, "identity.party_in_use",
            en "organisations below it, members or an act of {to} or later need it: end or move them first",
            vi "từ ngày {to} vẫn còn tổ chức trực thuộc, đảng viên hoặc văn bản cần đến tổ chức này: \
                hãy kết thúc hoặc chuyển trước",
            field "to";
        PartyNotCell => Invalid, "identity.party_not_cell",
            en "members belong to cells, and a cell is succeeded by a cell",
            vi "đảng viên sinh hoạt tại chi bộ, và chi bộ chỉ do chi bộ kế thừa", field "organisation";
        PartyMembersMany { most: usize } => Invalid, "identity.party_members_many",
            en "one act moves at most {most} members: do it in several acts",
            vi "mỗi văn bản chuyển tối đa {most} đảng viên: hãy chia thành nhiều văn bản";
        PartyMemberMissing => Missing, "identity.party_member_missing",
            en "there is no such party member", vi "không có đảng viên này";
        PartyMemberEntered => Conflict, "identity.party_member_entered",
            en "this person is on a roll already: transfer the member",
            vi "người này đã có trong danh sách đảng viên: hãy chuyển sinh hoạt đảng", field "person";
        PartyDatesBad => Invalid, "identity.party_dates_bad",
            en "admission comes first, then the first day in a cell and the day of becoming official",
            vi "ngày kết nạp phải trước ngày vào chi bộ và ngày chính thức", field "admitted";
        PartyMembershipLater { from: Day } => Conflict, "identity.party_membership_later",
            en "a membership of {from}, after that day, is written down: memberships follow each other",
            vi "đã ghi sinh hoạt đảng từ ngày {from}, sau ngày này: phải ghi lần lượt theo thời gian", field "from";
        PartySameCell => Conflict, "identity.party_same_cell",
            en "the member belongs to this cell on that day", vi "đảng viên đã sinh hoạt tại chi bộ này vào ngày đó",
            field "organisation";
        PartyTemporaryBad => Invalid, "identity.party_temporary_bad",
            en "a temporary membership, and no other, has `to`; until then the member has a regular one elsewhere, and no \
                other temporary one",
            vi "chỉ sinh hoạt đảng tạm thời có `to`; đến ngày đó phải đang sinh hoạt chính thức nơi khác và không trùng \
                lần tạm thời khác",
            field "to";
        PartyMemberDied => Conflict, "identity.party_member_died",
            en "the roll says that this member has died", vi "danh sách ghi đảng viên này đã từ trần";
        PartyNotOnRoll { day: Day } => Conflict, "identity.party_not_on_roll",
            en "the member belongs to no cell on {day}", vi "đảng viên không sinh hoạt tại chi bộ nào vào ngày {day}";
        PartyCommitteeMissing => Missing, "identity.party_committee_missing",
            en "there is no such party committee", vi "không có cấp ủy này";
        PartyTermOverlaps { from: Day } => Conflict, "identity.party_term_overlaps",
            en "the committee of the term from {from} on is written down: terms follow each other",
            vi "đã ghi cấp ủy của nhiệm kỳ từ ngày {from}: các nhiệm kỳ phải nối tiếp nhau", field "from";
        PartySeatMissing => Missing, "identity.party_seat_missing",
            en "nobody holds this post in a committee", vi "không có cấp ủy viên này";
        PartySecretaryTaken { day: Day } => Conflict, "identity.party_secretary_taken",
            en "the committee has a secretary on {day}: end that post first",
            vi "cấp ủy đã có bí thư vào ngày {day}: hãy kết thúc chức vụ đó trước", field "post";
        PartySeatHeld => Conflict, "identity.party_seat_held",
            en "the member has this post on that day, or one that begins later",
            vi "đảng viên đã giữ chức vụ này vào ngày đó, hoặc có chức vụ bắt đầu sau", field "post";
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
        ContinuationBad => Unauthenticated, "identity.continuation_bad",
            en "this sign-in was finished, has waited too long, or the account has changed: begin again",
            vi "lần đăng nhập này đã xong, chờ quá lâu hoặc tài khoản đã thay đổi: hãy đăng nhập lại từ đầu";
        ProofUnfit => Invalid, "identity.proof_unfit",
            en "give exactly one proof of a kind that this account has and this call takes",
            vi "hãy gửi đúng một bằng chứng, thuộc loại tài khoản này đang dùng và việc này chấp nhận", field "proof";
        ProofWrong => Invalid, "identity.proof_wrong",
            en "the code or answer is wrong, was used already, or came too late",
            vi "mã hoặc câu trả lời sai, đã dùng rồi hoặc đến quá muộn", field "proof";
        SessionMissing => Missing, "identity.session_missing",
            en "you have no such session", vi "bạn không có phiên làm việc này";
        TextSizeBad { least: u16, most: u16 } => Invalid, "identity.text_size_bad",
            en "letters have {least} to {most} percent of the usual size",
            vi "cỡ chữ từ {least} đến {most} phần trăm cỡ thường", field "text_size";
        TotpInUse => Conflict, "identity.totp_in_use",
            en "an authenticator app is in use already: remove it first",
            vi "đã dùng một ứng dụng tạo mã: hãy gỡ nó trước";
        TotpMissing => Conflict, "identity.totp_missing",
            en "there is no authenticator app to confirm or remove: begin first",
            vi "chưa có ứng dụng tạo mã để xác nhận hoặc gỡ: hãy bắt đầu trước";
        FactorMissing => Conflict, "identity.factor_missing",
            en "recovery codes need a second factor beside them: add one first",
            vi "mã khôi phục phải đi cùng yếu tố thứ hai: hãy thêm yếu tố trước";
        PasskeysUnset => Conflict, "identity.passkeys_unset",
            en "passkeys need a named host behind https: the operator sets `public_origin`",
            vi "khóa truy cập cần một tên máy chủ dùng https: người vận hành đặt `public_origin`";
        PasskeyMissing => Missing, "identity.passkey_missing",
            en "you have no such passkey", vi "bạn không có khóa truy cập này";
        PasskeyBad { what: String } => Invalid, "identity.passkey_bad",
            en "the answer of the authenticator does not hold: {what}",
            vi "câu trả lời của thiết bị xác thực không hợp lệ: {what}", field "credential";
        PasskeyModel => Invalid, "identity.passkey_model",
            en "this installation takes passkeys of certain models only, and this is none of them: ask your administrator",
            vi "hệ thống chỉ nhận một số mẫu thiết bị xác thực và thiết bị này không thuộc danh sách: hãy hỏi quản trị viên",
            field "credential";
        PasskeyKnown => Conflict, "identity.passkey_known",
            en "this passkey is registered already", vi "khóa truy cập này đã được đăng ký";
        PasskeysMost { most: u32 } => Conflict, "identity.passkeys_most",
            en "an account has at most {most} passkeys: remove one first",
            vi "một tài khoản có nhiều nhất {most} khóa truy cập: hãy gỡ bớt trước";
        RecoveryMissing => Missing, "identity.recovery_missing",
            en "there is no such recovery, or it has lapsed", vi "không có yêu cầu khôi phục này, hoặc đã hết hạn";
        RecoveryWaits => Conflict, "identity.recovery_waits",
            en "a recovery of this account waits already: confirm or refuse it",
            vi "tài khoản này đang có yêu cầu khôi phục chờ xác nhận: hãy xác nhận hoặc từ chối";
        RecoveryAlone => Denied, "identity.recovery_alone",
            en "you asked for this recovery yourself: another administrator must confirm it",
            vi "chính bạn đã yêu cầu khôi phục: phải do quản trị viên khác xác nhận";
    }
}
