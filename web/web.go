// Package web carries the site's templates, texts and static files in the
// binary. Nothing else is in Go here:
//
//	templates/base.tmpl, templates/partials/*.tmpl, templates/pages/*.tmpl
//	content/{vi,en}/*.md about, method, how to cite, search help
//	content/quality.json how well texts are read; the test of package extract that scores them writes it
//	catalogue/{vi,en}*.json every word the pages show
//	static/              style sheet, script, icon, fonts
package web

import "embed"

// Files holds the four folders. embed skips names that begin with "_" or ".".
//
//go:embed templates content static catalogue
var Files embed.FS
