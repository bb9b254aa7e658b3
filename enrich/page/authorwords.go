package page

// leadIns stand before a byline's names. Longer ones first, since the first that fits is taken.
var leadIns = []string{ //nolint:gochecknoglobals // read-only table
	"view all posts by", "see all posts by", "view all articles by", "all posts by", "posts by", "more stories by", "more from", "more by", "articles by", "stories by", "medically reviewed by", "reviewed by", "this article was written by",
	"written and photographed by", "written by", "posted by", "published by", "contributed by", "submitted by", "created by", "authored by", "reported by", "report by", "story by", "text by", "words by", "analysis by", "opinion by", "review by", "commentary by", "photos by", "article by", "essay by", "interview by", "column by", "guest post by", "post by", "edited by", "compiled by", "by the", "by:", "by", "started by", "this post was written by", "guest author", "posted on", "published on", "posted", "published", "updated", "author name", "author:", "authors:", "author(s):", "author", "authors", "article author", "writer:", "reporter:",
	"ein gastbeitrag von", "gastbeitrag von", "ein beitrag von", "beitrag von", "ein kommentar von", "kommentar von", "ein interview von", "ein artikel von", "artikel von", "eine analyse von", "eine kolumne von", "eine rezension von", "eine reportage von", "ein essay von", "ein bericht von", "ein text von", "geschrieben von", "verfasst von", "veröffentlicht von", "erstellt von", "gepostet von", "eingestellt von", "aufgezeichnet von", "interview von", "text von", "text und fotos:", "text & fotos:", "text und bilder:", "text:", "texte:", "interview:", "kommentar:", "autor:", "autorin:", "autoren:", "autor/in:", "autor", "autorin", "von:", "von", "verfasser:", "redaktion:", "quelle:", "bericht:", "beitrag:", "foto:", //nolint:misspell // words of many languages
	"publié par", "écrit par", "rédigé par", "posté par", "par", "auteur :", "auteur:", "auteur", "propos recueillis par", "un article de", "texte :",
	"escrito por", "publicado por", "por", "redactado por", "autor :", "texto:", "texto de", "una entrevista de", //nolint:misspell // words of many languages
	"scritto da", "pubblicato da", "a cura di", "articolo di", "redazione di", "di", "autore:", "postado por", "enviado por",
	"geschreven door", "gepubliceerd door", "geplaatst door", "door", "auteur", "tekst:", "skrevet af", "skrevet av", "skriven av", "skrivet av", "av", "af", "tekst", "teksti:", "autor wpisu:", "napisał", "autor tekstu:", "opublikował", "opublikowane przez", "przez", "napsal", "írta:", "szerző:", "yazan:", "yazar:", //nolint:misspell // words of many languages
	"автор:", "автор", "текст:", "автори:", "автор статьи:", "作者：", "作者:", "作者", "文：", "文/", "文／", "撰文：", "記者", "记者", "责任编辑：", "著者：", "著者", "執筆者", "執筆", "投稿者", "取材・文＝", "文・", "글쓴이", "글", "by ", "بقلم", "كتب", "نویسنده:",
}

// glued are outlets that bylines append without a comma.
var glued = []string{ //nolint:gochecknoglobals // read-only table
	"Associated Press", "The Associated Press", "USA TODAY", "Reuters", "Press Association", "Staff Writer", "Staff Reporter", "Contributor", "Correspondent", "기자", "記者", "记者",
}

// agencies are news agencies and outlets that bylines name behind the author.
var agencies = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"ap": true, "associated press": true, "the associated press": true, "reuters": true, "afp": true, "agence france-presse": true, "dpa": true, "apa": true, "ansa": true, "efe": true, "upi": true, "ians": true, "pti": true, "ani": true, "bloomberg": true, "tass": true, "xinhua": true, "kyodo": true, "jiji": true, "sid": true, "epd": true, "kna": true, "cnn": true, "bbc": true, "time": true, "sda": true, "keystone-sda": true,
	"bloomberg news": true, "usa today": true, "cnn business": true, "npr": true, "abc news": true, "cbs news": true, "nbc news": true, "fox news": true,
}

