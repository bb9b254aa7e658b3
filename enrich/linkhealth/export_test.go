package linkhealth

// ReadAnswer is for the fuzz test.
func ReadAnswer(body []byte) (Copy, error) { return readAnswer(body) }
