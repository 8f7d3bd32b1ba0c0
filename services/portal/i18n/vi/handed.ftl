# Tệp qua biểu mẫu thường: bút phê trên giấy, tệp của văn bản đi, bảng tính

## Tệp
handed-file-limit = Mỗi tệp tối đa { $size }, mỗi lần tối đa 50 tệp.
handed-file-limit-one = Tối đa { $size }.
handed-no-sheet = { $name }: không phải bảng tính. Lưu lại thành XLSX hoặc CSV.
handed-detach = Gỡ tệp
handed-done-detached = Đã gỡ tệp.
handed-back = Quay lại

## Bút phê trên bản giấy
handed-hand = Bút phê trên bản giấy
handed-transcribe = Chép bút phê
handed-transcribe-why = Lãnh đạo đã ghi ý kiến trên bản giấy: chép lại kèm ảnh chụp để giao việc ngay. Người bút phê hoặc Chánh Văn phòng xác nhận sau.
handed-transcribe-title = Chép bút phê từ bản giấy
handed-author = Người bút phê
handed-author-missing = Chọn người bút phê và chức danh khi bút phê.
handed-hands-none = Chưa có ai giữ chức danh được cho ý kiến xử lý văn bản đến.
handed-written = Ngày bút phê
handed-answers-proposal = Trả lời đề xuất trình lúc { $at }
handed-scan = Ảnh chụp hoặc bản quét bút phê
handed-scan-said = Một tệp PDF hoặc ảnh có cả chữ viết tay.
handed-scan-missing = Đính kèm ảnh chụp hoặc bản quét bút phê.
handed-transcribe-said = Có hiệu lực ngay, ghi tên cả người bút phê và người chép. Người chép không tự xác nhận được.
handed-transcribe-do = Chép bút phê
handed-done-transcribed = Đã chép bút phê; chờ người bút phê hoặc Chánh Văn phòng xác nhận.

## Tệp của văn bản đi
handed-draft-files = Tệp của dự thảo
handed-draft-files-said = PDF, ảnh, văn bản Office, chữ thường. Gỡ được cho đến khi cấp số.
handed-signed-copy = Bản đã ký
handed-signed-copy-said = Bản quét đã ký, đóng dấu của văn bản đã cấp số. Đính kèm rồi thì không gỡ.

## Nhập danh bạ
handed-begin = Nhập từ bảng tính
handed-begin-do = Nhập và chạy thử
handed-begin-said = Nhập xong được chạy thử ngay; chưa có gì thay đổi cho đến khi bấm Áp dụng. Không ai được cấp tài khoản qua lượt nhập.
handed-rows-are = Mỗi dòng là
handed-kind-missing = Chọn nhập đơn vị hay cán bộ.
handed-from = Có hiệu lực từ ngày
handed-sheet = Bảng tính
handed-sheet-missing = Chọn một bảng tính.
handed-directory-said = XLSX, hoặc CSV mã UTF-8 ngăn bằng dấu phẩy, chấm phẩy hay tab; dòng đầu là tiêu đề cột; tối đa 8 MB và 2.000 dòng.
handed-done-begun = Đã nhận bảng tính và chạy thử; kết quả ở dưới.
handed-done-mapped = Đã ghép lại cột và chạy thử.
handed-nothing-changed = chưa có gì thay đổi
handed-became = Kết quả
handed-would-add = Sẽ thêm mới
handed-would-keep = Đã có sẵn, giữ nguyên
handed-would-mend = Lỗi cần sửa
handed-row-waiting = Chờ nhập
handed-row-made = Đã nhập
handed-row-failed = Không nhập được
handed-row-undone = Đã hoàn tác
handed-row-kept = Giữ lại vì đã được dùng
handed-made = Đã nhập
handed-made-row = Dòng { $row }
handed-made-person = Mở trang cán bộ
handed-made-unit = Mở trang đơn vị

