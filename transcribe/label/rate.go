package label

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

var (
	// rateNumber is 100/s, 100次/秒, 900/分钟, 150QPS, 每秒100次, 1秒1次.
	rateNumber = regexp.MustCompile(`(?i)(\d{1,7})\s*(?:次|个请求)?\s*/\s*(每)?(\d{0,3})\s*(s|sec|seconds?|秒钟|秒|min|minutes?|m|分钟|分|hours?|h|小时|天|日|day|d)(?:[^A-Za-z0-9]|$)` +
		`|(\d{1,7})\s*(?:次)?\s*(?:qps|tps)|每(秒钟?|分钟|小时|天)\s*(?:不超过|最多|限制?为?|可调用|上限为?)?\s*(\d{1,7})\s*次|(\d{1,7})\s*次?(?:每)(秒钟?|分钟|小时|天)`)
	rateWords = regexp.MustCompile(`(?i)频率|限频|限速|限流|频控|qps|tps|rate|frequency`)
	// notLimits are sentences about other things: how often the platform
	// notifies, how often one should ask again, what to do after an error.
	notLimits = regexp.MustCompile(`通知频率|重复通知|通知的?频|轮询|间隔|建议|推荐|重试|回调|更新频率|扣款频率`)
	// Limits that hold for a part of the calls only cannot be stated.
	partly = regexp.MustCompile(`(?i)失败|错误|无效|异常|同笔|单笔|同一笔|每笔|同一订单|单个?订单|同订单|月之?前|个月|单个?用户|同一用户|每个?用户|用户维度|openid|单个?批次|同一批次|接收方|收款商户|单号|文件数`)
	byIP   = regexp.MustCompile(`(?i)单个?\s*ip|每个?\s*ip|ip维度|per\s*ip`)
	byApp  = regexp.MustCompile(`(?i)单个?\s*appid|appid维度|每个?\s*appid`)
	byMch  = regexp.MustCompile(`(?i)单个?(?:平台)?商户|同一(?:服务商|平台)?商户|商户号?维度|每个?商户|单(?:个)?服务商|同一服务商|单mchid|平台服务商|per merchant|服务商维度`)
	byAll  = regexp.MustCompile(`(?i)不区分来源|接口维度|总频率|总限频|所有商户|不限来源|全部商户|overall|all sources|regardless`)
	suffix = regexp.MustCompile(`^\s*\(([^()]{1,20})\)`)
)

// Rate is a limit of calls, and the call that it is said to be of where the
// line names one (查询订单接口：10/s).
type Rate struct {
	page.RateLimit
	Of string
}

// Rates reads the limits of calls that a line states. A limit that holds for
// failed calls, for one order or the like has no place in the model: some
// tells that there was such a one. Per is empty where the line does not say
// what is counted.
func Rates(s string) (limits []Rate, some bool) { return rates(s, false) }

// RatesBelow reads a line of a list that another line announced, so that the
// words that tell a limit from other numbers need not stand in it.
func RatesBelow(s string) (limits []Rate, some bool) {
	if m := rateNumber.FindStringIndex(Fold(s)); m == nil || !Numbered(s) && m[0] > 40 {
		return nil, false
	}
	return rates(s, true)
}

var rateHead = regexp.MustCompile("(?i)(?:频率|限频|限速|限流|频控)(?:限制|规则|说明|要求)?(?:如下|为)?[\\s*_`]*[:。]?[\\s*_`]*$")

// RateHead tells whether a line announces limits of calls that stand below it.
func RateHead(s string) bool {
	text := plain(s)
	return len(s) < 120 && rateHead.MatchString(text) && !notLimits.MatchString(text)
}

