# Nhật ký, sức khỏe hệ thống

## Menu and titles
watching-audit = Nhật ký
watching-audit-said = Ai làm gì, lúc nào, với hồ sơ nào. Nhật ký không giữ nội dung, chỉ giữ dấu băm để đối chứng. Mỗi lần xem tối đa 92 ngày; để trống thì xem 30 ngày gần nhất.
watching-health = Sức khỏe hệ thống
watching-health-said = Từng dịch vụ và những gì nó dựa vào, lúc trang này được mở.
watching-proof = Kiểm chuỗi nhật ký
watching-proof-said = Mỗi dịch vụ tự đối chiếu toàn bộ nhật ký của mình với các mốc đã ký. Nhật ký dài có thể mất vài phút; trang tự mở lại khi đang kiểm.

## The log
watching-export = Xuất CSV
watching-check = Kiểm chuỗi
watching-check-again = Kiểm lại
watching-acts = Việc đã làm, mới nhất trước
watching-when = Lúc
watching-who = Ai
watching-what = Việc
watching-noun = Hồ sơ
watching-any = Tất cả
watching-none = Chưa có dòng nào trong những ngày này.
watching-none-filter = Không có dòng nào với bộ lọc này.
watching-clear = Bỏ bộ lọc
watching-unsealed = chờ niêm phong
watching-elsewhere = Người của cơ quan khác
watching-vacant = chức danh đang khuyết
watching-by-service = Hệ thống ({ $service })
watching-by-nobody = Người chưa đăng nhập
watching-on-behalf = thay mặt: { $name }
admin-field-tu = Từ ngày
admin-field-den = Đến ngày
admin-field-nguoi = Người làm
admin-field-loai = Loại hồ sơ
admin-field-ma = Mã hồ sơ
admin-field-viec = Mã việc

## The export
watching-csv-when = Lúc
watching-csv-who = Ai
watching-csv-behalf = Thay mặt
watching-csv-what = Việc
watching-csv-act = Mã việc
watching-csv-noun = Loại hồ sơ
watching-csv-id = Mã hồ sơ
watching-csv-fields = Trường được ghi
watching-export-cut = Chỉ có 2.000 dòng mới nhất; thu hẹp khoảng ngày để lấy phần còn lại.

## The check
watching-verdict = Kết quả
watching-logs = Nhật ký từng dịch vụ
watching-service = Dịch vụ
watching-state = Tình trạng
watching-records = Số dòng đã niêm phong
watching-checkpoint = Mốc ký gần nhất
watching-sound-all = Chuỗi nguyên vẹn: không dòng nào bị sửa, mất hay chen vào kể từ dòng đầu tiên.
watching-checking-all = Đang kiểm, trang sẽ tự mở lại sau vài giây.
watching-checking = Đang kiểm
watching-sound = Nguyên vẹn
watching-broken-chip = Không nguyên vẹn
watching-unread = Chưa đọc được
watching-place = Dòng thứ { $place }.
watching-broken = Nhật ký không nguyên vẹn
watching-broken-in = Dịch vụ { $service }: { $how }
watching-broken-stop = Không khởi động lại, không sửa, không xóa gì trên máy chủ.
watching-broken-keep = Ghi lại giờ này và chụp màn hình trang này.
watching-broken-copy = Giữ nguyên mọi bản sao lưu; đừng để bản mới đè bản cũ.
watching-breach-record = có dòng khác với lúc niêm phong.
watching-breach-place = có dòng bị mất, hoặc hai dòng cùng một chỗ.
watching-breach-root = mốc ký không khớp với các dòng trước nó.
watching-breach-unsigned = có mốc ký bị lấy đi.
watching-breach-signature = chữ ký của một mốc không đúng.
watching-breach-truncated = nhật ký bị cắt, hoặc bị thay bằng bản cũ.
watching-call = Gọi ngay người vận hành hệ thống và báo Chánh Văn phòng.
watching-call-phone = Gọi ngay { $phone } và báo Chánh Văn phòng.

