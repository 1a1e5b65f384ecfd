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

### cli

cli-error = Error
cli-operator-token = First start: the operator's token (shown this once, keep it safe): { $token }
cli-cannot-listen = Cannot listen on { $address }
cli-serving = Huizong serves at { $address }
cli-no-token = No token: name a file with --token-file, or set HUIZONG_TOKEN
cli-pack-broken = The component does not have the digest that the server named; given up
cli-pack-written = The pre-check pack is in { $folder } (rubric { $rubric })
cli-pack-rubric-differs = The rubric in the pack does not have the digest that the pack names: run huizong pack again
cli-checked-accepted = The pre-check passes: handed in now, it would count.
cli-checked-blocked = The pre-check does not pass: there is an error, or a warning without an explanation.
cli-form-problem = { $pointer }: { $message }
cli-explained = explained: { $text }
cli-severity-error = error
cli-severity-warning = warning
cli-severity-info = info
cli-accepted = accepted
cli-blocked = kept, does not count yet
cli-receipt = Receipt { $number }: { $standing }, { $at }, content { $answers }, rubric { $rubric }
cli-scorecard = { $title }: { $total } / { $full }, { $grade }
cli-replaying = Replaying evaluations
cli-replayed = { $replayed } evaluations run again, { $different } gave other bytes
cli-replayed-other-engine = { $count } of them were recorded on another engine; their fuel is not comparable
demo-welcome = Huizong demo: a federation collects its members' self-assessments, checks, scores, ranks and rolls them up with its own rubric (a sandboxed plugin), and reports in its own format. Server: { $address }
demo-chapter-enrol = 1. Two federations move in: units, tokens, plugins
demo-issuing-tokens = Issuing members' tokens
demo-admitting = Inspecting and compiling plugins
demo-admitted = Plugin { $plugin } admitted ({ $bytes } bytes, digest { $digest })
demo-enrolled = { $federation }: { $members } members
demo-chapter-hand-in = 2. The members hand in (half JSON, half MessagePack); every revision is checked
demo-handing-in = Handing in { $federation } { $round }
demo-handed-in = { $federation }, { $round }: { $count } revisions, a signed receipt for each
demo-column-severity = Severity
demo-column-check = Check
demo-column-count = Count
demo-column-rank = Rank
demo-column-member = Member
demo-column-grade = Grade
demo-column-total = Total
demo-column-before = Before
demo-column-after = After
demo-column-moved = Ranks moved
demo-standings = { $accepted } count; { $blocked } are held back by errors or unexplained warnings (and kept all the same)
demo-key = Against the key of planted traps: { $planted } planted, { $missed } missed, { $accused } false accusations
demo-missed = Missed: { $unit } { $check }
demo-accused = Accused without cause: { $unit } { $check }
demo-key-differs = What the checks found differs from the key
demo-chapter-explain = 3. Two real self-assessments: what was found, and where every point comes from
demo-findings-of = Findings of { $name } ({ $federation }):
demo-chapter-settle = 4. Closing, settling, ranking
demo-reason-close = The round is over
demo-settling = Settling
demo-ranking = { $federation }, { $rubric }: { $members } ranked, median { $median }
demo-chapter-reports = 5. Roll-up and reports
demo-rolling-up = Rolling up
demo-rolled-up = { $federation }: { $expected } expected, { $counted } counted; { $missing } missing, { $blocked } held back, { $late } late, { $exempt } exempt, { $merged } merged
demo-report = { $title } → { $file }
demo-chapter-replace = 6. Another rubric on the running server: whose points and grades change
demo-replaced = { $federation }: { $before } → { $after } (reason: { $reason })
demo-regraded = { $count } of { $members } members take another grade. The largest moves:
demo-chapter-replay = 7. Replay: every evaluation can be run again and gives the same bytes
demo-replay-differs = A replay differs from the record
demo-reports-in = The reports are in { $folder }.
demo-serving-on = The server goes on at { $address }; its API: { $address }/api/v1/openapi.json
demo-admin-token = Federation { $federation }, administration's token: { $token }
demo-member-token = Member { $unit } ({ $name }), token: { $token }
demo-stop-with = Ctrl+C ends it.
