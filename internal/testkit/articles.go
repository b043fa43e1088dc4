package testkit

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// Original gives the bytes that sample article a stands for: its paragraphs
// with a blank line between them.
func Original(a *archive.Article) []byte {
	var texts []string
	for _, p := range a.Paragraphs {
		texts = append(texts, p.Text)
	}
	return []byte(strings.Join(texts, "\n\n") + "\n")
}

// Articles gives fresh sample articles: talks within a visit, with every kind
// of fact; a series of two meetings in one article; and a visit announced, of
// which the title was derived and the text has a stray bidi mark. They tell of
// made-up persons, so that no test leans on the seeds.
func Articles() []*archive.Article {
	return []*archive.Article{talks(), series(), announced()}
}

func talks() *archive.Article {
	a := article("mau/hoi-dam.txt", "2026-03-12", "Báo Mẫu",
		"title", "Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Ana Moreira",
		"lead", "Nhận lời mời của Chủ tịch nước Trần Văn Mẫu, Tổng thống Brazil Ana Moreira thăm cấp Nhà nước Việt Nam từ ngày 11 đến 13/3/2026.",
		"caption", "Hai nhà lãnh đạo tại lễ đón. Ảnh: TTXVN",
		"body", "Sáng 12/3, tại Phủ Chủ tịch, Chủ tịch nước Trần Văn Mẫu hội đàm với Tổng thống Brazil Ana Moreira. Cùng dự có Bộ trưởng Ngoại giao Lê Thị Thử.",
		"body", "Tổng thống Ana Moreira khẳng định Brazil coi trọng quan hệ với Việt Nam. Chủ tịch nước đề nghị sớm mở đường bay thẳng.",
		"heading", "Hợp tác kinh tế",
		"body", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên 15 tỷ USD vào năm 2030; tăng cường hợp tác quốc phòng - an ninh.",
		"furniture", "Có thể bạn quan tâm",
		"furniture", "Tin khác: Thủ tướng làm việc tại Đồng Nai")
	host := person(a, 4, "Trần Văn Mẫu", "Chủ tịch nước", "VN", archive.HostSide, archive.Principal)
	guest := person(a, 4, "Ana Moreira", "Tổng thống", "BR", archive.GuestSide, archive.Principal)
	aide := person(a, 4, "Lê Thị Thử", "Bộ trưởng Ngoại giao", "VN", archive.HostSide, archive.Attending)
	target := archive.Figure{
		Measure: "kim ngạch thương mại song phương", AsWritten: "15 tỷ USD", Value: 15e9, Currency: "USD",
		Period: "2030", Role: "target", Evidence: evidence(a, 7, "15 tỷ USD"), Rule: "money-target",
	}
	agreed := sentence(a, 7, 1)
	a.Visits = []archive.Visit{{
		ID: "v1", Kind: "visit", Status: archive.Held, Level: "state",
		Date:         date(a, "2026-03-11/2026-03-13", archive.Stated, 2, "từ ngày 11 đến 13/3/2026"),
		Place:        archive.Place{Country: "VN", State: archive.Stated, Evidence: evidence(a, 2, "Việt Nam"), Rule: "visit-to"},
		Participants: []archive.Participation{guest, host},
		Inviters:     []string{host.Person},
		Evidence:     evidence(a, 2, "thăm cấp Nhà nước"), Rule: "visit-frame",
	}}
	a.Meetings = []archive.Meeting{{
		Kind: archive.Talks, Status: archive.Held, Main: true, Visit: "v1",
		Date: date(a, "2026-03-12", archive.Inferred, 4, "Sáng 12/3"),
		Place: archive.Place{Venue: "Phủ Chủ tịch", City: "Hà Nội", Country: "VN", State: archive.Inferred,
			Evidence: evidence(a, 4, "Phủ Chủ tịch"), Rule: "building-city"},
		Participants: []archive.Participation{host, guest, aide},
		Agreements: []archive.Agreement{
			{Force: archive.Agreed, Actor: archive.BothSides, Text: agreed.Quote, Topics: []string{"kinh-te-thuong-mai", "quoc-phong-an-ninh"},
				Figures: []archive.Figure{target}, Due: "2030", Evidence: []archive.Evidence{agreed}, Rule: "agree-verb"},
			{Force: archive.Proposed, Actor: archive.OneSide, By: []string{host.Person}, Text: sentence(a, 5, 2).Quote,
				Evidence: []archive.Evidence{sentence(a, 5, 2)}, Rule: "propose-verb"},
		},
		Statements: []archive.Statement{{
			Speakers: []string{guest.Person}, Verb: "khẳng định", Mode: "reported", Text: sentence(a, 5, 1).Quote,
			Evidence: []archive.Evidence{sentence(a, 5, 1)}, Rule: "reporting-verb",
		}},
		Figures:  []archive.Figure{target},
		Evidence: evidence(a, 4, "hội đàm"), Rule: "trigger-held",
	}}
	a.AssignIDs()
	a.Complete()
	return a
}

