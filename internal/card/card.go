// Package card draws the picture that other sites show beside a link to a page:
// the name of the site, what kind of page it is, its title and a line below.
// Words come in, a PNG of 1200 by 630 pixels goes out; nothing is fetched and
// nothing is kept.
//
//	png, err := card.Draw(card.Card{Site: "Văn khố Đối ngoại", Kind: "Hội đàm", Title: "Tô Lâm – Thongloun Sisoulith", Foot: "1/12/2025, Viêng Chăn"})
//
// The two fonts are parts of Source Serif 4 and Source Sans 3 with the letters
// of Vietnamese and western Europe, at one weight and under another name, as
// their licence (OFL.txt) asks of a changed font. A letter they lack is drawn
// without its marks, or as a question mark.
package card

import (
	"bytes"
	_ "embed"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// The size of a card in pixels, which those who show it ask for.
const (
	Width  = 1200
	Height = 630
)

// Card is what is written on one. Empty parts are left out.
type Card struct {
	Site  string
	Kind  string
	Title string // of any length: what does not fit ends in "…"
	Foot  string
}

//go:embed serif.ttf
var serifTTF []byte

//go:embed sans.ttf
var sansTTF []byte

// fonts are read when the first card is drawn.
var fonts = sync.OnceValues(func() (f struct{ serif, sans *sfnt.Font }, err error) {
	if f.serif, err = opentype.Parse(serifTTF); err != nil {
		return f, err
	}
	f.sans, err = opentype.Parse(sansTTF)
	return f, err
})

// The inks, each in so many steps from the paper to its full colour: letters
// have soft edges.
const steps = 16

type ink int

const (
	text ink = iota
	soft
	seal
)

var (
	paper = color.RGBA{0xfc, 0xfb, 0xf8, 0xff}
	inks  = [...]color.RGBA{text: {0x1c, 0x1b, 0x19, 0xff}, soft: {0x5a, 0x55, 0x4a, 0xff}, seal: {0x99, 0x29, 0x1e, 0xff}}
)

func palette() color.Palette {
	var p color.Palette
	for _, c := range inks {
		for i := range steps {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(steps-1-i) + int(b)*i) / (steps - 1)) }
			p = append(p, color.RGBA{mix(paper.R, c.R), mix(paper.G, c.G), mix(paper.B, c.B), 0xff})
		}
	}
	return p
}

// The layout, in pixels.
const margin = 72

// titleSizes are tried from the largest to the one in which the title fits:
// so many lines have room between what stands above and below.
var titleSizes = []struct {
	size  float64
	lines int
}{{68, 3}, {56, 4}, {46, 5}}

// Draw gives a card as a PNG. The same card is always the same bytes.
func Draw(c Card) ([]byte, error) {
	f, err := fonts()
	if err != nil {
		return nil, err
	}
	p := &painter{img: image.NewPaletted(image.Rect(0, 0, Width, Height), palette())}
	p.fill(image.Rect(0, 0, Width, 14), seal)
	p.mark(margin, 62)
	small, err := newFace(f.sans, 34)
	if err != nil {
		return nil, err
	}
	defer small.Close()
	brand, err := newFace(f.serif, 38)
	if err != nil {
		return nil, err
	}
	defer brand.Close()
	p.line(brand, text, margin+66, 100, fit(brand, c.Site, Width-2*margin-66))
	p.line(small, seal, margin, 208, fit(small, c.Kind, Width-2*margin))
	if err := p.title(f.serif, c.Title); err != nil {
		return nil, err
	}
	p.line(small, soft, margin, Height-58, fit(small, c.Foot, Width-2*margin))
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, p.img)
	return b.Bytes(), err
}

func newFace(f *sfnt.Font, size float64) (font.Face, error) {
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
}

type painter struct{ img *image.Paletted }

func (p *painter) fill(r image.Rectangle, in ink) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.img.SetColorIndex(x, y, uint8(int(in)*steps+steps-1))
		}
	}
}

