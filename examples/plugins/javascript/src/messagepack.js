// Reads the canonical MessagePack of a submission's answers: maps with text keys, lists, texts, whole numbers, true, false and nothing.

/** The value that the bytes hold. */
export function decode(bytes) {
    const reader = new Reader(bytes);
    const value = reader.value();
    if (reader.at !== bytes.length) throw new Error("bytes follow the value");
    return value;
}

class Reader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    value() {
        const first = this.number(1);
        if (first < 0x80) return first;
        if (first < 0x90) return this.map(first & 0x0f);
        if (first < 0xa0) return this.list(first & 0x0f);
        if (first < 0xc0) return this.text(first & 0x1f);
        if (first >= 0xe0) return first - 0x100;
        switch (first) {
            case 0xc0: return null;
            case 0xc2: return false;
            case 0xc3: return true;
            case 0xcc: return this.number(1);
            case 0xcd: return this.number(2);
            case 0xce: return this.number(4);
            case 0xcf: return exact(this.number(4) * 2 ** 32 + this.number(4));
            case 0xd0: return this.number(1) - 2 ** 8;
            case 0xd1: return this.number(2) - 2 ** 16;
            case 0xd2: return this.number(4) - 2 ** 32;
            case 0xd3: return exact((this.number(4) - 2 ** 32) * 2 ** 32 + this.number(4));
            case 0xd9: return this.text(this.number(1));
            case 0xda: return this.text(this.number(2));
            case 0xdb: return this.text(this.number(4));
            case 0xdc: return this.list(this.number(2));
            case 0xdd: return this.list(this.number(4));
            case 0xde: return this.map(this.number(2));
            case 0xdf: return this.map(this.number(4));
            // Fractions travel as text, and nothing else is in a submission.
            default: throw new Error(`no value of a submission begins with ${first}`);
        }
    }

    /** A whole number of so many bytes, the highest first. */
    number(length) {
        let number = 0;
        for (const byte of this.take(length)) number = number * 256 + byte;
        return number;
    }

    list(length) {
        const list = [];
        for (let index = 0; index < length; index += 1) list.push(this.value());
        return list;
    }

    map(length) {
        const map = Object.create(null);
        for (let index = 0; index < length; index += 1) {
            const name = this.value();
            map[name] = this.value();
        }
        return map;
    }

    /** The host has seen to it that texts are UTF-8. */
    text(length) {
        const bytes = this.take(length);
        let text = "";
        for (let at = 0; at < bytes.length;) {
            const first = bytes[at];
            const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            let code = more === 0 ? first : first & (0x3f >> more);
            for (let next = 1; next <= more; next += 1) code = code * 64 + (bytes[at + next] & 0x3f);
            text += String.fromCodePoint(code);
            at += more + 1;
        }
        return text;
    }

    take(length) {
        const end = this.at + length;
        if (end > this.bytes.length) throw new Error("the bytes break off");
        const bytes = this.bytes.subarray(this.at, end);
        this.at = end;
        return bytes;
    }
}

/** JavaScript's numbers hold whole numbers exactly up to 2^53. */
function exact(number) {
    if (!Number.isSafeInteger(number)) throw new Error("a number is larger than 2^53");
    return number;
}