func series() *archive.Article {
	a := article("mau/ben-le.txt", "2026-04-02", "Báo Mẫu",
		"title", "Thủ tướng Phạm Thử gặp lãnh đạo các nước bên lề hội nghị",
		"lead", "Ngày 1/4/2026, tại Geneva, Thủ tướng Phạm Thử đã có các cuộc gặp với Tổng thống Thụy Sĩ Karl Muster và Thủ tướng Lào Bounmy Thử.",
		"body", "Gặp Tổng thống Thụy Sĩ Karl Muster, hai bên nhất trí nối lại đàm phán hiệp định thương mại tự do.",
		"body", "Tại cuộc gặp Thủ tướng Lào Bounmy Thử, Thủ tướng Phạm Thử cam kết cấp 200 học bổng mỗi năm cho sinh viên Lào.")
	host := person(a, 2, "Phạm Thử", "Thủ tướng", "VN", "", archive.Principal)
	meet := func(other archive.Participation, para int, force archive.Force) archive.Meeting {
		s := sentence(a, para, 1)
		return archive.Meeting{
			Kind: archive.Encounter, Status: archive.Held, Main: true,
			Date:         date(a, "2026-04-01", archive.Stated, 2, "Ngày 1/4/2026"),
			Place:        archive.Place{City: "Geneva", Country: "CH", State: archive.Inferred, Evidence: evidence(a, 2, "Geneva"), Rule: "city-country"},
			Participants: []archive.Participation{host, other},
			Agreements: []archive.Agreement{{Force: force, Actor: archive.BothSides, Text: s.Quote,
				Evidence: []archive.Evidence{s}, Rule: "agree-verb"}},
			Evidence: evidence(a, 2, "các cuộc gặp"), Rule: "series",
		}
	}
	a.Meetings = []archive.Meeting{
		meet(person(a, 2, "Karl Muster", "Tổng thống Thụy Sĩ", "CH", "", archive.Principal), 3, archive.Agreed),
		meet(person(a, 2, "Bounmy Thử", "Thủ tướng Lào", "LA", "", archive.Principal), 4, archive.Committed),
	}
	a.Meetings[1].Figures = []archive.Figure{{
		Measure: "học bổng", AsWritten: "200 học bổng", Value: 200, Unit: "học bổng", Period: "P1Y", Role: "pledge",
		Evidence: evidence(a, 4, "200 học bổng"), Rule: "count-pledge",
	}}
	a.AssignIDs()
	a.Complete()
	return a
}

func announced() *archive.Article {
	a := article("mau/sap-tham.txt", "", "",
		"lead", "Tổng thống Brazil Ana Moreira\u200e sẽ thăm chính thức Lào trong tháng 5.",
		"body", "Chủ tịch nước Lào Khamphan Thử là người mời.")
	a.Title = archive.Title{Text: "Tổng thống Brazil Ana Moreira sẽ thăm chính thức Lào trong tháng 5", State: archive.Inferred, Rule: "lead-sentence"}
	a.Visits = []archive.Visit{{
		ID: "v1", Kind: "visit", Status: archive.Announced, Main: true, Level: "official",
		Date:  date(a, "XXXX-05", archive.Stated, 1, "tháng 5"),
		Place: archive.Place{Country: "LA", State: archive.Stated, Evidence: evidence(a, 1, "Lào"), Rule: "visit-to"},
		Participants: []archive.Participation{
			person(a, 1, "Ana Moreira", "Tổng thống", "BR", archive.GuestSide, archive.Principal),
			person(a, 2, "Khamphan Thử", "Chủ tịch nước Lào", "LA", archive.HostSide, archive.Principal),
		},
		Inviters: []string{"khamphan-thu"},
		Evidence: evidence(a, 1, "thăm chính thức"), Rule: "visit-frame",
	}}
	a.Problems = []archive.Problem{{Paragraph: 1, Rule: "year", Message: "no year for “tháng 5”"}}
	a.AssignIDs()
	a.Complete()
	return a
}

