// Package sites builds real sites from what the built-in archetypes make: its
// test writes documents with hostile titles and texts into the fixture sites of
// output/testdata/sites, runs the generator that each is for, and reads the
// pages that come out.
//
// output/testdata/sites/install.sh installs the generators. A generator that is
// missing is skipped, with a message; with INGEST_REQUIRE_GENERATORS=1 in the
// environment it fails the test.
package sites
