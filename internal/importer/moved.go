package importer

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// retiredMark stands before the reason in a line that retires a path.
const retiredMark = "retired:"

// ParseMoved reads a list of published paths that answer otherwise from now
// on, for Config.Redirect and Config.Retire: a line for each, the path and
// behind it the path that answers in its stead, or "retired:" and the reason.
//
//	# r008.txt: two names that one sentence had run together
//	/p/tap-can-binh-ly-cuong /p/tap-can-binh
//	/m/9wbk3hmrk2f retired: a wish, read as a meeting
//
// Lines that are empty or begin with "#" say nothing. Lines that an earlier
// import has followed may stay. An error names the line.
func ParseMoved(r io.Reader) (redirect, retire map[string]string, err error) {
	redirect, retire = map[string]string{}, map[string]string{}
	seen := map[string]int{}
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
		if first, ok := seen[path]; ok {
			return nil, nil, fmt.Errorf("line %d: %s is in line %d already", n, path, first)
		}
		seen[path] = n
		reason, retired := strings.CutPrefix(rest, retiredMark)
		reason = strings.TrimSpace(reason)
		switch {
		case retired && reason != "":
			retire[path] = reason
		case !retired && strings.HasPrefix(path, "/") && strings.HasPrefix(rest, "/") && !strings.ContainsAny(rest, " \t"):
			redirect[path] = rest
		default:
			return nil, nil, fmt.Errorf("line %d: %q: want a published path and a new one, or a path and %q with the reason", n, line, retiredMark)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, err
	}
	return redirect, retire, nil
}