// article makes an article without events from pairs of paragraph kind and
// text. The title is the first paragraph; published is its date or empty.
func article(identity, published, publisher string, pairs ...string) *archive.Article {
	a := &archive.Article{
		Schema: archive.SchemaArticle, Version: 1, Publisher: archive.Opt(publisher),
		Published: archive.DateClaim{State: archive.NotStated},
	}
	for i := 0; i < len(pairs); i += 2 {
		text := vitext.NFC(pairs[i+1])
		a.Paragraphs = append(a.Paragraphs, archive.Paragraph{
			N: i/2 + 1, Kind: archive.ParagraphKind(pairs[i]), Text: text, Sentences: vitext.Sentences(text),
		})
	}
	first := &a.Paragraphs[0]
	a.Title = archive.Title{Text: first.Text, State: archive.Stated, Rule: "first-line"}
	if published != "" {
		a.Published = archive.DateClaim{EDTF: archive.Date(published), State: archive.Stated,
			Evidence: []archive.Evidence{first.Quote(0, len(first.Text))}, Rule: "sample"}
	}
	original := Original(a)
	sum := sha256.Sum256(original)
	a.Source = archive.Source{
		Name: identity[strings.LastIndexByte(identity, '/')+1:], Identity: identity,
		SHA256: hex.EncodeToString(sum[:]), Bytes: len(original), Media: "text/plain",
	}
	return a
}

// evidence quotes the first place in paragraph n that has the words.
func evidence(a *archive.Article, n int, words string) []archive.Evidence {
	p := &a.Paragraphs[n-1]
	i := strings.Index(p.Text, words)
	return []archive.Evidence{p.Quote(i, i+len(words))}
}

func sentence(a *archive.Article, n, s int) archive.Evidence {
	p := &a.Paragraphs[n-1]
	span, _ := p.Sentence(s)
	return p.Quote(span.Start, span.End)
}

func date(a *archive.Article, edtf string, state archive.State, n int, words string) archive.DateClaim {
	return archive.DateClaim{EDTF: archive.Date(edtf), State: state, Evidence: evidence(a, n, words), Rule: "sample"}
}

func person(a *archive.Article, n int, name, title, country string, side archive.Side, capacity archive.Capacity) archive.Participation {
	return archive.Participation{
		Person: vitext.Slug(name), Name: name, NameAsWritten: name, TitlesAsWritten: []string{title},
		Country: archive.Opt(country), CountryState: archive.Stated, Side: archive.Opt(side), Capacity: capacity,
		Evidence: evidence(a, n, name), Rule: "title-country-name",
	}
}

// Outlets gives fresh sample articles of four outlets on one encounter: one that
// announces a visit; two that report the talks during it, of which the second
// names another city, another sum and a kind of its own, and leaves out who
// attended; and one that recalls them later. [Articles] knows nothing of these
// talks.
func Outlets() []*archive.Article {
	return []*archive.Article{ahead(), report(), secondReport(), lookBack()}
}

func ahead() *archive.Article {
	a := article("bao-truoc/sap-tham-lao.txt", "2026-05-15", "Báo Trước",
		"title", "Thủ tướng Phạm Thử sẽ thăm chính thức Lào",
		"lead", "Nhận lời mời của Thủ tướng Lào Bounmy Thử, Thủ tướng Phạm Thử sẽ thăm chính thức Lào từ ngày 20 đến 21/5/2026.")
	a.Visits = []archive.Visit{{
		ID: "v1", Kind: "visit", Status: archive.Announced, Main: true, Level: "official",
		Date:  date(a, "2026-05-20/2026-05-21", archive.Stated, 2, "từ ngày 20 đến 21/5/2026"),
		Place: archive.Place{Country: "LA", State: archive.Stated, Evidence: evidence(a, 2, "Lào"), Rule: "visit-to"},
		Participants: []archive.Participation{
			person(a, 2, "Phạm Thử", "Thủ tướng", "VN", archive.GuestSide, archive.Principal),
			person(a, 2, "Bounmy Thử", "Thủ tướng", "LA", archive.HostSide, archive.Principal),
		},
		Inviters: []string{"bounmy-thu"}, Evidence: evidence(a, 2, "thăm chính thức"), Rule: "visit-frame",
	}}
	a.AssignIDs()
	a.Complete()
	return a
}

