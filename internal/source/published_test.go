package source

import (
	"testing"

	"vankho/internal/archive"
)

func TestClockLine(t *testing.T) {
	for _, tt := range []struct {
		line  string
		want  archive.Date
		timed bool
	}{
		{"27/06/2022 - 08:45", "2022-06-27", true},
		{"Thứ hai, ngày 01/09/2025 09:46 GMT+7", "2025-09-01", true},
		{"Thứ Ba, 03/09/2013, 08:04 [GMT+7]", "2013-09-03", true},
		{"Chủ nhật, 01/02/2026, 04:09 (GMT+7)", "2026-02-01", true},
		{"thứ sáu, 20/2/2026", "2026-02-20", false},
		{"Tháng Năm 27, 2021", "2021-05-27", false},
		{"Tháng Mười Hai 5, 2024", "2024-12-05", false},
		{"31 Tháng Năm 2017", "2017-05-31", false},
		{"Ngày 5 tháng 2 năm 2026", "2026-02-05", false},
		{"11:55 23/11/2025", "2025-11-23", true},
		{"13/12/2023 03:32:37", "2023-12-13", true},
		{"10/08/2015 18:42 GMT+7", "2015-08-10", true},
		{"12-11-2017 9h05", "2017-11-12", true},
		{"2022/3/22", "2022-03-22", false},
		{"2022/03/22 08:15", "2022-03-22", true},
		{"31 Tháng Năm 20179:19 CH(Xem: 13648)", "2017-05-31", true},
		{"author 15:16 30/08/2017", "2017-08-30", true},
		{"Thứ sáu, 03/04/2015 07:28 AM - 0 Trả lời", "2015-04-03", true},
		{"13/09/2020, 18:15 hoangtien_vnews", "2020-09-13", true},
		{"02.09.2020", "2020-09-02", false},
		{"Cập nhật lúc 08:45 ngày 27/06/2022", "2022-06-27", true},
		{"Xuất bản: 2022-06-27 08:45", "2022-06-27", true},
		{"Nguyễn Hồng | 27/06/2022 08:45", "2022-06-27", true},
		{"LÊ AN - TRẦN BÌNH // TRUNG TÂM TIN TỨC 9/8/2023, 17:13", "2023-08-09", true},
		{"BẢNG B 20:00 9/8/2023 SÂN 1", "", false},
		{"2023-04-26 15:53:37 (GMT+08:00)", "2023-04-26", true},
		{"Thời gian đăng: Oct-08-2021", "2021-10-08", false},
		{"Thứ Tư, 15/03/2023 | 14:22 GMT+7", "2023-03-15", true},
		{"Thứ 4, 22/11/2023 | 11:36:23 [GMT +7] A  A", "2023-11-22", true},
		{"Cập nhật lúc 09:15, 5/10/2011", "2011-10-05", true},
		{"Ngày đăng: 06-11-2018", "2018-11-06", false},
		{"criPublished: 2021-07-28 09:26:21", "2021-07-28", true},
		{"2018-12-17 10:03:52 criPublished: 2018-12-17 10:03:52Chia sẻ:", "2018-12-17", true},
		{"2023-04-26 15:53:37(GMT+08:00) Tân Hoa xã", "2023-04-26", true},
		{"2024-06-24 09:58:17  Nguồn:Tân Hoa xã  Biên tập:Tường Vi", "2024-06-24", true},
		{"Nhất Phong 23:48 | 09/11/2024", "2024-11-09", true},
		{"• Chủ nhật, 31/8/2025 20:51 (GMT+7)", "2025-08-31", true},
		{"VOV.VN - 15:30, 12/03/2019", "2019-03-12", true},
		{"Đối nội - Ngày đăng : 06:05, 06/08/2015", "2015-08-06", true},
		{"Chính trị 15:09, 18/11/2016 GMT+7", "2016-11-18", true},
		{"Thứ 6, 18/11/2016 | 15:09:00 1,856 lượt xem", "2016-11-18", true},
		{"29/11/2017 | 08:35  | View count: 3252", "2017-11-29", true},
		{"Lượt xem: 1.204 - Ngày đăng: 03/05/2019", "2019-05-03", false},
		{"Write: 2023-11-15 11:26:51", "2023-11-15", true},
		{"22:23 07/10/2020 2488", "2020-10-07", true},
		{"Thứ bảy, 17:04 29/03/2025 | Tiêu điểm", "2025-03-29", true},
		{"Quang Anh - Văn Khương - Trần Nam (Ban Thời sự)-Thứ ba, ngày 07/08/2018 21:04 GMT+7", "2018-08-07", true},
		{"Đời sống Thứ Năm, 21/09/2023 14:10", "2023-09-21", true},
		{"Lê An (Phóng viên VTV thường trú tại Pháp)-Thứ hai, ngày 30/05/2016 19:09 GMT+7", "2016-05-30", true},
		{"Mới nhất:2023-05-11 18:23:04   Số lần đã xem:0 Nguồn gốc:CRI", "2023-05-11", true},
		{"2010-01-18 17:22:11 CRIonline", "2010-01-18", true},
		{"Hà Vy (VTV8)-Chủ nhật, ngày 15/08/2021 17:48 GMT+7", "2021-08-15", true},
		{"Văn Hà, Tuấn Minh/VOV-Moscow| 17/10/2023 07:25", "2023-10-17", true},
		{"Baochinhphu | 24/01/2018, 06:09", "2018-01-24", true},
		{"24 | 04 | 2009", "2009-04-24", false},
		{"Saturday, October 24, 2015", "2015-10-24", false},
		{"Last modified 20-07-2014", "2014-07-20", false},

		{"Nguyễn Hồng 27/06/2022", "", false}, // no time: may be whose day it was
		{"5/12/2022 - Ảnh: TTXVN", "", false},
		{"Hà Nội, ngày 5 tháng 2 năm 2026", "", false}, // dateline of a document
		{"Hôm nay 04/06/2023 tại Hà Nội", "", false},
		{"Ngày 27 tháng 5 năm 2021,", "", false},
		{"18/1/1950 - 18/1/2015", "", false},
		{"18/1/2015 - 18/1/2025", "", false},
		{"30/02/2025", "", false},
		{"02/09/1945", "", false},
		{"08:45", "", false},
		{"123/06/2022", "", false},
		{"27/06/20221", "", false},
		{"Ngày 5/2", "", false},
		{"", "", false},
	} {
		c, ok := clockLine(tt.line)
		if !ok {
			c = clock{}
		}
		if c.date != tt.want || c.timed != tt.timed {
			t.Errorf("clockLine(%q): got %q, timed %t, want %q, %t", tt.line, c.date, c.timed, tt.want, tt.timed)
		}
	}
}

