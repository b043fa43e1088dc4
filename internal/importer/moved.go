package importer

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// retiredMark stands before the reason in a line that retires a path.
const retiredMark = "retired:"

// Moved is what such a list says, for the fields of Config: of each path where
// it goes or why it went, and at which "file:line" that stands.
type Moved struct {
	Redirect, Retire, At map[string]string
}

// ParseMoved reads a list of published paths that answer otherwise from now
// on, for Config.Redirect and Config.Retire: a line for each, the path and
// behind it the path that answers in its stead, or "retired:" and the reason.
//
//	# r008.txt: two names that one sentence had run together
//	/p/tap-can-binh-ly-cuong /p/tap-can-binh
//	/m/9wbk3hmrk2f retired: a wish, read as a meeting
//
// Lines that are empty or begin with "#" say nothing. Lines that an earlier
// import has followed may stay. The name is the file's; an error begins with it
// and the line.
func ParseMoved(name string, r io.Reader) (*Moved, error) {
	m := &Moved{Redirect: map[string]string{}, Retire: map[string]string{}, At: map[string]string{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		path, rest := line, ""
		if i := strings.IndexAny(line, " \t"); i > 0 {
			path, rest = line[:i], strings.TrimSpace(line[i:])
		}
		at := fmt.Sprintf("%s:%d", name, n)
		if first, ok := m.At[path]; ok {
			return nil, fmt.Errorf("%s: %s is at %s already", at, path, first)
		}
		m.At[path] = at
		reason, retired := strings.CutPrefix(rest, retiredMark)
		reason = strings.TrimSpace(reason)
		switch {
		case retired && reason != "":
			m.Retire[path] = reason
		case !retired && strings.HasPrefix(path, "/") && strings.HasPrefix(rest, "/") && !strings.ContainsAny(rest, " \t"):
			m.Redirect[path] = rest
		default:
			return nil, fmt.Errorf("%s: %q: want a published path and a new one, or a path and %q with the reason", at, line, retiredMark)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}
