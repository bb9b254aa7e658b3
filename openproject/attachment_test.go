package openproject_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"ingest/openproject"
	"ingest/openproject/openprojecttest"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func TestAttachmentsAsTheTrackerSendsThem(t *testing.T) {
	got, err := from(t, canned{body: file(t, "attachments-3960.json")}).Attachments(t.Context(), 3960)
	want := []openproject.Attachment{{
		ID: 10312, FileName: "Curated_Featured_Image.jpg", Size: 184311, ContentType: "image/jpeg", Status: "uploaded",
		Digest:    openproject.Digest{Algorithm: "md5", Hash: "6f1ed002ab5595859014ebf0951522d9"},
		CreatedAt: time.Date(2020, 12, 15, 6, 43, 2, 118e6, time.UTC),
		Author:    openproject.Ref{ID: 58, Href: "/api/v3/users/58", Title: "Radhika Narayanan"},
		Href:      "/api/v3/attachments/10312/content",
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
}

// upload puts one attachment into a fresh tracker and returns its listing.
func upload(t testing.TB, o openprojecttest.Options, a openprojecttest.Attachment) (*openprojecttest.Tracker, *openproject.Client, openproject.Attachment) {
	t.Helper()
	o.APIKey = "secret"
	tracker := start(t, openprojecttest.Curation(o))
	id := tracker.Add(openprojecttest.WorkPackage{})
	tracker.AddAttachment(id, a)
	c := of(t, tracker)
	all, err := c.Attachments(t.Context(), id)
	if err != nil || len(all) != 1 {
		t.Fatalf("got %+v, %v", all, err)
	}
	return tracker, c, all[0]
}

func TestDownloads(t *testing.T) {
	picture := bytes.Repeat([]byte("picture"), 50_000)
	for name, tc := range map[string]struct {
		attachment openprojecttest.Attachment
		what       string // of the ContentError; "" for success
	}{
		"as listed":                     {openprojecttest.Attachment{Content: picture, ContentType: "image/jpeg", FileName: "../../x"}, ""},
		"empty":                         {openprojecttest.Attachment{}, ""},
		"no status, no digest, no link": {openprojecttest.Attachment{Content: picture, Status: "-", Digest: "-", NoLinks: true}, ""},
		"scanned":                       {openprojecttest.Attachment{Content: picture, Status: "scanned"}, ""},
		"digest in capitals":            {openprojecttest.Attachment{Content: []byte("a"), Digest: "0CC175B9C0F1B6A831C399E269772661"}, ""},
		"longer than listed":            {openprojecttest.Attachment{Content: picture, Size: new(int64(10))}, "size"},
		"shorter than listed":           {openprojecttest.Attachment{Content: picture, Size: new(int64(1 << 20))}, "size"},
		"of another digest":             {openprojecttest.Attachment{Content: picture, Digest: "6f1ed002ab5595859014ebf0951522d9"}, "digest"},
		"listed as too large":           {openprojecttest.Attachment{Content: picture, Size: new(int64(1 << 40))}, "limit"},
		"in quarantine":                 {openprojecttest.Attachment{Content: picture, Status: "quarantined"}, "status"},
		"still being scanned":           {openprojecttest.Attachment{Content: picture, Status: "rescan"}, "status"},
		"still being uploaded":          {openprojecttest.Attachment{Content: picture, Status: "prepared"}, "status"},
	} {
		for _, remote := range []bool{false, true} {
			t.Run(name+", remote "+strconv.FormatBool(remote), func(t *testing.T) {
				_, c, a := upload(t, openprojecttest.Options{RemoteStorage: remote}, tc.attachment)
				var got bytes.Buffer
				n, err := c.Download(t.Context(), a, &got)
				var wrong *openproject.ContentError
				switch {
				case tc.what == "" && (err != nil || !bytes.Equal(got.Bytes(), tc.attachment.Content) || n != int64(got.Len())):
					t.Errorf("%d of %d bytes, %v", got.Len(), len(tc.attachment.Content), err)
				case tc.what != "" && (!errors.As(err, &wrong) || wrong.What != tc.what || wrong.Hint() == ""):
					t.Errorf("got %v, want a ContentError about the %s", err, tc.what)
				}
			})
		}
	}
}

func TestDownloadStopsAtTheLimit(t *testing.T) {
	tracker, _, a := upload(t, openprojecttest.Options{}, openprojecttest.Attachment{Content: make([]byte, 1<<20), Digest: "-"})
	a.Size = -1 // the listing does not tell
	for limit, fine := range map[int64]bool{1 << 20: true, 1<<20 - 1: false, 1: false} {
		c := client(t, openproject.Options{BaseURL: tracker.URL(), APIKey: "secret", MaxDownload: limit})
		var got bytes.Buffer
		n, err := c.Download(t.Context(), a, &got)
		var wrong *openproject.ContentError
		if fine != (err == nil) || !fine && (!errors.As(err, &wrong) || wrong.What != "limit") || n > limit+1 || int64(got.Len()) != n {
			t.Errorf("limit %d: %d bytes, error %v", limit, n, err)
		}
	}
}

func TestDownloadKeepsCredentialsFromTheStorage(t *testing.T) {
	for _, o := range []openproject.Options{{APIKey: "secret"}, {Token: "secret"}} {
		tracker, _, a := upload(t, openprojecttest.Options{RemoteStorage: true}, openprojecttest.Attachment{Content: []byte("bytes")})
		o.BaseURL = tracker.URL() // the storage is another port of the same address
		var got strings.Builder
		if _, err := client(t, o).Download(t.Context(), a, &got); err != nil || got.String() != "bytes" {
			t.Errorf("got %q, %v", got.String(), err)
		}
		last := tracker.Requests()[len(tracker.Requests())-1]
		if !last.Storage || last.Header.Get("Authorization") != "" || last.Header.Get("Cookie") != "" {
			t.Errorf("the storage was asked with %v", last.Header)
		}
	}
}

func TestDownloadThatComesBackHomeIsBare(t *testing.T) {
	tracker, c, a := upload(t, openprojecttest.Options{RemoteStorage: true}, openprojecttest.Attachment{})
	home := tracker.URL() + "/api/v3/users/me"
	tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
		if strings.HasPrefix(r.URL.Path, "/attachment/") {
			return &openprojecttest.Fault{Status: http.StatusFound, Header: http.Header{"Location": {home}}}
		}
		return nil
	})
	_, err := c.Download(t.Context(), a, io.Discard)
	var refused *openproject.APIError
	if !errors.As(err, &refused) || refused.Status != http.StatusUnauthorized {
		t.Errorf("got %v, want 401", err)
	}
}

func TestDownloadErrorsHideTheSignature(t *testing.T) {
	for name, fault := range map[string]openprojecttest.Fault{
		"refused": {Status: http.StatusForbidden, Body: "<Error>X-Amz-Signature</Error>"},
		"dropped": {Drop: true},
		"cut":     {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			tracker, c, a := upload(t, openprojecttest.Options{RemoteStorage: true}, openprojecttest.Attachment{Content: []byte("bytes")})
			tracker.SetFault(func(r *http.Request) *openprojecttest.Fault {
				if strings.HasPrefix(r.URL.Path, "/attachment/") {
					return &fault
				}
				return nil
			})
			_, err := c.Download(t.Context(), a, io.Discard)
			if err == nil || strings.Contains(err.Error(), "Signature") {
				t.Errorf("got %v", err)
			}
			var refused *openproject.APIError
			if errors.As(err, &refused) && !strings.Contains(refused.Hint(), "storage") {
				t.Errorf("hint %q", refused.Hint())
			}
		})
	}
}
