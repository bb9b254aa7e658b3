package pipeline

import (
	"context"
	"log/slog"
	"time"
)

// log writes a line per item and one per warning.
func (p *Pipeline) log(ctx context.Context, item ItemReport) {
	if p.Logger == nil {
		return
	}
	logger := p.Logger.With("wp_id", item.ID)
	for _, w := range item.Warnings {
		logger.LogAttrs(ctx, slog.LevelWarn, "warning", filledAttrs("step", w.Step, "text", w.Text, "hint", w.Hint)...)
	}
	level := slog.LevelInfo
	switch item.Outcome {
	case Unchanged:
		level = slog.LevelDebug
	case Failed:
		level = slog.LevelError
	}
	attrs := []slog.Attr{slog.String("outcome", string(item.Outcome)), slog.Int("files", len(item.Files)), slog.Duration("duration", time.Duration(item.Duration))}
	attrs = append(attrs, filledAttrs("error", item.Error, "hint", item.Hint)...)
	logger.LogAttrs(ctx, level, "work package done", attrs...)
}

// filledAttrs makes attributes of names and texts, leaving out empty texts.
func filledAttrs(namesAndTexts ...string) []slog.Attr {
	var attrs []slog.Attr
	for i := 0; i+1 < len(namesAndTexts); i += 2 {
		if namesAndTexts[i+1] != "" {
			attrs = append(attrs, slog.String(namesAndTexts[i], namesAndTexts[i+1]))
		}
	}
	return attrs
}
