package main

import (
	"context"
	"database/sql"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// alterState, with the driver that the state brings along, is "sql STATEMENT": the state file is changed behind the program's back, as
// a broken disk does.
func alterState(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(".ingest/state.db"))
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	done, err := db.ExecContext(context.Background(), strings.Join(args, " "))
	ts.Check(err)
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		ts.Fatalf("%v changed nothing (%v)", args, err)
	}
}
