// A rubric for fire safety: what a station hands in, what is doubtful in it, what it earns, and how the stations compare.
//
// Points are thousandths and fit a JavaScript number exactly. Whoever declines to judge throws a refusal; any other error is the
// plugin's own fault.

import { DESCRIPTION, GRADES, PREMISES_MOST, RESPONSE_MOST, SMALLEST_UNIT } from "./description.js";
import { decode } from "./messagepack.js";

function describe() {
    return DESCRIPTION;
}

function check(submission) {
    const answers = decode(submission.answers);
    const findings = [];
    if (answers.drills === 0) findings.push(finding("no-drill", "全年未组织演练", "There was no drill", "/drills"));
    if (answers.extinguishers < 0) findings.push(finding("negative", "数量不能为负", "A number is negative", "/extinguishers"));
    return findings;
}

function score(submission) {
    const answers = decode(submission.answers);
    if (answers.rooms < 1) {
        throw { code: "no-rooms", message: { zh: "没有房间，无法评分", en: "There are no rooms to judge" }, pointer: "/rooms" };
    }
    const missing = clamp(answers.rooms - answers.extinguishers, 0, 40);
    const lines = [
        line("extinguishers",
            entry("base", 40_000, "满分起评", ["/rooms"]),
            entry("deduct", -1_000 * missing, `缺 ${missing} 具灭火器`, ["/extinguishers"])),
        line("exits", entry("add", answers.locked_exit ? 0 : 40_000, answers.locked_exit ? "出口上锁" : "出口畅通", ["/locked_exit"])),
        line("response", entry("pending", 0, "待同组比较", [])),
        line("volunteers", entry("add", 1_000 * clamp(answers.volunteers, 0, 5), "志愿消防员加分", ["/volunteers"])),
    ];
    let total = sum(lines.map((line) => line.points));
    const steps = [];
    const premises = lines[0].points + lines[1].points;
    if (premises > PREMISES_MOST) {
        steps.push(step("cap", "premises-most", PREMISES_MOST - premises, "场所合计封顶"));
        total += PREMISES_MOST - premises;
    }
    if (answers.locked_exit) {
        steps.push(step("veto", "locked-exit", -total, "出口上锁"));
        total = 0;
    }
    if (answers.drills === 0) steps.push(step("downgrade", "no-drill", 0, "全年未演练"));
    const minutes = answers.minutes === null ? null : { digits: answers.minutes, scale: 1 };
    return { lines, steps, total, measures: [{ measure: "minutes", value: minutes }] };
}

function settle(cohort) {
    const { values, known } = cohort.measures[0];
    const ranked = [...values].filter((value, member) => known[member] === 1);
    const best = ranked.length === 0 ? 0 : Math.min(...ranked);
    const points = cohort.members.map((_, member) => {
        if (known[member] !== 1 || values[member] <= 0) return 0;
        const share = Math.trunc((RESPONSE_MOST * best) / values[member]);
        return Math.trunc(share / SMALLEST_UNIT) * SMALLEST_UNIT;
    });
    const totals = points.map((response, member) => cohort.totals[member] + response);
    const ranks = totals.map((total) => 1 + totals.filter((other) => other > total).length);
    const lowered = new Set(cohort.steps.filter(({ step }) => step.kind === "downgrade").map(({ member }) => member));
    const grades = totals.map((total, member) => {
        const taken = GRADES.findIndex((grade) => total >= grade.atLeast);
        return Math.min((taken < 0 ? GRADES.length - 1 : taken) + (lowered.has(member) ? 1 : 0), GRADES.length - 1);
    });
    const column = { criterion: "response", points, reason: "最快者满分，其余按比例", measure: "minutes", statistics: [] };
    return { columns: [column], steps: [], totals, ranks, grades };
}

function finding(check, zh, en, at) {
    return { check, message: { zh, en }, at: [at], comparisons: [] };
}

function line(criterion, ...entries) {
    return { criterion, points: sum(entries.map((entry) => entry.points)), entries };
}

function entry(kind, points, reason, sources) {
    // Minus zero is no number of points.
    return { kind, points: points + 0, reason, comparisons: [], sources };
}

function step(kind, rule, points, reason) {
    return { kind, rule, points: points + 0, grade: null, reason, comparisons: [], sources: [] };
}

const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

const clamp = (number, least, most) => Math.min(Math.max(number, least), most);

export const rubric = { describe, check, score, settle };
