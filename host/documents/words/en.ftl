# The English words of pages and messages. Keys and arguments must be those of zh-CN.ftl (a test holds it).
# Arguments are written { $name } and put in as text; a long message goes on in indented lines.

### documents

table-of-chart = Figures of the chart
chart-kind-column = Column chart
chart-kind-bar = Bar chart
chart-kind-line = Line chart
chart-kind-stacked-bar = Stacked bar chart
chart-category = Item
no-rows = None
image-absent = Image: { $alternative }
signature-date = Date
table-note = Note: { $note }
header-with-unit = { $header } ({ $unit })
