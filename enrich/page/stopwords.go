package page

import "strings"

// stopWords are the commonest small words of each language: articles, prepositions, conjunctions, auxiliaries.
var stopWords = []struct{ tag, words string }{ //nolint:gochecknoglobals // read-only table
	{"en", "the of and to in is that for it with as was on be at by this have from or are not but they you his her which we an has were been their more will can about what when who would if there our your"},
	{"de", "der die das und ist nicht ein eine einen einem einer zu den mit von für auf im sich des dem es auch als an werden aus er hat dass sie nach wird bei um am sind noch wie über so zum zur war haben nur oder aber vor durch man sein wurde wenn mehr wir ich kann"},
	{"fr", "le la les de des du et est un une que qui dans pour pas sur au aux avec par ce il elle sont plus ne se cette mais ou nous vous ont été être son sa ses leur comme l d n s c qu y à"},
	{"es", "el la los las de del y en que es un una por con para no se su lo al como más pero sus le ha este esta sobre entre también fue son hay está muy ya todo desde cuando han"},
	{"it", "il la lo gli le di del della dei delle e è un una che in per con non si da nel nella alla al sono come più anche ma dal dalla questo questa ha i suo sua degli ai sul su stato essere"},
	{"pt", "o a os as de do da dos das e é um uma que em no na nos nas por com para não se mais como ao à sua seu ou foi são também pelo pela mas tem ser já está entre"},
	{"nl", "de het een en van in is dat op te zijn voor met die niet aan er ook als maar om bij nog naar uit door over dan wordt werd hebben heeft deze worden kan meer je wat of hij ik"},
	{"sv", "och att det i en som är på av för med den till inte har om ett de kan från men så var vi eller när sig han vid också ska mer efter"},
	{"da", "og at det i en er som på af for med den til ikke har om et de kan fra men så var vi eller når sig han ved også skal mere efter der hvor blev blive"},
	{"nb", "og å det i en er som på av for med den til ikke har om et de kan fra men så var vi eller når seg han ved også skal mer etter der hvor ble bli jeg du"},
	{"fi", "ja on ei että se oli hän mutta ovat kuin niin myös joka tai sen jos kun nyt mukaan jo vain olla ole voi ollut jonka sekä mikä tämä"},
	{"pl", "i w na z do nie się że to jest o jak po za od przez ale dla są oraz co tym czy już tylko może ze by jego który która które był będzie roku"},
	{"cs", "a v se na je že s z do o i to k ve pro za by jak ale jsou od jeho po které který která nebo byl také při podle jsem až už jen bude"},
	{"sk", "a v sa na je že s z do o i to k vo pre za by ako ale sú od jeho po ktoré ktorý ktorá alebo bol tiež pri podľa som až už len bude"},
	{"hu", "a az és hogy nem is egy van ez de volt meg csak már még mint vagy ha el azt ki kell lehet nagyon minden amely aki után szerint"},
	{"ro", "și în de la a cu nu este un o care pe din că să se pentru mai fi au fost sunt ca ce prin dar după sau fie acest această cele"},
	{"tr", "ve bir bu için ile da de çok olarak daha olan gibi en ne kadar sonra ancak ise göre var değil her o oldu olduğu ama veya ki"},
	{"ca", "el la els les de del i en que és un una per amb no es al com més però seva seu dels ha aquest aquesta són també va"},
	{"hr", "i u je se na da za su s od o a koji koja koje ne to kao će bi ili iz do po nije bio što samo sa kako već te"},
	{"sl", "in v je se na da za so s z od o ki ne to kot bi ali iz do po ni bil kar samo pa tudi še lahko pri"},
	{"id", "yang dan di dari ini untuk dengan pada tidak itu dalam akan adalah juga ke oleh karena saat ada bisa mereka telah sudah kami"},
	{"vi", "và của là có trong cho được với các một những không này đã khi từ người về năm ra như đến cũng tại"},
	{"et", "ja on ei et see oli ta aga kui ka või ning mis oma siis nii seda kes veel välja pole olid"},
	{"lt", "ir yra kad su į iš tai bet kaip ar dėl už apie po nuo jau tik buvo taip jo prie per"},
	{"lv", "un ir ka ar no uz par bet kā arī tas vai pēc lai nav gan jau tika bija pie gada"},
	{"ru", "и в не на что с по как это но он к из за его у от все так же для о или то был было бы также только до мы"},
	{"uk", "і в не на що з по як це але він до із за його у від та так же для про або й був було би також тільки ми який"},
	{"bg", "и в не на че с по как това но той за от се да са към или е ще при до още като който беше"},
	{"sr", "и у је се на да за су с од о а који која које не то као ће би или из до по није био што само"},
	{"mk", "и во не на дека со по како ова но тој за од се да се кој која што е ќе при до уште"},
	{"ar", "في من على أن إلى التي عن هذا مع كان الذي هذه ما لا أو قد بعد بين كل ذلك كما وقال هو هي"},
	{"fa", "و در به از که این را با است برای آن یک تا بر خود هم نیز شد کرد می اما یا شده بود"},
	{"ur", "کے کی میں ہے اور سے کا کو پر یہ نے کہ ہیں اس بھی تھا نہیں ایک کیا ہو گیا"},
	{"hi", "के में की है और से का को पर यह ने कि हैं इस भी था नहीं एक लिए हो गया कर"},
	{"mr", "आणि आहे या की हे च्या मध्ये तर होते आहेत त्या नाही केली एक करण्यात"},
}

// stopIndex maps a word to the languages that have it, as places in stopWords.
var stopIndex = func() map[string][]int { //nolint:gochecknoglobals // read-only table, made once
	index := map[string][]int{}
	for i := range stopWords {
		for _, w := range strings.Fields(stopWords[i].words) {
			index[w] = append(index[w], i)
		}
	}
	return index
}()