func TestPublishedDay(t *testing.T) {
	for _, tt := range []struct {
		in    string
		want  archive.Date
		state archive.State
	}{
		{"2026-02-05T20:15:00+07:00", "2026-02-05", archive.Stated},
		{"2026-02-05T20:15:00+0700", "2026-02-05", archive.Stated},
		{"2026-02-05T23:15-05:00", "2026-02-05", archive.Stated},
		{"2026-02-05T20:15:00Z", "2026-02-06", archive.Inferred},
		{"Thu, 05 Feb 2026 20:15:00 +0700", "2026-02-05", archive.Stated},
		{"2026-02-05", "2026-02-05", archive.Stated},
		{"05/02/2026 20:15", "2026-02-05", archive.Stated},
		{"1970-01-01T00:00:00Z", "", ""},
		{"yesterday", "", ""},
	} {
		got, state := publishedDay(tt.in)
		if got != tt.want || state != tt.state {
			t.Errorf("publishedDay(%q): got %q, %q, want %q, %q", tt.in, got, state, tt.want, tt.state)
		}
	}
}

func TestDatePublished(t *testing.T) {
	for in, want := range map[string]string{
		`{"@type":"NewsArticle","datePublished":"2026-02-05"}`:                  "2026-02-05",
		`[{"@type":"WebSite"},{"datePublished":"2026-02-05"}]`:                  "2026-02-05",
		`{"@graph":[{"@type":"WebPage"},{"datePublished":"2026-02-05"}]}`:       "2026-02-05",
		`{"datePublished":20260205}`:                                            "",
		`{"datePublished"`:                                                      "",
		`"2026-02-05"`:                                                          "",
		`{"@graph":[{"@graph":[{"@graph":[{"datePublished":"2026-02-05"}]}]}]}`: "2026-02-05",
	} {
		if got := datePublished(in); got != want {
			t.Errorf("datePublished(%s): got %q, want %q", in, got, want)
		}
	}
}

