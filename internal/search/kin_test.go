package search

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestKin asks what the cases of TestVietnamese ask, with other words: whatever
// holds for "hoà bình" must hold for every word. The cases of a group share an
// index.
func TestKin(t *testing.T) {
	for _, group := range []struct {
		name  string
		cases []asked
	}{
		{"forms of Unicode", []asked{
			{query: norm.NFD.String("Thủ tướng Chính phủ"), first: []string{"Thủ tướng Chính phủ", norm.NFD.String("Thủ tướng Chính phủ")}},
			{query: "hợp tác", first: []string{"sự ho\u031b\u0323p ta\u0301c", "sự h\u1ecd\u031bp tác", "sự hợp tác"}},
			{query: "h\u1ecd\u031bp tác", first: []string{"sự hợp tác"}},
			{query: "\u00d0à Nẵng", first: []string{"thành phố Đà Nẵng"}},
			{query: "đồng chí", first: []string{"các \u00f0ồng chí", "các đồng chí"}},
			{query: "Việt Nam", first: []string{"nước Việt\u00a0Nam", "nước Vi\u200bệt Nam", "nước Việt Na\u00adm"}},
		}},
		{"typed without marks", []asked{
			{query: "doan ket dac biet", first: []string{"tình đoàn kết đặc biệt"}},
			{query: "quan he doi tac chien luoc toan dien", first: []string{"quan hệ Đối tác chiến lược toàn diện"}},
			{query: "KIM NGACH", first: []string{"kim ngạch song phương"}},
			{query: "do dau tu", first: []string{"đô đầu tư", "dở dấu từ"}},
			{query: "dai su dac menh toan quyen", first: []string{"Đại sứ đặc mệnh toàn quyền"}},
			{query: "uy ban", first: []string{"Uỷ ban", "Ủy ban"}},
			{query: "ky ket", first: []string{"lễ ký kết", "lễ kí kết"}},
		}},
		{"marks that were typed", []asked{
			{query: "đại sứ", first: []string{"ông đại sứ"}, later: []string{"việc đại sự"}},
			{query: "hải quân", first: []string{"lực lượng hải quân"}, later: []string{"cả hai quận"}},
			{query: "cam kết", first: []string{"đã cam kết"}, later: []string{"bị cấm kết"}},
			{query: "bàn giao", first: []string{"lễ bàn giao"}, later: []string{"người bán giáo"}},
			{query: "cải cách", first: []string{"công cuộc cải cách"}, later: []string{"cái cách ấy"}},
			{query: "độc lập", first: []string{"ngày độc lập"}, later: []string{"đọc lập luận"}},
			{query: "biên giới", first: []string{"đường biên giới"}, later: []string{"vùng biển giới"}},
			{query: "tự do", first: []string{"tự do thương mại"}, later: []string{"từ đó đến nay"}},
			{query: "bảo đảm", first: []string{"để bảo đảm"}, later: []string{"báo đám cháy"}},
			{query: "chính thức", first: []string{"thăm chính thức"}, later: []string{"chính thực đơn"}},
			{query: "vấn đề", first: []string{"các vấn đề"}, later: []string{"vẫn để ngỏ"}},
			{query: "đầu tư", first: []string{"vốn đầu tư"}, later: []string{"có dấu từ"}},
		}},
		{"place of the tone", []asked{
			{query: "thoả thuận", first: []string{"bản thỏa thuận", "bản thoả thuận"}},
			{query: "thỏa thuận", first: []string{"bản thoả thuận"}},
			{query: "Uỷ ban", first: []string{"Ủy ban"}},
			{query: "thủy sản", first: []string{"ngành thuỷ sản"}},
			{query: "sức khoẻ", first: []string{"chúc sức khỏe"}},
			{query: "xóa đói", first: []string{"xoá đói giảm nghèo"}},
			{query: "Tòa án", first: []string{"Toà án tối cao"}},
			{query: "hoá chất", first: []string{"chất hóa chất"}, later: []string{"hỏa chất"}},
		}},
		{"i and y", []asked{
			{query: "hy vọng", first: []string{"ông hi vọng"}},
			{query: "sĩ quan", first: []string{"các sỹ quan"}},
			{query: "kí kết", first: []string{"lễ ký kết"}},
			{query: "tỷ lệ", first: []string{"với tỉ lệ"}},
			{query: "quí báu", first: []string{"sự ủng hộ quý báu"}},
			{query: "mỹ thuật", first: []string{"trường mĩ thuật"}},
			{query: "tay", first: []string{"bắt tay"}, never: []string{"tương lai sau tai nạn"}},
			{query: "mai", first: []string{"ngày mai"}, never: []string{"máy bay may mắn"}},
			{query: "cày", first: []string{"người cày có ruộng"}, never: []string{"cài đặt"}},
		}},
		{"hyphens and dashes", []asked{
			{query: "Nga-Trung", first: []string{"quan hệ Nga – Trung", "quan hệ Nga - Trung"}},
			{query: "Việt Nam – Nhật Bản", first: []string{"quan hệ Việt Nam-Nhật Bản", "quan hệ Việt Nam\u2011Nhật Bản"}},
			{query: "giai đoạn 2025-2030", first: []string{"giai đoạn 2025 – 2030"}},
			{query: "giáo dục – đào tạo", first: []string{"lĩnh vực giáo dục-đào tạo"}},
			{query: "văn hóa/xã hội", first: []string{"văn hóa - xã hội"}},
		}},
		{"abbreviations", []asked{
			{query: "tp hcm", first: []string{"tại TPHCM", "tại TP.HCM", "tại TP. HCM", "tại Thành phố Hồ Chí Minh"}},
			{query: "thanh pho ho chi minh", first: []string{"tại Thành phố Hồ Chí Minh"}, later: []string{"tại TP.HCM"}},
			{query: "TW", first: []string{"Ban Chấp hành Trung ương"}},
			{query: "trung uong", first: []string{"Ban Chấp hành Trung ương"}, later: []string{"Văn phòng T.Ư Đảng"}},
			{query: "UBND", first: []string{"Chủ tịch Ủy ban nhân dân", "Chủ tịch Uỷ ban Nhân dân"}},
			{query: "EU", first: []string{"EU và Việt Nam"}, later: []string{"Liên minh châu Âu"}},
			{query: "Liên minh châu Âu", first: []string{"Liên minh châu Âu"}, later: []string{"khối EU"}},
			{query: "ASEAN", first: []string{"khối ASEAN"}, later: []string{"Hiệp hội các quốc gia Đông Nam Á"}},
			{query: "IMF", first: []string{"Quỹ Tiền tệ Quốc tế"}},
			{query: "WB", first: []string{"Ngân hàng Thế giới"}},
			{query: "Liên hiệp quốc", first: []string{"Liên Hiệp Quốc"}, later: []string{"Liên hợp quốc", "tại LHQ"}},
			{query: "KHCN", first: []string{"khoa học công nghệ", "khoa học và công nghệ"}},
			{query: "GD&ĐT", first: []string{"giáo dục - đào tạo", "giáo dục và đào tạo"}},
			{query: "CHDCND Lào", first: []string{"Cộng hòa Dân chủ Nhân dân Lào"}},
		}},
		{"names of countries", []asked{
			{query: "Liên bang Nga", first: []string{"Liên bang Nga"}, later: []string{"Tổng thống Nga"}},
			{query: "Nhật", first: []string{"Thủ tướng Nhật Bản", "Thủ tướng Nhật"}, never: []string{"tiệc sinh nhật", "Chủ nhật"}},
			{query: "Hàn", first: []string{"Tổng thống Hàn Quốc", "doanh nghiệp Hàn"}, never: []string{"để hàn gắn"}},
			{query: "Triều Tiên", first: []string{"lãnh đạo Triều Tiên"}, never: []string{"Tổng thống Hàn Quốc"}},
			{query: "Úc", first: []string{"Thủ tướng Úc", "Thủ tướng Australia", "Thủ tướng Ô-xtrây-li-a"}},
			{query: "Italia", first: []string{"Tổng thống Italia"}, later: []string{"Tổng thống I-ta-li-a"}, never: []string{"nhất trí về ý tưởng"}},
			{query: "Myanmar", first: []string{"ngoại trưởng Myanmar"}, later: []string{"ngoại trưởng Mi-an-ma"}},
			{query: "Indonesia", first: []string{"Tổng thống Indonesia"}, later: []string{"Tổng thống In-đô-nê-xi-a"}},
			{query: "Singapore", first: []string{"Thủ tướng Singapore"}, later: []string{"Thủ tướng Xin-ga-po"}},
			{query: "Philippines", first: []string{"Tổng thống Philippines"}, later: []string{"Tổng thống Phi-líp-pin"}},
			{query: "Niger", never: []string{"Tổng thống Nigeria"}, first: []string{"Tổng thống Niger"}},
			{query: "Slovakia", first: []string{"Thủ tướng Slovakia"}, never: []string{"Thủ tướng Slovenia"}},
			{query: "Đức", first: []string{"Thủ tướng Đức"}, never: []string{"phẩm chất đạo đức", "ông Nguyễn Đức Anh nói"}},
			{query: "Áo", first: []string{"Thủ tướng Áo"}, never: []string{"mặc áo dài"}},
			{query: "Pháp", first: []string{"Tổng thống Pháp"}, never: []string{"các giải pháp", "theo pháp luật"}},
			{query: "Bỉ", first: []string{"Vua Bỉ"}, never: []string{"tình bạn bền bỉ"}},
			{query: "Nữ hoàng Anh", first: []string{"Nữ Hoàng Anh", "Nữ hoàng Anh"}, never: []string{"Nữ hoàng và anh em"}},
			{query: "Anh", first: []string{"Nữ Hoàng Anh thăm", "Thủ Tướng Anh"}, never: []string{"ông Nguyễn Hoàng Anh nói", "nước Lào anh em", "danh hiệu Anh hùng"}},
			{query: "Tổng thống Pháp", first: []string{"Tổng thống Pháp"}, never: []string{"Tổng thống tìm giải pháp"}},
			{query: "Thái Lan", first: []string{"Thủ tướng Thái Lan"}, later: []string{"ở trạng thái lan rộng"}},
		}},
		{"names of cities", []asked{
			{query: "Viêng Chăn", first: []string{"tại Viêng Chăn"}, later: []string{"tại Vientiane"}},
			{query: "Mát-xcơ-va", first: []string{"tại Mát-xcơ-va"}, later: []string{"tại Moscow", "tại Moskva"}},
			{query: "Bắc Kinh", first: []string{"tại Bắc Kinh"}, later: []string{"tại Beijing"}},
			{query: "Phnom Penh", first: []string{"tại Phnom Penh", "tại Phnôm Pênh"}},
			{query: "Paris", first: []string{"tại Paris"}, later: []string{"tại Pa-ri"}},
			{query: "New York", first: []string{"tại New York"}, later: []string{"tại Niu Oóc"}},
		}},
		{"names of people", []asked{
			{query: "Putin", first: []string{"ông Putin"}, later: []string{"ông Pu-tin"}},
			{query: "Macron", first: []string{"ông Macron"}, later: []string{"ông Ma-crông"}},
			{query: "Shinzo Abe", first: []string{"ông Shinzo Abe"}, later: []string{"ông Sin-dô A-bê"}},
			{query: "Hun Sen", first: []string{"ông Hun Sen"}, later: []string{"ông Hun Xen"}},
			{query: "Tập Cận Bình", first: []string{"ông Tập Cận Bình"}, later: []string{"ông Xi Jinping"}},
		}},
		{"words run together", []asked{
			{query: "Thủ tướng", first: []string{"cùng dự vớiThủ tướng"}},
			{query: "Hà Nội", first: []string{"đến thămHà Nội"}},
			{query: "Bộ trưởng Ngoại giao", first: []string{"Bộ trưởngNgoại giao"}},
			{query: `"Việt Nam, Thủ tướng"`, first: []string{"thăm Việt NamThủ tướng nói"}},
			{query: "iPhone", first: []string{"chiếc iPhone mới"}},
			{query: "phone", never: []string{"chiếc iPhone mới"}},
		}},
		{"input method left off", []asked{
			{query: "thur tuwowngs", first: []string{"ông Thủ tướng"}},
			{query: "Vieetj Nam", first: []string{"nước Việt Nam"}},
			{query: "ddoanf keets", first: []string{"tình đoàn kết"}},
			{query: "ho7p5 ta1c", first: []string{"sự hợp tác"}},
			{query: "quoocs phofng", first: []string{"bộ quốc phòng"}},
			{query: "nguwowif ddoong", first: []string{"nơi có người đông"}},
		}},
		{"keystrokes that a text has", []asked{
			{query: "hooij", first: []string{"mã hooij"}, never: []string{"hội đàm"}},
			{query: "max", first: []string{"ông Max Weber"}, never: []string{"mã số"}},
		}},
		{"numbers", []asked{
			{query: "5 triệu USD", first: []string{"trị giá 5 triệu USD"}, later: []string{"5 nước, 3 triệu USD"}},
			{query: "1000 sinh viên", first: []string{"có 1.000 sinh viên", "có 1,000 sinh viên", "có 1000 sinh viên"}},
			{query: "3,5 tỷ", first: []string{"đạt 3.5 tỷ"}, never: []string{"đạt 35 tỷ"}},
			{query: "20%", first: []string{"tăng 20% so"}},
		}},
		{"one tone wrong", []asked{
			{query: "chú tịch", first: []string{"ông Chủ tịch"}},
			{query: "thủ tường", first: []string{"ông Thủ tướng"}},
			{query: "quốc phóng", first: []string{"bộ quốc phòng"}},
			{query: "hợp tạc", first: []string{"sự hợp tác"}},
		}},
		{"quoted", []asked{
			{query: `"hoi dam"`, first: []string{"hai bên hội đàm", "cái hỏi đám"}, never: []string{"hội ý, đàm phán"}},
			{query: `"hợp tác quốc phòng"`, first: []string{"về hợp tác quốc phòng"}, never: []string{"hợp tác về quốc phòng", "hợp tác giáo dục, quốc phòng"}},
			{query: `"Việt Nam - Lào"`, first: []string{"quan hệ Việt Nam–Lào"}, never: []string{"Lào và Việt Nam"}},
			{query: "“đoàn kết đặc biệt”", first: []string{"tình Đoàn kết đặc biệt"}, never: []string{"đoàn kết, hữu nghị đặc biệt"}},
			{query: norm.NFD.String(`"thường vụ"`), first: []string{"Ủy ban Thường vụ"}, never: []string{"một thương vụ"}},
			{query: `"Hoa Kỳ"`, first: []string{"nước Hoa Kỳ"}, never: []string{"nước Mỹ"}},
		}},
		{"case", []asked{
			{query: "TỔNG THỐNG", first: []string{"ông tổng thống", "Tổng Thống"}},
			{query: "đảng cộng sản", first: []string{"ĐẢNG CỘNG SẢN"}},
			{query: "asean", first: []string{"khối ASEAN"}},
		}},
		{"dates", []asked{
			{query: "30/4", first: []string{"ngày 30/4/1975", "ngày 30 tháng 4"}, never: []string{"tỷ số 30 và 4"}},
			{query: "02/09/1945", first: []string{"ngày 2/9/1945"}},
			{query: "2/9/1945", first: []string{"ngày 02/09/1945"}},
			{query: "ngày 5 tháng 2 năm 2026", first: []string{"ngày 5/2/2026", "ngày 5 tháng 2 năm 2026"}},
			{query: "5-2-2026", first: []string{"ngày 5/2/2026"}},
			{query: "5.2.2026", first: []string{"ngày 5/2/2026"}},
			{query: "2026-02-05", first: []string{"ngày 5/2/2026"}},
			{query: "tháng 9/1945", first: []string{"ngày 2/9/1945", "tháng 9 năm 1945"}, never: []string{"tháng 9/1946"}},
			{query: "7/5", never: []string{"ngày 5/7", "ngày 17/5", "ngày 7/51"}, first: []string{"ngày 7/5"}},
		}},
	} {
		t.Run(group.name, func(t *testing.T) {
			ix := askedIndex(t, group.cases...)
			for _, tt := range group.cases {
				t.Run(tt.query, func(t *testing.T) { tt.ask(t, ix) })
			}
		})
	}
}
