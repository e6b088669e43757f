//! What changes about rules: what one parameter says about another. Rules are compared by the requests that they
//! refuse, however they are written down and whatever they are called.

super::kinds! {
    REQUIRE_ADDED: "rule-require-added", Breaking, Major, reverse "rule-require-removed",
        "A parameter is required under a condition, and was not before.",
        wire "Requests that meet the condition and lack the parameter are refused.", rust "`validate` refuses them.", docs "";
    REQUIRE_REMOVED: "rule-require-removed", Compatible, Minor, reverse "rule-require-added",
        "A parameter is no longer required under any condition.",
        wire "", rust "`validate` lets more pass.", docs "";
    REQUIRE_WIDENED: "rule-require-widened", Breaking, Major, reverse "rule-require-narrowed",
        "A parameter is required in more cases.",
        wire "Requests that meet the condition and lack the parameter are refused.", rust "`validate` refuses them.", docs "";
    REQUIRE_NARROWED: "rule-require-narrowed", Compatible, Minor, reverse "rule-require-widened",
        "A parameter is required in fewer cases.",
        wire "", rust "`validate` lets more pass.", docs "";
    REQUIRE_CHANGED: "rule-require-changed", Breaking, Major, reverse "rule-require-changed",
        "A parameter is required in other cases.",
        wire "Requests that meet the condition and lack the parameter are refused.", rust "`validate` refuses them, and lets others pass.", docs "";
    FORBID_ADDED: "rule-forbid-added", Breaking, Major, reverse "rule-forbid-removed",
        "A parameter is forbidden under a condition, and was not before.",
        wire "Requests that meet the condition and give the parameter are refused.", rust "`validate` refuses them.", docs "";
    FORBID_REMOVED: "rule-forbid-removed", Compatible, Minor, reverse "rule-forbid-added",
        "A parameter is no longer forbidden under any condition.",
        wire "", rust "`validate` lets more pass.", docs "";
    FORBID_WIDENED: "rule-forbid-widened", Breaking, Major, reverse "rule-forbid-narrowed",
        "A parameter is forbidden in more cases: allowed in fewer.",
        wire "Requests that meet the condition and give the parameter are refused.", rust "`validate` refuses them.", docs "";
    FORBID_NARROWED: "rule-forbid-narrowed", Compatible, Minor, reverse "rule-forbid-widened",
        "A parameter is forbidden in fewer cases: allowed in more.",
        wire "", rust "`validate` lets more pass.", docs "";
    FORBID_CHANGED: "rule-forbid-changed", Breaking, Major, reverse "rule-forbid-changed",
        "A parameter is forbidden in other cases.",
        wire "Requests that meet the condition and give the parameter are refused.", rust "`validate` refuses them, and lets others pass.", docs "";
    CONSTRAIN_ADDED: "rule-constrain-added", Breaking, Major, reverse "rule-constrain-removed",
        "A parameter's value is bounded under a condition, and was not before.",
        wire "Requests that meet the condition and have another value are refused.", rust "`validate` refuses them.", docs "";
    CONSTRAIN_REMOVED: "rule-constrain-removed", Compatible, Minor, reverse "rule-constrain-added",
        "A parameter's value is no longer bounded under any condition.",
        wire "", rust "`validate` lets more pass.", docs "";
    CONSTRAIN_WIDENED: "rule-constrain-widened", Breaking, Major, reverse "rule-constrain-narrowed",
        "A condition bounds a parameter's value more tightly, or in more cases.",
        wire "Requests that meet the condition and have another value are refused.", rust "`validate` refuses them.", docs "";
    CONSTRAIN_NARROWED: "rule-constrain-narrowed", Compatible, Minor, reverse "rule-constrain-widened",
        "A condition bounds a parameter's value less tightly, or in fewer cases.",
        wire "", rust "`validate` lets more pass.", docs "";
    CONSTRAIN_CHANGED: "rule-constrain-changed", Breaking, Major, reverse "rule-constrain-changed",
        "A condition bounds a parameter's value otherwise.",
        wire "Requests that meet the condition and have another value are refused.", rust "`validate` refuses them, and lets others pass.", docs "";
    COUNT_ADDED: "rule-count-added", Breaking, Major, reverse "rule-count-removed",
        "How many of some parameters are given is prescribed, and was not before.",
        wire "Requests that give too few or too many of the parameters are refused.", rust "`validate` refuses them.", docs "";
    COUNT_REMOVED: "rule-count-removed", Compatible, Minor, reverse "rule-count-added",
        "How many of some parameters are given is no longer prescribed.",
        wire "", rust "`validate` lets more pass.", docs "";
    COUNT_WIDENED: "rule-count-widened", Breaking, Major, reverse "rule-count-narrowed",
        "How many of some parameters are given is prescribed in more cases, or more strictly.",
        wire "Requests that give too few or too many of the parameters are refused.", rust "`validate` refuses them.", docs "";
    COUNT_NARROWED: "rule-count-narrowed", Compatible, Minor, reverse "rule-count-widened",
        "How many of some parameters are given is prescribed in fewer cases, or less strictly.",
        wire "", rust "`validate` lets more pass.", docs "";
    COUNT_CHANGED: "rule-count-changed", Breaking, Major, reverse "rule-count-changed",
        "How many of some parameters are given is prescribed otherwise.",
        wire "Requests that give too few or too many of the parameters are refused.", rust "`validate` refuses them, and lets others pass.", docs "";
    EQUAL_ADDED: "rule-equal-added", Breaking, Major, reverse "rule-equal-removed",
        "Two parameters must be the same, and did not have to before.",
        wire "Requests in which the two differ are refused.", rust "`validate` refuses them.", docs "";
    EQUAL_REMOVED: "rule-equal-removed", Compatible, Minor, reverse "rule-equal-added",
        "Two parameters no longer have to be the same.",
        wire "", rust "`validate` lets more pass.", docs "";
    EQUAL_WIDENED: "rule-equal-widened", Breaking, Major, reverse "rule-equal-narrowed",
        "Two parameters must be the same in more cases.",
        wire "Requests in which the two differ are refused.", rust "`validate` refuses them.", docs "";
    EQUAL_NARROWED: "rule-equal-narrowed", Compatible, Minor, reverse "rule-equal-widened",
        "Two parameters must be the same in fewer cases.",
        wire "", rust "`validate` lets more pass.", docs "";
    EQUAL_CHANGED: "rule-equal-changed", Breaking, Major, reverse "rule-equal-changed",
        "Two parameters must be the same in other cases.",
        wire "Requests in which the two differ are refused.", rust "`validate` refuses them, and lets others pass.", docs "";
    ADVICE_ADDED: "advice-added", Compatible, Patch, reverse "advice-removed",
        "There is advice about a parameter that there was not before: it is without effect, or should not be as it is.",
        wire "", rust "`validate` gives the advice; nothing is refused.", docs "";
    ADVICE_REMOVED: "advice-removed", Compatible, Patch, reverse "advice-added",
        "There is no longer advice about a parameter.",
        wire "", rust "`validate` no longer gives the advice.", docs "";
    ADVICE_CHANGED: "advice-changed", Compatible, Patch, reverse "advice-changed",
        "Advice about a parameter is given in other cases, or says something else.",
        wire "", rust "`validate` gives the advice in other cases; nothing is refused.", docs "";
    RULES_NOT_COMPARED: "rules-not-compared", Dangerous, Minor, reverse "rules-not-compared",
        "Rules about a parameter differ, and depend on too much to say by trying how.",
        wire "Requests that were right may be refused.", rust "`validate` may refuse more, or less.", docs "";
}