func report() *archive.Article {
	a := article("bao-mot/hoi-dam-lao.txt", "2026-05-20", "Báo Một",
		"title", "Thủ tướng Phạm Thử hội đàm với Thủ tướng Lào",
		"lead", "Sáng 20/5, tại Viêng Chăn, Thủ tướng Phạm Thử hội đàm với Thủ tướng Lào Bounmy Thử. Cùng dự có Bộ trưởng Ngoại giao Lê Thị Thử.",
		"body", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên 5 tỷ USD. Hai bên nhất trí mở thêm một cửa khẩu quốc tế trong năm nay.")
	sum := moneyTarget(a, 3, "5 tỷ USD", 5e9)
	a.Meetings = []archive.Meeting{outletTalks(a, archive.Talks, "2026-05-20", archive.Inferred, "Sáng 20/5", "hội đàm")}
	m := &a.Meetings[0]
	m.Place = archive.Place{City: "Viêng Chăn", Country: "LA", State: archive.Stated, Evidence: evidence(a, 2, "Viêng Chăn"), Rule: "city"}
	m.Participants = append(m.Participants, person(a, 2, "Lê Thị Thử", "Bộ trưởng Ngoại giao", "VN", archive.GuestSide, archive.Attending))
	m.Figures = []archive.Figure{sum}
	m.Agreements = []archive.Agreement{agreedSentence(a, 3, 1, sum), agreedSentence(a, 3, 2)}
	a.AssignIDs()
	a.Complete()
	return a
}

func secondReport() *archive.Article {
	a := article("bao-hai/gap-thu-tuong-lao.txt", "2026-05-21", "Báo Hai",
		"title", "Thủ tướng gặp Thủ tướng Lào",
		"lead", "Ngày 20/5/2026, tại Luông Pha-băng, Thủ tướng Chính phủ Phạm Thử gặp Thủ tướng Lào Bounmy Thử.",
		"body", "Hai bên nhất trí đưa kim ngạch thương mại song phương lên 4,5 tỷ USD. Hai bên nhất trí mở thêm một cửa khẩu quốc tế trong năm nay.")
	sum := moneyTarget(a, 3, "4,5 tỷ USD", 4.5e9)
	a.Meetings = []archive.Meeting{outletTalks(a, archive.Encounter, "2026-05-20", archive.Stated, "Ngày 20/5/2026", "gặp")}
	m := &a.Meetings[0]
	m.Participants[0].TitlesAsWritten = []string{"Thủ tướng Chính phủ"}
	m.Place = archive.Place{City: "Luông Pha-băng", Country: "LA", State: archive.Stated, Evidence: evidence(a, 2, "Luông Pha-băng"), Rule: "city"}
	m.Figures = []archive.Figure{sum}
	m.Agreements = []archive.Agreement{agreedSentence(a, 3, 1, sum), agreedSentence(a, 3, 2)}
	a.AssignIDs()
	a.Complete()
	return a
}

func lookBack() *archive.Article {
	a := article("bao-sau/nhin-lai.txt", "2026-10-02", "Báo Sau",
		"title", "Nhìn lại quan hệ Việt Nam và Lào",
		"lead", "Ngày 20/5/2026, Thủ tướng Phạm Thử đã hội đàm với Thủ tướng Lào Bounmy Thử.")
	a.Meetings = []archive.Meeting{outletTalks(a, archive.Talks, "2026-05-20", archive.Stated, "Ngày 20/5/2026", "hội đàm")}
	a.Meetings[0].Status, a.Meetings[0].Main = archive.Recalled, false
	a.Meetings[0].Place = archive.Place{State: archive.NotStated}
	a.AssignIDs()
	a.Complete()
	return a
}

// outletTalks is the meeting of which [Outlets] tell, read from paragraph 2.
func outletTalks(a *archive.Article, kind archive.MeetingKind, edtf string, state archive.State, day, trigger string) archive.Meeting {
	return archive.Meeting{
		Kind: kind, Status: archive.Held, Main: true, Date: date(a, edtf, state, 2, day),
		Participants: []archive.Participation{
			person(a, 2, "Phạm Thử", "Thủ tướng", "VN", archive.GuestSide, archive.Principal),
			person(a, 2, "Bounmy Thử", "Thủ tướng", "LA", archive.HostSide, archive.Principal),
		},
		Evidence: evidence(a, 2, trigger), Rule: "trigger-held",
	}
}

func moneyTarget(a *archive.Article, n int, words string, value float64) archive.Figure {
	return archive.Figure{
		Measure: "kim ngạch thương mại song phương", AsWritten: words, Value: value, Currency: "USD", Role: "target",
		Evidence: evidence(a, n, words), Rule: "money-target",
	}
}

func agreedSentence(a *archive.Article, n, s int, figures ...archive.Figure) archive.Agreement {
	e := sentence(a, n, s)
	return archive.Agreement{Force: archive.Agreed, Actor: archive.BothSides, Text: e.Quote, Figures: figures,
		Evidence: []archive.Evidence{e}, Rule: "agree-verb"}
}
