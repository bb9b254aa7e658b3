package verify

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"ingest/enrich/asset"
	"ingest/output"
	"ingest/output/frontmatter"
	"ingest/pipeline"
)

// assets looks at every asset that a document names.
func (r *run) assets(page output.Page, matter frontmatter.Map, text string, found *result) {
	again := fmt.Sprintf("ingest --wp %d fetches it again", page.ID)
	for _, name := range r.named(page, matter, text) {
		found.assets++
		f := Finding{File: r.Survey.File(page), Kind: Missing, Hint: again + ", or take its name out of the document"}
		file, err := r.Tree.OpenAsset(page.Path, name)
		if at, ok := errors.AsType[*output.FileError](err); ok && errors.Is(err, fs.ErrNotExist) {
			found.missing++
			f.Text = "names the asset " + name + ", and there is no " + at.File
			found.findings = append(found.findings, f)
			continue
		}
		if err == nil {
			f.File = file.Name()
			f.Text, err = fault(file)
			f.Kind, f.Hint = Broken, "remove it; "+again
		}
		if err != nil {
			f.Kind, f.Text, f.Hint = Unreadable, fmt.Sprintf("the asset %s: %v", name, err), pipeline.HintOf(err)
		}
		if f.Text != "" {
			found.findings = append(found.findings, f)
		}
	}
}

// fault says what is wrong with an asset, "" if nothing, and closes it.
func fault(file *os.File) (text string, err error) {
	defer func() {
		if e := file.Close(); err == nil {
			err = e
		}
	}()
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return "the file is empty", err
	}
	format := formatOf(strings.ToLower(strings.TrimPrefix(path.Ext(file.Name()), ".")))
	if format == "" {
		return "", nil
	}
	is, err := asset.Inspect(file, info.Size())
	switch {
	case err != nil:
		return "", err
	case is.Format != "" && is.Format != format:
		return "its name says " + format + ", it is " + is.Format, nil
	case is.Format == format && !decodable(format):
		return "", nil
	}
	return is.Reason, nil
}

// formatOf names the format of files with an extension, "" where package asset
// does not know any.
func formatOf(ext string) string {
	switch ext {
	case "jpg", "jpeg":
		return "JPEG"
	case "png", "gif", "ico", "svg", "pdf", "avif", "bmp", "heic":
		return strings.ToUpper(ext)
	case "webp":
		return "WebP"
	case "tif", "tiff":
		return "TIFF"
	case "jxl":
		return "JPEG XL"
	}
	return ""
}

// decodable tells the formats that package asset walks to their end. Of the
// others it knows the beginning.
func decodable(format string) bool {
	switch format {
	case "AVIF", "BMP", "HEIC", "TIFF", "JPEG XL":
		return false
	}
	return true
}
