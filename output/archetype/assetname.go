package archetype

// Role is what an asset is to its document.
type Role string

// The roles of the assets that expressions know as image, pdf and icon.
const (
	ImageRole Role = "featuredImage"
	PDFRole   Role = "featuredPdf"
	IconRole  Role = "favIconImage"
)

// Roles lists them. The attachments that a text refers to have others.
func Roles() []Role { return []Role{ImageRole, PDFRole, IconRole} }

// AssetName returns the file name of an asset: in the folder that all
// documents share it begins with the document's name, in a bundle it needs no
// more than what it is. featured.<ext> is the name under which Hugo's own
// templates look for the image of a bundle. ext has no dot.
func (d Document) AssetName(name string, role Role, ext string) string {
	if !d.Bundle {
		return name + "-" + string(role) + "." + ext
	}
	short := map[Role]string{ImageRole: "featured", PDFRole: "document", IconRole: "icon"}
	if s, ok := short[role]; ok {
		return s + "." + ext
	}
	return string(role) + "." + ext
}

// AssetAddress returns the address under which a document's text reaches an
// asset: beside it where it lies there, else in the folder that the site serves
// under s.AssetsPath. Not every generator publishes all that lies beside a document;
// where one does not, that is the site's to do (docs/archetypes.md).
func (d Document) AssetAddress(s Site, assetName string) string {
	if d.Bundle || d.Beside {
		return "./" + assetName
	}
	return s.AssetsPath + assetName
}
