package archetype

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"ingest/output/frontmatter"
)

const (
	// maxDepth bounds the nesting of archetypes and of values: far more than
	// any front matter has, far less than a stack.
	maxDepth = 64
	// maxValues bounds the values of one front matter.
	maxValues = 100_000
)

// converter turns what expressions return into front matter, counting the
// values of one document.
type converter struct{ left int }

func newConverter() *converter { return &converter{left: maxValues} }

// value converts one result. Mappings come out with their keys sorted, since
// the engine's own have no order.
func (c *converter) value(v any, depth int) (any, error) {
	if c.left--; c.left < 0 {
		return nil, fmt.Errorf("more than %d values", maxValues)
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	switch v := v.(type) {
	case nil, bool, string, int64, float64:
		return v, nil
	case int:
		return int64(v), nil
	case time.Time, *time.Time:
		return nil, errors.New(`a time has no form of its own: write it with date(…, "2006-01-02")`)
	case []byte:
		return nil, errors.New("front matter cannot hold bytes")
	case frontmatter.Map:
		return c.orderedMap(v, depth)
	}
	return c.reflected(reflect.ValueOf(v), depth)
}

func (c *converter) reflected(v reflect.Value, depth int) (any, error) {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.String:
		return v.String(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if _, isDuration := v.Interface().(time.Duration); !isDuration {
			return v.Int(), nil
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() <= math.MaxInt64 {
			return int64(v.Uint()), nil
		}
	case reflect.Float32, reflect.Float64:
		return v.Float(), nil
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return c.value(v.Elem().Interface(), depth+1)
	case reflect.Slice, reflect.Array:
		return c.list(v, depth)
	case reflect.Map:
		return c.sortedMap(v, depth)
	case reflect.Struct:
		return c.object(v, depth)
	}
	return nil, fmt.Errorf("front matter cannot hold %s", show(v.Interface()))
}

func (c *converter) list(v reflect.Value, depth int) (any, error) {
	list := make(frontmatter.List, 0, min(v.Len(), maxValues))
	for i := range v.Len() {
		e, err := c.value(v.Index(i).Interface(), depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func (c *converter) orderedMap(m frontmatter.Map, depth int) (any, error) {
	out := make(frontmatter.Map, 0, len(m))
	for _, e := range m {
		v, err := c.value(e.Value, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, frontmatter.Entry{Key: e.Key, Value: v})
	}
	return out, nil
}

func (c *converter) sortedMap(v reflect.Value, depth int) (any, error) {
	m := make(frontmatter.Map, 0, v.Len())
	for _, k := range v.MapKeys() {
		key, ok := k.Interface().(string)
		if !ok {
			return nil, errors.New("front matter cannot hold a mapping whose keys are not texts")
		}
		m = append(m, frontmatter.Entry{Key: key, Value: v.MapIndex(k).Interface()})
	}
	return c.sorted(m, depth)
}

// object writes one of the environment's objects by the names it has there.
func (c *converter) object(v reflect.Value, depth int) (any, error) {
	var m frontmatter.Map
	for i := range v.NumField() {
		name := tag(v.Type().Field(i))
		if name == "" {
			return nil, fmt.Errorf("front matter cannot hold %s", show(v.Interface()))
		}
		m = append(m, frontmatter.Entry{Key: name, Value: v.Field(i).Interface()})
	}
	return c.sorted(m, depth)
}

func (c *converter) sorted(m frontmatter.Map, depth int) (any, error) {
	slices.SortFunc(m, func(a, b frontmatter.Entry) int { return strings.Compare(a.Key, b.Key) })
	return c.orderedMap(m, depth)
}

// show names a value in a message.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("the text %.40q", v)
	case bool, int, int64, float64:
		return fmt.Sprint(v)
	case time.Time, *time.Time:
		return "a time"
	}
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "a mapping"
	case reflect.Pointer:
		if rv.IsNil() {
			return "null"
		}
		return show(rv.Elem().Interface())
	case reflect.Func:
		return "a function that was not called"
	}
	return fmt.Sprintf("a %T", v)
}