func TestPublished(t *testing.T) {
	const text = "\nHai bên nhất trí tiếp tục trao đổi đoàn các cấp, mở rộng hợp tác kinh tế và giao lưu nhân dân giữa hai nước trong thời gian tới.\n"
	for _, tt := range []struct {
		name, text string
		want       archive.Date
		rule       string
	}{
		{"clock run into the headline", "Thủ tướng Lào hội kiến Chủ tịch nước Việt Nam  2024-11-20 10:26:41   Nguồn:Tân Hoa xã   Biên tập:Vi Vi\nTheo Tân Hoa xã: Chiều 19/11, Thủ tướng Lào hội kiến Chủ tịch nước Việt Nam tại Hà Nội." + text, "2024-11-20", "page-clock"},
		{"clock and outlet run into the headline", "Thủ tướng Lào hội kiến Chủ tịch nước Việt Nam   2008-05-31 08:47:10    cri\nChiều 30/5, Thủ tướng Lào hội kiến Chủ tịch nước Việt Nam tại Hà Nội trong chuyến thăm hữu nghị." + text, "2008-05-31", "page-clock"},
		{"today's clock over the headline", "Chủ Nhật, 24/11/2024 21:25 (GMT +7)\n\nLãnh đạo tỉnh tiếp Tổng Lãnh sự Campuchia\n\nThứ 4, 22/11/2023 | 11:36:23 [GMT +7] A  A\n\nPhó Chủ tịch tỉnh sáng nay tiếp Tổng Lãnh sự Campuchia đến chào xã giao nhân dịp nhận nhiệm vụ." + text, "2023-11-22", "page-clock"},
		{"the reader's clock over a page of another season", "Thứ Sáu, 20/03/2026, 23:26 (GMT+7)\nTin tức - Thời sự\nNhận lời mời của Chủ tịch nước Việt Nam, Tổng thống Mông Cổ thăm chính thức Việt Nam từ ngày 30 đến 31-8." + text, "", ""},
		{"a clock over a page of its week", "Thứ Sáu, 20/03/2026, 23:26 (GMT+7)\nTin tức - Thời sự\nNhận lời mời của Chủ tịch nước Việt Nam, Tổng thống Mông Cổ thăm chính thức Việt Nam từ ngày 18 đến 19-3." + text, "2026-03-20", "page-clock"},
		{"dateline", "Thủ tướng Lào tới Tokyo dự hội nghị\nTOKYO, 16/11/2023 /PRNewswire/ -- Thủ tướng Lào hôm thứ Ba đã tới Tokyo để dự hội nghị và gặp các nhà lãnh đạo Nhật Bản." + text, "2023-11-16", "dateline"},
		{"dateline in brackets", "Họp tại Bắc Kinh\nHà Nội (TTXVN 1/12/2003) Phiên họp của Ủy ban đã họp tại Bắc Kinh và thảo luận về việc phân giới, cắm mốc trên thực địa." + text, "2003-12-01", "dateline"},
		{"label above the clock", "Lễ đón Thủ tướng Lào\nNgười đăng:\nHai Anh\nNgày đăng:\n09/10/2024" + text, "2024-10-09", "page-clock"},
		{"dateline in words", "Hà Nội, ngày 3 tháng 4 năm 2019 - Thủ tướng Lào hôm nay hội kiến Chủ tịch nước Việt Nam trong khuôn khổ chuyến thăm chính thức." + text, "2019-04-03", "dateline"},
		{"signature of an office", "Lãnh đạo thành phố tiếp đoàn Lào\nTối 26-9-2008, Chủ tịch thành phố tiếp đoàn đại biểu Lào đến chào xã giao nhân chuyến thăm và làm việc." + text + "(H.V., Sở Ngoại vụ TPHCM, ngày 28-9-2008)\n", "2008-09-28", "signature"},
		{"the day that closes a document", "Tuyên bố chung Việt Nam - Lào" + text + "Hà Nội, ngày 3 tháng 4 năm 2019.\n", "", ""},
		{"a day of the text is no dateline", "Tại Hà Nội, ngày 3/4/2019, Thủ tướng Lào hội kiến Chủ tịch nước Việt Nam trong khuôn khổ chuyến thăm chính thức." + text, "", ""},
		{"prefix with day and month exchanged", " date 2025-01-11 Chủ tịch nước gặp Tổng thống Hàn Quốc Ngày 31/10, bên lề hội nghị tại Hàn Quốc, Chủ tịch nước gặp Tổng thống Hàn Quốc." + text, "2025-11-01", "date-prefix-swapped"},
		{"prefix that may be right", " date 2025-03-05 Ngày 2/5 tới, Chủ tịch nước sẽ gặp Tổng thống Hàn Quốc bên lề hội nghị tại Hàn Quốc." + text, "2025-03-05", "date-prefix"},
		{"prefix that is right", " date 2025-03-05 Ngày 4/3, Chủ tịch nước gặp Tổng thống Hàn Quốc bên lề hội nghị tại Hàn Quốc." + text, "2025-03-05", "date-prefix"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Read(File{Path: "a.txt", Name: "a.txt", Rel: "a.txt", Collection: "test", Data: []byte(tt.text)})
			if err != nil {
				t.Fatal(err)
			}
			if a.Published.EDTF != tt.want || a.Published.Rule != tt.rule {
				t.Errorf("Published: got %q by %q, want %q by %q", a.Published.EDTF, a.Published.Rule, tt.want, tt.rule)
			}
			for _, p := range archive.Check(a) {
				t.Errorf("Check: %s", p.Message)
			}
		})
	}
}
