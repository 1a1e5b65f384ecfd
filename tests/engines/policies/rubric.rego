# The rubric of the comparison in OPA's language; `complaints/src` is the same in Rust.
# Quotients are taken after the rest is taken away, so that no number is ever a fraction.
package complaints

import rego.v1

explanation := {"lines": lines, "total": sum([line.points | some line in lines])}

lines := [
	{
		"criterion": "volume",
		"points": left(10000, 50 * beyond),
		"reason": sprintf("共%d件投诉，超过20件的%d件每件扣0.05分", [all, beyond]),
		"sources": pointers(places_beyond),
	},
	{
		"criterion": "timeliness",
		"points": share(20000, closed - count(late), closed),
		"reason": sprintf("办结%d件，其中限期内办结%d件，逾期%d件", [closed, closed - count(late), count(late)]),
		"sources": pointers(late),
	},
	{
		"criterion": "open",
		"points": left(5000, 500 * count(open)),
		"reason": sprintf("未办结%d件，每件扣0.5分", [count(open)]),
		"sources": pointers(open),
	},
	{
		"criterion": "repetition",
		"points": left(10000, rate(100000, count(repeated), all)),
		"reason": sprintf("%d件投诉中重复%d件，每个百分点扣1分", [all, count(repeated)]),
		"sources": pointers(repeated),
	},
	{
		"criterion": "escalation",
		"points": left(10000, rate(200000, count(escalated), all)),
		"reason": sprintf("%d件投诉中升级%d件，每个百分点扣2分", [all, count(escalated)]),
		"sources": pointers(escalated),
	},
	{
		"criterion": "liability",
		"points": left(15000, rate(30000, count(liable), closed)),
		"reason": sprintf("办结%d件中有责%d件，每个百分点扣0.3分", [closed, count(liable)]),
		"sources": pointers(liable),
	},
	{
		"criterion": "satisfaction",
		"points": share(20000, satisfied, satisfied + count(unsatisfied)),
		"reason": sprintf("有效回访%d件，满意%d件", [satisfied + count(unsatisfied), satisfied]),
		"sources": pointers(unsatisfied),
	},
	{
		"criterion": "levels",
		"points": left(10000, ((10 * ordinary) + (100 * complex)) + (1000 * major)),
		"reason": sprintf("普通%d件每件扣0.01分，复杂%d件每件扣0.1分，重大%d件每件扣1分", [ordinary, complex, major]),
		"sources": pointers(grave),
	},
]

all := count(input.complaint_record)

beyond := max([0, all - 20])

places_beyond := [] if {
	beyond == 0
} else := numbers.range(20, min([24, all - 1]))

open := [place | some place, record in input.complaint_record; record.closed_on == null]

closed := all - count(open)

late := [place |
	some place, record in input.complaint_record
	record.closed_on != null
	day(record.closed_on) > (day(record.received_on) + limit[record.level]) + extension[record.extended]
]

repeated := [place | some place, record in input.complaint_record; record.repeat]

escalated := [place | some place, record in input.complaint_record; record.escalated]

liable := [place | some place, record in input.complaint_record; record.liable; record.closed_on != null]

satisfied := count([place | some place, record in input.complaint_record; record.satisfied == true])

unsatisfied := [place | some place, record in input.complaint_record; record.satisfied == false]

grave := [place | some place, record in input.complaint_record; record.level != "ordinary"]

major := count([place | some place in grave; input.complaint_record[place].level == "major"])

complex := count(grave) - major

ordinary := all - count(grave)

limit := {"ordinary": 15, "complex": 30, "major": 30}

extension := {true: 30, false: 0}

day(text) := time.parse_rfc3339_ns(concat("", [text, "T00:00:00Z"])) / 86400000000000

left(most, deduction) := max([0, most - deduction])

share(most, _, 0) := most

share(most, part, whole) := quotient(most * part, whole) if whole > 0

rate(_, _, 0) := 0

rate(cost, part, whole) := quotient(cost * part, whole) if whole > 0

quotient(part, whole) := (part - (part % whole)) / whole

pointers(places) := [sprintf("/complaint_record/%d", [place]) | some place in array.slice(places, 0, 5)]
