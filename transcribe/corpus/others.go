package corpus

// Others are pages that describe neither an operation nor a notification, by
// what they are. They have to be refused.
func Others() map[string]string {
	return map[string]string{
		"front-end call.md": `## 接口说明

支持商户：【普通商户】

## 字段说明

### 请求参数

| 参数名 | 类型 | 必填 | 描述 |
| --- |  --- | --- | --- |
| appId | string(32) | true | 【应用ID】 小物件的应用。 |
| nonceStr | string(32) | true | 【随机串】 小物件的随机串。 |

### 返回结果值说明

| 返回值 | 描述 |
| --- | --- |
| err\_msg:ok | 成功 |
`,
		"front-end call.txt": `调起小物件

更新时间:2031.03.04

接口说明

支持商户:【普通商户】

字段说明

请求参数

appId  必填 string(32)

【应用ID】 小物件的应用。


id{n}  选填 string(32)

【第n个编号】 小物件的编号。
`,
		"guide.md": `# 小物件开发指引

## 1. 接口规则

| 参数 | 描述 |
| --- | --- |
| Wechatpay-Serial | 序列号 |
| Wechatpay-Nonce | 随机串 |

## 2. 开发准备

请先阅读说明，再调用POST接口。
`,
		"questions.txt": `小物件常见问题

更新时间:2031.03.04

Q:调用接口返回PARAM_ERROR怎么办

A:请检查必填参数。
`,
		"shell.html": `<!DOCTYPE html><html><head><title>文档中心</title></head><body><div id="app"></div><script src="a.js"></script></body></html>`,
		"shell.txt": `微信支付

产品文档

API列表

反馈
咨询
目录
置顶
`,
		"bill.md": `# 小物件账单说明

| 字段名 | 描述 | 示例值 |
| --- | --- | --- |
| 小物件编号 | 编号 | G1 |
| 手续费 | 金额 | 0.10 |

| 错误码 | 描述 | 解决方案 |
| --- | --- | --- |
| NO_BILL | 没有账单 | 请换一天 |
`,
		"novel.txt": "从前有一个小物件。\n\n它住在货架上，参数很多，状态很好。\n",
	}
}
