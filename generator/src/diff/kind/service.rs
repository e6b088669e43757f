//! What changes about a service as a whole, and about its actions.

super::kinds! {
    SERVICE_ADDED: "service-added", Compatible, Minor, reverse "service-removed",
        "A version of a product is new.",
        wire "", rust "A crate of its own can be made.", docs "";
    SERVICE_REMOVED: "service-removed", Breaking, Major, reverse "service-added",
        "A version of a product is gone.",
        wire "The service no longer says that it answers.", rust "There is nothing left to make a crate of.", docs "";
    VERSION_CHANGED: "version-changed", Breaking, Patch, reverse "version-changed",
        "The product or its version is called otherwise.",
        wire "Every request names another version.", rust "", docs "";
    PROTOCOL_CHANGED: "protocol-changed", Breaking, Patch, reverse "protocol-changed",
        "Actions are addressed in another way.",
        wire "Every request has another path, and names its action in another place.", rust "", docs "";
    ENDPOINT_ADDED: "endpoint-added", Compatible, Minor, reverse "endpoint-removed",
        "The service answers in one more region.",
        wire "Requests can go to one more region.", rust "The client knows one more region.", docs "";
    ENDPOINT_REMOVED: "endpoint-removed", Breaking, Major, reverse "endpoint-added",
        "The service no longer answers in a region.",
        wire "Requests to the region have no address.", rust "The client refuses the region unless an endpoint is set.", docs "";
    ENDPOINT_CHANGED: "endpoint-changed", Dangerous, Patch, reverse "endpoint-changed",
        "The service answers elsewhere.",
        wire "Requests go to another host.", rust "", docs "";
    ERROR_ADDED: "error-added", Compatible, Patch, reverse "error-removed",
        "An error code is documented anew.",
        wire "Answers may hold a code that no client knows yet.", rust "", docs "The table of errors has one more row.";
    ERROR_REMOVED: "error-removed", Docs, Patch, reverse "error-added",
        "An error code is no longer documented.",
        wire "", rust "", docs "The table of errors has one row less.";
    ERROR_CHANGED: "error-changed", Dangerous, Patch, reverse "error-changed",
        "An error code comes with another status, or is to be retried otherwise.",
        wire "Clients that look at the status see another one, and retry otherwise.", rust "", docs "";
    WAITER_ADDED: "waiter-added", Compatible, Minor, reverse "waiter-removed",
        "One more thing can be waited for.",
        wire "", rust "The client has one more `wait_until_…` method.", docs "";
    WAITER_REMOVED: "waiter-removed", Breaking, Major, reverse "waiter-added",
        "A thing can no longer be waited for.",
        wire "", rust "The client's `wait_until_…` method is gone.", docs "";
    WAITER_RENAMED: "waiter-renamed", Breaking, Major, reverse "waiter-renamed",
        "A waiter has another name.",
        wire "", rust "The client's `wait_until_…` method has another name.", docs "";
    WAITER_CHANGED: "waiter-changed", Dangerous, Patch, reverse "waiter-changed",
        "A waiter asks, decides or gives up otherwise.",
        wire "Programs that wait may go on at another moment.", rust "", docs "";
    SCHEMA_RENAMED: "schema-renamed", Breaking, Major, reverse "schema-renamed",
        "A shape that actions share has another name.",
        wire "", rust "The type has another name.", docs "Links to the shape lead elsewhere.";
    ACTION_ADDED: "action-added", Compatible, Minor, reverse "action-removed",
        "An action is new.",
        wire "", rust "There is one more request, one more method of the client, one more feature.", docs "One more page.";
    ACTION_REMOVED: "action-removed", Breaking, Major, reverse "action-added",
        "An action is gone.",
        wire "The service no longer says that it answers the call.", rust "The request, the method and the feature are gone.", docs "The page is gone.";
    ACTION_RENAMED: "action-renamed", Breaking, Major, reverse "action-renamed",
        "An action has another name and the same parameters.",
        wire "Calls under the old name may be refused.", rust "The request, the method and the feature have another name.", docs "The page has another address.";
    ACTION_DEPRECATED: "action-deprecated", Dangerous, Patch, reverse "action-no-longer-deprecated",
        "The service wants callers to stop using an action.",
        wire "The action may vanish.", rust "", docs "The page says so.";
    ACTION_NO_LONGER_DEPRECATED: "action-no-longer-deprecated", Docs, Patch, reverse "action-deprecated",
        "An action is no longer deprecated.",
        wire "", rust "", docs "The page no longer warns.";
    ACTION_EFFECT_CHANGED: "action-effect-changed", Dangerous, Patch, reverse "action-effect-changed",
        "An action is said to do something else to the world: read, write, spend.",
        wire "What fails is repeated otherwise: only what reads is repeated by itself.", rust "", docs "";
    ACTION_METHOD_CHANGED: "action-method-changed", Breaking, Patch, reverse "action-method-changed",
        "An action is called with another HTTP method.",
        wire "The service may refuse the old method.", rust "", docs "";
    ACTION_PATH_CHANGED: "action-path-changed", Breaking, Patch, reverse "action-path-changed",
        "An action has another path.",
        wire "The service does not answer at the old path.", rust "", docs "";
    PAGINATION_ADDED: "pagination-added", Compatible, Minor, reverse "pagination-removed",
        "An answer is known to come in pages.",
        wire "", rust "The client has `…_pages` and `…_items` methods for the action.", docs "";
    PAGINATION_REMOVED: "pagination-removed", Breaking, Major, reverse "pagination-added",
        "An answer is no longer known to come in pages.",
        wire "", rust "The client's `…_pages` and `…_items` methods for the action are gone.", docs "";
    PAGINATION_CHANGED: "pagination-changed", Breaking, Major, reverse "pagination-changed",
        "An answer is cut into pages in another way.",
        wire "The old way may skip items or never end.", rust "What `…_items` gives may be of another type.", docs "";
    DOCS_CHANGED: "docs-changed", Docs, Patch, reverse "docs-changed",
        "What is said has other words: descriptions, examples, samples, links, preconditions.",
        wire "", rust "", docs "The pages say it in other words.";
}
