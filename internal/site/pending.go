// Handlers not written yet. Whoever writes one deletes its line here; the file
// goes with the last of them.

package site

import (
	"net/http"

	"vankho/internal/store"
)
