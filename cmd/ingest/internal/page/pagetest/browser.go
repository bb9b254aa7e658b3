package pagetest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// RequireBrowser is the variable of the environment that makes the lack of a browser
// a failure.
const RequireBrowser = "INGEST_REQUIRE_BROWSER"

// Browser is a Chromium without a window.
type Browser struct{ ctx context.Context } //nolint:containedctx // chromedp keeps the browser in it

// Start starts a browser that the test ends with. Without one the test is skipped, or
// fails where RequireBrowser is 1.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find()
	if path == "" {
		if os.Getenv(RequireBrowser) == "1" {
			t.Fatalf("no chromium or chrome in PATH, and %s=1", RequireBrowser)
		}
		t.Skipf("no chromium or chrome in PATH; %s=1 makes this a failure", RequireBrowser)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(2*time.Minute))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("close the browser: %v", err)
		}
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return &Browser{ctx}
}

func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
