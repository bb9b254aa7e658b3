package page

import (
	"path"
	"strconv"
	"strings"
)

// longName is the number of words from which a file's name describes what is seen: "truck-loading-at-the-store" is no
// placeholder though "loading" may be one.
const longName = 4

// placeholderName tells by a file's name that it is a picture of nothing.
func placeholderName(address string) string {
	file := fileName(address)
	for _, none := range [...]string{"placeholder", "no-image", "no_image", "noimage", "no-photo", "nophoto", "no-picture", "nopicture", "image-not-available"} {
		if strings.Contains(file, none) {
			return "placeholder"
		}
	}
	all := words(file)
	for _, w := range all {
		switch w {
		case "pixel", "1x1":
			if len(all) <= longName {
				return "tracking pixel"
			}
		case "spacer", "transparent", "blank", "loading", "loader", "spinner":
			if len(all) <= longName {
				return "placeholder"
			}
		}
	}
	return ""
}

// logoName tells by a file's name what stands for the site or a person, not for the page.
func logoName(address string) string {
	all := words(fileName(address))
	for _, w := range all {
		switch w {
		case "logo", "logos", "wordmark", "favicon", "sprite", "gravatar":
			return "logo"
		case "icon", "icons", "avatar", "badge":
			if len(all) <= longName+1 {
				return w
			}
		}
		if n := len(w) - len("logo"); n > 0 && w[n:] == "logo" && strings.IndexByte("aeiou", w[n-1]) < 0 {
			return "logo" // "sitelogo" is missed so that "catalogo" and "prologo" are not taken
		}
	}
	return ""
}

// decorName tells by a file's name, and the folders it lies in, what in a page's content only decorates.
func decorName(address string) string {
	all := words(fileName(address))
	for _, w := range all {
		if len(all) > longName {
			break
		}
		switch w {
		case "arrow", "bullet", "smiley", "emoji", "flag", "flags", "button", "btn", "banner", "advert", "captcha", "rating", "star", "stars", "buddy",
			"offline", "online", "background", "divider", "separator", "close", "search", "cart", "rss", "feed":
			return "decoration"
		case "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "instagram", "youtube":
			return "network's sign"
		}
		if strings.HasSuffix(w, "banner") || strings.HasSuffix(w, "icon") {
			return "decoration"
		}
	}
	folders, _ := path.Split(withoutQuery(address))
	for folder := range strings.SplitSeq(strings.ToLower(folders), "/") {
		switch folder {
		case "icons", "icon", "logos", "logo", "smilies", "smileys", "emoji", "emojis", "avatars", "avatar", "flags", "badges", "buttons", "banners", "ads", "sprites":
			return "decoration"
		}
	}
	return ""
}

// sizeInName reads a size from a file's name: "tide-1024x683.jpg".
func sizeInName(address string) (width, height int) {
	file := fileName(address)
	for i := 1; i+1 < len(file); i++ {
		if file[i] != 'x' || !isDigit(file[i-1]) || !isDigit(file[i+1]) {
			continue
		}
		from, to := i, i+1
		for from > 0 && isDigit(file[from-1]) {
			from--
		}
		for to < len(file) && isDigit(file[to]) {
			to++
		}
		w, errW := strconv.Atoi(file[from:i])
		h, errH := strconv.Atoi(file[i+1 : to])
		if errW == nil && errH == nil && w < 10_000 && h < 10_000 {
			return w, h
		}
	}
	return 0, 0
}

func fileName(address string) string { return strings.ToLower(path.Base(withoutQuery(address))) }

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}