// roleWords tell a role from a name.
var roleWords = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"editor": true, "editors": true, "reporter": true, "reporters": true, "correspondent": true, "writer": true, "writers": true, "staff": true, "columnist": true, "contributor": true, "contributors": true, "contributing": true, "journalist": true, "producer": true, "director": true, "manager": true, "ceo": true, "cto": true, "cfo": true, "founder": true, "cofounder": true, "president": true, "chairman": true, "head": true, "senior": true, "chief": true, "officer": true, "analyst": true, "specialist": true, "consultant": true, "engineer": true, "developer": true, "professor": true, "author": true, "admin": true, "administrator": true, "webmaster": true, "team": true, "blogger": true, "photographer": true, "executive": true, "associate": true, "assistant": true, "intern": true, "strategist": true, "marketing": true, "desk": true, "bureau": true, "editorial": true, "content": true, "digital": true, "partner": true, "freelance": true, "freelancer": true, "researcher": true, "scientist": true, "expert": true, "coach": true, "guest": true,
	"redaktion": true, "redakteur": true, "redakteurin": true, "autor": true, "autorin": true, "journalistin": true, "chefredakteur": true, "chefredakteurin": true, "korrespondent": true, "korrespondentin": true, "reporterin": true, "volontär": true, "volontärin": true, "pressestelle": true, "agentur": true, "ressort": true, "mitarbeiter": true, "gastautor": true, "leiter": true, "leiterin": true, "geschäftsführer": true, "geschäftsführerin": true, "onlineredaktion": true, //nolint:misspell // words of many languages
	"rédaction": true, "redaction": true, "journaliste": true, "redacción": true, "redaccion": true, "redactor": true, "periodista": true, "redazione": true, "giornalista": true, "redação": true, "redacao": true, "jornalista": true, "redactie": true, "redacteur": true, "redakcja": true, "redakce": true, "toimittaja": true, "редакция": true,
}

// outletWords tell an organisation from a person.
var outletWords = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"news": true, "magazine": true, "magazin": true, "press": true, "media": true, "gmbh": true, "inc": true, "llc": true, "ltd": true, "ag": true, "verlag": true, "group": true, "university": true, "institute": true, "institut": true, "foundation": true, "association": true, "agency": true, "network": true, "tv": true, "radio": true, "com": true, "www": true, "online": true, "zeitung": true, "times": true, "post": true, "journal": true, "blog": true, "department": true, "ministry": true, "office": true, "company": true, "corporation": true, "corp": true, "society": true, "council": true, "committee": true, "center": true, "centre": true, "club": true, "verein": true, "verband": true, "ev": true, "stiftung": true, "bund": true, "universität": true, "hochschule": true, "studio": true, "studios": true, "publishing": true, "publications": true, "wire": true, "service": true, "services": true, "support": true, "community": true, "wikipedia": true, "welle": true, "bundesamt": true, "landesamt": true, "polizei": true, "stadt": true, "presse": true, "dienst": true, "agence": true, "agencia": true, "agenzia": true, "newsroom": true, "archive": true, "library": true, "project": true, "solutions": true, "technologies": true, "software": true, "systems": true, "health": true, "hospital": true, "clinic": true, "museum": true, "college": true, "school": true, "church": true, "government": true, "commission": true, "institution": true, "international": true, "deutschland": true, "nachrichten": true, "gruppe": true, "amt": true, "ministerium": true, "partei": true, "fraktion": true, "se": true,
}

// credentials follow a name behind a comma.
var credentials = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"md": true, "phd": true, "ph d": true, "ms": true, "ma": true, "ba": true, "bs": true, "msc": true, "bsc": true, "rd": true, "rdn": true, "rn": true, "mph": true, "mba": true, "jd": true, "esq": true, "dvm": true, "do": true, "cpa": true, "cfp": true, "cfa": true, "dds": true, "dmd": true, "ldn": true, "pharmd": true, "lcsw": true, "cscs": true, "edd": true, "jr": true, "sr": true, "ii": true, "iii": true, "mfa": true, "frcp": true, "facp": true, "faad": true, "llm": true, "np": true, "pa-c": true, "cpt": true, "et al": true, "dc": true, "psyd": true, "bcba": true,
}

// refusedNames are texts that stand where a name should.
var refusedNames = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"follow": true, "share": true, "email": true, "twitter": true, "facebook": true, "linkedin": true, "instagram": true, "website": true, "read more": true, "more": true, "bio": true, "about": true, "contact": true, "login": true, "log in": true, "sign in": true, "register": true, "home": true, "null": true, "undefined": true, "none": true, "n/a": true, "unknown": true, "anonymous": true, "name": true, "author": true, "print": true, "comments": true, "reply": true, "view profile": true, "profile": true, "contributors": true, "all posts": true, "published": true, "updated": true, "posted": true, "user": true, "others": true, "et al": true, "and": true, "the": true, "authors": true, "about the author": true, "about the authors": true, "editor": true, "editors": true,
}

