package extract

import (
	"strings"
	"testing"
)

// TestLeadersApart wants every spelling of the authority list to lead to its
// own person by whatever step, and never to another one: what unites spellings
// must not unite people.
func TestLeadersApart(t *testing.T) {
	l := lex()
	tried := 0
	for country, list := range l.bySound {
		for _, x := range list {
			for _, rank := range []int{1, 3, 5} {
				tried++
				if who, ok := l.identify(x.parts, country, rank); ok && who != x.leader {
					t.Errorf("identify(%q, %s, %d): %s, want %s", strings.Join(x.parts, "-"), country, rank, who.name, x.name)
				}
			}
		}
	}
	if tried < 5000 {
		t.Errorf("%d spellings tried, want all", tried)
	}
}

// TestIdentify tells spellings of one person from names of two.
func TestIdentify(t *testing.T) {
	for _, tt := range []struct {
		name, country string
		rank          int
		want          string // slug, "" for nobody of the list
	}{
		{"Sergey Lavrov", "RU", 3, "sergey-lavrov"},
		{"Sergei Viktorovich Lavrov", "RU", 3, "sergey-lavrov"},
		{"Anthony Blinken", "US", 3, "antony-blinken"},
		{"Volodymyr Zelenskyj", "UA", 1, "volodymyr-zelensky"},
		{"Valentina Matvienko", "RU", 2, "valentina-matviyenko"},
		{"Linsay Hoyle", "GB", 2, "lindsay-hoyle"},
		{"Dropadi Murmu", "IN", 1, "droupadi-murmu"},
		{"Xaysomphon Phomvihan", "LA", 2, "xaysomphone-phomvihane"},
		{"Sinlavong Khoutphaitoun", "LA", 3, "sinlavong-khoutphaythoune"},
		{"Inlavan Keobounphan", "LA", 5, "inlavanh-keobounphanh"},
		{"Chum-ma-ly Say-nha-xon", "LA", 1, "choummaly-sayasone"},
		{"Najib Tun Abdul Razak", "MY", 2, "najib-razak"},
		{"B. Obama", "US", 1, "barack-obama"},
		{"S. Jaishankar", "IN", 3, "subrahmanyam-jaishankar"},
		{"Miguel Mario Díaz-Canel Bermúdez", "CU", 1, "miguel-diaz-canel"},
		{"Battulga Khaltmaagiin", "MN", 1, "khaltmaa-battulga"},

		// Two Bushes have the initial; Carter is of the list, Jimmy is not.
		{"G. Bush", "US", 1, ""},
		{"George Bush", "US", 1, ""},
		{"Jimmy Carter", "US", 1, ""},
		// Of other countries, of lower rank, or with nothing but likeness.
		{"Narenda Modi", "NP", 2, ""},
		{"Narenda Modi", "IN", 4, ""},
		{"Valentina Petrovna Matvienko", "BY", 2, ""},
		// Fathers, sons, wives, brothers.
		{"Kim Jong-nam", "KP", 1, ""},
		{"Hun Mana", "KH", 3, ""},
		{"Hun Sen Manet", "KH", 3, ""},
		{"Sergey Kochanov", "BY", 2, ""},
		{"Natalya Kochanov", "BY", 2, ""},
		{"Tamim bin Hamad bin Khalifa Al Thani", "QA", 1, ""},
		{"Khalid bin Salman bin Abdulaziz Al Saud", "SA", 3, ""},
		{"Khamphan Siphandone", "LA", 3, ""},
		{"Thongvan Phomvihane", "LA", 3, "thongvanh-phomvihane"},
		{"Viengxay Siphandone", "LA", 3, ""},
		{"Rahul Modi", "IN", 2, ""},
		{"Eduardo Duterte", "PH", 3, ""},
		// A letter or a syllable makes another name.
		{"Park Jin-hong", "KR", 3, ""},
		{"Than Swhe", "MM", 1, ""},
		{"Win Myint Oo", "MM", 3, ""},
		{"Nguyễn Xuân Phức", "VN", 2, ""},
		{"Lý Cương", "CN", 2, ""},
	} {
		who, _ := lex().identify(nameOf(tt.name).parts, tt.country, tt.rank)
		if got := who.slug; got != tt.want {
			t.Errorf("identify(%q, %s, %d): %q, want %q", tt.name, tt.country, tt.rank, got, tt.want)
		}
	}
}

// TestBare takes styles from names, and leaves names that look like one.
func TestBare(t *testing.T) {
	for _, tt := range []struct{ name, country, want string }{
		{"Samdech Pichey Sena Tea Banh", "KH", "tea-banh"},
		{"Samdech Krolahom Sar Kheng", "", "sar-kheng"},
		{"Datuk Seri Panglima Najib Razak", "MY", "najib-razak"},
		{"Ibnu Hadi S.E", "ID", "ibnu-hadi"},
		{"Sir Keir Starmer", "GB", "keir-starmer"},
		{"U Thein Sein", "MM", "thein-sein"},
		{"H.E. Mr. Guido Hildner", "DE", "guido-hildner"},
		{"Sheikh Hasina", "BD", "sheikh-hasina"},
		{"Tun Thanh", "VN", "tun-thanh"},
		{"U Thein Lwin", "", "u-thein-lwin"},
		{"Datuk", "MY", "datuk"},
	} {
		got := lex().bare(nameOf(tt.name), tt.country).slug
		if got != tt.want {
			t.Errorf("bare(%q, %q): %q, want %q", tt.name, tt.country, got, tt.want)
		}
	}
}
