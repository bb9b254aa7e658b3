package webhook_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// TestVerifyTakesTheSameTime reads the source, since a clock would prove nothing: in
// the loop over the secrets nothing ends early but for an empty secret, and sums are
// compared by crypto/subtle alone.
func TestVerifyTakesTheSameTime(t *testing.T) {
	source, err := parser.ParseFile(token.NewFileSet(), "verify.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var loops, compared int
	ast.Inspect(source, func(n ast.Node) bool {
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			return true
		}
		loops++
		ast.Inspect(loop.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ReturnStmt:
				t.Error("a return in the loop")
			case *ast.BranchStmt:
				if n.Tok != token.CONTINUE {
					t.Errorf("%s in the loop", n.Tok)
				}
			case *ast.BinaryExpr:
				if empty, ok := n.Y.(*ast.BasicLit); !ok || empty.Value != `""` {
					t.Errorf("%s in the loop", n.Op)
				}
			case *ast.SelectorExpr:
				switch n.Sel.Name {
				case "ConstantTimeCompare":
					compared++
				case "Equal", "Compare", "EqualFold", "HasPrefix", "DeepEqual":
					t.Errorf("%s in the loop", n.Sel.Name)
				}
			}
			return true
		})
		return true
	})
	if loops != 1 || compared != 1 {
		t.Errorf("%d loops with %d comparisons", loops, compared)
	}
}
