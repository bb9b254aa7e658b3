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
	// Title, Pages and Encrypted tell of a PDF: the title it states in its metadata, "" where it states none or only the name
	// of a file; how many pages it has, 0 where encryption hides it; and whether it is encrypted, which most such files are
	// with an empty password, to forbid copying.
	Title     string `json:"title,omitempty"`
	Pages     int    `json:"pages,omitempty"`
	Encrypted bool   `json:"encrypted,omitempty"`
	// Valid says that the file can be published: known, whole, of sane size, a PDF with pages, an SVG free of script.
	Valid bool `json:"valid"`
	// Reason says why a file is not valid; empty if it is.
	Reason string `json:"reason,omitempty"`
}

// format is a format that the first bytes can tell.
type format int

const (
	noFormat format = iota
	jpegFormat
	pngFormat
	gifFormat
	webpFormat
	bmpFormat
	avifFormat
	heicFormat
	tiffFormat
	jxlFormat
	icoFormat
	svgFormat
	pdfFormat
	htmlFormat
	xmlFormat
)

// info begins the answer for a file of the format.
func (f format) info() Info {
	return [...]Info{
		noFormat:   {},
		jpegFormat: {Kind: Image, Format: "JPEG", Ext: "jpeg", MIME: "image/jpeg"},
		pngFormat:  {Kind: Image, Format: "PNG", Ext: "png", MIME: "image/png"},
		gifFormat:  {Kind: Image, Format: "GIF", Ext: "gif", MIME: "image/gif"},
		webpFormat: {Kind: Image, Format: "WebP", Ext: "webp", MIME: "image/webp"},
		bmpFormat:  {Kind: Image, Format: "BMP", Ext: "bmp", MIME: "image/bmp"},
		avifFormat: {Kind: Image, Format: "AVIF", Ext: "avif", MIME: "image/avif"},
		heicFormat: {Kind: Image, Format: "HEIC", Ext: "heic", MIME: "image/heic"},
		tiffFormat: {Kind: Image, Format: "TIFF", Ext: "tiff", MIME: "image/tiff"},
		jxlFormat:  {Kind: Image, Format: "JPEG XL", Ext: "jxl", MIME: "image/jxl"},
		icoFormat:  {Kind: Icon, Format: "ICO", Ext: "ico", MIME: "image/vnd.microsoft.icon"},
		svgFormat:  {Kind: SVG, Format: "SVG", Ext: "svg", MIME: "image/svg+xml"},
		pdfFormat:  {Kind: PDF, Format: "PDF", Ext: "pdf", MIME: "application/pdf"},
		htmlFormat: {Format: "HTML", Ext: "html", MIME: "text/html"},
		xmlFormat:  {Format: "XML", Ext: "xml", MIME: "application/xml"},
	}[f]
}
