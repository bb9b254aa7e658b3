package asset

// Kind is what a file is good for.
type Kind string

// The kinds of files. A file that is none of the others is Unknown, whatever it is.
const (
	Unknown Kind = ""
	Image   Kind = "image" // a raster image
	Icon    Kind = "icon"  // an ICO file; other images may serve as icons too
	SVG     Kind = "svg"
	PDF     Kind = "pdf"
)

// Info is what a file's bytes tell. The zero value is an unknown file that is not valid.
type Info struct {
	Kind Kind `json:"kind"`
	// Format is the format's name as documents print it: "JPEG", "PNG", "GIF", "WebP", "ICO", "SVG", "PDF", "AVIF", "BMP";
	// "HTML" and "XML" for pages in place of files; "" where the bytes are of no known format.
	Format string `json:"format"`
	// Ext is the file name's extension without its dot: "jpeg" for JPEG.
	Ext string `json:"ext"`
	// MIME is the registered media type.
	MIME string `json:"mime"`
	// Width and Height are in pixels as the image is shown: a JPEG that its EXIF orientation turns by a quarter has them
	// swapped against how it is stored, as browsers do (CSS Images 3, image-orientation). An SVG has the size of its
	// attributes or else of its view box, and may have none; of an ICO it is the largest picture in it.
	Width  int `json:"width,omitempty"`
	Height int `json:"height,omitempty"`
	// Orientation is the EXIF orientation of a JPEG, 1 to 8; 0 where it has none.
	Orientation int `json:"orientation,omitempty"`
	// Valid says that the file can be published: known, whole, of sane size, and, for SVG, free of script.
	Valid bool `json:"valid"`
	// Reason says why a file is not valid; empty if it is.
	Reason string `json:"reason,omitempty"`
}

// format is one entry of the table of formats.
type format struct {
	kind      Kind
	name, ext string
	mime      string
}

// info begins the answer for a file of the format.
func (f format) info() Info { return Info{Kind: f.kind, Format: f.name, Ext: f.ext, MIME: f.mime} }

var ( //nolint:gochecknoglobals // read-only tables
	jpegFormat = format{Image, "JPEG", "jpeg", "image/jpeg"}
	pngFormat  = format{Image, "PNG", "png", "image/png"}
	gifFormat  = format{Image, "GIF", "gif", "image/gif"}
	webpFormat = format{Image, "WebP", "webp", "image/webp"}
	bmpFormat  = format{Image, "BMP", "bmp", "image/bmp"}
	avifFormat = format{Image, "AVIF", "avif", "image/avif"}
	heicFormat = format{Image, "HEIC", "heic", "image/heic"}
	tiffFormat = format{Image, "TIFF", "tiff", "image/tiff"}
	jxlFormat  = format{Image, "JPEG XL", "jxl", "image/jxl"}
	icoFormat  = format{Icon, "ICO", "ico", "image/vnd.microsoft.icon"}
	svgFormat  = format{SVG, "SVG", "svg", "image/svg+xml"}
	pdfFormat  = format{PDF, "PDF", "pdf", "application/pdf"}
	htmlFormat = format{Unknown, "HTML", "html", "text/html"}
	xmlFormat  = format{Unknown, "XML", "xml", "application/xml"}
)
