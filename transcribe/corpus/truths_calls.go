package corpus

import "github.com/wxgen/wxgen/transcribe/page"

func callTruths() []*Truth {
	list := []*Truth{
		one("paint", "上色小物件API", &Op{Method: "POST", Path: "/v3/demo/gadgets/{gadget_id}/paint",
			InPath: []*Field{gadgetID()},
			Body: []*Field{
				Str("color", "颜色").Must().Vals("RED", "红色", "BLUE", "蓝色"),
				List("parts", "零件列表", Str("part_id", "零件ID").Max(32).Must(), Str("shape", "形状").May()).Must(),
			}, Answer: done()}),
		one("two-places", "查询小物件零件", &Op{Method: "GET", Path: "/v3/demo/gadgets/{gadget_id}/parts/{part_no}",
			InPath:  []*Field{gadgetID(), Str("part_no", "零件编号").Max(16)},
			InQuery: []*Field{Str("sub_mchid", "子商户号").Max(32).Must(), Bool("with_price", "是否带价格").May()},
			Roles:   []string{partner},
			Answer:  Answer{Fields: []*Field{Str("part_no", "零件编号").Max(16).Must(), Int("price", "价格").May()}}}),
		one("roles", "绑定小物件", &Op{Method: "POST", Path: "/v3/demo/bindings", Roles: []string{merchant, partner},
			Body: []*Field{gadgetID().Must()}, Answer: done()}),
		one("many-roles", "解绑小物件", &Op{Method: "POST", Path: "/v3/demo/unbindings",
			Roles: []string{partner, "平台商户", "渠道商", "从业机构（银行）", "从业机构（支付机构）", "清算机构"},
			Body:  []*Field{gadgetID().Must()}, Answer: done()}),
		one("slash", "提交小物件进件", &Op{Method: "POST", Path: "/v3/demo/applyments/", Body: []*Field{gadgetID().Must()}, Answer: done()}),
		one("query-line", "按状态查询小物件", &Op{Method: "GET", Path: "/v3/demo/states", Query: "?state={state}",
			InQuery: []*Field{Str("state", "状态").Max(16).Must()}, Answer: done()}),
		one("blank-braces", "查询小物件历史", &Op{Method: "GET", Path: "/v3/demo/gadgets/{gadget_id}/history", Blank: true,
			InPath: []*Field{gadgetID()}, Answer: done()}),
		one("either-path", "撤销小物件", &Op{Method: "POST", Path: "/v3/demo/gadgets/{gadget_id}/cancel", Or: "/v3/demo/gadgets/no/{gadget_no}/cancel",
			InPath: []*Field{gadgetID(), Str("gadget_no", "小物件单号").Max(32)}, Answer: Answer{Status: 204, NoBody: true}}),
		one("brand", "查询品牌小物件", &Op{Method: "GET", Path: "/brand/demo/gadgets/{gadget_id}",
			InPath: []*Field{gadgetID()}, Answer: done()}),
		one("idempotent", "发放小物件", &Op{Method: "POST", Path: "/v3/demo/grants", Idempotent: true,
			Headers: []*Field{Str("Idempotency-Key", "幂等键").Max(64).Must().Eg("key20310520")},
			Body:    []*Field{gadgetID().Must(), Str("grant_no", "发放单号").Len(1, 32).Must()}, Answer: done()}),
	}
	for i, r := range rates() {
		list = append(list, one("rate-"+string(rune('a'+i)), "限频小物件", &Op{Method: "GET", Path: "/v3/demo/rates",
			InQuery: []*Field{gadgetID().Must()}, Rates: []Rate{r}, Answer: done()}))
	}
	return list
}

// rates are the wordings of rate limits.
func rates() []Rate {
	limits := func(l ...page.RateLimit) []page.RateLimit { return l }
	return []Rate{
		{"call", "接口限频：100/秒（商户号维度）", limits(rate(100, 1, "merchant"))},
		{"call", "接口限频：900/分钟（商户号维度）", limits(rate(900, 60, "merchant"))},
		{"call", "接口频率：不区分来源 100/s，单ip 10/s", limits(rate(100, 1, "all"), rate(10, 1, "ip"))},
		{"call", "接口频率：不区分来源 1000/min，单ip 200/min", limits(rate(1000, 60, "all"), rate(200, 60, "ip"))},
		{"call", "接口频率：20QPS(商户号维度)", limits(rate(20, 1, "merchant"))},
		{"intro", "注：单个商户的接口频率限制为50次/s", limits(rate(50, 1, "merchant"))},
		{"intro", "频率限制为300QPS", limits(rate(300, 1, ""))},
		{"intro", "注：接口限频100次/秒。", limits(rate(100, 1, ""))},
		{"intro", "请求间隔不少于5分钟，可查询前一个月的数据。", nil},
	}
}

