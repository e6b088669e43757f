//! Every key of the format: those that are read, and those that are left out on purpose.

/// The keys of one kind of object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    /// What has them, for messages.
    pub of: &'static str,
    read: &'static [&'static str],
    left_out: &'static [&'static str],
}

impl Keys {
    pub fn has(&self, key: &str) -> bool {
        self.read.contains(&key) || self.left_out.contains(&key)
    }
}

pub(super) const DOCUMENT: Keys = Keys {
    of: "a document",
    read: &["version", "info", "components", "apis", "endpoints"],
    // How the vendor's web pages are grouped.
    left_out: &["directories"],
};

pub(super) const INFO: Keys = Keys { of: "a product", read: &["style", "product", "version"], left_out: &[] };

pub(super) const ENDPOINT: Keys = Keys {
    of: "an endpoint",
    read: &["regionId", "endpoint"],
    // Names for people, and the host again by network.
    left_out: &["regionName", "areaId", "areaName", "public", "vpc"],
};

pub(super) const ACTION: Keys = Keys {
    of: "an action",
    read: &[
        "methods",
        "path",
        "deprecated",
        "operationType",
        "systemTags",
        "parameters",
        "responses",
        "errorCodes",
        "responseDemo",
        "title",
        "summary",
        "description",
        "requestParamsDescription",
        "extraInfo",
        "consumes",
    ],
    // Requests are signed and go over TLS whatever is said here; the rest is for the vendor's pages.
    left_out: &["schemes", "security", "produces", "tags", "staticInfo", "responseParamsDescription"],
};

pub(super) const TAGS: Keys = Keys {
    of: "the tags of an action",
    read: &["operationType", "chargeType"],
    left_out: &["riskType", "abilityTreeCode", "abilityTreeNodes"],
};

pub(super) const PARAMETER: Keys = Keys {
    of: "a parameter",
    read: &["name", "in", "style", "schema"],
    // An empty text is sent as any other.
    left_out: &["allowEmptyValue", "examples"],
};

pub(super) const SCHEMA: Keys = Keys {
    of: "a schema",
    read: &[
        "$ref",
        "type",
        "format",
        "required",
        "docRequired",
        "title",
        "description",
        "example",
        "default",
        "enum",
        "enumValueTitles",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "maxItems",
        "minItems",
        "maxLength",
        "minLength",
        "pattern",
        "items",
        "properties",
        "additionalProperties",
        "deprecated",
    ],
    // Hints for the vendor's own generators.
    left_out: &["isFileTransferUrl", "readOnly", "index", "itemName", "sdkPropertyName"],
};

pub(super) const RESPONSE: Keys = Keys {
    of: "an answer",
    read: &["schema"],
    // Headers of an answer have no place among its fields.
    left_out: &["headers", "description", "examples"],
};

pub(super) const ERROR: Keys =
    Keys { of: "an error", read: &["errorCode", "errorMessage", "description"], left_out: &[] };