// mark draws the site's sign, a page with three lines, 46 pixels wide.
func (p *painter) mark(x, y int) {
	const size, pen = 46, 4
	p.fill(image.Rect(x, y, x+size, y+pen), seal)
	p.fill(image.Rect(x, y+size-pen, x+size, y+size), seal)
	p.fill(image.Rect(x, y, x+pen, y+size), seal)
	p.fill(image.Rect(x+size-pen, y, x+size, y+size), seal)
	for i, w := range []int{23, 23, 14} {
		p.fill(image.Rect(x+11, y+11+10*i, x+11+w, y+11+10*i+pen), seal)
	}
}

// title writes the title in the largest size in which it has room, and in the
// smallest cuts it.
func (p *painter) title(f *sfnt.Font, title string) error {
	for i, try := range titleSizes {
		face, err := newFace(f, try.size)
		if err != nil {
			return err
		}
		lines := wrap(face, title, Width-2*margin)
		if len(lines) > try.lines {
			if i < len(titleSizes)-1 {
				face.Close()
				continue
			}
			lines = lines[:try.lines]
			lines[try.lines-1] = fit(face, lines[try.lines-1]+" …", Width-2*margin)
		}
		for n, line := range lines {
			p.line(face, text, margin, 214+int(1.24*try.size*float64(n+1)), line)
		}
		return face.Close()
	}
	return nil
}

// line writes a text on one line whose base is at y.
func (p *painter) line(face font.Face, in ink, x, y int, s string) {
	dot := fixed.P(x, y)
	before := rune(-1)
	for _, r := range s {
		r = drawable(face, r)
		if before >= 0 {
			dot.X += face.Kern(before, r)
		}
		to, mask, at, advance, ok := face.Glyph(dot, r)
		if ok {
			p.glyph(to, mask, at, in)
		}
		dot.X += advance
		before = r
	}
}

// glyph lays the shape of a letter onto the card.
func (p *painter) glyph(to image.Rectangle, mask image.Image, at image.Point, in ink) {
	shape, ok := mask.(*image.Alpha)
	if !ok {
		return
	}
	clipped := to.Intersect(p.img.Bounds())
	for y := clipped.Min.Y; y < clipped.Max.Y; y++ {
		for x := clipped.Min.X; x < clipped.Max.X; x++ {
			level := shape.AlphaAt(at.X+x-to.Min.X, at.Y+y-to.Min.Y).A / (256 / steps)
			if at := p.img.PixOffset(x, y); level > p.img.Pix[at]%steps {
				p.img.Pix[at] = uint8(int(in)*steps) + level
			}
		}
	}
}

// drawable gives the letter itself where the font has it, or else the one
// without marks, or a question mark.
func drawable(face font.Face, r rune) rune {
	if r == '\u00a0' || unicode.IsSpace(r) {
		return ' '
	}
	for _, try := range append([]rune{r}, []rune(norm.NFD.String(string(r)))...) {
		if _, ok := face.GlyphAdvance(try); ok {
			return try
		}
	}
	return '?'
}

// width gives the length of a line.
func width(face font.Face, s string) int {
	var w fixed.Int26_6
	before := rune(-1)
	for _, r := range s {
		r = drawable(face, r)
		if before >= 0 {
			w += face.Kern(before, r)
		}
		advance, _ := face.GlyphAdvance(r)
		w += advance
		before = r
	}
	return w.Ceil()
}

// maxRunes bounds what is measured of a text: no card shows as much.
const maxRunes = 400

// fit cuts a text to one line, at the end of a word where it can.
func fit(face font.Face, s string, room int) string {
	s = clip(s)
	if width(face, s) <= room {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && width(face, strings.TrimSpace(string(runes))+" …") > room {
		cut := len(runes) - 1
		for cut > 0 && runes[cut] != ' ' {
			cut--
		}
		if cut == 0 {
			cut = len(runes) - 1
		}
		runes = runes[:cut]
	}
	return strings.TrimSpace(string(runes)) + " …"
}

// wrap divides a text into lines. A word longer than a line is cut.
func wrap(face font.Face, s string, room int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(clip(s)) {
		long := strings.TrimSpace(line + " " + word)
		switch {
		case width(face, long) <= room:
			line = long
			continue
		case line != "":
			lines = append(lines, line)
		}
		line = fit(face, word, room)
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func clip(s string) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return string(runes[:min(len(runes), maxRunes)])
}
