package site

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"vankho/web"
)

func TestErrorPage(t *testing.T) {
	s, err := New(Config{Web: web.Files})
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/nowhere", nil))
	if rec.Code != http.StatusNotFound {
		t.Errorf("GET /nowhere: got %d\n%s", rec.Code, rec.Body)
	}
}
