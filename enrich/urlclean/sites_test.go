package urlclean_test

import (
	"testing"

	"ingest/enrich/urlclean"
)

// Links as editors paste them: what a site adds goes, what opens the page stays.
func TestSites(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"shop: product", "https://www.amazon.co.uk/Tide-Clock/dp/B000000000/ref=sr_1_3?crid=1&keywords=tide+clock&qid=2&sr=8-3&th=1&psc=1", "https://www.amazon.co.uk/Tide-Clock/dp/B000000000?th=1&psc=1"},
		{"shop: search keeps its words", "https://www.amazon.de/s?k=tide+clock&keywords=x&i=home&ref=nb_sb_noss&page=2", "https://www.amazon.de/s?k=tide+clock&keywords=x&i=home&page=2"},
		{"shop: seller stays", "https://www.amazon.com/gp/product/B000000000?smid=A1&tag=x-20&pf_rd_p=y", "https://www.amazon.com/gp/product/B000000000?smid=A1"},
		{"shop: session in the path", "https://www.amazon.fr/dp/B000000000/ref=pd_1/262-1-2?pd_rd_i=x", "https://www.amazon.fr/dp/B000000000"},
		{"auction: variation stays", "https://www.ebay.com.au/itm/1?var=2&epid=3&hash=item4&_trkparms=x&mkcid=1", "https://www.ebay.com.au/itm/1?var=2&epid=3"},
		{"video: time, list and place stay", "https://www.youtube.com/watch?v=a&list=b&index=3&t=42s&si=c&pp=d&feature=share", "https://www.youtube.com/watch?v=a&list=b&index=3&t=42s"},
		{"short video link", "https://youtu.be/a?si=b&t=42", "https://youtu.be/a?t=42"},
		{"post", "https://x.com/a/status/1?s=20&t=b&ref_src=twsrc%5Etfw", "https://x.com/a/status/1"},
		{"s and t elsewhere", "https://tides.example/?s=20&t=b", same},
		{"message board: period and order stay", "https://old.reddit.com/r/tides/top/?sort=top&t=month&share_id=x", "https://old.reddit.com/r/tides/top/?sort=top&t=month"},
		{"social network: post", "https://www.facebook.com/permalink.php?story_fbid=1&id=2&__cft__[0]=x&__tn__=y&mibextid=z", "https://www.facebook.com/permalink.php?story_fbid=1&id=2"},
		{"escaped brackets of a name", "https://m.facebook.com/story.php?story_fbid=1&id=2&__cft__%5B0%5D=x", "https://m.facebook.com/story.php?story_fbid=1&id=2"},
		{"blog: reader's key stays", "https://medium.com/@a/b-1?source=email-x&sk=friend", "https://medium.com/@a/b-1?sk=friend"},
		{"blog under its own host", "https://blog.tides.example/b-1?source=collection_home---4------0-----------", "https://blog.tides.example/b-1"},
		{"source as a filter", "https://tides.example/table?source=gauge", same},
		{"search: words, kind and language stay", "https://www.google.co.uk/search?q=tide&tbm=nws&hl=en&start=10&ei=x&ved=y&sa=z&source=hp", "https://www.google.co.uk/search?q=tide&tbm=nws&hl=en&start=10"},
		{"maps keep what they are given", "https://www.google.com/maps/place/x?utm_campaign=y&entry=ttu", "https://www.google.com/maps/place/x?utm_campaign=y"},
		{"news search of a country", "https://news.google.com/search?q=tide&hl=en-GB&gl=GB&ceid=GB:en&ved=x", "https://news.google.com/search?q=tide&hl=en-GB&gl=GB&ceid=GB:en"},
		{"press: mailing", "https://www.nytimes.com/a.html?campaign_id=9&emc=edit&nl=x&regi_id=1&unlocked_article_code=gift", "https://www.nytimes.com/a.html?unlocked_article_code=gift"},
		{"press: name in capitals", "https://www.theguardian.com/a?CMP=share_btn_tw&page=with:block-1#block-1", "https://www.theguardian.com/a?page=with:block-1#block-1"},
		{"press: family of sites", "https://www.vogue.com/a?mbid=x&bxid=y&cndid=z&page=2", "https://www.vogue.com/a?page=2"},
		{"public health", "https://www.cdc.gov/a.html?s_cid=x&CDC_AA_refVal=https%3A%2F%2Fwww.cdc.gov%2Fb&deliveryName=y", "https://www.cdc.gov/a.html"},
		{"clinic", "https://www.mayoclinic.org/a?mc_id=us&geo=national&placementsite=x&p=1", "https://www.mayoclinic.org/a?p=1"},
		{"journal: equals sign inside a bare name", "https://www.sciencedirect.com/science/article/pii/S1?via%3Dihub", "https://www.sciencedirect.com/science/article/pii/S1"},
		{"journal: feed", "https://www.science.org/doi/10.1/x?af=R", "https://www.science.org/doi/10.1/x"},
		{"law: number and language stay", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32000L0060&from=EN&qid=1", same},
		{"referring page", "https://tides.example/a?ref=news.example.org&b=1", "https://tides.example/a?b=1"},
		{"referring page with a slash", "https://tides.example/a?ref=news.example.org/", "https://tides.example/a"},
		{"referring feed", "https://tides.example/a?ref=rss", "https://tides.example/a"},
		{"ref as a number", "https://tides.example/a?ref=4711", same},
		{"ref as a version", "https://tides.example/a?ref=v1.2.3", same},
		{"ref as a branch", "https://tides.example/a?ref=release-2.0", same},
		{"ref as a file", "https://tides.example/a?ref=README.md", same},
		{"ref as a page", "https://tides.example/a?ref=index.asp", same},
		{"ref as a path", "https://tides.example/a?ref=/account", same},
		{"ref of a project page", "https://www.kickstarter.com/projects/a/b?ref=nav_search", "https://www.kickstarter.com/projects/a/b"},
		{"recording, not a channel", "https://tides.example/?mbid=76df3287-6cda-33eb-8e9a-044b5e15ffdd", same},
		{"channel", "https://tides.example/?mbid=social_x", "https://tides.example/"},
		{"place on an Alibaba page", "https://tides.example/?spm=a2g0o.home.0.0", "https://tides.example/"},
		{"spm as a word", "https://tides.example/?spm=monday", same},
		{"unknown network's click", "https://tides.example/?zzclid=a1b2c3d4e5f6g7", "https://tides.example/"},
		{"a word that ends like a click", "https://tides.example/?euclid=elements", same},
		{"a network's click without a name of its own", "https://tides.example/?clid=a1b2c3d4e5f6g7", same},
		{"channel as a number", "https://tides.example/?mbid=20392", same},
		{"mailing of a campaign", "https://tides.example/?akid=123.4567.abcDEF&rd=1", "https://tides.example/?rd=1"},
		{"akid as a number", "https://tides.example/?akid=123.4567", same},
		{"ids of a mailing", "https://tides.example/?emci=76df3287-6cda-33eb-8e9a-044b5e15ffdd&ceid=1", "https://tides.example/?ceid=1"},
		{"emci as a word", "https://tides.example/?emci=shielding", same},
		{"recipient", "https://tides.example/?recipientid=contact-0123456789abcdef0123456789abcdef", "https://tides.example/"},
		{"recipient with a short number", "https://tides.example/?recipientid=contact-7", same},
		{"channel of letters a to f", "https://tides.example/?mbid=ad_a", "https://tides.example/"},
		{"recipient as a number", "https://tides.example/?recipientid=12", same},
		{"map", "https://www.bing.com/maps?sp=point.47.6_-122.3_Pier&form=x", "https://www.bing.com/maps?sp=point.47.6_-122.3_Pier"},
		{"marketing page of a payer", "https://www.klarna.com/a?utm_source=x", "https://www.klarna.com/a"},
		{"country's ending", "https://www.amazon.com.be/dp/B1?tag=x", "https://www.amazon.com.be/dp/B1"},
		{"host that begins like a site", "https://amazon.tides.example/dp/B1?tag=x", same},
		{"host that ends like a site", "https://notamazon.com/dp/B1?tag=x", same},
		{"site as another's ending", "https://www.amazon.com.tides.example/dp/B1?tag=x", same},
	})
}

