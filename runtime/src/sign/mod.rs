//! Signatures: what proves to the service who asks.