func rates(s string, below bool) (limits []Rate, some bool) {
	if len(s) > 2000 || !strings.ContainsAny(s, "0123456789") {
		return nil, false
	}
	text := Fold(s)
	found := rateNumber.FindAllStringSubmatchIndex(text, -1)
	if found == nil || !below && !rateWords.MatchString(text) {
		return nil, false
	}
	from, dimension := 0, ""
	for _, m := range found {
		before, after := text[from:m[0]], ""
		if note := suffix.FindStringSubmatch(rest(text, m[1])); note != nil {
			after = note[1]
		}
		sentence := before[strings.LastIndexAny(before, "。;")+1:]
		if strings.Contains(before, "。") || strings.Contains(before, ";") {
			dimension = ""
		}
		from = m[1]
		limit, ok := rateOf(text, m)
		switch {
		case !ok || notLimits.MatchString(sentence) || strings.Contains(sentence, "即每秒"):
			continue
		case partly.MatchString(sentence + after):
			some = true
			continue
		}
		d := dimensionOf(sentence, after)
		if d == "" && (otherwise(after) || otherwise(sentence)) {
			some = true
			continue
		}
		if d != "" {
			dimension = d
		}
		limit.Per = dimension
		limits = appendRate(limits, Rate{limit, ownerOf(sentence)})
	}
	return limits, some
}

var (
	// dimension is what a limit counts, in words of any kind.
	dimensionWord = regexp.MustCompile(`(?:单|每|同一)个?([\p{Han}A-Za-z]{1,6})|([\p{Han}A-Za-z]{1,6})维度`)
	noDimension   = regexp.MustCompile(`^(?:秒|分|小时|天|日|次|接口|API|api|商户|服务商|平台)`)
	owner         = regexp.MustCompile(`(?:^|[,。;:、\s•·-])([\p{Han}A-Za-z]{2,20})(?:接口|API)(?:的|调用|请求)*(?:频率|限频)?(?:限制|上限)?(?:是|为)?[\s:]*$`)
	noOwner       = regexp.MustCompile(`此|本|该|每个?$|单个?$|商户|服务商|所有|任一|任何|^(?:请求|调用|支付|微信支付|开放)?$|来源|的$`)
)

// otherwise tells whether a limit counts something that the model does not
// know: single users, shops.
func otherwise(s string) bool {
	for _, m := range dimensionWord.FindAllStringSubmatch(s, -1) {
		if !noDimension.MatchString(m[1] + m[2]) {
			return true
		}
	}
	return false
}

// ownerOf is the call that a limit is said to be of, or nothing.
func ownerOf(before string) string {
	m := owner.FindStringSubmatch(before)
	if m == nil || noOwner.MatchString(m[1]) {
		return ""
	}
	return m[1]
}

func rest(text string, at int) string {
	// The pattern may have taken the opening bracket with it.
	if at > 0 && text[at-1] == '(' {
		at--
	}
	return text[at:]
}

func appendRate(limits []Rate, limit Rate) []Rate {
	for _, have := range limits {
		if have == limit {
			return limits
		}
	}
	return append(limits, limit)
}

func dimensionOf(before, after string) string {
	for _, text := range []string{after, before} {
		switch {
		case byIP.MatchString(text):
			return "ip"
		case byApp.MatchString(text):
			return "appid"
		case byAll.MatchString(text):
			return "all"
		case byMch.MatchString(text):
			return "merchant"
		}
	}
	return ""
}

var seconds = map[string]int{
	"s": 1, "sec": 1, "second": 1, "seconds": 1, "秒": 1, "秒钟": 1,
	"m": 60, "min": 60, "minute": 60, "minutes": 60, "分": 60, "分钟": 60,
	"h": 3600, "hour": 3600, "hours": 3600, "小时": 3600, "天": 86400, "日": 86400, "day": 86400, "d": 86400,
}

func rateOf(text string, m []int) (page.RateLimit, bool) {
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	count, unit, times := group(1), group(4), 1
	switch {
	case count != "":
		if group(3) != "" {
			times, _ = strconv.Atoi(group(3))
		}
	case group(5) != "":
		count, unit = group(5), "s"
	case group(7) != "":
		count, unit = group(7), group(6)
	default:
		count, unit = group(8), group(9)
	}
	n, err := strconv.Atoi(count)
	per := seconds[strings.ToLower(unit)] * times
	return page.RateLimit{Requests: n, Seconds: per}, err == nil && n > 0 && per > 0
}
