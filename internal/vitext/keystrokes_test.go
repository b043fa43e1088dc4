package vitext

import "testing"

func TestKeystrokes(t *testing.T) {
	for in, want := range map[string]string{
		"hooij": "hội", "ddamf": "đàm", "hoij": "họi", "ddangr": "đảng", "truwowngr": "trưởng", "truongwr": "trưởng",
		"thuwowng": "thương", "tuw": "tư", "Vieetj": "việt", "vietej": "việt", "hoaf": "hòa", "quys": "quý",
		"ho6i5": "hội", "d9am2": "đàm", "tru7o7ng3": "trưởng", "d9a3ng": "đảng",
		"hoi": "", "hội": "", "phone": "", "xyz": "", "": "", "sff": "", "123": "", "wifi": "",
	} {
		got, ok := Keystrokes(in)
		if got != want || ok != (want != "") {
			t.Errorf("Keystrokes(%q): got %q, %v, want %q", in, got, ok, want)
		}
	}
}