// noNames are words of buttons, labels and headings that no name has.
var noNames = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"log": true, "login": true, "sign": true, "artikel": true, "artikels": true, "posts": true, "articles": true, "article": true, "view": true, "more": true, "follow": true, "subscribe": true, "comments": true, "kommentare": true, "published": true, "updated": true, "posted": true, "written": true, "researched": true, "reviewed": true, "edited": true, "about": true, "ago": true, "minutes": true, "http": true, "https": true, "beiträge": true, "alle": true, "all": true, "download": true, "profile": true, "click": true, "here": true, "uhr": true, "this": true, "your": true, "you": true, "our": true, "lesen": true, "mehr": true, "seite": true, "page": true, "email": true, "mail": true, "min": true, "contact": true, "print": true, "copyright": true, "reserved": true, "related": true, "search": true, "am": true, "pm": true, "est": true, "last": true, "modified": true, "on": true, "by": true, "reading": true, "time": true, "datum": true, "date": true, "foto": true, "fotos": true, "photo": true, "image": true, "getty": true, "bild": true, "quelle": true, "source": true,
	"zum": true, "über": true, "ueber": true, "das": true, "und": true, "the": true, "of": true, "with": true, "für": true, "fuer": true, "bei": true, "im": true, "wir": true, "uns": true, "ihr": true, "ich": true, "is": true, "are": true, "was": true, "not": true, "how": true, "what": true, "why": true, "when": true, "les": true, "des": true, "pour": true, "dans": true, "avec": true, "sur": true, "una": true, "los": true, "las": true, "para": true, "new": true, "top": true, "best": true, "home": true, "start": true, "next": true, "prev": true, "previous": true, "weiter": true, "zurück": true, "back": true, "older": true, "newer": true, "tags": true, "tag": true, "kategorie": true, "kategorien": true, "category": true, "categories": true, "thema": true, "themen": true, "topics": true, "topic": true, "teilen": true, "drucken": true, "merken": true, "kommentieren": true, "antworten": true, "zitieren": true, "anmelden": true, "registrieren": true, "abonnieren": true, "impressum": true, "datenschutz": true, "video": true, "podcast": true, "audio": true, "gallery": true, "galerie": true, "facts": true, "interview": true, "kommentar": true, "kolumne": true, "meinung": true, "opinion": true, "analyse": true, "analysis": true, "review": true, "rezension": true, "guest": true, "gast": true, "feature": true, "exclusive": true, "members": true, "premium": true, "abo": true, "plus": true, "logout": true, "settings": true, "notifications": true, "messages": true, "followers": true, "following": true, "verified": true, "join": true, "joined": true, "location": true, "threads": true, "reply": true, "replies": true, "likes": true, "views": true, "shares": true, "share": true, "shared": true, "listen": true, "watch": true, "latest": true, "breaking": true, "trending": true, "recommended": true, "stories": true, "story": true, "beitrag": true, "beiträgen": true, "autoren": true, "autorin": true, "weitere": true, "diesem": true, "dieser": true, "dieses": true, "mehrere": true, "eine": true, "ein": true, "einen": true, "einer": true, "nach": true, "vor": true, "words": true, "wörter": true, "subject": true, "to": true, "re": true, "fwd": true,
}

// strongLeads begin a byline wherever they stand; the first word of a sentence hardly ever is one of them. The ones
// that end with a colon or are whole phrases may stand far from the headline, the short words only near it.
var (
	strongLeads = []string{ //nolint:gochecknoglobals // read-only table
		"this post was written by", "this article was written by", "written by", "article by", "story by", "words by", "text by", "posted by", "reported by", "guest author", "author:", "authors:", "by:", "interview by", "report by", "by line:", "started by",
		"ein artikel von", "ein beitrag von", "ein kommentar von", "ein interview von", "ein gastbeitrag von", "gastbeitrag von", "eine analyse von", "ein bericht von", "kommentar von", "interview von", "text von", "geschrieben von", "verfasst von", "text:", "autor:", "autorin:", "autoren:", "interview:", "bericht:", "von:", "verfasser:", "verfasserin:", //nolint:misspell // words of many languages
		"auteur :", "auteur:", "texte :", "texte:", "écrit par", "rédigé par", "propos recueillis par", "escrito por", "texto:", "publicado por", "scritto da", "a cura di", "autore:", "geschreven door", "door:", "tekst:", "skrevet av", "skrevet af", "av:", "автор:", "текст:", "作者：", "作者:", "文：", "文/", "記者：", "取材・文", "글 ", "بقلم", "بقلم:", "yazar:", "autor tekstu:", "teksti:", "szerző:", //nolint:misspell // words of many languages
	}
	nearLeads = []string{"by", "von", "par", "por", "di", "door", "av", "af", "da", "przez", "tekst", "text", "autor", "author", "autore", "auteur"} //nolint:gochecknoglobals,misspell // read-only table
)

// The same by their first byte in lower case, so that a text is held against a few of them only.
var (
	strongByFirst = byFirst(strongLeads) //nolint:gochecknoglobals // read-only table, made once
	nearByFirst   = byFirst(nearLeads)   //nolint:gochecknoglobals // read-only table, made once
	leadsByFirst  = byFirst(leadIns)     //nolint:gochecknoglobals // read-only table, made once
)

func byFirst(leads []string) (table [256][]string) {
	for _, lead := range leads {
		table[lead[0]] = append(table[lead[0]], lead)
	}
	return table
}

// writingWords tell that the label of a preview card speaks of its author.
var writingWords = map[string]bool{ //nolint:gochecknoglobals // read-only table
	"written": true, "by": true, "author": true, "verfasst": true, "geschrieben": true, "von": true, "écrit": true, "escrito": true, "autor": true, "scritto": true, "geschreven": true, "skrevet": true, "skriven": true, "par": true, //nolint:misspell // words of many languages
}
