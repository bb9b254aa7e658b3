package page

import (
	"strings"
	"unicode/utf8"
)

// ordinals follow a day: 1st, 2nd, 3rd, 4th, 1er, 1º.
var ordinals = map[string]bool{"st": true, "nd": true, "rd": true, "th": true, "er": true, "º": true, "ª": true, "o": true, "ème": true, "e": true} //nolint:gochecknoglobals // read-only table

// linkWords stand between day, month and year: "4 de marzo de 2021", "4th of March", "2021 г.".
var linkWords = map[string]bool{"de": true, "del": true, "of": true, "do": true, "d": true, "den": true, "of the": true, "в": true} //nolint:gochecknoglobals // read-only table

// eastYear and eastMonth are the signs behind year and month in Chinese, Japanese and Korean.
var (
	eastYear  = map[string]bool{"年": true, "년": true} //nolint:gochecknoglobals // read-only table
	eastMonth = map[string]bool{"月": true, "월": true} //nolint:gochecknoglobals // read-only table
)

// monthNames lists the months from January to December as languages write them, in full, genitive and short. Names that
// belong to two languages mean the same month in both; the one clash, Croatian "listopad" (October) against Polish and
// Czech (November), is left to the larger ones.
var monthNames = []string{ //nolint:gochecknoglobals // read-only table
	"january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari janúar tammikuu tammikuuta styczeń stycznia sty leden ledna január januára ianuarie ian ocak oca siječanj siječnja januarja января янв січня ianuari janvāris janvārī sausio jaanuar gener yanvar januarie Ιανουαρίου ιαν يناير ژانویه जनवरी มกราคม ianouariou januaro января́ јануар јануари tháng1",
	"february feb februar février févr fév fevrier febrero febbraio fevereiro fev februari febrúar helmikuu helmikuuta luty lutego lut únor února február februára februarie şubat şub veljača veljače februarja февраля фев лютого februāris februārī vasario veebruar febrer fevral Φεβρουαρίου φεβ فبراير فوریه फरवरी फ़रवरी กุมภาพันธ์ фебруар февруари feber feb",
	"march mar märz mär maerz mrz mars marzo março marco maart mrt marts mars maaliskuu maaliskuuta marzec marca mar březen března március március marec marca martie mart ožujak ožujka marca марта мар березня marts martā kovo märts març март Μαρτίου μαρ مارس آذار मार्च มีนาคม",
	"april apr avril avr abril abr aprile aprill huhtikuu huhtikuuta kwiecień kwietnia kwi duben dubna április apríl apríla aprilie nisan nis travanj travnja aprila апреля апр квітня aprīlis aprīlī balandžio aprel Απριλίου απρ أبريل نيسان آوریل अप्रैल เมษายน април",
	"may mai mayo maggio mag maio mei maj maí toukokuu toukokuuta maja květen května május máj mája mayıs svibanj svibnja maja мая май травня maijs maijā gegužės maig Μαΐου μαΐ μαϊ مايو أيار مه मई พฤษภาคม мај toukokuu",
	"june jun juni juin junio giugno giu junho jún júní kesäkuu kesäkuuta czerwiec czerwca cze červen června június jún júna iunie iun haziran haz lipanj lipnja junija июня июн червня jūnijs jūnijā birželio juuni juny iyun Ιουνίου ιουν يونيو حزيران ژوئن जून มิถุนายน јун јуни јуна jún",
	"july jul juli juillet juil julio luglio lug julho júlí heinäkuu heinäkuuta lipiec lipca lip červenec července július júl júla iulie iul temmuz tem srpanj srpnja julija июля июл липня jūlijs jūlijā liepos juuli juliol iyul Ιουλίου ιουλ يوليو تموز ژوئیه जुलाई กรกฎาคม јул јули јула",
	"august aug août aout agosto ago augustus augusti ágúst elokuu elokuuta sierpień sierpnia sie srpen srpna augusztus aug augusta ağustos ağu kolovoz kolovoza avgusta августа авг серпня augusts augustā rugpjūčio agost avqust Αυγούστου αυγ أغسطس آب اوت अगस्त สิงหาคม август avgust",
	"september sep sept septembre septiembre setiembre settembre set setembro september syyskuu syyskuuta wrzesień września wrz září szeptember septembra septembrie eylül eyl rujan rujna septembra сентября сен сент вересня septembris septembrī rugsėjo setembre sentyabr Σεπτεμβρίου σεπ سبتمبر أيلول سپتامبر सितंबर सितम्बर กันยายน септембар септември szept",
	"october oct oktober okt octobre octubre ottobre ott outubro out oktober október lokakuu lokakuuta październik października paź říjen října október októbra octombrie ekim eki oktobra октября окт жовтня oktobris oktobrī spalio oktoober octubre oktyabr Οκτωβρίου οκτ أكتوبر اکتبر अक्टूबर ตุลาคม октобар октомври",
	"november nov novembre noviembre novembro nóvember marraskuu marraskuuta listopad listopada lis listopadu november novembra noiembrie noi kasım kas studeni studenoga studenog novembra ноября ноя нояб листопада novembris novembrī lapkričio noyabr Νοεμβρίου νοε نوفمبر نوامبر नवंबर नवम्बर พฤศจิกายน новембар ноември",
	"december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des joulukuu joulukuuta grudzień grudnia gru prosinec prosince december decembra decembrie aralık ara prosinac prosinca decembra декабря дек грудня decembris decembrī gruodžio detsember desembre dekabr Δεκεμβρίου δεκ ديسمبر دسامبر दिसंबर दिसम्बर ธันวาคม децембар декември", //nolint:misspell // words of many languages
}

var monthIndex = func() map[string]int { //nolint:gochecknoglobals // read-only table, made once
	index := map[string]int{}
	for i, names := range monthNames {
		for _, name := range strings.Fields(strings.ToLower(names)) {
			index[name] = i + 1
		}
	}
	return index
}()

// monthOf is the month of a lower-cased name, 0 for other words.
func monthOf(word string) int {
	if len(word) > 40 || utf8.RuneCountInString(word) < 2 {
		return 0
	}
	return monthIndex[word]
}