## Health
watching-reload = Xem lại
watching-well = Mọi dịch vụ bình thường.
watching-late = Có việc cần xem
watching-bad = Có dịch vụ không làm việc được
watching-version = Phiên bản { $version }, chạy từ { $since }
watching-part = Phần
watching-waiting = Đang chờ
watching-took = Lâu nhất
watching-free = còn { $size }
watching-ms = { $number } ms
watching-seconds = { $number } giây
watching-minutes = { $number } phút
watching-state-good = Bình thường
watching-state-late = Cần xem
watching-state-bad = Hỏng
watching-part-database = Cơ sở dữ liệu
watching-part-courier = Trục truyền tin
watching-part-outbox = Tin chờ gửi
watching-part-consumer = Tin chờ xử lý từ
watching-part-dead-letters = Tin không xử lý được
watching-part-jobs = Việc định kỳ đến giờ
watching-part-parked-jobs = Việc định kỳ bị dừng
watching-part-seal = Nhật ký chờ niêm phong
watching-part-room = Chỗ trống trên đĩa
watching-part-clock = Đồng hồ
watching-room-files = kho tệp
watching-room-database = cơ sở dữ liệu
watching-silent-do = { $service }: không trả lời. Xem dịch vụ có đang chạy không; xem nhật ký kỹ thuật của nó rồi khởi động lại.
watching-do-database = { $service }: cơ sở dữ liệu không trả lời hoặc chậm. Xem đĩa và máy chủ cơ sở dữ liệu.
watching-do-courier = { $service }: mất kết nối với trục truyền tin. Khởi động lại trục; dịch vụ tự nối lại.
watching-do-outbox = { $service }: tin chưa gửi được. Dữ liệu không mất; xem trục truyền tin và đĩa của nó.
watching-do-consumer = { $service }: đang xử lý chậm tin từ { $of }, số liệu hiện có thể cũ. Xem lại sau ít phút; không giảm thì báo người vận hành.
watching-do-dead-letters = { $service }: có tin từ { $of } không xử lý được. Không xóa gì; báo người vận hành.
watching-do-jobs = { $service }: việc định kỳ chậm giờ. Khởi động lại dịch vụ nếu kéo dài.
watching-do-parked-jobs = { $service }: có việc định kỳ hỏng nhiều lần nên bị dừng. Báo người vận hành.
watching-do-seal = { $service }: nhật ký chưa niêm phong được. Khởi động lại dịch vụ; còn nữa thì báo người chịu trách nhiệm nhật ký.
watching-do-room = { $service }: đĩa chứa { $of } sắp đầy. Thêm đĩa hoặc dời bản sao lưu cũ; không xóa trong thư mục dữ liệu.
watching-do-clock = { $service }: đồng hồ lệch với máy này. Đặt lại giờ máy chủ theo máy chủ thời gian.

## Permissions
account-may-audit-read = Xem nhật ký
account-may-health-read = Xem sức khỏe hệ thống
admin-may-audit-read = Xem, kiểm nhật ký
admin-may-health-read = Xem sức khỏe hệ thống
watching-certificate = Chứng thư của cổng
watching-certificate-ends = Có hiệu lực đến { $day }. Cổng tự cấp thì tự gia hạn trước 30 ngày; mua ngoài thì phải thay tệp và khởi động lại cổng.
watching-certificate-none = Cổng không giữ chứng thư: chỉ nghe trong máy, hoặc có máy chủ khác đứng trước lo việc mã hóa.
watching-do-certificate = Chứng thư của cổng hết hiệu lực ngày { $day }. Thay chứng thư trước ngày đó, nếu không trình duyệt sẽ không vào được.
watching-browsers = Trình duyệt đã vào
watching-since-start = từ khi cổng trang khởi động
watching-browser = Trình duyệt
watching-browser-good = còn được vá
watching-browser-old = quá cũ, không còn được vá: cập nhật
watching-browser-unknown = không rõ
watching-browser-other = Khác
watching-times = Lần
watching-last = Lần cuối
watching-kept-out = Nội dung lạ bị chặn
watching-kept-out-what = Bị chặn
watching-kept-out-page = Ở trang
watching-kept-out-none = Trình duyệt chưa báo chặn nội dung lạ nào.
