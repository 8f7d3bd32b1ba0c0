# Chờ vào sổ, tệp kèm theo, so sánh nghi trùng

## Tệp
intake-files = Tệp kèm theo
intake-files-said = Chọn một hay nhiều tệp: PDF, ảnh chụp hoặc quét, văn bản Office, chữ thường. Tệp vừa chọn phải chọn lại khi đổi trang.
intake-files-again = Các tệp vừa chọn chưa được nhận: sau khi gửi lại, hãy đính kèm chúng ở trang văn bản.
intake-files-missing = Chọn ít nhất một tệp.
intake-file-empty = { $name }: tệp rỗng. Quét hoặc lưu lại rồi chọn lại.
intake-file-kind = { $name }: không nhận loại tệp này. Dùng PDF, ảnh hoặc văn bản Office.
intake-file-macros = { $name }: tài liệu có macro. Lưu lại không kèm macro.
intake-file-large = { $name }: tệp quá lớn. Tách thành nhiều tệp hoặc quét với độ phân giải thấp hơn.
intake-file-many = { $name }: mỗi lần gửi tối đa 50 tệp. Gửi tệp này ở lần sau.
intake-file-named = { $name }: tên tệp quá dài hoặc có ký tự không nhìn thấy. Đổi tên tệp.
intake-file-space = { $name }: máy chủ hết chỗ lưu. Báo quản trị viên; vẫn vào sổ được không kèm tệp.
intake-file-later = { $name }: đang có quá nhiều tệp chờ xử lý. Thử lại sau ít phút.
intake-file-refused = { $name }: chưa nhận được tệp. Thử lại.
intake-file-cut = Các tệp đứng sau tệp bị từ chối chưa được đọc. Chọn lại chúng.
intake-viewer = Văn bản
intake-save = Tải bản gốc
intake-attach = Đính kèm tệp
intake-attach-do = Đính kèm
intake-attached = Đã đính kèm tệp.

## So sánh nghi trùng
intake-compare = So sánh nghi trùng
intake-not-entered = Chưa có gì được lưu. Chọn một trong các cách bên dưới.
intake-both = Hai văn bản
intake-both-said = chỗ khác nhau được đánh dấu
intake-fact = Mục
intake-this = Văn bản đang nhập
intake-differs = khác
intake-choose = Hai văn bản này là gì của nhau?
intake-same = Là một: mở số { $number }
intake-same-said = Không cấp số mới; những gì vừa nhập bỏ đi.
intake-other = Khác nhau: vẫn vào sổ
intake-other-said = Cấp số mới; sổ ghi liên hệ với số { $number }.
intake-replaces = Bản thay thế: vào sổ và hủy số { $number }
intake-replaced = Có bản thay thế vào sổ sau
intake-not-voided = Văn bản thay thế đã vào sổ, nhưng số này chưa hủy được. Nếu vẫn cần, hủy ở cuối trang để biết vì sao.
intake-edit = Sửa lại những gì đã nhập
