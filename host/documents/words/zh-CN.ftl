# 界面与提示的中文词句。键与参数必须与 en.ftl 一致（有测试核对）。
# 参数写作 { $name }，一律按文字代入；换行用缩进的续行。

### documents

table-of-chart = 图中数据
chart-kind-column = 柱状图
chart-kind-bar = 条形图
chart-kind-line = 折线图
chart-kind-stacked-bar = 堆积条形图
chart-category = 项目
no-rows = 无
image-absent = 图：{ $alternative }
signature-date = 日期
table-note = 注：{ $note }
header-with-unit = { $header }（{ $unit }）

### cli

cli-error = 出错
cli-operator-token = 首次启动：运维令牌（只显示这一次，请妥善保存）：{ $token }
cli-cannot-listen = 无法监听 { $address }
cli-serving = 汇总服务已启动：{ $address }
cli-no-token = 没有令牌：请用 --token-file 指定令牌文件，或设置环境变量 HUIZONG_TOKEN
cli-pack-broken = 取回的组件与服务器所说的摘要不符，已放弃
cli-pack-written = 预审包已写入 { $folder }（评分细则 { $rubric }）
cli-pack-rubric-differs = 预审包中的评分细则与其摘要不符：请重新运行 huizong pack
cli-checked-accepted = 预审通过：现在报送即可计入汇总。
cli-checked-blocked = 预审未通过：有错误，或有未说明的疑点。
cli-form-problem = { $pointer }：{ $message }
cli-explained = 说明：{ $text }
cli-severity-error = 错误
cli-severity-warning = 疑点
cli-severity-info = 提示
cli-accepted = 已接收
cli-blocked = 已留存，暂不计入
cli-receipt = 回执 { $number }：{ $standing }，{ $at }，内容摘要 { $answers }，评分细则 { $rubric }
cli-scorecard = { $title }：{ $total } / { $full } 分，{ $grade }
cli-replaying = 重放评估
cli-replayed = 重放评估 { $replayed } 次，结果字节不同的 { $different } 次
cli-replayed-other-engine = 其中 { $count } 次记录于另一引擎，用量不可比
demo-welcome = 汇总演示：省联社收集成员行社的自评，用自己的评分细则（沙箱插件）校验、计分、排名、汇总，出自己格式的报告。服务器：{ $address }
demo-chapter-enrol = 一、两家联社入驻：机构、令牌、插件
demo-issuing-tokens = 签发成员令牌
demo-admitting = 审查并编译插件
demo-admitted = 插件 { $plugin } 已准入（{ $bytes } 字节，摘要 { $digest }）
demo-enrolled = { $federation }：{ $members } 家成员行社
demo-chapter-hand-in = 二、成员行社报送（一半 JSON，一半 MessagePack），逐份校验
demo-handing-in = 报送 { $federation } { $round }
demo-handed-in = { $federation }《{ $round }》：收到 { $count } 份，每份都有签名回执
demo-column-severity = 级别
demo-column-check = 校验项
demo-column-count = 次数
demo-column-rank = 名次
demo-column-member = 成员行社
demo-column-grade = 等级
demo-column-total = 总分
demo-column-before = 原细则
demo-column-after = 新细则
demo-column-moved = 名次变化
demo-standings = 计入 { $accepted } 份；因错误或未说明的疑点暂不计入 { $blocked } 份（内容照样留存）
demo-key = 对照埋设清单：埋设 { $planted } 处，漏查 { $missed } 处，误报 { $accused } 处
demo-missed = 漏查：{ $unit } { $check }
demo-accused = 误报：{ $unit } { $check }
demo-key-differs = 校验结果与埋设清单不一致
demo-chapter-explain = 三、两份真实自评：发现了什么，每一分从哪里来
demo-findings-of = { $name }（{ $federation }）的校验结果：
demo-chapter-settle = 四、截止、结算、排名
demo-reason-close = 填报截止
demo-settling = 结算
demo-ranking = { $federation }，《{ $rubric }》：{ $members } 家参与排名，中位数 { $median } 分
demo-chapter-reports = 五、汇总与报告
demo-rolling-up = 汇总
demo-rolled-up = { $federation }：应报 { $expected } 家，计入 { $counted } 家；未报 { $missing }，暂不计入 { $blocked }，迟报 { $late }，免报 { $exempt }，已合并 { $merged }
demo-report = 《{ $title }》→ { $file }
demo-chapter-replace = 六、不停机更换评分细则：谁的分数和等级变了
demo-replaced = { $federation }：{ $before } → { $after }（理由：{ $reason }）
demo-regraded = { $members } 家中有 { $count } 家的等级因此不同。名次变化最大的：
demo-chapter-replay = 七、重放：每一次评估都能重算，且逐字节相同
demo-replay-differs = 重放结果与记录不符
demo-reports-in = 报告在 { $folder } 中。
demo-serving-on = 服务器仍在 { $address } 运行，接口说明：{ $address }/api/v1/openapi.json
demo-admin-token = 联社 { $federation } 管理令牌：{ $token }
demo-member-token = 成员 { $unit }（{ $name }）令牌：{ $token }
demo-stop-with = 按 Ctrl+C 结束。
