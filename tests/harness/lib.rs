//! Shared by the test targets: where the project lies, how a folder of cases is read.
