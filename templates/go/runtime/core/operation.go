package core

// API is a product's version: how its actions are addressed, and where it answers. Static data, as a [Table] is.
type API struct {
	// Product is the product's code.
	Product string
	// Version is the version.
	Version string
	// RPC: one path; the action is named in a header or a parameter. Else the path names the resource.
	RPC bool
	// Pattern is the host for a region that is not listed: {region} stands for the region, {network} for nothing or for
	// a hyphen and the network. Empty if there is none.
	Pattern string
	// Regions are the hosts of regions.
	Regions []Region
}

// Region is a region and its host.
type Region struct {
	// ID is the region.
	ID string
	// Host is where the API answers.
	Host string
}

// Operation is one action as it is called.
type Operation struct {
	// API is what it belongs to.
	API *API
	// Table is what the service demands of its requests; it names the action.
	Table *Table
	// Method is the HTTP method.
	Method string
	// Path is the path, with a placeholder for each parameter that travels there.
	Path string
	// Impact is what calling it does to the world.
	Impact Impact
	// HasToken: a parameter makes a repeated call harmless.
	HasToken bool
	// Token is that parameter, by its index in the table.
	Token uint16
	// Paging is how its answer is cut into pages; nil if it is not.
	Paging *Paging
}

// Action is the action's name.
func (o *Operation) Action() string { return o.Table.Action }

// Impact is what calling an action does to the world.
type Impact string

const (
	// Reads: calling it again is harmless.
	Reads Impact = "read"
	// Writes: it changes something.
	Writes Impact = "write"
	// Spends: it changes something that costs money.
	Spends Impact = "spend"
)

// Paging is how an answer is cut into pages.
type Paging struct {
	// Parameter is the parameter that takes the page's number, or the token, by its index in the table.
	Parameter uint16
	// Total is the field of the answer that says how many items there are in all, a dotted path: pages have numbers from
	// 1. Empty if they have tokens.
	Total string
	// Token is the field of the answer that holds the next page's token, a dotted path; empty if pages have numbers.
	Token string
	// Items is the field of the answer that holds the list, a dotted path.
	Items string
}

// Waiter is what to wait for: ask again until an answer says yes or no.
type Waiter struct {
	// Name is its name.
	Name string
	// Table is that of the action that is asked.
	Table *Table
	// Delay is how many seconds there are between two calls.
	Delay int
	// Attempts is how many calls there are at most.
	Attempts int
	// Acceptors: the first that fits an answer decides; none: ask again.
	Acceptors []Acceptor
	// Reasons are where an answer says why something failed; nil if it does not.
	Reasons *Reasons
}

// Acceptor is what an answer means for a waiter.
type Acceptor struct {
	// State is what it means: success, failure or retry.
	State string
	// IsField: it looks at a field of the answer, else at the code of an error.
	IsField bool
	// Field is a dotted path. Of a list on the way, any element may fit.
	Field string
	// Values are the texts that fit, compared without regard to ASCII case.
	Values []string
}

// Reasons are where an answer says why something failed: the elements of a list that have a certain value.
type Reasons struct {
	// Items is the list: a dotted path.
	Items string
	// HasOnly: only elements whose field OnlyField has one of OnlyValues count.
	HasOnly bool
	// OnlyField is that field.
	OnlyField string
	// OnlyValues are those values.
	OnlyValues []string
	// Show are the fields that tell what a person should know, in order.
	Show []string
}
