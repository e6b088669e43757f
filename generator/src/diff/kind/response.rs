//! What changes about answers. Clients read them leniently: every field of a generated answer is optional.

super::kinds! {
    RESPONSE_DESCRIBED: "response-described", Breaking, Major, reverse "response-undescribed",
        "What an action answers is known now.",
        wire "", rust "The client's method gives a struct instead of `Json`.", docs "";
    RESPONSE_UNDESCRIBED: "response-undescribed", Breaking, Major, reverse "response-described",
        "What an action answers is no longer known.",
        wire "", rust "The client's method gives `Json`; the struct is gone.", docs "";
    FIELD_ADDED: "field-added", Compatible, Minor, reverse "field-removed",
        "An answer has one more field.",
        wire "Clients that do not know it pass over it.", rust "The struct has one more field.", docs "";
    FIELD_REMOVED: "field-removed", Breaking, Major, reverse "field-added",
        "An answer no longer has a field.",
        wire "Programs that read it find nothing.", rust "The field is gone.", docs "";
    FIELD_RENAMED: "field-renamed", Breaking, Major, reverse "field-renamed",
        "A field of an answer has another name and the same shape.",
        wire "Programs that read the old name find nothing.", rust "The field has another name.", docs "";
    FIELD_TYPE_CHANGED: "field-type-changed", Breaking, Major, reverse "field-type-changed",
        "A field of an answer is of another type.",
        wire "Clients read leniently, yet may find what they cannot read.", rust "The field is of another type.", docs "";
    FIELD_WIDTH_CHANGED: "field-width-changed", Breaking, Major, reverse "field-width-changed",
        "A whole number in an answer has another width.",
        wire "Numbers may not fit where programs keep them.", rust "The field is `i64` instead of `i32`, or the reverse.", docs "";
    FIELD_SCHEMA_CHANGED: "field-schema-changed", Breaking, Major, reverse "field-schema-changed",
        "A field of an answer has a shape that is shared under another name, or no longer shared.",
        wire "", rust "The field is of a type of another name.", docs "";
    FIELD_JSON_DESCRIBED: "field-json-described", Breaking, Major, reverse "field-json-undescribed",
        "What the JSON in a text of an answer looks like is known now.",
        wire "", rust "The field is `Content<…>` instead of a `String`.", docs "";
    FIELD_JSON_UNDESCRIBED: "field-json-undescribed", Breaking, Major, reverse "field-json-described",
        "What the JSON in a text of an answer looks like is no longer known.",
        wire "", rust "The field is a `String` instead of `Content<…>`.", docs "";
    FIELD_VALUE_ADDED: "field-value-added", Dangerous, Minor, reverse "field-value-removed",
        "A field of an answer may have one more value.",
        wire "Programs may meet a value that they have no case for.", rust "The enum has one more variant; until then the value is in `Other`.", docs "";
    FIELD_VALUE_REMOVED: "field-value-removed", Breaking, Major, reverse "field-value-added",
        "A field of an answer no longer has a value.",
        wire "", rust "The variant is gone; `Other` still holds the text.", docs "";
    FIELD_VALUES_LISTED: "field-values-listed", Breaking, Major, reverse "field-values-unlisted",
        "The values of a field of an answer are known now.",
        wire "", rust "The field is an enum instead of a `String`.", docs "";
    FIELD_VALUES_UNLISTED: "field-values-unlisted", Breaking, Major, reverse "field-values-listed",
        "The values of a field of an answer are no longer known.",
        wire "", rust "The field is a `String`; the enum is gone.", docs "";
    FIELD_NOW_SENSITIVE: "field-now-sensitive", Breaking, Major, reverse "field-no-longer-sensitive",
        "A field of an answer is never to be shown.",
        wire "", rust "The field is a `Secret`.", docs "";
    FIELD_NO_LONGER_SENSITIVE: "field-no-longer-sensitive", Breaking, Major, reverse "field-now-sensitive",
        "A field of an answer may be shown.",
        wire "", rust "The field is no `Secret`: what it holds appears in debug output and in logs.", docs "";
    FIELD_DEPRECATED: "field-deprecated", Dangerous, Patch, reverse "field-no-longer-deprecated",
        "The service wants callers to stop reading a field of an answer.",
        wire "The field may vanish.", rust "", docs "The page says so.";
    FIELD_NO_LONGER_DEPRECATED: "field-no-longer-deprecated", Docs, Patch, reverse "field-deprecated",
        "A field of an answer is no longer deprecated.",
        wire "", rust "", docs "The page no longer warns.";
    FIELD_FACTS_CHANGED: "field-facts-changed", Docs, Patch, reverse "field-facts-changed",
        "A field of an answer has other bounds, is always there or not, or stands for something else.",
        wire "", rust "", docs "The table of fields says so.";
}
