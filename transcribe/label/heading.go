package label

import (
	"regexp"
	"strings"
)

// Section is a part of a page, as a heading opens it.
type Section string

// The sections that pages have.
const (
	NoSection       Section = ""
	Interface       Section = "interface"        // 接口说明
	Request         Section = "request"          // 请求参数
	RequestHeader   Section = "request-header"   // 请求包头
	RequestExample  Section = "request-example"  // 请求示例
	Answer          Section = "answer"           // 应答参数, 返回参数
	AnswerHeader    Section = "answer-header"    // 应答包头
	AnswerExample   Section = "answer-example"   // 应答示例, 返回示例
	Errors          Section = "errors"           // 错误码
	CommonErrors    Section = "common-errors"    // 公共错误码
	BusinessErrors  Section = "business-errors"  // 业务错误码
	CallFields      Section = "call-fields"      // 字段说明: of a front-end call, or of a reply in prose
	FileFormat      Section = "file-format"      // 文件格式说明
	Steps           Section = "steps"            // 请求步骤: fields once more, in prose
	Download        Section = "download"         // 请求下载账单, 下载接口说明
	EventAbout      Section = "event-about"      // 回调描述, 通知规则
	EventFields     Section = "event-fields"     // 通知参数
	EventExample    Section = "event-example"    // 通知示例
	EventVerify     Section = "event-verify"     // 对回调通知进行验签
	EventResource   Section = "event-resource"   // resource中ciphertext解密后字段
	EventDecrypted  Section = "event-decrypted"  // …解密后的资源对象示例
	EventAnswer     Section = "event-answer"     // 对回调通知进行应答
	EventAnswerGood Section = "event-answer-ok"  // 应答成功示例
	EventAnswerBad  Section = "event-answer-bad" // 应答失败示例
	EventRetry      Section = "event-retry"      // 微信支付回调处理机制说明
	Changes         Section = "changes"          // 版本说明
	Questions       Section = "questions"        // 常见问题
	Tail            Section = "tail"             // 技术咨询, 文档反馈
)

var headings = sections(map[Section]string{
	Interface: "接口说明 接口定义 接口信息 接口描述 接口介绍 InterfaceDescription APIDescription APIInstructions APIInstruction APIIntro APIIntroduction 接口簡介",
	Request: "请求参数 申请参数 接口参数 请求字段 请求报文 请求包体 传入参数 输入参数 RequestParameters RequestParameter" +
		" RequestParams RequestFields",
	RequestHeader: "请求包头 请求头 请求头参数 RequestHeader RequestHeaders",
	RequestExample: "请求示例 请求样例 请求举例 请求例子 请求示例代码 请求示例说明 各语言请求示例 RequestExamplesWithDifferentDevelopmentLanguages RequestSampleOfEachLanguage RequestSamples RequestExample RequestExamples" +
		" RequestSample ExampleRequest SampleRequest",
	Answer: "返回 返回值 返回数据 响应 响应数据 响应结果 应答 应答参数 返回参数 返回结果 应答字段 应答报文 响应参数 返回字段 返回包体 应答包体 输出参数 返回结果值说明" +
		" ResponseParameters ResponseParameter ReturnParameters ReturnedParameters ResponseParams ResponseFields",
	AnswerHeader: "应答包头 返回包头 应答头 返回头 应答头参数 ResponseHeader ResponseHeaders",
	AnswerExample: "应答示例 返回示例 返回样例 应答样例 响应示例 返回结果示例 正常返回示例 返回举例 ResponseExample" +
		" ResponseExamples ResponseSample ExampleResponse SampleResponse ReturnExample ReturnExamples",
	Errors:         "错误码 错误码公共错误码 错误码说明 错误码列表 常见错误码 返回错误码 错误码汇总 ErrorCode ErrorCodes",
	CommonErrors:   "公共错误码 通用错误码 CommonErrorCode CommonErrorCodes",
	BusinessErrors: "业务错误码 BusinessErrorCode BusinessErrorCodes",
	CallFields:     "字段说明 参与签名字段说明",
	FileFormat:     "文件格式说明 账单文件格式说明 账单格式说明 文件格式",
	Steps:          "请求步骤 请求步骤说明 图片上传步骤 视频上传步骤 文件上传步骤 媒体上传步骤 上传步骤 RequestProcedure RequestSteps",
	Download:       "请求下载账单 下载接口说明 下载账单接口 请求下载",
	EventAbout:     "回调描述 回调处理步骤 通知规则 回调说明 通知说明 回调时机 触发场景 NotificationRules",
	EventFields:    "通知参数 通知报文 回调参数 商户接收回调通知报文 服务商接收回调通知报文 商户/服务商接收回调通知报文 服务商/商户接收回调通知报文 NotificationParameters NotifyParameters",
	EventExample: "通知示例 回调示例 通知报文示例 回调报文示例 支付通知示例 退款通知示例 支付结果通知示例 退款结果通知示例" +
		" 回调通知示例 回调报文格式 回调报文骨架 回调报文结构 报文结构 回调通知报文",
	EventVerify:     "对回调通知进行验签 通知签名 回调验签与应答 签名验证",
	EventResource:   "对回调通知内容进行解密 参数解密 报文解密 证书和回调报文解密",
	EventAnswer:     "对回调通知进行应答 通知应答 回调应答 应答规范 处理要求 商户处理要求 服务商处理要求",
	EventAnswerGood: "应答成功示例 成功应答示例",
	EventAnswerBad:  "应答失败示例 失败应答示例",
	EventRetry:      "微信支付回调处理机制说明 回调处理机制",
	Changes:         "版本说明 更新说明 更新日志",
	Questions:       "常见问题 FAQ",
	Tail:            "技术咨询 文档反馈 反馈 咨询 目录 置顶",
})

