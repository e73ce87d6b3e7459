package corpus

import "github.com/wxgen/wxgen/transcribe/page"

// Truths are the pages made by hand: each shows something that readers have
// to get right.
func Truths() []*Truth {
	var all []*Truth
	for _, list := range [][]*Truth{fieldTruths(), callTruths(), answerTruths(), errorTruths(), otherTruths()} {
		all = append(all, list...)
	}
	for _, t := range all {
		finish(t)
	}
	return all
}

// The names of the roles as the doc centre writes them.
const (
	merchant = "普通商户"
	partner  = "普通服务商"
)

// commonErrs are rows as every operation has them.
func commonErrs() []Err {
	return []Err{
		{Status: 400, Code: "PARAM_ERROR", Says: "参数有误", Solve: "请检查传入的参数"},
		{Status: 400, Code: "INVALID_REQUEST", Says: "HTTP 请求不合规则", Solve: "请阅读规则"},
		{Status: 401, Code: "SIGN_ERROR", Says: "签名不对", Solve: "请检查签名"},
		{Status: 500, Code: "SYSTEM_ERROR", Says: "系统异常", Solve: "请稍后再试"},
	}
}

// one is a page with one operation and the usual errors.
func one(name, title string, op *Op) *Truth {
	if op.Roles == nil {
		op.Roles = []string{merchant}
	}
	if op.Answer.Status == 0 {
		op.Answer.Status = 200
	}
	if op.Common == nil && !op.OneTable {
		op.Common = commonErrs()
	}
	return &Truth{Name: name, Title: title, Updated: "2031-03-04", Ops: []*Op{op}}
}

// done is a small answer for operations that show something else.
func done() Answer {
	return Answer{Status: 200, Fields: []*Field{
		Str("gadget_id", "小物件ID").Max(32).Must(),
		Str("update_time", "修改时间").Max(32).Must().Stamp(),
	}}
}

func gadgetID() *Field { return Str("gadget_id", "小物件ID").Max(32) }

