// What the rubric says of itself. It binds: the host verifies every answer against it.

const SINCE = { year: 2020, month: 1, day: 1 };

const text = (zh, en) => ({ zh, en });

const integer = (title, english, more = {}) => ({ type: "integer", title, "x-title-en": english, ...more });

const FORM = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["rooms", "extinguishers", "locked_exit", "drills", "minutes", "volunteers"],
    properties: {
        rooms: integer("房间数", "Rooms", { minimum: 1, maximum: 100000, "x-unit": "间" }),
        extinguishers: integer("有效灭火器", "Working extinguishers", { maximum: 100000, "x-unit": "具" }),
        locked_exit: { type: "boolean", title: "出口上锁", "x-title-en": "Locked exit" },
        drills: integer("演练次数", "Drills", { maximum: 1000, "x-unit": "次" }),
        minutes: { type: ["integer", "null"], title: "疏散用时（0.1分钟）", "x-title-en": "Minutes to clear, in tenths" },
        volunteers: integer("志愿消防员", "Volunteers", { maximum: 100000, "x-unit": "人" }),
    },
    additionalProperties: false,
};

function criterion(id, parent, label, kind, pass, most, guidance) {
    return { id, parent, label, kind, pass, ranges: [{ since: SINCE, least: 0, most }], judged: null, guidance };
}

const check = (code, severity, title, help) => ({ code, title, help, severities: [{ since: SINCE, severity }] });

export const PREMISES_MOST = 70_000;
export const RESPONSE_MOST = 20_000;
export const SMALLEST_UNIT = 500;

export const GRADES = [
    { id: "a", label: text("优秀", "Excellent"), atLeast: 80_000 },
    { id: "b", label: text("合格", "Sufficient"), atLeast: 60_000 },
    { id: "c", label: text("不合格", "Insufficient"), atLeast: 0 },
];

export const DESCRIPTION = {
    id: "fire-safety-js",
    version: "1.0.0",
    title: text("消防安全评分细则（示例）", "Fire safety (a sample)"),
    summary: text("示例：以 JavaScript 写成的评分细则。", "A sample: a rubric written in JavaScript."),
    basis: [],
    fullMarks: 100_000,
    smallestUnit: SMALLEST_UNIT,
    rounding: "toward-zero",
    criteria: [
        criterion("premises", null, text("场所", "Premises"), "group", "of-unit", 80_000, text("灭火器与出口", "Extinguishers and exits")),
        criterion("extinguishers", "premises", text("灭火器", "Extinguishers"), "base", "of-unit", 40_000,
            text("每间一具，每缺一具扣 1 分。", "One for each room; a point off for each that is missing.")),
        criterion("exits", "premises", text("安全出口", "Exits"), "base", "of-unit", 40_000, text("无上锁的出口得满分。", "Full points where none is locked.")),
        criterion("response", null, text("疏散", "Response"), "base", "of-cohort", 20_000, text("最快者满分，其余按比例。", "The fastest gets all, the others their share.")),
        criterion("volunteers", null, text("志愿消防员", "Volunteers"), "bonus", "of-unit", 5_000, text("每名加 1 分，至多 5 分。", "A point for each, at most five.")),
    ],
    caps: [
        { id: "premises-most", label: text("场所封顶", "At most for the premises"), criterion: "premises", least: null, most: PREMISES_MOST },
        { id: "most", label: text("总分封顶", "At most in all"), criterion: null, least: null, most: 90_000 },
    ],
    vetoes: [
        { id: "locked-exit", label: text("出口上锁，总分为零", "A locked exit ends the matter"), effect: { tag: "zero" } },
        { id: "no-drill", label: text("未演练，降一等", "One grade lower without a drill"), effect: { tag: "downgrade", val: 1 } },
    ],
    grades: GRADES,
    checks: [
        check("no-drill", "warning", text("全年未演练", "No drill in the year"), text("请说明原因。", "Say why.")),
        check("negative", "error", text("数量为负", "A negative number"), text("请核对数量。", "Check the number.")),
    ],
    measures: [{ id: "minutes", label: text("疏散用时", "Minutes to clear"), unit: "分钟", scale: 1 }],
    earlierPeriods: 0,
    form: JSON.stringify(FORM),
};