func TestUntouched(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"Amazon signature", "https://b.s3.amazonaws.com/k?utm_source=x&X-Amz-Algorithm=A&X-Amz-Signature=B", same},
		{"Azure signature", "https://a.blob.core.windows.net/c/b?sv=1&sr=b&sig=c&se=2&si=policy&utm_source=x", same},
		{"Google signature", "https://storage.googleapis.com/b/k?GoogleAccessId=a&Expires=1&Signature=c&gclid=x", same},
		{"CloudFront signature", "https://d1.cloudfront.net/k?Policy=a&Signature=b&Key-Pair-Id=c&gclid=x", same},
		{"Akamai token", "https://m.tides.example/l.m3u8?hdnts=exp=1~acl=/*~hmac=a&utm_source=x", same},
		{"signature beside its end", "https://tides.example/a?expires=1&signature=b&utm_source=x", same},
		{"signature without an end", "https://tides.example/a?signature=b&utm_source=x", "https://tides.example/a?signature=b"},
		{"end without a signature", "https://tides.example/a?expires=1&utm_source=x", "https://tides.example/a?expires=1"},
		{"SAML", "https://sso.tides.example/?SAMLRequest=a&RelayState=b&utm_source=x", same},
		{"sign-in by path", "https://tides.example/en/login.php?next=%2F&utm_source=x", same},
		{"sign-in by host", "https://accounts.tides.example/?utm_source=x", same},
		{"return address of a sign-in", "https://tides.example/start?redirect_uri=https%3A%2F%2Fa.example&utm_source=x", same},
		{"article about a login", "https://tides.example/news/login-trouble?utm_source=x", "https://tides.example/news/login-trouble"},
		{"mailer's redirect under the sender's name", "https://trk.tides.example/pub/cc?_ri_=a&_ei_=b", same},
		{"mailer's redirect on a plain host", "https://go.tides.example/e/er?s=1&lid=2&elqTrackId=a&elq=b", same},
		{"return from a sign-in", "https://tides.example/back?code=a&state=b&utm_source=x", same},
		{"token that signs in", "https://tides.example/a?access_token=a&utm_source=x", same},
		{"question about consent", "https://consent.tides.example/?continue=https%3A%2F%2Ftides.example&utm_source=x", same},
		{"magic link", "https://tides.example/in?magic_token=a&utm_source=x", same},
		{"payment", "https://tides.example/nl/checkout/betaling?gclid=x", same},
		{"archive", "https://web.archive.org/web/2020/https://a.example/?utm_source=x", same},
		{"address inside the path", "https://mirror.tides.example/https://a.example/?utm_source=x", same},
		{"address inside the path, slashes joined", "https://mirror.tides.example/https:/a.example/?utm_source=x", same},
		{"translation", "https://a-example.translate.goog/?_x_tr_sl=de&utm_source=x", same},
		{"mailing's redirect", "https://click.tides.example/?qs=a&utm_source=x", same},
		{"redirect without a target", "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", same},
		{"transfer", "https://www.transfernow.net/dl/a?utm_source=id&utm_medium=key", same},
		{"leaving a list by path", "https://tides.example/unsubscribe?mkt_tok=a&mc_eid=b", same},
		{"leaving a list by host", "https://unsubscribe.tides.example/?ck_subscriber_id=a", same},
		{"leaving a list by parameter", "https://tides.example/?mkt_tok=a&mkt_unsubscribe=1", same},
		{"leaving a list, campaign goes", "https://tides.example/unsubscribe?mkt_tok=a&utm_source=b", "https://tides.example/unsubscribe?mkt_tok=a"},
		{"article about leaving, by value", "https://tides.example/?q=unsubscribe&mkt_tok=a", "https://tides.example/?q=unsubscribe"},
		{"branch on a git host", "https://git.tides.example/a/b?ref=main.example.org", same},
		{"global names where they do work", "https://gitlab.com/a/b?utm_source=x&glm_source=y", "https://gitlab.com/a/b?utm_source=x"},
		{"picture of a social network", "https://www.facebook.com/photo.php?fbid=1&ref=x&fbclid=y", "https://www.facebook.com/photo.php?fbid=1&ref=x"},
		{"share dialog", "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fa.example%2F%3Futm_source%3Dx", same},
		{"row that asks for a parameter", "https://assetstore.unity.com/packages/a?aid=1&utm_source=x", same},
		{"the same without it", "https://assetstore.unity.com/packages/a?utm_source=x", "https://assetstore.unity.com/packages/a"},
	})
}

func TestUntouchedSaysWhy(t *testing.T) {
	got := new(urlclean.Cleaner).Clean("https://tides.example/login?utm_source=x")
	if len(got.Notes) != 1 || got.Notes[0] != "left alone: a sign-in" || len(got.Removed) != 0 {
		t.Errorf("notes %q, removed %v", got.Notes, got.Removed)
	}
	if clean := new(urlclean.Cleaner).Clean("https://tides.example/login?next=a"); len(clean.Notes) != 0 {
		t.Errorf("nothing would go, and yet: %q", clean.Notes)
	}
}
