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
		{"02.09.2020", "2020-09-02", false},
		{"Cập nhật lúc 08:45 ngày 27/06/2022", "2022-06-27", true},
		{"Xuất bản: 2022-06-27 08:45", "2022-06-27", true},
		{"Nguyễn Hồng | 27/06/2022 08:45", "2022-06-27", true},
		{"LÊ AN - TRẦN BÌNH // TRUNG TÂM TIN TỨC 9/8/2023, 17:13", "2023-08-09", true},
		{"BẢNG B 20:00 9/8/2023 SÂN 1", "", false},
		{"2023-04-26 15:53:37 (GMT+08:00)", "2023-04-26", true},
		{"Thời gian đăng: Oct-08-2021", "2021-10-08", false},

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