func fieldTruths() []*Truth {
	return []*Truth{
		one("types", "登记小物件类型", &Op{Method: "POST", Path: "/v3/demo/types", Answer: done(), Body: []*Field{
			Str("plain", "普通文字").Must(),
			Str("bounded", "定长文字").Max(64).Must(),
			Str("ranged", "区间文字").Len(6, 32).Must(),
			Str("square", "方括号文字").Len(6, 32).As("string[6,32]").Must(),
			Str("blank", "空格文字").Len(1, 20).As("string[1, 20]").Must(),
			Str("wide", "全角文字").Max(32).As("string（32）").May(),
			Str("mixed", "混用文字").Max(32).As("string(32）").May(),
			Int("whole", "整数").Must(),
			Int("short_int", "短整数").As("int").Must(),
			Int("long_int", "长整数").As("int64").May().format("int64"),
			Int("count", "无符号整数").As("uint32").May().format("uint32"),
			Int("total", "长无符号整数").As("uint64").May().format("uint64"),
			Int("digits", "位数整数").As("int(10)").May(),
			Bool("allowed", "是否允许").Must(),
			Bool("locked", "是否锁定").As("bool").May(),
			Num("rate", "比率").As("number").May(),
			Obj("maker", "制造者", Str("maker_name", "制造者名称").Max(40).Must()).As("GadgetMaker").May(),
			Strs("colors", "颜色列表").May(),
			List("parts", "零件", Str("part_id", "零件ID").Max(32).Must(), Int("weight", "重量").May()).As("array[GadgetPart]").Must(),
		}}),
		one("deep", "保存小物件结构", &Op{Method: "POST", Path: "/v3/demo/trees", Body: deepFields("req"), Answer: Answer{Fields: deepFields("ans")}}),
		one("arrays", "批量登记小物件", &Op{Method: "POST", Path: "/v3/demo/batches", Answer: done(), Body: []*Field{
			Strs("gadget_ids", "小物件列表").Must().Len(1, 128).Count(1, 100).As("array[string]"),
			Strs("codes", "编码列表").May().Max(32),
			Ints("sizes", "尺寸列表").May(),
			List("parts", "零件列表", Str("part_id", "零件ID").Max(32).Must()).Must().Count(1, 50),
		}}),
		one("enums", "查询小物件取值", &Op{Method: "GET", Path: "/v3/demo/enums", InQuery: []*Field{
			Str("color", "颜色").Must().Vals("RED", "红色", "GREEN", "绿色", "DEEP_BLUE", "深蓝色"),
			Str("shape", "形状").May().Vals("round", "圆形", "square", "方形").Word("可选取值："),
			Str("level", "级别").May().Vals("0", "最低", "1", "中等", "2", "最高"),
			Str("mode", "方式").May().Vals("Manual", "手工", "AutoMode", "自动").Word("枚举值："),
		}, Answer: Answer{Fields: []*Field{
			Str("event", "事件").Must().Vals("GADGET.NEW", "新建", "GADGET.GONE", "删除"),
			Str("channel", "渠道").May().Vals("SHOP#1", "一号店", "SHOP#2", "二号店"),
			Strs("tags", "标签").May().Vals("NEW", "新品", "HOT", "热门"),
		}}}),
		one("traps", "修改小物件说明", &Op{Method: "POST", Path: "/v3/demo/notes", Answer: done(), Body: []*Field{
			Str("remark", "备注").Max(60).May().Tell("此处的枚举值含义请参考附录，也可多选。"),
			Str("memo", "备忘").Max(60).May().Tell("当颜色为空时必填，否则选填；前一个月内有效。"),
			Str("unit", "单位").Must().Tell("示例：10 string 为无效值，应答参数中原样返回。"),
			Int("amount", "金额").Must().Tell("单位为分，请求参数之和不超过总额。"),
			Str("callback_url", "回调 地址(URL)").Max(255).May().Eg("https://www.gadget.example/back"),
			Str("status_text", "状态文字").May().Tell("返回200 OK的说明文字。"),
		}}),
		one("limits", "分页查询小物件", &Op{Method: "GET", Path: "/v3/demo/gadgets", InQuery: []*Field{
			Int("offset", "分页页码").Must().Range(0, 500),
			Int("limit", "分页大小").Must().Range(1, 100),
		}, Answer: Answer{Fields: []*Field{
			Int("total_count", "总数").Must(),
			List("data", "小物件列表", gadgetID().Must(), Str("state", "状态").Must().Vals("ON", "启用", "OFF", "停用")).May(),
			Int("offset", "分页页码").Must(),
			Int("limit", "分页大小").Must(),
		}}}),
		one("plain-fields", "查询无名小物件", &Op{Method: "GET", Path: "/v3/demo/plain", InQuery: []*Field{
			Str("first", "第一").Max(10).Must().Plain(), Str("second", "第二").Max(10).May().Plain(),
		}, Answer: Answer{Fields: []*Field{Str("third", "第三").Max(10).Must().Plain(), Int("fourth", "第四").May().Plain()}}}),
		one("conditions", "提交小物件条件", &Op{Method: "POST", Path: "/v3/demo/conditions", Answer: done(), Body: []*Field{
			Str("either", "其一").Max(32).Cond("二选一"),
			Str("other", "其二").Max(32).Cond("二选一"),
			Str("maybe", "可能").Max(32).Cond("条件选填"),
			Str("some", "多个").Max(32).Cond("多选一"),
		}}),
		one("same-names", "查询同名小物件", &Op{Method: "GET", Path: "/v3/demo/twins", Answer: Answer{Fields: []*Field{
			Obj("box", "盒子", Str("box_id", "盒子ID").Max(32).Must(), Str("create_time", "创建时间").Max(32).Must().Stamp()).Must(),
			Str("owner", "所有者").Max(64).May(),
			Str("create_time", "创建时间").Max(32).Must().Stamp(),
		}}}),
		one("keyword-names", "保存小物件关键字", &Op{Method: "POST", Path: "/v3/demo/keywords", Body: []*Field{
			Str("type", "类型").Max(16).Must().Vals("BODY", "主体", "PATH", "路径"), Str("path", "路径").Max(64).May(), Str("query", "查询").May(),
			Str("body", "主体").Max(64).Must(), Int("string", "字符串").May(), Str("object", "对象").May(), Str("number", "号码").Max(20).May(),
		}, Answer: Answer{Fields: []*Field{
			Str("code", "代码").Max(32).Must(), Str("message", "消息").Max(256).May(), Str("status", "状态").Must().Vals("SUCCESS", "成功", "FAIL", "失败"),
			Obj("data", "数据", Str("id", "编号").Max(32).Must(), Str("name", "名称").May(), Str("file", "文件").May()).Must(),
		}}}),
		one("heading-labels", "查询小物件标题", &Op{Method: "GET", Path: "/v3/demo/headings", InQuery: []*Field{
			Str("remark", "备注").Max(32).Must(), Str("description", "描述").Max(64).May(),
		}, Answer: Answer{Fields: []*Field{
			Str("err_code", "错误码").Max(32).May(), Str("desc", "描述").Max(64).May(), Str("note", "备注").May(), Int("http_status", "状态码").Must(),
			Str("reason", "原因").Max(128).Must(), Str("name", "参数名").Max(32).May(),
		}}}),
		one("texts", "保存小物件资料", &Op{Method: "POST", Path: "/v3/demo/papers", Answer: done(), Body: []*Field{
			Str("material", "资料").Max(4000).Must().Doc(`{"a":[{"b":"1"}],"c":true}`,
				List("a", "", Str("b", "")), Bool("c", "")),
			Str("owner_name", "所有者姓名").Max(1024).Must().Hide(),
			Str("phone", "手机号").Max(512).May().Hide(),
			Str("valid_until", "有效期").Max(64).May().Stamp(),
		}}),
	}
}

