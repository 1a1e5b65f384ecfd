//! The list of terms. Names and dates in it are general knowledge: whoever relies on one should look it up first.

use huizong_sdk::{Date, day};

use super::{Role, Term};

const fn term(text: &'static str, role: Role) -> Term {
    Term { text, role }
}

const fn damaged(text: &'static str, missing: char, whole: &'static str) -> Term {
    term(text, Role::Damaged { missing, whole })
}

const fn former(text: &'static str, now: &'static str, until: Date) -> Term {
    term(text, Role::Former { now, until })
}

/// The banking regulator was merged into 银保监会.
const CBRC_ENDED: Date = day(2018, 4, 7);
/// 国家金融监督管理总局 began its work the day after.
const CBIRC_ENDED: Date = day(2023, 5, 17);
/// Its local offices followed.
const CBIRC_OFFICES_ENDED: Date = day(2023, 7, 19);
/// The central bank's prefecture branches were renamed.
const PBOC_BRANCHES_RENAMED: Date = day(2023, 8, 17);
/// Price bureaus went into 市场监督管理.
const PRICE_BUREAUS_ENDED: Date = day(2018, 12, 31);
/// Industry and commerce offices did, too.
const INDUSTRY_OFFICES_ENDED: Date = day(2018, 12, 31);
/// The licence for companies' settlement accounts was abolished everywhere.
const ACCOUNT_LICENCE_ENDED: Date = day(2019, 12, 31);

/// All terms. Where one is the beginning of another, both are found.
pub(super) static TERMS: [Term; 85] = [
    term("年", Role::Year),
    term("全面提升", Role::Praise),
    term("全面提高", Role::Praise),
    term("显著提升", Role::Praise),
    term("显著改善", Role::Praise),
    term("大幅提升", Role::Praise),
    term("客户都非常满意", Role::Claim("satisfaction")),
    term("客户均非常满意", Role::Claim("satisfaction")),
    term("客户均表示满意", Role::Claim("satisfaction")),
    term("满意度达百分之百", Role::Claim("satisfaction")),
    term("满意率达百分之百", Role::Claim("satisfaction")),
    term("未发生再次投诉", Role::Claim("repeat_complaint")),
    term("未发生重复投诉", Role::Claim("repeat_complaint")),
    term("总行、我行", Role::Branch),
    term("总行和我行", Role::Branch),
    term("分、支行", Role::Branch),
    term("我分行", Role::Branch),
    term("本分行", Role::Branch),
    term("我支行", Role::Branch),
    term("上报总行", Role::Branch),
    term("总行下发", Role::Branch),
    term("总行转办", Role::Branch),
    damaged("营业点", '网', "营业网点"),
    damaged("点大堂经理", '网', "网点大堂经理"),
    damaged("点营业厅", '网', "网点营业厅"),
    damaged("、络、", '网', "网络"),
    damaged("、上银行", '网', "网上银行"),
    damaged("及上银行", '网', "网上银行"),
    damaged("过上银行", '网', "网上银行"),
    damaged("客户投处理", '诉', "客户投诉处理"),
    damaged("投处理", '诉', "投诉处理"),
    damaged("投电话", '诉', "投诉电话"),
    damaged("投管理", '诉', "投诉管理"),
    damaged("金消费者", '融', "金融消费者"),
    damaged("金知识", '融', "金融知识"),
    damaged("消者权益", '费', "消费者权益"),
    damaged("风提示", '险', "风险提示"),
    damaged("风匹配", '险', "风险匹配"),
    term("至至", Role::Misspelt("至")),
    term("将一步提高", Role::Misspelt("将进一步提高")),
    term("将一步加强", Role::Misspelt("将进一步加强")),
    term("将一步完善", Role::Misspelt("将进一步完善")),
    term("处理实效", Role::Misspelt("处理时效")),
    term("在开户确认", Role::Misspelt("在客户确认")),
    term("政府的文件文号", Role::Misspelt("政府定价的文件文号")),
    term("帐户", Role::Misspelt("账户")),
    term("按装", Role::Misspelt("安装")),
    term("做为金融", Role::Misspelt("作为金融")),
    term("台帐", Role::Variant { preferred: "台账", alone: true }),
    term("台账", Role::Preferred),
    term("制订", Role::Variant { preferred: "制定", alone: false }),
    term("制定", Role::Preferred),
    term("喜迎", Role::Founded(1949)),
    term("祖国", Role::Founded(1949)),
    term("国庆", Role::Founded(1949)),
    term("建国", Role::Founded(1949)),
    term("新中国成立", Role::Founded(1949)),
    term("建党", Role::Founded(1921)),
    term("改革开放", Role::Founded(1978)),
    former("银监分局", "金融监管分局", CBRC_ENDED),
    former("银监部门", "金融监管部门", CBRC_ENDED),
    former("银监局", "金融监管局", CBRC_ENDED),
    former("银监会", "国家金融监督管理总局", CBRC_ENDED),
    former("银保监会", "国家金融监督管理总局", CBIRC_ENDED),
    former("银保监局", "金融监管局", CBIRC_OFFICES_ENDED),
    former("银保监分局", "金融监管分局", CBIRC_OFFICES_ENDED),
    former("物价局", "市场监督管理局", PRICE_BUREAUS_ENDED),
    former("工商局", "市场监督管理局", INDUSTRY_OFFICES_ENDED),
    former("市中心支行", "人民银行市分行", PBOC_BRANCHES_RENAMED),
    former("取消企业银行结算账户许可", "（2019年已全面取消）", ACCOUNT_LICENCE_ENDED),
    term("政府定价", Role::Basis("government_set")),
    term("政府指导价", Role::Basis("government_guided")),
    term("市场调节价", Role::Basis("market_adjusted")),
    term("《转发的", Role::EmptyReference),
    term("《印发的", Role::EmptyReference),
    term("《关于的", Role::EmptyReference),
    term("《的通知", Role::EmptyReference),
    term("我部", Role::OurDepartment),
    term("一是", Role::Enumerator),
    term("二是", Role::Enumerator),
    term("三是", Role::Enumerator),
    term("四是", Role::Enumerator),
    term("五是", Role::Enumerator),
    term("六是", Role::Enumerator),
    term("同志", Role::Address),
];