func errorTruths() []*Truth {
	op := func(path string) *Op {
		return &Op{Method: "GET", Path: path, InQuery: []*Field{gadgetID().Must()}, Answer: done()}
	}
	many := op("/v3/demo/errors/many")
	many.Business = []Err{
		{Status: 400, Code: "INVALID_REQUEST", Says: "小物件已上色", Solve: "请勿重复上色"},
		{Status: 400, Code: "INVALID_REQUEST", Says: "小物件已关闭", Solve: "请换一个小物件"},
		{Status: 400, Code: "INVALID_REQUEST", Says: "颜色与 形状 不配", Solve: "请换一种颜色"},
		{Status: 403, Code: "NO_AUTH", Says: "没有权限", Solve: "请开通权限"},
		{Status: 404, Code: "RESOURCE_NOT_EXISTS", Says: "小物件不存在", Solve: "请检查编号"},
		{Status: 429, Code: "FREQUENCY_LIMITED", Says: "调用太频繁", Solve: "请放慢调用"},
	}
	first := op("/v3/demo/errors/first")
	first.BusinessFirst, first.Business = true, []Err{
		{Status: 400, Code: "APPID_MCHID_NOT_MATCH", Says: "小物件与商户不配", Solve: "请先绑定"},
		{Status: 409, Code: "ALREADY_EXISTS", Says: "小物件已存在", Solve: "请勿重复提交"},
	}
	single := op("/v3/demo/errors/single")
	single.OneTable, single.Business = true, []Err{
		{Status: 400, Code: "PARAM_ERROR", Says: "编号为空", Solve: "请填写编号"},
		{Status: 202, Code: "USERPAYING", Says: "正在处理", Solve: "请稍后查询"},
		{Status: 500, Code: "SYSTEMERROR", Says: "系统出错", Solve: "请用原参数再试"},
	}
	merged := op("/v3/demo/errors/merged")
	merged.OneTable, merged.Business = true, []Err{
		{Status: 400, Code: "PARAM_ERROR", Says: "编号过长", Solve: "请缩短编号"},
		{Status: 400, Code: "PARAM_ERROR", Says: "颜色为空", Solve: "请填写颜色", Merge: 1},
		{Status: 400, Code: "MCH_NOT_EXISTS", Says: "商户不存在", Solve: "请检查商户", Merge: 1},
		{Status: 404, Code: "RESOURCE_NOT_EXISTS", Says: "小物件查不到", Solve: "请检查小物件"},
		{Status: 404, Code: "RESOURCE_NOT_EXISTS", Says: "小物件被其他商户占用", Solve: "请换一个小物件", Merge: 2},
		{Status: 403, Code: "RULE_LIMIT", Says: "超过规则", Solve: "请减少数量"},
	}
	spelt := op("/v3/demo/errors/spelt")
	spelt.Business = []Err{
		{Status: 404, Code: "RESOURCE_NOT_EXISTS", Spelt: "RESOURCE_NOT_ EXISTS", Says: "小物件没有找到", Solve: "请检查小物件编号"},
		{Status: 500, Code: "SYSTEM_ERROR", Spelt: "SYSTEM ERROR", Says: "系统故障", Solve: "请稍后重新调用"},
	}
	return []*Truth{
		one("errors-many", "查询小物件错误", many), one("errors-business-first", "查询小物件次序", first),
		one("errors-one-table", "查询小物件单表", single), one("errors-merged", "查询小物件合并", merged),
		one("errors-spelt", "查询小物件拼写", spelt),
	}
}

func otherTruths() []*Truth {
	two := one("two-operations", "小物件库存", &Op{Title: "增加小物件库存", Method: "POST", Path: "/v3/demo/stocks/{gadget_id}/add",
		InPath: []*Field{gadgetID()}, Body: []*Field{Int("count", "数量").Must()}, Answer: done()})
	two.Ops = append(two.Ops, one("", "", &Op{Title: "查询小物件库存", Method: "GET", Path: "/v3/demo/stocks/{gadget_id}",
		InPath: []*Field{gadgetID()}, InQuery: []*Field{Str("shop_no", "门店编号").Max(32).May()},
		Answer: Answer{Fields: []*Field{Int("count", "数量").Must(), Str("shop_no", "门店编号").Max(32).May()}}}).Ops...)
	return []*Truth{two, uploadTruth("upload-body", "message", "filename", "sha256"), uploadTruth("upload-form", "file", "file_name", "file_digest"),
		downloadTruth(), noticeTruth("notice", []Value{{"GADGET.PAINTED", "上色完成"}}),
		noticeTruth("notice-many", []Value{{"GADGET.PAINTED", "上色成功"}, {"GADGET.FAILED", "上色失败"}, {"GADGET.CLOSED", "已关闭"}})}
}

func uploadTruth(name, fileType, fileName, digest string) *Truth {
	file := File("file", "图片文件").As(fileType).Must()
	return one(name, "上传小物件图片", &Op{Method: "POST", Path: "/v3/demo/media/" + name, Upload: true,
		Body: []*Field{file, Obj("meta", "文件元信息",
			Str(fileName, "文件名称").Max(128).Must().Eg("gadget.jpg"), Str(digest, "文件摘要").Max(64).Must()).Must()},
		Answer: Answer{Fields: []*Field{Str("media_id", "文件标识").Max(512).Must()}}})
}

func downloadTruth() *Truth {
	return one("download", "申请小物件清单", &Op{Method: "GET", Path: "/v3/demo/lists", Download: true,
		InQuery: []*Field{Str("list_date", "清单日期").Max(10).Must().Eg("2031-05-20")},
		Answer: Answer{Fields: []*Field{
			Str("hash_type", "哈希类型").Max(32).Must().Vals("SHA1", "摘要算法"),
			Str("hash_value", "哈希值").Max(1024).Must().Eg("79bb0f45fc4c42234a918000b2668d689e2bde04"),
			Str("download_url", "下载地址").Max(2048).Must().Eg("https://api.mch.weixin.qq.com/v3/demo/file?token=xxx"),
		}}})
}

func noticeTruth(name string, types []Value) *Truth {
	return &Truth{Name: name, Title: "小物件上色结果通知", Updated: "2031-04-05", Intro: "小物件上色之后，会把结果发送给商户。",
		Events: []*Event{{Roles: []string{merchant}, Types: types, OriginalType: "gadget", Resource: []*Field{
			gadgetID().Must(),
			Str("state", "状态").Max(16).Must().Vals("DONE", "完成", "FAIL", "失败"),
			Obj("paint", "上色信息", Str("color", "颜色").Max(16).Must(), Int("layers", "层数").May()).May(),
			Str("finish_time", "完成时间").Max(32).Must().Stamp(),
		}}}}
}