## Ghép cột
handed-mapping = Ghép cột
handed-mapping-said = Cột có tiêu đề quen thuộc được nhận ra sẵn. Với cột khác, ghi đúng tiêu đề của nó trong bảng tính rồi chạy thử lại.
handed-holds = Nội dung
handed-taken = Cột đã nhận ra
handed-head = Tiêu đề trong bảng tính
handed-map = Ghép và chạy thử lại
handed-column-office = Mã cơ quan
handed-column-name = Tên đơn vị, hoặc họ và tên
handed-column-parent = Đơn vị cấp trên
handed-column-body = Ký hiệu
handed-column-unit = Đơn vị
handed-column-title = Chức vụ
handed-column-roles = Vai trò
handed-column-head = Người đứng đầu
handed-column-contact = Liên hệ
handed-column-instrument = Quyết định
handed-column-from = Từ ngày
handed-column-number = Số đến
handed-column-arrived = Ngày đến
handed-column-author_body = Tác giả
handed-column-symbol = Số, ký hiệu
handed-column-document_day = Ngày văn bản
handed-column-genre_name = Tên loại
handed-column-summary = Trích yếu
handed-column-urgency = Độ khẩn
handed-column-secrecy = Độ mật
handed-column-pages = Số trang
handed-column-due = Hạn xử lý
handed-column-note = Ghi chú

## Biên bản mở sổ
handed-opening-title = Lập biên bản mở sổ
handed-opening-said = Khi chuyển từ sổ giấy giữa kỳ: mở các sổ từ số tiếp theo của sổ giấy, và nhập văn bản đến còn đang giải quyết. Chưa có gì thay đổi cho đến khi áp dụng.
handed-opening-act = Biên bản
handed-instrument = Số, ký hiệu biên bản
handed-act-day = Ngày lập
handed-signatory = Người ký, như in trên biên bản
handed-signed-by = Người ký trong danh bạ
handed-signed-by-none = Không nêu
handed-books = Các sổ được mở
handed-books-said = dòng không ghi số tiếp theo thì bỏ qua
handed-books-none = Biên bản này không mở sổ nào.
handed-book = Sổ thứ { $nth }
handed-next-number = Số tiếp theo
handed-more-books = Thêm dòng sổ
handed-opening-do = Lập dự thảo
handed-opening-apply = Áp dụng biên bản đã ký
handed-opening-undo = Chỉ hoàn tác được khi các sổ chưa cấp số nào và chưa văn bản nào được xử lý. Dự thảo thì bỏ.
handed-open-papers = Văn bản đến còn đang giải quyết
handed-papers = Văn bản đã nhập
handed-papers-said = XLSX, hoặc CSV mã UTF-8; mỗi dòng một văn bản dưới dòng tiêu đề; tối đa 8 MB và 5.000 dòng. Tệp chọn sau thay tệp trước.
handed-papers-mapping = Cột có tiêu đề quen thuộc được nhận ra sẵn. Với cột khác, ghi đúng tiêu đề của nó, rồi chọn lại tệp.
handed-done-opening = Đã lập dự thảo. Nhập văn bản còn đang giải quyết nếu có, rồi áp dụng.
handed-done-applied = Đã áp dụng: các sổ đã mở.
handed-done-undone = Đã hoàn tác.

## Drafts as Word documents
word-title = Đưa dự thảo từ Word
word-file = Tệp Word (.docx)
word-file-said = Chữ trong tệp thành bản dự thảo tiếp theo; tệp gốc được giữ. Phông TCVN3, VNI tự chuyển sang Unicode. Tệp tối đa 32 MB.
word-import = Đưa vào
word-read = Đã đọc tệp Word
word-read-said = Đã thành bản dự thảo lần { $nth }. Hãy xem lại trước khi trình.
word-notes = Cần xem lại
word-notes-none = Không có gì phải bỏ hay đổi.
word-look = Xem dự thảo
word-download = Tải bản Word
