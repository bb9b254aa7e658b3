package demo

import "html/template"

// article is one page of the source site.
type article struct {
	Slug, Lang, Title, Description, Author, Published, Section string
	Seed                                                       uint8
}

// articles are what the demo's links point to, in several languages and
// scripts.
func articles() []article {
	return []article{
		{"remote-monitoring-at-home", "en", "Remote Monitoring Moves Into the Living Room", "What a year of connected blood pressure cuffs taught a rural clinic.", "Ida Lindqvist", "2026-03-02T08:30:00Z", "Practice", 1},
		{"scheduling-without-phones", "en", "Scheduling Without Phones", "Online booking cut missed appointments by a third: here is how it was measured.", "Tom Abara", "2026-02-11", "Operations", 2},
		{"consent-in-plain-words", "en", "Consent Forms in Plain Words", "Rewriting a consent form until patients could say what it meant.", "Mara Voss and Lee Chen", "2026-01-20T10:00:00-05:00", "Patients", 3},
		{"fhir-at-the-bedside", "en", "FHIR at the Bedside: “Small” Resources & Big Gains", "Why a nurse's tablet asks for four resources, not forty.", "Priya Raman", "2025-11-30", "Interoperability", 4},
		{"audit-trails", "en", "An Audit Trail That People Read", "Logs nobody opens protect nobody.", "Jonas Weber", "2025-10-05", "Security", 5},
		{"sprechstunde-per-video", "de", "Sprechstunde per Video: Was Hausärzte brauchen", "Drei Praxen berichten über ein Jahr Videosprechstunde.", "Änne Größer", "2026-02-28", "Praxis", 6},
		{"telesurveillance-diabete", "fr", "Télésurveillance du diabète : l’étape d’après", "Une équipe de Lyon suit mille patients à distance.", "Chloé Lefèvre", "2026-01-15", "Soins", 7},
		{"historia-clinica-compartida", "es", "La historia clínica compartida, ¿para cuándo?", "Qué falta para que los hospitales lean los mismos datos.", "Íñigo Muñoz", "2025-12-12", "Datos", 8},
		{"sanita-digitale", "it", "Sanità digitale: così cambia l’ambulatorio", "Il fascicolo elettronico visto da chi lo usa.", "Lucia D’Amico", "2025-12-01", "Cronaca", 9},
		{"enkaku-iryou", "ja", "遠隔医療のいま：島の診療所から", "離島の診療所で一年間使われた遠隔診療の記録。", "佐藤 花子", "2026-03-10", "医療", 10},
		{"telemeditsina", "ru", "Телемедицина в районной больнице", "Что изменилось за год работы удалённых консультаций.", "Анна Ковалёва", "2026-01-09", "Практика", 11},
		{"tilemedicine-ar", "ar", "الطب عن بعد في المناطق الريفية", "كيف تصل العيادة إلى القرى البعيدة.", "ليلى حداد", "2025-11-18", "صحة", 12},
		{"e-ygeia", "el", "Ηλεκτρονική υγεία στα νησιά", "Ένας χρόνος τηλεϊατρικής στο Αιγαίο.", "Νίκος Παππάς", "2025-10-22", "Υγεία", 13},
		{"offline-first-charts", "en", "Offline-First Charts for Mobile Clinics", "A chart that works where the network does not.", "Wanjiru Kamau", "2026-03-15", "Practice", 14},
		{"claims-in-one-day", "en", "Claims in One Day", "How a payer answers most claims before the patient is home.", "Oscar Brandt", "2025-09-30", "Payers", 15},
		{"shift-handover", "en", "The Seven-Minute Shift Handover", "A checklist, a clock and a quiet corner.", "Ida Lindqvist", "2025-09-12", "Operations", 16},
		{"voice-notes", "en", "Voice Notes Instead of Typing: 100% Fewer Typos?", "We counted. It is not 100%.", "Tom Abara", "2025-08-21", "Practice", 17},
		{"patient-portals", "en", "Patient Portals Nobody Hates", "Five changes that doubled log-ins.", "Mara Voss", "2025-08-02", "Patients", 18},
	}
}

// articlePage shows an article the way news sites do: meta tags, Open Graph,
// a Twitter card, JSON-LD and a body with a headline.
func articlePage() *template.Template {
	return template.Must(template.New("article").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<title>{{.Title}} | The Loopback Courier</title>
<meta name="viewport" content="width=device-width">
<meta name="description" content="{{.Description}}">
<meta name="author" content="{{.Author}}">
<meta name="generator" content="ingest demo">
<meta property="og:type" content="article">
<meta property="og:site_name" content="The Loopback Courier">
<meta property="og:title" content="{{.Title}}">
<meta property="og:description" content="{{.Description}}">
<meta property="og:image" content="/images/{{.Slug}}.jpg">
<meta property="og:url" content="/articles/{{.Slug}}">
<meta property="article:published_time" content="{{.Published}}">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:title" content="{{.Title}}">
<link rel="canonical" href="/articles/{{.Slug}}">
<link rel="icon" href="/icon.png" sizes="32x32">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":{{.Title}},"datePublished":{{.Published}},"author":{"@type":"Person","name":{{.Author}}},"articleSection":{{.Section}}}</script>
</head>
<body>
<article><h1>{{.Title}}</h1><p class="byline">{{.Author}}</p><p>{{.Description}}</p></article>
</body>
</html>
`))
}