func (f *Field) format(name string) *Field { f.Format = name; return f }

// deepFields nest to depth five, with fields behind each nested object.
func deepFields(mark string) []*Field {
	return []*Field{
		Str(mark+"_id", "编号").Max(32).Must(),
		Obj("frame", "框架",
			Str("frame_name", "框架名称").Max(20).Must(),
			List("walls", "墙面",
				Str("wall_no", "墙面编号").Max(8).Must(),
				Obj("door", "门",
					Int("door_width", "门宽").Must(),
					List("locks", "锁",
						Str("lock_code", "锁编码").Max(16).Must().Vals("OLD", "旧锁", "NEW_ONE", "新锁"),
						Obj("screw", "螺丝", Int("screw_size", "螺丝尺寸").Must(), Bool("rusty", "是否生锈").May()).May(),
						Int("lock_weight", "锁重量").May(),
					).Must(),
					Str("door_color", "门颜色").May(),
				).May(),
				Bool("painted", "是否刷漆").Must(),
			).Must(),
			Int("frame_size", "框架尺寸").May(),
		).Must(),
		Int(mark+"_total", "合计").Must(),
	}
}

func answerTruths() []*Truth {
	body := func() []*Field { return []*Field{Str("reason", "原因").Max(80).Must()} }
	path := func() []*Field { return []*Field{gadgetID()} }
	return []*Truth{
		one("no-body-204", "关闭小物件", &Op{Method: "POST", Path: "/v3/demo/gadgets/{gadget_id}/close", InPath: path(), Body: body(),
			Answer: Answer{Status: 204, NoBody: true}}),
		one("no-body-202", "受理小物件", &Op{Method: "POST", Path: "/v3/demo/gadgets/{gadget_id}/accept", InPath: path(), Body: body(),
			Answer: Answer{Status: 202, NoBody: true}}),
		one("no-body-200", "确认小物件", &Op{Method: "PUT", Path: "/v3/demo/gadgets/{gadget_id}/confirm", InPath: path(), Body: body(),
			Answer: Answer{Status: 200, NoBody: true}}),
		one("status-204", "删除小物件", &Op{Method: "DELETE", Path: "/v3/demo/gadgets/{gadget_id}", InPath: path(),
			Answer: Answer{Status: 204}}),
		one("status-202", "提交小物件申请", &Op{Method: "POST", Path: "/v3/demo/applications", Body: body(),
			Answer: Answer{Status: 202, Fields: []*Field{Str("application_id", "申请ID").Max(64).Must()}}}),
		one("two-documents", "查询小物件两例", &Op{Method: "GET", Path: "/v3/demo/twice/{gadget_id}", InPath: path(), Failure: true, Answer: done()}),
		one("no-examples", "查询小物件无例", &Op{Method: "GET", Path: "/v3/demo/bare/{gadget_id}", InPath: path(), Bare: true, Answer: Answer{Fields: []*Field{
			Str("state", "状态").Max(16).Must().Vals("ON", "启用", "OFF", "停用"), Int("count", "数量").May(),
			List("parts", "零件", Str("part_id", "零件ID").Max(32).Must(), Str("shape", "形状").May()).Must(),
		}}}),
		one("patch", "部分修改小物件", &Op{Method: "PATCH", Path: "/v3/demo/gadgets/{gadget_id}", InPath: path(), Body: body(), Answer: done()}),
	}
}

func rate(requests, seconds int, per string) page.RateLimit {
	return page.RateLimit{Requests: requests, Seconds: seconds, Per: per}
}
