package metrics

import "github.com/prometheus/client_golang/prometheus"

// Gatherer gives the metrics to a test.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }
