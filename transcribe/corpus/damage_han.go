package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// forms are the traditional forms of characters that occur in the platform's
// labels and in the corpus's own words.
const forms = `请請 参參 数數 变變 类類 长長 误誤 码碼 状狀 态態 时時 间間 适適 对對 频頻 规規 则則 验驗 说說 举舉 选選 传傳 径徑 询詢 体體 应應 条條 个個 项項 设設 备備 标標 题題 销銷 务務 户戶 发發 东東 业業 员員
图圖 动動 过過 进進 还還 这這 远遠 连連 运運 达達 从從 优優 价價 会會 伟偉 侧側 债債 倾傾 储儲 关關 内內 写寫 决決 冻凍 净淨 减減 创創 别別 删刪 剂劑 办辦 劳勞 势勢 区區 单單 卖賣 历歷 厂廠 压壓 县縣
双雙 号號 听聽 启啟 响響 团團 园園 围圍 国國 圆圓 场場 块塊 坏壞 声聲 处處 头頭 夹夾 宽寬 宝寶 实實 审審 宾賓 尘塵 尝嘗 尽盡 层層 岁歲 币幣 师師 带帶 帮幫 广廣 庆慶 库庫 废廢 开開 异異 张張 弹彈 归歸
当當 录錄 总總 恶惡 惊驚 惯慣 戏戲 执執 扩擴 扫掃 扬揚 护護 报報 拟擬 择擇 挂掛 损損 换換 据據 撑撐 断斷 无無 旧舊 显顯 权權 杂雜 构構 枪槍 柜櫃 样樣 桥橋 检檢 楼樓 欢歡 残殘 毕畢 汇匯 沟溝 没沒 济濟
测測 满滿 灯燈 点點 热熱 爱愛 独獨 环環 现現 电電 画畫 疗療 盖蓋 盘盤 确確 离離 称稱 积積 签簽 简簡 粮糧 级級 纪紀 约約 纸紙 线線 组組 细細 织織 终終 绍紹 经經 绑綁 结結 给給 络絡 统統 继繼 续續 维維
综綜 绿綠 缩縮 网網 罗羅 职職 联聯 脑腦 节節 获獲 蓝藍 补補 装裝 见見 观觀 览覽 触觸 计計 订訂 认認 讨討 让讓 议議 记記 许許 论論 访訪 证證 评評 识識 诉訴 词詞 试試 话話 该該 详詳 语語 读讀 课課 调調
谁誰 谢謝 贝貝 负負 财財 责責 账賬 货貨 质質 费費 资資 贵貴 购購 贯貫 赖賴 转轉 轮輪 软軟 轻輕 载載 较較 辅輔 输輸 边邊 迁遷 违違 递遞 邮郵 释釋 里裡 钟鐘 钮鈕 钱錢 铁鐵 锁鎖 链鏈 错錯 键鍵 门門 闭閉
问問 闲閒 阶階 际際 陆陸 险險 随隨 难難 页頁 顶頂 顺順 须須 颜顏 额額 风風 饰飾 鲜鮮 齐齊 丝絲 绝絕`

// readings are the sounds of some characters, as a mirror's program puts them
// behind.
const readings = `請qǐng 参cān 參cān 数shù 數shù 类lèi 類lèi 长cháng 長cháng 度dù 码mǎ 碼mǎ 态tài 態tài 时shí 間jiān 对duì 對duì 象xiàng 频pín 率lǜ 规guī
則zé 验yàn 驗yàn 选xuǎn 径jìng 询xún 体tǐ 應yīng 条tiáo 个gè 设shè 務wù 户hù 戶hù 发fā 員yuán 图tú 動dòng 进jìn 这zhè 会huì 關guān
内nèi 单dān 號hào 号hào 标biāo 题tí 示shì 值zhí 例lì 描miáo 述shù 说shuō 明míng 解jiě 决jué 方fāng 案àn 制zhì 商shāng 颜yán 色sè 零líng
件jiàn 状zhuàng 狀zhuàng 金jīn 额é 名míng 编biān 形xíng 备bèi 注zhù 物wù`

var toTraditional, readingOf = func() (map[rune]rune, map[rune]string) {
	forward, sounds := map[rune]rune{}, map[rune]string{}
	for _, pair := range strings.Fields(forms) {
		r := []rune(pair)
		forward[r[0]] = r[1]
	}
	for _, entry := range strings.Fields(readings) {
		r := []rune(entry)
		sounds[r[0]] = string(r[1:])
	}
	return forward, sounds
}()

// traditional writes the traditional forms.
func traditional(text string, _ *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		if t, ok := toTraditional[r]; ok {
			return t
		}
		return r
	}, text)
}

// pinyin puts the sound behind some characters, in parentheses.
func pinyin(text string, rng *rand.Rand) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r)
		if sound, ok := readingOf[r]; ok && unicode.Is(unicode.Han, r) && rng.IntN(4) == 0 {
			b.WriteString("(" + sound + ")")
		}
	}
	return b.String()
}
