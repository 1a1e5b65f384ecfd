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