func sections(words map[Section]string) map[string]Section {
	m := map[string]Section{}
	for section, names := range words {
		for _, name := range strings.Fields(names) {
			m[strings.ToLower(name)] = section
		}
	}
	return m
}

// longest is the longest heading with numbering and toggles. What is longer
// is a sentence and need not be looked at.
const longest = 160

var (
	numbering = regexp.MustCompile(`^(?:#+|[（(]?[0-9]{1,2}(?:[._-][0-9]{1,2})*[）)]?(?:[、.．:：]|$)?|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|●|•|·|/)+`)
	toggle    = regexp.MustCompile(`(?:折叠|展开|收起)(?:全部|所有)?(?:参数)?$`)
	decrypted = regexp.MustCompile(`(?:^|[^对])(?:resource|ciphertext|密文|通知).{0,24}解密.{0,16}(?:字段|资源对象|参数|内容|数据)(?:说明|如下)?$|^解密后的?(?:业务|关键)字段$`)
	sample    = regexp.MustCompile(`解密.{0,24}示例$|^解密后的?.{0,12}[（(](?:resource\.?)?ciphertext.{0,8}[）)]$`)
)

// Heading tells which section a line opens. It takes the line for a heading
// only if it is nothing but a heading: numbering, emphasis, a colon and the
// words of a toggle (折叠全部参数) may stand around the words.
func Heading(s string) (Section, bool) {
	if len(s) == 0 || len(s) > longest {
		return NoSection, false
	}
	words := headingWords(s)
	if section, ok := headings[strings.ToLower(words)]; ok {
		return section, true
	}
	switch {
	case strings.Contains(words, "解密") && sample.MatchString(words):
		return EventDecrypted, true
	case strings.Contains(words, "解密") && decrypted.MatchString(words):
		return EventResource, true
	}
	return NoSection, false
}

// EventRoles reads who gets a notification off the heading of its parameters
// (商户/服务商接收回调通知报文).
func EventRoles(s string) []string {
	if len(s) > longest {
		return nil
	}
	who, ok := strings.CutSuffix(headingWords(s), "接收回调通知报文")
	if !ok {
		return nil
	}
	return Roles(who)
}

func headingWords(s string) string {
	words := strings.Trim(squeeze(s), "*_`#> ")
	words = words[len(numbering.FindString(words)):]
	words = strings.Trim(words, "*_`【】[]/")
	words = strings.TrimRight(words, ":|")
	words = toggle.ReplaceAllString(words, "")
	return strings.TrimRight(strings.Trim(words, "*_`"), ":")
}
