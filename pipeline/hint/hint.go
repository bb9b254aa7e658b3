package hint

import "fmt"

// Trigger says where a hint came from.
type Trigger string

// The triggers.
const (
	Webhook  Trigger = "webhook"  // the tracker said that something changed
	Comment  Trigger = "comment"  // a person asked in a comment of the work package
	Page     Trigger = "page"     // a person asked on the editors' page
	API      Trigger = "api"      // a program asked
	Schedule Trigger = "schedule" // the clock
	Start    Trigger = "start"    // the service began
)

// Hint says that a work package may have changed.
type Hint struct {
	ID      int64
	Trigger Trigger
	// Urgent goes ahead of everything that is not, and does not ripen: a person
	// waits for it.
	Urgent bool
}

// FullError says that the queue holds as many work packages as it may. Nothing
// is lost for good: the next full listing finds what the hint was about.
type FullError struct{ Limit int }

func (e *FullError) Error() string {
	return fmt.Sprintf("the queue of hints is full: %d work packages are waiting", e.Limit)
}

// Hint says what to do.
func (e *FullError) Hint() string {
	return "the next scheduled run looks at everything that changed; if this happens often, see why runs take so long"
}
