package urlclean

import "strings"

// valueTests are the tests a row names behind "~": some words are trackers
// only when they hold a certain kind of value.
func valueTests() map[string]func(value string) bool {
	return map[string]func(string) bool{
		"akid":    isActionKit,
		"contact": isContact,
		"digit":   func(v string) bool { return len(v) == 1 && isNumber(v) },
		"digits":  isNumber,
		"feed":    isFeedWord,
		"google":  isGoogleReferrer,
		"guid":    isGUID,
		"host":    isHostName,
		"letter":  func(v string) bool { return len(v) == 1 && 'a' <= v[0] && v[0] <= 'z' },
		"medium":  isMediumSource,
		"opaque":  isOpaque,
		"rakuten": isRakutenSite,
		"spm":     isPosition,
		"token":   isToken,
		"usp":     isShareMark,
		"words":   hasWords,
		"wechat":  func(v string) bool { return v == "groupmessage" || v == "singlemessage" || v == "timeline" },
	}
}

// isHostName tells the "ref=news.example.com" of newsletters from a version, a
// branch or a file: lower-case labels, the last of letters and no file ending.
func isHostName(v string) bool {
	v = strings.TrimSuffix(v, "/")
	dot := strings.LastIndexByte(v, '.')
	if dot <= 0 || len(v) > 253 || len(v)-dot < 3 || strings.Contains(v, "..") || v[0] == '.' || v[0] == '-' {
		return false
	}
	for i := range len(v) {
		switch c := v[i]; {
		case c == '.', 'a' <= lower(c) && lower(c) <= 'z':
		case i < dot && (c == '-' || alnum(c)):
		default:
			return false
		}
	}
	switch strings.ToLower(v[dot+1:]) {
	case "asp", "aspx", "cfm", "cgi", "css", "csv", "doc", "docx", "gif", "go", "htm", "html", "java", "jpeg", "jpg",
		"js", "json", "jsp", "md", "pdf", "php", "png", "rst", "rtf", "svg", "txt", "xls", "xlsx", "xml", "yaml", "yml":
		return false
	}
	return true
}

// isFeedWord knows the few words that name a channel and nothing else.
func isFeedWord(v string) bool {
	switch strings.ToLower(v) {
	case "facebook", "fb", "feed", "newsletter", "producthunt", "rss", "tw", "twitter":
		return true
	}
	return false
}

// isGoogleReferrer tells the AMP viewer's referrer=https%3A%2F%2Fwww.google.com.
func isGoogleReferrer(v string) bool {
	return foldPrefix(v, "https%3a%2f%2fwww.google.") || foldPrefix(v, "https://www.google.")
}

// isMediumSource tells Medium's "rss-…" and "user_profile---------0----" marks,
// also on publications with a host of their own.
func isMediumSource(v string) bool {
	return strings.HasPrefix(v, "rss-") || strings.Contains(v, "---")
}

// hasWords tells Condé Nast's "social_twitter" and "CRMWIR012019" from a number
// and from the id of a recording: a letter that is no hex digit is in it.
func hasWords(v string) bool {
	return strings.ContainsFunc(v, func(r rune) bool { return r == '_' || 'g' <= r|0x20 && r|0x20 <= 'z' })
}

// isActionKit tells mailing, user and signature: "123.4567.abcDEF".
func isActionKit(v string) bool {
	mailing, rest, _ := strings.Cut(v, ".")
	user, signature, _ := strings.Cut(rest, ".")
	return isNumber(mailing) && isNumber(user) && isToken(signature)
}

// isContact tells the recipient as Dynamics 365 writes one.
func isContact(v string) bool {
	kind, id, _ := strings.Cut(v, "-")
	return len(id) == 32 && (kind == "contact" || kind == "lead" || kind == "account")
}

// isGUID tells 8-4-4-4-12 hex digits.
func isGUID(v string) bool {
	if len(v) != 36 {
		return false
	}
	for i := range len(v) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (v[i] == '-') || !dash && !hexDigit(v[i]) {
			return false
		}
	}
	return true
}

// isPosition tells Alibaba's place on a page, four or more parts between dots.
func isPosition(v string) bool { return strings.Count(v, ".") >= 3 }

// isToken tells Drip's subscriber: six or more letters and digits.
func isToken(v string) bool {
	for i := range len(v) {
		if !alnum(v[i]) {
			return false
		}
	}
	return len(v) >= 6
}

func isNumber(v string) bool {
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return v != ""
}

// isOpaque tells a click's number from a word: twelve bytes or more, of letters,
// digits and "-_.", with a digit among them.
func isOpaque(v string) bool {
	digit := false
	for i := range len(v) {
		c := v[i]
		digit = digit || '0' <= c && c <= '9'
		if !alnum(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return digit && len(v) >= 12
}

// isRakutenSite tells Rakuten's site and click, eleven bytes and twenty-two.
func isRakutenSite(v string) bool {
	return len(v) == 34 && v[11] == '-'
}

// isShareMark tells Google Drive's marks of a shared link from the pre-filled
// form "pp_url" and other arguments.
func isShareMark(v string) bool {
	switch v {
	case "drive_copy", "drive_link", "drive_web", "drivesdk", "embed_facebook", "share_link", "sharing":
		return true
	}
	return false
}
