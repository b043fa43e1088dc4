package extract

// Rule says what one rule reads. Its name stands beside every value it gave.
type Rule struct{ Name, Reads string }

// Rules lists every rule, by what it gives. A name is never given to another rule,
// and none is taken out: records made long ago still carry it. A rule that reads
// an encounter is named event-KIND and by how its two sides were found.
var Rules = rules()

func rules() []Rule {
	list := []Rule{
		{"person-title-name", "an office with its country or portfolio, then the name: “Đại sứ Đức tại Việt Nam Guido Hildner”"},
		{"person-honorific-name", "“ông”, “đồng chí” and the name"},
		{"person-name-title", "the name, then the office after a comma or dash: “ông Guido Hildner, Đại sứ Đức”"},
		{"person-name-country", "the name, then the country in brackets: “Marise Payne (Australia)”"},
		{"person-country-name", "a country and the name, in a list: “… và Nhật Bản Yoko Kamikawa”"},
		{"person-listed", "a further name of a list that shares one office"},
		{"person-bare-name", "a name without office, of somebody known from the rest of the article or the authority list"},

		{"visit-verb", "“X thăm chính thức Y”"},
		{"visit-noun", "“chuyến thăm Y của X”"},
		{"visit-arrival", "“X tới Y”, “đáp xuống sân bay …” where nothing else is told"},

		{"date-full", "a day with its year"},
		{"date-day-month+published", "a day without year: the year that puts it closest to publication; a day alone (“Sáng 18, …”): the last such day"},
		{"date-year-elsewhere", "a day without year that another date of the article covers"},
		{"date-year-said", "the year the article speaks of as the present one"},
		{"date-year-of-anniversary", "the year of an anniversary that the article marks or awaits"},
		{"date-year-of-occasion", "the year of an occasion that is publicly known"},
		{"date-year-unknown", "a day whose year cannot be had"},
		{"date-last-year", "“19/6 năm ngoái”, counted from publication"},
		{"date-relative+published", "“hôm nay”, “hôm qua”, “thứ Năm”, counted from publication"},
		{"date-relative+told", "“sáng nay” where another day tells which that is: “chiều qua (28/9)”"},
		{"date-same-day-after", "“Cũng trong ngày 1/8” in what follows"},
		{"date-of-journey", "of a visit: the only interval of the article, at the head of a sentence"},
		{"date-of-series", "the one day of the article's other meetings, or the only day it names"},
		{"date-of-report", "the day of the sentence that opens the report"},
		{"date-of-visit", "the one date of the visit that the meeting was part of"},
		{"date-day-of-visit", "“ngày làm việc thứ hai” of a visit whose days are known"},
		{"date-month-published", "a message in the month of publication"},

		{"place-named", "a city or country after “tại”, “ở”"},
		{"place-building", "a building that implies its city: “Phủ Chủ tịch”"},
		{"place-clock", "the country by whose clock the time is told: “15h giờ New Delhi”"},
		{"place-visit-host", "the country that is visited"},
		{"place-host-of-visit", "the host country of the visit that the meeting was part of"},
		{"place-visit-host+caption", "the country that is visited, and the city of a caption"},
		{"place-host-of-visit+caption", "the host country of the visit, and the city of a caption"},
		{"place-of-journey", "where one of the people was travelling"},
		{"place-of-report", "the one city that the first paragraphs name"},
		{"place-of-series", "where one of its people had the other meetings of that day"},
		{"place-heading", "the city of the heading above: “1. Tại Bắc Kinh”"},
		{"place-dateline", "the city that opens the report: “Tokyo: Sáng 27/9, …”"},
		{"place-of-host", "at home, where a Vietnamese receives and nobody travels"},
		{"place-post-of-envoy", "the country an ambassador is sent to"},

		{"agreement-agreed", "the sides nhất trí, thống nhất, đồng ý"},
		{"agreement-committed", "the sides cam kết"},
		{"agreement-signed", "the sides ký, ra tuyên bố chung"},
		{"agreement-weak", "the sides stress that something is to be done: “nhấn mạnh việc tiếp tục …”"},
		{"agreement-reaffirmed", "the sides khẳng định, nhắc lại"},
		{"agreement-witnessed", "the sides chứng kiến a signing"},
		{"agreement-welcomed", "the sides hoan nghênh, đánh giá cao"},
		{"agreement-continued", "a list goes on: “Theo đó, …”, “Cùng với đó, …”"},
		{"agreement-intended", "what the sides will do, told of a meeting that was held: “hai bên sẽ …”"},
		{"agreement-document", "what a signed paper says the sides do: “Theo bản ghi nhớ, hai bên …”"},
		{"agreement-one-side", "one side agrees or commits itself"},
		{"agreement-proposed", "one side đề nghị, kiến nghị"},

		{"statement-reported", "somebody and a verb of speech"},
		{"statement-direct", "somebody, a verb of speech and quotation marks"},
		{"figure-money", "an amount with its currency"},
		{"figure-share", "a percentage"},
		{"figure-count", "a number of things that the lexicon knows: “200 học bổng”"},

		{"event-summit", "a conference that is itself the subject"},
		{"event-celebration", "a ceremony that is itself the subject, with people of two countries"},
		{"event-implied", "“cuộc hội đàm” and two leaders who are never named in one clause"},
		{"event-message", "“X gửi điện mừng Y”"},
		{"event-message-unnamed", "“X gửi điện mừng tới lãnh đạo Y”: of who received it only the country is said"},
		{"counterpart-unnamed", "nobody is named with the office that was met"},
		{"date-missing", "no day could be read for what the article is about"},
	}
	for _, kind := range []struct{ name, words string }{
		{"talks", "hội đàm"}, {"online", "hội đàm trực tuyến"}, {"phone-call", "điện đàm"}, {"courtesy-call", "hội kiến, chào xã giao"},
		{"reception", "tiếp"}, {"meeting", "gặp, tiếp xúc"}, {"ceremony", "lễ đón"}, {"co-chair", "đồng chủ trì"}, {"signing", "ký"},
	} {
		for _, form := range []struct{ suffix, reads string }{
			{"", "both sides named beside it"},
			{"-series", "one with each of a list"},
			{"-both-sides", "“hai nhà lãnh đạo” as its subject"},
			{"-subject-implied", "one side named, the other whom the article follows"},
			{"-subject-implied-series", "a list on one side, on the other whom the article follows"},
			{"-unnamed", "of the other side only the office is said: “gặp Thủ tướng Uganda”"},
			{"-loose", "another word of meeting, with both sides around it: “ngồi lại với nhau”"},
			{"-subject-later", "one side named, the other named after it"},
		} {
			list = append(list, Rule{"event-" + kind.name + form.suffix, "“" + kind.words + "”: " + form.reads})
		}
	}
	return list
}
