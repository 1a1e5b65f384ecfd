//! Names of counties that do not exist.

const FIRST: [&str; 24] = [
    "青石",
    "柳溪",
    "白鹭",
    "云台",
    "石桥",
    "枫林",
    "双河",
    "金坪",
    "南岭",
    "北川",
    "清泉",
    "松岗",
    "碧湖",
    "鹿鸣",
    "长滩",
    "古渡",
    "望山",
    "锦屏",
    "紫阳坡",
    "竹园",
    "临江口",
    "丹霞岭",
    "梅关",
    "银杏坪",
];

const SECOND: [&str; 5] = ["县", "区", "市", "东县", "西县"];

/// The name of the county with a number below 120.
pub(crate) fn county(number: usize) -> String {
    format!("{}{}", FIRST[number % FIRST.len()], SECOND[(number / FIRST.len()) % SECOND.len()])
}

/// The names of the city offices.
pub(crate) const CITIES: [&str; 10] =
    ["东陵", "西凉坪", "南浦", "北原", "中渡", "江陵口", "河阳", "山阴岭", "海棠", "云州"];
