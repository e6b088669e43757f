//! What changes about the parameters of a request, and about what they are made of.

super::kinds! {
    PARAMETER_ADDED: "parameter-added", Compatible, Minor, reverse "parameter-removed",
        "An optional parameter is new.",
        wire "Requests without it stay as they are.", rust "There is one more setter.", docs "";
    REQUIRED_PARAMETER_ADDED: "required-parameter-added", Breaking, Major, reverse "required-parameter-removed",
        "A required parameter is new.",
        wire "Requests without it are refused.", rust "`new` takes one more argument.", docs "";
    PARAMETER_REMOVED: "parameter-removed", Breaking, Major, reverse "parameter-added",
        "An optional parameter is gone.",
        wire "The service ignores it or refuses the request.", rust "The field and its setter are gone.", docs "";
    REQUIRED_PARAMETER_REMOVED: "required-parameter-removed", Breaking, Major, reverse "required-parameter-added",
        "A required parameter is gone.",
        wire "The service ignores it or refuses the request.", rust "`new` takes one argument less.", docs "";
    PARAMETER_RENAMED: "parameter-renamed", Breaking, Major, reverse "parameter-renamed",
        "A parameter has another name and the same shape.",
        wire "The service does not see the old name.", rust "The field and its setter have another name.", docs "";
    PARAMETER_NOW_REQUIRED: "parameter-now-required", Breaking, Major, reverse "parameter-now-optional",
        "An optional parameter is required.",
        wire "Requests without it are refused.", rust "`new` takes it as an argument; the setter is gone, the field is no `Option`.", docs "";
    PARAMETER_NOW_OPTIONAL: "parameter-now-optional", Breaking, Major, reverse "parameter-now-required",
        "A required parameter is optional.",
        wire "", rust "`new` no longer takes it; there is a setter, and the field is an `Option`.", docs "";
    ARGUMENTS_REORDERED: "arguments-reordered", Breaking, Major, reverse "arguments-reordered",
        "Required parameters stand in another order.",
        wire "", rust "`new` takes its arguments in another order: where two are of one type, the compiler does not notice.", docs "";
    CONSTRUCTOR_ADDED: "constructor-added", Compatible, Minor, reverse "constructor-removed",
        "A value is known to need parameters beside it.",
        wire "", rust "There is one more constructor, named after the value.", docs "";
    CONSTRUCTOR_REMOVED: "constructor-removed", Breaking, Major, reverse "constructor-added",
        "A value is no longer known to need parameters beside it.",
        wire "", rust "The constructor named after the value is gone.", docs "";
    CONSTRUCTOR_CHANGED: "constructor-changed", Breaking, Major, reverse "constructor-changed",
        "A value needs other parameters beside it.",
        wire "", rust "The constructor named after the value takes other arguments.", docs "";
    PARAMETER_TYPE_CHANGED: "parameter-type-changed", Breaking, Major, reverse "parameter-type-changed",
        "A parameter is of another type.",
        wire "Values of the old type may be refused.", rust "The field and its setter are of another type.", docs "";
    PARAMETER_WIDTH_CHANGED: "parameter-width-changed", Breaking, Major, reverse "parameter-width-changed",
        "A whole number has another width.",
        wire "The range of numbers is another.", rust "The field and its setter are `i64` instead of `i32`, or the reverse.", docs "";
    PARAMETER_JSON_DESCRIBED: "parameter-json-described", Breaking, Major, reverse "parameter-json-undescribed",
        "What the JSON in a text looks like is known now.",
        wire "", rust "The field holds `Content<…>` instead of a `String`; a setter takes either.", docs "";
    PARAMETER_JSON_UNDESCRIBED: "parameter-json-undescribed", Breaking, Major, reverse "parameter-json-described",
        "What the JSON in a text looks like is no longer known.",
        wire "", rust "The field holds a `String` instead of `Content<…>`.", docs "";
    PARAMETER_SCHEMA_CHANGED: "parameter-schema-changed", Breaking, Major, reverse "parameter-schema-changed",
        "A parameter has a shape that is shared under another name, or no longer shared.",
        wire "", rust "The field and its setter are of a type of another name.", docs "";
    PARAMETER_MOVED: "parameter-moved", Breaking, Patch, reverse "parameter-moved",
        "A parameter travels in another part of the request.",
        wire "The service may not look for it in the old place.", rust "", docs "";
    PARAMETER_STYLE_CHANGED: "parameter-style-changed", Breaking, Patch, reverse "parameter-style-changed",
        "A list or an object travels in another form.",
        wire "The service may not read the old form.", rust "", docs "";
    PARAMETER_DEFAULT_ADDED: "parameter-default-added", Docs, Patch, reverse "parameter-default-removed",
        "It is known what the service assumes when a parameter is absent.",
        wire "", rust "", docs "";
    PARAMETER_DEFAULT_REMOVED: "parameter-default-removed", Docs, Patch, reverse "parameter-default-added",
        "It is no longer known what the service assumes when a parameter is absent.",
        wire "", rust "", docs "";
    PARAMETER_DEFAULT_CHANGED: "parameter-default-changed", Dangerous, Patch, reverse "parameter-default-changed",
        "The service assumes something else when a parameter is absent.",
        wire "The same request does something else.", rust "", docs "";
    VALUE_ADDED: "value-added", Compatible, Minor, reverse "value-removed",
        "A parameter may have one more value.",
        wire "", rust "The enum has one more variant.", docs "";
    VALUE_REMOVED: "value-removed", Breaking, Major, reverse "value-added",
        "A parameter no longer has a value.",
        wire "The service may refuse the value.", rust "The variant is gone; `Other` still holds the text.", docs "";
    VALUES_LISTED: "values-listed", Breaking, Major, reverse "values-unlisted",
        "The values of a parameter are known now.",
        wire "", rust "The field holds an enum instead of a `String`; a setter takes either.", docs "";
    VALUES_UNLISTED: "values-unlisted", Breaking, Major, reverse "values-listed",
        "The values of a parameter are no longer known.",
        wire "", rust "The field holds a `String`; the enum is gone.", docs "";
    VALUES_CLOSED: "values-closed", Breaking, Major, reverse "values-opened",
        "A parameter takes no other values than those that are listed.",
        wire "Other values are refused.", rust "`validate` refuses other values instead of warning of them.", docs "";
    VALUES_OPENED: "values-opened", Compatible, Minor, reverse "values-closed",
        "A parameter takes other values than those that are listed, too.",
        wire "", rust "`validate` warns of other values instead of refusing them.", docs "";
    VALUE_DEPRECATED: "value-deprecated", Dangerous, Patch, reverse "value-no-longer-deprecated",
        "The service wants callers to stop using a value.",
        wire "The value may vanish.", rust "", docs "The page says so.";
    VALUE_NO_LONGER_DEPRECATED: "value-no-longer-deprecated", Docs, Patch, reverse "value-deprecated",
        "A value is no longer deprecated.",
        wire "", rust "", docs "The page no longer warns.";
    LIMIT_ADDED: "limit-added", Dangerous, Minor, reverse "limit-removed",
        "A parameter has a bound where none was known.",
        wire "Values beyond it may be refused; perhaps they always were.", rust "`validate` refuses them.", docs "";
    LIMIT_REMOVED: "limit-removed", Compatible, Minor, reverse "limit-added",
        "A parameter has no longer a bound.",
        wire "", rust "`validate` lets more pass.", docs "";
    LIMIT_TIGHTENED: "limit-tightened", Breaking, Major, reverse "limit-loosened",
        "A bound is tighter than before.",
        wire "Values that were right are refused.", rust "`validate` refuses them.", docs "";
    LIMIT_LOOSENED: "limit-loosened", Compatible, Minor, reverse "limit-tightened",
        "A bound is looser than before.",
        wire "", rust "`validate` lets more pass.", docs "";
    LIMIT_CHANGED: "limit-changed", Dangerous, Minor, reverse "limit-changed",
        "A text must match another pattern, or stands for something else.",
        wire "Values that were right may be refused.", rust "`validate` asks for another form.", docs "";
    MEMBERS_CLOSED: "members-closed", Breaking, Major, reverse "members-opened",
        "An object no longer takes members that are not named.",
        wire "Other members may be refused.", rust "The struct has no `others`.", docs "";
    MEMBERS_OPENED: "members-opened", Compatible, Minor, reverse "members-closed",
        "An object takes members that are not named.",
        wire "", rust "The struct has `others`.", docs "";
    PARAMETER_DEPRECATED: "parameter-deprecated", Dangerous, Patch, reverse "parameter-no-longer-deprecated",
        "The service wants callers to stop using a parameter.",
        wire "The parameter may vanish.", rust "", docs "The page says so.";
    PARAMETER_NO_LONGER_DEPRECATED: "parameter-no-longer-deprecated", Docs, Patch, reverse "parameter-deprecated",
        "A parameter is no longer deprecated.",
        wire "", rust "", docs "The page no longer warns.";
    PARAMETER_NOW_SENSITIVE: "parameter-now-sensitive", Breaking, Major, reverse "parameter-no-longer-sensitive",
        "A parameter is never to be shown.",
        wire "", rust "The field is a `Secret`.", docs "Its examples vanish.";
    PARAMETER_NO_LONGER_SENSITIVE: "parameter-no-longer-sensitive", Breaking, Major, reverse "parameter-now-sensitive",
        "A parameter may be shown.",
        wire "", rust "The field is no `Secret`: what it holds appears in debug output and in logs.", docs "";
    PARAMETER_NOW_TOKEN: "parameter-now-token", Compatible, Minor, reverse "parameter-no-longer-token",
        "A parameter makes a repeated call harmless.",
        wire "The client fills it in, and repeats what failed.", rust "", docs "";
    PARAMETER_NO_LONGER_TOKEN: "parameter-no-longer-token", Dangerous, Patch, reverse "parameter-now-token",
        "A parameter no longer makes a repeated call harmless.",
        wire "The client leaves it out, and repeats nothing.", rust "", docs "";
}
