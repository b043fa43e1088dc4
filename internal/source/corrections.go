package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"vankho/internal/archive"
	"vankho/internal/vitext"
)

// Correction is one entry of a file of corrections, with its place in it.
type Correction struct {
	archive.Correction

	// ReadsNow is what the reader reads by the rules of today, where that is
	// not what the correction began with: written by an export, so that an
	// archive can be made again from sources and corrections. Empty otherwise.
	ReadsNow json.RawMessage

	File string // as the user named it
	Line int    // from 1
}

// The keys of an entry: those a person writes, all required, and those that an
// export adds.
var (
	writtenKeys = []string{"record", "field", "old", "new", "reason", "author", "date"}
	addedKeys   = []string{"at", "read_then", "reads_now"}
)

// OpenCorrections reads a file of corrections: see [Corrections].
func OpenCorrections(name string) ([]Correction, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, failed(name, "cannot open", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err != nil {
		return nil, failed(name, "cannot read", err)
	}
	return Corrections(File{Path: name, Data: data})
}

// Corrections reads a list of corrections in YAML, or in JSON, which is YAML
// too:
//
//   - record: /m/whv2tv83q4r
//     field: place.city
//     old: Hà Nội
//     new: Huế
//     reason: Tòa soạn đính chính ngày 6/2/2026
//     author: Nguyễn Văn A
//     date: 2026-02-07
//
// Every entry is normalised. The error joins an [*Error] for each entry that
// cannot be used, in order; without a list there is only one.
func Corrections(f File) ([]Correction, error) {
	text, err := decode(f)
	if err != nil {
		return nil, err
	}
	refuse := func(line int, what, why string) error { return &Error{f.Path, line, -1, what, why} }
	dec := yaml.NewDecoder(strings.NewReader(text))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err == io.EOF {
		return nil, nil // nothing but comments
	} else if err != nil {
		line, why := yamlError(err)
		return nil, refuse(line, "not YAML", why)
	}
	if err := dec.Decode(&more); err != io.EOF {
		return nil, refuse(more.Line, "not a list of corrections", "a second document follows")
	}
	list := doc.Content[0]
	if list.Kind != yaml.SequenceNode {
		return nil, refuse(list.Line, "not a list of corrections", "want one entry after the other, each beginning with a dash")
	}
	var corrections []Correction
	var errs []error
	for _, node := range list.Content {
		c, err := correction(f.Path, node)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		corrections = append(corrections, *c)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return corrections, nil
}

// correction reads one entry.
func correction(file string, node *yaml.Node) (*Correction, error) {
	refuse := func(line int, what, why string) error { return &Error{file, line, -1, what, why} }
	if node.Kind != yaml.MappingNode {
		return nil, refuse(node.Line, "not a correction", "want "+strings.Join(writtenKeys, ", "))
	}
	values, lines := map[string]json.RawMessage{}, map[string]int{}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if !slices.Contains(writtenKeys, key.Value) && !slices.Contains(addedKeys, key.Value) {
			return nil, refuse(key.Line, "unknown key "+strconv.Quote(key.Value), "there are "+strings.Join(writtenKeys, ", "))
		}
		if values[key.Value] != nil {
			return nil, refuse(key.Line, key.Value, "given twice")
		}
		var b bytes.Buffer
		if err := writeJSON(&b, value, 0); err != nil {
			return nil, refuse(value.Line, key.Value, err.Error())
		}
		values[key.Value], lines[key.Value] = b.Bytes(), value.Line
	}
	for _, key := range writtenKeys {
		if values[key] == nil {
			return nil, refuse(node.Line, key, "missing")
		}
	}
	c := &Correction{File: file, Line: node.Line, ReadsNow: values["reads_now"]}
	c.Old, c.New, c.ReadThen = values["old"], values["new"], values["read_then"]
	for key, to := range map[string]any{"record": &c.Record, "field": &c.Field, "reason": &c.Reason, "author": &c.Author, "at": &c.At} {
		if raw := values[key]; raw != nil && json.Unmarshal(raw, to) != nil {
			return nil, refuse(lines[key], key, string(raw)+" is not what belongs here")
		}
	}
	var day string
	if json.Unmarshal(values["date"], &day) != nil {
		return nil, refuse(lines["date"], "date", "want a day, YYYY-MM-DD")
	}
	c.Date = archive.Date(day)
	if err := c.Normalise(); err != nil {
		what, why, _ := strings.Cut(err.Error(), ": ")
		return nil, refuse(lines[what], what, why)
	}
	return c, nil
}

// jsonNumber is a number that YAML and JSON write alike.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// writeJSON writes a value as JSON: texts in NFC, and whatever YAML takes for
// a date as the text that it is.
func writeJSON(b *bytes.Buffer, n *yaml.Node, depth int) error {
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		return errors.New("anchors and aliases are not read")
	}
	if depth > 2 {
		return errors.New("nested too deeply")
	}
	switch n.Kind {
	case yaml.SequenceNode:
		b.WriteByte('[')
		for i, one := range n.Content {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeJSON(b, one, depth+1); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case yaml.MappingNode:
		b.WriteByte('{')
		for i, one := range n.Content {
			if i > 0 {
				b.WriteByte(",:"[i%2])
			}
			if i%2 == 0 && one.Tag != "!!str" {
				return errors.New("want names for keys")
			}
			if err := writeJSON(b, one, depth+1); err != nil {
				return err
			}
		}
		b.WriteByte('}')
		return nil
	}
	switch {
	case n.Tag == "!!null":
		b.WriteString("null")
	case n.Tag == "!!bool":
		b.WriteString(strings.ToLower(n.Value))
	case (n.Tag == "!!int" || n.Tag == "!!float") && jsonNumber.MatchString(n.Value):
		b.WriteString(n.Value)
	case slices.Contains([]string{"!!str", "!!int", "!!float", "!!timestamp"}, n.Tag):
		s, err := archive.Encode(vitext.NFC(n.Value))
		if err != nil {
			return err
		}
		b.Write(s)
	default:
		return fmt.Errorf("the tag %s is not read", n.Tag)
	}
	return nil
}

// yamlError takes the line out of an error of the YAML reader, which counts
// from 0 where the grammar is broken, from 1 where a token is, and leaves a 0 out.
func yamlError(err error) (line int, why string) {
	why = strings.TrimPrefix(err.Error(), "yaml: ")
	if _, err := fmt.Sscanf(why, "line %d:", &line); err == nil {
		_, why, _ = strings.Cut(why, ": ")
	}
	if strings.HasPrefix(why, "did not find expected") {
		line++
	}
	return max(line, 1), why
}

// WriteCorrection writes an entry as [Corrections] reads it; after a list of
// them the file is one. A file without an entry says so by "[]".
func WriteCorrection(w io.Writer, c *Correction) error {
	var b bytes.Buffer
	for i, v := range []struct {
		key   string
		value any
	}{{"record", c.Record}, {"field", c.Field}, {"old", c.Old}, {"new", c.New}, {"reason", c.Reason}, {"author", c.Author}, {"date", string(c.Date)}} {
		b.WriteString([]string{"- ", "  "}[min(i, 1)])
		if err := writeKey(&b, v.key, v.value); err != nil {
			return err
		}
	}
	if c.At != nil {
		fmt.Fprintf(&b, "  at: {paragraph: %d, start: %d, end: %d, rank: %d, quote: %s}\n", c.At.Paragraph, c.At.Start, c.At.End, c.At.Rank, quoteYAML(c.At.Quote))
	}
	for _, v := range []struct {
		key   string
		value json.RawMessage
	}{{"read_then", c.ReadThen}, {"reads_now", c.ReadsNow}} {
		if len(v.value) > 0 {
			b.WriteString("  ")
			if err := writeKey(&b, v.key, v.value); err != nil {
				return err
			}
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// writeKey writes a key with a text or with what a piece of JSON holds.
func writeKey(b *bytes.Buffer, key string, value any) error {
	if raw, ok := value.(json.RawMessage); ok {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	b.WriteString(key + ": ")
	writeYAML(b, value)
	b.WriteByte('\n')
	return nil
}

func writeYAML(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case nil:
		b.WriteString("null")
	case string:
		b.WriteString(quoteYAML(v))
	case []any:
		b.WriteByte('[')
		for i, one := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeYAML(b, one)
		}
		b.WriteByte(']')
	default: // a number, true or false
		fmt.Fprint(b, v)
	}
}

// quoteYAML writes a text in double quotes on one line, whatever is in it.
func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsGraphic(r) && r != 0x2028 && r != 0x2029:
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
