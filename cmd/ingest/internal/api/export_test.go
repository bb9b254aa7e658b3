package api

// Endpoints are the methods of each path.
func Endpoints() map[string][]string {
	all := map[string][]string{}
	for path, e := range new(api).endpoints() {
		for method := range e {
			all[path] = append(all[path], method)
		}
	}
	return all
}

// Document is openapi.json as it lies in the program.
func Document() []byte { return document }
