//! The traps that real self-assessments hold, by number.

macro_rules! traps {
    ($($(#[$doc:meta])* $name:ident = $number:literal => [$($code:literal),+],)+) => {
        /// A trap: something that real self-assessments get wrong, or leave doubtful. `T1` to `T36` in the README's table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Trap {
            $($(#[$doc])* $name,)+
        }

        impl Trap {
            /// All of them, in order.
            pub const ALL: [Self; 36] = [$(Self::$name),+];

            /// Its number: 1 to 36.
            pub const fn number(self) -> u8 {
                match self { $(Self::$name => $number,)+ }
            }

            /// The codes of all checks that look for it.
            pub const fn codes(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($code),+],)+ }
            }

            /// The code that it raises when it is planted.
            pub const fn code(self) -> &'static str {
                self.codes()[0]
            }
        }
    };
}

traps! {
    /// A period ends before it starts.
    ReversedPeriod = 1 => ["period-reversed"],
    /// A document number lacks its year.
    IncompleteNumber = 2 => ["document-number-incomplete", "document-number-unreadable"],
    /// A rule was applied before it was issued.
    IssuedAfterUse = 3 => ["policy-issued-after-use"],
    /// A policy is listed twice.
    RepeatedTitle = 4 => ["policy-title-repeated"],
    /// The fee table mixes units, does not add up, or does not say what the preferential items are part of.
    MixedFeeUnits = 5 => ["fee-units-mixed", "fee-total-differs", "fee-subset-unstated"],
    /// The text names a pricing basis that the table does not have.
    InconsistentPricing = 6 => ["pricing-basis-inconsistent"],
    /// Sources are merged, or nobody says how many were closed.
    MergedSources = 7 => ["complaint-sources-merged", "complaint-closed-missing"],
    /// Complaints and suggestions are counted together.
    MixedKinds = 8 => ["complaint-kinds-mixed"],
    /// Figures end before the period does.
    EarlyFigures = 9 => ["as-of-not-period-end"],
    /// A part is as large as its whole.
    SubsetEqualsTotal = 10 => ["complaint-subset-equals-total"],
    /// A number that is no exact number.
    InexactNumber = 11 => ["number-not-exact"],
    /// A score without full marks or items, or one that they do not add up to.
    UnfoundedScore = 12 => ["self-score-unfounded", "self-score-sum-differs"],
    /// Praise beside a problem of the same kind.
    PraiseAgainstProblems = 13 => ["praise-against-own-problems"],
    /// An absolute claim without data.
    UnprovenClaim = 14 => ["claim-without-sample"],
    /// No time limit, or one in working days.
    UnstatedLimit = 15 => ["complaint-limit-unstated", "complaint-limit-in-working-days"],
    /// The text does not name the institution, or names another.
    UnnamedOrganisation = 16 => ["organisation-not-named", "organisation-is-another"],
    /// The text calls the institution by a name that nobody registered.
    UnknownAlias = 17 => ["organisation-alias-unknown", "organisation-only-in-titles"],
    /// No year stands anywhere.
    NoYear = 18 => ["year-not-stated", "year-differs-from-period"],
    /// It reads like a branch of a larger bank.
    WrongSubmitter = 19 => ["submitter-kind-doubtful"],
    /// A character was dropped throughout.
    DroppedCharacter = 20 => ["character-dropped"],
    /// A misspelling.
    Misspelling = 21 => ["spelling-doubtful"],
    /// ASCII punctuation in Chinese text.
    AsciiPunctuation = 22 => ["ascii-punctuation"],
    /// Two spellings of one term.
    VaryingWords = 23 => ["wording-varies"],
    /// A heading that runs into its paragraph.
    RunInHeading = 24 => ["heading-run-in"],
    /// A long enumeration in one paragraph.
    LongEnumeration = 25 => ["enumeration-in-paragraph"],
    /// Two titles.
    TwoTitles = 26 => ["second-title"],
    /// A person is named.
    NamedPerson = 27 => ["personal-name-in-text"],
    /// An anniversary of another year.
    WrongAnniversary = 28 => ["anniversary-of-another-year"],
    /// Auditors at work on a day off.
    FieldworkOnDayOff = 29 => ["fieldwork-on-day-off"],
    /// A meeting on a holiday.
    MeetingOnDayOff = 30 => ["meeting-on-day-off"],
    /// A body under a name that it no longer has.
    OutdatedBody = 31 => ["body-name-outdated"],
    /// Nobody signed.
    NoSignOff = 32 => ["sign-off-missing"],
    /// A reference that nothing can be found by.
    UnresolvableReference = 33 => ["reference-unresolvable"],
    /// One campaign under two names.
    TwiceNamedCampaign = 34 => ["campaign-named-twice"],
    /// "Our department", but which?
    UnstatedDepartment = 35 => ["author-department-unstated"],
    /// Zero was not said.
    UnstatedZero = 36 => ["key-event-zero-unstated"],
}
